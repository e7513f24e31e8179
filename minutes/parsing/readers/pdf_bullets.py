"""Bullets that are drawn as dots instead of being set as characters, as browsers do.

They are looked for in a picture of the narrow strip where they would stand: going through the page's thousands of
objects for the few that are dots would take fifteen times as long.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence

import pypdfium2.raw as pdfium

from minutes.parsing.readers.markers import split_marker
from minutes.parsing.readers.pdf_geometry import LONGEST_MARKER, PageText, TextLine

SET_IN = 6.0  # points that an entry stands right of the page's margin
BEFORE = 2.5  # type sizes left of an entry in which its bullet stands
CLEAR = 1.5  # points between bullet and text, at least
SAME_EDGE = 3.0  # points
LARGEST = 8  # points across
DARK = 170  # of 255; a dot of two points has grey edges
WIDEST_STRIP = 200  # points: entries further apart than that are no list


def drawn_bullets(page: pdfium.FPDF_PAGE, text: PageText) -> list[tuple[float, float]]:
    """The middles of the dots before lines that are set in without a mark of their own, across and down."""
    entries = _entries(text)
    if not entries:
        return []
    left = max(min(line.chunks[0].left - BEFORE * line.size for line in entries), 0.0)
    right = min(max(line.chunks[0].left for line in entries), left + WIDEST_STRIP)
    width, height = int(right - left) + 1, int(text.height) + 1
    picture, stride = _picture(page, int(left), width, height)
    found = []
    for line in entries:
        first = line.chunks[0]
        dot = _dot(
            picture,
            stride,
            range(max(int(first.top), 0), min(int(first.bottom) + 1, height)),
            range(max(int(first.left - BEFORE * line.size - left), 0), min(int(first.left - CLEAR - left), width)),
        )
        if dot is not None:
            found.append((int(left) + dot[0], dot[1]))
    return found


def _entries(text: PageText) -> Sequence[TextLine]:
    """The lines that may have a dot before them."""
    if not text.upright or not text.groups:
        return []
    lines = text.groups[0]
    margin = min([line.chunks[0].left for line in lines])
    entries = []
    hanging = 0.0  # where the text behind the last printed marker stands: its further lines need no dot
    for line in lines:
        first = line.chunks[0]
        word = first.text.split(maxsplit=1)[0]
        if not word[0].isalnum() or (len(word) <= LONGEST_MARKER and split_marker(f"{word} x")[0]):
            behind = line.chunks[1].left if first.second_left is None and len(line.chunks) > 1 else first.second_left
            hanging = behind or 0.0
        elif not SET_IN < first.left - margin < WIDEST_STRIP:
            hanging = 0.0
        elif abs(first.left - hanging) > SAME_EDGE:
            entries.append(line)
    return entries


def _picture(page: pdfium.FPDF_PAGE, left: int, width: int, height: int) -> tuple[bytes, int]:
    """A strip of the page in shades of grey, a point to a pixel, and the bytes of one of its rows."""
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_Gray, None, 0)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        matrix = pdfium.FS_MATRIX(1, 0, 0, 1, -left, 0)
        clip = pdfium.FS_RECTF(0, 0, width, height)
        pdfium.FPDF_RenderPageBitmapWithMatrix(bitmap, page, matrix, clip, 0)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        return ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height), stride
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)


def _dot(picture: bytes, stride: int, rows: range, columns: range) -> tuple[float, float] | None:
    """The middle of what is drawn in a part of the picture, if it is no larger than a bullet."""
    inked = [
        (column, row)
        for row in rows
        for column, shade in enumerate(picture[row * stride + columns.start : row * stride + columns.stop])
        if shade < DARK
    ]
    if not inked:
        return None
    across = [columns.start + column for column, _ in inked]
    down = [row for _, row in inked]
    if max(across) - min(across) >= LARGEST or max(down) - min(down) >= LARGEST:
        return None
    return (min(across) + max(across) + 1) / 2, (min(down) + max(down) + 1) / 2
