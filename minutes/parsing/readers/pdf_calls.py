"""PDFium's functions that are called thousands of times a file, for plain addresses instead of typed pointers."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium


def _plain(function: Any, result: Any, *arguments: Any) -> Any:
    """One of PDFium's functions for addresses instead of typed pointers: a call takes three quarters of the time."""
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_POINTER, _INT = ctypes.c_void_p, ctypes.c_int
LOOK_UP = _plain(pdfium.FPDFText_GetLooseCharBox, _INT, _POINTER, _INT, _POINTER)
COUNT_RUNS = _plain(pdfium.FPDFText_CountRects, _INT, _POINTER, _INT, _INT)
RUN_BOX = _plain(pdfium.FPDFText_GetRect, _INT, _POINTER, _INT, _POINTER, _POINTER, _POINTER, _POINTER)
FONT_INFO = _plain(pdfium.FPDFText_GetFontInfo, ctypes.c_ulong, _POINTER, _INT, _POINTER, ctypes.c_ulong, _POINTER)
RUN_OF = _plain(pdfium.FPDFText_GetTextObject, _POINTER, _POINTER, _INT)
IS_GENERATED = _plain(pdfium.FPDFText_IsGenerated, _INT, _POINTER, _INT)
HAS_NO_MEANING = _plain(pdfium.FPDFText_HasUnicodeMapError, _INT, _POINTER, _INT)


def address(textpage: pdfium.FPDF_TEXTPAGE) -> int:
    return ctypes.cast(textpage, ctypes.c_void_p).value or 0


def characters(textpage: pdfium.FPDF_TEXTPAGE) -> str:
    """A page's characters, one for each of PDFium's, so that positions in the text are PDFium's indexes."""
    count = pdfium.FPDFText_CountChars(textpage)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    pdfium.FPDFText_GetText(textpage, 0, count, buffer)
    text = bytes(buffer)[: 2 * count].decode("utf-16-le", "surrogatepass")
    # Pairs would shift the indexes: their halves stay apart until a word is cut out.
    return text if len(text) == count else "".join(map(chr, buffer[:count]))
