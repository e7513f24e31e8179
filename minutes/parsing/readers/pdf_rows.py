"""From PDFium's lines to the rows that a reader sees: pieces between wide gaps, side by side, from top to bottom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from minutes.parsing.readers.markers import split_marker
from minutes.parsing.readers.pdf_geometry import Chunk, TextLine

# In parts of the type size.
TAB = 1.2  # a gap this wide is no blank
STRETCHED = 3.0  # and this wide no stretched blank
FEWEST_CLEAR_GAPS = 2
FEWEST_STRETCHED = 3  # lines
TOUCHING = 0.12  # narrower: the same word, set in another font
SAME_ROW = 0.35  # of the line's height, that two pieces of one row may stand apart up and down
FULL_LINE = 2.5  # points from the margin


class Piece:
    """Words with nothing but blanks between them."""

    __slots__ = ("bottom", "chunks", "left", "middle", "order", "right", "size", "text", "top")

    def __init__(self, chunks: list[Chunk], size: float, order: int) -> None:
        first = chunks[0]
        self.chunks = chunks
        self.size = size
        self.order = order
        self.left = first.left
        self.right = max(chunks[-1].right, first.left)  # a broken font may give its words less than no width
        self.top = first.top
        self.bottom = first.bottom
        self.middle = (first.top + first.bottom) / 2
        self.text = first.text if len(chunks) == 1 else " ".join([chunk.text for chunk in chunks])

    @property
    def soft(self) -> bool:
        """Whether the gap before it may be no more than blanks that were stretched."""
        return self.chunks[0].jump == 1


class Row:
    """Pieces at one height, from left to right."""

    __slots__ = ("bottom", "left", "margin", "middle", "pieces", "right", "size", "top")

    def __init__(self, pieces: list[Piece], margin: float | None = None) -> None:
        first = pieces[0]
        self.margin = margin  # the right edge of its column; None: that of the page
        if len(pieces) == 1:
            self.pieces = pieces
            self.left, self.right, self.top, self.bottom = first.left, first.right, first.top, first.bottom
            self.middle, self.size = first.middle, first.size
            return
        self.pieces = sorted(pieces, key=lambda piece: piece.left)
        self.left = self.pieces[0].left
        self.right = self.pieces[-1].right
        self.top = min([piece.top for piece in pieces])
        self.bottom = max([piece.bottom for piece in pieces])
        self.middle = self.pieces[0].middle
        self.size = max(pieces, key=lambda piece: len(piece.text)).size


def pieces_of(lines: Sequence[TextLine]) -> list[Piece]:
    """The pieces of a page in the order of its stream; text that was drawn twice stands once."""
    margin = _margin(lines)
    pieces: list[Piece] = []
    for line in lines:
        if len(line.chunks) == 1:
            pieces.append(Piece(line.chunks, line.size, line.order))
        else:
            pieces.extend(_split(line, margin))
    once: dict[tuple[str, int, int], Piece] = {}
    for piece in pieces:
        once.setdefault((piece.text, int(piece.left / 2 + 0.5), int(piece.top / 2 + 0.5)), piece)
    return pieces if len(once) == len(pieces) else list(once.values())


def _margin(lines: Sequence[TextLine]) -> float:
    return max((line.chunks[-1].right for line in lines if line.words > 5), default=0.0)


def _split(line: TextLine, margin: float) -> Iterable[Piece]:
    chunks = line.chunks
    if not any(chunk.jump for chunk in chunks) or _is_stretched(line, margin):
        yield Piece(chunks, line.size, line.order)
        return
    start = 0
    for index in range(1, len(chunks)):
        marked = index == 1 and chunks[1].left > chunks[0].right and _is_marker(chunks[0].text)
        if chunks[index].jump and not marked:
            yield Piece(chunks[start:index], line.size, line.order + start)
            start = index
    yield Piece(chunks[start:], line.size, line.order + start)


def _is_marker(text: str) -> bool:
    return " " not in text and split_marker(f"{text} x")[0] is not None


def _is_stretched(line: TextLine, margin: float) -> bool:
    """Whether a line's blanks were stretched so that it ends at the right margin."""
    return line.even and line.chunks[-1].right > margin - FULL_LINE


def rows_of(pieces: Iterable[Piece]) -> list[Row]:
    """Rows from top to bottom."""
    rows: list[list[Piece]] = []
    anchor = float("-inf")
    for piece in sorted(pieces, key=lambda piece: (piece.middle, piece.left)):
        if piece.middle - anchor <= SAME_ROW * (piece.bottom - piece.top):
            rows[-1].append(piece)
        else:
            rows.append([piece])
            anchor = piece.middle
    return [Row(row) for row in rows]


def glue(before: Piece, after: Piece) -> str:
    """What stands between two pieces of one row: nothing, a blank, or a tab for a wide gap."""
    gap = after.left - before.right
    size = max(before.size, after.size)
    if gap < TOUCHING * size and before.order != after.order:
        return ""
    return " " if gap < (STRETCHED if after.soft else TAB) * size else "\t"


def is_justified(pages: Iterable[Sequence[TextLine]]) -> bool:
    """Whether a document's lines are stretched to the right margin, so that wide gaps may be no more than blanks."""
    stretched = 0
    for lines in pages:
        margin = _margin(lines)
        stretched += sum(
            len(line.chunks) > 2 and sum(chunk.jump > 0 for chunk in line.chunks) > 1 and _is_stretched(line, margin)
            for line in lines
        )
    return stretched >= FEWEST_STRETCHED


def without_stretched_gaps(rows: Sequence[Row]) -> list[Row]:
    """The rows of a justified text with stretched blanks closed, where other gaps part its columns more clearly."""
    if _clear_gaps(rows) < FEWEST_CLEAR_GAPS:
        return list(rows)
    closed = []
    for row in rows:
        pieces: list[Piece] = []
        for piece in row.pieces:
            if pieces and piece.soft and piece.left > pieces[-1].right:
                before = pieces[-1]
                pieces[-1] = Piece(before.chunks + piece.chunks, before.size, before.order)
            else:
                pieces.append(piece)
        closed.append(Row(pieces))
    return closed


def _clear_gaps(rows: Sequence[Row]) -> int:
    """How many pieces stand beside another one without a blank between them."""
    return sum(
        not piece.soft
        and any(
            other.right < piece.left and min(other.bottom, piece.bottom) - max(other.top, piece.top) > 0
            for near in rows[max(index - 2, 0) : index + 3]
            for other in near.pieces
        )
        for index, row in enumerate(rows)
        for piece in row.pieces
    )
