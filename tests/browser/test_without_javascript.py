"""Everything is there without JavaScript: it only ever adds."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.archive import OPEN_CASE
from tests.browser.conditions import EVERY_PAGE, at_a_browser
from tests.browser.conftest import Visitor

pytestmark = pytest.mark.xdist_group("browser")

# What is folded by the browser itself opens without a script; a form that only a script can carry out is not shown.
AMISS = """() => {
    const found = [], main = document.querySelector("main");
    const folded = "details:not([open]), summary, .needs-script, [data-keys], .printed-from, svg, option, " +
        ".upload-drag, [data-results]";  // only a script drops files, and tells of each as it comes
    const seen = element => element.checkVisibility({visibilityProperty: true});
    const name = element => `${element.tagName.toLowerCase()}.${element.getAttribute("class") || ""}: ` +
        element.textContent.trim().slice(0, 40);
    if (!main || !main.innerText.trim()) found.push("nothing in main");
    for (const element of main.querySelectorAll("*")) {
        const hasWords = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
        if (hasWords && !seen(element) && !element.closest(folded)) found.push(`not seen ${name(element)}`);
    }
    for (const button of document.querySelectorAll("button, input[type=submit]"))
        if (seen(button) && (!button.form || button.type === "button")) found.push(`does nothing ${name(button)}`);
    for (const form of document.forms)
        if (seen(form) && !form.querySelector("button:not([type=button])")) found.push(`no button ${name(form)}`);
    for (const one of document.querySelectorAll("details"))
        if (!one.querySelector("summary")) found.push(`no summary ${name(one)}`);
    for (const link of document.querySelectorAll("a[href^='#']"))
        if (link.hash.length > 1 && !document.getElementById(decodeURIComponent(link.hash.slice(1))))
            found.push(`leads nowhere ${link.hash}`);
    return [...new Set(found)];
}"""
FORMS = """() => [...document.forms].map((form, place) => [place, form])
    .filter(([place, form]) => form.method === "get" && form.checkVisibility({visibilityProperty: true}))
    .map(([place, form]) => [place, form.getAttribute("action") || "", [...new FormData(form).keys()].join()])"""


@pytest.fixture
def plain(visitor: Visitor) -> Iterator[Visitor]:
    """The visitor at a browser that runs no script."""
    with at_a_browser(visitor, java_script_enabled=False) as other:
        yield other


def test_every_page_is_whole(plain: Visitor) -> None:
    found = {}
    for address in EVERY_PAGE:
        page = plain.open(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        if amiss := page.evaluate(AMISS):
            found[address] = amiss
    assert found == {}


def test_every_form_answers(plain: Visitor) -> None:
    """Each form once, filled in with a word that is no date and no number, and sent by its own button."""
    tried, wrong = set(), {}
    for address in EVERY_PAGE:
        for place, action, fields in plain.open(address).evaluate(FORMS):
            if (action, fields) in tried:
                continue
            tried.add((action, fields))
            if answer := _send(plain.open(address), place):
                wrong[address, action, fields] = answer
    assert wrong == {}
    assert {action for action, _ in tried} >= {"/soeg/", "/moeder/", "/sager/"}


def _send(page: Page, place: int) -> str:
    """Fill in and send the form at `place`; what is wrong with the answer, blank when nothing is."""
    form = page.locator("form").nth(place)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    for field in form.locator("input[type=search], input[type=text], input:not([type])").all():
        field.fill("budget")
    action = urlsplit(page.evaluate("place => document.forms[place].action", place)).path
    with page.expect_navigation() as arrived:
        form.get_by_role("button").first.click()
    status = arrived.value.status if arrived.value else 0
    if status != 200 or not page.get_by_role("heading", level=1).is_visible():
        return f"answers {status}"
    return "" if urlsplit(page.url).path.startswith(action) else f"leads to {page.url}"


def test_searching_and_narrowing(plain: Visitor) -> None:
    page = plain.open("/")
    page.get_by_label("Søg i referaterne").fill("budget")
    page.get_by_role("search").get_by_role("button", name="Søg").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 punkter")
    page.get_by_label("Fra").fill("2017-01-01")
    page.get_by_role("button", name="Vis", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 punkt")
    page.get_by_role("link", name="Fjern filteret Fra 1. januar 2017").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 punkter")


def test_jumping_to_a_date_and_to_a_case(plain: Visitor) -> None:
    page = plain.open("/moeder/")
    page.get_by_label("Gå til en dato").fill("14/6 2017")
    page.get_by_role("button", name="Gå til").click()
    expect(page).to_have_url(f"{plain.site}/moeder/2017-06-14/")
    page = plain.open("/sager/")
    page.get_by_role("main").get_by_role("textbox").fill(OPEN_CASE)
    page.get_by_role("main").get_by_role("textbox").press("Enter")
    expect(page).to_have_url(f"{plain.site}/sager/{OPEN_CASE}/")


def test_a_whole_meeting_is_read_without_unfolding_anything(plain: Visitor) -> None:
    page = plain.open("/moeder/2017-06-14/")
    expect(page.get_by_text("at differencen på 15 mio. kr. drøftes")).to_be_visible()
    expect(page.get_by_text("4. udkast til budgetkatalog.docx")).to_be_visible()


def test_what_is_folded_opens(plain: Visitor) -> None:
    page = plain.open("/mangler/")
    name = page.get_by_text("4. udkast til budgetkatalog.docx")
    expect(name).to_be_hidden()
    page.locator("summary", has_text="2 bilag").click()
    expect(name).to_be_visible()
