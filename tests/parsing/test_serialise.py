"""ParsedMinutes as data and back, also when the data is not what it should be."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from minutes.parsing import assemble, readers
from minutes.parsing.serialise import from_dict, to_dict

PARSED = assemble.parse(readers.read((Path(__file__).parents[1] / "referater" / "2017-06-14.md").read_bytes()))


def test_there_and_back() -> None:
    assert from_dict(json.loads(json.dumps(to_dict(PARSED)))) == PARSED


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """One path to each kind of place in the data: of a list, the first member stands for all."""
    if path:
        yield path
    if isinstance(value, dict):
        for key, member in value.items():
            yield from paths(member, (*path, key))
    elif isinstance(value, list) and value:
        yield from paths(value[0], (*path, 0))


# `decision` is told from the sections and not read back.
@pytest.mark.parametrize("path", [path for path in paths(to_dict(PARSED)) if path[-1] != "decision"], ids=str)
def test_nothing_of_another_type_comes_through(path: tuple[Any, ...]) -> None:
    data = copy.deepcopy(to_dict(PARSED))
    *way, last = path
    place: Any = data
    for step in way:
        place = place[step]
    place[last] = 5.5
    with pytest.raises((TypeError, KeyError, ValueError)):
        from_dict(data)
