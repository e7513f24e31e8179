"""From rows to lines: which go on with the paragraph above, which open a list entry, which look like headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from minutes.parsing.readers.cleaning import SOFT_HYPHEN
from minutes.parsing.readers.inline import Run, join
from minutes.parsing.readers.markers import BULLET, Nesting, split_marker
from minutes.parsing.readers.pdf_columns import TableRow
from minutes.parsing.readers.pdf_geometry import LONGEST_MARKER, WIDE, Chunk
from minutes.parsing.readers.pdf_measures import SAME_SIZE, Measures, Page, heading_levels, measure, rounded
from minutes.parsing.readers.pdf_rows import Piece, Row, glue
from minutes.parsing.types import Box, Line

SAME_EDGE = 3.0  # points that two lines' left edges may differ
LOOSE = 1.3  # times the usual distance of two lines: more, and a new paragraph begins
BLANK = 0.25  # of the type size
TURNED_DOWN = 0.02  # of the measure, that a line may fall short of the margin by rounding
_BULLET_LETTERS = re.compile(r"[oØ§qnvüx·]")  # what Word's second bullet and Wingdings' bullets come out as
_LEADER = re.compile(r"(?:\s+(?:[.…·_]\s?){4,}|[.…·_]{4,}\s*)(?=\t)")
_ENDS_SENTENCE = re.compile(r"[.!?:]\W*$")


@dataclass(slots=True)
class _Open:
    """The paragraph, entry or heading that the next line may go on with, by its last line."""

    page: int
    row: Row
    text: str
    bold: bool
    italic: bool
    listed: bool
    first: bool  # its last line is also its first


def lines_of(pages: Sequence[Page]) -> list[Line]:
    """The lines of a document in reading order."""
    measures = measure(pages)
    levels = heading_levels(pages, measures.size)
    lines: list[Line] = []
    state: _Open | None = None
    nesting = Nesting(slack=SAME_EDGE)
    for page in pages:
        builder = _PageLines(page, measures, levels, nesting)
        for index, block in enumerate(page.blocks):
            if isinstance(block, TableRow):
                line = builder.table_row(block, header=_is_header(page.blocks, index))
                state = None
                nesting.reset()
            else:
                line, state = builder.row(block, state)
            if line is not None:
                lines.append(line)
    return lines


class _PageLines:
    """Builds the lines of one page."""

    def __init__(self, page: Page, measures: Measures, levels: dict[float, int], nesting: Nesting) -> None:
        self._page = page
        self._measures = measures
        self._levels = levels
        self._nesting = nesting
        self._margin = measures.right.get(round(page.width), page.width)
        self._number = 0
        self._rows = [block for block in page.blocks if isinstance(block, Row)]

    def table_row(self, row: TableRow, *, header: bool) -> Line:
        """A row of a table; a hyphen at a line's end within a cell is undone where the next line is lower case."""
        self._number += 1
        cells = tuple(_cell_text(cell) for cell in row.cells)
        pieces = row.pieces
        box = Box(
            min(piece.left for piece in pieces),
            min(piece.top for piece in pieces),
            max(piece.right for piece in pieces),
            max(piece.bottom for piece in pieces),
        )
        size = pieces[0].size
        text = "\t".join(cells)
        return Line(
            text, self._number, page=self._page.number, bold=row.bold, size=size, cells=cells, header=header, box=box
        )

    def _tabbed(self, row: Row, runs: list[Run]) -> Line:
        """A line with a wide gap, such as a title and its page in the contents: it stands for itself."""
        self._nesting.reset()
        inline = join(runs)
        text = _LEADER.sub("", inline.text)
        markdown = inline.markdown if text == inline.text else None
        box = Box(row.left, row.top, row.right, row.bottom)
        return Line(
            text, self._number, page=self._page.number, markdown=markdown, bold=inline.bold, size=row.size, box=box
        )

    def row(self, row: Row, state: _Open | None) -> tuple[Line, _Open | None]:
        """One printed line, and what may go on after it."""
        self._number += 1
        chunks = row.pieces[0].chunks if len(row.pieces) == 1 else [part for one in row.pieces for part in one.chunks]
        drawn = bool(self._page.bullets) and self._has_drawn_bullet(row)
        marker, cut, text_left = _marker(row, chunks, drawn)
        font = chunks[0].font
        if len(chunks) == 1 and not (font.bold or font.italic):
            text, markdown, bold, italic = row.pieces[0].text[cut:].strip(), None, False, False
        else:
            runs = _runs(row)
            if any("\t" in run.text for run in runs):
                return self._tabbed(row, runs), None
            inline = join(_without(runs, cut))
            text, markdown, bold = inline.text, inline.markdown, inline.bold
            italic = all(chunk.font.italic for chunk in chunks)
        heading = self._levels.get(rounded(row.size)) if self._levels else None
        continues = not marker and self._goes_on(row, state, bold, italic, chunks[0])
        depth = 0
        if marker:
            depth = self._nesting.depth(text_left if drawn else row.left, marker)
        elif not continues and (row.left < self._list_left() - SAME_EDGE or heading):
            self._nesting.reset()
        line = Line(
            text,
            self._number,
            page=self._page.number,
            markdown=markdown,
            continues=continues,
            heading=heading,
            bold=bold,
            size=row.size,
            marker=marker,
            depth=depth,
            box=Box(row.left, row.top, row.right, row.bottom),
        )
        listed = marker is not None or (continues and state is not None and state.listed)
        return line, _Open(self._page.number, row, text, bold, italic, listed, not continues)

    def _list_left(self) -> float:
        return self._nesting.levels[0][0] if self._nesting.levels else 0.0

    def _goes_on(self, row: Row, state: _Open | None, bold: bool, italic: bool, first: Chunk) -> bool:
        """Whether a row goes on with the paragraph above it."""
        if state is None or abs(row.size - state.row.size) > SAME_SIZE or bold != state.bold or italic != state.italic:
            return False
        if not self._stands_below(row, state) or not self._is_in_line(row, state):
            return False
        if state.text.endswith(SOFT_HYPHEN):
            return True
        room = (state.row.margin or self._margin) - state.row.right + TURNED_DOWN * row.size
        if BLANK * row.size + first.first_right - first.left > room:
            return True
        return first.text[:1].islower() and not _ENDS_SENTENCE.search(state.text) and self._was_pushed(state.row)

    def _stands_below(self, row: Row, state: _Open) -> bool:
        """Whether the row is no further from the line above than lines of one paragraph are."""
        if state.page != self._page.number:
            return state.page == self._page.number - 1 and row is self._rows[0]
        drop = row.middle - state.row.middle
        if drop < 0:  # the top of the next column
            return True
        return drop <= LOOSE * self._measures.leading.get(rounded(row.size), 1.25 * row.size)

    def _is_in_line(self, row: Row, state: _Open) -> bool:
        """Whether the row's left edge is that of its paragraph, whose first line may be set in or out."""
        before = state.row
        if state.page != self._page.number or row.middle < before.middle:
            return state.listed or abs(row.left - before.left) <= SAME_EDGE or state.first
        if state.listed and state.first:
            return row.left >= before.left - SAME_EDGE
        if abs(row.left - before.left) <= SAME_EDGE:
            return True
        return state.first and 0 < before.left - row.left < 4 * row.size

    def _was_pushed(self, before: Row) -> bool:
        """Whether something at the right kept a line from filling its measure: a number set beside the text."""
        reach = 2.2 * before.size
        return any(
            piece.left > before.right and abs(piece.middle - before.middle) < reach
            for row in self._rows
            for piece in row.pieces
        )

    def _has_drawn_bullet(self, row: Row) -> bool:
        return any(
            row.top <= down <= row.bottom and 0 < row.left - across < 3 * row.size
            for across, down in self._page.bullets
        )


