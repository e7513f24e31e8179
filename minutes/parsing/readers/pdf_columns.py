"""Columns on a page: the gaps that part them, and running text set in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from minutes.parsing.readers.pdf_rows import Piece, Row, rows_of

NEAR = 2.6  # line heights between two rows that still belong together
PROSE = 25  # characters of a line of running text, on average; cells are shorter
PROSE_ROWS = 5  # where the stream does not tell columns from cells
FEWEST_PROSE_ROWS = 3
NARROWEST = 3.0  # points between two columns


@dataclass(slots=True)
class TableRow:
    """A row of a table: the pieces of each cell in reading order."""

    cells: list[list[Piece]]

    @property
    def pieces(self) -> list[Piece]:
        return [piece for cell in self.cells for piece in cell]

    @property
    def bold(self) -> bool:
        """Whether all that stands in it is bold."""
        return all(chunk.font.bold for piece in self.pieces for chunk in piece.chunks)


Block = Row | TableRow


def is_near(before: Row, after: Row) -> bool:
    return after.top - before.bottom < NEAR * (before.bottom - before.top)


def corridors_of(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """The gaps from left to right that part the rows' pieces into columns."""
    edges = sorted({edge for row in rows for piece in row.pieces for edge in (piece.left, piece.right)})
    found: list[tuple[float, float]] = []
    for low, high in pairwise(edges):
        splits = bridges = 0
        for row in rows:
            before = after = bridged = False
            for piece in row.pieces:
                before |= piece.right <= low + 0.1
                after |= piece.left >= high - 0.1
                bridged |= piece.left < low + 0.1 and piece.right > high - 0.1
            bridges += bridged
            splits += before and after and not bridged
        if splits and (bridges == 0 or splits >= max(3, 3 * bridges)):
            if found and abs(found[-1][1] - low) < 0.1:
                found[-1] = (found[-1][0], high)
            else:
                found.append((low, high))
    return [(low, high) for low, high in found if high - low >= NARROWEST]


def column_of(corridors: Sequence[tuple[float, float]], piece: Piece) -> int:
    return sum(piece.left >= (low + high) / 2 for low, high in corridors)


def columns_of_prose(rows: Sequence[Row], start: int, end: int) -> tuple[list[Block], int] | None:
    """Running text in columns: the left column first. None where this is no such thing."""
    region = rows[start:end]
    multi = [row for row in region if len(row.pieces) > 1]
    corridors = corridors_of(region)
    if len(multi) < FEWEST_PROSE_ROWS or not 1 <= len(corridors) <= 2:
        return None
    columns: list[list[Piece]] = [[] for _ in range(len(corridors) + 1)]
    for row in region:
        for piece in row.pieces:
            columns[column_of(corridors, piece)].append(piece)
    if not all(column and _is_prose(column) for column in columns):
        return None
    by_stream = all(
        max(piece.order for piece in left) < min(piece.order for piece in right) for left, right in pairwise(columns)
    )
    if not by_stream and len(multi) < PROSE_ROWS:
        return None
    # The longer column goes on below the shorter one.
    while end < len(rows) and is_near(rows[end - 1], rows[end]) and _keeps_to_columns(rows[end], corridors):
        piece = rows[end].pieces[0]
        column = column_of(corridors, piece)
        if by_stream and any(piece.order > other.order for later in columns[column + 1 :] for other in later):
            break
        columns[column].append(piece)
        end += 1
    found: list[Block] = []
    for pieces in columns:
        margin = max(piece.right for piece in pieces)
        found.extend(Row(row.pieces, margin) for row in rows_of(pieces))
    return found, end - start


def _is_prose(pieces: Sequence[Piece]) -> bool:
    """Whether pieces make lines as long as running text has."""
    lines = rows_of(pieces)
    return sum(len(piece.text) for piece in pieces) >= PROSE * len(lines)


def _keeps_to_columns(row: Row, corridors: Sequence[tuple[float, float]]) -> bool:
    """Whether a row stands in one column alone."""
    return len(row.pieces) == 1 and all(
        row.right <= high - NARROWEST or row.left >= low + NARROWEST for low, high in corridors
    )
