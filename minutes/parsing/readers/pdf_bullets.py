"""Bullets that are drawn as dots instead of being set as characters, as browsers do."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import Any

import pypdfium2.raw as pdfium

from minutes.parsing.readers.pdf_text import PageText

# A page may hold thousands of objects: plain pointers halve the time of going through them.
_OBJECT = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_TYPE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p)
LARGEST = 8.0  # points across
SET_IN = 6.0  # points that an entry stands right of the page's margin


def may_have_bullets(page: PageText) -> bool:
    """Whether lines are set in without a mark of their own: only then is it worth going through what was drawn."""
    lines = page.groups[0] if page.groups else []
    if not lines:
        return False
    margin = min(line.words[0].left for line in lines)
    return any(line.words[0].left > margin + SET_IN and line.words[0].text[0].isalpha() for line in lines)


def drawn_bullets(page: pdfium.FPDF_PAGE, text: PageText) -> Sequence[tuple[float, float]]:
    """The middles of the small shapes of a page, across and down from its upper left corner."""
    bounds = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, bounds)
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    found: list[tuple[float, float]] = []
    object_at, type_of = _plain(pdfium.FPDFPage_GetObject, _OBJECT), _plain(pdfium.FPDFPageObj_GetType, _TYPE)
    address = ctypes.cast(page, ctypes.c_void_p).value
    path = pdfium.FPDF_PAGEOBJ_PATH
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        if type_of(object_at(address, index)) != path:
            continue
        shape = pdfium.FPDFPage_GetObject(page, index)
        if not pdfium.FPDFPageObj_GetBounds(shape, left, bottom, right, top):
            continue
        width, height = right.value - left.value, top.value - bottom.value
        if 0 < width <= LARGEST and 0 < height <= LARGEST and 0.5 < width / height < 2:
            found.append(((left.value + right.value) / 2 - bounds.left, bounds.top - (top.value + bottom.value) / 2))
    return found


def _plain(function: Any, kind: Any) -> Any:
    """One of PDFium's functions, called with plain pointers."""
    return kind(ctypes.cast(function, ctypes.c_void_p).value)
