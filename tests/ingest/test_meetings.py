"""Which meeting minutes belong to, also when an editor has put right what its editions print."""

import datetime

import pytest

from minutes.ingest.edits import correct, withdraw
from minutes.ingest.results import Outcome
from minutes.models import Correction, Meeting
from tests.factories import ingest, make_item, make_meeting, make_minutes

pytestmark = pytest.mark.django_db

WRONG, RIGHT = "2017-03-20", "2017-03-19"


def put(meeting, *, date=None, time=None):
    """Correct the meeting's date, time or both."""
    values = {}
    if date:
        values["date"] = datetime.date.fromisoformat(date)
    if time:
        values["start_time"] = datetime.time.fromisoformat(time)
    correct(row=meeting, values=values, user=None)


def bring(date, time, decision):
    """One more file of that date and time, told from the others by its decision."""
    return ingest(make_minutes(date, [make_item(1, "Budget", decision=decision)], time=time))


def held():
    """When the archive's meetings were held."""
    return [f"{date} {time}" for date, time in Meeting.objects.order_by("pk").values_list("date", "start_time")]


def test_a_new_edition_that_prints_the_old_time_finds_its_meeting_and_the_right_time_stands():
    put(make_meeting(time="13:00"), time="09:00")

    result = bring("2017-06-14", "13:00", "Drøftet.")

    assert result.outcome is Outcome.NEW_EDITION
    assert held() == ["2017-06-14 09:00:00"]


@pytest.mark.parametrize(
    "printed",
    [
        [(WRONG, "13:00"), (RIGHT, "13:00"), (WRONG, "13:00")],
        [(RIGHT, "13:00"), (RIGHT, None), (WRONG, None)],
        [(WRONG, None), (RIGHT, None), (WRONG, "13:00")],
    ],
)
def test_every_date_that_an_edition_has_printed_finds_the_meeting_and_the_right_one_stands(printed):
    put(make_meeting(WRONG), date=RIGHT)

    results = [bring(*when, f"Udgave {edition}.") for edition, when in enumerate(printed, start=2)]

    assert [(result.outcome, result.source.edition) for result in results] == [
        (Outcome.NEW_EDITION, edition) for edition in (2, 3, 4)
    ]
    assert held() == [f"{RIGHT} 13:00:00"]
    assert not [warning for result in results for warning in result.warnings if warning.code == "correction_left"]


def test_every_time_that_an_edition_has_printed_finds_the_meeting_and_the_right_one_stands():
    put(make_meeting(time="13:00"), time="09:00")

    for edition, time in enumerate(["13:00", "09:00", "13:00"], start=2):
        assert bring("2017-06-14", time, f"Udgave {edition}.").outcome is Outcome.NEW_EDITION

    assert held() == ["2017-06-14 09:00:00"]


@pytest.mark.parametrize(
    "when", [(WRONG, "09:00"), (RIGHT, "13:00"), (WRONG, "13:00"), (RIGHT, "09:00"), (WRONG, None)]
)
def test_an_edition_in_which_date_or_time_alone_was_put_right_finds_the_meeting(when):
    put(make_meeting(WRONG, time="13:00"), date=RIGHT, time="09:00")

    assert bring(*when, "Drøftet.").outcome is Outcome.NEW_EDITION
    assert held() == [f"{RIGHT} 09:00:00"]


@pytest.mark.parametrize("time", ["13:00", None])
def test_a_meeting_that_really_is_on_that_date_comes_first(time):
    moved = make_meeting(WRONG, time="13:00")
    put(moved, date=RIGHT)
    there = make_meeting("2017-03-21", time="13:00")
    put(there, date=WRONG)

    assert bring(WRONG, time, "Drøftet.").meeting == there
    assert held() == [f"{RIGHT} 13:00:00", f"{WRONG} 13:00:00"]


@pytest.mark.parametrize("when", [(WRONG, "15:00"), (RIGHT, "15:00"), ("2017-03-21", "13:00")])
def test_a_date_or_time_that_no_edition_printed_is_another_meeting(when):
    put(make_meeting(WRONG, time="13:00"), date=RIGHT, time="09:00")

    assert bring(*when, "Drøftet.").outcome is Outcome.CREATED


def test_what_another_forum_printed_finds_none_of_ours(settings):
    settings.ARCHIVE_BODIES = ["Chefforum", "Direktørforum"]
    put(make_meeting(WRONG, body="Direktørforum"), date=RIGHT)

    assert bring(WRONG, "13:00", "Drøftet.").outcome is Outcome.CREATED


def test_a_time_is_taken_away_by_an_editor_alone():
    meeting = make_meeting(time="13:00")

    bring("2017-06-14", None, "Drøftet.")
    assert held() == ["2017-06-14 13:00:00"]
    correct(row=meeting, values={"start_time": None}, user=None)
    assert held() == ["2017-06-14 None"]
    bring("2017-06-14", "13:00", "Udsat.")
    assert held() == ["2017-06-14 None"]


def test_a_time_that_only_an_editor_put_goes_when_that_is_taken_back():
    put(make_meeting(time=None), time="09:00")

    withdraw(correction=Correction.objects.get())

    assert held() == ["2017-06-14 None"]
