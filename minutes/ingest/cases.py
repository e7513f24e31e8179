"""Case rows, made from the numbers that items print."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from minutes.casenumber import CaseNumber, InvalidCaseNumber, parse_case_number
from minutes.models import AgendaItem, Case
from minutes.parsing.samlesag import is_collective

TITLES = 60  # the latest are enough to tell a samlesag, and each is compared with every other


def number_of(printed: str) -> CaseNumber | None:
    """The number that an item prints; None where it prints none, or nothing that can be one."""
    try:
        return number_in(printed)
    except InvalidCaseNumber:
        return None


def number_in(text: str) -> CaseNumber | None:
    """The number that `text` is; None where it is blank. Raises InvalidCaseNumber for anything else."""
    return parse_case_number(text) if text.strip() else None


@dataclass(frozen=True, slots=True)
class Given:
    """The cases of some items by normalised number, and those among them that the archive did not know before."""

    by_number: dict[str, Case]
    new: list[Case]

    @property
    def all(self) -> list[Case]:
        """Known and new."""
        return list(self.by_number.values())


def cases_of(numbers: Iterable[CaseNumber]) -> Given:
    """The case of each of `numbers`; those that the archive did not know are made."""
    wanted = {number.normalised: number for number in numbers}
    known = Case.objects.in_bulk(list(wanted), field_name="normalised")
    new = [_new_case(number) for normalised, number in sorted(wanted.items()) if normalised not in known]
    Case.objects.bulk_create(new)
    return Given({**known, **{case.normalised: case for case in new}}, new)


def _new_case(number: CaseNumber) -> Case:
    return Case(
        number=number.printed,
        normalised=number.normalised,
        slug=number.slug,
        main_group=number.main_group or "",
        subject=number.subject or "",
        facet=number.facet or "",
        serial=number.serial,
        year=number.year,
    )


def mark_collective(cases: Iterable[int]) -> None:
    """Tell anew which of the cases, given by primary key, are samlesager, and how their numbers are spelled.

    Open items alone decide where there are any: what a closed item is about must not show in how its case is shown,
    nor how it prints the number.
    """
    open_titles: dict[int, list[str]] = defaultdict(list)
    closed_titles: dict[int, list[str]] = defaultdict(list)
    spellings: dict[int, dict[str, None]] = defaultdict(dict)  # of open items, the latest first
    marked: dict[int, tuple[bool, str]] = {}
    rows = AgendaItem.objects.filter(case__in=set(cases)).newest_first()
    closed = Q(is_closed=True) | Q(meeting__is_closed=True)
    columns = ("case", "case__is_collective", "case__number", "title", "printed_case_number", closed)
    for case, mark, number, title, printed, is_closed in rows.values_list(*columns):
        marked[case] = mark, number
        titles = closed_titles[case] if is_closed else open_titles[case]
        if len(titles) < TITLES:
            titles.append(title)
        if not is_closed:
            spellings[case][printed.strip()] = None
    for case, stored in sorted(marked.items()):
        collective = is_collective(open_titles[case] or closed_titles[case])
        number = stored[1] if stored[1] in spellings[case] else next(reversed(spellings[case]), stored[1])
        if (collective, number) != stored:
            Case.objects.filter(pk=case).update(is_collective=collective, number=number)
