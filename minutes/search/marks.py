"""What has terms of its own in a text: case numbers, dates, months, e-mail addresses (DESIGN, "Search" 1)."""

from __future__ import annotations

import re
from typing import NamedTuple

from minutes.casenumber import CaseNumber, PartialCaseNumber, find_case_numbers
from minutes.parsing.dates import MONTHS, DateMention, find_dates
from minutes.search.words import Term

_MONTH = "|".join(MONTHS)
_YEAR = r"(?:19|20)[0-9]{2}"
_MONTH_AND_YEAR = re.compile(rf"(?<!\w)(?:({_MONTH}),?\s+({_YEAR})|({_YEAR})\s+({_MONTH}))(?!\w)", re.IGNORECASE)
_LOCAL = re.compile(r"[\w.+-]{1,64}\Z")
_DOMAIN = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_UNSAFE = re.compile(r"[^a-z0-9./-]+")


class Mark(NamedTuple):
    """A stretch of a text with terms of its own; `whole` when the words in it are no words ("00.01.00")."""

    start: int
    end: int
    terms: tuple[Term, ...]
    whole: bool


def find_marks(text: str) -> list[Mark]:
    """Every mark in `text` in order, none overlapping another: case numbers first, then addresses, days, months.

    `text` has blanks for underscores.
    """
    marks = [Mark(start, end, case_terms(number), True) for start, end, number in find_case_numbers(text)]
    marks += _addresses(text)
    marks += [Mark(found.start, found.end, date_terms(found), False) for found in find_dates(text) if not found.problem]
    for found in _MONTH_AND_YEAR.finditer(text):
        month, year = (found[1], found[2]) if found[1] else (found[4], found[3])
        marks.append(Mark(found.start(), found.end(), (month_term(MONTHS.index(month.lower()) + 1, int(year)),), False))
    taken = []
    reached = 0
    order = {id(mark): rank for rank, mark in enumerate(marks)}
    for mark in sorted(marks, key=lambda mark: (mark.start, order[id(mark)])):
        if mark.start >= reached and mark.terms:
            taken.append(mark)
            reached = mark.end
    return taken


def case_terms(number: CaseNumber | PartialCaseNumber) -> tuple[Term, ...]:
    """The terms of a case number, from the most to the least that it says.

    Of 00.01.10-P20-1-17: the number, 00.01.10-P20, 00.01.10, 00.01, 00, and P20-1-17, P20-1, P20. Of a part that is
    typed the first says all that was typed. Another body's number has one term, and its digits as parts.
    """
    if number.facet is None and number.subject is None:
        if not isinstance(number, CaseNumber):
            return ()
        text = _UNSAFE.sub("", number.normalised.lower())
        pieces = [piece for piece in re.findall(r"[0-9]{3,}", text) if piece != text]
        return (Term(f"case={text}"), *(Term(piece, part=True) for piece in dict.fromkeys(pieces)))
    subjects = []
    if number.subject:
        steps = number.subject.split(".")
        subjects = [".".join(steps[:count]) for count in range(len(steps), 0, -1)]
    facets = []
    if number.facet:
        steps = [number.facet.lower()]
        if number.serial is not None:
            steps.append(str(number.serial))
            if number.year is not None:
                steps.append(f"{number.year % 100:02}")
        facets = ["-".join(steps[:count]) for count in range(len(steps), 0, -1)]
    whole = [f"case={subjects[0]}-{facet}" for facet in facets] if subjects else []
    return tuple(
        Term(text) for text in (*whole, *(f"case={part}" for part in subjects), *(f"facet={f}" for f in facets))
    )


def date_terms(mention: DateMention) -> tuple[Term, ...]:
    """The terms of a day: the date and its month when the year is known, and day and month."""
    day = Term(f"day={mention.month:02}-{mention.day:02}")
    if mention.year is None:
        return (day,)
    date = Term(f"date={mention.year:04}-{mention.month:02}-{mention.day:02}")
    return (date, month_term(mention.month, mention.year), day)


def month_term(month: int, year: int) -> Term:
    """The term that every day of a month has."""
    return Term(f"month={year:04}-{month:02}")


def _addresses(text: str) -> list[Mark]:
    found = []
    reached = 0
    at = text.find("@")
    while at >= 0:
        local = _LOCAL.search(text, max(reached, at - 64), at)
        domain = _DOMAIN.match(text, at + 1)
        if local and domain:
            reached = domain.end()
            address = re.sub(r"[^\w.@+-]", "", text[local.start() : reached].lower())
            found.append(Mark(local.start(), reached, (Term(address),), False))
        at = text.find("@", at + 1)
    return found
