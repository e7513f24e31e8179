"""The headings of items: "Punkt 3: CF - Budget 2017", and the other ways in which minutes number or name them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from minutes.casenumber import CaseNumber, find_case_number, find_case_numbers
from minutes.parsing import contents, sections
from minutes.parsing.flow import Vocabulary, join
from minutes.parsing.types import ContentsEntry, Line

_NAMED = re.compile(
    r"^(?P<word>dagsordenspunkt|punkt|pkt\.?|sag|ad\.?)\s*(?:nr\.?\s*)?(?P<number>\d{1,3})(?P<sign>\s*[:.)–-]|(?=\s)|$)\s*(?P<title>.*)$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^(?P<number>\d{1,3})(?P<sign>[.:)]?)\s+(?P<title>\S.*)$")
_MARKER = re.compile(r"(\d{1,3})[.):]?")

# "CF - ", "ØU/KB - ", "MBU/17.4 Albertslund Midtby/ØU/KB - ": bodies, at least one of them abbreviated.
_PREFIX = re.compile(r"^(?P<prefix>[^\s–-][^–-]{1,59}?)\s+[-–]\s+(?=\S)")
_ABBREVIATED = re.compile(r"[A-ZÆØÅ]{2,6}")
# Capitals that begin a title of their own ("IT - status") and are no body.
_NO_BODY = frozenset({"IT", "AI", "HR", "EU", "MED", "GDPR", "APV", "KLE", "PR", "ESDH", "COVID", "KL"})

_CASE_LABEL = re.compile(r"(?:sags?|journal|j\.?)\s?-?(?:nr|nummer|id)\b", re.IGNORECASE)

_CLOSED_WORD = r"(?:lukke(?:t|de)(?:\s+(?:punkt|sag|dagsordenspunkt|møde))?|fortrolig(?:t|\s+sag)?)"
_CLOSED_FIRST = re.compile(rf"^(?:\({_CLOSED_WORD}\)\s*[:–-]?|{_CLOSED_WORD}\s*[:–-])\s*(?=\S)", re.IGNORECASE)
_CLOSED_LAST = re.compile(rf"\s*(?:[-–:,]\s*\(?{_CLOSED_WORD}\)?|\({_CLOSED_WORD}\))\.?$", re.IGNORECASE)
_CLOSED_ALONE = re.compile(rf"\(?{_CLOSED_WORD}\)?\.?", re.IGNORECASE)
_OPEN_FIRST = re.compile(r"^\(åbe(?:n|nt)(?:\s+(?:punkt|sag))?\)\s*[:–-]?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heading:
    """An item's heading on the lines `start` to `end` (half open)."""

    start: int
    end: int
    number: int
    title: str
    prefix: str
    closed: bool


def recognise(lines: Sequence[Line], entries: Sequence[ContentsEntry], vocabulary: Vocabulary) -> list[Heading]:
    """The items' headings in the lines after the contents, by the first of these ways that finds any.

    A word and a number ("Punkt 3:"); a number alone, where form or surroundings support it; the titles of the
    contents in their order; a line above a line that is a case number.
    """
    for find in (_by_word, _by_number, _by_contents, _by_case_number):
        if found := find(lines, entries):
            starts = {start for start, _, _ in found}
            return [_heading(lines, start, number, title, starts, vocabulary) for start, number, title in found]
    return []


def prefix_of(title: str) -> tuple[str, str]:
    """A printed title as the bodies' prefix, blank where there is none, and the title without it."""
    match = _PREFIX.match(title)
    if match is None:
        return "", title
    bodies = match["prefix"].split("/")
    abbreviated = [body for body in bodies if _ABBREVIATED.fullmatch(body) and body not in _NO_BODY]
    if not abbreviated or (len(bodies) == 1 and bodies != abbreviated):
        return "", title
    return match["prefix"], title[match.end() :]


def case_number_on(line: Line) -> CaseNumber | None:
    """The case number that a line is, or that it begins with behind a label ("Sagsnr.: 330-2018-3619  Dok.nr.: …")."""
    if number := find_case_number(line.text):
        return number
    labelled = find_case_numbers(line.text) if _CASE_LABEL.match(line.text) else []
    return labelled[0][2] if labelled else None


def is_closed_mark(line: Line) -> bool:
    """Whether the line says only that the item is closed."""
    return _CLOSED_ALONE.fullmatch(line.text.strip()) is not None


_Candidate = tuple[int, int, str]  # index, number, title


def _by_word(lines: Sequence[Line], entries: Sequence[ContentsEntry]) -> list[_Candidate]:
    def candidate(index: int, line: Line) -> _Candidate | None:
        match = _NAMED.match(line.text)
        if match is None or line.marker is not None:
            return None
        plain = match["word"].lower() in ("punkt", "dagsordenspunkt") and match["sign"].strip() == ":"
        if not plain and not _supported(lines, index, match["title"], entries):
            return None
        return index, int(match["number"]), match["title"]

    return _in_order(lines, candidate)


def _by_number(lines: Sequence[Line], entries: Sequence[ContentsEntry]) -> list[_Candidate]:
    def candidate(index: int, line: Line) -> _Candidate | None:
        if line.marker is not None:
            numbered, title = _MARKER.fullmatch(line.marker), line.text
        else:
            numbered = _NUMBERED.match(line.text)
            title = numbered["title"] if numbered else ""
        if numbered is None or line.depth or not _supported(lines, index, title, entries):
            return None
        return index, int(numbered[1]), title

    return _in_order(lines, candidate)


