"""Text with geometry from one PDF page, by as few calls into PDFium as will do.

Every call costs about a microsecond through ctypes: PDFium's own lines are kept, and only the two ends of each word are
looked up, and the font at the two ends of each line. Looking up every character would cost four times as much.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import pypdfium2.raw as pdfium

from minutes.parsing.readers.cleaning import SOFT_HYPHEN, clean

# What PDFium puts for a hyphen at a line's end, where it also drops the line end: newer versions, older versions.
LINE_HYPHENS = "\ufffe\x02"
_LINE = re.compile(rf"[^\r\n{LINE_HYPHENS}]+[{LINE_HYPHENS}]?")
_WORD = re.compile(r"[^ \t\u00a0]+")
_BOLD = re.compile(r"bold|black|heavy|demi|,b|-b$", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|kursiv", re.IGNORECASE)
_SYMBOL = re.compile(r"symbol|wingding|dingbat|webding", re.IGNORECASE)
_BOX_LOOK_UP = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
FONT_NAME_BYTES = 128
WIDE = 0.5  # of the type size: a gap that may part two columns; a blank is 0.25-0.33 wide
VERY_WIDE = 3.0  # of the type size: too wide for one run of text


@dataclass(frozen=True, slots=True)
class Font:
    """What the name of a font tells."""

    bold: bool = False
    italic: bool = False
    symbol: bool = False


# Between two words: a blank; a wide gap that begins with a blank of the run before; a wide gap without a blank. Text
# set to both margins has gaps of the second kind. So have tables of some programs; others make the third kind there.
Jump = Literal[0, 1, 2]


@dataclass(slots=True)
class Word:
    """Characters between blanks, and where they stand from left to right."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    font: Font
    jump: Jump = 0  # how it was set apart from the word before


@dataclass(slots=True)
class TextLine:
    """Words that PDFium takes for one line. Tops and bottoms count downwards from the page's upper edge."""

    words: list[Word]
    size: float
    order: int  # of its first character in the page's stream
    hyphen: bool = False  # ends in a hyphen that PDFium joined to the line below

    @property
    def text(self) -> str:
        """The words with blanks between them."""
        return " ".join(word.text for word in self.words)


@dataclass(slots=True)
class PageText:
    """The lines of a page by direction: the first list is the one most characters run in."""

    groups: list[list[TextLine]] = field(default_factory=list)
    width: float = 0.0
    height: float = 0.0
    characters: int = 0
    upright: bool = True  # neither the page nor its main text is turned
    unmapped: int = 0  # lines that begin with a character whose meaning the font does not tell


@dataclass(frozen=True, slots=True)
class Frame:
    """From PDF coordinates to what a reader sees, for text that runs in one of four directions."""

    left: float
    bottom: float
    right: float
    top: float
    quadrant: int  # how often text was turned by 90° against the clock

    def turn(self, box: pdfium.FS_RECTF) -> tuple[float, float, float, float]:
        """(left, top, right, bottom) from the upper left corner."""
        if self.quadrant == 1:
            return box.bottom - self.bottom, box.left - self.left, box.top - self.bottom, box.right - self.left
        if self.quadrant == 2:
            return self.right - box.right, box.bottom - self.bottom, self.right - box.left, box.top - self.bottom
        if self.quadrant == 3:
            return self.top - box.top, self.right - box.right, self.top - box.bottom, self.right - box.left
        return box.left - self.left, self.top - box.top, box.right - self.left, self.top - box.bottom


