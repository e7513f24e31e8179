"""Which lines begin an item: what speaks for each line that could, and the run of numbers that makes most sense.

A number proves nothing: "1." opens items, recommendations and lists of those present, and "Punkt 3: se bilag" may stand
in the text of item 1. So each candidate is weighed by what stands around it, the candidates of one way of numbering are
chained by rising numbers, and the heaviest chain of all ways wins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from minutes.casenumber import find_case_number
from minutes.parsing import sections
from minutes.parsing.standing import is_standing
from minutes.parsing.titles import case_number_on, is_case_label, is_closed_title, is_detail, is_group_mark, prefix_of
from minutes.parsing.types import Line

_NAMED = re.compile(
    r"(?P<word>dagsordens?punkt|punkt|pkt\.?|sag|ad\.?)\s*(?P<nr>nr\.?\s*)?(?P<number>\d{1,3})(?P<letter>[a-zæøå]\b)?"
    r"(?![\w/]|[.-]\d)(?P<sign>\s*[:.)–-]+|)\s*(?P<title>.*)",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"(?P<number>\d{1,3})(?P<letter>[a-z]\b)?(?P<sign>[.:)]?)\s+(?P<title>\S.*)")
_GLUED = re.compile(r"(?P<number>\d{1,3})(?P<title>[A-ZÆØÅ][a-zæøå].*)")  # "38Godkendelse": copied from a web page
_MARKER = re.compile(r"(\d{1,3})[.):]?")
_NEAR = 6  # lines below a heading that may say that it is one

BENEATH, LISTED, HEADING, STANDING, CLOSED, PREFIXED, BOLD, COLON = 4, 3, 2, 2, 2, 2, 1, 1
NOTHING, IN_SECTION, IN_LIST, SENTENCE, SMALL = -2, -2, -2, -2, -2
NEXT = 2  # for each number that follows its predecessor by one, and for a run that begins with 1
_MOST = 999


@dataclass(frozen=True, slots=True)
class Start:
    """A line that could begin an item. `weight` is what speaks for it less what speaks against it."""

    index: int
    number: int
    title: str
    weight: int = 0
    proven: bool = False  # form or surroundings say so, not the number alone


@dataclass(frozen=True, slots=True)
class Run:
    """Starts with rising numbers. `guessed`: nothing but their numbers speaks for them."""

    starts: tuple[Start, ...]
    weight: int
    guessed: bool = False


class Numbered:
    """The lines of one file, asked for the runs of numbers in them."""

    def __init__(self, lines: Sequence[Line], is_listed: Callable[[str], bool]) -> None:
        self.lines = lines
        self.is_listed = is_listed  # whether a title stands in the contents

    def best(self) -> Run | None:
        """The heaviest run of any way of numbering; None where none has a proof, an order or a beginning."""
        runs = [run for words in (_POINT, _CASE, _AD, _NUMBER, _GLUED_WORDS) if (run := self._run(words))]
        return max(runs, key=lambda run: (not run.guessed, run.weight), default=None)

    def _run(self, words: frozenset[str]) -> Run | None:
        found = [start for index in range(len(self.lines)) if (start := self._read(index, words))]
        entries = {
            start.index
            for one, other in pairwise(found)
            for start in (one, other)
            if other.number == one.number + 1 and self._is_next(one.index, other.index)
        }
        weighed = [self._weigh(start, words, in_list=start.index in entries) for start in found]
        run = chain(weighed)
        if run is None:
            return None
        if any(start.proven for start in run.starts):
            return run
        numbers = [start.number for start in run.starts]
        whole = len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1))
        return Run(run.starts, run.weight, guessed=True) if whole and run.weight > 0 else None

    def _is_next(self, index: int, other: int) -> bool:
        """Whether two lines follow on each other, with nothing between but what goes on with the first."""
        return all(self.lines[between].continues for between in range(index + 1, min(other, index + 1 + _NEAR))) and (
            other - index <= _NEAR
        )

    def _read(self, index: int, words: frozenset[str]) -> Start | None:
        line = self.lines[index]
        if line.continues or line.cells is not None:
            return None
        if words is _NUMBER:
            return self._read_number(index, line)
        if words is _GLUED_WORDS:
            match = _GLUED.fullmatch(line.text)
            return Start(index, int(match["number"]), match["title"]) if match else None
        match = _NAMED.fullmatch(line.text)
        if match is None or line.marker is not None or match["word"].lower().rstrip(".") not in words:
            return None
        if find_case_number(line.text) or match["title"][:3].lower() == "at ":
            return None
        title = f"{match['number']}{match['letter']} {match['title']}" if match["letter"] else match["title"]
        return Start(index, int(match["number"]), title)

    def _read_number(self, index: int, line: Line) -> Start | None:
        if line.marker is not None:
            numbered, title = _MARKER.fullmatch(line.marker), line.text
        else:
            numbered = _PLAIN.fullmatch(line.text)
            title = numbered["title"] if numbered else ""
            if numbered and numbered["letter"]:
                title = f"{numbered['number']}{numbered['letter']} {title}"
        if numbered is None or not title or title[:3].lower() == "at " or line.text.endswith((",", ";")):
            return None
        if line.depth and not (line.heading is not None or line.bold or self.is_listed(title)):
            return None
        return Start(index, int(numbered[1]), title)

    def _weigh(self, start: Start, words: frozenset[str], *, in_list: bool) -> Start:
        line = self.lines[start.index]
        before = self.lines[start.index - 1] if start.index else None
        named = words is not _NUMBER and words is not _GLUED_WORDS
        colon = named and re.match(r"\D+\d+\s*:", line.text) is not None
        shown = HEADING * (line.heading is not None) + BOLD * line.bold + LISTED * self.is_listed(start.title)
        beneath = has_item_beneath(self.lines, start.index) and (bool(shown) or not in_list)
        weight = shown + BENEATH * beneath + COLON * colon + PREFIXED * bool(prefix_of(start.title)[0])
        proven = weight > 0
        weight += STANDING * is_standing(start.title) + CLOSED * is_closed_title(start.title)
        weight += NOTHING * (not proven) + IN_LIST * (in_list and not shown)
        weight += IN_SECTION * (before is not None and sections.kind_of(before) is not None)
        if start.title and not is_standing(start.title):
            weight += SENTENCE * _is_sentence(start.title) + SMALL * start.title[0].islower()
        return Start(start.index, start.number, start.title, weight, proven)


_POINT = frozenset({"punkt", "pkt", "dagsordenpunkt", "dagsordenspunkt"})
_CASE = frozenset({"sag"})
_AD = frozenset({"ad"})
_NUMBER: frozenset[str] = frozenset({"number"})
_GLUED_WORDS: frozenset[str] = frozenset({"glued"})


def chain(found: Sequence[Start]) -> Run | None:
    """The heaviest run of rising numbers among `found`, in the order of the lines.

    The best run that ends in each number is kept in a tree of running maxima (Fenwick), so that a file of nothing but
    numbered lines takes no longer than its length.
    """
    tree: list[tuple[int, int]] = [(0, -1)] * (_MOST + 2)
    last: dict[int, tuple[int, int]] = {}
    best: list[tuple[int, int]] = []  # weight of the best run that ends here, and the start before
    for place, start in enumerate(found):
        weight, before = max(_highest(tree, start.number), (NEXT if start.number == 1 else 0, -1))
        follows = last.get(start.number - 1)
        if follows and follows[0] + NEXT >= weight:
            weight, before = follows[0] + NEXT, follows[1]
        own = (weight + start.weight, place)
        best.append((own[0], before))
        if start.number not in last or own[0] > last[start.number][0]:
            last[start.number] = own
            _raise(tree, start.number, own)
    if not best:
        return None
    place = max(range(len(best)), key=lambda one: best[one][0])
    weight = best[place][0]
    run: list[Start] = []
    while place >= 0:
        run.append(found[place])
        place = best[place][1]
    return Run(tuple(run[::-1]), weight) if weight > 0 else None


def _highest(tree: Sequence[tuple[int, int]], number: int) -> tuple[int, int]:
    """The heaviest run that ends in a number below `number`."""
    found = (0, -1)
    place = number  # the tree counts from 1, and holds number n at n + 1
    while place > 0:
        found = max(found, tree[place])
        place -= place & -place
    return found


def _raise(tree: list[tuple[int, int]], number: int, run: tuple[int, int]) -> None:
    place = number + 1
    while place < len(tree):
        tree[place] = max(tree[place], run)
        place += place & -place


def has_item_beneath(lines: Sequence[Line], index: int) -> bool:
    """Whether a case number or a section's heading stands close beneath, with nothing between but what agendas print
    there: the title once more, "Åbent", "Dok.nr. 12", "Ansvarlig: …"."""
    skipped = False
    for line in lines[index + 1 : index + 1 + _NEAR]:
        if line.continues:
            continue
        if case_number_on(line):
            return True
        if _NAMED.fullmatch(line.text) or is_group_mark(line):
            return False  # what comes then belongs to the next item
        if sections.kind_of(line):
            return not skipped
        if not is_detail(line) and not is_case_label(line) and line.text not in lines[index].text:
            if skipped:
                return False
            skipped = True  # the title may wrap, above a case number
    return False


def _is_sentence(title: str) -> bool:
    return title.endswith(".") and " " in title
