"""What the archive lacks, as far as a reader can know.

A closed meeting is not told by what stands here. To who may not read it, it is as absent as one that never came: what
open items say of it is said of a meeting that the archive lacks, and its month has none. Who may read it finds it.
"""

from __future__ import annotations

import datetime
import functools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.db.models.functions import DenseRank

from minutes.parsing.bodies import find_bodies
from minutes.parsing.dates import find_dates, resolve

from .access import Reader
from .items import AgendaItem
from .meetings import Meeting
from .references import Reference

JULY = 7
MOST_MENTIONS = 5  # items shown of those that name one meeting

type Day = tuple[str, datetime.date]  # a body, and a day on which it met


class Known(NamedTuple):
    """A meeting that the reader may know of."""

    pk: int
    body: str
    date: datetime.date
    slug: str
    is_cancelled: bool


@dataclass(frozen=True, slots=True)
class YearGap:
    """The months of a year in which a body is not known to have met; July is told apart, being a holiday month."""

    body: str
    year: int
    months: tuple[int, ...]
    lacks_july: bool
    has_meetings: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """An item that names a meeting: it approves its minutes, looks ahead to it, or speaks of it afterwards."""

    item: AgendaItem
    approves: bool
    is_ahead: bool


@dataclass(frozen=True, slots=True)
class Lacking:
    """A meeting that items name and the archive has not; `mentions` are the first of them."""

    body: str
    date: datetime.date
    is_approved: bool
    mentions: tuple[Mention, ...] = ()
    has_more: bool = False


@dataclass(frozen=True, slots=True)
class Break:
    """A meeting whose minutes no later one approves, the meeting after it, and what that approves instead."""

    meeting: Known
    later: Known
    approval: Approval | None  # None where the later meeting has no such item
    named: tuple[tuple[datetime.date, Known | None], ...]  # days that it names, with the meeting that the archive has

    @property
    def names_nothing_held(self) -> bool:
        """Whether the archive has none of the meetings whose minutes it approves."""
        return all(meeting is None for _, meeting in self.named)


@dataclass(slots=True)
class Approval:
    """An item by which a meeting approves earlier minutes, and the days that it names; none is the meeting before."""

    pk: int
    number: int
    days: set[datetime.date]


