"""Dates and times as minutes print them and people type them (DOMAIN, irregularity 13).

A number is taken for a date only when it can be nothing else: in "afsnit 2.1" and "2/3 af medarbejderne" stands none,
in "d. 26.9" and "2/3 2017" there does. "medio august" and "ultimo november" are no days and are left alone.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Direction = Literal["past", "coming", "nearest"]

MONTHS = (
    *("januar", "februar", "marts", "april", "maj", "juni"),
    *("juli", "august", "september", "oktober", "november", "december"),
)
WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")

_DASHES = str.maketrans("‐‑‒–−", "-----")
_MONTH = "|".join([*MONTHS, r"(?:jan|febr?|mar|apr|jun|jul|aug|sept?|okt|nov|dec)\.?"])
_WEEKDAY = "|".join(rf"{name}(?:en|s)?|{name.removesuffix('dag')}\." for name in WEEKDAYS)
_BLANK = "[ \u00a0]"

# Not inside a word, a number or another date, but after "d." and the first of two: 1.3.2021-28.2.2025, 12.-14. juni.
_DIGITS = re.compile("[0-9]+")
_START = r"(?:(?<![\w.,/-])|(?<=\b[dD]\.)|(?<=[12][0-9]{3}-)|(?<=[0-9]\.-))"
_END = r"(?![0-9A-Za-zÆØÅæøå]|[.,/][0-9]|-[A-Za-z][0-9])"
_DAY, _MONTH_NUMBER = "(?P<day>[0-9]{1,2})", "(?P<month>[0-9]{1,2})"
_LONG_YEAR, _YEAR = "(?P<year>(?:19|20)[0-9]{2})", "(?P<year>(?:19|20)[0-9]{2}|[0-9]{2}(?!-[0-9]))"
_FORMS = tuple(
    re.compile(_START + form, re.IGNORECASE)
    for form in (
        # 14. juni 2017, d.15. september, 29.september, 3 okt. '17
        rf"{_DAY}(?:\.\s*|\s+)(?P<month>{_MONTH})(?![a-zæøå])"
        rf"(?:,?\s*{_LONG_YEAR}(?![0-9])|\s*['’](?P<short_year>[0-9]{{2}})(?![0-9]))?",
        # 11-10-2016, 1.3.2021, 14/6/17, 2/3-17
        rf"{_DAY}(?:-{_MONTH_NUMBER}-){_YEAR}{_END}",
        rf"{_DAY}\.{_BLANK}?{_MONTH_NUMBER}(?:\.{_BLANK}?|-){_YEAR}{_END}",
        rf"{_DAY}/{_MONTH_NUMBER}{_BLANK}?[/-]{_BLANK}?{_YEAR}{_END}",
        # 2/3 2017, 26.9 2017
        rf"{_DAY}[./]{_MONTH_NUMBER}{_BLANK}{_LONG_YEAR}{_END}",
        # 2017-06-14
        rf"{_LONG_YEAR}-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})(?![0-9-])",
    )
)
# 26.9 and 2/3, dates only after a cue: d. 26.9, mødet 2/3
_BARE_FORM = re.compile(
    rf"{_START}{_DAY}[./]{_MONTH_NUMBER}{_END}(?!-[a-zæøå]|{_BLANK}?(?:%|kr|mio|mia))", re.IGNORECASE
)
_CUE = re.compile(
    rf"\b(?:(?:{_WEEKDAY}),?\s+(?:den\s+|d\.?\s*)?|den\s+|d\.\s*"
    r"|(?:møde|mødet|senest|inden|frist|fristen|deadline):?\s+(?:den\s+|d\.?\s*)?)$",
    re.IGNORECASE,
)
_LEAD = re.compile(rf"(?:(?:{_WEEKDAY}),?\s+)?(?:den\s+|d\.?\s*)?", re.IGNORECASE)
_WEEKDAY_BEFORE = re.compile(rf"\b({_WEEKDAY}),?\s+(?:den\s+|d\.?\s*)?$", re.IGNORECASE)
_REACH = 24  # characters before a date in which its cue or its weekday stands
# The 14. of "14. og 26. juni" and of "14.-16. juni"
_EARLIER_DAY = re.compile(
    r"(?<![\w.,/-])(?P<day>[0-9]{1,2})\.\s?(?:og|eller|samt|til|,|-)\s?(?:den\s|d\.\s?)?$", re.IGNORECASE
)
_EARLIER_REACH = 16  # characters that the longest such beginning takes

_DIGIT = re.compile("[0-9]")
_TIME = re.compile(r"\bkl(?:okken)?\b\.?\s*([0-9]{1,2})(?:[.:,]?([0-9]{2}))?(?![0-9])", re.IGNORECASE)
_BARE_TIME = re.compile(r"(?<![0-9.:])([0-9]{1,2}):([0-9]{2})(?![0-9])")
_TIME_AFTER_DATE = re.compile(r",?\s+([0-9]{1,2})\.([0-9]{2})(?![0-9.])")


class InvalidDate(ValueError):
    """The text is no date, or one that cannot be. The message is Danish and for people."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(reason)
        self.text = text


