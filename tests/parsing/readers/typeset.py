"""Small PDFs for the tests, typeset with reportlab: what is drawn where, and nothing else."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from minutes.parsing.readers import read
from minutes.parsing.types import Line, ReadDocument

WIDTH, HEIGHT = 595, 842
LEFT, RIGHT, TOP = 72, 523, 770
LEADING = 14

Draw = Callable[[Canvas], None]


def pdf(*pages: Draw, encrypt: str | None = None) -> bytes:
    """A PDF of pages that are drawn one after another."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(WIDTH, HEIGHT), encrypt=encrypt)
    for draw in pages:
        canvas.setFont("Helvetica", 11)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def read_pages(*pages: Draw) -> ReadDocument:
    """The PDF of these pages, read."""
    return read(pdf(*pages))


def lines_of(*pages: Draw) -> tuple[Line, ...]:
    """The lines of the PDF of these pages."""
    return read_pages(*pages).lines


def write(
    canvas: Canvas, lines: Sequence[str], *, top: float = TOP, left: float = LEFT, leading: float = LEADING
) -> float:
    """Draw lines below each other as they are. Returns where the next would stand."""
    for line in lines:
        canvas.drawString(left, top, line)
        top -= leading
    return top


def wrap(canvas: Canvas, text: str, *, top: float = TOP, left: float = LEFT, right: float = RIGHT) -> float:
    """Draw a paragraph, broken where the next word does not fit. Returns where the next line would stand."""
    font, size = canvas._fontname, canvas._fontsize
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if stringWidth(longer, font, size) > right - left:
            canvas.drawString(left, top, line)
            top -= LEADING
            line = word
        else:
            line = longer
    canvas.drawString(left, top, line)
    return top - LEADING


def paragraphs(lines: Sequence[Line]) -> list[str]:
    """Paragraphs as the reader joins lines, with their list markers."""
    found: list[str] = []
    for line in lines:
        text = f"{line.marker} {line.text}" if line.marker else line.text
        if line.continues:
            found[-1] += f" {text}"
        else:
            found.append(text)
    return found
