"""From the file to the archive in a real browser: chosen, seen as it will read, put into the archive, found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conditions import at_a_browser
from tests.browser.conftest import Visitor

pytestmark = pytest.mark.xdist_group("browser")

REFERATER = Path(__file__).parents[1] / "referater"
PDF = REFERATER / "2016-10-11.pdf"
DRAFT = re.compile("/kladder/[0-9]+/$")


def minutes_of(decision: str, cpr: str = "") -> bytes:
    return (
        "REFERAT Chefforum d. 06-06-2018\n\nPunkt 1: CF - Lystfiskeri i søen\n\n00.01.00-A00-3-18\n\n"
        f"Sagsfremstilling\n\nDer er gedder. {cpr}\n\nBeslutning\n\n{decision}\n\n"
        "Punkt 2: CF - Eventuelt\n\n00.01.00-A00-4-18\n\nBeslutning\n\nIntet.\n"
    ).encode()


def upload(visitor: Visitor, name: str, content: bytes, width: int = 1280) -> Page:
    page = visitor.open("/laeg-op/", width)
    page.get_by_label("vælg filer").set_input_files({"name": name, "mimeType": "text/plain", "buffer": content})
    if page.get_by_role("button", name="Læg op").is_visible():  # no script sends it by itself
        page.get_by_role("button", name="Læg op").click()
    page.wait_for_url(DRAFT)
    return page


def look(page: Page, width: int) -> None:
    """What goes for every page: nothing for axe, nothing too wide, nothing too small for a finger."""
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.evaluate("""() => [...document.querySelectorAll("main a[href], main button, main summary")]
        .filter(element => element.checkVisibility() && !element.closest(".prose"))
        .map(element => [element.innerText, element.getBoundingClientRect()])
        .filter(([, box]) => box.height < 24 || box.width < 24).map(([words]) => words)""")
    assert small == []


def test_a_file_is_chosen_seen_put_into_the_archive_and_found(visitor: Visitor) -> None:
    page = upload(visitor, "referat.txt", minutes_of("Godkendt."))
    expect(page.get_by_role("heading", level=1)).to_have_text("Chefforum 6. juni 2018")
    expect(page.get_by_text("2 punkter · Læst uden forbehold")).to_be_visible()
    expect(page.get_by_role("article", name="Lystfiskeri i søen")).to_contain_text("Der er gedder.")
    page.get_by_role("button", name="Læg i arkivet").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mødet 6. juni 2018")
    expect(page.get_by_role("link", name="Gennemse punkterne")).to_be_visible()
    page = visitor.open("/soeg/?q=gedder")
    expect(page.get_by_role("main")).to_contain_text("Lystfiskeri i søen")

    page = upload(visitor, "rettet.txt", minutes_of("Godkendt med vilkår."))
    expect(page.get_by_text("denne fil bliver udgave 2")).to_be_visible()
    expect(page.locator("ins")).to_contain_text("med vilkår.")
    page.get_by_role("button", name="Læg i arkivet").first.click()
    expect(page.get_by_text("Udgave 2 er lagt i arkivet.")).to_be_visible()


def test_the_same_by_keyboard(visitor: Visitor) -> None:
    page = upload(visitor, "referat.txt", minutes_of("Godkendt."))
    page.locator("main").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Læg i arkivet").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mødet 6. juni 2018")


def test_the_same_without_javascript(visitor: Visitor) -> None:
    with at_a_browser(visitor, java_script_enabled=False) as plain:
        page = upload(plain, "referat.txt", minutes_of("Godkendt."))
        expect(page.get_by_text(re.compile("^Linje .* i filen$")).first).to_be_visible()
        page.get_by_role("button", name="Læg i arkivet").last.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Mødet 6. juni 2018")


def test_the_place_of_a_part_is_shown_beside_it(visitor: Visitor) -> None:
    page = visitor.open("/laeg-op/")
    page.get_by_label("vælg filer").set_input_files(PDF)
    page.wait_for_url(DRAFT)
    item = page.get_by_role("article", name="Godkendelse af dagsorden og referat")
    item.get_by_role("heading", name="Beslutning").hover()
    shown = item.locator("[data-part].is-shown")
    expect(shown).to_contain_text("Beslutning")
    image = item.get_by_role("img")
    expect(image).to_have_attribute("src", shown.get_attribute("data-src") or "")
    page.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=image.element_handle())
    expect(item.locator(".page-image-where").first).to_have_text(shown.get_attribute("data-where") or "")
    look(page, 1280)
    page.set_viewport_size({"width": 390, "height": 800})
    expect(image).to_be_hidden()
    item.locator("summary", has_text="Originalen: Side").click()
    expect(image).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_for_everybody_on_every_screen(visitor: Visitor, width: int) -> None:
    page = upload(visitor, "referat.txt", minutes_of("Godkendt.", "Det gælder 010190-1234."), width)
    expect(page.get_by_text("CPR-nummer i filen")).to_be_visible()
    look(page, width)
    page.get_by_role("button", name="Læg i arkivet").first.click()
    page = upload(visitor, "rettet.txt", minutes_of("Udsat, til der er is."), width)
    for folded in page.locator("details").all():
        folded.evaluate("one => { one.open = true; }")
    look(page, width)
    look(visitor.open("/moeder/2018-06-06/ret/", width), width)
