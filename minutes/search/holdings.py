"""Every text that the archive holds, row by row, with words for where it stands.

The tables of minutes are told by meeting and item. Every other table of the database is gone through column by column,
so that a table that is added later is not forgotten; what holds copies of other texts alone is passed over, and said
why in `PASSED_OVER`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from functools import partial
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


class Stand(NamedTuple):
    """Where a text stands: its group with the group's order, the place within it, and the page that shows it."""

    heading: str
    order: tuple[int, str]
    where: str
    address: str


class Text(NamedTuple):
    """A text; where it stands is worked out when it is asked for, since few texts are found and all are read."""

    text: str
    stand: Callable[[], Stand]


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
        return Text(text, partial(self.stand, where, number))

    def stand(self, where: str, number: int | None = None) -> Stand:
        name = f"{self.body} {date_format(self.date, 'j. F Y')}"
        address = reverse("meeting", args=[self.slug]) if number is None else reverse("item", args=[self.slug, number])
        latest_first = f"{datetime.date.max.toordinal() - self.date.toordinal():08} {self.slug}"
        return Stand(name, (MEETINGS, latest_first), where, address)


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
        told = f"Udgave {source.edition}" if source.meeting else "Kladden"
        warnings = (("advarsel", one["message"]) for one in source.warnings)
        for where, text in (("filnavn", source.filename), *warnings, *_reading(source.parsed or {})):
            yield Text(text, partial(_stand_of_source, source, f"{told}, {where}"))


def _stand_of_source(source: SourceDocument, where: str) -> Stand:
    """With its meeting; the page of the meeting shows the current edition alone."""
    if source.meeting is None:
        name = f"{SourceState(source.state).label}: {source}"
        return Stand(name, (FILES, f"{source.pk:012}"), where, _in_admin(source))
    stand = _stand_of_meeting(source.meeting, where)
    return stand if source.state == SourceState.CURRENT else stand._replace(address=_in_admin(source))


def _stand_of_meeting(meeting: Meeting, where: str) -> Stand:
    return _Meeting(meeting.slug, meeting.date, meeting.body).stand(where)


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
        for what, value in (("rettet til", row.value), ("rettet fra", row.printed), ("del", row.part)):
            for text in _strings(value):
                yield Text(text, partial(_stand_of_correction, row, f"Rettelse, {place}, {what}"))


def _stand_of_correction(row: Correction, where: str) -> Stand:
    return _stand_of_source(row.source, where) if row.meeting is None else _stand_of_meeting(row.meeting, where)


def _changes(user: User) -> Iterator[Text]:
    """The log of every write. What an item says now is in it too, as it was put."""
    rows = Change.objects.visible_to(user).order_by("pk")
    for row in rows.iterator(AT_ONCE):
        for side, told in ((row.before, "før"), (row.after, "efter")):
            for text in _strings(side):
                yield Text(text, partial(_stand_of_change, row, told))


def _stand_of_change(row: Change, told: str) -> Stand:
    where = f"{row.action} {timezone.localtime(row.at):%d-%m-%Y kl. %H.%M}, {row.kind} {row.object_id}, {told}"
    return Stand("Ændringsloggen", (CHANGES, ""), where, _in_admin(row))


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
                yield Text(text, partial(_stand_of_other, row, heading, label))


def _stand_of_other(row: models.Model, heading: str, label: str) -> Stand:
    return Stand(heading, (OTHERS, heading), f"Nr. {row.pk}, {label}", _in_admin(row))


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
