"""Minutes that were never held: the texts of real ones under other dates, typeset as PDF like the agenda system's."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer

from minutes.parsing.types import ParsedMinutes

FIRST = datetime.date(1990, 1, 2)
_STYLES = getSampleStyleSheet()


def write_files(folder: Path, minutes: Sequence[ParsedMinutes], count: int) -> list[Path]:
    """`count` PDFs, each of a day of its own, taking the texts of `minutes` in turn."""
    paths = []
    for number in range(count):
        date = FIRST + datetime.timedelta(days=number)
        path = folder / f"{date:%Y-%m-%d}.pdf"
        path.write_bytes(_typeset(replace(minutes[number % len(minutes)], date=date)))
        paths.append(path)
    return paths


def _typeset(minutes: ParsedMinutes) -> bytes:
    target = io.BytesIO()
    document = SimpleDocTemplate(target, pagesize=A4, leftMargin=25 * mm, rightMargin=25 * mm)
    document.build(list(_story(minutes)))
    return target.getvalue()


def _story(minutes: ParsedMinutes) -> Iterator[Flowable]:
    yield Paragraph(f"REFERAT {minutes.body} d. {minutes.date:%d-%m-%Y}", _STYLES["Title"])
    yield Paragraph(f"<b>Mødedato</b> den {minutes.date:%d-%m-%Y} kl. 13:00", _STYLES["BodyText"])
    yield Paragraph(f"<b>Mødested</b> {escape(minutes.place or '')}", _STYLES["BodyText"])
    for item in minutes.items:
        yield PageBreak()
        yield Paragraph(escape(f"Punkt {item.number}: {item.prefix} - {item.title}"), _STYLES["Heading1"])
        if item.case_number:
            yield Paragraph(item.case_number, _STYLES["BodyText"])
        for section in item.sections:
            yield Spacer(1, 6)
            yield Paragraph(escape(section.heading or ""), _STYLES["Heading2"])
            for line in filter(None, section.text.split("\n")):
                yield Paragraph(escape(line), _STYLES["BodyText"])
