"""Case rows and samlesager."""

import pytest

from minutes.models import Case
from tests.factories import ingest, make_item, make_meeting, make_minutes

pytestmark = pytest.mark.django_db

NUMBER = "00.01.00-P35-9-22"
UNRELATED = ["Godkendelse af referat", "Status på it", "Eventuelt", "Trivselsmåling"]


def test_a_case_recurs_inside_a_meeting_and_across_meetings():
    items = [
        make_item(1, "Budget", case_number="00.01.10-A00-3-16"),
        make_item(2, "Budget", case_number="00.01.10-a00-3-2016"),
    ]
    make_meeting(items=items)
    make_meeting("2017-07-01", items=items[:1])

    case = Case.objects.get()
    assert (case.subject, case.facet, case.serial, case.year, case.main_group) == ("00.01.10", "A00", 3, 2016, "00")
    assert case.slug == "00.01.10-A00-3-16"
    assert case.items.count() == 3


def test_titles_that_have_nothing_in_common_make_a_samlesag():
    make_meeting(items=[make_item(place, title, case_number=NUMBER) for place, title in enumerate(UNRELATED, start=1)])

    assert Case.objects.get().is_collective


def test_a_new_edition_can_take_that_back():
    make_meeting(items=[make_item(place, title, case_number=NUMBER) for place, title in enumerate(UNRELATED, start=1)])

    ingest(make_minutes(items=[make_item(1, UNRELATED[0], case_number=NUMBER), make_item(2, UNRELATED[1])]))

    assert not Case.objects.get().is_collective


def test_closed_items_do_not_make_a_samlesag_of_an_open_case():
    items = [make_item(1, UNRELATED[1], case_number=NUMBER)]
    items += [
        make_item(place, title, case_number=NUMBER, closed=True) for place, title in enumerate(UNRELATED, start=2)
    ]
    make_meeting(items=items)

    assert not Case.objects.get().is_collective


def test_a_case_is_spelled_as_an_open_item_prints_it():
    closed = make_item(1, "Opsigelse", case_number="00-01-10 a00 3 2016", closed=True)
    make_meeting(items=[closed])
    assert Case.objects.get().number == "00-01-10 a00 3 2016"

    make_meeting("2017-07-01", items=[make_item(1, "Budget", case_number="00.01.10-A00-3-16")])
    assert Case.objects.get().number == "00.01.10-A00-3-16"

    make_meeting("2017-08-01", items=[make_item(1, "Budget", case_number="00.01.10 A00 3 16")])
    assert Case.objects.get().number == "00.01.10-A00-3-16"  # the first that was open stands


def test_cases_are_in_order_of_subject_facet_year_and_serial_with_others_after():
    numbers = [
        "14/45987",
        "00.01.10-A00-10-16",
        "00.01.10-A00-9-16",
        "00.01.10-A00-1-17",
        "00.01.00-S00-6-17",
        "9/12345",
    ]
    make_meeting(items=[make_item(place, number, case_number=number) for place, number in enumerate(numbers, start=1)])

    assert [case.number for case in Case.objects.in_order()] == [
        "00.01.00-S00-6-17",
        "00.01.10-A00-9-16",
        "00.01.10-A00-10-16",
        "00.01.10-A00-1-17",
        *sorted(["14/45987", "9/12345"], key=lambda number: int(number.split("/")[0])),
    ]
