"""Meetings by year and month."""

from __future__ import annotations

import datetime
import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from django.conf import settings
from django.db.models.functions import Left
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from minutes.models import AgendaItem, DecisionOutcome, Meeting, Reader, reader_of
from minutes.parsing.dates import MONTHS, InvalidDate
from minutes.templatetags.danish import clock, danish_date
from minutes.templatetags.items import marks_of
from minutes.templatetags.lists import gist_of

from .access import reading
from .jump import Landing, find_place, read_typed, read_when

BEGINNING = 400  # characters of a decision, of which a line of the year's page is made


class MeetingMark(NamedTuple):
    """A meeting as the day of a month; `words` names it where the day alone says too little. There may be thousands,
    and templates are quickest with the parts of a tuple."""

    day: str
    words: str
    address: str
    is_cancelled: bool


class ItemLine(NamedTuple):
    """An item as one line of a list. `marks` show what its decision did, and `gist` is the sentence that carries it;
    both blank where there is nothing to say."""

    number: str
    title: str
    address: str
    is_closed: bool
    marks: str
    gist: str


@dataclass(frozen=True, slots=True)
class MeetingLines:
    """A meeting and the items that do not stand at every meeting; `has_standing` tells that it has others."""

    meeting: Meeting
    address: str
    items: Sequence[ItemLine]
    has_standing: bool


@dataclass(slots=True)
class MonthOfYear:
    """A month and its meetings, earliest first."""

    name: str
    marks: list[MeetingMark] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class DrawnYear:
    """A year, how many meetings it has, and its twelve months as components/year_months.html shows them."""

    year: int
    count: int
    months: SafeString


@reading
def index(request: HttpRequest) -> HttpResponse:
    visible = Meeting.objects.visible_to(request.user)
    typed = read_typed(request.GET.get("dato", ""))
    landing = None
    if typed:
        try:
            place = find_place(read_when(typed), visible)
        except InvalidDate as error:
            place = Landing(str(error), is_problem=True)
        if isinstance(place, str):
            return redirect(place)
        landing = place
    years = overview(visible.newest_first().values_list(*_ROW))
    return render(
        request,
        "minutes/meetings.html",
        {
            "years": years,
            "months": MONTHS,
            "meeting_count": sum(year.count for year in years),
            "typed": typed,
            "landing": landing,
        },
    )


@reading
def in_year(request: HttpRequest, year: int) -> HttpResponse:
    reader = reader_of(request.user)
    visible = Meeting.objects.visible_for(reader)
    meetings = list(visible.in_year(year).newest_first().only(*_ROW, "is_closed"))
    if not meetings:
        raise Http404(f"Ingen møder i {year}")
    years = [other for other, _ in visible.by_year()]
    rows = [(one.date, one.start_time, one.body, one.slug, one.is_cancelled) for one in meetings]
    lines = list(_lines(meetings, reader))
    return render(
        request,
        "minutes/year.html",
        {
            "year": overview(rows, leads_to_months=True)[0],
            "months": [(month, list(group)) for month, group in groupby(lines, lambda one: one.meeting.date.month)],
            "names": MONTHS,
            "earlier": max((other for other in years if other < year), default=None),
            "later": min((other for other in years if other > year), default=None),
            "crumbs": [("Møder", reverse("meetings"))],
        },
    )


type _Row = tuple[datetime.date, datetime.time | None, str, str, bool]
_ROW = ("date", "start_time", "body", "slug", "is_cancelled")


def overview(meetings: Iterable[_Row], *, leads_to_months: bool = False) -> list[DrawnYear]:
    """The years of `meetings`, which come latest first, each with a mark for every meeting."""
    root = reverse("meetings")  # one look-up for all addresses: there may be thousands
    draw = _drawn.__wrapped__ if settings.DEBUG else _drawn  # in development templates change
    years = ((year, tuple(rows)) for year, rows in groupby(meetings, key=lambda row: row[0].year))
    return [DrawnYear(year, len(rows), draw(rows, root, leads_to_months)) for year, rows in years]


@functools.lru_cache(maxsize=400)
def _drawn(rows: tuple[_Row, ...], root: str, leads_to_months: bool) -> SafeString:
    """The months of one year; past years stay as they are."""
    months = [MonthOfYear(name) for name in MONTHS]
    for (date, *_), mark in zip(rows, _marks(rows, root), strict=True):
        months[date.month - 1].marks.insert(0, mark)
    return render_to_string("components/year_months.html", {"months": months, "leads_to_months": leads_to_months})


def _marks(rows: Iterable[_Row], root: str) -> Iterable[MeetingMark]:
    """A mark for each meeting; where two are on one day, time and body tell them apart."""
    for date, same_day in groupby(rows, key=lambda row: row[0]):
        on_the_day = list(same_day)
        for _, start_time, body, slug, is_cancelled in on_the_day:
            more = f", {body} {clock(start_time)}".rstrip() if len(on_the_day) > 1 else ""
            yield MeetingMark(str(date.day), f"{danish_date(date)}{more}", f"{root}{slug}/", is_cancelled)


def _lines(meetings: Sequence[Meeting], reader: Reader) -> Iterator[MeetingLines]:
    """Each of `meetings` with the lines of its visible items: two questions, and rows instead of objects, since a year
    may have a thousand items."""
    root = reverse("meetings")
    ids = [meeting.pk for meeting in meetings]
    of_items = AgendaItem.objects.visible_for(reader).filter(meeting__in=ids).order_by("number")
    outcomes = defaultdict(list)
    of_decisions = DecisionOutcome.objects.visible_for(reader).filter(
        decision__item__meeting__in=ids, decision__item__is_standing=False
    )
    for decision, kind, sentence in of_decisions.values_list("decision", "kind", "sentence"):
        outcomes[decision].append((kind, sentence))
    items = defaultdict(list)
    columns = ("meeting", "number", "title", "is_closed", "is_standing", "decision", Left("decision__text", BEGINNING))
    for meeting, *row in of_items.values_list(*columns):
        items[meeting].append(row)
    for meeting in meetings:
        address = f"{root}{meeting.slug}/"
        lines = []
        for number, title, is_closed, is_standing, decision, beginning in items[meeting.pk]:
            if is_standing:
                continue
            found = outcomes[decision]
            marks = "" if decision is None else marks_of(tuple(kind for kind, _ in found))
            gist = "" if decision is None else gist_of(beginning, [sentence for _, sentence in found])
            place = f"{address}punkt/{number}/"
            lines.append(ItemLine(str(number), title or "Uden titel", place, is_closed, marks, gist))
        yield MeetingLines(meeting, address, lines, has_standing=len(lines) < len(items[meeting.pk]))
