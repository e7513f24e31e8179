"""Stretches of time named in minutes, with their first and last day: days, weeks, months, seasons, holidays, years.

What a word leaves open is settled here, once:

- *primo*, *medio*, *ultimo* are the beginning, the middle and the end of a period, without fixed days. Here they are
  its thirds: of a month to the 10th, from the 11th to the 20th, and the rest; of a quarter its months; of a year four
  months each.
- Seasons are three whole months, spring from March on.
- Pupils' summer holiday begins on the last Saturday of June (folkeskoleloven § 14 a): "inden sommerferien", and
  "inden sommer" too, is before July; "efter sommerferien" is in August. The school year begins on 1 August.
- The autumn holiday is week 42, the winter holiday week 7 or 8: "inden vinterferien" is before week 7. "Inden jul" is
  before 24 December, "inden påske" before Maundy Thursday.
- A period without a year is the first that is not over at the meeting; a season that is more than half gone is the
  next one.
"""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from minutes.parsing.dates import MONTHS, find_dates, resolve

Precision = Literal["dag", "uge", "måned", "del af år", "år"]

_ONE_DAY = datetime.timedelta(days=1)
_MONTH = "|".join(MONTHS)
_YEAR = r"(?:(?:19|20)[0-9]{2})(?![0-9]|[-–/][0-9]|[.,][0-9])"
_ORDINALS = {"1": 1, "første": 1, "2": 2, "andet": 2, "3": 3, "tredje": 3, "4": 4, "fjerde": 4}
_NUMBERS = {
    "en": 1,
    "én": 1,
    "et": 1,
    "ét": 1,
    "to": 2,
    "tre": 3,
    "fire": 4,
    "fem": 5,
    "seks": 6,
    "syv": 7,
    "otte": 8,
    "ni": 9,
    "ti": 10,
    "tolv": 12,
    "fjorten": 14,
}
_COUNT = "|".join(_NUMBERS)
_SEASONS = {"forår": 3, "sommer": 6, "efterår": 9, "vinter": 12}
_THIRDS = {
    "primo": 0,
    "starten": 0,
    "begyndelsen": 0,
    "først": 0,
    "medio": 1,
    "midten": 1,
    "midt": 1,
    "ultimo": 2,
    "slutningen": 2,
    "sidst": 2,
}
_PERIOD = re.compile(
    rf"(?<![\w-])(?:"
    rf"(?:(?P<third>primo|medio|ultimo)\s+|(?P<part>starten|begyndelsen|midten|slutningen)\s+af\s+"
    rf"|(?P<place>først|midt|sidst)\s+i\s+)?"
    rf"(?:(?P<month>{_MONTH})(?:\s+(?P<month_year>{_YEAR}))?"
    rf"|(?:(?P<quarter>[1-4]\.|første|andet|tredje|fjerde)\s*kvartal|Q(?P<q>[1-4]))(?:\s+(?P<quarter_year>{_YEAR}))?"
    rf"|(?P<half>[12]\.|første|andet)\s*halvår(?:\s+(?P<half_year>{_YEAR}))?"
    rf"|(?P<year>{_YEAR})|(?P<this_year>året|året\s+ud|indeværende\s+år))"
    rf"|uge(?:rne)?\s+(?P<week>[0-9]{{1,2}})(?:\s*(?:-|–|/|og|til)\s*(?P<to_week>[0-9]{{1,2}}))?(?![0-9/%]|[.,][0-9])"
    rf"(?:,?\s+(?:i\s+)?(?P<week_year>{_YEAR}))?"
    rf"|(?P<season>forår|efterår|sommer|vinter)(?P<definite>en|et)?(?:\s+(?P<season_year>{_YEAR}|(?:19|20)[0-9]{{2}}(?=/))(?:/[0-9]{{2,4}})?)?(?!\w)"
    r"|(?P<holiday>sommerferien|efterårsferien|vinterferien|juleferien|julen|jul|nytår|årsskiftet|påskeferien|påsken"
    r"|påske|det\s+nye\s+år)"
    r"|(?P<year_end>årets\s+(?:udgang|udløb|slutning|afslutning))"
    r"|(?P<next>næste|kommende|denne|indeværende)\s+(?P<unit>uge|måned|kvartal|skoleår|år)"
    rf"|(?P<count>[0-9]{{1,3}}|{_COUNT}|et\s+halvt)\s+(?P<counted>dage|dag|uger|uge|måneder|måned|år)"
    r")(?!\w)",
    re.IGNORECASE,
)
_COUNTS_FROM_NOW = re.compile(r"\b(?:om|inden\s+for|indenfor)\s+(?:de\s+(?:næste|kommende)\s+)?$", re.IGNORECASE)
_REACH = 30  # characters before a count in which "om" stands
_SEASON_NEEDS = re.compile(r"\b(?:til|næste)\s+$", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:inden|før|efter)\s+$", re.IGNORECASE)
_OF_THE_YEAR = re.compile(
    r"\b(?:(?:løbet|udgangen|slutningen|udløbet)\s+af|senere\s+på|inden\s+for)\s+$", re.IGNORECASE
)
_RANGE = re.compile(r"\.?\s?(?:-|–|til)\s?(?:den\s|d\.\s?)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Period:
    """Where a period stands in the text, its first and last day, and how exactly it is named.

    `counted` marks "14 dage" after "om" or "inden for"; `holiday` one of which people say "efter" as of a time;
    `begun_by` one of which "til" means its beginning: "til næste skoleår".
    """

    start: int
    end: int
    first: datetime.date
    last: datetime.date
    precision: Precision
    counted: bool = False
    holiday: bool = False
    begun_by: bool = False


def find_periods(text: str, meeting: datetime.date) -> list[Period]:
    """Every period named in `text`, read at a meeting on that day, in order, none overlapping another."""
    days = _days(text, meeting)
    taken = [(start, end) for start, end, _ in days]
    found = [Period(start, end, day, day, "dag") for start, end, day in days if day]
    place = 0
    for match in _PERIOD.finditer(text):
        while place < len(taken) and taken[place][1] <= match.start():
            place += 1
        if place < len(taken) and taken[place][0] < match.end():
            continue
        try:
            found += _period(match, meeting)
        except (OverflowError, ValueError):
            continue  # a day that the calendar does not have: week 53 of most years, a month after the year 9999
    return sorted(found, key=lambda period: period.start)


def _days(text: str, meeting: datetime.date) -> list[tuple[int, int, datetime.date | None]]:
    """The days named; "12.-14. juni" is its last one. None for a day that does not exist."""
    days: list[tuple[int, int, datetime.date | None]] = []
    for mention in find_dates(text):
        start = mention.start
        if days and mention.year is None and _RANGE.fullmatch(text, days[-1][1], start):
            start, _, _ = days.pop()
        days.append((start, mention.end, resolve(mention, meeting, "coming")))
    return days


def _period(match: re.Match[str], meeting: datetime.date) -> Iterator[Period]:
    """What a match says, as a list of one, or of none."""
    found = _span(match, meeting)
    if found is None:
        return
    first, last, precision = found
    third = match["third"] or match["part"] or match["place"]
    if third:
        first, last = _third(first, last, _THIRDS[third.lower()])
        if last < meeting and not _year_of(match):
            return
    is_holiday = bool(match["holiday"]) or ((match["season"] or "").lower() == "sommer" and first.month == 7)
    yield Period(
        match.start(),
        match.end(),
        first,
        last,
        precision,
        bool(match["count"]),
        is_holiday,
        (match["unit"] or "").lower() == "skoleår",
    )


def _span(match: re.Match[str], meeting: datetime.date) -> tuple[datetime.date, datetime.date, Precision] | None:
    year = _year_of(match)
    if match["month"]:
        return *_months(MONTHS.index(match["month"].lower()) + 1, 1, year, meeting), "måned"
    if quarter := match["quarter"] or match["q"]:
        return *_months(_ORDINALS[quarter.lower().rstrip(".")] * 3 - 2, 3, year, meeting), "del af år"
    if match["half"]:
        return *_months(_ORDINALS[match["half"].lower().rstrip(".")] * 6 - 5, 6, year, meeting), "del af år"
    if match["year_end"]:
        return datetime.date(meeting.year + 1, 1, 1), datetime.date(meeting.year, 12, 31), "år"
    if match["year"] or match["this_year"]:
        if match["this_year"] and not (match["part"] or _before(match, _OF_THE_YEAR)):
            return None
        year = year or meeting.year
        return datetime.date(year, 1, 1), datetime.date(year, 12, 31), "år"
    if match["week"]:
        return _weeks(int(match["week"]), int(match["to_week"] or match["week"]), year, meeting)
    if match["season"]:
        return _season(match, year, meeting)
    if match["holiday"]:
        return _holiday(" ".join(match["holiday"].lower().split()), meeting)
    if match["next"]:
        return _next(match["unit"].lower(), meeting, here=match["next"].lower() in ("denne", "indeværende"))
    return _from_now(match, meeting)


def _year_of(match: re.Match[str]) -> int | None:
    printed = next((match[name] for name in _YEAR_GROUPS if match[name]), None)
    return int(printed) if printed else None


_YEAR_GROUPS = ("month_year", "quarter_year", "half_year", "year", "week_year", "season_year")


def _season(
    match: re.Match[str], year: int | None, meeting: datetime.date
) -> tuple[datetime.date, datetime.date, Precision] | None:
    """ "foråret", and "forår" after a preposition; "inden sommeren" is before the holiday."""
    name = match["season"].lower()
    if name == "sommer" and not year and _before(match, _RELATIVE):
        return _holiday("sommerferien", meeting)
    if not (match["definite"] or year or _before(match, _SEASON_NEEDS)):
        return None
    return *_months(_SEASONS[name], 3, year, meeting, half_gone=True), "del af år"


def _before(match: re.Match[str], form: re.Pattern[str]) -> bool:
    return bool(form.search(match.string, max(0, match.start() - _REACH), match.start()))


def _months(
    month: int, count: int, year: int | None, meeting: datetime.date, *, half_gone: bool = False
) -> tuple[datetime.date, datetime.date]:
    """`count` months from `month` on; without a year the first such that are not over."""
    years = [year] if year else [meeting.year - 1, meeting.year, meeting.year + 1]
    for one in years:
        first = datetime.date(one, month, 1)
        last_year, last_month = one + (month + count - 2) // 12, (month + count - 2) % 12 + 1
        last = datetime.date(last_year, last_month, monthrange(last_year, last_month)[1])
        gone = first + (last - first) / 2 if half_gone else last
        if year or gone >= meeting:
            break
    return first, last


def _third(first: datetime.date, last: datetime.date, third: int) -> tuple[datetime.date, datetime.date]:
    if first.month == last.month and first.year == last.year:
        starts = [first, first.replace(day=11), first.replace(day=21)]
    else:
        months = (last.month - first.month + 1) // 3
        starts = [first.replace(month=first.month + months * place) for place in range(3)]
    return starts[third], starts[third + 1] - _ONE_DAY if third < 2 else last


def _weeks(
    week: int, to_week: int, year: int | None, meeting: datetime.date
) -> tuple[datetime.date, datetime.date, Precision] | None:
    for one in [year] if year else [meeting.year, meeting.year + 1]:
        first = datetime.date.fromisocalendar(one, week, 1)
        last = datetime.date.fromisocalendar(one, to_week if to_week > week else week, 7)
        if year or last >= meeting:
            return first, last, "uge"
    return None


def _holiday(name: str, meeting: datetime.date) -> tuple[datetime.date, datetime.date, Precision]:
    """`first` is its first day, and `last` the last on which one says "efter" it."""
    for year in (meeting.year, meeting.year + 1):
        if name in ("nytår", "årsskiftet", "det nye år"):
            first, last = datetime.date(year + 1, 1, 1), datetime.date(year + 1, 1, 31)
        elif name.startswith("jul"):
            first, last = datetime.date(year, 12, 24), datetime.date(year + 1, 1, 31)
        elif name == "sommerferien":
            first, last = datetime.date(year, 7, 1), datetime.date(year, 8, 31)
        elif name == "efterårsferien":
            first, last = datetime.date.fromisocalendar(year, 42, 1), datetime.date(year, 10, 31)
        elif name == "vinterferien":
            first, last = datetime.date.fromisocalendar(year, 7, 1), datetime.date(year, 2, 28)
        else:
            easter = _easter(year)
            first, last = easter - 3 * _ONE_DAY, easter + 28 * _ONE_DAY
        if first > meeting:
            break
    return first, last, "del af år"


def _easter(year: int) -> datetime.date:
    """Easter Sunday, by the rule of Meeus, Jones and Butcher."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return datetime.date(year, month, day + 1)


def _next(unit: str, meeting: datetime.date, *, here: bool) -> tuple[datetime.date, datetime.date, Precision]:
    """ "næste uge", "næste år"; `here` for "denne" and "indeværende"."""
    if unit == "uge":
        first = meeting + datetime.timedelta(days=(0 if here else 7) - meeting.weekday())
        return first, first + 6 * _ONE_DAY, "uge"
    if unit == "år":
        year = meeting.year + (0 if here else 1)
        return datetime.date(year, 1, 1), datetime.date(year, 12, 31), "år"
    if unit == "skoleår":
        year = meeting.year + (0 if meeting.month < 8 else 1) - (1 if here else 0)
        return datetime.date(year, 8, 1), datetime.date(year + 1, 7, 31), "år"
    count = 1 if unit == "måned" else 3
    month = meeting.month - (meeting.month - 1) % count
    first, last = _months(month, count, meeting.year, meeting)
    if not here:
        first = last + _ONE_DAY
        first, last = _months(first.month, count, first.year, meeting)
    return first, last, "måned" if count == 1 else "del af år"


def _from_now(match: re.Match[str], meeting: datetime.date) -> tuple[datetime.date, datetime.date, Precision] | None:
    """ "14 dage", counted from the meeting: only after "om" or "inden for"."""
    if not _before(match, _COUNTS_FROM_NOW):
        return None
    printed, unit = " ".join(match["count"].lower().split()), match["counted"].lower()
    if printed == "et halvt" and unit == "år":
        return meeting, _months_on(meeting, 6), "måned"
    number = int(printed) if printed.isdecimal() else _NUMBERS.get(printed)
    if not number:
        return None
    if unit.startswith("dag"):
        return meeting, meeting + number * _ONE_DAY, "dag"
    if unit.startswith("uge"):
        return meeting, meeting + 7 * number * _ONE_DAY, "uge"
    if unit.startswith("måned"):
        return meeting, _months_on(meeting, number), "måned"
    return meeting, _months_on(meeting, 12 * number), "år"


def _months_on(day: datetime.date, months: int) -> datetime.date:
    year, month = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1
    return datetime.date(year, month, min(day.day, monthrange(year, month)[1]))
