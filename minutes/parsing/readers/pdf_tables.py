"""Tables, made out from gaps that stand above each other, and the reading order of a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from minutes.parsing.readers.pdf_columns import (
    NARROWEST,
    Block,
    TableRow,
    column_of,
    columns_of_prose,
    corridors_of,
    is_near,
)
from minutes.parsing.readers.pdf_rows import Piece, Row, without_stretched_gaps

OVERLAP = 0.25  # of its height, that a cell's line shares with a line of another cell
WITHIN_CELL = 0.35  # of the type size, between two lines of one cell
_PAGE = re.compile(r"\d{1,4}")
_LEADER = re.compile(r"[.…_]{4,}$|(?:\s\.){4,}$")
_CONTENTS = re.compile(r"\W*(?:indhold|dagsorden|punkter|oversigt)", re.IGNORECASE)


def arrange(rows: Sequence[Row], *, justified: bool = False) -> list[Block]:
    """The rows of a page in reading order, tables made out.

    What cannot be made out as a table stays rows as they stand: no word is lost.
    """
    blocks: list[Block] = []
    shared = [_shares_its_height(rows, index) for index in range(len(rows))]
    index = done = 0
    while index < len(rows):
        if not shared[index]:
            blocks.append(rows[index])
            index += 1
            continue
        end = _end_of_region(rows, shared, index)
        start = _start_of_region(rows, done, index, end)
        if end - start > 3:
            closed = without_stretched_gaps(rows[start:end]) if justified else rows[start:end]
            end = start + _length_of_first_table(closed)
        heading = rows[start - 1].pieces[0].text if start else ""
        arranged = columns_of_prose(rows, start, end) if end - start > 1 else None
        arranged = arranged or (_table(rows[start:end], heading, justified=justified) if end - start > 1 else None)
        if arranged is None:
            blocks.extend(rows[index:end])
            index = end
            continue
        found, used = arranged
        del blocks[len(blocks) - (index - start) :]
        blocks.extend(found)
        index = done = start + used
    return blocks


def _shares_its_height(rows: Sequence[Row], index: int) -> bool:
    """Whether something stands beside the row: in it, or in rows that it overlaps, as the lines of two cells do."""
    row = rows[index]
    if len(row.pieces) > 1:
        return True
    enough = OVERLAP * (row.bottom - row.top)
    for near in (index - 1, index + 1, index - 2, index + 2):
        if not 0 <= near < len(rows):
            continue
        other = rows[near]
        if min(row.bottom, other.bottom) - max(row.top, other.top) <= enough:
            continue
        if (other.left - row.right if other.left > row.left else row.left - other.right) > NARROWEST:
            return True
    return False


def _end_of_region(rows: Sequence[Row], shared: Sequence[bool], start: int) -> int:
    """The end of the rows from `start` that stand near each other and beside something.

    Single pieces among them count in as further lines of a cell, unless they run across the gaps of the rows around.
    """
    end = last = start + 1
    while end < len(rows) and is_near(rows[end - 1], rows[end]):
        if shared[end]:
            last = end + 1
        elif end - last >= 3 or any(_crosses(rows[end], other) for other in _neighbours(rows, end)):
            break
        end += 1
    while last < end and rows[last].top - rows[last - 1].bottom < WITHIN_CELL * rows[last].size:
        last += 1
    return last


def _start_of_region(rows: Sequence[Row], done: int, index: int, end: int) -> int:
    """The first row of a region, going up from `index` over the upper lines of its first cells."""
    start = index
    while start > done:
        above, row = rows[start - 1], rows[start]
        tight = row.top - above.bottom < WITHIN_CELL * row.size
        same = abs(above.size - row.size) < 0.3 and abs(above.left - row.left) < 3 and len(above.pieces) == 1
        if not (tight and same) or any(_crosses(above, other) for other in rows[index:end]):
            break
        start -= 1
    return start


def _length_of_first_table(region: Sequence[Row]) -> int:
    """How many rows come before a second table: it begins at a wider gap, and its cells run across the first's."""
    gaps = [after.top - before.bottom for before, after in pairwise(region)]
    usual = median(gaps)
    for index, gap in enumerate(gaps[1:-1], start=2):
        if gap <= usual + WITHIN_CELL * region[index].size:
            continue
        cells = [piece for row in region[index:] if len(row.pieces) > 1 for piece in row.pieces]
        first = corridors_of(region[:index])
        if first and any(piece.left < low and high < piece.right for piece in cells for low, high in first):
            return index
    return len(region)


