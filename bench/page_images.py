"""How fast a page becomes an image, against PDFium's own drawing of the same pages, and how large the image is.

    python -m bench.page_images

Measured are the PDFs in `fixtures/`, every page, and the last pages of one of 300 pages that is made from their text:
to find its lines a file is read from its beginning.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from bench.long_minutes import make_long_minutes
from minutes.parsing.assemble import parse
from minutes.parsing.limits import Limits
from minutes.parsing.page_image import page_sizes, render
from minutes.parsing.pages import page_image
from minutes.parsing.places import Place
from minutes.parsing.readers import read

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
LONG_PAGES = 300
LAST = 5  # pages of the long file
ROUNDS = 3
WIDTHS = (900, 1600)
MOST_KILOBYTES = 100  # of a page 900 pixels wide: the aim
PLACE = [Place(3, 20)]
LIMITS = Limits(seconds=600)

type Page = tuple[bytes, int]


@dataclass(frozen=True, slots=True)
class Step:
    """A way to an image of a page."""

    name: str
    run: Callable[[bytes, int, int], object]


def plain(content: bytes, page: int, width: int) -> object:
    """PDFium's drawing, as pixels."""
    with pypdfium2.PdfDocument(content) as document:
        opened = document[page - 1]
        return bytes(opened.render(scale=width / opened.get_width(), rev_byteorder=True).buffer)


STEPS = (
    Step("PDFium alone, as pixels", plain),
    Step("packed", lambda content, page, width: render(content, page, width=width, places=[], limits=LIMITS)),
    Step("marked", lambda content, page, width: render(content, page, width=width, places=PLACE, limits=LIMITS)),
    Step("through the bounded child", lambda *asked: image(*asked)),
)


def image(content: bytes, page: int, width: int) -> bytes:
    """The whole way, as a PNG."""
    return page_image(content, page, width=width, places=PLACE, limits=LIMITS)


def measure(pages: Sequence[Page], width: int) -> list[float]:
    """Milliseconds a page for each step: the best of some rounds in which the steps alternate."""
    best = [float("inf")] * len(STEPS)
    for _ in range(ROUNDS):
        for index, step in enumerate(STEPS):
            start = time.perf_counter()
            for content, page in pages:
                step.run(content, page, width)
            best[index] = min(best[index], time.perf_counter() - start)
    return [1000 * seconds / len(pages) for seconds in best]


def report(title: str, pages: Sequence[Page], width: int) -> bool:
    """Print a table. Returns whether the aim for the size was met."""
    spent = measure(pages, width)
    sizes = [len(image(content, page, width)) / 1000 for content, page in pages]
    print(f"\n{title}, {width} pixels wide: {len(pages)} pages")
    for step, milliseconds in zip(STEPS, spent, strict=True):
        print(f"  {step.name:28}{milliseconds:9.1f} ms a page{milliseconds / spent[0]:7.2f}×")
    print(f"  {'':28}{statistics.median(sizes):9.0f} kB in the middle, {max(sizes):.0f} kB at most")
    return width > min(WIDTHS) or max(sizes) <= MOST_KILOBYTES


def main() -> None:
    """Print everything; exit 1 where the aim was missed."""
    contents = [file.read_bytes() for file in sorted(FIXTURES.glob("*.pdf"))]
    pages = [(content, page) for content in contents for page in range(1, len(page_sizes(content, LIMITS)) + 1)]
    met = True
    for width in WIDTHS:
        met &= report("Files in fixtures/", pages, width)
    long = make_long_minutes([parse(read(content)) for content in contents], LONG_PAGES)
    count = len(page_sizes(long, LIMITS))
    report(f"The last of {count}", [(long, page) for page in range(count - LAST + 1, count + 1)], WIDTHS[0])
    if not met:
        raise SystemExit("\nThe aim was missed.")


if __name__ == "__main__":
    main()