class Gaps:
    """The meetings that `reader` may know of, asked for what is not among them on `today`.

    Of each meeting a few columns are read, once, so that the chain can be followed; never an item's texts.
    """

    def __init__(self, reader: Reader, today: datetime.date) -> None:
        self.reader = reader
        self.today = today

    @cached_property
    def meetings(self) -> list[Known]:
        """By body, earliest first."""
        rows = Meeting.objects.visible_for(self.reader).by_body_earliest_first()
        return [Known(*row) for row in rows.values_list(*Known._fields)]

    def months(self) -> list[YearGap]:
        """The years with months without a meeting between a body's first meeting and its last, latest first."""
        met: dict[str, set[tuple[int, int]]] = defaultdict(set)
        for meeting in self.meetings:
            met[meeting.body].add((meeting.date.year, meeting.date.month))
        gaps = [gap for body, months in met.items() for gap in _gaps_between(body, months)]
        return sorted(gaps, key=lambda gap: (-gap.year, gap.body))

    def lacking(self) -> list[Lacking]:
        """The days until today on which items say that a body of the archive met, and the archive has no meeting;
        latest first. `with_mentions` tells who says so."""
        spoken = self._naming().filter(body__in=settings.ARCHIVE_BODIES, date__lte=self.today)
        named: set[Day] = set(spoken.order_by().values_list("body", "date").distinct())
        approved = {day for day in self._approved if day[0] in settings.ARCHIVE_BODIES}
        held = {(meeting.body, meeting.date) for meeting in self.meetings}
        days = sorted((named | approved) - held, key=lambda day: (-day[1].toordinal(), day[0]))
        return [Lacking(body, date, (body, date) in approved) for body, date in days]

    def with_mentions(self, lacking: Sequence[Lacking]) -> list[Lacking]:
        """`lacking` with the items that name each: those that approve its minutes, then the earliest."""
        days = [(one.body, one.date) for one in lacking]
        by_day: dict[Day, list[int]] = {day: list(self._approved.get(day, ())) for day in days}
        approving = {day: set(items) for day, items in by_day.items()}
        naming = self._naming().filter(body__in={body for body, _ in days}, date__in={date for _, date in days})
        for body, date, item in _first_of_each(naming):
            if item not in by_day.get((body, date), [item]):
                by_day[body, date].append(item)
        shown = {day: items[:MOST_MENTIONS] for day, items in by_day.items()}
        visible = AgendaItem.objects.visible_for(self.reader).select_related("meeting")
        items = visible.in_bulk({pk for items in shown.values() for pk in items})
        return [
            Lacking(
                *(one.body, one.date, one.is_approved),
                mentions=tuple(
                    Mention(items[pk], pk in approving[day], items[pk].meeting.date < one.date) for pk in shown[day]
                ),
                has_more=len(by_day[day]) > MOST_MENTIONS,
            )
            for one, day in zip(lacking, days, strict=True)
        ]

    def breaks(self) -> list[Break]:
        """Where the chain is broken in which each meeting approves the minutes of the one before; latest first.

        A meeting that approves minutes without saying which is taken to mean the meeting before. The last meeting has
        nobody after it yet, and one that was cancelled has no minutes.
        """
        by_day = {(meeting.body, meeting.date): meeting for meeting in self.meetings}
        found = []
        for meeting, later in pairwise(one for one in self.meetings if not one.is_cancelled):
            if meeting.body != later.body or (meeting.body, meeting.date) in self._approved:
                continue
            approvals = self._approvals.get(later.pk, [])
            named = sorted({day for approval in approvals for day in approval.days})
            if named or not approvals:
                days = tuple((day, by_day.get((later.body, day))) for day in named)
                approval = next((one for one in approvals if one.days), None)
                found.append(Break(meeting, later, approval, days))
        return sorted(found, key=lambda one: one.meeting.date, reverse=True)

    def _naming(self) -> models.QuerySet[Reference]:
        return Reference.objects.readable_for(self.reader).naming_meetings()

    @cached_property
    def _approvals(self) -> dict[int, list[Approval]]:
        """The approvals of each meeting. Days that lie after it are slips or plans, and none of it."""
        items = AgendaItem.objects.visible_for(self.reader).approving_minutes()
        days: dict[int, set[Day]] = defaultdict(set)
        for item, body, date in self._naming().filter(item__in=items).values_list("item", "body", "date"):
            days[item].add((body, date))
        meetings = {meeting.pk: meeting for meeting in self.meetings}
        found: dict[int, list[Approval]] = defaultdict(list)
        for pk, meeting_pk, number, title in items.order_by("number").values_list("pk", "meeting", "number", "title"):
            meeting = meetings[meeting_pk]
            named = {date for body, date in days[pk] if body == meeting.body}
            named |= _days_in_title(title, meeting.body, meeting.date)
            earlier = {day for day in named if day < meeting.date}
            found[meeting_pk].append(Approval(pk, number, earlier))
        return found

    @cached_property
    def _approved(self) -> dict[Day, list[int]]:
        """The days of which minutes are approved, with the items that do."""
        found: dict[Day, list[int]] = defaultdict(list)
        for meeting in self.meetings:
            for approval in self._approvals.get(meeting.pk, ()):
                for day in approval.days:
                    found[meeting.body, day].append(approval.pk)
        return dict(found)


def _gaps_between(body: str, met: set[tuple[int, int]]) -> Iterable[YearGap]:
    """The years between the first and the last of the months in `met` that lack others than July."""
    first, last = min(met), max(met)
    for year in range(first[0], last[0] + 1):
        start = first[1] if year == first[0] else 1
        end = last[1] if year == last[0] else 12
        lacked = [month for month in range(start, end + 1) if (year, month) not in met]
        months = tuple(month for month in lacked if month != JULY)
        if months:
            yield YearGap(body, year, months, JULY in lacked, any(one[0] == year for one in met))


@functools.lru_cache(maxsize=8192)
def _days_in_title(title: str, body: str, meeting: datetime.date) -> frozenset[datetime.date]:
    """The days in "Godkendelse af referat fra mødet den 7. juni", unless it is another body's."""
    mentions = find_dates(title)
    if not mentions or any(other.name != body for other in find_bodies(title)):
        return frozenset()
    return frozenset(filter(None, (resolve(mention, meeting, "past") for mention in mentions)))


def _first_of_each(references: models.QuerySet[Reference]) -> Iterable[tuple[str, datetime.date, int]]:
    """The earliest items that name each day, each once: one more than are shown, to tell whether there are more."""
    place = models.Window(
        DenseRank(), partition_by=["body", "date"], order_by=["item__meeting__date", "item__meeting", "item"]
    )
    first = references.order_by().annotate(place=place).filter(place__lte=MOST_MENTIONS + 1)
    rows = sorted(set(first.values_list("body", "date", "place", "item")))
    return [(body, date, item) for body, date, _, item in rows]
