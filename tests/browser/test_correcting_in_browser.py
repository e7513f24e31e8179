"""The forms of corrections in a real browser: what is wrong is told where the focus is, what is typed is not lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Dialog, expect

from tests.browser.conftest import Visitor

pytestmark = pytest.mark.xdist_group("browser")

FACTS = "/moeder/2017-06-14/ret/moede/"


def test_what_is_wrong_has_the_focus_and_leads_to_its_field(visitor: Visitor) -> None:
    page = visitor.open(FACTS, 320)
    page.get_by_label("Dato").fill("31-02-2017")
    page.get_by_role("button", name="Gem rettelsen").click()
    told = page.get_by_role("alert")
    expect(told).to_be_focused()
    expect(told).to_contain_text("Rettelsen er ikke gemt")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Dato")).to_be_focused()
    expect(page.get_by_label("Dato")).to_have_accessible_description(re.compile("31. februar 2017 findes ikke"))


def test_what_is_typed_is_not_left_by_accident(visitor: Visitor) -> None:
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page = visitor.open(FACTS)
    page.on("dialog", stay)
    page.get_by_role("link", name="Ret", exact=True).click()  # nothing is typed yet
    page.wait_for_url(re.compile("/ret/$"))
    visitor.open(FACTS)
    page.get_by_label("Sted").fill("Kantinen")
    page.get_by_role("link", name="Ret", exact=True).click()
    expect(page.get_by_label("Sted")).to_have_value("Kantinen")
    assert asked == ["beforeunload"]
    page.get_by_role("link", name="Fortryd").click()
    page.wait_for_url(re.compile("/ret/#moede$"))
    visitor.open(FACTS)
    page.get_by_label("Sted").fill("Kantinen")
    page.get_by_role("button", name="Gem rettelsen").click()
    page.wait_for_url(re.compile("/ret/#moede$"))
    expect(page.get_by_role("region", name="Mødet")).to_contain_text("Rettelsen er gemt.")
    assert asked == ["beforeunload"]
