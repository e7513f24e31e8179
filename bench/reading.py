"""How fast PDFs are read and parsed, against PDFium's own extraction of the same pages, and in how much memory.

    python -m bench.reading

Measured are the PDFs in `fixtures/` and one of 300 pages that is made from their text.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from bench.long_minutes import make_long_minutes
from minutes.parsing.assemble import parse
from minutes.parsing.bounded import Child
from minutes.parsing.limits import MEGABYTE, Limits
from minutes.parsing.readers import read
from minutes.parsing.readers.pdf_text import TextReader

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
LONG_PAGES = 300
MOST_GEOMETRY, MOST_PARSED, MOST_MEGABYTES = 2.0, 4.0, 200  # the aims
ROUNDS = {"short": 7, "long": 5}


@dataclass(frozen=True, slots=True)
class Step:
    """A way of reading a file, and how much slower than PDFium alone it may be."""

    name: str
    run: Callable[[bytes], object]
    aim: float | None = None


def plain(content: bytes) -> int:
    """PDFium's plain extraction. Returns the number of pages."""
    with pypdfium2.PdfDocument(content) as document:
        for index in range(len(document)):
            page = document[index]
            text = page.get_textpage()
            text.get_text_range()
            text.close()
            page.close()
        return len(document)


def geometry(content: bytes) -> None:
    """Every word with its place, every line with its type size and font."""
    reader = TextReader()
    with pypdfium2.PdfDocument(content) as document:
        for index in range(len(document)):
            page = document[index]
            text = page.get_textpage()
            reader.read(page.raw, text.raw)
            text.close()
            page.close()


STEPS = (
    Step("PDFium alone", plain),
    Step("text with geometry", geometry, MOST_GEOMETRY),
    Step("lines, paragraphs, tables", read),
    Step("with parsing", lambda content: parse(read(content)), MOST_PARSED),
)


def measure(contents: Sequence[bytes], rounds: int) -> list[float]:
    """Seconds of processor time for each step, over all files: the best of some rounds in which the steps alternate."""
    best = [[float("inf")] * len(contents) for _ in STEPS]
    gc.disable()  # as in the child process
    for _ in range(rounds):
        for file, content in enumerate(contents):
            for index, step in enumerate(STEPS):
                start = time.process_time()
                step.run(content)
                best[index][file] = min(best[index][file], time.process_time() - start)
            gc.collect()
    return [sum(seconds) for seconds in best]


def report(title: str, contents: Sequence[bytes], rounds: int) -> bool:
    """Print a table. Returns whether every aim was met."""
    pages = sum(plain(content) for content in contents)
    seconds = measure(contents, rounds)
    print(f"\n{title}: {pages} pages")
    print(f"  {'':28}{'pages/s':>9}{'ms/page':>9}{'ratio':>8}")
    met = True
    for step, spent in zip(STEPS, seconds, strict=True):
        ratio = spent / seconds[0]
        aim = f"  aim: at most {step.aim:.0f}×" if step.aim else ""
        met &= step.aim is None or ratio <= step.aim
        print(f"  {step.name:28}{pages / spent:9.0f}{1000 * spent / pages:9.2f}{ratio:7.2f}×{aim}")
    return met


def peak_megabytes(contents: Sequence[bytes]) -> tuple[float, float]:
    """The most memory that a child process held over some files, and the seconds that the middle one took in it."""
    limits = Limits(seconds=600)
    child = Child(limits)
    spent = []
    try:
        for content in contents:
            start = time.perf_counter()
            child.parse(content, limits)
            spent.append(time.perf_counter() - start)
        return child.peak_bytes / MEGABYTE, statistics.median(spent)
    finally:
        child.close()


def main() -> None:
    """Print everything; exit 1 where an aim was missed."""
    files = sorted(FIXTURES.glob("*.pdf"))
    contents = [file.read_bytes() for file in files]
    long = make_long_minutes([parse(read(content)) for content in contents], LONG_PAGES)
    met = report(f"{len(files)} files in fixtures/", contents, ROUNDS["short"])
    met &= report("One long file", [long], ROUNDS["long"])
    print("\nIn the bounded child process")
    for title, some in (("fixtures", contents), (f"{LONG_PAGES} pages", [long])):
        megabytes, seconds = peak_megabytes(some)
        met &= megabytes < MOST_MEGABYTES
        print(f"  {title:28}{megabytes:6.0f} MB at most, {seconds:.2f} s a file  aim: under {MOST_MEGABYTES} MB")
    if not met:
        raise SystemExit("\nAn aim was missed.")


if __name__ == "__main__":
    main()
