"""Case rows, made from the numbers that items print."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from minutes.casenumber import CaseNumber, InvalidCaseNumber, parse_case_number
from minutes.models import AgendaItem, Case
from minutes.parsing.samlesag import is_collective

TITLES = 200  # the latest are enough to tell a samlesag


def number_of(printed: str) -> CaseNumber | None:
    """The number that an item prints; None where it prints none, or nothing that can be one."""
    try:
        return parse_case_number(printed) if printed.strip() else None
    except InvalidCaseNumber:
        return None


def cases_of(numbers: Iterable[CaseNumber]) -> dict[str, Case]:
    """The case of each of `numbers` by normalised number; those that the archive did not know are made."""
    wanted = {number.normalised: number for number in numbers}
    known = Case.objects.in_bulk(list(wanted), field_name="normalised")
    new = [_new_case(number) for normalised, number in sorted(wanted.items()) if normalised not in known]
    return {**known, **{case.normalised: case for case in Case.objects.bulk_create(new)}}


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
    """Tell anew which of the cases, given by primary key, are samlesager.

    Open items alone decide where there are any: what a closed item is about must not show in how its case is shown.
    """
    wanted = set(cases)
    titles: dict[int, list[str]] = defaultdict(list)
    closed: dict[int, list[str]] = defaultdict(list)
    for rows, into in ((AgendaItem.objects.open_only(), titles), (AgendaItem.objects.filter(is_closed=True), closed)):
        found = rows.filter(case__in=wanted).newest_first().values_list("case", "title")
        for case, title in found:
            if len(into[case]) < TITLES:
                into[case].append(title)
    changed = []
    for case in Case.objects.filter(pk__in=wanted).order_by("pk"):
        collective = is_collective(titles[case.pk] or closed[case.pk])
        if collective != case.is_collective:
            case.is_collective = collective
            changed.append(case)
    Case.objects.bulk_update(changed, ["is_collective"])
