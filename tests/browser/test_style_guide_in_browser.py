"""The style guide in a real browser: every component in its states, light and dark, on a phone and a wide screen."""

from __future__ import annotations

import pytest

from tests.browser.conditions import axe_finds, colours_in_the_dark
from tests.browser.conftest import Visitor

pytestmark = pytest.mark.xdist_group("browser")

# Rules about a page as a whole. Here parts of many pages stand on one, some several times; on the pages that they are
# made for these rules are tested too (test_every_page_in_browser.py).
OF_WHOLE_PAGES = (
    "duplicate-id-aria",
    "heading-order",
    "identical-links-same-purpose",
    "landmark-contentinfo-is-top-level",
    "landmark-no-duplicate-contentinfo",
    "landmark-unique",
    "page-has-heading-one",
)


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(visitor: Visitor, width: int) -> None:
    visitor.page.emulate_media(reduced_motion="reduce")
    page = visitor.open("/stil/", width)
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    assert axe_finds(page, rules={rule: {"enabled": False} for rule in OF_WHOLE_PAGES}) == []
    assert colours_in_the_dark(page) == []


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_component_is_wider_than_its_place(visitor: Visitor, width: int) -> None:
    page = visitor.open("/stil/", width)
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    wide = page.evaluate("""() => [...document.querySelectorAll(".guide-example")].filter(example => {
        const edge = example.getBoundingClientRect().right + 1;
        return [...example.querySelectorAll("*")].some(element =>
            !element.closest(".table--responsive-scroll table, .sr-only, .skipnav, .unstyled-scroll") &&
            element.getBoundingClientRect().right > edge);
    }).map(example => example.dataset.example)""")
    assert wide == []
