"""Text with geometry from one PDF page, by as few calls into PDFium as will do.

Every call costs about a microsecond through ctypes, and a page has thousands of characters. PDFium's own lines are
kept. A line that is drawn in one go, as most are, has one font and no gaps: three places in it are looked up. Only in
a line of several runs is every word looked up, to find where fonts and columns change.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import pypdfium2.raw as pdfium

from minutes.parsing.readers.cleaning import SOFT_HYPHEN, clean
from minutes.parsing.readers.markers import split_marker
from minutes.parsing.readers.pdf_calls import (
    COUNT_RUNS,
    FONT_INFO,
    HAS_NO_MEANING,
    IS_GENERATED,
    LOOK_UP,
    RUN_BOX,
    RUN_OF,
    address,
    characters,
)
from minutes.parsing.readers.pdf_geometry import (
    LONGEST_MARKER,
    WIDE,
    Chunk,
    Font,
    Frame,
    Jump,
    PageText,
    Place,
    TextLine,
)

# What PDFium puts for a hyphen at a line's end, where it also drops the line end: newer versions, older versions.
LINE_HYPHENS = "\ufffe\x02"
_LINE = re.compile(rf"[^\s{LINE_HYPHENS}](?:[^\r\n{LINE_HYPHENS}]*[^\s{LINE_HYPHENS}])?[{LINE_HYPHENS}]?")
_SURROGATE = re.compile("[\ud800-\udfff]")
# What comes of a font that does not tell its letters: its own numbers for them, as control or private characters.
_MEANINGLESS = re.compile("[\x00\x01\x03-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")
_WORD = re.compile(r"\S+")
_BOLD = re.compile(r"bold|black|heavy|demi|,b|-b$", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|kursiv", re.IGNORECASE)
_SYMBOL = re.compile(r"symbol|wingding|dingbat|webding", re.IGNORECASE)

# All in parts of the type size.
VERY_WIDE = 3.0  # too wide a gap for one run of text
WIDE_LETTER = 0.75  # too wide a letter on average, unless there are gaps between them
LEVEL = 0.5  # how far the end of an upright line may stand above or below its beginning

EVEN_GAPS = 1.7  # widest gap to middle one, and middle to narrowest, in a line that was stretched to its measure
FEW_RUNS = 4  # a line of so many is looked up run by run
CHECKED = 4  # every so many lines, whether the font tells what its characters mean
FONT_NAME_BYTES = 128


class TextReader:
    """Reads the pages of one document; what its fonts' names tell is kept between pages."""

    def __init__(self) -> None:
        self._fonts: dict[bytes, Font] = {}
        self._sizes: dict[tuple[int, float], float] = {}
        self._box = pdfium.FS_RECTF()
        self._edges = memoryview(self._box).cast("B").cast("f")  # left, top, right, bottom
        self._name = ctypes.create_string_buffer(FONT_NAME_BYTES)
        self._matrix = pdfium.FS_MATRIX()
        self._box_address = ctypes.addressof(self._box)
        self._name_address = ctypes.addressof(self._name)
        self._run_box = (ctypes.c_double * 4)()
        start, step = ctypes.addressof(self._run_box), ctypes.sizeof(ctypes.c_double)
        self._box_parts = [start + index * step for index in range(4)]  # left, top, right, bottom
        self._page = 0
        self._frame = Frame(0, 0, 0, 0)
        self._turned = False

    def read(self, page: pdfium.FPDF_PAGE, textpage: pdfium.FPDF_TEXTPAGE) -> PageText:
        """The lines of a page, in the order of its stream."""
        self._page = address(textpage)
        text = characters(textpage)
        bounds = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, bounds)
        self._frame = Frame(bounds.left, bounds.bottom, bounds.right, bounds.top)
        rotation = max(pdfium.FPDFPage_GetRotation(page), 0)
        self._turned = rotation != 0
        sizes = bounds.right - bounds.left, bounds.top - bounds.bottom
        result = PageText(characters=len(text.strip()), meaningless=len(_MEANINGLESS.findall(text)))
        result.width, result.height = sizes if rotation % 2 == 0 else sizes[::-1]
        groups: dict[int, list[TextLine]] = {}
        for number, found in enumerate(_LINE.finditer(text)):
            start = found.start()
            quadrant, line = self._line(found[0], start)
            if number % CHECKED == 0:
                result.checked += 1
                result.unmapped += HAS_NO_MEANING(self._page, start) == 1
            if line is not None and _is_on_page(line, result, turned=(quadrant - rotation) % 2 == 1):
                groups.setdefault(quadrant, []).append(line)
        ordered = sorted(groups, key=lambda quadrant: -sum(line.words for line in groups[quadrant]))
        result.upright = rotation == 0 and ordered[:1] == [0]
        result.groups = [groups[quadrant] for quadrant in ordered]
        return result

    def _line(self, text: str, start: int) -> tuple[int, TextLine | None]:
        """The direction of a line, and the line itself unless nothing in it shows."""
        last = start + len(text) - (2 if text[-1] in LINE_HYPHENS else 1)
        # Written out where other lines call `_place`: this is done for every line of every page.
        page, edges, target = self._page, self._edges, self._box_address
        LOOK_UP(page, start, target)
        left, top, right, bottom = edges
        LOOK_UP(page, last, target)
        _, last_top, right, _ = edges
        if self._turned or abs(top - last_top) > LEVEL * (top - bottom):
            pdfium.FPDFText_GetMatrix(ctypes.cast(page, pdfium.FPDF_TEXTPAGE), start, self._matrix)
            quadrant = _quadrant(self._matrix)
            if quadrant:
                return quadrant, self._composed_line(text, start, quadrant)
        font = self._font(start)
        size = self._sizes.get((id(font), round(top - bottom, 2))) or self._size(start, font, top - bottom)
        runs = COUNT_RUNS(page, start, last - start + 1)
        plain = runs == 1 or (runs <= FEW_RUNS and self._is_plain(runs, size, font, last))
        if plain and right - left < WIDE_LETTER * size * len(text):
            return 0, self._simple_line(text, start, (left, top, right, bottom), font, size)
        spans = [found.span() for found in _WORD.finditer(text)]
        if 1 < runs <= FEW_RUNS and 2 * runs < len(spans):
            return 0, self._line_of_runs(text, start, spans)
        return 0, self._composed_line(text, start, 0)

    def _is_plain(self, runs: int, size: float, font: Font, last: int) -> bool:
        """Whether the runs just counted stand no further apart than words do, and end in the font they began in."""
        right = float("inf")
        for index in range(runs):
            RUN_BOX(self._page, index, *self._box_parts)
            left, _, end, _ = self._run_box
            if left - right > WIDE * size or left < right - size < float("inf"):
                return False
            right = end
        return self._font(last) is font

    def _simple_line(self, text: str, start: int, place: Place, font: Font, size: float) -> TextLine | None:
        """A line of one font without gaps."""
        shown = _shown(text)
        if not shown:
            return None
        across, down = self._frame.left, self._frame.top
        left, top, right, bottom = place
        blank = text.find(" ")
        first_right, second_left = right, None
        if blank > 0:
            first_right = self._place(start + blank - 1)[2]
            if blank <= LONGEST_MARKER and not text[:blank].isalnum():
                second = len(text) - len(text[blank:].lstrip())
                second_left = self._place(start + second)[0] - across
        chunk = Chunk(
            shown, left - across, down - top, right - across, down - bottom, font, 0, first_right - across, second_left
        )
        return TextLine([chunk], size, start, shown.count(" ") + 1)

    def _line_of_runs(self, text: str, start: int, spans: Sequence[tuple[int, int]]) -> TextLine | None:
        """A line of few runs: looked up are their ends, for within a run there are no gaps."""
        firsts = self._first_words(start, spans)
        groups = [(spans[first], spans[end - 1]) for first, end in pairwise([*firsts, len(spans)])]
        return self._built(text, start, [(head, (head[0], tail[1])) for head, tail in groups], 0)

    def _first_words(self, start: int, spans: Sequence[tuple[int, int]]) -> list[int]:
        """The words that begin a run, found by halving: the runs of a line follow on each other."""
        firsts = [0]
        runs: dict[int, int | None] = {}

        def run_of(word: int) -> int | None:
            if word not in runs:
                runs[word] = RUN_OF(self._page, start + spans[word][0])
            return runs[word]

        while run_of(firsts[-1]) != run_of(len(spans) - 1):
            low, high = firsts[-1], len(spans) - 1
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if run_of(middle) == run_of(firsts[-1]) else (low, middle)
            firsts.append(high)
        return firsts

    def _composed_line(self, text: str, start: int, quadrant: int) -> TextLine | None:
        """A line of many runs, or turned: word by word."""
        return self._built(text, start, [(found.span(), found.span()) for found in _WORD.finditer(text)], quadrant)

    def _built(
        self, text: str, start: int, parts: Sequence[tuple[tuple[int, int], tuple[int, int]]], quadrant: int
    ) -> TextLine | None:
        """A line from parts that have no gaps in them, each given with its first word."""
        spans = [span for _, span in parts]
        places = [self._span_place(text, start, span, quadrant) for span in spans]
        fonts = self._word_fonts(start, spans)
        size = self._size(start, fonts[0], places[0][3] - places[0][1], quadrant)
        jumps = self._jumps(start, spans, places, size)
        chunks: list[Chunk] = []
        count = 0
        for (word, span), place, font, jump in zip(parts, places, fonts, jumps, strict=True):
            shown = _shown(text[span[0] : span[1]])
            if not shown:
                continue
            count += shown.count(" ") + 1
            if chunks and not jump and font is chunks[-1].font:
                chunk = chunks[-1]
                chunk.text += f" {shown}"
                chunk.right = place[2]
                if chunk.second_left is None:
                    chunk.second_left = place[0]
            else:
                left, top, right, bottom = place
                first_right = right if word == span or chunks else self._span_place(text, start, word, quadrant)[2]
                chunks.append(Chunk(shown, left, top, right, bottom, font, jump, first_right))
        if not chunks:
            return None
        gaps = [after[0] - before[2] for before, after in pairwise(places)]
        if split_marker(f"{chunks[0].text} x")[0]:
            del gaps[:1]  # between a list's marker and its text nothing is stretched
        even = len(gaps) > 1 and max(gaps) <= EVEN_GAPS * median(gaps) <= EVEN_GAPS**2 * min(gaps)
        return TextLine(chunks, size, start, count, even)

    def _span_place(self, text: str, start: int, span: tuple[int, int], quadrant: int) -> Place:
        """The box of the characters from `span[0]` to before `span[1]`."""
        first, end = span
        last = end - 2 if text[end - 1] in LINE_HYPHENS else end - 1
        turn = self._frame.turn
        left, top, right, bottom = turn(quadrant, self._place(start + first))
        if last > first:
            right = turn(quadrant, self._place(start + last))[2]
        return left, top, right, bottom

    def _jumps(self, start: int, spans: Sequence[tuple[int, int]], places: Sequence[Place], size: float) -> list[Jump]:
        """For each word how it was set apart from the word before."""
        jumps: list[Jump] = [0] * len(spans)
        for index in range(1, len(spans)):
            gap = places[index][0] - places[index - 1][2]
            if -size <= gap <= WIDE * size:
                continue
            before, after = start + spans[index - 1][1] - 1, start + spans[index][0]
            run = RUN_OF(self._page, before)
            if run == RUN_OF(self._page, after):
                jumps[index] = 2 if abs(gap) > VERY_WIDE * size else 0
            elif IS_GENERATED(self._page, before + 1) == 1:
                jumps[index] = 2
            else:
                jumps[index] = 1 if run == RUN_OF(self._page, before + 1) else 0
        return jumps

    def _word_fonts(self, start: int, spans: Sequence[tuple[int, int]]) -> list[Font]:
        """Each word's font. Where both ends of a line agree, so do the words between; else the change is sought."""
        first, last = self._font(start + spans[0][0]), self._font(start + spans[-1][0])
        if first is last:
            return [first] * len(spans)
        low, high = 0, len(spans) - 1
        while high - low > 1:
            middle = (low + high) // 2
            if self._font(start + spans[middle][0]) is first:
                low = middle
            else:
                high = middle
        return [first] * (low + 1) + [last] * (len(spans) - low - 1)

    def _place(self, index: int) -> Place:
        """A character's box in PDF coordinates, as high as its font and as wide as its step."""
        LOOK_UP(self._page, index, self._box_address)
        left, top, right, bottom = self._edges
        return left, top, right, bottom

    def _font(self, index: int) -> Font:
        FONT_INFO(self._page, index, self._name_address, FONT_NAME_BYTES, 0)
        name = self._name.value
        font = self._fonts.get(name)
        if font is None:
            shown = name.decode("utf-8", "replace")
            found = Font(bool(_BOLD.search(shown)), bool(_ITALIC.search(shown)), bool(_SYMBOL.search(shown)))
            # Fonts that tell the same are one to the reader.
            font = self._fonts[name] = next((known for known in self._fonts.values() if known == found), found)
        return font

    def _size(self, index: int, font: Font, height: float, quadrant: int = 0) -> float:
        """The type size as it appears on the page. Characters of one font and height have one size."""
        key = id(font), round(height, 2)
        if quadrant == 0 and (known := self._sizes.get(key)):
            return known
        textpage = ctypes.cast(self._page, pdfium.FPDF_TEXTPAGE)
        pdfium.FPDFText_GetMatrix(textpage, index, self._matrix)
        size = pdfium.FPDFText_GetFontSize(textpage, index) * (math.hypot(self._matrix.c, self._matrix.d) or 1.0)
        self._sizes[key] = round(size, 1)
        return self._sizes[key]


def _shown(text: str) -> str:
    """Raw characters as they are shown: a hyphen that PDFium took for a word's break becomes a soft one."""
    hyphen = text[-1] in LINE_HYPHENS
    if not text.isascii() and _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = clean(text).strip()
    if "  " in text or "\t" in text:
        text = " ".join(text.split())
    return text.rstrip("-") + SOFT_HYPHEN if hyphen else text


def _quadrant(matrix: pdfium.FS_MATRIX) -> int:
    return round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4


def _is_on_page(line: TextLine, page: PageText, *, turned: bool) -> bool:
    width, height = (page.height, page.width) if turned else (page.width, page.height)
    first = line.chunks[0]
    middle = (first.top + first.bottom) / 2
    return -1 <= middle <= height + 1 and line.chunks[-1].right > 0 and first.left < width
