"""Frister: what decisions want done by when, the coming first, and what became of it."""

from __future__ import annotations

import datetime
import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models.functions import Left
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from minutes.deadline_filters import COMING, PAST, AskedDeadlines, read_asked_deadlines
from minutes.models import AgendaItem, Deadline, Decision, DecisionOutcome, reader_of
from minutes.models.access import User, visible_prefetch
from minutes.models.deadlines import DeadlineQuerySet, Precision
from minutes.models.sortkeys import danish_sort_key
from minutes.parsing.offices import normalise_office
from minutes.search.answers import Marked, Piece
from minutes.templatetags.danish import month_name
from minutes.templatetags.markdown import plain

from .access import reading

ON_A_PAGE = 25
LATER = 3  # items of a case that are shown below a deadline
BEGINNING = 600  # characters of a decision in which its first sentence is looked for
MOST_CHOICES = 40  # of who is to do it
NEAR = 60  # days ahead that are counted
_MARKUP = re.compile(r"[*_`\[\]<>#|\\&~]")


@dataclass(frozen=True, slots=True)
class Row:
    """A deadline as it is shown."""

    deadline: Deadline
    sentence: Marked
    distance: str  # om 12 dage; blank for one that is over or far away
    is_day: bool  # the words name the very day
    later: list[AgendaItem]  # what the case's later items say
    more_later: bool
    is_silent: bool  # the case has not been on the agenda since


@dataclass(frozen=True, slots=True)
class Month:
    """The deadlines of one month on this page."""

    heading: str
    key: str
    rows: list[Row]


@reading
def show(request: HttpRequest) -> HttpResponse:
    asked, today = read_asked_deadlines(request.GET), timezone.localdate()
    everything = Deadline.objects.visible_to(request.user)
    named = _named(everything.responsible())
    found = _narrowed(everything, asked, named)
    coming, past = found.counts(today)
    part = asked.part or (COMING if coming or not past else PAST)
    chosen = found.coming(today) if part == COMING else found.past(today)
    paginator = Paginator(chosen.with_context(request.user, LATER + 1), ON_A_PAGE)
    paginator.count = coming if part == COMING else past
    page = paginator.get_page(asked.page)
    return render(
        request,
        "minutes/deadlines.html",
        {
            "asked": asked,
            "part": part,
            "parts": _parts(asked, coming, past),
            "months": _months(list(page.object_list), today, request.user),
            "who_choices": _choices(named, asked.who),
            "years": everything.years(),
            "chips": list(_chips(asked, part)),
            "everything": AskedDeadlines().address(part),
            "count": coming + past,
            "page": page,
            "pages": paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
            "page_address": asked.address(part),
            "calendar": asked.address(route="calendar") if coming else "",
        },
    )


def narrowed(deadlines: DeadlineQuerySet, asked: AskedDeadlines) -> DeadlineQuerySet:
    """Those of `deadlines` that the address asks for."""
    return _narrowed(deadlines, asked, _named(deadlines.responsible()) if asked.who else {})


def _narrowed(
    deadlines: DeadlineQuerySet, asked: AskedDeadlines, named: Mapping[str, Counter[str]]
) -> DeadlineQuerySet:
    found = deadlines.with_words(asked.words)
    if asked.year:
        found = found.in_year(asked.year)
    return found.of(named.get(asked.who, ())) if asked.who else found


def _named(printed: Iterable[tuple[str, int]]) -> dict[str, Counter[str]]:
    """Who is named, with the ways it is printed and how often: offices under one name each, never a person's."""
    named: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for words, count in printed:
        if office := normalise_office(words):
            named[office][words] += count
    return dict(named)


def _choices(named: Mapping[str, Counter[str]], chosen: str) -> list[str]:
    """Those with most deadlines, and what is chosen, in Danish order."""
    most = sorted(named, key=lambda office: (-named[office].total(), office))[:MOST_CHOICES]
    return sorted({*most, chosen} - {""}, key=danish_sort_key)


def _parts(asked: AskedDeadlines, coming: int, past: int) -> list[tuple[str, str, int, str]]:
    return [
        (COMING, "Kommende", coming, asked.address(COMING)),
        (PAST, "Passerede", past, asked.address(PAST)),
    ]


def _chips(asked: AskedDeadlines, part: str) -> Iterator[tuple[str, str]]:
    labels = {"q": "Ord", "hvem": "Hvem", "aar": "År"}
    for name, value in asked.pairs():
        yield f"{labels[name]}: {value}", asked.address(part, without=name)


def _months(deadlines: Sequence[Deadline], today: datetime.date, user: User) -> list[Month]:
    """The deadlines in their order, month by month, each with what later items say."""
    later = _later(deadlines, user)
    return [
        Month(
            f"{month_name(month).capitalize()} {year}", f"{year}-{month:02}", [_row(one, later, today) for one in rows]
        )
        for (year, month), rows in itertools.groupby(deadlines, key=lambda one: (one.date.year, one.date.month))
    ]


def _row(deadline: Deadline, later: Mapping[int, AgendaItem], today: datetime.date) -> Row:
    item, keys = deadline.item, deadline.later
    following = [] if item.is_standing else [later[key] for key in keys if key in later]
    has_story = item.case is not None and not item.case.is_collective and not item.is_standing
    return Row(
        deadline=deadline,
        sentence=marked_sentence(deadline),
        distance=_distance(deadline.date, today),
        is_day=deadline.precision == Precision.DAY and str(deadline.date.day) in deadline.words,
        later=following[:LATER],
        more_later=len(following) > LATER,
        is_silent=has_story and not following,
    )


def marked_sentence(deadline: Deadline) -> Marked:
    """The sentence with the deadline's words marked."""
    words, sentence = _plain(deadline.words), _plain(deadline.sentence)
    match = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", sentence)
    if match is None:
        return (Piece(sentence),)
    pieces = (Piece(sentence[: match.start()]), Piece(words, is_marked=True), Piece(sentence[match.end() :]))
    return tuple(piece for piece in pieces if piece.text)


def _plain(markdown: str) -> str:
    """On one line, without marks."""
    words = " ".join(markdown.split())
    return " ".join(plain(words).split()) if _MARKUP.search(words) else words


def _distance(day: datetime.date, today: datetime.date) -> str:
    days = (day - today).days
    if days in (0, 1):
        return ("i dag", "i morgen")[days]
    return f"om {days} dage" if 1 < days <= NEAR else ""


def _later(deadlines: Iterable[Deadline], user: User) -> dict[int, AgendaItem]:
    """The items that come after, by key, each with its meeting, and the beginning of what was decided."""
    reader = reader_of(user)
    outcomes = visible_prefetch("outcomes", DecisionOutcome.objects.all(), reader)
    decisions = Decision.objects.defer("text").annotate(beginning=Left("text", BEGINNING)).prefetch_related(outcomes)
    keys = {key for deadline in deadlines for key in deadline.later}
    items = AgendaItem.objects.visible_for(reader).filter(pk__in=keys).select_related("meeting")
    return {item.pk: item for item in items.prefetch_related(visible_prefetch("decision", decisions, reader))}
