"""PDF files: text and geometry from PDFium, laid out as a reader sees them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from minutes.parsing.errors import Damaged, Encrypted, NoText, ParseError, TooLarge
from minutes.parsing.limits import Limits
from minutes.parsing.readers.furniture import drop_furniture
from minutes.parsing.readers.pdf_bullets import drawn_bullets
from minutes.parsing.readers.pdf_geometry import PageText
from minutes.parsing.readers.pdf_measures import Page
from minutes.parsing.readers.pdf_paragraphs import lines_of
from minutes.parsing.readers.pdf_rows import is_justified, pieces_of, rows_of
from minutes.parsing.readers.pdf_tables import arrange
from minutes.parsing.readers.pdf_text import TextReader
from minutes.parsing.types import ReadDocument, Warning

TAIL = 2048  # bytes at a file's end in which its closing mark is looked for
MEANINGLESS_SHARE = 0.1  # of a page's characters
UNMAPPED_SHARE = 0.3  # of a page's lines: more, and its text is not to be trusted
_DAMAGED = "PDF-filen er beskadiget eller afbrudt undervejs. Hent den igen fra dagsordensystemet."


@dataclass(slots=True)
class _ReadPage:
    text: PageText
    bullets: list[tuple[float, float]]
    has_picture: bool


def read_pdf(content: bytes, limits: Limits) -> ReadDocument:
    """The lines of a PDF in reading order, without running heads and page numbers.

    Raises Encrypted, Damaged, TooLarge for too many pages, NoText for a scan.
    """
    document = open_pdf(content)
    try:
        count = len(document)
        if count > limits.max_pages:
            raise TooLarge(
                f"PDF-filen har {count} sider. Arkivet læser højst {limits.max_pages} sider ad gangen: del filen op."
            )
        reader = TextReader()
        pages = [_read_page(document, index, reader) for index in range(count)]
    finally:
        document.close()
    if not any(page.text.characters for page in pages):
        raise NoText(_NO_TEXT if any(page.has_picture for page in pages) else "Der er ingen tekst i PDF-filen.")
    texts = [page.text for page in pages]
    drop_furniture(texts)
    justified = is_justified(group for text in texts for group in text.groups[:1])
    lines = lines_of([_lay_out(number, page, justified) for number, page in enumerate(pages, start=1)])
    return ReadDocument("application/pdf", tuple(lines), pages=count, warnings=tuple(_warnings(pages)))


_NO_TEXT = (
    "PDF-filen er en scanning: den består af billeder uden tekst. Brug den oprindelige fil fra dagsordensystemet, "
    "eller kør filen gennem tekstgenkendelse (OCR) først."
)


def open_pdf(content: bytes) -> pypdfium2.PdfDocument:
    """The document. Raises Encrypted, and Damaged for a file that breaks off."""
    # PDFium mends a file that breaks off and shows the pages that are left: half a referat, and nobody would know.
    if b"%%EOF" not in content.rstrip(b"\x00\r\n\t ")[-TAIL:]:
        raise Damaged(_DAMAGED)
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise Encrypted(
                "PDF-filen er beskyttet med adgangskode. Gem den igen uden adgangskode, og prøv igen."
            ) from error
        raise Damaged(_DAMAGED) from error


def _read_page(document: pypdfium2.PdfDocument, index: int, reader: TextReader) -> _ReadPage:
    try:
        page = document[index]
        try:
            textpage = page.get_textpage()
            try:
                text = reader.read(page.raw, textpage.raw)
            finally:
                textpage.close()
            bullets = drawn_bullets(page.raw, text)
            has_picture = not text.characters and _has_picture(page.raw)
        finally:
            page.close()
    except ParseError:
        raise
    except pypdfium2.PdfiumError as error:
        raise Damaged(f"Side {index + 1} i PDF-filen kan ikke læses. {_DAMAGED}", page=index + 1) from error
    return _ReadPage(text, bullets, has_picture)


def _has_picture(page: pdfium.FPDF_PAGE) -> bool:
    return any(
        pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page, index)) != pdfium.FPDF_PAGEOBJ_TEXT
        for index in range(pdfium.FPDFPage_CountObjects(page))
    )


def _lay_out(number: int, page: _ReadPage, justified: bool) -> Page:
    """A page's blocks: its main text first, then what runs in another direction."""
    blocks = [block for group in page.text.groups for block in arrange(rows_of(pieces_of(group)), justified=justified)]
    return Page(number, blocks, page.bullets, page.text.width)


def _warnings(pages: list[_ReadPage]) -> Iterator[Warning]:
    for number, page in enumerate(pages, start=1):
        if page.has_picture:
            yield Warning(
                "picture_page",
                f"Side {number} er et billede uden tekst. Det, der står på den, er ikke taget med.",
                page=number,
            )
        text = page.text
        if text.unmapped > UNMAPPED_SHARE * text.checked or text.meaningless > MEANINGLESS_SHARE * text.characters:
            yield Warning(
                "unreadable_font",
                f"Skriften på side {number} fortæller ikke, hvilke bogstaver den viser. Teksten kan være forkert.",
                page=number,
            )
