"""What is usual in a PDF: its type size, margins, the distance of its lines, the sizes of its headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from minutes.parsing.readers.pdf_columns import TableRow
from minutes.parsing.readers.pdf_rows import Row

LARGER = 1.1  # times the body's type size: a heading
SAME_SIZE = 0.7  # points


@dataclass(slots=True)
class Page:
    """A page's blocks in reading order."""

    number: int
    blocks: list[Row | TableRow]
    bullets: list[tuple[float, float]] = field(default_factory=list)  # drawn ones: their middle, across and down
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Measures:
    """What is usual in a document."""

    size: float
    right: dict[int, float]  # the right margin for pages of a width
    leading: dict[float, float]  # from line to line, by type size


def rounded(size: float) -> float:
    return round(size * 2) / 2


def measure(pages: Sequence[Page]) -> Measures:
    sizes: dict[float, int] = {}
    drops: dict[float, Counter[float]] = {}
    rights: dict[int, list[float]] = {}
    for page in pages:
        right_edges = rights.setdefault(round(page.width), [])
        before: Row | None = None
        for block in page.blocks:
            if isinstance(block, TableRow):
                before = None
                continue
            last = block.pieces[-1].text
            size = rounded(block.size)
            sizes[size] = sizes.get(size, 0) + sum([len(piece.text) for piece in block.pieces])
            if last.count(" ") > 1:
                right_edges.append(block.right)
            if before is not None and abs(before.size - block.size) < SAME_SIZE:
                drop = block.middle - before.middle
                if 0 < drop < 2.2 * size:
                    drops.setdefault(size, Counter())[rounded(drop)] += 1
            before = block
    body = max(sizes, key=lambda size: sizes[size], default=10.0)
    # The second widest of fifty: one line that runs over the margin moves nothing.
    margins = {width: sorted(found, reverse=True)[len(found) // 50] for width, found in rights.items() if found}
    return Measures(body, margins, {size: _leading(found) for size, found in drops.items()})


def _leading(drops: Counter[float]) -> float:
    """The usual distance of two lines: the smallest that is no exception."""
    often = max(drops.values())
    return min(drop for drop, count in drops.items() if count >= 0.25 * often)


def heading_levels(pages: Sequence[Page], body: float) -> dict[float, int]:
    """Levels of the type sizes above the body's, the largest first."""
    sizes = {
        rounded(block.size)
        for page in pages
        for block in page.blocks
        if isinstance(block, Row) and block.size >= LARGER * body
    }
    return {size: min(level, 6) for level, size in enumerate(sorted(sizes, reverse=True), start=1)}
