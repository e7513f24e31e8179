"""The list of drafts: whose they are, what it says of each, and off it again."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from minutes.ingest import files
from minutes.ingest.drafts import discard_draft
from minutes.models import Correction, SourceDocument, SourceState
from minutes.models.roles import ADMINISTRATOR, EDITOR
from minutes.parsing.types import Warning
from tests.factories import ingest, make_item, make_meeting, make_minutes, make_user
from tests.views.page import Page, open_page

pytestmark = pytest.mark.django_db

ADDRESS = "/kladder/"


@pytest.fixture
def person() -> User:
    return make_user(EDITOR, username="en.redaktør")


@pytest.fixture
def other() -> User:
    return make_user(EDITOR, username="en.anden")


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def make_draft(date: str, user: User | None = None, *, filename: str = "", **values: Any) -> SourceDocument:
    source = ingest(make_minutes(date, **values), filename=filename, draft=True, user=user).source
    assert source is not None
    return source


def listed(person: User) -> list[str]:
    """The meetings whose drafts `person` finds in the list, in order."""
    return [words for rank, words in open_page(client_of(person), ADDRESS).headings if rank == "h2"]


def test_a_draft_waits_for_whoever_brought_it_and_for_administrators(person: User, other: User) -> None:
    make_draft("2017-06-01", person)
    make_draft("2017-06-02", other)
    make_draft("2017-06-03")  # manage.py ingest --kladde

    mine, theirs, nobodys = (f"Chefforum {day}. juni 2017 kl. 13.00" for day in (1, 2, 3))
    assert listed(person) == [nobodys, mine]
    assert listed(other) == [nobodys, theirs]
    assert listed(make_user(ADMINISTRATOR)) == [nobodys, theirs, mine]


def test_whose_draft_it_is_counts_everywhere(person: User, other: User) -> None:
    draft = make_draft("2017-06-01", person)
    Correction.objects.create(source=draft, item_key=1, field="title", value="Ny titel")
    for sources in (SourceDocument.objects, Correction.objects):
        assert sources.visible_to(person).exists()
        assert not sources.visible_to(other).exists()
        assert not sources.visible_to(make_user("læser")).exists()
    discard_draft(source=draft)
    assert SourceDocument.objects.visible_to(person).exists()
    assert not SourceDocument.objects.visible_to(other).exists()


def test_the_administration_shows_no_drafts_of_others(person: User) -> None:
    draft = make_draft("2017-06-01", person, filename="min fil.txt")
    address = f"/admin/minutes/sourcedocument/{draft.pk}/change/"
    for staff, sees in (
        (make_user(EDITOR, is_staff=True), False),
        (make_user(ADMINISTRATOR, is_staff=True), True),
    ):
        client = client_of(staff)
        assert ("min fil.txt" in client.get("/admin/minutes/sourcedocument/").content.decode()) is sees
        assert (client.get(address).status_code == 200) is sees


def test_a_closed_draft_is_not_there_for_who_may_not_read_it(person: User) -> None:
    draft = make_draft("2017-06-01", person, items=[make_item(1, "Hemmeligt", closed=True)])
    client = client_of(person)
    assert "Ingen kladder venter" in open_page(client, ADDRESS).main
    assert client.post(f"{ADDRESS}{draft.pk}/kasser/").status_code == 404
    sees = make_user(EDITOR, reads_closed=True)
    assert listed(sees) == []  # nor is it theirs
    SourceDocument.objects.update(added_by=sees)
    assert listed(sees) == ["Chefforum 1. juni 2017 kl. 13.00 Lukket"]


def test_what_the_list_says(person: User) -> None:
    make_meeting("2017-06-01")
    warnings = (Warning("missing_heading", "Overskriften mangler.", page=1, line=1),)
    items = [make_item(1, "Et"), make_item(2, "Sag om 070761-4285")]
    make_draft("2017-06-01", person, filename="<b>fil.txt", items=items, warnings=warnings)

    page = open_page(client_of(person), ADDRESS)

    assert "Chefforum 1. juni 2017 kl. 13.00 Ny udgave" in page.main
    for words in ("2 punkter", "advarsler", "CPR-nummer", "<b>fil.txt · Tekst", "slettes om 30 dage"):
        assert words in page.main or words in page.main.lower()
    assert "en.redaktør" not in page.main  # one's own
    assert "af en.redaktør" in open_page(client_of(make_user(ADMINISTRATOR)), ADDRESS).main


def test_a_new_edition_of_a_closed_meeting_is_not_called_one(person: User, settings: Settings) -> None:
    meeting = make_meeting("2017-06-01")
    draft = make_draft("2017-06-01", person)
    assert "Ny udgave" in listed(person)[0]
    type(meeting).objects.update(is_closed=True)
    assert listed(person) == []
    assert draft.pk


def test_a_date_put_right_is_the_one_listed(person: User) -> None:
    make_meeting("2017-06-02")
    draft = make_draft("2017-06-01", person)
    Correction.objects.create(source=draft, field="date", value="2017-06-02")
    assert listed(person) == ["Chefforum 2. juni 2017 kl. 13.00 Ny udgave"]


def test_a_draft_is_discarded(person: User) -> None:
    draft = make_draft("2017-06-01", person)
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    page = open_page(client, ADDRESS)
    address = f"{ADDRESS}{draft.pk}/kasser/"
    assert address in [tag.get("action") for _, tag in page.tags]
    assert client.post(address).status_code == 403
    token = next(tag["value"] for _, tag in page.tags if tag.get("name") == "csrfmiddlewaretoken")

    answer = client.post(address, {"csrfmiddlewaretoken": token}, follow=True)

    assert "Kladden er kasseret, og filen er slettet" in Page(answer.content.decode()).main
    assert SourceDocument.objects.get().state == SourceState.DISCARDED
    assert not files.path_of(draft.sha256).exists()
    assert client.post(address, {"csrfmiddlewaretoken": token}).status_code == 404


def test_nobody_discards_the_drafts_of_others_or_what_is_in_the_archive(person: User, other: User) -> None:
    theirs, stored = make_draft("2017-06-01", other), make_meeting("2018-01-01").sources.get()
    for key in (theirs.pk, stored.pk, 9_999_999_999):
        assert client_of(person).post(f"{ADDRESS}{key}/kasser/").status_code == 404
    assert client_of(person).get(f"{ADDRESS}{theirs.pk}/kasser/").status_code == 405
    assert client_of(make_user(ADMINISTRATOR)).post(f"{ADDRESS}{theirs.pk}/kasser/").status_code == 302


def test_opening_the_list_takes_away_what_has_expired(person: User, settings: Settings) -> None:
    make_draft("2017-06-01", person)
    settings.DRAFT_DAYS = 7
    SourceDocument.objects.update(added_at=timezone.now() - datetime.timedelta(days=6, hours=13))
    assert "slettes inden for et døgn" in open_page(client_of(person), ADDRESS).main.lower()
    SourceDocument.objects.update(added_at=timezone.now() - datetime.timedelta(days=7, hours=1))
    assert listed(person) == []
    assert SourceDocument.objects.get().state == SourceState.DISCARDED


def test_many_are_on_several_pages_and_cost_no_more(person: User, django_assert_num_queries: Callable) -> None:
    client = client_of(person)
    for day in range(1, 4):
        make_draft(f"2017-06-{day:02}", person)
    with django_assert_num_queries(9):
        assert client.get(ADDRESS).status_code == 200
    for day in range(4, 28):
        make_draft(f"2017-06-{day:02}", person)
    with django_assert_num_queries(9):
        page = open_page(client, ADDRESS)
    assert len([rank for rank, _ in page.headings if rank == "h2"]) == 25
    assert "27 kladder" in page.main
    for side in ("2", "99", "x", "-1", "9" * 30):
        assert client.get(ADDRESS, {"side": side}).status_code == 200
