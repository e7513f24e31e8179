"""Where a row stands, told without a word of what it says: that may be closed to who reads it, or become so."""

from __future__ import annotations

from django.db import models

from minutes.models import AgendaItem, Correction, Decision, Meeting, SourceDocument
from minutes.templatetags.danish import danish_date


def number_of(row: models.Model) -> str:
    """Its place among its like, blank if it has none: an item has one decision."""
    if isinstance(row, Decision):
        return ""
    return str(row.number if isinstance(row, AgendaItem) else getattr(row, "position", None) or "")


def label_of(row: models.Model) -> str:
    """Afsnit 2, punkt 3, beslutning: what it is, and its place among its like."""
    return f"{row._meta.verbose_name} {number_of(row)}".strip()


def place_of(row: models.Model) -> str:
    """20. marts 2024, punkt 1, bilag 2: for the history, which stays after the row is closed or gone."""
    if isinstance(row, Meeting):
        return f"{row.body} {danish_date(row.date)}"
    if isinstance(row, AgendaItem):
        return f"{danish_date(row.meeting.date)}, {label_of(row)}"
    if isinstance(row, Correction | SourceDocument):
        meeting = row.meeting
        return f"{danish_date(meeting.date)}, {label_of(row)}" if meeting else label_of(row)
    item = getattr(row, "item", None)
    return f"{place_of(item)}, {label_of(row)}" if isinstance(item, AgendaItem) else str(row)
