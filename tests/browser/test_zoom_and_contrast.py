"""Every page for people who enlarge it, space its text out, want no motion, choose the colours, or listen to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conditions import EVERY_PAGE, at_a_browser
from tests.browser.conftest import Visitor

pytestmark = pytest.mark.xdist_group("browser")

# WCAG 2.2, 1.4.12
TEXT_SPACING = """
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-bottom: 2em !important; }
"""
LARGE_TEXT = "html { font-size: 125% !important; }"  # twice the 62.5% of Det Fælles Designsystem

# What lies in a frame that scrolls by itself or is for screen readers alone may be as wide as it is.
CUT_OFF = """() => {
    const apart = ".table--responsive-scroll *, .sr-only, .sr-only *, .skipnav, .skipnav *, svg, svg *, option";
    const name = element => `${element.tagName.toLowerCase()}.${element.getAttribute("class") || ""}: ` +
        (element.innerText || "").trim().slice(0, 40);
    const seen = element => element.checkVisibility({visibilityProperty: true}) && !element.matches(apart);
    const found = [];
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > width) found.push(`scrolls to ${document.documentElement.scrollWidth}`);
    for (const element of document.querySelectorAll("body *")) {
        if (!seen(element)) continue;
        const style = getComputedStyle(element), box = element.getBoundingClientRect();
        if (box.width && (box.right > width + 1 || box.left < -1)) found.push(`outside ${name(element)}`);
        const forEars = box.width <= 1 && box.height <= 1;  // a style of its own hides it as .sr-only does
        if (forEars || element.matches("input, select, textarea, .table--responsive-scroll")) continue;
        const wide = element.scrollWidth > element.clientWidth + 1;
        const tall = element.scrollHeight > element.clientHeight + 1;
        const clips = axis => ["hidden", "clip"].includes(style[axis]);
        if (wide && clips("overflowX") || tall && clips("overflowY")) found.push(`cut off ${name(element)}`);
        const spills = (wide || tall) && element.matches("button, a.button, .badge, .tag, .chip");
        if (spills) found.push(`spills ${name(element)}`);
        const stays = ["fixed", "sticky"].includes(style.position) && style.overflowY === "visible";
        const covers = box.width > innerWidth / 2 && box.height > innerHeight / 2;
        if (stays && (covers || box.height > innerHeight)) found.push(`in the way ${name(element)}`);
    }
    return [...new Set(found)].slice(0, 8);
}"""

MOVING = """() => {
    const longest = list => Math.max(...list.split(",").map(one => parseFloat(one) * (one.includes("ms") ? 1 : 1000)));
    const found = document.getAnimations().map(one => `runs ${one.animationName || one.transitionProperty}`);
    if (getComputedStyle(document.documentElement).scrollBehavior === "smooth") found.push("html scrolls smoothly");
    for (const element of document.querySelectorAll("*")) for (const part of [null, "::before", "::after"]) {
        const style = getComputedStyle(element, part);
        const moves = longest(style.transitionDuration) > 1 && style.transitionProperty !== "none"
            || longest(style.animationDuration) > 1 && style.animationName !== "none";
        if (moves) found.push(`${element.tagName.toLowerCase()}.${element.getAttribute("class") || ""}${part || ""}`);
    }
    return [...new Set(found)].slice(0, 8);
}"""

UNSEEN_CONTROLS = """() => {
    const found = [];
    const name = element => `${element.tagName.toLowerCase()}.${element.getAttribute("class") || ""}`;
    const drawn = (style, what) => style[`${what}Style`] !== "none" && parseFloat(style[`${what}Width`]) >= 1;
    const controls = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
    const framed = "input:not([type=checkbox], [type=radio]), select, textarea, .button:not(.button-unstyled)";
    for (const element of document.querySelectorAll(controls)) {
        if (!element.checkVisibility({visibilityProperty: true}) || element.disabled) continue;
        const quiet = getComputedStyle(element);
        if (element.matches(framed) && !drawn(quiet, "borderTop")) found.push(`no border ${name(element)}`);
        element.focus();
        const style = getComputedStyle(element);
        if (!drawn(style, "outline") || parseFloat(style.outlineWidth) < 2) found.push(`no focus ${name(element)}`);
    }
    return [...new Set(found)];
}"""


def faults(visitor: Visitor, look: Callable[[Page], Iterable[str]], width: int = 1280) -> dict[str, list[str]]:
    """What `look` finds on each page that has something."""
    found = {address: list(look(visitor.open(address, width))) for address in EVERY_PAGE}
    return {address: wrong for address, wrong in found.items() if wrong}


def with_style(page: Page, css: str) -> Page:
    """The page with rules of a reader's own laid over it."""
    page.evaluate(
        "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet]; }",
        css,
    )
    return page


def test_at_400_percent_nothing_is_cut_off(visitor: Visitor) -> None:
    """A window of 1280 by 1024 pixels, enlarged four times."""

    def look(page: Page) -> list[str]:
        page.set_viewport_size({"width": 320, "height": 256})
        return page.evaluate(CUT_OFF)

    assert faults(visitor, look, 320) == {}


def test_at_twice_the_text_nothing_is_cut_off(visitor: Visitor) -> None:
    assert faults(visitor, lambda page: with_style(page, LARGE_TEXT).evaluate(CUT_OFF)) == {}


@pytest.mark.parametrize("width", [320, 1280])
def test_spaced_out_text_stays_in_sight(visitor: Visitor, width: int) -> None:
    assert faults(visitor, lambda page: with_style(page, TEXT_SPACING).evaluate(CUT_OFF), width) == {}


def test_nothing_moves_for_who_wants_no_motion(visitor: Visitor) -> None:
    with at_a_browser(visitor, reduced_motion="reduce") as other:
        assert faults(other, lambda page: page.evaluate(MOVING)) == {}


def test_controls_and_focus_are_seen_in_forced_colours(visitor: Visitor) -> None:
    def look(page: Page) -> list[str]:
        page.keyboard.press("Tab")  # from now on focus is shown as for the keyboard
        return page.evaluate(UNSEEN_CONTROLS)

    with at_a_browser(visitor, forced_colors="active") as other:
        assert faults(other, look) == {}


def test_axe_finds_nothing_in_the_dark(visitor: Visitor) -> None:
    def look(page: Page) -> list[str]:
        return [
            f"{one['id']}: {node['html'][:120]} {node['any'][0]['message'] if node['any'] else ''}"
            for one in Axe().run(page).response["violations"]
            for node in one["nodes"]
        ]

    with at_a_browser(visitor, color_scheme="dark") as other:
        assert faults(other, look) == {}


def test_links_and_buttons_have_names_that_tell_them_apart(visitor: Visitor) -> None:
    """As a screen reader has them: from the tree of accessibility."""
    assert faults(visitor, _unclear_names) == {}


def _unclear_names(page: Page) -> list[str]:
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    found = []
    places: dict[str, set[str]] = defaultdict(set)
    for node in nodes:
        role, name = _value(node, "role"), " ".join(_value(node, "name").split())
        if node.get("ignored") or role not in {"link", "button", "combobox", "textbox", "DisclosureTriangle"}:
            continue
        if not name:
            found.append(f"{role} without a name")
        if role == "link":
            places[name].add(_address(node))
    return found + [f"{name}: {sorted(there)}" for name, there in places.items() if len(there) > 1]


def _value(node: dict[str, Any], key: str) -> str:
    return str(node.get(key, {}).get("value", ""))


def _address(node: dict[str, Any]) -> str:
    [address] = [one["value"]["value"] for one in node["properties"] if one["name"] == "url"]
    return str(address)
