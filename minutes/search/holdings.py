"""Every text that the archive holds, row by row, with words for where it stands.

The tables of minutes are told by meeting and item. Every other table of the database is gone through column by column,
so that a table that is added later is not forgotten; what holds copies of other texts alone is passed over, and said
why in `PASSED_OVER`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.apps import apps
from django.contrib.auth.models import User
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from minutes.models import (
    AgendaItem,
    Attachment,
    Correction,
    Decision,
    Meeting,
    Recommendation,
    Section,
    SourceDocument,
    SourceState,
)
from minutes.models.history import Change

AT_ONCE = 500  # rows in memory
SOURCES_AT_ONCE = 10  # with their readings, each as large as its file's text
MEETINGS, FILES, CHANGES, OTHERS = range(4)  # the order of groups

PASSED_OVER = {
    "minutes.Deadline": "extracts of decisions",
    "minutes.DecisionOutcome": "extracts of decisions",
    "minutes.Reference": "extracts of texts",
    "minutes.SearchEntry": "the index of the same texts",
    "minutes.SearchFacets": "offices and kinds",
    "minutes.SearchText": "the index of the same texts",
    "minutes.Word": "single words of the same texts",
    "auth.User": "told as accounts",
    "auth.Permission": "the program's own words",
    "contenttypes.ContentType": "the program's own words",
    "sessions.Session": "signed, and gone within hours",
}


class Text(NamedTuple):
    """A text, the group that it belongs to with its order, where in it the text stands, and the page that shows it."""

    heading: str
    order: tuple[int, str]
    where: str
    address: str
    text: str


def everything_held(user: User) -> Iterator[Text]:
    """All texts that `user` may see, a bounded number of rows in memory."""
    yield from _meetings(user)
    yield from _parts(user)
    yield from _sources(user)
    yield from _corrections(user)
    yield from _changes(user)
    for model in apps.get_models():
        if model not in _TOLD and model._meta.label not in PASSED_OVER and not model._meta.proxy:
            yield from _others(model, user)


_TOLD = {
    *(Meeting, AgendaItem, Section, Decision, Recommendation, Attachment),
    *(SourceDocument, Correction, Change),
}


class _Meeting(NamedTuple):
    slug: str
    date: datetime.date
    body: str

    def text(self, where: str, text: str, number: int | None = None) -> Text:
        name = f"{self.body} {date_format(self.date, 'j. F Y')}"
        address = reverse("meeting", args=[self.slug]) if number is None else reverse("item", args=[self.slug, number])
        latest_first = f"{datetime.date.max.toordinal() - self.date.toordinal():08} {self.slug}"
        return Text(name, (MEETINGS, latest_first), where, address, text)


_OF_MEETING = ("slug", "date", "body")
_OF_ITEM = tuple(f"item__meeting__{name}" for name in _OF_MEETING)


def _meetings(user: User) -> Iterator[Text]:
    rows = Meeting.objects.visible_to(user).order_by("pk").values_list(*_OF_MEETING, "place", "preamble")
    for slug, date, body, place, preamble in rows.iterator(AT_ONCE):
        meeting = _Meeting(slug, date, body)
        yield meeting.text("Sted", place)
        yield meeting.text("Indledning", preamble)


def _parts(user: User) -> Iterator[Text]:
    """The items' own fields, then those of their parts."""
    titles = AgendaItem.objects.visible_to(user).order_by("pk")
    columns = [f"meeting__{name}" for name in _OF_MEETING]
    for *of, number, title, printed in titles.values_list(*columns, "number", "title", "printed_title").iterator(
        AT_ONCE
    ):
        yield _Meeting(*of).text(f"Punkt {number}, titel", title, number)
        yield _Meeting(*of).text(f"Punkt {number}, titel som trykt", printed, number)
    fields: tuple[tuple[Any, str, tuple[str, ...]], ...] = (
        (Section, "kind", ("heading", "text")),
        (Decision, "", ("heading", "text")),
        (Recommendation, "", ("proposer", "office", "text")),
        (Attachment, "", ("name", "printed_name", "text")),
    )
    for model, kind, names in fields:
        rows = model.objects.visible_to(user).order_by("pk")
        columns = [*_OF_ITEM, "item__number", *filter(None, [kind]), *names]
        for slug, date, body, number, *values in rows.values_list(*columns).iterator(AT_ONCE):
            what = values.pop(0) if kind else str(model._meta.verbose_name)
            for text in values:
                yield _Meeting(slug, date, body).text(f"Punkt {number}, {what}", text or "", number)