@dataclass(frozen=True, slots=True)
class DateMention:
    """A day named in a text; `start` and `end` enclose its digits and words, not "onsdag den" before it."""

    start: int
    end: int
    day: int
    month: int
    year: int | None  # None where none is printed
    weekday: int | None = None  # 0 Monday, where one is printed
    problem: str | None = None  # Danish: the day does not exist, or the weekday is another

    @property
    def date(self) -> datetime.date | None:
        """The date, None without a year and for a day that does not exist."""
        return None if self.year is None else _date(self.year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class MeetingTime:
    """When a meeting took place. `problem` says in Danish what is missing or cannot be."""

    date: datetime.date | None
    start_time: datetime.time | None
    problem: str | None = None


def find_dates(text: str) -> list[DateMention]:
    """Every day named in `text`, in order, none overlapping another."""
    if not _DIGIT.search(text):
        return []  # most sentences: seven patterns need not look at them
    text = text.translate(_DASHES)
    mentions: list[DateMention] = []
    reached = 0
    for digits in _DIGITS.finditer(text):
        if digits.start() < reached:
            continue
        mention = max(_mentions_at(text, digits.start()), key=lambda found: found.end, default=None)
        if mention is not None:
            mentions += [*_earlier_days(text, mention, reached), mention]
            reached = mention.end
    return mentions


def parse_date(text: str) -> datetime.date:
    """The date that `text` is, in any form that find_dates knows, with its year. Raises InvalidDate."""
    stripped = text.translate(_DASHES).strip()
    lead = _LEAD.match(stripped)
    for form in (*_FORMS, _BARE_FORM):
        match = form.fullmatch(stripped.rstrip("."), lead.end() if lead else 0)
        mention = _mention(match) if match else None
        if mention is None:
            continue
        if mention.problem:
            raise InvalidDate(text, mention.problem)
        if mention.date is None:
            raise InvalidDate(text, f"Der mangler et årstal i ”{stripped}”.")
        return mention.date
    raise InvalidDate(text, f"”{stripped[:40]}” er ikke en dato; skriv for eksempel 14. juni 2017 eller 14-06-2017.")


def parse_meeting_time(text: str) -> MeetingTime:
    """Date and start of a meeting from the line that names them: the first date and the first time in it.

    A weekday that does not fit is a problem, but the date stands: the numbers are what people copy.
    """
    problems = []
    mention = next(iter(find_dates(text)), None)
    if mention is None:
        problems.append("Der står ingen dato.")
    elif mention.problem:
        problems.append(mention.problem)
    elif mention.year is None:
        problems.append(f"Der mangler et årstal i datoen ”{text[mention.start : mention.end]}”.")
    start_time = None
    after = _TIME_AFTER_DATE.match(text, mention.end) if mention else None
    if match := _TIME.search(text) or _BARE_TIME.search(text) or after:
        hour, minute = int(match[1]), int(match[2] or 0)
        if hour < 24 and minute < 60:
            start_time = datetime.time(hour, minute)
        else:
            problems.append(f"Klokkeslættet {hour}:{minute:02} findes ikke.")
    return MeetingTime(mention.date if mention else None, start_time, " ".join(problems) or None)


def resolve(mention: DateMention, meeting: datetime.date, direction: Direction = "nearest") -> datetime.date | None:
    """The date meant at a meeting by a mention that may lack its year; None for a day that does not exist.

    Without a year it is the nearest to the meeting, on the side that `direction` says (the meeting's own day is on
    both); among those the printed weekday fits, if it fits any.
    """
    if mention.year is not None:
        return mention.date
    years = range(max(meeting.year - 7, datetime.MINYEAR), min(meeting.year + 7, datetime.MAXYEAR) + 1)
    dates = [date for year in years if (date := _date(year, mention.month, mention.day))]
    if direction == "past":
        dates = [date for date in dates if date <= meeting]
    elif direction == "coming":
        dates = [date for date in dates if date >= meeting]
    close = [date for date in dates if abs(date.year - meeting.year) <= 1] or dates
    fitting = [date for date in close if mention.weekday in (None, date.weekday())] or close
    return min(fitting, key=lambda date: abs(date - meeting), default=None)


def full_year(digits: str) -> int:
    """A printed year: four digits as they stand, two as a year of 1970-2069 (as in case numbers)."""
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (1900 if year >= 70 else 2000)


def _mentions_at(text: str, start: int) -> Iterator[DateMention]:
    """What the digits at `start` may begin, in every form that fits."""
    for form in _FORMS:
        if (match := form.match(text, start)) and (mention := _mention(match)):
            yield mention
    bare = _BARE_FORM.match(text, start)
    if bare and _CUE.search(text, max(0, start - _REACH), start) and (mention := _mention(bare)):
        yield mention


def _mention(match: re.Match[str]) -> DateMention | None:
    """What a match says; None when it can be no date, and nothing shows that it was meant as one."""
    groups = match.groupdict()
    named = not groups["month"].isdigit()
    month = _month(groups["month"]) if named else int(groups["month"])
    day = int(groups["day"])
    year_digits = groups.get("year") or groups.get("short_year")
    year = full_year(year_digits) if year_digits else None
    printed_weekday = _WEEKDAY_BEFORE.search(match.string, max(0, match.start() - _REACH), match.start())
    weekday = _weekday(printed_weekday[1]) if printed_weekday else None
    problem = _problem(day, month, year, weekday)
    meant = named or len(year_digits or "") == 4
    if not meant and _date(year or 2000, month, day) is None:
        return None
    return DateMention(match.start(), match.end(), day, month, year, weekday, problem)


def _earlier_days(text: str, mention: DateMention, reached: int) -> list[DateMention]:
    """The days before `mention` that share its month and year, the first of them not before `reached`."""
    start = mention.start
    earlier: list[DateMention] = []
    while match := _EARLIER_DAY.search(text, max(reached, start - _EARLIER_REACH), start):
        start, day = match.start(), int(match["day"])
        problem = _problem(day, mention.month, mention.year, None)
        earlier.append(DateMention(start, match.end("day"), day, mention.month, mention.year, None, problem))
    return earlier[::-1]


def _problem(day: int, month: int, year: int | None, weekday: int | None) -> str | None:
    date = _date(year or 2000, month, day)  # 2000 had a 29 February
    name = MONTHS[month - 1] if 1 <= month <= 12 else f"{month}."
    shown = f"{day}. {name} {year or ''}".rstrip()
    if date is None:
        return f"{shown} findes ikke."
    if year is not None and weekday is not None and weekday != date.weekday():
        return f"{shown} er en {WEEKDAYS[date.weekday()]}, ikke en {WEEKDAYS[weekday]}."
    return None


def _month(printed: str) -> int:
    return next(number for number, name in enumerate(MONTHS, 1) if printed.lower()[:3] == name[:3])


def _weekday(printed: str) -> int:
    return next(number for number, name in enumerate(WEEKDAYS) if printed.lower()[:2] == name[:2])


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
