"""Changes as people read them: who, what kind of row, where, and each field with its label before and after."""

from __future__ import annotations

import datetime
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Permission, User
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime, parse_time

from minutes.ingest.corrections import LABELS
from minutes.models import Case, Change
from minutes.models.access import User as Reader
from minutes.models.history import Action
from minutes.templatetags.danish import clock, danish_date, danish_moment

from .places import place_of
from .rights import right_in_words

KINDS = (
    *("meeting", "agendaitem", "section", "decision", "decisionoutcome", "recommendation", "attachment"),
    *("case", "sourcedocument", "correction", "reference", "synonym"),
)
ACCOUNTS = ("user", "group")
EMPTY = "(tomt)"
SHORT = 160  # characters of a value in a list
_BEFORE_DIFFERENCE = 40
# Keys that only tell where a row belongs, which is said in words.
_STRUCTURE = frozenset({"id", "item_id", "meeting_id", "decision_id", "source_id", "user_id", "group_id"})
_MACHINE = frozenset({"key", "item_key", "line", "normalised", "slug", "printed_title", "printed_name"})
# Of a row that came or went, what its page is for; a list says the rest.
_DETAILS = frozenset(
    {"added_by_id", "added_at", "corrected_by_id", "corrected_at", "created_at", "date_joined", "page", "position"}
    | {"media_type", "parser_version", "sha256", "size", "sort_key", "prefix", "edition", "origin"}
)
_PEOPLE = frozenset({"added_by_id", "corrected_by_id", "confirmed_by_id"})


@dataclass(frozen=True, slots=True)
class Difference:
    """A field with its values; None where there was no row."""

    key: str
    label: str
    before: str | None
    after: str | None

    @property
    def is_whole(self) -> bool:
        """Whether the row came or went with it."""
        return self.before is None or self.after is None

    @property
    def shortly(self) -> Difference:
        """The same, long texts cut to where they differ."""
        if self.before is None or self.after is None:
            return Difference(self.key, self.label, _cut(self.before, 0), _cut(self.after, 0))
        same = 0
        for one, other in zip(self.before, self.after, strict=False):
            if one != other:
                break
            same += 1
        start = max(0, same - _BEFORE_DIFFERENCE)
        return Difference(self.key, self.label, _cut(self.before, start), _cut(self.after, start))


@dataclass(slots=True)
class Told:
    """A change in words."""

    change: Change
    action: str
    what: str
    differences: list[Difference]

    @property
    def shortly(self) -> list[Difference]:
        """For a list: the telling ones, long texts cut."""
        return [one.shortly for one in self.differences if not (one.is_whole and one.key in _DETAILS)]

    @property
    def is_long(self) -> bool:
        """Whether a list shows less than all of it."""
        return self.shortly != self.differences


@dataclass(slots=True)
class Act:
    """What one transaction did to one meeting."""

    at: str
    who: str
    where: str
    changes: list[Told] = field(default_factory=list)

    @property
    def made(self) -> list[Told]:
        """The rows that came with a file, where there are many: they are folded away."""
        made = [told for told in self.changes if told.change.action == Action.CREATED]
        return made if len(made) > 3 else []

    @property
    def others(self) -> list[Told]:
        folded = {told.change.pk for told in self.made}
        return [told for told in self.changes if told.change.pk not in folded]


def acts(changes: Iterable[Change], reader: Reader) -> list[Act]:
    """`changes`, in their order, put together by transaction and meeting."""
    told: list[Act] = []
    last: tuple[Any, ...] | None = None
    for one in tell(list(changes), reader):
        change = one.change
        this = (change.at, change.username, change.program, change.meeting_id)
        if this != last:
            told.append(Act(danish_moment(change.at), who(change), _meeting_of(change)))
            last = this
        told[-1].changes.append(one)
    return told


def tell(changes: Collection[Change], reader: Reader) -> Iterator[Told]:
    """Each of `changes` in words, as `reader` may read them: a fixed number of queries."""
    names = _Names(changes, reader)
    for change in changes:
        yield Told(change, Action(change.action).label, _what(change), list(_differences(change, names)))


def who(change: Change) -> str:
    """The person as called now, else the program."""
    if change.user_id is not None:
        return (change.user and change.user.get_full_name()) or change.username or f"Bruger nr. {change.user_id}"
    if change.program in {"", "web"}:
        return "Ingen, der er logget ind"
    own = change.program.startswith("manage.py")
    return change.program if own else f"Direkte i databasen: {change.program}"


def kind_name(kind: str) -> str:
    """Punkt, afsnit, bruger."""
    return str(_model_of(kind)._meta.verbose_name)


def _model_of(kind: str) -> type[models.Model]:
    return apps.get_model("auth" if kind in ACCOUNTS else "minutes", kind)