def _sources(user: User) -> Iterator[Text]:
    """File names, warnings and readings of all editions and drafts. The readings of a meeting stand with it."""
    sources = SourceDocument.objects.visible_to(user).defer(None).select_related("meeting").order_by("pk")
    for source in sources.iterator(SOURCES_AT_ONCE):
        known = source.meeting
        name = f"{source.get_state_display()} udgave" if known else source.get_state_display()
        heading = str(known) if known else f"{name}: {source}"
        of = _Meeting(known.slug, known.date, known.body).text("", "") if known else None
        order = of.order if of else (FILES, f"{source.pk:012}")
        address = of.address if of and source.state == SourceState.CURRENT else _in_admin(source)
        told = f"Udgave {source.edition}" if known else "Kladden"
        for where, text in (("filnavn", source.filename), *(("advarsel", one["message"]) for one in source.warnings)):
            yield Text(heading, order, f"{told}, {where}", address, text)
        for where, text in _reading(source.parsed or {}):
            yield Text(heading, order, f"{told}, {where}", address, text)


def _reading(parsed: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield "sted", parsed.get("place") or ""
    yield "indledning", parsed.get("preamble") or ""
    yield "indholdsfortegnelse", "\n".join(entry["title"] for entry in parsed.get("contents", ()))
    for item in parsed.get("items", ()):
        where = f"punkt {item['number']}"
        yield f"{where}, titel", item["title"]
        for section in item["sections"]:
            yield f"{where}, {section['kind']}", section["heading"] or ""
            yield f"{where}, {section['kind']}", section["text"]
        for proposal in item["proposals"]:
            yield f"{where}, indstiller", proposal["proposer"] or ""
        for name in item["attachments"]:
            yield f"{where}, bilag", name


def _corrections(user: User) -> Iterator[Text]:
    rows = Correction.objects.visible_to(user).select_related("meeting", "source").order_by("pk")
    for row in rows.iterator(AT_ONCE):
        place = "mødet" if row.item_key is None else f"punkt {row.item_key}"
        if row.meeting is None:
            heading, order, address = f"Kladde: {row.source}", (FILES, f"{row.source.pk:012}"), _in_admin(row.source)
        else:
            heading, order, _, address, _ = _Meeting(row.meeting.slug, row.meeting.date, row.meeting.body).text("", "")
        for what, value in (("rettet til", row.value), ("rettet fra", row.printed), ("del", row.part)):
            for text in _strings(value):
                yield Text(heading, order, f"Rettelse, {place}, {what}", address, text)


def _changes(user: User) -> Iterator[Text]:
    """The log of every write. What an item says now is in it too, as it was put."""
    rows = Change.objects.visible_to(user).order_by("pk")
    for row in rows.iterator(AT_ONCE):
        when = timezone.localtime(row.at)
        where = f"{row.action} {when:%d-%m-%Y kl. %H.%M}, {row.kind} {row.object_id}"
        for side, told in ((row.before, "før"), (row.after, "efter")):
            for text in _strings(side):
                yield Text("Ændringsloggen", (CHANGES, ""), f"{where}, {told}", _in_admin(row), text)


def _others(model: type[models.Model], user: User) -> Iterator[Text]:
    """Every column of any other table."""
    columns = [column for column in model._meta.concrete_fields if _may_hold_words(column)]
    names = [column.attname for column in columns]
    if not names:
        return
    rows: Any = model._default_manager.all()
    if hasattr(rows, "visible_to"):
        rows = rows.visible_to(user)
    heading = str(model._meta.verbose_name_plural).capitalize()
    labels = [str(column.verbose_name) for column in columns]
    for row in rows.only("pk", *names).order_by("pk").iterator(AT_ONCE):
        for name, label in zip(names, labels, strict=True):
            for text in _strings(getattr(row, name)):
                yield Text(heading, (OTHERS, heading), f"Nr. {row.pk}, {label}", _in_admin(row), text)


def _may_hold_words(column: models.Field[Any, Any]) -> bool:
    base = getattr(column, "base_field", column)  # of an array
    words = isinstance(base, (models.CharField, models.TextField, models.JSONField))
    return words and not column.remote_field and not column.choices


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _strings(one)


def _in_admin(row: models.Model) -> str:
    """Where the administration shows the row; blank where it does not."""
    from django.contrib import admin

    if not admin.site.is_registered(type(row)):
        return ""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
