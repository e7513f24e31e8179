"""Every page that there is, what is measured on one, and the same visitor at a browser that is set up otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

from tests import drafts
from tests.addresses import TABLE
from tests.browser.conftest import Visitor

# What is there for somebody, and no page: files, an image, words for a script. The style guide has tests of its own.
FILES = {
    "beslutninger/csv/",
    "frister/kalender.ics",
    "moeder/<meeting:slug>/original/",
    "moeder/<meeting:slug>/udgaver/<number:number>/",
    "soeg/forslag/",
    "stil/",
}
NOWHERE = "/moeder/2017-06-15/"  # the page says so
GONE = f"/kladder/{drafts.DISCARDED}/"
EVERY_PAGE = (
    *(
        row.address
        for row in TABLE
        if row.method == "get" and row.by_default.endswith(" 200") and row.route not in {*FILES, "admin/"}
    ),
    NOWHERE,
    GONE,
)


@contextmanager
def at_a_browser(visitor: Visitor, **options: Any) -> Iterator[Visitor]:
    """`options` are those of Playwright's `new_context`. What must hold on every page is checked at the end."""
    browser = visitor.page.context.browser
    assert browser is not None
    context = browser.new_context(locale="da-DK", storage_state=visitor.page.context.storage_state(), **options)
    other = Visitor(context, visitor.site)
    yield other
    context.close()
    assert other.console == []
    assert other.foreign_hosts() == set()


def axe_finds(page: Page, **options: Any) -> list[str]:
    """What axe has against the page as it is shown now; `options` are its own."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE_SCRIPT)
    options = {"resultTypes": ["violations"], **options}
    found = AxeResults(page.evaluate("options => axe.run(options)", options))
    return [found.generate_report()] if found.violations_count else []


def colours_in_the_dark(page: Page) -> list[str]:
    """What axe has against the colours there. Nothing else is another than in the light."""
    page.emulate_media(color_scheme="dark")
    found = axe_finds(page, runOnly=["color-contrast", "link-in-text-block"])
    page.emulate_media(color_scheme="light")
    return found


def width_of_content(page: Page) -> float:
    """Of everything but what lies in a frame that scrolls by itself, or is hidden from sight."""
    return page.evaluate("""() => Math.max(
        document.documentElement.scrollWidth,
        ...[...document.querySelectorAll("body *")]
            .filter(element => !element.closest(".table--responsive-scroll table, .sr-only, .skipnav"))
            .map(element => element.getBoundingClientRect().right)
    )""")


def small_targets(page: Page) -> list[str]:
    """What is pointed at and smaller than 24 by 24 pixels (WCAG 2.2, 2.5.8), but for links in running text."""
    return page.evaluate("""() => [...document.querySelectorAll("a[href], button, summary, input:not([type=hidden])")]
        .filter(element => element.checkVisibility() && !element.closest(".prose, .skipnav"))
        .map(element => [element, element.getBoundingClientRect()])
        .filter(([element, box]) => box.height < 24 || box.width < 24)
        .map(([element, box]) => `${element.innerText} ${Math.round(box.width)}x${Math.round(box.height)}`)
    """)
