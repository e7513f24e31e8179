"""What an editor has confirmed: how it is noted, and what it outlives."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from minutes.ingest.confirming import confirm_item, confirm_meeting, withdraw_item, withdraw_meeting
from minutes.ingest.edits import correct, correct_outcomes
from minutes.ingest.results import Refused
from minutes.ingest.service import store_again
from minutes.models import AgendaItem, Attachment, Decision, Meeting, SourceDocument
from minutes.models.locks import archive_lock
from minutes.models.roles import EDITOR
from tests.factories import ingest, make_item, make_meeting, make_minutes, make_section, make_user

pytestmark = pytest.mark.django_db


def budget(**values):
    known = {
        "case_number": "00.01.00-S00-6-17",
        "decision": "Godkendt.",
        "sections": [make_section("anledning", "Budgettet skal på plads.")],
        "recommendations": ["at budgettet godkendes"],
        "attachments": ["Udkast.docx"],
    }
    return make_item(1, "Budget", **{**known, **values})


def plan(number: int = 2):
    return make_item(number, "Mødeplan", decision="Drøftet.")


@pytest.fixture
def editor() -> User:
    return make_user(EDITOR)


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting("2017-06-14", [budget(), plan()])


def confirmed() -> list[str]:
    return list(
        AgendaItem.objects.filter(confirmed_at__isnull=False).order_by("number").values_list("title", flat=True)
    )


def test_an_item_is_confirmed_by_somebody_and_that_is_taken_back(meeting: Meeting, editor: User) -> None:
    item = meeting.items.get(number=1)
    confirm_item(item=item, user=editor)
    item.refresh_from_db()
    assert item.confirmed_at is not None
    assert item.confirmed_by == editor
    withdraw_item(item=item, user=editor)
    item.refresh_from_db()
    assert item.confirmed_at is None
    assert item.confirmed_by is None


def test_who_confirmed_first_stands(meeting: Meeting, editor: User) -> None:
    item = meeting.items.get(number=1)
    confirm_item(item=item, user=editor)
    first = AgendaItem.objects.get(pk=item.pk)
    confirm_item(item=item, user=make_user(EDITOR))
    second = AgendaItem.objects.get(pk=item.pk)
    assert (second.confirmed_at, second.confirmed_by) == (first.confirmed_at, first.confirmed_by)


def test_a_whole_meeting(meeting: Meeting, editor: User) -> None:
    confirm_item(item=meeting.items.get(number=2), user=editor)
    assert confirm_meeting(meeting=meeting, user=editor) == 1
    assert confirmed() == ["Budget", "Mødeplan"]
    withdraw_meeting(meeting=meeting, user=editor)
    assert confirmed() == []


def test_nobody_confirms_what_they_may_not_read(editor: User) -> None:
    meeting = make_meeting("2017-06-14", [budget(), make_item(2, "Hemmeligt", closed=True)])
    confirm_meeting(meeting=meeting, user=editor)
    assert confirmed() == ["Budget"]
    with pytest.raises(Refused):
        confirm_item(item=meeting.items.get(number=2), user=editor)
    sees_all = make_user(EDITOR, reads_closed=True)
    confirm_item(item=meeting.items.get(number=2), user=sees_all)
    assert confirmed() == ["Budget", "Hemmeligt"]
    withdraw_meeting(meeting=meeting, user=editor)
    with pytest.raises(Refused):
        withdraw_item(item=meeting.items.get(number=2), user=editor)
    assert confirmed() == ["Hemmeligt"]


def test_what_was_read_again_since_is_not_confirmed_unseen(meeting: Meeting, editor: User) -> None:
    seen = Meeting.objects.get().changed_at
    with archive_lock():
        store_again(SourceDocument.objects.get())
    for refuse in (
        lambda: confirm_item(item=meeting.items.get(number=1), user=editor, seen=seen),
        lambda: confirm_meeting(meeting=meeting, user=editor, seen=seen),
    ):
        with pytest.raises(Refused):
            refuse()
    assert confirmed() == []
    confirm_meeting(meeting=meeting, user=editor, seen=Meeting.objects.get().changed_at)
    assert confirmed() == ["Budget", "Mødeplan"]


def test_it_outlives_a_reading_that_says_the_same(meeting: Meeting, editor: User) -> None:
    confirm_meeting(meeting=meeting, user=editor)
    with archive_lock():
        store_again(SourceDocument.objects.get())
    assert confirmed() == ["Budget", "Mødeplan"]


def test_it_outlives_a_new_edition_that_only_moves_the_item(meeting: Meeting, editor: User) -> None:
    confirm_meeting(meeting=meeting, user=editor)
    ingest(make_minutes("2017-06-14", [budget(page=9), make_item(2, "Nyt punkt"), plan(3)]))
    assert confirmed() == ["Budget", "Mødeplan"]


@pytest.mark.parametrize(
    "changed",
    [
        {"decision": "Godkendt med rettelser."},
        {"decision": None},
        {"case_number": "00.01.00-S00-7-17"},
        {"sections": [make_section("anledning", "Budgettet skal på plads inden sommeren.")]},
        {"sections": [make_section("anledning", "Budgettet skal på plads.", heading="Baggrund")]},
        {"sections": []},
        {"recommendations": ["at budgettet drøftes"]},
        {"proposer": "Økonomichefen"},
        {"attachments": ["Udkast.docx", "Notat.docx"]},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_it_falls_for_the_item_that_a_new_edition_changes(meeting: Meeting, editor: User, changed: dict) -> None:
    confirm_meeting(meeting=meeting, user=editor)
    ingest(make_minutes("2017-06-14", [budget(**changed), plan()]))
    assert confirmed() == ["Mødeplan"]
    assert AgendaItem.objects.get(title="Budget").confirmed_by is None


def test_it_falls_when_an_editor_corrects_the_item(meeting: Meeting, editor: User) -> None:
    confirm_meeting(meeting=meeting, user=editor)
    correct(row=Decision.objects.get(item__title="Budget"), values={"text": "Godkendt 2."}, user=editor)
    assert confirmed() == ["Mødeplan"]


def test_it_falls_when_the_outcomes_are_others(meeting: Meeting, editor: User) -> None:
    confirm_meeting(meeting=meeting, user=editor)
    decision = Decision.objects.get(item__title="Budget")
    correct_outcomes(decision=decision, outcomes=[("drøftet", "Godkendt.")], user=editor)
    assert confirmed() == ["Mødeplan"]


def test_closing_changes_nothing_of_what_is_said(meeting: Meeting, editor: User) -> None:
    confirm_meeting(meeting=meeting, user=editor)
    correct(row=Attachment.objects.get(), values={"is_closed": True}, user=editor)
    correct(row=meeting.items.get(number=2), values={"is_closed": True}, user=editor)
    assert confirmed() == ["Budget", "Mødeplan"]
