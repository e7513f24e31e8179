"""The register of decisions in a real browser: the chart by pointer, the same by keyboard and through the names that
screen readers read."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.factories import make_item, make_meeting

pytestmark = pytest.mark.xdist_group("browser")

STATES = (
    "/beslutninger/?faste=ja&aar=2017&type=godkendt&type=dr%C3%B8ftet&gruppe=00&q=budget",
    "/beslutninger/?aar=abc&type=vild&q=%3F!",
    "/beslutninger/?aar=1999&gruppe=00",
)
BAR = "2017, Godkendt: 1 beslutning"


def unfold(page: Page) -> None:
    """Open everything that is folded, as a phone shows it."""
    page.evaluate("document.querySelectorAll('main details').forEach(details => { details.open = true })")


@pytest.fixture
def many_years(transactional_db) -> None:
    for year in range(2004, 2017):
        decision = "Godkendt." if year % 2 else "Chefforum drøftede sagen. Det blev godkendt."
        make_meeting(
            f"{year}-02-01", [make_item(2, f"Budget {year}", case_number="00.01.00-S00-6-17", decision=decision)]
        )


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_with_all_unfolded(many_years: None, visitor: Visitor, width: int) -> None:
    found = {}
    for address in ("/beslutninger/", *STATES):
        page = visitor.open(address, width)
        unfold(page)
        results = Axe().run(page)
        if results.violations_count:
            found[address] = results.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    assert found == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_dark(visitor: Visitor, scheme: str) -> None:
    visitor.page.emulate_media(color_scheme=scheme)
    page = visitor.open(STATES[0])
    unfold(page)
    assert Axe().run(page).response["violations"] == []


def test_a_bar_filters(visitor: Visitor) -> None:
    page = visitor.open("/beslutninger/")
    expect(page.get_by_role("heading", level=2, name="3 beslutninger")).to_be_visible()
    page.locator(".chart-bars").get_by_role("link", name=BAR).click()
    expect(page).to_have_url(f"{visitor.site}/beslutninger/?aar=2017&type=godkendt")
    expect(page.get_by_role("heading", level=2, name="1 beslutning", exact=True)).to_be_visible()
    chosen = page.locator(".chart-bars").get_by_role("link", name=f"{BAR} (valgt; fjern valget)")
    expect(chosen).to_have_attribute("aria-current", "true")
    chosen.click()
    expect(page).to_have_url(f"{visitor.site}/beslutninger/")


def test_the_chart_is_no_row_of_stops_but_the_table_is_reached_by_keyboard(visitor: Visitor) -> None:
    page = visitor.open("/beslutninger/")
    page.locator("#beslutninger").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Vis tallene som tabel"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("group", name="Antal beslutninger efter type og år")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('table') !== null")
    focused = page.locator(".chart-table").get_by_role("link", name=BAR)
    for _ in range(20):
        if focused.evaluate("link => link === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(focused).to_be_focused()
    assert focused.evaluate("link => parseFloat(getComputedStyle(link).outlineWidth)") >= 2
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{visitor.site}/beslutninger/?aar=2017&type=godkendt")


def test_the_table_has_heads_and_every_row_of_bars_a_name(visitor: Visitor) -> None:
    page = visitor.open("/beslutninger/")
    expect(page.locator(".chart").get_by_role("group", name="Godkendt i hvert år")).to_be_visible()
    page.get_by_text("Vis tallene som tabel").click()
    table = page.get_by_role("table", name="Antal beslutninger efter type og år")
    expect(table.get_by_role("rowheader", name="Godkendt")).to_be_visible()
    expect(table.get_by_role("columnheader", name="2017")).to_be_visible()
    expect(table.get_by_role("link", name="Alle år, Godkendt: 1 beslutning")).to_have_text("1")


def test_what_is_not_chosen_is_hollow_also_where_colours_are_forced(visitor: Visitor) -> None:
    visitor.page.emulate_media(forced_colors="active")
    page = visitor.open("/beslutninger/?aar=2017")
    fills = page.evaluate("""() => [".chart-bar", ".chart-bar-off"].map(
        name => getComputedStyle(document.querySelector(name)).fill)""")
    assert len(set(fills)) == 2


def test_on_a_phone_filters_and_chart_are_folded_above_the_list(visitor: Visitor) -> None:
    page = visitor.open("/beslutninger/", 390)
    bar = page.locator(".chart-bars").get_by_role("link", name=BAR)
    expect(bar).to_be_hidden()
    page.get_by_text("Diagram: type og år").click()
    box = bar.bounding_box()
    assert box is not None and min(box["width"], box["height"]) >= 24
    bar.click()
    page.get_by_text("Filtre (2 valgt)").click()
    page.get_by_role("link", name="Fjern filteret 2017").click()
    expect(page).to_have_url(f"{visitor.site}/beslutninger/?type=godkendt")


def test_words_are_typed_and_the_other_filters_stay(visitor: Visitor) -> None:
    page = visitor.open("/beslutninger/?aar=2017")
    page.get_by_label("Ord i titel, indstilling eller beslutning").fill("kataloget")
    page.get_by_role("button", name="Vis beslutninger med ordene").click()
    expect(page.get_by_role("heading", level=2, name="1 beslutning", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Fjern filteret Ord: kataloget")).to_be_visible()
    expect(page.get_by_role("link", name="Fjern filteret År: 2017")).to_be_visible()
