"""Pages in the dark, with few colours, with more contrast, and without movement."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.test_in_browser import ITEM

pytestmark = pytest.mark.xdist_group("browser")

BACKGROUND = "getComputedStyle(document.body).backgroundColor"


def test_what_the_reader_prefers_is_what_shows(visitor: Visitor) -> None:
    page = visitor.open(ITEM)
    for scheme, lightness in (("light", 255), ("dark", 22)):
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(BACKGROUND).startswith(f"rgb({lightness}, ")
    page.emulate_media(color_scheme="dark", media="print")
    assert page.evaluate(BACKGROUND) in {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}


def test_with_forced_colours_what_a_background_told_is_told_by_a_line(visitor: Visitor) -> None:
    page = visitor.open(ITEM)
    page.emulate_media(forced_colors="active")
    for part in (".outcome", ".decision", ".button-secondary"):
        style = page.locator(part).first.evaluate("part => getComputedStyle(part).borderLeftStyle")
        assert style == "solid", part
    page.keyboard.press("Tab")
    assert _outline_of_focus(page) == ("solid", 3)


def _outline_of_focus(page: Page) -> tuple[str, float]:
    style, width = page.evaluate("""() => {
        const style = getComputedStyle(document.activeElement);
        return [style.outlineStyle, parseFloat(style.outlineWidth)];
    }""")
    return style, width


def test_more_contrast_leaves_no_quiet_words(visitor: Visitor) -> None:
    page = visitor.open(ITEM)
    page.emulate_media(contrast="more")
    ink, quiet = (
        page.evaluate(f"getComputedStyle(document.documentElement).getPropertyValue('--{name}')")
        for name in ("ink", "ink-quiet")
    )
    assert ink == quiet


def test_nothing_moves_for_who_wants_no_movement(visitor: Visitor) -> None:
    visitor.page.emulate_media(reduced_motion="reduce")
    page = visitor.open(ITEM)
    moving = page.evaluate("""() => [...document.querySelectorAll("*")].filter(element => {
        const style = getComputedStyle(element);
        return parseFloat(style.transitionDuration) > 0.001 || parseFloat(style.animationDuration) > 0.001
            || style.scrollBehavior === "smooth";
    }).length""")
    assert moving == 0


def test_nothing_jumps_while_a_page_loads(visitor: Visitor) -> None:
    for address in ("/", ITEM, "/hjaelp/", "/soeg/?q=budget"):
        page = visitor.open(address)
        page.wait_for_load_state("networkidle")
        shift = page.evaluate("""() => new Promise(resolve => {
            let total = 0;
            new PerformanceObserver(list => {
                list.getEntries().forEach(entry => { total += entry.hadRecentInput ? 0 : entry.value; });
            }).observe({ type: "layout-shift", buffered: true });
            setTimeout(() => resolve(total), 300);
        })""")
        assert shift < 0.02, address


def test_a_page_of_an_error_is_dark_too(visitor: Visitor) -> None:
    visitor.page.emulate_media(color_scheme="dark")
    page = visitor.open("/ingenting/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Siden findes ikke")
    assert page.evaluate(BACKGROUND).startswith("rgb(22, ")
