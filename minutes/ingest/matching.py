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
    found = _unmistakable(items, stored)
    taken = {row.pk for row in found if row is not None}
    scored = [
        (score, -abs(item.number - row.number), -new, -old)
        for new, item in enumerate(items)
        if found[new] is None
        for old, row in enumerate(stored)
        if row.pk not in taken and (score := _likeness(item, row)) > 0
    ]
    for _, _, new, old in sorted(scored, reverse=True):
        if found[-new] is None and stored[-old].pk not in taken:
            found[-new] = stored[-old]
            taken.add(stored[-old].pk)
    return found


def _unmistakable(items: Sequence[Item], stored: Sequence[AgendaItem]) -> list[AgendaItem | None]:
    """The stored items with the same number, title and case: nothing can be likelier, so most of a meeting's pairs need
    not be compared."""
    left = {row.number: row for row in stored}
    found: list[AgendaItem | None] = []
    for item in items:
        row = left.get(item.number)
        found.append(left.pop(item.number) if row is not None and _is_same(item, row) else None)
    return found


def _is_same(item: Item, row: AgendaItem) -> bool:
    same_case = (item.case_number or "") == row.printed_case_number
    return same_case and _folded(item.title) == _folded(row.printed_title)


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
