"""Bytes in, lines out: `read` tells a file's kind from its content and hands it to the reader of that kind."""

from __future__ import annotations

from minutes.parsing.errors import EmptyFile, NoText, TooLarge
from minutes.parsing.limits import MEGABYTE, Limits
from minutes.parsing.readers.kinds import Kind, recognise
from minutes.parsing.types import ReadDocument

__all__ = ["read", "too_large"]


def read(content: bytes, limits: Limits | None = None) -> ReadDocument:
    """The lines of a file in reading order, without running heads and page numbers.

    Runs in this process: files from outside go through `minutes.parsing.bounded`, which bounds time and memory.

    Raises a kind of `ParseError`, and nothing else, for a file that cannot be read.
    """
    limits = limits or Limits()
    if len(content) > limits.max_file_bytes:
        raise too_large(len(content), limits)
    document = _reader(recognise(content), content, limits)
    if not any(line.text for line in document.lines):
        if document.media_type == "application/pdf":
            raise NoText("PDF-filen har ingen tekst, der kan læses. Brug den oprindelige fil fra dagsordensystemet.")
        raise EmptyFile("Der er ingen tekst i filen. Kontrollér, at det er den rigtige fil, og at den er gemt.")
    return document


def too_large(size: int, limits: Limits) -> TooLarge:
    """The error for a file of more bytes than are read."""
    return TooLarge(
        f"Filen er på {size / MEGABYTE:.0f} MB. Arkivet læser filer på højst {limits.max_file_bytes / MEGABYTE:.0f} "
        "MB. Et referat fylder sjældent mere end nogle få MB: gem det igen uden billeder og bilag."
    )


def _reader(kind: Kind, content: bytes, limits: Limits) -> ReadDocument:
    """Readers are imported when first needed, so that a process that reads text never loads PDFium."""
    if kind is Kind.PDF:
        from minutes.parsing.readers.pdf import read_pdf

        return read_pdf(content, limits)
    if kind is Kind.DOCX:
        from minutes.parsing.readers.docx import read_docx

        return read_docx(content, limits)
    if kind is Kind.MARKDOWN:
        from minutes.parsing.readers.markdown import read_markdown

        return read_markdown(content, limits)
    from minutes.parsing.readers.text import read_text

    return read_text(content, limits)
