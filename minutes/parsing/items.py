"""The headings of items: "Punkt 3: CF - Budget 2017", and the other ways in which minutes number or name them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from minutes.parsing import contents, sections
from minutes.parsing.flow import Vocabulary, join
from minutes.parsing.numbering import BENEATH, LISTED, Numbered, Run, Start, has_item_beneath
from minutes.parsing.titles import (
    group_is_closed,
    is_case_number,
    is_group_mark,
    prefix_of,
    split_case_number,
    take_apart,
)
from minutes.parsing.types import ContentsEntry, Line

_LONGEST_TITLE = 200
_CUT = 60  # letters and digits from which a title of the contents may be a cut one
_LIKE = 0.75  # ratio of SequenceMatcher from which a line is the title that the contents spell otherwise
_MOST_LIKE = 2000  # lines compared so: a file with more has another way to tell its items


@dataclass(frozen=True, slots=True)
class Heading:
    """An item's heading on the lines `start` to `end` (half open); what stands above `printed` only announces it."""

    start: int
    printed: int
    end: int
    number: int
    title: str
    prefix: str
    closed: bool
    case_number: str | None  # printed behind the title


@dataclass(frozen=True, slots=True)
class Headings:
    """All headings. `guessed`: nothing but their numbers speaks for them."""

    found: tuple[Heading, ...]
    guessed: bool = False


def recognise(lines: Sequence[Line], entries: Sequence[ContentsEntry], vocabulary: Vocabulary) -> Headings:
    """Find the items' headings in the lines after the contents.

    By a word and a number ("Punkt 3:"), a number alone, the titles of the contents, a case number beneath, or form and
    a section beneath: whichever has most to speak for it.
    """
    listed = _Listed(entries)
    run = Numbered(lines, listed.has).best()
    runs = [run] if run and not run.guessed else []
    runs += [found for find in (_by_contents, _by_case_number) if (found := find(lines, entries))]
    best = max(runs, key=lambda one: one.weight, default=None) or _by_form(lines) or run
    if best is None:
        return Headings(())
    starts = {start.index for start in best.starts}
    closed = _closed_groups(lines, starts)
    headings = (_heading(lines, start, starts, closed, vocabulary) for start in best.starts)
    return Headings(tuple(headings), best.guessed)


class _Listed:
    """The titles of the contents, squeezed, whole and as they are cut."""

    def __init__(self, entries: Sequence[ContentsEntry]) -> None:
        squeezed = [_squeezed(entry.title) for entry in entries]
        self.whole = set(filter(None, squeezed))
        self.cut = {title[:_CUT]: title[:-3] for title in squeezed if len(title) > _CUT}

    def has(self, title: str) -> bool:
        """Whether `title` is one of them but for prefix, case and punctuation: stricter than `contents.alike`."""
        if not self.whole or len(title) > 3 * _LONGEST_TITLE:
            return False
        squeezed = _squeezed(title)
        return squeezed in self.whole or squeezed.startswith(self.cut.get(squeezed[:_CUT], "\0"))


def _squeezed(title: str) -> str:
    return contents.squeeze(prefix_of(title[: 3 * _LONGEST_TITLE])[1])


def _by_contents(lines: Sequence[Line], entries: Sequence[ContentsEntry]) -> Run | None:
    """The titles of the contents in their order. One may be missing, or be spelled otherwise above its section."""
    listed = _Listed(entries)
    places: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        if not line.continues and line.text and listed.has(line.text):
            places.setdefault(_squeezed(line.text)[:_CUT], []).append(index)
    found: list[Start] = []
    at = weight = 0
    for number, entry in enumerate(entries, start=1):
        after = [place for place in places.get(_squeezed(entry.title)[:_CUT], ()) if place >= at]
        if not after:
            continue
        index = after[0]
        found.append(Start(index, number, lines[index].text))
        weight += LISTED + BENEATH * has_item_beneath(lines, index)
        at = index + 1
    if not found or 3 * len(found) < 2 * len(entries):
        return None
    return Run(tuple(_with_misspelt(lines, entries, found)), weight)


