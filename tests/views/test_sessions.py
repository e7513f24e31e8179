"""A login ends, and whoever comes back afterwards is told so and finds the way."""

from __future__ import annotations

import time

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from minutes.views import sessions
from tests.archive import Archive
from tests.factories import make_user
from tests.views.page import Page, open_page

ITEM = "/moeder/2017-06-14/punkt/2/"
MINUTE = 60


class Clock:
    """The time as the sessions' middleware has it."""

    def __init__(self) -> None:
        self.now = time.time()

    def time(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(sessions, "time", clock)
    return clock


@pytest.fixture
def person(archive: Archive) -> User:
    return make_user("redaktør", username="anne")


@pytest.fixture
def browser(clock: Clock, person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def is_in(browser: Client) -> bool:
    return browser.get("/moeder/").status_code == 200


def test_who_asks_for_nothing_is_logged_out(browser: Client, clock: Clock) -> None:
    clock.now += 59 * MINUTE
    assert is_in(browser)
    clock.now += 59 * MINUTE
    assert is_in(browser)
    clock.now += 66 * MINUTE
    assert not is_in(browser)
    assert not Session.objects.exists()


def test_the_hours_of_a_login_end_however_busy_one_is(browser: Client, clock: Clock, settings: Settings) -> None:
    settings.SESSION_SECONDS = 2 * 60 * MINUTE
    for _ in range(4):
        clock.now += 29 * MINUTE
        assert is_in(browser)
    clock.now += 5 * MINUTE
    assert not is_in(browser)


def test_logging_in_again_begins_anew(browser: Client, clock: Clock, person: User, settings: Settings) -> None:
    settings.SESSION_SECONDS = 60 * MINUTE
    clock.now += 50 * MINUTE
    browser.force_login(person)
    clock.now += 50 * MINUTE
    assert is_in(browser)


def test_a_session_from_before_this_edition_gets_its_hours(browser: Client, clock: Clock) -> None:
    session = browser.session
    del session[sessions.BEGAN], session[sessions.SEEN]
    session.save()
    assert is_in(browser)
    clock.now += 66 * MINUTE
    assert not is_in(browser)


def test_that_somebody_is_there_is_written_once_in_a_while(browser: Client, clock: Clock) -> None:
    def written() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert is_in(browser)
        return sum(query["sql"].startswith("UPDATE") for query in asked)

    assert [written() for _ in range(3)] == [0, 0, 0]
    clock.now += 5 * MINUTE
    assert [written() for _ in range(3)] == [1, 0, 0]


def test_the_cookie_ends_with_the_browser_and_the_row_by_itself(browser: Client) -> None:
    cookie = browser.cookies["sessionid"]
    assert (cookie["expires"], cookie["max-age"]) == ("", "") or not cookie["max-age"]
    row = Session.objects.get()
    assert 60 * MINUTE < row.expire_date.timestamp() - time.time() <= 65 * MINUTE


def test_the_login_page_says_why_and_leads_back(browser: Client, clock: Clock) -> None:
    clock.now += 66 * MINUTE
    asked = browser.get(f"{ITEM}?fra=soeg")
    assert asked.headers["Location"] == f"/log-ind/?next={ITEM}%3Ffra%3Dsoeg&slut=side"
    page = open_page(browser, asked.headers["Location"])
    assert "Du er blevet logget ud" in page.main
    assert "ikke gemt" not in page.main
    assert ("input", f"{ITEM}?fra=soeg") in [(tag, attributes.get("value")) for tag, attributes in page.tags]
    assert "blevet logget ud" not in open_page(Client(), Client().get(ITEM).headers["Location"]).main


def test_a_form_sent_too_late_is_said_not_to_be_saved(browser: Client, clock: Clock) -> None:
    clock.now += 66 * MINUTE
    sent = browser.post(f"{ITEM}gennemset/", headers={"referer": f"http://testserver{ITEM}"})
    assert sent.headers["Location"] == f"/log-ind/?next={ITEM}&slut=formular"
    page = open_page(browser, sent.headers["Location"])
    assert "Det, du sendte, er ikke gemt" in page.main


@pytest.mark.parametrize("came_from", ["", "https://evil.example/moeder/", "javascript:alert(1)", "http://[::1"])
def test_a_form_from_nowhere_leads_to_the_front_page(archive: Archive, came_from: str) -> None:
    headers = {"referer": came_from} if came_from else {}
    sent = Client().post(f"{ITEM}gennemset/", headers=headers)
    assert sent.headers["Location"] == "/log-ind/?next=/&slut=formular"


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_script_is_told_in_json(browser: Client, clock: Clock, method: str) -> None:
    clock.now += 66 * MINUTE
    headers = {"accept": "application/json", "referer": f"http://testserver{ITEM}"}
    response = getattr(browser, method)("/soeg/forslag/?q=bud", headers=headers)
    assert response.status_code == 401
    told = response.json()
    assert "Log ind igen" in told["message"]
    assert told["login"].startswith(f"/log-ind/?next={ITEM}&slut=")
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("accept", ["*/*", "text/html,application/xhtml+xml,*/*;q=0.8", ""])
def test_who_takes_anything_gets_the_page(archive: Archive, accept: str) -> None:
    assert Client().get("/moeder/", headers={"accept": accept}).status_code == 302


def test_who_is_made_inactive_is_out_at_once(browser: Client, person: User) -> None:
    assert is_in(browser)
    person.is_active = False
    person.save()
    assert not is_in(browser)


def test_logging_out_empties_the_browser_and_the_session(browser: Client) -> None:
    assert is_in(browser)
    response = browser.post("/log-ud/")
    assert response.headers["Location"] == "/log-ind/"
    assert response.headers["Clear-Site-Data"] == '"cache"'
    assert not Session.objects.exists()
    assert not is_in(browser)
    assert browser.get("/log-ud/").status_code == 405
    assert browser.post("/log-ud/").headers["Location"] == "/log-ind/"  # out already, in another tab


def test_the_administration_logs_out_by_the_same_door(browser: Client) -> None:
    assert browser.post("/admin/logout/").headers["Clear-Site-Data"] == '"cache"'
    assert not is_in(browser)


def test_the_way_back_leads_nowhere_else(browser: Client, person: User) -> None:
    person.set_password("en lang adgangskode")
    person.save()
    values = {"username": "anne", "password": "en lang adgangskode", "next": "https://evil.example/"}
    assert Client().post("/log-ind/", values).headers["Location"] == "/"


def test_whose_rights_are_too_few_is_told_at_the_login(archive: Archive) -> None:
    client = Client()
    client.force_login(make_user("læser"))
    page = open_page(client, "/log-ind/?next=/admin/")
    assert "har ikke ret til den side" in page.main


def test_the_login_page_takes_any_words(db) -> None:
    for query in ("slut=", "slut=hokus", "slut=formular&slut=side", "next=%00", "next=//evil", "slut=%00"):
        assert Page(Client().get(f"/log-ind/?{query}").content.decode()).headings == [("h1", "Log ind")]
