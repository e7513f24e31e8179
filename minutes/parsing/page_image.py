"""Pages of a PDF as pictures, with the lines marked that a part was read from. For the bounded child: PDFium is C."""

from __future__ import annotations

import ctypes
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from minutes.parsing.errors import Damaged, NoPage, TooLarge
from minutes.parsing.limits import Limits
from minutes.parsing.picture import Area, Picture, packed
from minutes.parsing.places import PageSize, Place
from minutes.parsing.readers import read
from minutes.parsing.readers.kinds import Kind, recognise
from minutes.parsing.readers.pdf import open_pdf
from minutes.parsing.readers.pdf_geometry import Frame
from minutes.parsing.types import Box, Line

WIDEST = 2000  # pixels
AROUND = 2.0  # points that the marker reaches beyond letters
BAR_AWAY, BAR_WIDTH = 11.0, 3.0  # points: how far left of the marked lines the bar begins, and how wide it is
NARROWEST_BAR = 3  # pixels
CERTAIN = 0.7  # of a line's letters, found where it should stand
WHITE = 0xFFFFFFFF


@dataclass(slots=True)
class _Block:
    """Lines below each other that are marked as one."""

    box: Box
    words: str  # of its longest line,
    words_box: Box  # and where that stands


class _LastRead:
    """The lines of the file that was read last: whoever looks at one page mostly looks at the next.

    The whole file is read, as when its lines were numbered: running heads and measures are found by comparing pages.
    """

    def __init__(self) -> None:
        self._digest = b""
        self._lines: tuple[Line, ...] = ()

    def lines(self, content: bytes, limits: Limits) -> tuple[Line, ...]:
        """The lines of `content`. Raises what reading raises."""
        digest = hashlib.sha256(content).digest()
        if digest != self._digest:
            self._digest, self._lines = b"", ()  # the old ones go before the new ones come
            self._lines = read(content, limits).lines
            self._digest = digest
        return self._lines


_last_read = _LastRead()


def page_sizes(content: bytes, limits: Limits) -> tuple[PageSize, ...]:
    """The size of each page. Raises NoPage for a file without pages, and what reading a PDF raises."""
    document = _open(content)
    try:
        if len(document) > limits.max_pages:
            raise TooLarge(f"PDF-filen har {len(document)} sider.")
        return tuple(_size(document, index) for index in range(len(document)))
    finally:
        document.close()


def render(content: bytes, page: int, *, width: int, places: Sequence[Place], limits: Limits) -> Picture:
    """A picture of a page, `page` counting from 1, with the lines of `places` marked.

    Raises NoPage where there is no such page, and what reading a PDF raises.
    """
    document = _open(content)
    try:
        if not 1 <= page <= len(document):
            raise NoPage(f"PDF-filen har ingen side {page}.")
        size = _size(document, page - 1)
        across, down = size.pixels(max(1, min(width, WIDEST)))
        blocks: list[_Block] = []
        if places:
            lines = [line for line in _last_read.lines(content, limits) if line.page == page]
            blocks = [block for place in places for block in _blocks(lines, place)]
        try:
            opened = document[page - 1]
        except pypdfium2.PdfiumError as error:
            raise Damaged(f"Side {page} i PDF-filen kan ikke vises.", page=page) from error
        try:
            boxes = [_where_seen(opened, block) for block in blocks]
            colours = _drawn(opened.raw, across, down)
        finally:
            opened.close()
    finally:
        document.close()
    marks = [_area(box, size, across, down) for box in boxes]
    bars = [_bar(box, size, across, down) for box in boxes]
    return packed(across, down, colours, marks, bars)


def _open(content: bytes) -> pypdfium2.PdfDocument:
    if recognise(content) is not Kind.PDF:
        raise NoPage("Kun en PDF-fil har sider, der kan vises.")
    return open_pdf(content)


def _size(document: pypdfium2.PdfDocument, index: int) -> PageSize:
    found = pdfium.FS_SIZEF()
    if not pdfium.FPDF_GetPageSizeByIndexF(document.raw, index, found) or not (found.width > 0 and found.height > 0):
        raise Damaged(f"Side {index + 1} i PDF-filen har ingen størrelse.", page=index + 1)
    return PageSize(found.width, found.height)


