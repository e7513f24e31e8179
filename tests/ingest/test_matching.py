"""Which stored item a newly read one is: good and bad pairs."""

import pytest

from minutes.ingest.matching import match
from minutes.models import AgendaItem
from tests.factories import make_item


def stored(*items):
    """Rows as they were stored: (number, title, case number)."""
    return [
        AgendaItem(pk=place, key=place, number=number, title=title, printed_title=title, printed_case_number=case or "")
        for place, (number, title, case) in enumerate(items, start=1)
    ]


def read(*items):
    return [make_item(number, title, case_number=case) for number, title, case in items]


CASE = "00.01.00-S00-6-17"
OTHER = "81.00.00-A00-1-17"


@pytest.mark.parametrize(
    ("before", "now", "found"),
    [
        ([(1, "Budget", None)], [(1, "Budget", None)], [1]),
        ([(1, "Budget 2018", CASE)], [(1, "Økonomi i overblik", CASE)], [1]),  # renamed, same number and case
        ([(1, "Budget 2018", CASE)], [(2, "Økonomi i overblik", CASE)], [None]),  # a case recurs within a meeting
        ([(1, "Budget", CASE)], [(1, "Personaleforhold", OTHER)], [None]),
        ([(1, "Budget", None)], [(1, "Personaleforhold", None)], [None]),
        ([(3, "Status på budgetaftalen", None)], [(5, "Status på budgetaftalen for 2017", None)], [1]),
        (
            [(2, "Orientering", None), (5, "Orientering", None)],
            [(3, "Orientering", None), (6, "Orientering", None)],
            [1, 2],
        ),
        (
            [(2, "Orientering", CASE), (3, "Orientering", OTHER)],
            [(2, "Orientering", OTHER), (3, "Orientering", CASE)],
            [2, 1],
        ),
        ([(1, "A", None), (2, "B", None)], [(1, "B", None), (2, "A", None)], [2, 1]),
        ([(1, "", None)], [(1, "", None)], [1]),
        ([], [(1, "Budget", None)], [None]),
        ([(1, "Budget", None)], [], []),
    ],
)
def test_items_are_found_again_by_what_they_are_about(before, now, found):
    assert [row and row.pk for row in match(read(*now), stored(*before))] == found


def test_a_file_made_to_cost_time_does_not():
    """Without a bound this test would take minutes."""
    many = [(number, f"Punkt om noget {number:04}", None) for number in range(1, 1001)]

    found = match(read(*many), stored(*many))

    assert [row.number for row in found] == [number for number, _, _ in many]