def _meeting_of(change: Change) -> str:
    if change.meeting_id is None:
        return ""
    return place_of(change.meeting) if change.meeting else "Et møde, der er slettet"


def _what(change: Change) -> str:
    """Punkt 3, afsnit 2: where in its meeting, without a word of what it says."""
    row = {**(change.before or {}), **(change.after or {})}
    name = kind_name(change.kind)
    if change.kind in {"section", "recommendation", "attachment", "decisionoutcome"} and "position" in row:
        name = f"{name} {row['position']}"
    if change.kind == "agendaitem":
        number = change.item.number if change.item else row.get("number", "")
        return f"{name} {number}".strip()
    if change.item_id is not None:
        item = f"punkt {change.item.number}" if change.item else "et punkt, der er slettet"
        return f"{item}, {name}"
    return name


def _differences(change: Change, names: _Names) -> Iterator[Difference]:
    before, after = change.before, change.after
    keys = list(dict.fromkeys([*(before or {}), *(after or {})]))
    model = _model_of(change.kind)
    order = {one.attname: place for place, one in enumerate(model._meta.fields)}
    for key in sorted(keys, key=lambda key: order.get(key, len(order))):
        if key in _STRUCTURE or key in _MACHINE:
            continue
        whole = change.action != Action.CHANGED
        if whole and (before or after or {}).get(key) in (None, "", False, []):
            continue  # of a row that came or went only what it says
        label = _label(model, key)
        sides = [None if side is None else names.words(model, key, side.get(key)) for side in (before, after)]
        if sides[0] != sides[1]:
            yield Difference(key, label, *sides)


def _label(model: type[models.Model], key: str) -> str:
    if key == "password":
        return "Adgangskode"
    named = [one for one in model._meta.get_fields() if key in {one.name, getattr(one, "attname", "")}]
    label = str(getattr(named[0], "verbose_name", key)) if named else key
    return label[:1].upper() + label[1:]


class _Names:
    """The words for values that are keys of other rows."""

    def __init__(self, changes: Collection[Change], reader: Reader) -> None:
        found = self._keys(changes, _PEOPLE)
        self.people = {one.pk: one.get_full_name() or one.username for one in User.objects.filter(pk__in=found)}
        numbers = Case.objects.visible_to(reader).filter(pk__in=self._keys(changes, {"case_id"}))
        self.cases = dict(numbers.values_list("pk", "number"))
        rights = {value for key in ("user_permissions", "permissions") for value in self._values(changes, {key})}
        self.rights = self._rights({str(one).partition(".")[2] for one in rights}) if rights else {}

    @staticmethod
    def _values(changes: Iterable[Change], names: Collection[str]) -> Iterator[Any]:
        for change in changes:
            for side in (change.before, change.after):
                yield from (side[name] for name in names if side and side.get(name) is not None)

    def _keys(self, changes: Iterable[Change], names: Collection[str]) -> set[int]:
        return {value for value in self._values(changes, names) if isinstance(value, int)}

    @staticmethod
    def _rights(codenames: Collection[str]) -> dict[str, str]:
        found = Permission.objects.filter(codename__in=codenames).select_related("content_type")
        return {f"{one.content_type.app_label}.{one.codename}": right_in_words(one) for one in found}

    def words(self, model: type[models.Model], key: str, value: Any) -> str:
        """`value` as people say it."""
        if value is None or value == "" or value == []:
            return EMPTY
        if key in _PEOPLE:
            return self.people.get(value, f"Bruger nr. {value}")
        if key == "case_id":
            return self.cases.get(value, "En sag")
        if isinstance(value, str) and value in self.rights:
            return self.rights[value]
        if key == "field" and value in LABELS:
            return LABELS[value]
        return _plain(_choices(model, key).get(value, value) if isinstance(value, str) else value)


def _choices(model: type[models.Model], key: str) -> Mapping[Any, Any]:
    for one in model._meta.fields:
        if one.attname == key:
            return dict(one.flatchoices)
    return {}


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "Ja" if value else "Nej"
    if isinstance(value, list):
        return "; ".join(_plain(one) for one in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return _moment(str(value))


def _moment(text: str) -> str:
    """Dates and times as Danes write them; other text as it is."""
    if len(text) < 8 or not text[:2].isdecimal() or len(text) > 40:
        return text
    try:
        if (moment := parse_datetime(text)) is not None and isinstance(moment, datetime.datetime) and moment.tzinfo:
            return danish_moment(moment)
        if (day := parse_date(text)) is not None:
            return danish_date(day)
        if (time := parse_time(text)) is not None:
            return clock(time)
    except ValueError:
        pass
    return text


def _cut(text: str | None, start: int) -> str | None:
    if text is None or (len(text) <= SHORT):
        return text
    piece = text[start : start + SHORT]
    return f"{'…' if start else ''}{piece}{'…' if start + SHORT < len(text) else ''}"