def _drawn(page: pdfium.FPDF_PAGE, width: int, height: int) -> bytes:
    """The page on white paper: red, green and blue of each pixel."""
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGR, None, 0)
    if not bitmap:
        raise MemoryError
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE)
        flags = pdfium.FPDF_ANNOT | pdfium.FPDF_REVERSE_BYTE_ORDER
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags)
        stride, row = pdfium.FPDFBitmap_GetStride(bitmap), 3 * width
        whole = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    if stride == row:
        return whole
    return b"".join([whole[start : start + row] for start in range(0, stride * height, stride)])


def _blocks(lines: Sequence[Line], place: Place) -> Iterator[_Block]:
    """The place's lines, as few blocks: a new one begins where they go on further up, in the next column."""
    block: _Block | None = None
    before: Box | None = None
    for line in lines:
        box = line.box
        if box is None or line.number < place.first or (place.last is not None and line.number > place.last):
            continue
        if block is None or before is None or box.top < before.top - (before.bottom - before.top):
            if block is not None:
                yield block
            block = _Block(box, line.text, box)
        else:
            block.box = _around(block.box, box)
            if len(line.text) > len(block.words):
                block.words, block.words_box = line.text, box
        before = box
    if block is not None:
        yield block


def _around(one: Box, other: Box) -> Box:
    return Box(
        min(one.left, other.left), min(one.top, other.top), max(one.right, other.right), max(one.bottom, other.bottom)
    )


def _where_seen(page: pypdfium2.PdfPage, block: _Block) -> Box:
    """Where a block stands on the page as it is shown: the lines' own boxes are as read, with the head turned to it.

    A line does not tell how it runs, so it is looked up in which of the four directions the block's words are there.
    """
    bounds = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page.raw, bounds)
    frame = Frame(bounds.left, bounds.bottom, bounds.right, bounds.top)
    rotation = max(pdfium.FPDFPage_GetRotation(page.raw), 0)
    text = page.get_textpage()
    try:
        best, found = rotation, 0.0
        for turns in range(4):
            quadrant = (rotation + turns) % 4
            share = _share(block.words, text.get_text_bounded(*_unturned(frame, quadrant, block.words_box)))
            if share > found:
                best, found = quadrant, share
            if found > CERTAIN:
                break
    finally:
        text.close()
    left, bottom, right, top = _unturned(frame, best, block.box)
    corners = [frame.turn(rotation, (across, down, across, down)) for across in (left, right) for down in (bottom, top)]
    across, down = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return Box(min(across), min(down), max(across), max(down))


def _unturned(frame: Frame, quadrant: int, box: Box) -> tuple[float, float, float, float]:
    """Left, bottom, right and top in PDF coordinates: the inverse of `Frame.turn`."""
    if quadrant == 1:
        return box.top + frame.left, box.left + frame.bottom, box.bottom + frame.left, box.right + frame.bottom
    if quadrant == 2:
        return frame.right - box.right, box.top + frame.bottom, frame.right - box.left, box.bottom + frame.bottom
    if quadrant == 3:
        return frame.right - box.bottom, frame.top - box.right, frame.right - box.top, frame.top - box.left
    return box.left + frame.left, frame.top - box.bottom, box.right + frame.left, frame.top - box.top


def _share(words: str, found: str) -> float:
    """How much of the words is among what was found, and the reverse."""
    wanted, there = (Counter(filter(str.isalnum, text)) for text in (words, found))
    return (wanted & there).total() / max(wanted.total(), there.total(), 1)


def _area(box: Box, size: PageSize, width: int, height: int) -> Area:
    """The pixels of a box with something around it, as far as they are in the picture."""
    across, down = width / size.width, height / size.height
    return Area(
        _within(across * (box.left - AROUND), width),
        _within(down * (box.top - AROUND), height),
        _within(across * (box.right + AROUND) + 1, width),
        _within(down * (box.bottom + AROUND) + 1, height),
    )


def _bar(box: Box, size: PageSize, width: int, height: int) -> Area:
    """The pixels of the bar left of a box: in the margin, or at the picture's edge where there is none."""
    marked = _area(box, size, width, height)
    left = _within(width / size.width * (box.left - BAR_AWAY), width)
    wide = max(round(width / size.width * BAR_WIDTH), NARROWEST_BAR)
    return Area(left, marked.top, min(left + wide, width), marked.bottom)


def _within(place: float, end: int) -> int:
    return int(min(max(place, 0), end))
