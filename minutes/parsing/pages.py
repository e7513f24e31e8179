"""Pages of a PDF as pictures, drawn in the bounded child process."""

from __future__ import annotations

from collections.abc import Sequence

from minutes.parsing.bounded import Data, ask
from minutes.parsing.limits import Limits
from minutes.parsing.picture import Picture
from minutes.parsing.places import TALLEST, PageSize, Place


def page_sizes(content: bytes, limits: Limits | None = None) -> tuple[PageSize, ...]:
    """The size of each page. Raises a kind of `ParseError` and nothing else; NoPage for a file without pages."""
    return ask({"task": "sizes"}, content, limits or Limits(), _sizes)


def _sizes(told: Data, _: bytes) -> tuple[PageSize, ...]:
    sizes = tuple(PageSize(float(width), float(height)) for width, height in told["sizes"])
    if not all(0 < side < float("inf") for size in sizes for side in (size.width, size.height)):
        raise ValueError("a page of no size")
    return sizes


def page_image(
    content: bytes, page: int, *, width: int, places: Sequence[Place] = (), limits: Limits | None = None
) -> bytes:
    """A page, counting from 1, as a PNG `PageSize.pixels(width)` large, with the lines of `places` marked.

    Raises a kind of `ParseError` and nothing else; NoPage where there is no such page.
    """

    def png(told: Data, packed: bytes) -> bytes:
        across, down = (int(side) for side in told["size"])
        if not (1 <= across <= width and 1 <= down <= TALLEST * width):
            raise ValueError("larger than asked for")
        return Picture(across, down, bool(told["coloured"]), packed).png()

    lines = [(place.first, place.last) for place in places]
    question = {"task": "picture", "page": page, "width": width, "places": lines}
    return ask(question, content, limits or Limits(), png)
