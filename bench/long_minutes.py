"""A long PDF typeset from the text of real minutes: headings, paragraphs, lists, running heads, page numbers."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from html import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer

from minutes.parsing.types import ParsedMinutes

# Embedded TrueType with Unicode, as the agenda system's and Word's PDFs have: reportlab's own copy of Vera.
for _name, _file in (("Vera", "Vera.ttf"), ("VeraBd", "VeraBd.ttf")):
    pdfmetrics.registerFont(TTFont(_name, _file))
pdfmetrics.registerFontFamily("Vera", normal="Vera", bold="VeraBd", italic="Vera", boldItalic="VeraBd")
_STYLES = getSampleStyleSheet()
_BODY = ParagraphStyle("body", parent=_STYLES["BodyText"], fontName="Vera", fontSize=9, leading=11.5)
_ENTRY = ParagraphStyle("entry", parent=_BODY, leftIndent=18, bulletIndent=6)
_MARKER = re.compile(r"\s*(\d+\.|-)\s+")


def make_long_minutes(minutes: Sequence[ParsedMinutes], pages: int) -> bytes:
    """A PDF of exactly so many pages, the minutes one after another and over again."""
    copies = 1
    while (count := _build(minutes, copies, None)[1]) < pages:
        copies = max(copies + 1, copies * pages // count)
    return _build(minutes, copies, pages)[0]


def _build(minutes: Sequence[ParsedMinutes], copies: int, pages: int | None) -> tuple[bytes, int]:
    """The PDF and its number of pages; those after `pages` are not drawn."""
    target = io.BytesIO()
    drawn = 0

    class Pages(Canvas):
        def showPage(self) -> None:  # noqa: N802 - reportlab's name
            nonlocal drawn
            drawn += 1
            if pages is None or drawn <= pages:
                super().showPage()
            else:
                self._code = []

    def head(canvas: Canvas, _: object) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(25 * mm, 285 * mm, "Albertslund Kommune")
        canvas.drawRightString(185 * mm, 285 * mm, "Referat - Chefforum")
        canvas.drawCentredString(105 * mm, 10 * mm, f"Side {canvas.getPageNumber()}")

    document = SimpleDocTemplate(target, pagesize=A4, leftMargin=25 * mm, rightMargin=25 * mm)
    document.build(list(_story(minutes, copies)), onFirstPage=head, onLaterPages=head, canvasmaker=Pages)
    return target.getvalue(), drawn


def _story(minutes: Sequence[ParsedMinutes], copies: int) -> Iterator[Flowable]:
    yield Paragraph("REFERAT Chefforum d. 14-06-2017", _STYLES["Title"])
    yield Paragraph("<b>Mødedato</b> Onsdag d. 14. juni 2017 kl. 13:00", _BODY)
    yield PageBreak()
    number = 0
    for _ in range(copies):
        for one in minutes:
            for item in one.items:
                number += 1
                yield Paragraph(escape(f"Punkt {number}: CF - {item.title}"), _STYLES["Heading1"])
                yield Paragraph(escape(item.case_number or ""), _BODY)
                for section in item.sections:
                    yield Paragraph(escape(section.kind.capitalize()), _STYLES["Heading2"])
                    yield from _paragraphs(section.text)
                yield Spacer(1, 12)


def _paragraphs(markdown: str) -> Iterator[Flowable]:
    for block in markdown.splitlines():
        text = re.sub(r"[*\\|]", " ", block).strip()
        if not text or set(text) <= set("-: "):
            continue
        marker = _MARKER.match(text)
        if marker:
            yield Paragraph(escape(text[marker.end() :]), _ENTRY, bulletText=marker[1].replace("-", "•"))
        else:
            yield Paragraph(escape(text), _BODY)
