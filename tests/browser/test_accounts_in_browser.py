"""Logging in, waiting, logging out and a new password, by keyboard, on a small screen and a large one."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.factories import make_user

pytestmark = pytest.mark.xdist_group("browser")

OLD, NEW = "en lang adgangskode", "en anden lang adgangskode"
ITEM = "/moeder/2017-06-14/punkt/2/"
WIDTHS = pytest.mark.parametrize("width", [390, 1280])


@pytest.fixture
def person(transactional_db) -> User:
    """Somebody with a password. Goes before the browser, in whose loop the database cannot be asked."""
    person = make_user("læser", username="anne")
    person.set_password(OLD)
    person.save()
    return person


@pytest.fixture
def stranger(person: User, visitor: Visitor) -> Visitor:
    """Somebody who has not logged in yet."""
    visitor.page.context.clear_cookies()
    return visitor


def log_in(page: Page, password: str) -> None:
    """With the keyboard alone: the first field has the focus when the page opens."""
    expect(page.get_by_label("Brugernavn")).to_be_focused()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("anne")
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    page.keyboard.press("Enter")


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def is_fine(page: Page, width: int) -> None:
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@WIDTHS
def test_after_five_wrong_passwords_a_page_says_when_to_try_again(stranger: Visitor, width: int) -> None:
    page = stranger.open(ITEM, width)
    for number in range(5):
        log_in(page, f"forkert {number}")
        if number < 4:
            expect(page.get_by_text("Du blev ikke logget ind")).to_be_visible()
            expect(page.get_by_label("Adgangskode")).to_have_value("")
    heading(page, "Vent lidt, før du prøver igen")
    expect(page.get_by_text("Du kan prøve igen kl.")).to_be_visible()
    is_fine(page, width)
    page.get_by_role("link", name="Tilbage til Log ind").press("Enter")
    heading(page, "Log ind")
    assert page.url.endswith(f"?next={ITEM}")
    log_in(page, OLD)
    heading(page, "Vent lidt, før du prøver igen")


@WIDTHS
def test_a_new_password_is_the_one_to_log_in_with(stranger: Visitor, width: int) -> None:
    page = stranger.open("/", width)
    log_in(page, OLD)
    page.get_by_role("link", name="Skift adgangskode").press("Enter")
    heading(page, "Skift adgangskode")
    expect(page.get_by_label("Gammel adgangskode")).to_be_focused()
    for typed in (OLD, "kort", "kort"):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Adgangskoden er ikke ændret")).to_be_visible()
    is_fine(page, width)
    page.get_by_label("Gammel adgangskode").focus()
    for typed in (OLD, NEW, NEW):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Din adgangskode er ændret")).to_be_visible()
    is_fine(page, width)
    page.get_by_role("button", name="Log ud").press("Enter")
    heading(page, "Log ind")
    log_in(page, NEW)
    expect(page.get_by_role("button", name="Log ud")).to_be_visible()


def test_after_logging_out_the_back_key_shows_nothing(stranger: Visitor) -> None:
    page = stranger.open(ITEM)
    log_in(page, OLD)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Fjerde udkast")
    page.goto(f"{stranger.site}/moeder/")
    heading(page, "Møder")
    page.get_by_role("button", name="Log ud").click()
    heading(page, "Log ind")
    for _ in range(2):
        page.go_back()
        heading(page, "Log ind")
        expect(page.get_by_text("Fjerde udkast")).to_have_count(0)


def test_a_form_sent_after_the_login_has_ended(stranger: Visitor) -> None:
    page = stranger.open("/konto/adgangskode/", 390)
    log_in(page, OLD)
    expect(page.get_by_label("Gammel adgangskode")).to_be_focused()
    for typed in (OLD, NEW, NEW):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Det, du sendte, er ikke gemt")).to_be_visible()
    is_fine(page, 390)
    log_in(page, OLD)
    heading(page, "Skift adgangskode")
    assert page.url == f"{stranger.site}/konto/adgangskode/"


def test_a_login_page_left_open_in_another_tab(stranger: Visitor) -> None:
    first = stranger.open(ITEM)
    second = first.context.new_page()
    second.goto(f"{stranger.site}{ITEM}")
    log_in(first, OLD)
    expect(first.get_by_role("heading", level=1)).to_contain_text("Fjerde udkast")
    log_in(second, OLD)
    expect(second.get_by_role("heading", level=1)).to_contain_text("Fjerde udkast")
