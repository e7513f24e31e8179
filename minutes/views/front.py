"""The front page: what is here, what is new, what is due, and the ways in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from minutes.filters import search_address
from minutes.models import AgendaItem, Deadline, Decision, Meeting, OutcomeKind, Word, reader_of
from minutes.models.access import User
from minutes.models.decisions import UNCLEAR
from minutes.search.overview import Overview, overview
from minutes.templatetags.casenumbers import main_group_heading
from minutes.templatetags.danish import month_name

from .access import reading

LATEST = 3  # meetings
DECISIONS, EARLIER_DECISIONS = 4, 2  # of the latest meeting, and of each before it
DUE = 4
YEARS, SUBJECTS, OUTCOMES = 12, 6, 6

# Kinds that change something come before those that only took note.
_WEIGHTY = {OutcomeKind.DECIDED, OutcomeKind.APPROVED, OutcomeKind.NOT_APPROVED, OutcomeKind.APPOINTED}
_QUESTION = "hvad blev der besluttet om budgettet"
_WORDS = ("sygefravær", "digitalisering", "arbejdsmiljø", "helhedsplan")  # to try, if the archive has them
_OUTCOMES = {**dict(OutcomeKind.choices), UNCLEAR: "Uafklaret"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A way in: a link, and how much lies behind it."""

    label: str
    address: str
    count: int


@dataclass(frozen=True, slots=True)
class News:
    """A meeting, the decisions of it that matter most, and how many items are left."""

    meeting: Meeting
    decisions: list[Decision]
    left: int


@reading
def show(request: HttpRequest) -> HttpResponse:
    whole = overview(reader_of(request.user))
    latest = list(Meeting.objects.visible_to(request.user).newest_first().with_item_count(request.user)[:LATEST])
    return render(
        request,
        "minutes/front.html",
        {
            "whole": whole,
            "first_year": min(whole.years, default=None),
            "news": list(_news(latest, _decisions(latest, request.user))),
            "due": _due(request.user),
            "examples": [(typed, search_address(typed)) for typed in _examples(latest, request.user)],
            "years": _years(whole),
            "subjects": _subjects(whole),
            "outcomes": _outcomes(whole),
        },
    )


def _decisions(meetings: Iterable[Meeting], user: User) -> Mapping[int, list[Decision]]:
    """By meeting. Who searches for news looks for no approval of minutes."""
    found: defaultdict[int, list[Decision]] = defaultdict(list)
    decisions = Decision.objects.visible_to(user).not_standing().filter(item__meeting__in=meetings)
    for decision in decisions.with_context(user).order_by("item__number"):
        found[decision.item.meeting_id].append(decision)
    return found


def _news(meetings: Iterable[Meeting], decisions: Mapping[int, list[Decision]]) -> Iterator[News]:
    for place, meeting in enumerate(meetings):
        most = EARLIER_DECISIONS if place else DECISIONS
        by_weight = sorted(decisions.get(meeting.pk, ()), key=_is_light)
        shown = sorted(by_weight[:most], key=lambda decision: decision.item.number)
        yield News(meeting, shown, meeting.item_count - len(shown))


def _is_light(decision: Decision) -> bool:
    return _WEIGHTY.isdisjoint(outcome.kind for outcome in decision.outcomes.all())


def _due(user: User) -> list[Deadline]:
    """The deadlines to come, nearest first."""
    coming = Deadline.objects.visible_to(user).coming(timezone.localdate())
    return list(coming.select_related("item__meeting").order_by("date", "pk")[:DUE])


def _examples(meetings: list[Meeting], user: User) -> Iterator[str]:
    """Searches to try: one that is always the same, and some that find something here."""
    yield _QUESTION
    known = set(Word.objects.visible_to(user).filter(text__in=_WORDS).values_list("text", flat=True))
    yield from [word for word in _WORDS if word in known][:1]
    for meeting in meetings[:1]:
        yield f"{month_name(meeting.date.month)} {meeting.date.year}"  # its date is a link to the meeting itself
        items = AgendaItem.objects.visible_to(user).not_standing().filter(meeting=meeting, case__isnull=False)
        yield from items.order_by("number").values_list("case__number", flat=True)[:1]


def _years(whole: Overview) -> list[Choice]:
    """The latest."""
    latest = list(whole.years.items())[:YEARS]
    return [Choice(str(year), reverse("year", args=[year]), count) for year, count in latest]


def _subjects(whole: Overview) -> list[Choice]:
    """The main groups with most cases, in the order of their numbers."""
    groups = {group: count for group, count in whole.subjects.items() if group}
    largest = sorted(groups, key=lambda group: (-groups[group], group))[:SUBJECTS]
    return [
        Choice(main_group_heading(group), reverse("subject", args=[group]), groups[group]) for group in sorted(largest)
    ]


def _outcomes(whole: Overview) -> list[Choice]:
    most = sorted(whole.outcomes.items(), key=lambda pair: (-pair[1], pair[0]))[:OUTCOMES]
    return [
        Choice(_OUTCOMES.get(kind, kind.capitalize()), reverse("decisions", query={"type": kind}), count)
        for kind, count in most
    ]
