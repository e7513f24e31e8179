"""Drafts beside an archive that does not stand still: what others do meanwhile is neither lost nor laid open."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import User

from minutes.ingest.edits import correct, withdraw
from minutes.ingest.plan import Place, plan_of, version_of
from minutes.ingest.results import Outdated, Refused
from minutes.ingest.revising import AS_READ, revise
from minutes.ingest.service import publish_draft
from minutes.models import AgendaItem, Attachment, Correction, Meeting, SourceDocument
from minutes.models.roles import ADMINISTRATOR, EDITOR
from tests.factories import ingest, make_item, make_meeting, make_minutes, make_user

pytestmark = pytest.mark.django_db

DATE: Place = (None, "", "date")
HELD, ELSEWHEN = datetime.date(2017, 6, 14), "2018-06-14"


@pytest.fixture
def trusted() -> User:
    """Somebody who may read what is closed."""
    return make_user(EDITOR, reads_closed=True)


def draft(parsed, user: User) -> SourceDocument:
    source = ingest(parsed, draft=True, user=user).source
    assert source is not None
    return source


def current(meeting: Meeting) -> SourceDocument:
    return meeting.sources.current().get()


def is_seen(source: SourceDocument, user: User) -> bool:
    return SourceDocument.objects.visible_to(user).filter(pk=source.pk).exists()


def test_corrections_of_before_and_of_the_draft_meet_where_items_have_moved(trusted: User) -> None:
    """The number of an item in the draft is the key of another, whose correction is carried over."""
    meeting = make_meeting("2017-06-14", [make_item(1, "Et"), make_item(2, "To"), make_item(3, "Tre")])
    revise(source=current(meeting), values={(3, "", "title"): "Tre, rettet"}, user=trusted)
    items = [make_item(place, title) for place, title in enumerate(("Nul", "Et", "To", "Tre"), start=1)]
    source = draft(make_minutes("2017-06-14", items), trusted)
    revise(source=source, values={(3, "", "title"): "To, rettet"}, user=trusted)

    publish_draft(source=source, user=trusted)

    titles = meeting.items.order_by("number").values_list("title", flat=True)
    assert list(titles) == ["Nul", "Et", "To, rettet", "Tre, rettet"]
    assert {one.source_id for one in Correction.objects.all()} == {source.pk}


@pytest.mark.parametrize("role", [EDITOR, ADMINISTRATOR])
def test_a_draft_that_is_moved_to_a_day_is_closed_once_something_is_closed_there(role: str, trusted: User) -> None:
    editor = make_user(role)
    source = draft(make_minutes(ELSEWHEN, [make_item(1, "Lønforhandling")]), editor)
    revise(source=source, values={DATE: HELD}, user=editor)
    assert is_seen(source, editor)

    meeting = make_meeting("2017-06-14", [make_item(1, "Lønforhandling", closed=True)])

    assert not is_seen(source, editor)
    correct(row=meeting.items.get(), values={"is_closed": False}, user=trusted)
    SourceDocument.objects.update(is_closed=False)
    assert is_seen(source, editor)


def test_a_draft_moved_to_the_day_that_a_closed_meeting_printed_is_closed(trusted: User) -> None:
    meeting = make_meeting("2017-06-14", [make_item(1, "Løn", closed=True)])
    correct(row=meeting, values={"date": datetime.date(2017, 6, 15)}, user=trusted)
    editor = make_user(EDITOR)
    source = draft(make_minutes(ELSEWHEN), editor)
    revise(source=source, values={DATE: HELD}, user=editor)
    SourceDocument.objects.filter(pk=source.pk).update(is_closed=False)

    assert not is_seen(source, editor)


def test_why_a_draft_cannot_go_in_tells_of_no_closed_meeting(trusted: User) -> None:
    """Which of two meetings it is, is asked of those who may know of both."""
    make_meeting("2017-06-14", [make_item(1, "Åbent")], time="09:00")
    correct(row=make_meeting("2017-06-14", [make_item(1, "Løn")]), values={"is_closed": True}, user=trusted)
    editor = make_user(EDITOR)
    source = draft(make_minutes(ELSEWHEN, time=None), editor)

    revise(source=source, values={DATE: HELD}, user=editor)

    assert plan_of(source).refusal
    assert not is_seen(source, editor)


def test_another_edition_meanwhile_is_looked_at_first(trusted: User) -> None:
    source = draft(make_minutes("2017-06-14", [make_item(1, "Budget")]), trusted)
    seen = version_of(source)
    meeting = make_meeting("2017-06-14", [make_item(1, "Budget"), make_item(2, "Mødeplan")])

    with pytest.raises(Outdated):
        publish_draft(source=source, user=trusted, seen=seen)

    assert meeting.items.count() == 2
    publish_draft(source=source, user=trusted, seen=version_of(source))
    assert meeting.items.count() == 1


def test_a_correction_of_the_edition_in_the_archive_is_looked_at_first(trusted: User) -> None:
    meeting = make_meeting("2017-06-14", [make_item(1, "Budget")])
    source = draft(make_minutes("2017-06-14", [make_item(1, "Budget")], place="Kantinen"), trusted)
    seen = version_of(source)
    revise(source=current(meeting), values={(1, "", "title"): "Budget 2018"}, user=trusted)

    with pytest.raises(Outdated):
        publish_draft(source=source, user=trusted, seen=seen)
    with pytest.raises(Outdated):
        revise(source=source, values={(1, "", "title"): "Budgettet"}, user=trusted, seen=seen)

    assert AgendaItem.objects.get().title == "Budget 2018"


def test_a_new_item_that_an_editor_has_opened_stays_open_where_a_closed_one_is_gone(trusted: User) -> None:
    meeting = make_meeting("2017-06-14", [make_item(1, "Budget"), make_item(2, "Løn")])
    revise(source=current(meeting), values={(2, "", "is_closed"): True}, user=trusted)
    source = draft(make_minutes("2017-06-14", [make_item(1, "Budget"), make_item(2, "Kantinen")]), trusted)
    assert plan_of(source).item(2).row.is_closed
    revise(source=source, values={(2, "", "is_closed"): False}, user=trusted)
    assert not plan_of(source).item(2).row.is_closed

    publish_draft(source=source, user=trusted)

    assert not meeting.items.get(number=2).is_closed


def test_an_attachment_that_an_editor_has_opened_stays_open_where_a_closed_one_is_gone(trusted: User) -> None:
    item = make_item(1, "Budget", attachments=["Notat", "Løntabel"])
    meeting = make_meeting("2017-06-14", [item])
    notes, salaries = (1, "bilag Notat", "is_closed"), (1, "bilag Løntabel", "is_closed")
    revise(source=current(meeting), values={notes: True, salaries: True}, user=trusted)
    revise(source=current(meeting), values={notes: False}, user=trusted)

    sections = [["bilag", "Bilag", "Notat\n\nReferat", 0]]
    revise(source=current(meeting), values={(1, "", "sections"): sections}, user=trusted)

    assert dict(Attachment.objects.values_list("name", "is_closed")) == {"Notat": False, "Referat": True}


def test_a_day_that_the_file_does_not_say_is_not_taken_back(trusted: User) -> None:
    source = draft(make_minutes(None), trusted)
    revise(source=source, values={DATE: HELD}, user=trusted)
    publish_draft(source=source, user=trusted)

    with pytest.raises(Refused, match="hvilken dag"):
        revise(source=current(Meeting.objects.get()), values={DATE: AS_READ}, user=trusted)
    with pytest.raises(Refused):
        withdraw(correction=Correction.objects.get())

    assert Meeting.objects.get().date == HELD
    assert Correction.objects.get().value == "2017-06-14"
