"""Searching in a real browser: suggestions by keyboard, pointer and screen reader, filters on every screen."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.archive import HOSTILE, OPEN_CASE
from tests.browser.conftest import Visitor

pytestmark = pytest.mark.xdist_group("browser")

STATES = (
    "/soeg/?q=budgetkatalog&aar=2017&gruppe=00&faste=nej&fra=2017-01-01",
    "/soeg/?q=budget&fra=31-02-2020&aar=abc",
    "/soeg/?q=kvantefysik",
    "/soeg/?q=kvantefysik&aar=1999",
    "/soeg/?q=14.+juni+2017",
    f"/soeg/?q={OPEN_CASE}",
    "/soeg/?q=00.01.00",
    "/soeg/?q=" + "langtord" * 30,
    "/soeg/?q=?!",
)


def box(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Søg i referaterne")


def options(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Forslag").get_by_role("option")


def type_into(page: Page, text: str) -> None:
    box(page).press_sequentially(text)
    expect(options(page).first).to_be_visible()


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_whatever_the_search_answers(visitor: Visitor, width: int) -> None:
    found = {}
    for address in STATES:
        page = visitor.open(address, width)
        results = Axe().run(page)
        if results.violations_count:
            found[address] = results.generate_report()
    assert found == {}


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_is_wider_than_the_screen(visitor: Visitor, width: int) -> None:
    widths = {
        address: visitor.open(address, width).evaluate("document.documentElement.scrollWidth") for address in STATES
    }
    assert {address: found for address, found in widths.items() if found > width} == {}


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_in_open_suggestions(visitor: Visitor, width: int) -> None:
    page = visitor.open("/moeder/", width)
    type_into(page, "budget")
    box(page).press("ArrowDown")
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_suggestions_by_keyboard(visitor: Visitor) -> None:
    page = visitor.open("/moeder/")
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    type_into(page, "budgetk")
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status")).to_have_text("2 forslag")
    box(page).press("ArrowDown")
    expect(options(page).first).to_have_attribute("aria-selected", "true")
    expect(box(page)).to_have_value("budgetkatalog")
    assert box(page).get_attribute("aria-activedescendant") == options(page).first.get_attribute("id")
    box(page).press("ArrowDown")
    expect(options(page).nth(1)).to_have_attribute("aria-selected", "true")
    expect(box(page)).to_have_value("budgetk")
    box(page).press("ArrowDown")  # past the last one is the box itself
    assert box(page).get_attribute("aria-activedescendant") is None
    box(page).press("ArrowUp")
    expect(options(page).nth(1)).to_have_attribute("aria-selected", "true")
    box(page).press("Enter")
    expect(page).to_have_url(f"{visitor.site}/moeder/2017-06-14/punkt/2/")


def test_enter_without_a_choice_searches_for_what_was_typed(visitor: Visitor) -> None:
    page = visitor.open("/moeder/")
    type_into(page, "budgetk")
    box(page).press("Enter")
    expect(page).to_have_url(f"{visitor.site}/soeg/?q=budgetk")


def test_escape_closes_and_keeps_what_was_typed(visitor: Visitor) -> None:
    page = visitor.open("/moeder/")
    type_into(page, "budgetk")
    box(page).press("ArrowDown")
    box(page).press("Escape")
    expect(options(page)).to_have_count(0)
    expect(box(page)).to_have_value("budgetk")
    expect(box(page)).to_be_focused()
    box(page).press("ArrowDown")  # asks again
    expect(options(page).first).to_be_visible()
    box(page).press("Tab")
    expect(options(page)).to_have_count(0)
    expect(page.get_by_role("button", name="Søg")).to_be_focused()


def test_suggestions_by_pointer(visitor: Visitor) -> None:
    page = visitor.open("/")
    type_into(page, "00.01.00-S")
    options(page).filter(has_text=OPEN_CASE).click()
    expect(page).to_have_url(f"{visitor.site}/sager/{OPEN_CASE}/")


def test_nothing_to_suggest_is_said(visitor: Visitor) -> None:
    page = visitor.open("/moeder/")
    box(page).press_sequentially("kvantefysik")
    expect(page.get_by_role("status")).to_have_text("Ingen forslag")
    expect(box(page)).to_have_attribute("aria-expanded", "false")


def test_a_title_of_a_file_stays_text_among_the_suggestions(visitor: Visitor) -> None:
    page = visitor.open("/moeder/")
    type_into(page, "fjerde")
    expect(options(page).filter(has_text=HOSTILE)).to_have_count(1)
    assert page.locator("[role=listbox] script").count() == 0


def test_on_a_phone_the_filters_are_folded_above_the_hits(visitor: Visitor) -> None:
    page = visitor.open("/soeg/?q=budget", 390)
    year = page.get_by_role("link", name="2017 1 punkt")
    expect(year).to_be_hidden()
    page.get_by_text("Filtre", exact=True).locator("visible=true").click()
    year.click()
    expect(page).to_have_url(f"{visitor.site}/soeg/?q=budget&aar=2017")
    expect(page.get_by_role("heading", level=1)).to_have_text("1 punkt")
    page.get_by_role("link", name="Fjern filteret År: 2017").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 punkter")


def test_on_a_desk_they_stand_beside_them(visitor: Visitor) -> None:
    page = visitor.open("/soeg/?q=budget", 1280)
    expect(page.get_by_role("link", name="2017 1 punkt")).to_be_visible()
    page.get_by_label("Fra").fill("2017-01-01")
    page.get_by_role("button", name="Vis").click()
    expect(page.get_by_role("link", name="Fjern filteret Fra 1. januar 2017")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 punkt")


def test_all_of_it_works_without_javascript(visitor: Visitor) -> None:
    browser = visitor.page.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False, storage_state=visitor.page.context.storage_state())
    page = context.new_page()
    page.goto(f"{visitor.site}/moeder/")
    page.get_by_label("Søg i referaterne").fill("budget")
    page.get_by_role("button", name="Søg").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 punkter")
    page.get_by_role("link", name="2016 1 punkt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 punkt")
    context.close()
