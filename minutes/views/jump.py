"""From a date as somebody typed it to the meeting, month or year that it names."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from django.urls import reverse

from minutes.filters import without_controls
from minutes.models.meetings import MeetingQuerySet
from minutes.parsing.dates import MONTHS, InvalidDate, find_dates, full_year
from minutes.search.atoms import Day, Month
from minutes.search.mentions import find_mentions
from minutes.templatetags.danish import clock, danish_date

MOST_TYPED = 80  # characters that are read, and that the page repeats
MOST_CHOICES = 24

_YEAR = "(?:19|20)[0-9]{2}"
_MONTH = "|".join([*MONTHS, r"(?:jan|febr?|mar|apr|jun|jul|aug|sept?|okt|nov|dec)\.?"])
_DAY_AND_MONTH = re.compile(r"(?:d\. ?|den )?([0-9]{1,2})[./-] ?([0-9]{1,2})\.?", re.IGNORECASE)
_NUMBERED_MONTH = re.compile(rf"([0-9]{{1,2}})[./-] ?({_YEAR})|({_YEAR})[./-]([0-9]{{1,2}})")
_NAMED_MONTH = re.compile(rf"(?<!\w)({_MONTH})(?:,?\s+(?:i )?['’]?({_YEAR}|[0-9]{{2}}(?!\w)))?(?!\w)", re.IGNORECASE)
_SEASON = re.compile(r"(?<!\w)(vinter|forår|sommer|efterår)(?:en|et)?(?!\w)", re.IGNORECASE)
_BEGINS_IN = {"vinter": 1, "forår": 3, "sommer": 6, "efterår": 9}
_ANY_YEAR = re.compile(rf"(?<![\w.,/-]){_YEAR}(?![\w,/-]|\.[0-9])")


@dataclass(frozen=True, slots=True)
class When:
    """What was typed: a day, a month or a year; of a day and a month the year may be missing."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        if self.month is None:
            return str(self.year)
        words = MONTHS[self.month - 1] if self.day is None else f"{self.day}. {MONTHS[self.month - 1]}"
        return words if self.year is None else f"{words} {self.year}"


@dataclass(frozen=True, slots=True)
class Landing:
    """Where there is no one place to go to: what is said instead, and the places (words, address) to choose from."""

    text: str
    choices: tuple[tuple[str, str], ...] = ()
    is_problem: bool = False  # what was typed cannot be read


def read_typed(text: str) -> str:
    """What was typed, on one line and no longer than the page repeats."""
    return " ".join(without_controls(text).split())[:MOST_TYPED]


def read_when(typed: str) -> When:
    """What `typed`, as `read_typed` gives it, names. Raises InvalidDate, with a message for people."""
    if match := _DAY_AND_MONTH.fullmatch(typed):
        return _day_of_any_year(typed, int(match[1]), int(match[2]))
    if match := _NUMBERED_MONTH.fullmatch(typed):
        year, month = (match[2], match[1]) if match[2] else (match[3], match[4])
        if 1 <= int(month) <= 12:
            return When(int(year), int(month))
    meant = [atom for mention in find_mentions(typed) for atom in mention.atoms]
    if day := next((atom.mention for atom in meant if isinstance(atom, Day)), None):
        return When(day.year, day.month, day.day)
    if problem := next((date.problem for date in find_dates(typed) if date.problem), None):
        raise InvalidDate(typed, problem)
    if named := next((atom for atom in meant if isinstance(atom, Month)), None):
        return When(named.year, named.month)
    if match := _NAMED_MONTH.search(typed):
        month = next(number for number, name in enumerate(MONTHS, 1) if match[1].lower()[:3] == name[:3])
        return When(full_year(match[2]) if match[2] else None, month)
    years = _ANY_YEAR.findall(typed)
    if not years:
        raise InvalidDate(typed, f"”{typed}” er hverken en dato, en måned eller et år.")
    season = _SEASON.search(typed)
    return When(int(years[0]), _BEGINS_IN[season[1].lower()] if season else None)


def find_place(when: When, meetings: MeetingQuerySet) -> str | Landing:
    """The address that `when` leads to among `meetings`, or what to say where it leads to none or to several."""
    if when.year is None:
        return _in_any_year(when, meetings)
    found = meetings.in_year(when.year)
    first = datetime.date(when.year, when.month or 1, when.day or 1)
    if when.month is None:
        if found.exists():
            return reverse("year", args=[when.year])
        return _nothing(f"Der er ingen møder i {when} i arkivet.", first, meetings)
    found = found.filter(date__month=when.month)
    if when.day is None:
        if found.exists():
            return f"{reverse('year', args=[when.year])}#{MONTHS[when.month - 1]}"
        return _nothing(f"Der er ingen møder i {when} i arkivet.", first, meetings)
    on_the_day = list(found.filter(date__day=when.day).newest_first()[:MOST_CHOICES])
    if len(on_the_day) == 1:
        return reverse("meeting", args=[on_the_day[0].slug])
    if on_the_day:
        choices = tuple(
            (
                f"{one.body} {danish_date(one.date)} {clock(one.start_time)}".rstrip(),
                reverse("meeting", args=[one.slug]),
            )
            for one in reversed(on_the_day)
        )
        return Landing(f"Der er {len(choices)} møder den {when}.", choices)
    return _nothing(f"Der er intet møde den {when} i arkivet.", first, meetings)


def _in_any_year(when: When, meetings: MeetingQuerySet) -> str | Landing:
    """A day or a month without its year: the one there is, or all of them."""
    found = meetings.filter(date__month=when.month)
    if when.day is not None:
        found = found.filter(date__day=when.day)
        places = [
            (danish_date(date), reverse("meeting", args=[slug]))
            for date, slug in found.newest_first().values_list("date", "slug")[:MOST_CHOICES]
        ]
        none, several = f"Der er intet møde den {when} i noget år i arkivet.", f"Der er flere møder den {when}:"
    else:
        places = [
            (f"{when} {year}".capitalize(), f"{reverse('year', args=[year])}#{when}") for year, _ in found.by_year()
        ]
        none, several = f"Der er ingen møder i {when} i noget år i arkivet.", f"Der er møder i {when} i flere år:"
    if len(places) == 1:
        return places[0][1]
    return Landing(several if places else none, tuple(places[:MOST_CHOICES]))


def _nothing(text: str, first: datetime.date, meetings: MeetingQuerySet) -> Landing:
    """That there is nothing at a time whose first day is `first`, with the nearest meetings before and after."""
    earlier = meetings.filter(date__lt=first).newest_first().first()
    later = meetings.filter(date__gt=first).newest_first().reverse().first()
    choices = [
        (f"{words}: {danish_date(meeting.date)}", reverse("meeting", args=[meeting.slug]))
        for words, meeting in (("Mødet før", earlier), ("Mødet efter", later))
        if meeting
    ]
    return Landing(text, tuple(choices))


def _day_of_any_year(typed: str, day: int, month: int) -> When:
    try:
        datetime.date(2000, month, day)  # 2000 had a 29 February
    except ValueError:
        raise InvalidDate(typed, f"Datoen {typed} findes ikke.") from None
    return When(None, month, day)
