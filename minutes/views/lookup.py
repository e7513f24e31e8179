"""From a case number, or a part of one, as somebody typed it to the cases that have it."""

from __future__ import annotations

import re
from dataclasses import replace

from minutes.casenumber import CaseNumber, InvalidCaseNumber, PartialCaseNumber, parse_case_number, parse_partial
from minutes.filters import without_controls
from minutes.models import Case
from minutes.models.cases import CaseQuerySet

MOST_TYPED = 80  # characters that are read, and that the page repeats
FEWEST_OF_OTHERS = 3  # characters of another body's number that are looked for inside it

_SERIAL_AND_YEAR = re.compile(r"([0-9]{1,9})\s*[/-]\s*((?:19|20)?[0-9]{2})")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def read_typed(text: str) -> str:
    """What was typed, on one line and no longer than the page repeats."""
    return " ".join(without_controls(text).split())[:MOST_TYPED]


def find_case(typed: str, cases: CaseQuerySet) -> Case | None:
    """The one of `cases` whose whole number was typed, in any spelling."""
    number = _whole(typed)
    return cases.filter(normalised=number.normalised).first() if number else None


def find_cases(typed: str, cases: CaseQuerySet) -> tuple[CaseQuerySet, PartialCaseNumber | None]:
    """Those of `cases` in whose number `typed` stands, and what was understood of it as a part of a KLE number."""
    part = _part(typed)
    if part is not None:
        return cases.with_part(part), part
    folded = typed.upper()
    if len(folded) < FEWEST_OF_OTHERS:
        return cases.none(), None
    return cases.filter(main_group="", normalised__contains=folded), None


def _whole(typed: str) -> CaseNumber | None:
    try:
        return parse_case_number(typed)
    except InvalidCaseNumber:
        return None


def _part(typed: str) -> PartialCaseNumber | None:
    """Besides what `parse_partial` reads, a serial number and a year (9/22), and a year alone."""
    try:
        return parse_partial(typed)
    except InvalidCaseNumber:
        pass
    if _YEAR.fullmatch(typed):
        return PartialCaseNumber(year=int(typed))
    if match := _SERIAL_AND_YEAR.fullmatch(typed):
        try:
            return replace(parse_partial(f"A00-{match[1]}-{match[2]}"), facet=None)
        except InvalidCaseNumber:
            return None
    return None
