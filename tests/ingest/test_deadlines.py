"""Deadlines are rows made anew whenever their decision is."""

import datetime

import pytest

from minutes.ingest.edits import correct
from minutes.models import Deadline
from tests.factories import ingest, make_item, make_meeting, make_minutes

pytestmark = pytest.mark.django_db


def stored() -> list[tuple[str, str]]:
    return [(one.words, str(one.date)) for one in Deadline.objects.order_by("item", "position")]


def test_they_are_stored_with_the_decision() -> None:
    text = "Godkendt. Cheferne svarer senest d. 21. juni. Ordningen evalueres ultimo november."
    item = make_meeting(items=[make_item(1, "Plan", decision=text)]).items.get()
    first, second = item.deadlines.all()
    assert (first.date, first.precision, first.responsible) == (datetime.date(2017, 6, 21), "dag", "Cheferne")
    assert item.decision.text[first.start : first.end] == first.words
    assert (second.words, second.position, second.sentence) == (
        "ultimo november",
        2,
        "Ordningen evalueres ultimo november.",
    )


def test_only_decisions_set_them() -> None:
    make_meeting(
        items=[make_item(1, "Plan", recommendations=["at HR svarer senest d. 21. juni"], decision="Godkendt.")]
    )
    assert stored() == []


def test_a_new_edition_replaces_them() -> None:
    make_meeting(items=[make_item(1, "Plan", decision="HR svarer senest d. 21. juni.")])
    ingest(make_minutes(items=[make_item(1, "Plan", decision="HR svarer senest d. 28. juni.")]))
    assert stored() == [("senest d. 28. juni", "2017-06-28")]


def test_a_corrected_decision_has_those_that_it_says_now() -> None:
    meeting = make_meeting(items=[make_item(1, "Plan", decision="HR svarer senest d. 21. juni.")])
    correct(row=meeting.items.get().decision, values={"text": "HR svarer inden årets udgang."}, user=None)
    assert stored() == [("inden årets udgang", "2017-12-31")]


def test_they_follow_the_date_of_the_meeting() -> None:
    meeting = make_meeting(items=[make_item(1, "Plan", decision="HR svarer om 14 dage.")])
    correct(row=meeting, values={"date": datetime.date(2018, 6, 14)}, user=None)
    assert stored() == [("om 14 dage", "2018-06-28")]
