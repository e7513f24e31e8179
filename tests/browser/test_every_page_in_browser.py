"""Every page for everybody: on each screen, in the light and in the dark, enlarged, spaced out, still, in the colours
of one's choice, and listened to. A page is loaded once on a phone and once on a desk, and looked at in every way there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from minutes.ingest.service import ingest_file
from minutes.models import SourceDocument
from tests import drafts
from tests.addresses import TABLE
from tests.archive import ROLES
from tests.browser.conditions import EVERY_PAGE, axe_finds, colours_in_the_dark, small_targets, width_of_content
from tests.browser.conftest import Visitor
from tests.factories import ingest, make_item, make_meeting, make_minutes

# Not of the group "browser": whichever worker has time takes a part of the pages.
PARTS = 6
PDF = Path(__file__).parents[1] / "referater" / "2023-12-07.pdf"
DRAFT_OF_PDF = 700_011
PAGES = (
    *EVERY_PAGE,
    f"/kladder/{DRAFT_OF_PDF}/",  # with images of the file's pages
    "/moeder/2018-04-04/",
    "/moeder/2018-04-04/udgaver/",
    "/moeder/2018-04-04/udgaver/sammenlign/",
    "/moeder/2018-04-04/ret/",
)
OF_A_READER = tuple(
    row.address for row in TABLE if row.address in PAGES and row.by_default.split()[ROLES.index("læser")] == "200"
)

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
    const unframed = "[type=checkbox], [type=radio], [type=file]";
    const framed = `input:not(${unframed}), select, textarea, .button:not(.button-unstyled)`;
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


type Look = Callable[[Page], Iterable[str]]


@pytest.fixture
def walker(visitor: Visitor) -> Visitor:
    """The visitor before an archive with drafts, and a meeting of two editions. Who reads, sees nothing move."""
    drafts.make_drafts()
    drafted = ingest_file(content=PDF.read_bytes(), filename=PDF.name, user=None, draft=True).source
    assert drafted is not None
    SourceDocument.objects.filter(pk=drafted.pk).update(id=DRAFT_OF_PDF)
    make_meeting("2018-04-04", [make_item(1, "Mødeplan", decision="Godkendt."), make_item(2, "Kantinen")])
    ingest(make_minutes("2018-04-04", [make_item(1, "Mødeplan", decision="Udsat."), make_item(3, "Eventuelt")]))
    visitor.page.emulate_media(reduced_motion="reduce")
    return visitor


def _faults(
    visitor: Visitor, pages: Sequence[str], width: int, looks: Mapping[str, Look]
) -> dict[tuple[str, str], list[str]]:
    """What each look finds on each page, where it finds something."""
    found = {}
    for address in pages:
        page = visitor.open(address, width)
        for name, look in looks.items():
            found[address, name] = list(look(page))
        page.emulate_media(forced_colors="none")
    return {where: wrong for where, wrong in found.items() if wrong}


def _too_wide(width: int) -> Look:
    def look(page: Page) -> list[str]:
        page.set_viewport_size({"width": width, "height": 800})
        found = width_of_content(page)
        return [f"{found} pixels"] if found > width else []

    return look


def _enlarged_four_times(page: Page) -> list[str]:
    """A window of 1280 by 1024 pixels."""
    page.set_viewport_size({"width": 320, "height": 256})
    return _with_style(page, "").evaluate(CUT_OFF)


def _spaced_out(page: Page) -> list[str]:
    return _with_style(page, TEXT_SPACING).evaluate(CUT_OFF)


def _with_large_text(page: Page) -> list[str]:
    return _with_style(page, LARGE_TEXT).evaluate(CUT_OFF)


def _in_forced_colours(page: Page) -> list[str]:
    _with_style(page, "")
    page.emulate_media(forced_colors="active")
    page.keyboard.press("Tab")  # from now on focus is shown as for the keyboard
    return page.evaluate(UNSEEN_CONTROLS)


@pytest.mark.parametrize("part", range(PARTS))
def test_on_a_phone(walker: Visitor, part: int) -> None:
    looks = {
        "too wide at 320 pixels": _too_wide(320),
        "too small for a finger (24 by 24 pixels; WCAG 2.2, 2.5.8)": small_targets,
        "axe": axe_finds,
        "axe in the dark": colours_in_the_dark,
        "cut off when spaced out": _spaced_out,
        "cut off at 400 percent": _enlarged_four_times,
        "too wide at 390 pixels": _too_wide(390),
        "too wide at 768 pixels": _too_wide(768),
    }
    assert _faults(walker, PAGES[part::PARTS], 320, looks) == {}


@pytest.mark.parametrize("part", range(PARTS))
def test_on_a_desk(walker: Visitor, part: int) -> None:
    looks = {
        "moves for who wants no motion": lambda page: page.evaluate(MOVING),
        "names that do not tell links and buttons apart": _unclear_names,
        "axe": axe_finds,
        "axe in the dark": colours_in_the_dark,
        "cut off with text twice as large": _with_large_text,
        "cut off when spaced out": _spaced_out,
        "not seen in forced colours": _in_forced_colours,
    }
    assert _faults(walker, PAGES[part::PARTS], 1280, looks) == {}


@pytest.mark.parametrize("part", range(2))
def test_for_a_reader_who_sees_less(visitor: Visitor, part: int) -> None:
    visitor.become("læser")
    looks = {
        "too wide at 320 pixels": _too_wide(320),
        "too small for a finger (24 by 24 pixels; WCAG 2.2, 2.5.8)": small_targets,
        "axe": lambda page: axe_finds(page, rules={"color-contrast": {"enabled": False}}),
        "names that do not tell links and buttons apart": _unclear_names,
        "cut off at 400 percent": _enlarged_four_times,
    }
    assert len(OF_A_READER) > 30
    assert _faults(visitor, OF_A_READER[part::2], 320, looks) == {}


def _with_style(page: Page, css: str) -> Page:
    """The page with rules of a reader's own laid over it."""
    page.evaluate(
        "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet]; }",
        css,
    )
    return page


def _unclear_names(page: Page) -> list[str]:
    """As a screen reader has them: from the tree of accessibility."""
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