def _by_contents(lines: Sequence[Line], entries: Sequence[ContentsEntry]) -> list[_Candidate]:
    found: list[_Candidate] = []
    for index, line in enumerate(lines):
        if len(found) == len(entries):
            break
        wanted = entries[len(found)].title
        if not line.continues and _same(wanted, line.text):
            found.append((index, len(found) + 1, line.text))
    return found if len(found) == len(entries) else []


def _by_case_number(lines: Sequence[Line], _entries: Sequence[ContentsEntry]) -> list[_Candidate]:
    above = [
        index
        for index, line in enumerate(lines[:-1])
        if not line.continues
        and find_case_number(lines[index + 1].text)
        and len(line.text) < 200
        and not find_case_number(line.text)
        and not sections.kind_of(line)
    ]
    return [(index, number, lines[index].text) for number, index in enumerate(above, start=1)]


def _in_order(lines: Sequence[Line], candidate: Callable[[int, Line], _Candidate | None]) -> list[_Candidate]:
    """The candidates that together make the likeliest run of rising numbers.

    "Punkt 3: se bilag" may stand in the text of item 1. Taking whichever comes first would then lose item 2, so the
    whole run is weighed: a candidate with a case number or a section beneath it counts most, then one that follows
    its predecessor's number by one.
    """
    found = [
        one
        for index, line in enumerate(lines)
        if not line.continues and line.cells is None and (one := candidate(index, line))
    ]
    best: list[tuple[int, int]] = []  # for each candidate: weight of the best run that ends in it, and the one before
    for place, (index, number, _) in enumerate(found):
        own = 4 if _has_item_beneath(lines, index) else 1
        before = [
            (weight + (2 if number == found[earlier][1] + 1 else 0), earlier)
            for earlier, (weight, _) in enumerate(best[:place])
            if found[earlier][1] < number
        ]
        weight, earlier = max(before, default=(2 if number == 1 else 0, -1))
        best.append((weight + own, earlier))
    run: list[_Candidate] = []
    place = max(range(len(best)), key=lambda one: best[one][0], default=-1)
    while place >= 0:
        run.append(found[place])
        place = best[place][1]
    return run[::-1]


def _supported(lines: Sequence[Line], index: int, title: str, entries: Sequence[ContentsEntry]) -> bool:
    """Whether form or surroundings say that a numbered line heads an item."""
    line = lines[index]
    if title[:3].lower() == "at " or line.text.endswith((",", ";")):
        return False
    if line.heading is not None or line.bold:
        return True
    if any(_same(entry.title, title) for entry in entries):
        return True
    return _has_item_beneath(lines, index)


def _has_item_beneath(lines: Sequence[Line], index: int) -> bool:
    """Whether the line beneath is a case number or a section's heading, or the one after it a case number."""
    following = [later for later in lines[index + 1 : index + 5] if not later.continues][:2]
    if following and _NAMED.match(following[0].text):
        return False  # what comes then belongs to the next item
    return any(map(case_number_on, following)) or any(map(sections.kind_of, following[:1]))


def _same(printed: str, title: str) -> bool:
    """Equal but for prefix, case and punctuation, or cut in the contents: stricter than `contents.alike`."""
    first, second = (contents.squeeze(prefix_of(one)[1]) for one in (printed, title))
    return bool(first) and (first == second or (len(first) > 60 and second.startswith(first[:-3])))


def _heading(
    lines: Sequence[Line], start: int, number: int, title: str, starts: set[int], vocabulary: Vocabulary
) -> Heading:
    end = start + 1
    if not title and end < len(lines) and end not in starts:  # "Punkt 3" with its title on the next line
        title = lines[end].text
        end += 1
    while end < len(lines) and end not in starts and _goes_on(lines[end - 1], lines[end]):
        title = join(title, lines[end].text, vocabulary)
        end += 1
    title, prefix, closed = _take_apart(title)
    return Heading(start, end, number, title, prefix, closed)


def _goes_on(before: Line, line: Line) -> bool:
    """Whether a title wraps onto `line`: the reader says so, or it is set alike and close beneath."""
    if find_case_number(line.text) or sections.kind_of(line) or line.marker or line.cells is not None:
        return False
    if line.continues:
        return True
    if before.box is None or line.box is None or before.size is None or line.heading is None:
        return False
    near = 0 <= line.box.top - before.box.bottom < 0.8 * before.size
    return near and before.page == line.page and before.size == line.size and before.bold == line.bold


def _take_apart(printed: str) -> tuple[str, str, bool]:
    """The title without the body's prefix and without the mark of a closed item; the prefix; whether closed."""
    title, prefix, closed = " ".join(printed.split()), "", False
    while True:
        if not prefix and prefix_of(title)[0]:
            prefix, title = prefix_of(title)
        elif match := _CLOSED_FIRST.match(title):
            closed, title = True, title[match.end() :]
        elif (match := _CLOSED_LAST.search(title)) and match.start() > 0:
            closed, title = True, title[: match.start()]
        elif match := _OPEN_FIRST.match(title):
            title = title[match.end() :]
        else:
            return title, prefix, closed or _CLOSED_ALONE.fullmatch(title) is not None
