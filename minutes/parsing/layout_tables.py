"""Tables that are layout: an item or a section a row, or the whole agenda as one table with a column of decisions.

What such a table says is the same as lines one below the other would say, so it is laid out as lines first. A table
of figures stays a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from minutes.casenumber import find_case_number
from minutes.parsing import sections
from minutes.parsing.types import Line

_NUMBERED = frozenset({"nr", "punkt", "pkt", "sag", "sagsnr", "#", "punkt nr", "dagsordenspunkt nr", "pkt nr"})
_TITLED = frozenset({"emne", "punkt", "titel", "dagsordenspunkt", "dagsorden", "tekst", "sag", "emner", "overskrift"})
_DECIDED = frozenset(
    {"referat", "beslutning", "beslutninger", "konklusion", "referat/beslutning", "beslutning/referat", "aftaler"}
    | {"referat og beslutning", "beslutning og opfølgning", "konklusion/beslutning", "beslutning/konklusion"}
)
_ITEM = re.compile(r"(?:punkt|pkt\.?|dagsordenspunkt|sag nr\.?)\s*\d{1,3}\b", re.IGNORECASE)
_CASE = re.compile(r"(?:sags|journal|j\.?\s?)(?:nr|nummer)\.?:?", re.IGNORECASE)
_FILE_END = re.compile(r"(?<=\.pdf|\.doc|\.xls|\.ppt|docx|xlsx|pptx)\s+(?=\S)", re.IGNORECASE)
_BULLET = re.compile(r"\s+(?=• )")
_ENTRY = re.compile(r"\s+(?=\d{1,2}[.)]\s+at\s)")
_LEADING = re.compile(r"(\d{1,3})\s*[.:)]?\s*")


def unfold(lines: Sequence[Line]) -> list[Line]:
    """The lines, rows that are layout turned into lines of their own."""
    unfolded: list[Line] = []
    agenda: _Agenda | None = None
    section: str | None = None  # the kind that the rows above opened
    for line in lines:
        if line.cells is None:
            agenda = agenda if line.continues else None
            section = section if line.continues else None
            unfolded.append(line)
        elif columns := _Agenda.of(line):
            agenda = columns
        elif agenda is not None and (laid_out := list(agenda.lines(line))):
            unfolded.extend(laid_out)
        else:
            section = _section_of(line, section)
            unfolded.extend(_row(line, section))
    return unfolded


def _section_of(line: Line, before: str | None) -> str | None:
    """The kind that a row opens, or goes on with where its first cell is empty."""
    cells = line.cells or ()
    if len(cells) > 1 and not cells[0] and sum(map(bool, cells)) == 1:
        return before
    return sections.kind_of(_plain(line, cells[0])) if len(list(filter(None, cells))) <= 2 and cells else None


def _row(line: Line, section: str | None) -> Iterator[Line]:
    """A row that is an item's heading, a section's heading with its text, or a labelled case number."""
    cells = list(dict.fromkeys(cell for cell in line.cells or () if cell))  # a merged cell may come more than once
    if not cells or len(cells) > 2:
        yield line
    elif section:
        headed = bool((line.cells or ("",))[0])
        if headed:
            yield _plain(line, cells[0])
        for cell in cells[headed:]:
            yield from _text(line, cell, section)
    elif _ITEM.match(cells[0]) and all(find_case_number(cell) for cell in cells[1:]):
        yield from (_plain(line, cell) for cell in cells)
    elif len(cells) == 2 and (_CASE.fullmatch(cells[0]) or _ITEM.fullmatch(cells[0].rstrip(":."))):
        yield _plain(line, f"{cells[0].rstrip(':')}: {cells[1]}")
    else:
        yield line


def _text(line: Line, text: str, section: str) -> Iterator[Line]:
    """A section's text as a cell holds it, with the lines of a list run together where they can be told apart."""
    if section == sections.RECOMMENDATION:
        yield from _proposal(line, text)
    elif section == sections.ATTACHMENTS:
        yield from (_plain(line, name) for name in _FILE_END.split(text))
    else:
        for piece in _BULLET.split(text):
            bullet = piece.startswith("• ")
            yield replace(_plain(line, piece.removeprefix("• ")), marker="-" if bullet else None)


def _proposal(line: Line, text: str) -> Iterator[Line]:
    """A recommendation as a cell holds it, its list run together: "X indstiller, 1. at … 2. at …"."""
    for piece in _ENTRY.split(text):
        entry = _LEADING.match(piece) if _ENTRY.match(f" {piece}") else None
        if entry:
            yield replace(_plain(line, piece[entry.end() :]), marker=f"{entry[1]}.")
        else:
            yield _plain(line, piece)


def _plain(line: Line, text: str, heading: int | None = None) -> Line:
    return replace(line, text=text, markdown=None, cells=None, header=False, continues=False, heading=heading)


class _Agenda:
    """The columns of a table that is an agenda, as its first row names them."""

    def __init__(self, number: int | None, title: int, others: dict[int, str], width: int) -> None:
        self.number, self.title, self.others, self.width = number, title, others, width
        self.count = 0

    @classmethod
    def of(cls, line: Line) -> _Agenda | None:
        """The columns, None where the row names no agenda's."""
        names = [cell.lower().strip(" .:").replace(".", "") for cell in line.cells or ()]
        if not any(name in _DECIDED for name in names):
            return None
        title = next((place for place, name in enumerate(names) if name in _TITLED - _NUMBERED), None)
        number = next((place for place, name in enumerate(names) if name in _NUMBERED and place != title), None)
        if title is None and (title := number) is None:
            return None
        number = None if number == title else number
        cells = line.cells or ()
        others = {place: cells[place].strip(" :") for place in range(len(cells)) if place not in (number, title)}
        return cls(number, title, others, len(cells))

    def lines(self, line: Line) -> Iterator[Line]:
        """A row of the agenda as lines: heading of the item, and each other column as a section."""
        cells = line.cells or ()
        if len(cells) != self.width or not cells[self.title]:
            return
        printed = cells[self.number] if self.number is not None else cells[self.title]
        leading = _LEADING.match(printed)
        self.count = int(leading[1]) if leading else self.count + 1
        title = cells[self.title]
        if self.number is None and leading:
            title = title[leading.end() :]
        yield _plain(line, f"Punkt {self.count}: {title}", heading=2)
        for place, name in self.others.items():
            if cells[place]:
                yield _plain(line, name or "Beslutning", heading=3)
                yield _plain(line, cells[place])
