"""Meetings by year and month."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import Prefetch
from django.db.models.functions import Left
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from minutes.models import AgendaItem, Decision, DecisionOutcome, Meeting, reader_of
from minutes.models.access import User
from minutes.models.meetings import MeetingQuerySet
from minutes.parsing.dates import MONTHS, InvalidDate
from minutes.templatetags.danish import clock, danish_date

from .access import reading
from .jump import Landing, find_place, read_typed, read_when

BEGINNING = 400  # characters of a decision, of which a line of the year's page is made


@dataclass(frozen=True, slots=True)
class MeetingMark:
    """A meeting as the day of a month; `words` names it where the day alone says too little."""

    day: int
    words: str
    address: str
    is_cancelled: bool


@dataclass(slots=True)
class MonthOfYear:
    """A month and its meetings, earliest first."""

    name: str
    marks: list[MeetingMark] = field(default_factory=list)


@dataclass(slots=True)
class YearOfMonths:
    """A year's twelve months, with meetings or without."""

    year: int
    months: list[MonthOfYear]
    count: int = 0


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
    years = overview(visible)
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
    visible = Meeting.objects.visible_to(request.user)
    meetings = list(_with_decisions(visible.in_year(year).newest_first(), request.user))
    if not meetings:
        raise Http404(f"Ingen møder i {year}")
    years = [other for other, _ in visible.by_year()]
    return render(
        request,
        "minutes/year.html",
        {
            "year": overview(visible.in_year(year))[0],
            "months": [(month, list(group)) for month, group in groupby(meetings, lambda meeting: meeting.date.month)],
            "names": MONTHS,
            "earlier": max((other for other in years if other < year), default=None),
            "later": min((other for other in years if other > year), default=None),
            "crumbs": [("Møder", reverse("meetings"))],
        },
    )


def overview(meetings: MeetingQuerySet) -> list[YearOfMonths]:
    """The years of `meetings`, latest first, each with a mark for every meeting."""
    years: dict[int, YearOfMonths] = {}
    rows = meetings.newest_first().values_list("date", "start_time", "body", "slug", "is_cancelled")
    for (date, _, _, _, _), mark in zip(rows, _marks(rows), strict=True):
        year = years.setdefault(date.year, YearOfMonths(date.year, [MonthOfYear(name) for name in MONTHS]))
        year.months[date.month - 1].marks.insert(0, mark)
        year.count += 1
    return list(years.values())


type _Row = tuple[datetime.date, datetime.time | None, str, str, bool]


def _marks(rows: Iterable[_Row]) -> Iterable[MeetingMark]:
    """A mark for each meeting; where two are on one day, time and body tell them apart."""
    root = reverse("meetings")  # one look-up for all addresses: there may be thousands
    for date, same_day in groupby(rows, key=lambda row: row[0]):
        on_the_day = list(same_day)
        for _, start_time, body, slug, is_cancelled in on_the_day:
            more = f", {body} {clock(start_time)}".rstrip() if len(on_the_day) > 1 else ""
            yield MeetingMark(date.day, f"{danish_date(date)}{more}", f"{root}{slug}/", is_cancelled)


def _with_decisions(meetings: MeetingQuerySet, user: User) -> MeetingQuerySet:
    """Each with its visible items, and of those that do not stand at every meeting how their decisions begin."""
    reader = reader_of(user)
    outcomes = Prefetch("outcomes", DecisionOutcome.objects.visible_for(reader))
    decisions = Decision.objects.visible_for(reader).filter(item__is_standing=False)
    decisions = decisions.defer("text").annotate(beginning=Left("text", BEGINNING)).prefetch_related(outcomes)
    items = AgendaItem.objects.visible_for(reader).order_by("number")
    return meetings.prefetch_related(Prefetch("items", items.prefetch_related(Prefetch("decision", decisions))))
