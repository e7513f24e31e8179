"""The editions of a meeting's minutes."""

from __future__ import annotations

import pytest
from django.test import Client

from minutes.models import Meeting
from tests.archive import make_person
from tests.factories import ingest, make_item, make_meeting, make_minutes
from tests.views.page import Page, open_page

pytestmark = pytest.mark.django_db

ALL, COMPARED = "/moeder/2017-06-14/udgaver/", "/moeder/2017-06-14/udgaver/sammenlign/"


def client_of(role: str) -> Client:
    client = Client()
    client.force_login(make_person(role))
    return client


@pytest.fixture
def meeting() -> Meeting:
    make_meeting("2017-06-14", [make_item(1, "Budget", decision="Godkendt."), make_item(2, "Mødeplan")])
    ingest(make_minutes("2017-06-14", [make_item(1, "Budget", decision="Ikke godkendt."), make_item(2, "Mødeplan")]))
    ingest(make_minutes("2017-06-14", [make_item(1, "Budget", decision="Ikke godkendt."), make_item(2, "Kantinen")]))
    return Meeting.objects.get()


def test_pages_say_when_the_minutes_changed(meeting: Meeting) -> None:
    for address in ("/moeder/2017-06-14/", "/moeder/2017-06-14/punkt/1/"):
        page = open_page(client_of("læser"), address)
        assert "udgave 3" in page.main


def test_those_of_one_edition_do_not() -> None:
    make_meeting("2017-06-14", [make_item(1, "Budget")])
    assert "udgave" not in open_page(client_of("læser"), "/moeder/2017-06-14/").main.lower()
    assert "én udgave" in open_page(client_of("læser"), ALL).main


def test_a_reader_sees_which_there_are_and_opens_each_file(meeting: Meeting) -> None:
    client = client_of("læser")
    main = open_page(client, ALL).main
    assert [f"Udgave {number}" in main for number in (1, 2, 3, 4)] == [True, True, True, False]
    assert "Sammenlign" not in main
    files = [b"".join(client.get(f"{ALL}{number}/").streaming_content) for number in (1, 2, 3)]
    assert len(set(files)) == 3
    assert client.get(COMPARED).status_code == 403


def test_an_editor_compares_two_side_by_side(meeting: Meeting) -> None:
    client = client_of("redaktør")
    assert "Sammenlign udgave 3 med udgave 2" in open_page(client, ALL).main
    page = open_page(client, f"{COMPARED}?fra=1&til=2")
    assert "Beslutning" in page.main
    assert "Udgave 1 Fjernet: Godkendt." in page.main
    assert "Udgave 2 Tilføjet: Ikke godkendt." in page.main
    assert "1 punkt er uændret" in page.main


@pytest.mark.parametrize(
    "asked", ["", "?fra=9&til=x", "?fra=3&til=2", "?fra=2&til=2", "?fra=²&til=999999999999999999999"]
)
def test_what_makes_no_sense_shows_the_last_two(meeting: Meeting, asked: str) -> None:
    page = open_page(client_of("redaktør"), COMPARED + asked)
    assert "Udgave 2 og 3 side om side" in page.main
    assert "Nyt Punkt 2: Kantinen" in page.main
    assert "Udgået Punkt 2: Mødeplan" in page.main


def test_one_edition_is_compared_with_nothing() -> None:
    make_meeting("2017-06-14", [make_item(1, "Budget")])
    assert client_of("redaktør").get(COMPARED).status_code == 404


def test_editions_before_something_was_closed_are_closed_too(meeting: Meeting) -> None:
    ingest(make_minutes("2017-06-14", [make_item(1, "Budget"), make_item(2, "Lønsag", closed=True)]))
    for role in ("læser", "redaktør"):
        client = client_of(role)
        assert client.get(ALL).status_code == 404
        assert client.get(f"{ALL}1/").status_code == 404
        assert "udgave" not in Page(client.get("/moeder/2017-06-14/").content.decode()).main.lower()
    assert client_of("superbruger").get(COMPARED).status_code == 200