def _is_header(blocks: Sequence[Row | TableRow], index: int) -> bool:
    """Whether a table's row is its first and bold, and the next is not."""
    row, after = blocks[index], blocks[index + 1] if index + 1 < len(blocks) else None
    begins = index == 0 or isinstance(blocks[index - 1], Row)
    return begins and isinstance(row, TableRow) and row.bold and isinstance(after, TableRow) and not after.bold


def _marker(row: Row, chunks: Sequence[Chunk], drawn: bool) -> tuple[str | None, int, float]:
    """A row's list marker, how many characters it takes in the text, and where the text behind it begins."""
    if drawn:
        return BULLET, 0, row.left
    first = chunks[0]
    word, _, rest = first.text.partition(" ")
    if len(word) > LONGEST_MARKER or not (rest or len(chunks) > 1):
        return None, 0, row.left
    behind = first.second_left if rest else chunks[1].left
    text_left = row.left + row.size if behind is None else behind
    marker, _ = split_marker(first.text if rest else f"{word} {chunks[1].text}")
    if marker is None and len(word) == 1 and not rest:
        wide = text_left - first.right > WIDE * row.size
        marker = BULLET if first.font.symbol or (wide and _BULLET_LETTERS.fullmatch(word)) else None
    return (marker, len(word), text_left) if marker else (None, 0, row.left)


def _runs(row: Row) -> list[Run]:
    """A row's characters in runs of one font."""
    runs: list[Run] = []
    for index, piece in enumerate(row.pieces):
        if index:
            runs.append(Run(glue(row.pieces[index - 1], piece)))
        for position, chunk in enumerate(piece.chunks):
            blank = " " if position else ""
            runs.append(Run(blank + chunk.text, chunk.font.bold, chunk.font.italic))
    return runs


def _without(runs: list[Run], characters: int) -> list[Run]:
    """Runs without their first characters."""
    kept = []
    for run in runs:
        if characters:
            kept.append(replace(run, text=run.text[characters:]))
            characters = max(characters - len(run.text), 0)
        else:
            kept.append(run)
    return kept


def _cell_text(pieces: Sequence[Piece]) -> str:
    text = ""
    for piece in pieces:
        if text.endswith(SOFT_HYPHEN):
            text = text[:-1] + ("" if piece.text[:1].islower() else "-")
        elif text:
            text += " "
        text += piece.text
    return text.removesuffix(SOFT_HYPHEN) + ("-" if text.endswith(SOFT_HYPHEN) else "")