def _neighbours(rows: Sequence[Row], index: int) -> list[Row]:
    """The nearest rows above and below that have gaps."""
    above = next((row for row in reversed(rows[:index]) if len(row.pieces) > 1), None)
    below = next((row for row in rows[index + 1 : index + 5] if len(row.pieces) > 1), None)
    return [row for row in (above, below) if row is not None]


def _crosses(row: Row, other: Row) -> bool:
    """Whether a row of one piece runs across a gap of another row."""
    return any(
        row.left < before.right and after.left < row.right
        for before, after in pairwise(other.pieces)
        if after.left - before.right > NARROWEST
    )


def _table(region: Sequence[Row], heading: str, *, justified: bool) -> tuple[list[Block], int] | None:
    """The rows of a table and how many rows of the page it takes, or None where this is no table."""
    if justified:
        region = without_stretched_gaps(region)
    corridors = corridors_of(region)
    columns = len(corridors) + 1
    if columns < 2:
        return None
    multi = [row for row in region if len({column_of(corridors, piece) for piece in row.pieces}) > 1]
    if multi and _is_contents(multi, corridors, heading):
        return list(region), len(region)
    pieces = sorted((piece for row in region for piece in row.pieces), key=lambda piece: piece.order)
    rows = _rows_by_stream(pieces, corridors, columns) or _rows_by_height(region, corridors, columns)
    filled = sum(sum(map(bool, row.cells)) > 1 for row in rows)
    if filled < (2 if columns > 2 else 3):
        return None
    return list(rows), len(region)


def _is_contents(rows: Sequence[Row], corridors: Sequence[tuple[float, float]], heading: str) -> bool:
    """Whether these are titles with page numbers, which stay lines with a tab."""
    if len(corridors) != 1 or not all(_PAGE.fullmatch(row.pieces[-1].text) for row in rows):
        return False
    if any(_LEADER.search(piece.text) for row in rows for piece in row.pieces[:-1]):
        return True
    numbers = [int(row.pieces[-1].text) for row in rows]
    return bool(_CONTENTS.match(heading)) and numbers == sorted(numbers)


def _rows_by_stream(
    pieces: Sequence[Piece], corridors: Sequence[tuple[float, float]], columns: int
) -> list[TableRow] | None:
    """Rows as the file draws them, cell by cell: nearly every program does. None where this one does not."""
    pitch = _pitch_within_cells(pieces, corridors)
    rows: list[TableRow] = []
    before: Piece | None = None
    top = 0.0
    for piece in pieces:
        column = column_of(corridors, piece)
        previous = column_of(corridors, before) if before is not None else columns
        drop = piece.middle - before.middle if before is not None else 0.0
        starts = column < previous or (column == previous and drop > pitch)
        if before is not None and piece.middle < top - (piece.bottom - piece.top):
            return None  # back up the page: not drawn row by row
        if starts:
            rows.append(TableRow([[] for _ in range(columns)]))
            top = piece.top
        rows[-1].cells[column].append(piece)
        before = piece
    return rows


def _pitch_within_cells(pieces: Sequence[Piece], corridors: Sequence[tuple[float, float]]) -> float:
    """How far below a cell's line its next line may stand; rows stand further apart, where a table shows it at all."""
    size = median(piece.size for piece in pieces)
    places = [(column_of(corridors, piece), piece.middle) for piece in pieces]
    # From the last line of a first cell to the next row's first line: other cells lie between them in the stream.
    drops: list[float] = []
    last: float | None = None
    left_column = False
    for column, middle in places:
        if column == 0:
            if left_column and last is not None and middle - last > 0.5 * size:
                drops.append(middle - last)
            last, left_column = middle, False
        else:
            left_column = True
    return min(1.7 * size, 0.92 * median(drops)) if drops else 1.7 * size


def _rows_by_height(region: Sequence[Row], corridors: Sequence[tuple[float, float]], columns: int) -> list[TableRow]:
    """Rows as they stand on the page, where the stream does not tell."""
    rows = []
    for row in region:
        cells: list[list[Piece]] = [[] for _ in range(columns)]
        for piece in row.pieces:
            cells[column_of(corridors, piece)].append(piece)
        rows.append(TableRow(cells))
    return rows
