"""Plain readers share pages, and no page has anything on it that is not its reader's to see."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import resolve
from pytest_django import Settings

from minutes.ingest.edits import correct
from minutes.models import AgendaItem, Decision
from minutes.views.shared import SomeReader, pages
from tests.addresses import PAGES, TABLE
from tests.archive import Archive, make_archive
from tests.factories import make_item, make_meeting, make_user

# In a transaction no page is shared: what it wrote has no state yet.
pytestmark = pytest.mark.django_db(transaction=True)

ITEM = "/moeder/2017-06-14/punkt/2/"
CLOSED = "/moeder/2016-10-11/punkt/2/"
MIXED = "/moeder/2016-10-11/"
SHARED = [row for row in PAGES if getattr(resolve(urlsplit(row).path).func, "is_reading", False)]
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture
def archive() -> Archive:
    return make_archive()


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    client.get("/")  # gives the browser its cookie against forged forms
    return client


def reader(name: str, **values: object) -> Client:
    return signed_in(make_user("læser", username=name, **values))


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def test_a_page_is_made_once_and_each_reader_finds_their_own_name_on_it(
    archive: Archive, django_assert_max_num_queries: Callable
) -> None:
    one, other = reader("anne"), reader("bo", first_name="Bo <b>", last_name="& Søn")
    first = page(one, ITEM)
    with django_assert_max_num_queries(5):  # session, person, two for rights, the archive's state
        second = page(other, ITEM)
    assert "anne" in first
    assert "anne" not in second
    assert "Bo &lt;b&gt; &amp; Søn" in second
    assert "Bo &lt;b" not in page(one, ITEM)
    assert SomeReader.seat not in first + second


def test_every_page_that_is_shared_is_the_one_made_for_oneself(archive: Archive, settings: Settings) -> None:
    one, other = reader("anne"), reader("bo")
    shared = {}
    for address in SHARED:
        page(one, address)
        shared[address] = TOKEN.sub("", page(other, address))
    assert len(pages._pages) > len(SHARED) / 2
    settings.PAGE_CACHE_BYTES = 0
    own = {address: TOKEN.sub("", page(other, address)) for address in SHARED}
    assert [address for address in SHARED if shared[address] != own[address]] == []


@pytest.mark.parametrize("first", ["who may", "who may not"])
def test_what_is_closed_is_shared_only_by_those_who_may_read_it(archive: Archive, first: str) -> None:
    may, may_not = reader("anne", reads_closed=True), reader("bo")
    asked = {"who may": (may, may_not), "who may not": (may_not, may)}[first]
    for client in asked:
        client.get(CLOSED)
        client.get(MIXED)
    assert "Lønforhandling" in page(may, MIXED)
    assert "Lønforhandling" not in page(may_not, MIXED)
    assert may.get(CLOSED).status_code == 200
    assert may_not.get(CLOSED).status_code == 404


def test_no_page_that_is_kept_for_who_may_read_all_is_shown_to_others(archive: Archive) -> None:
    may, may_not = reader("anne", reads_closed=True), reader("bo")
    for address in SHARED:
        page(may, address)
    for address in SHARED:
        assert "Lønforhandling" not in unescape(page(may_not, address))


def test_editors_have_pages_of_their_own(archive: Archive) -> None:
    editor = signed_in(make_user("redaktør", username="rie"))
    before = dict(pages._pages)
    assert "gennemset" in page(editor, ITEM)
    assert pages._pages == before
    plain = page(reader("anne"), ITEM)
    assert "rie" not in TOKEN.sub("", plain).split()
    assert "<button" in page(editor, ITEM)
    assert "Markér punktet som gennemset" in page(editor, ITEM)
    assert "Markér punktet som gennemset" not in plain


def test_each_reader_can_log_out_with_the_form_that_was_put_in(archive: Archive) -> None:
    page(reader("anne"), ITEM)
    person = make_user("læser", username="bo")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person)
    token = TOKEN.search(page(strict, ITEM))
    assert token
    assert strict.post("/log-ud/", {"csrfmiddlewaretoken": token[1]}).status_code == 302
    assert strict.get(ITEM).headers["Location"].startswith("/log-ind/")


def test_what_is_written_is_there_at_once(archive: Archive) -> None:
    one, other = reader("anne"), reader("bo")
    page(one, ITEM)
    decision = Decision.objects.get(item=AgendaItem.objects.get(meeting=archive.open, number=2))
    correct(row=decision, values={"text": "Chefforum udsatte kataloget."}, user=None)
    assert "Chefforum udsatte kataloget." in page(other, ITEM)
    assert "Chefforum udsatte kataloget." in page(one, ITEM)
    correct(row=AgendaItem.objects.get(meeting=archive.open, number=2), values={"is_closed": True}, user=None)
    assert other.get(ITEM).status_code == 404


def test_who_loses_the_right_finds_nothing(archive: Archive) -> None:
    person = make_user("læser", username="bo", reads_closed=True)
    client = signed_in(person)
    assert "Lønforhandling" in page(client, MIXED)
    person.user_permissions.remove(Permission.objects.get(codename="read_closed"))
    assert "Lønforhandling" not in page(client, MIXED)
    person.groups.clear()
    assert client.get(MIXED).status_code == 403


def test_open_to_all_is_shared_by_those_who_have_not_logged_in(archive: Archive, settings: Settings) -> None:
    settings.OPEN_TO_ALL = True
    stranger, member = Client(), reader("anne")
    assert "anne" in page(member, ITEM)
    first = page(stranger, ITEM)
    assert "anne" not in first
    assert "Log ind" in first
    assert page(Client(), ITEM) == first
    settings.OPEN_TO_ALL = False
    assert stranger.get(ITEM).status_code == 302


def test_what_is_said_once_is_not_kept_and_what_is_not_there_neither(archive: Archive) -> None:
    client = reader("anne")
    pages.clear()
    assert client.get("/moeder/2017-06-15/").status_code == 404
    assert client.get("/soeg/forslag/?q=bud").status_code == 200
    original = client.get("/moeder/2017-06-14/original/")
    assert original.status_code == 200
    original.close()
    assert not pages._pages


def test_no_more_is_kept_than_the_setting_allows(archive: Archive, settings: Settings) -> None:
    client = reader("anne")
    settings.PAGE_CACHE_BYTES = 20_000
    for address in SHARED:
        page(client, address)
    kept = sum(map(len, pages._pages.values()))
    assert 0 < kept <= 20_000
    assert pages._bytes == kept


def test_a_text_that_looks_like_the_seat_stays_text(archive: Archive) -> None:
    make_meeting("2018-01-10", [make_item(1, "seat-0123456789abcdef user.seat", decision="Godkendt.")])
    client = reader("anne")
    assert page(client, "/moeder/2018-01-10/").count("seat-0123456789abcdef user.seat") >= 1
    assert page(client, "/moeder/2018-01-10/").count("anne") == 1


def test_the_rows_of_the_table_that_lead_away_lead_away_for_every_reader(archive: Archive) -> None:
    """Redirects are answers too, and are made for the one who asks."""
    client = reader("anne")
    leads = [row.address for row in TABLE if row.by_default.startswith("->") and row.method == "get"]
    first = {address: client.get(address).headers.get("Location") for address in leads}
    assert first == {address: client.get(address).headers.get("Location") for address in leads}