class TextReader:
    """Reads pages of one document; what its fonts' names tell is kept between pages."""

    def __init__(self) -> None:
        self._fonts: dict[bytes, Font] = {}
        self._box = pdfium.FS_RECTF()
        self._edges = memoryview(self._box).cast("B").cast("f")  # left, top, right, bottom
        self._box_address = ctypes.addressof(self._box)
        # Called for every word: with plain addresses it takes three quarters of the time.
        self._look_up = _BOX_LOOK_UP(ctypes.cast(pdfium.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0)
        self._matrix = pdfium.FS_MATRIX()
        self._name = ctypes.create_string_buffer(FONT_NAME_BYTES)
        self._flags = ctypes.c_int()

    def read(self, page: pdfium.FPDF_PAGE, textpage: pdfium.FPDF_TEXTPAGE) -> PageText:
        """The lines of a page, in the order of its stream."""
        text = _characters(textpage)
        bounds = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, bounds)
        sizes = bounds.right - bounds.left, bounds.top - bounds.bottom
        rotation = max(pdfium.FPDFPage_GetRotation(page), 0)
        result = PageText(characters=len(text.strip()))
        result.width, result.height = sizes if rotation % 2 == 0 else sizes[::-1]
        groups: dict[int, list[TextLine]] = {}
        letters: dict[int, int] = {}
        for found in _LINE.finditer(text):
            start = found.start()
            pdfium.FPDFText_GetMatrix(textpage, start, self._matrix)
            quadrant = _quadrant(self._matrix)
            frame = Frame(bounds.left, bounds.bottom, bounds.right, bounds.top, quadrant)
            line = self._line(textpage, found[0], start, frame)
            if line is None or not _is_on_page(line, result, turned=(quadrant - rotation) % 2 == 1):
                continue
            groups.setdefault(quadrant, []).append(line)
            letters[quadrant] = letters.get(quadrant, 0) + len(found[0])
            result.unmapped += pdfium.FPDFText_HasUnicodeMapError(textpage, start) == 1
        main = max(letters, key=lambda quadrant: letters[quadrant], default=0)
        result.upright = rotation == main == 0
        result.groups = [groups[quadrant] for quadrant in sorted(groups, key=lambda key: -letters[key])]
        return result

    def _line(self, textpage: pdfium.FPDF_TEXTPAGE, text: str, start: int, frame: Frame) -> TextLine | None:
        hyphen = text[-1] in LINE_HYPHENS
        spans = [found.span() for found in _WORD.finditer(text)]
        if not spans:
            return None
        places = self._places(textpage, start, spans, frame)
        size = pdfium.FPDFText_GetFontSize(textpage, start + spans[0][0]) * _scale(self._matrix)
        jumps = self._jumps(textpage, start, spans, places, size)
        fonts = self._word_fonts(textpage, start, spans)
        words = [
            Word(shown, *place, font, jump)
            for (first, end), place, font, jump in zip(spans, places, fonts, jumps, strict=True)
            if (shown := clean(_whole(text[first:end])))
        ]
        if not words:
            return None
        if hyphen:
            words[-1].text = words[-1].text.rstrip("-") + SOFT_HYPHEN
        return TextLine(words, round(size, 1), start, hyphen)

    def _places(
        self, textpage: pdfium.FPDF_TEXTPAGE, start: int, spans: list[tuple[int, int]], frame: Frame
    ) -> list[tuple[float, float, float, float]]:
        """Each word's left and right edge, top and bottom."""
        look_up, edges, target = self._look_up, self._edges, self._box_address
        address = ctypes.cast(textpage, ctypes.c_void_p).value
        turned, across, down = frame.quadrant != 0, frame.left, frame.top
        places = []
        for first, end in spans:
            look_up(address, start + first, target)
            left, top, right, bottom = frame.turn(self._box) if turned else edges
            if end - first > 1:
                look_up(address, start + end - 1, target)
                right = frame.turn(self._box)[2] if turned else edges[2]
            places.append(
                (left, right, top, bottom) if turned else (left - across, right - across, down - top, down - bottom)
            )
        return places

    def _jumps(
        self,
        textpage: pdfium.FPDF_TEXTPAGE,
        start: int,
        spans: list[tuple[int, int]],
        places: list[tuple[float, float, float, float]],
        size: float,
    ) -> list[Jump]:
        """For each word how it was set apart from the word before."""
        jumps: list[Jump] = [0] * len(spans)
        for index in range(1, len(spans)):
            gap = places[index][0] - places[index - 1][1]
            if -size <= gap <= WIDE * size:
                continue
            before, after = start + spans[index - 1][1] - 1, start + spans[index][0]
            run = _address(textpage, before)
            if run == _address(textpage, after):
                jumps[index] = 2 if abs(gap) > VERY_WIDE * size else 0
            elif pdfium.FPDFText_IsGenerated(textpage, before + 1) == 1:
                jumps[index] = 2
            else:
                jumps[index] = 1 if run == _address(textpage, before + 1) else 0
        return jumps

    def _word_fonts(self, textpage: pdfium.FPDF_TEXTPAGE, start: int, spans: list[tuple[int, int]]) -> Iterator[Font]:
        """Each word's font. Where both ends of a line agree, so do the words between; else the change is sought."""
        first = self._font(textpage, start + spans[0][0])
        last = self._font(textpage, start + spans[-1][1] - 1)
        if first == last:
            return iter([first] * len(spans))
        low, high = 0, len(spans) - 1
        while high - low > 1:
            middle = (low + high) // 2
            if self._font(textpage, start + spans[middle][0]) == first:
                low = middle
            else:
                high = middle
        return iter([first] * (low + 1) + [last] * (len(spans) - low - 1))

    def _font(self, textpage: pdfium.FPDF_TEXTPAGE, index: int) -> Font:
        pdfium.FPDFText_GetFontInfo(textpage, index, self._name, FONT_NAME_BYTES, self._flags)
        name = self._name.value
        if name not in self._fonts:
            shown = name.decode("utf-8", "replace")
            self._fonts[name] = Font(
                bool(_BOLD.search(shown)), bool(_ITALIC.search(shown)), bool(_SYMBOL.search(shown))
            )
        return self._fonts[name]


def _characters(textpage: pdfium.FPDF_TEXTPAGE) -> str:
    """A page's characters, one for each of PDFium's, so that positions in the text are PDFium's indexes."""
    count = pdfium.FPDFText_CountChars(textpage)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    pdfium.FPDFText_GetText(textpage, 0, count, buffer)
    text = bytes(buffer)[: 2 * count].decode("utf-16-le", "surrogatepass")
    # Pairs would shift the indexes: their halves stay apart until a word is cut out.
    return text if len(text) == count else "".join(map(chr, buffer[:count]))


def _whole(text: str) -> str:
    """Surrogates joined to the characters they stand for."""
    if text.isascii() or max(text) < "\ud800" or not any("\ud800" <= character <= "\udfff" for character in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _address(textpage: pdfium.FPDF_TEXTPAGE, index: int) -> int | None:
    """Which of the page's text objects a character belongs to."""
    return ctypes.cast(pdfium.FPDFText_GetTextObject(textpage, index), ctypes.c_void_p).value


def _quadrant(matrix: pdfium.FS_MATRIX) -> int:
    return round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4 if matrix.b else (0 if matrix.a >= 0 else 2)


def _scale(matrix: pdfium.FS_MATRIX) -> float:
    return math.hypot(matrix.c, matrix.d) or 1.0


def _is_on_page(line: TextLine, page: PageText, *, turned: bool) -> bool:
    width, height = (page.height, page.width) if turned else (page.width, page.height)
    middle = (line.words[0].top + line.words[0].bottom) / 2
    return -1 <= middle <= height + 1 and line.words[-1].right > 0 and line.words[0].left < width
