"""Golden cases of the parser: one irregularity each, themed by file, in `golden/`.

A case is a title, the text of the minutes, and the outline that it must give:

    A title
    .
    input, read as a file's bytes
    .
    outline
    .

The outline says everything the parse holds but line spans; `outline` below writes it. A case without an outline fails:
the expectation is written by a person who has read it.
"""

import re
from collections.abc import Iterator
from itertools import batched
from pathlib import Path

import pytest

from minutes.parsing import assemble, readers
from minutes.parsing.errors import ParseError
from minutes.parsing.types import Item, ParsedMinutes

GOLDEN = Path(__file__).parent / "golden"
DOT = re.compile(r"^\.\n", re.MULTILINE)


def cases() -> Iterator[object]:
    for path in sorted(GOLDEN.glob("*.golden")):
        line = 1
        *parts, rest = DOT.split(path.read_text(encoding="utf-8"))
        assert len(parts) % 3 == 0 and not rest.strip(), f"{path}: a case is not closed"
        for title, given, expected in batched(parts, 3):
            where = f"{path.stem}:{line + title.count(chr(10), 0, -1)}"
            yield pytest.param(given, expected, id=f"{where} {title.strip()}")
            line += sum(part.count("\n") for part in (title, given, expected)) + 3


@pytest.mark.parametrize(("given", "expected"), list(cases()))
def test_golden(given: str, expected: str) -> None:
    assert expected.strip(), "the case says nothing about what is right"
    try:
        parsed = assemble.parse(readers.read(unescaped(given)))
    except ParseError as error:
        assert f"{error.code}: {error.message}" == expected.strip()
    else:
        assert outline(parsed) == expected.rstrip()


def unescaped(given: str) -> bytes:
    """`→` for a tab and `·` at a line's end for a blank, since editors eat both."""
    return re.sub(r"·+$", lambda dots: " " * len(dots[0]), given.replace("→", "\t"), flags=re.MULTILINE).encode()


def outline(parsed: ParsedMinutes) -> str:
    head = [parsed.kind, parsed.body or "(intet forum)", str(parsed.date)]
    head += [f"{parsed.start_time:%H:%M}"] if parsed.start_time else []
    head += [f"i {parsed.place}"] if parsed.place else []
    head += ["aflyst"] if parsed.cancelled else []
    lines = [" | ".join(head)]
    lines += [f"forord: {line}" for line in parsed.preamble.split("\n") if line]
    lines += [f"indhold: {entry.title} … {entry.page}" for entry in parsed.contents]
    for item in parsed.items:
        lines += item_outline(item)
    lines += [f"! {warning.code} {warning.line or ''}".rstrip() for warning in parsed.warnings]
    return "\n".join(lines)


def item_outline(item: Item) -> Iterator[str]:
    closed = " (lukket)" if item.closed else ""
    prefix = f"{item.prefix} / " if item.prefix else ""
    yield f"{item.number}. {prefix}{item.title}{closed} [{item.case_number or ''}]"
    for section in item.sections:
        yield f"  {section.kind}: {section.heading or '(udledt)'}"
        yield from (f"    {line}" for line in section.text.split("\n") if line)
    for proposal in item.proposals:
        yield f"  > {proposal.proposer or '(ingen)'}"
        yield from (f"    - {' / '.join(recommendation.split(chr(10)))}" for recommendation in proposal.recommendations)
    yield from (f"  + {name}" for name in item.attachments)
