"""The days, months and case numbers among typed words.

People type more, and less, than minutes print: a search may hold a part of a number in any spelling, and a date without
a cue. What can be meant in two ways ("01.10.16", "30.05") is given as both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from minutes.casenumber import (
    CaseNumber,
    InvalidCaseNumber,
    PartialCaseNumber,
    find_case_number,
    find_case_numbers,
    parse_partial,
)
from minutes.kle import MAIN_GROUPS
from minutes.parsing.dates import MONTHS, DateMention, find_dates
from minutes.search.atoms import Atom, Day, Month, Number, Phrase, Word

_CHUNK = re.compile(r"[^\s,;]+")
_TRAILING = ".,;:?!*/-"
_LONGEST = 6  # pieces of a number typed with blanks: 00 01 10 P20 1 17
_DIGIT = re.compile(r"[0-9]")
_FACET = re.compile(r"[A-Za-z][0-9]{2}")
_SIX_DIGITS = re.compile(r"[0-9]{6}")
_TWO_PAIRS = re.compile(r"([0-9]{2})\.([0-9]{2})")
_THREE_PAIRS = re.compile(r"([0-9]{2})([.-])[0-9]{2}\2[0-9]{2}")
_SPACED_PAIRS = re.compile(r"0[0-9] [0-9]{2} [0-9]{2}")
_DAY_AND_MONTH = re.compile(r"([0-9]{1,2})/([0-9]{1,2})")
_LATER_YEAR = re.compile(r" (?:19|20)[0-9]{2}$")  # "A00 2023": the facet and a year, no serial number
_HOUR = re.compile(r"(?<!\w)kl(?:okken)?[.:]?\s?$", re.IGNORECASE)
_NAMES = "|".join([*MONTHS, r"(?:jan|febr?|mar|apr|jun|jul|aug|sept?|okt|nov|dec)\.?"])
_YEAR = r"(?:19|20)[0-9]{2}"
_MONTH_AND_YEAR = re.compile(rf"(?<!\w)(?:({_NAMES}),?\s+({_YEAR})|({_YEAR})\s+({_NAMES}))(?!\w)", re.IGNORECASE)


class Mention(NamedTuple):
    """A stretch of a text and what may be meant by it, the likeliest first."""

    start: int
    end: int
    atoms: tuple[Atom, ...]


def find_mentions(text: str, *, is_case: bool = False) -> list[Mention]:
    """The mentions in `text`, in order, none overlapping another.

    With `is_case` the text begins with what somebody says is a case number ("sag:00").
    """
    found: list[Mention] = []
    if not _DIGIT.search(text):
        return found
    for mention in _by_certainty(text, is_case):
        if all(mention.end <= other.start or mention.start >= other.end for other in found):
            found.append(mention)
    return sorted(found)


def _by_certainty(text: str, is_case: bool) -> Iterator[Mention]:
    chunks = list(_chunks(text))
    if is_case and chunks:
        yield from _said_to_be_case(text, chunks)
    for start, end, number in find_case_numbers(text):
        yield Mention(start, end, (Number(number, text[start:end]),))
    for first in range(len(chunks)):
        yield from _number_from(text, chunks, first)
    for mention in find_dates(text):
        if day := _day(text, mention):
            yield Mention(mention.start, mention.end, (day, *_as_subject(text[mention.start : mention.end])))
    for match in _MONTH_AND_YEAR.finditer(text):
        name, year = (match[1], match[2]) if match[1] else (match[4], match[3])
        month = next(number for number, full in enumerate(MONTHS, 1) if name.lower()[:3] == full[:3])
        yield Mention(match.start(), match.end(), (Month(int(year), month, match[0]),))
    for start, end in chunks:
        if not _HOUR.search(text, max(0, start - 10), start) and (atoms := _short(text[start:end])):
            yield Mention(start, end, atoms)


def _chunks(text: str) -> Iterator[tuple[int, int]]:
    """Where the pieces between blanks and commas begin and end, without the punctuation after them."""
    for match in _CHUNK.finditer(text):
        kept = match[0].rstrip(_TRAILING)
        if kept:
            yield match.start(), match.start() + len(kept)


def _number_from(text: str, chunks: list[tuple[int, int]], first: int) -> Iterator[Mention]:
    """The longest number with a facet, or whole number of another body, that begins with the chunk `first`."""
    for start, end in _windows(text, chunks, first):
        typed = text[start:end]
        if number := _kle_number(typed):
            alone = _FACET.fullmatch(typed)
            yield Mention(start, end, (Number(number, typed), *([Word(typed)] if alone else [])))
            return
        if " " not in typed and (other := find_case_number(typed)):
            yield Mention(start, end, (Number(other, typed),))
            return
        if _SPACED_PAIRS.fullmatch(typed) and typed[:2] in MAIN_GROUPS:
            yield Mention(start, end, (Number(parse_partial(typed), typed),))
            return


def _windows(text: str, chunks: list[tuple[int, int]], first: int) -> Iterator[tuple[int, int]]:
    """The spans from the chunk `first` over several to itself alone, the longest first; none over punctuation."""
    if not _DIGIT.search(text, *chunks[first]):
        return
    last = first
    while (
        last + 1 < len(chunks)
        and last + 1 < first + _LONGEST
        and text[slice(chunks[last][1], chunks[last + 1][0])].isspace()
    ):
        last += 1
    for at in range(last, first - 1, -1):
        yield chunks[first][0], chunks[at][1]


def _kle_number(typed: str) -> CaseNumber | PartialCaseNumber | None:
    """A KLE number with its facet, whole or not; None when `typed` is anything else."""
    try:
        partial = parse_partial(typed)
    except InvalidCaseNumber:
        return None
    if partial.facet is None or (partial.year is None and _LATER_YEAR.search(typed)):
        return None
    if None not in (partial.subject, partial.serial, partial.year):
        return CaseNumber(typed)
    return partial


def _said_to_be_case(text: str, chunks: list[tuple[int, int]]) -> Iterator[Mention]:
    for start, end in _windows(text, chunks, 0):
        typed = text[start:end]
        number: CaseNumber | PartialCaseNumber | None = _kle_number(typed)
        try:
            number = number or (_subject(typed) if _SIX_DIGITS.fullmatch(typed) else parse_partial(typed))
        except InvalidCaseNumber:
            number = None
        if number and not (" " in typed and _LATER_YEAR.search(typed)):
            yield Mention(start, end, (Number(number, typed),))
            return
    start, end = chunks[0]
    typed = text[start:end]
    if _DIGIT.search(typed) and not typed.isdigit():  # digits alone may be those inside another body's number
        try:
            yield Mention(start, end, (Number(CaseNumber(typed), typed), Word(typed)))
        except InvalidCaseNumber:
            return


def _day(text: str, mention: DateMention) -> Day | None:
    """The day as a value of its own; None for one that does not exist. Its text is read as that day by itself."""
    date = _date_mention(mention.day, mention.month, mention.year)
    if date is None:
        return None
    return _as_day(text[mention.start : mention.end], date)


def _as_day(typed: str, date: DateMention) -> Day:
    alone = find_dates(typed)
    if not (len(alone) == 1 and (alone[0].day, alone[0].month, alone[0].year) == (date.day, date.month, date.year)):
        typed = f"{date.day}. {MONTHS[date.month - 1]} {date.year or ''}".rstrip()  # the 14. of "14. og 26. juni"
    return Day(replace(date, end=len(typed)), typed)


def _date_mention(day: int, month: int, year: int | None) -> DateMention | None:
    """A mention of the day, None when there is none such."""
    if not 1 <= month <= 12:
        return None
    name = f"{day}. {MONTHS[month - 1]} {year or ''}".rstrip()
    found = find_dates(name)
    return found[0] if found and not found[0].problem else None


def _as_subject(typed: str) -> tuple[Number, ...]:
    """The subject that a date may be: 01.10.16."""
    if _THREE_PAIRS.fullmatch(typed) and typed[:2] in MAIN_GROUPS:
        return (Number(_subject(typed), typed),)
    return ()


def _subject(typed: str) -> PartialCaseNumber:
    digits = re.sub(r"[^0-9]", "", typed)
    return PartialCaseNumber(subject=".".join(digits[at : at + 2] for at in range(0, len(digits), 2)))


def _short(typed: str) -> tuple[Atom, ...]:
    """What one piece may be: a subject or a part of one, a day without its year."""
    if subject := _as_subject(typed):
        return subject
    if _SIX_DIGITS.fullmatch(typed):
        return (Number(_subject(typed), typed), Word(typed)) if typed[:2] in MAIN_GROUPS else ()
    if match := _TWO_PAIRS.fullmatch(typed):
        number = Number(_subject(typed), typed) if match[1] in MAIN_GROUPS else None
        date = _date_mention(int(match[1]), int(match[2]), None)
        days = [_as_day(typed, date)] if date else []
        return (number, *days) if number else (*days, Word(typed)) if days else ()
    if match := _DAY_AND_MONTH.fullmatch(typed):
        date = _date_mention(int(match[1]), int(match[2]), None)
        return (_as_day(typed, date), Phrase((match[1], match[2]), typed)) if date else ()
    return ()
