"""Erasing for good and finding what is held about a person, in a real browser: with and without script, by keyboard."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conditions import at_a_browser, small_targets, width_of_content
from tests.browser.conftest import Visitor

pytestmark = pytest.mark.xdist_group("browser")

MEETING = "/moeder/2017-06-14/"
ERASING, ERASED, INSIGHT = f"{MEETING}slet-endeligt/", "/slet-endeligt/", "/indsigt/"


def good_for_all(page: Page) -> None:
    assert Axe().run(page).response["violations"] == []
    assert width_of_content(page) <= 320
    assert small_targets(page) == []


def test_a_meeting_is_erased_by_keyboard(visitor: Visitor) -> None:
    page = visitor.open(ERASING, 320)
    good_for_all(page)
    page.get_by_label("Hvorfor").focus()
    page.keyboard.type("Opbev")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("14. juni 2018")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Det er ikke den dato. Skriv 14. juni 2017.")).to_be_visible()
    good_for_all(page)
    page.get_by_label("Skriv mødets dato").fill("14/6 2017")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Mødet er slettet endeligt med 1 fil.")).to_be_visible()
    expect(page.get_by_text("Opbevaringsfristen er udløbet")).to_be_visible()
    good_for_all(page)
    page.get_by_role("button", name="Ophæv spærringen").click()
    expect(page.get_by_text("Filen må nu lægges i arkivet igen.")).to_be_visible()
    visitor.open("/soeg/?q=budgetkatalog")
    expect(page.get_by_role("link", name="Fjerde udkast til budgetkatalog")).to_have_count(0)


def test_a_person_is_found_without_javascript(visitor: Visitor) -> None:
    with at_a_browser(visitor, java_script_enabled=False) as other:
        page = other.open(INSIGHT, 320)
        page.get_by_label("Navn").fill("Lønforhandling")
        page.get_by_role("button", name="Find personen").click()
        expect(page.get_by_role("heading", name="Chefforum 11. oktober 2016", exact=True)).to_be_visible()
        expect(page.locator("mark").first).to_have_text("Lønforhandling")
        assert "forhandling" not in page.url
        with page.expect_download() as download:
            page.get_by_role("button", name="Hent som fil").click()
        assert download.value.suggested_filename.startswith("indsigt-")


def test_what_was_found_is_good_for_all(visitor: Visitor) -> None:
    page = visitor.open(INSIGHT, 320)
    good_for_all(page)
    page.get_by_label("Navn").fill("Lønforhandling")
    page.get_by_role("button", name="Find personen").click()
    expect(page.get_by_role("heading", name="Navnet står")).to_be_visible()
    good_for_all(page)
