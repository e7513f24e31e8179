"""The known minutes in all their forms, against what is printed in them (`tests/expected/`)."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from minutes.parsing import assemble, readers, serialise

pytestmark = pytest.mark.xdist_group("referater")  # one worker reads each file, once

TESTS = Path(__file__).parents[1]
FILES = sorted((TESTS / "referater").iterdir())
SOURCES = {"2016-10-11": "2016-10-11.md", "2017-06-14": "2017-06-14.md", "2023-12-07": "2023-12-07.txt"}
FURNITURE = {
    *("referat", "d", "mødedato", "mødested", "indholdsfortegnelse"),
    *("anledning", "indstilling", "sagsfremstilling", "beslutning", "bilag"),
}


@pytest.fixture(scope="module", params=FILES, ids=lambda path: path.name)
def parsed(request: pytest.FixtureRequest) -> tuple[str, dict[str, Any]]:
    """The meeting's date, and the parse of one file of it."""
    document = readers.read(request.param.read_bytes())
    return request.param.name[:10], serialise.to_dict(assemble.parse(document))


def test_all_eleven_files_are_here() -> None:
    assert len(FILES) == 11


def test_every_field_is_right(parsed: tuple[str, dict[str, Any]]) -> None:
    date, got = parsed
    want = json.loads((TESTS / "expected" / f"{date}.json").read_text(encoding="utf-8"))
    assert {key: got[key] for key in ("body", "date", "start_time", "place")} == {
        key: want[key] for key in ("body", "date", "start_time", "place")
    }
    assert [(squeeze(one["title"]), one["page"]) for one in got["contents"]] == [
        (squeeze(one["title"]), one["page"]) for one in want["contents"]
    ]
    assert [shape(item) for item in got["items"]] == [shape(item) for item in want["items"]]
    for item, expected in zip(got["items"], want["items"], strict=True):
        for section, printed in zip(item["sections"], expected["sections"], strict=True):
            assert squeeze(unnumbered(section["text"])).startswith(squeeze(unnumbered(printed["first60"]))[:40])
            assert squeeze(unnumbered(section["text"])).endswith(squeeze(unnumbered(printed["last60"]))[-40:])


def test_no_word_is_lost(parsed: tuple[str, dict[str, Any]]) -> None:
    date, got = parsed
    source = (TESTS / "referater" / SOURCES[date]).read_text(encoding="utf-8")
    printed = re.sub(r"^\W*(Mødedato.*|Punkt \d+: CF -|REFERAT.*|CF - .*\d+)", " ", source, flags=re.MULTILINE)
    lost = words(printed) - words("\n".join(texts(got)))
    assert {word for word in lost if word not in FURNITURE and not word.isdigit()} == set()


def test_nothing_had_to_be_assumed(parsed: tuple[str, dict[str, Any]]) -> None:
    _, got = parsed
    assert got["warnings"] == []


def shape(item: dict[str, Any]) -> tuple[object, ...]:
    """All of an item but the text of its sections."""
    return (
        item["number"],
        squeeze(item["title"]),
        item["case_number"],
        [(section["kind"], section["heading"]) for section in item["sections"]],
        [(one["proposer"], [squeeze(what) for what in one["recommendations"]]) for one in item["proposals"]],
        [squeeze(name) for name in item["attachments"]],
    )


def squeeze(text: str) -> str:
    """Letters and digits alone: markup, quotes and line breaks do not matter."""
    return "".join(character for character in re.sub("</?b>", "", text).lower() if character.isalnum())


def unnumbered(text: str) -> str:
    """Without the numbers and bullets that open lines: Word counts its lists by itself."""
    return re.sub(r"(^|\n)\s*(?:\d+\.|[-*•])\s+", r"\1", text)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", re.sub("</?b>", " ", text).lower()))


def texts(value: object) -> Iterator[str]:
    """All strings in parsed data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)
