"""Whatever happens to a file's lines, the parser raises nothing but its own errors, loses no word, and keeps order."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from minutes.parsing import assemble, readers
from minutes.parsing.errors import ParseError
from minutes.parsing.types import Line, ParsedMinutes

REFERATER = Path(__file__).parents[1] / "referater"
KNOWN = [
    readers.read((REFERATER / name).read_bytes()) for name in ("2016-10-11.md", "2017-06-14.pdf", "2023-12-07.txt")
]
Change = Callable[[list[Line], Random], list[Line]]
# Words that stand for structure, and that the parse holds as structure.
STRUCTURE = {
    *("referat", "mødedato", "mødested", "indholdsfortegnelse", "punkt", "cf", "kl", "den", "d"),
    *("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "juni", "oktober", "december"),
}


def cut(lines: list[Line], random: Random) -> list[Line]:
    start = random.randrange(len(lines))
    return lines[:start] + lines[start + random.randrange(1, 40) :]


def repeat(lines: list[Line], random: Random) -> list[Line]:
    start = random.randrange(len(lines))
    return lines[: start + random.randrange(1, 30)] + lines[start:]


def swap(lines: list[Line], random: Random) -> list[Line]:
    first, second, third = sorted(random.randrange(len(lines)) for _ in range(3))
    return lines[:first] + lines[second:third] + lines[first:second] + lines[third:]


def shuffle(lines: list[Line], random: Random) -> list[Line]:
    return random.sample(lines, len(lines))


def strip_form(lines: list[Line], random: Random) -> list[Line]:
    return [replace(line, heading=None, bold=False, size=None, box=None) for line in lines]


def break_up(lines: list[Line], random: Random) -> list[Line]:
    """A line in two, at any blank."""
    place = random.randrange(len(lines))
    first, _, second = lines[place].text.partition(" ")
    if lines[place].cells or not second:
        return lines
    pieces = [replace(lines[place], text=text, markdown=None) for text in (first, second)]
    return lines[:place] + pieces + lines[place + 1 :]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(range(len(KNOWN))),
    st.lists(st.sampled_from([cut, repeat, swap, shuffle, strip_form, break_up]), min_size=1, max_size=5),
    st.randoms(),
)
def test_lines_cut_repeated_and_shuffled(known: int, changes: list[Change], random: Random) -> None:
    document = KNOWN[known]
    lines = list(document.lines)
    for change in changes:
        lines = change(lines, random) or lines
    try:
        parsed = assemble.parse(replace(document, lines=tuple(lines)))
    except ParseError:
        return
    numbers = [item.number for item in parsed.items]
    assert numbers == sorted(set(numbers))
    assert lost(lines, parsed) == {}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(sorted({line.text for known in KNOWN for line in known.lines})), max_size=30))
def test_any_lines_as_text(texts: list[str]) -> None:
    try:
        document = readers.read("\n\n".join(texts).encode())
        parsed = assemble.parse(document)
    except ParseError:
        return
    assert lost(document.lines, parsed) == {}


def lost(lines: list[Line] | tuple[Line, ...], parsed: ParsedMinutes) -> dict[str, int]:
    """Words of the lines that stand nowhere in the parse; titles and places may be printed more often than kept."""
    once = {word for text in kept_once(parsed) for word in words(text)}
    missing = Counter(word for line in lines for word in words(line.text)) - Counter(
        word for text in texts_of(parsed) for word in words(text)
    )
    return {word: count for word, count in missing.items() if word not in STRUCTURE and word not in once}


def words(text: str) -> list[str]:
    return [word for word in re.findall(r"[^\W_]+", text.lower()) if not word.isdigit()]


def kept_once(parsed: ParsedMinutes) -> Iterator[str]:
    yield from (parsed.body or "", parsed.place or "")
    yield from (entry.title for entry in parsed.contents)
    yield from (item.title for item in parsed.items)


def texts_of(parsed: ParsedMinutes) -> Iterator[str]:
    yield from kept_once(parsed)
    yield parsed.preamble
    for item in parsed.items:
        yield from (item.prefix, item.case_number or "")
        for section in item.sections:
            yield from (section.heading or "", section.text)
