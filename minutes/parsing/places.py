"""Where parts stand on a file's pages, and how large these are: what is asked of `pages`, without PDFium."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from minutes.parsing.types import Span

TALLEST = 3  # times its width: a longer page is shown smaller


@dataclass(frozen=True, slots=True)
class Place:
    """Lines of one page, by `Line.number`, the last among them; to the page's end where `last` is None."""

    first: int
    last: int | None = None


@dataclass(frozen=True, slots=True)
class PageSize:
    """A page's width and height in points, as it is shown: turned, and cut to its crop box."""

    width: float
    height: float

    def pixels(self, width: int) -> tuple[int, int]:
        """Width and height of its picture, which is `width` wide unless the page is a very long strip."""
        scale = min(width / self.width, TALLEST * width / self.height)
        return max(round(scale * self.width), 1), max(round(scale * self.height), 1)


def places_of(span: Span) -> Iterator[tuple[int, Place]]:
    """The pages that a part stands on, and its place on each. Nothing for a file without pages."""
    if span.page is None:
        return
    last = max(span.end_page or span.page, span.page)
    for page in range(span.page, last + 1):
        first = span.line or 1 if page == span.page else 1
        yield page, Place(first, (span.end_line or span.line) if page == last else None)
