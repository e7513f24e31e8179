"""Keys that do what links and buttons do, and the setting that switches them on and off."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor

pytestmark = pytest.mark.xdist_group("browser")

ITEM = "/moeder/2017-06-14/punkt/2/"


def _switch(visitor: Visitor, label: str) -> None:
    page = visitor.open("/hjaelp/")
    page.get_by_label(label).dispatch_event("click")
    expect(page.get_by_text("Gemt i denne browser.")).to_be_visible()


def _settled(page: Page, address: str) -> None:
    """Give a key time to lead astray."""
    page.wait_for_timeout(300)
    assert page.url.endswith(address)


def test_a_slash_goes_to_the_search_box(visitor: Visitor) -> None:
    page = visitor.open(ITEM)
    box = page.get_by_role("combobox", name="Søg i referaterne")
    expect(box).to_have_attribute("aria-keyshortcuts", "/")
    page.keyboard.press("/")
    expect(box).to_be_focused()
    expect(box).to_have_value("")
    page.keyboard.type("a/b")
    expect(box).to_have_value("a/b")


def test_a_slash_goes_to_the_box_of_the_front_page_too(visitor: Visitor) -> None:
    page = visitor.open("/")
    page.keyboard.press("/")
    expect(page.get_by_role("combobox", name="Søg i referaterne")).to_be_focused()


def test_the_slash_can_be_switched_off(visitor: Visitor) -> None:
    _switch(visitor, "/ går til søgefeltet")
    page = visitor.open(ITEM)
    box = page.get_by_role("combobox", name="Søg i referaterne")
    expect(box).not_to_have_attribute("aria-keyshortcuts", "/")
    page.keyboard.press("/")
    page.wait_for_timeout(300)
    expect(box).not_to_be_focused()


def test_single_keys_do_nothing_until_they_are_switched_on(visitor: Visitor) -> None:
    page = visitor.open(ITEM)
    for key in "nfjkmsbrh":
        page.keyboard.press(key)
    _settled(page, ITEM)
    expect(page.get_by_role("link", name="Møder").first).not_to_have_attribute("aria-keyshortcuts", "m")


def test_single_keys_follow_the_links_that_they_stand_for(visitor: Visitor) -> None:
    _switch(visitor, "Enkelttaster, som i listen herunder")
    page = visitor.open(ITEM)
    page.keyboard.press("n")
    page.wait_for_url("**/punkt/3/")
    page.keyboard.press("k")
    page.wait_for_url(f"**{ITEM}")
    page.keyboard.press("s")
    page.wait_for_url("**/sager/")
    page.keyboard.press("m")
    page.wait_for_url("**/moeder/")
    expect(page.get_by_role("navigation", name="Hovedmenu").get_by_role("link", name="Sager")).to_have_attribute(
        "aria-keyshortcuts", "s"
    )


def test_single_keys_are_letters_where_somebody_writes(visitor: Visitor) -> None:
    _switch(visitor, "Enkelttaster, som i listen herunder")
    page = visitor.open(ITEM)
    box = page.get_by_role("combobox", name="Søg i referaterne")
    box.focus()
    page.keyboard.type("nms")
    expect(box).to_have_value("nms")
    page.get_by_role("main").focus()
    for key in ("Control+m", "Alt+s", "Meta+b"):
        page.keyboard.press(key)
    _settled(page, ITEM)


def test_a_spoilt_store_is_as_good_as_none(visitor: Visitor) -> None:
    page = visitor.open(ITEM)
    page.evaluate("localStorage.setItem('genvejstaster', '{nonsense')")
    page.reload()
    page.keyboard.press("/")
    expect(page.get_by_role("combobox", name="Søg i referaterne")).to_be_focused()
