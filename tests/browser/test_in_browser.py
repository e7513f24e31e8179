"""A real browser: by keyboard, small pages, errors, the administration. Every page: test_every_page_in_browser.py."""

from __future__ import annotations

from pathlib import Path

import brotli
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import expect

from tests.browser.conditions import axe_finds, width_of_content
from tests.browser.conftest import Visitor

pytestmark = pytest.mark.xdist_group("browser")  # one worker runs them: two browsers at once only wait for each other

ITEM = "/moeder/2017-06-14/punkt/2/"

FIRST_VIEW_BYTES = 150_000  # compressed, as a server sends it


def test_axe_finds_nothing_when_something_broke(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("minutes.views.front.render", broken)
    page = visitor.open("/", 320)
    expect(page.get_by_role("heading", level=1)).to_have_text("Noget gik galt")
    assert axe_finds(page) == []
    assert width_of_content(page) <= 320


def test_the_skip_link_comes_first_and_leads_past_the_header(visitor: Visitor) -> None:
    page = visitor.open(ITEM)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Gå til sidens indhold")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("width", [320, 1280])
def test_everything_is_reached_by_keyboard_in_reading_order_and_seen(visitor: Visitor, width: int) -> None:
    page = visitor.open(ITEM, width)
    stops = page.locator("a[href], button, input:not([type=hidden]), summary, [tabindex='0']").count()
    reached = []
    for _ in range(stops):
        page.keyboard.press("Tab")
        focus = page.evaluate("""() => {
            const element = document.activeElement, style = getComputedStyle(element);
            const all = [...document.querySelectorAll(
                "a[href], button, input:not([type=hidden]), summary, [tabindex='0']")];
            return [all.indexOf(element), style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2];
        }""")
        reached.append(tuple(focus))
    assert reached == [(place, True) for place in range(stops)]


def test_a_wide_table_scrolls_in_its_frame_by_keyboard(visitor: Visitor) -> None:
    page = visitor.open(ITEM, 320)
    frame = page.get_by_role("group", name="Tabel 1 i Sagsfremstilling")
    frame.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("element => element.scrollLeft > 0", arg=frame.element_handle())


def test_a_first_view_is_small(visitor: Visitor) -> None:
    visitor.open(ITEM)
    visitor.page.wait_for_load_state("networkidle")
    sizes = {}
    for url in set(visitor.requests):
        path = url.removeprefix(visitor.site)
        if path.startswith(f"/{settings.STATIC_URL.strip('/')}/"):
            content = Path(settings.STATICFILES_DIRS[0], path.split("/", 2)[2]).read_bytes()
            sizes[path] = len(content) if path.endswith(".woff2") else len(brotli.compress(content))
    assert len(sizes) >= 5
    assert sum(sizes.values()) + len(brotli.compress(visitor.page.content().encode())) < FIRST_VIEW_BYTES


def test_axe_finds_nothing_in_the_administration(visitor: Visitor) -> None:
    found = {}
    addresses = ["/admin/", "/admin/minutes/reference/add/", "/admin/minutes/change/", "/admin/minutes/closedreading/"]
    for model in ("agendaitem", "case", "decision", "meeting", "sourcedocument"):
        page = visitor.open(f"/admin/minutes/{model}/")
        first = page.locator("#result_list a[href*=change]").first.get_attribute("href")
        addresses += [f"/admin/minutes/{model}/", first]
    addresses.append(first.replace("/change/", "/history/"))
    for address in addresses:
        # Select2 gives the words in its field, which nobody can focus, the role of a field of their own.
        results = Axe().run(visitor.open(address), context={"exclude": [[".select2-selection__rendered"]]})
        if results.violations_count:
            found[address] = results.generate_report()
    assert found == {}


def test_an_item_is_found_by_its_words_in_the_administration(visitor: Visitor) -> None:
    page = visitor.open("/admin/minutes/reference/add/")
    for field, words in (("item", "budgetkatalog"), ("target_item", "Budget 2017")):
        page.locator(f".field-{field} .select2-selection").click()
        page.locator(".select2-search__field").fill(words)
        page.locator(".select2-results__option", has_text=words).click()
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def test_logging_in_and_out(visitor: Visitor) -> None:
    page = visitor.open("/")
    page.get_by_role("button", name="Log ud").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Log ind")
    page.get_by_label("Brugernavn").fill("nogen")
    page.get_by_label("Adgangskode").fill("forkert")
    page.get_by_role("main").get_by_role("button", name="Log ind").click()
    expect(page.get_by_text("Du blev ikke logget ind")).to_be_visible()
