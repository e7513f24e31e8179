"""Which stored item a newly read one is.

A new edition may insert, drop, move or rename items. Links and corrections hang on the stored item, so it has to be
found again: by what it is about (title, case number) rather than by its number alone. Where titles are alike, as
"Orientering" twice in one meeting, case number and the nearer number decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from minutes.models import AgendaItem
from minutes.parsing.types import Item

ALIKE = 0.6  # of two titles; "Budget 2017" and "Budget 2018" are .91, "Status på økonomi" and "Evt." .09
MANY_PAIRS = 10_000  # no known meeting has 100 items; a file made to cost time is compared by title and number alone
LONGEST = 300  # characters of a title that are compared


def match(items: Sequence[Item], stored: Sequence[AgendaItem]) -> list[AgendaItem | None]:
    """For each of `items` its stored item, None for one that is new. No stored item is given twice."""
    if len(items) * len(stored) > MANY_PAIRS:
        same = {(_folded(row.printed_title), row.number): row for row in stored}
        return [same.get((_folded(item.title), item.number)) for item in items]
    scored = [
        (score, -abs(item.number - row.number), -new, -old)
        for new, item in enumerate(items)
        for old, row in enumerate(stored)
        if (score := _likeness(item, row)) > 0
    ]
    found: list[AgendaItem | None] = [None] * len(items)
    taken: set[int] = set()
    for _, _, new, old in sorted(scored, reverse=True):
        if found[-new] is None and -old not in taken:
            found[-new] = stored[-old]
            taken.add(-old)
    return found


def _likeness(item: Item, row: AgendaItem) -> float:
    """0 for two that cannot be the same, else the higher the likelier."""
    alike = _ratio(_folded(item.title), _folded(row.printed_title))
    same_case = bool(item.case_number) and item.case_number == row.printed_case_number
    same_number = item.number == row.number
    if alike < ALIKE and not (same_case and same_number):
        return 0.0
    return alike + 0.5 * same_case + 0.25 * same_number


def _ratio(title: str, other: str) -> float:
    if title == other:
        return 1.0
    matcher = SequenceMatcher(None, title, other, autojunk=False)
    return 0.0 if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE else matcher.ratio()


def _folded(title: str) -> str:
    return " ".join(title[:LONGEST].casefold().split())