def _with_misspelt(lines: Sequence[Line], entries: Sequence[ContentsEntry], found: Sequence[Start]) -> list[Start]:
    """`found`, and between its neighbours the lines that are much like the titles which were not found."""
    at = {start.number: start for start in found}
    whole: list[Start] = []
    for number, entry in enumerate(entries, start=1):
        if number in at:
            whole.append(at[number])
            continue
        first = whole[-1].index + 1 if whole else 0
        last = next((at[later].index for later in range(number + 1, len(entries) + 1) if later in at), len(lines))
        alike = [
            index
            for index in range(first, min(last, first + _MOST_LIKE))
            if not lines[index].continues
            and _is_like(entry.title, lines[index].text)
            and has_item_beneath(lines, index)
        ]
        if alike:
            whole.append(Start(alike[0], number, lines[alike[0]].text))
    return whole


def _is_like(printed: str, title: str) -> bool:
    first, second = contents.squeeze(printed), contents.squeeze(title[:_LONGEST_TITLE])
    if not first or not second or not 0.6 < len(first) / len(second) < 1.7:
        return False
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= _LIKE


def _by_case_number(lines: Sequence[Line], _entries: Sequence[ContentsEntry]) -> Run | None:
    """The lines above a line that is a case number."""
    above = [
        index
        for index, line in enumerate(lines[:-1])
        if is_case_number(lines[index + 1])
        and not line.continues
        and len(line.text) < _LONGEST_TITLE
        and not is_case_number(line)
        and not sections.kind_of(line)
    ]
    starts = tuple(Start(index, number, lines[index].text) for number, index in enumerate(above, start=1))
    return Run(starts, BENEATH * len(starts)) if starts else None


def _by_form(lines: Sequence[Line]) -> Run | None:
    """Lines set as headings that are no section's and have a section's heading right beneath."""
    marked = [
        index
        for index, line in enumerate(lines[:-1])
        if (line.heading is not None or line.bold)
        and line.cells is None
        and line.text
        and not line.continues
        and len(line.text) < _LONGEST_TITLE
        and not sections.kind_of(line)
        and has_item_beneath(lines, index)
    ]
    starts = tuple(Start(index, number, lines[index].text) for number, index in enumerate(marked, start=1))
    return Run(starts, BENEATH * len(starts)) if starts else None


def _closed_groups(lines: Sequence[Line], starts: set[int]) -> set[int]:
    """The starts that stand below "Lukket dagsorden" and above the next "Åben dagsorden"."""
    closed: set[int] = set()
    is_closed = False
    for index, line in enumerate(lines):
        if is_group_mark(line) and (index + 1 in starts or index + 2 in starts):
            is_closed = group_is_closed(line)
        elif index in starts and is_closed:
            closed.add(index)
    return closed


def _heading(
    lines: Sequence[Line], start: Start, starts: set[int], closed_groups: set[int], vocabulary: Vocabulary
) -> Heading:
    index, title = start.index, start.title
    end = index + 1
    if not title and end < len(lines) and end not in starts:  # "Punkt 3" with its title on the next line
        title = lines[end].text
        end += 1
    while end < len(lines) and end not in starts and _goes_on(lines[end - 1], lines[end]):
        title = join(title, lines[end].text, vocabulary)
        end += 1
    if end < len(lines) and end not in starts and contents.squeeze(lines[end].text) == contents.squeeze(title) != "":
        end += 1  # the agenda system's form prints the title once more
    first = index
    while first > 0 and first - 1 not in starts and _announces(lines[first - 1], title):
        first -= 1
    title, case_number = split_case_number(title)
    title, prefix, closed = take_apart(title)
    return Heading(first, index, end, start.number, title, prefix, closed or index in closed_groups, case_number)


def _announces(line: Line, title: str) -> bool:
    """Whether the line above a heading belongs to it: "Lukket dagsorden", or the same number and title once before."""
    if is_group_mark(line):
        return True
    return line.text.endswith(title) and bool(title) and contents.numberless(line.text) == title


def _goes_on(before: Line, line: Line) -> bool:
    """Whether a title wraps onto `line`: the reader says so, or it is set alike and close beneath."""
    if is_case_number(line) or sections.kind_of(line) or line.marker or line.cells is not None:
        return False
    if line.continues:
        return True
    if before.box is None or line.box is None or before.size is None or line.heading is None:
        return False
    near = 0 <= line.box.top - before.box.bottom < 0.8 * before.size
    return near and before.page == line.page and before.size == line.size and before.bold == line.bold
