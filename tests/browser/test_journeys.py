"""What people come for, from the front page to the answer, in a real browser and by keyboard alone."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

import pypdfium2
import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from minutes.templatetags.danish import danish_date
from tests.browser.conftest import Visitor
from tests.factories import make_item, make_meeting, make_section

pytestmark = pytest.mark.xdist_group("browser")

CASE = "05.13.10-P20-4-17"
MOST_STOPS = 250  # of the Tab key on one page: beyond that nobody goes on


@pytest.fixture
def spring(transactional_db) -> None:
    """A case over three meetings, each of which approves the minutes of the one before. Laid before the browser starts,
    since Playwright's loop keeps the database from this thread."""
    make_meeting("2017-03-08", [_approval("1. februar 2017"), _parking("Chefforum drøftede cykelparkering.")])
    make_meeting("2017-04-05", [_approval("8. marts 2017"), _parking("Chefforum godkendte et forsøg med overdækning.")])
    make_meeting("2017-05-03", [_approval("5. april 2017"), _parking("Chefforum besluttede at gøre forsøget varigt.")])


@pytest.fixture
def due(transactional_db) -> str:
    """A decision of today and, as words, the day by which it wants something done."""
    today = timezone.localdate()
    day = danish_date(today + datetime.timedelta(days=40))
    decision = f"Forvaltningen vender tilbage med en plan senest den {day}."
    make_meeting(today.isoformat(), [make_item(1, "Skiltning i kantinen", decision=decision)])
    return day


def _approval(of: str):
    said = make_section("sagsfremstilling", f"Referatet fra mødet den {of} skal godkendes.")
    return make_item(1, "Godkendelse af dagsorden og referat", decision="Referatet blev godkendt.", sections=[said])


def _parking(decision: str):
    return make_item(
        2, "Cykelparkering ved stationen", case_number=CASE, decision=decision, recommendations=["at forslaget drøftes"]
    )


def follow(page: Page, name: str | re.Pattern[str], within: str = "main") -> None:
    """Press Tab until the focus is on the link or button of that name, then Enter."""
    wanted = name if isinstance(name, re.Pattern) else re.compile(f"^{re.escape(name)}$")
    passed: list[str] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        text, is_inside = page.evaluate(
            "within => [document.activeElement.innerText.replace(/\\s+/g, ' ').trim(),"
            " !!document.activeElement.closest(within)]",
            within,
        )
        if is_inside and wanted.search(text):
            page.keyboard.press("Enter")
            return
        passed.append(text)
    raise AssertionError(f"{wanted.pattern} cannot be reached by keyboard, only {passed}")


def search_for(page: Page, words: str) -> None:
    """To the search box by its key, the words, Enter."""
    page.keyboard.press("/")
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    page.wait_for_url("**/soeg/**")


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def decisions_on(page: Page) -> Sequence[str]:
    return [one for one in page.get_by_role("main").inner_text().splitlines() if one.startswith("Chefforum ")]


def test_a_decision_is_found_by_a_keyword(spring: None, visitor: Visitor) -> None:
    page = visitor.open("/")
    search_for(page, "overdækninger")  # it stands in the singular
    follow(page, "Cykelparkering ved stationen")
    page.wait_for_url("**/moeder/2017-04-05/punkt/2/")
    decision = page.locator("section").filter(has=page.get_by_role("heading", name="Beslutning"))
    expect(decision.first).to_contain_text("Chefforum godkendte et forsøg med overdækning.")
    expect(page.get_by_text("at forslaget drøftes").first).to_be_visible()


def test_a_case_is_read_through_time(spring: None, visitor: Visitor) -> None:
    page = visitor.open("/sager/")
    follow(page, re.compile("^05 "))
    page.wait_for_url("**/emner/05/")
    search_for(page, CASE)
    follow(page, re.compile(re.escape(CASE)))
    page.wait_for_url(f"**/sager/{CASE}/")
    told = decisions_on(page)
    assert [line.split()[1] for line in told] == ["drøftede", "godkendte", "besluttede"]
    follow(page, re.compile("^Cykelparkering ved stationen"))
    page.wait_for_url("**/punkt/2/")
    assert heading(page) == "Cykelparkering ved stationen"


def test_from_an_item_to_the_meeting_that_approved_its_minutes(spring: None, visitor: Visitor) -> None:
    page = visitor.open("/moeder/2017-04-05/punkt/2/")
    expect(page.get_by_role("main")).to_contain_text("Referatet er godkendt på mødet 3. maj 2017")
    follow(page, re.compile("^mødet 3. maj 2017"))
    page.wait_for_url("**/moeder/2017-05-03/punkt/1/")
    follow(page, "mødet den 5. april 2017")  # the words of the minutes lead back
    page.wait_for_url("**/moeder/2017-04-05/")


def test_what_is_due_is_found(due: str, visitor: Visitor) -> None:
    page = visitor.open("/")
    follow(page, "Frister", within="nav")
    page.wait_for_url("**/frister/")
    row = page.get_by_role("article").filter(has_text="Skiltning i kantinen")
    expect(row).to_contain_text(f"senest den {due}")
    expect(row).to_contain_text("Forvaltningen")
    follow(page, "Skiltning i kantinen")
    expect(page.get_by_role("heading", level=1)).to_have_text("Skiltning i kantinen")


def test_a_meeting_is_printed(spring: None, visitor: Visitor) -> None:
    page = visitor.open("/moeder/2017-04-05/")
    paper = pypdfium2.PdfDocument(page.pdf(format="A4"))
    text = " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in paper).split())
    for said in ("5. april 2017", "Cykelparkering ved stationen", CASE, "overdækning", "at forslaget drøftes"):
        assert said in text
    for chrome in ("Log ud", "Hovedmenu", "Søg i referaterne", "Fold alle ud"):
        assert chrome not in text


def test_an_answer_is_copied_for_a_mail(spring: None, visitor: Visitor) -> None:
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visitor.open("/moeder/2017-04-05/punkt/2/")
    follow(page, "Kopiér svar")
    expect(page.get_by_role("status").filter(has_text=re.compile("kopieret", re.IGNORECASE))).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    for said in ("5. april 2017", "Cykelparkering ved stationen", "overdækning", "/moeder/2017-04-05/punkt/2/"):
        assert said in copied


def test_a_month_is_found_as_typed(spring: None, visitor: Visitor) -> None:
    page = visitor.open("/moeder/")
    page.get_by_role("main").get_by_role("textbox").first.focus()
    page.keyboard.type("april 2017")
    page.keyboard.press("Enter")
    page.wait_for_url("**/moeder/2017/**")
    expect(page.get_by_role("link", name="5. april", exact=True)).to_be_visible()


def test_the_register_is_narrowed(spring: None, visitor: Visitor) -> None:
    page = visitor.open("/beslutninger/")
    count = page.get_by_role("heading", name=re.compile("^[0-9]+ beslutning"))
    before = count.inner_text()
    page.get_by_role("main").get_by_role("searchbox").or_(page.get_by_role("main").get_by_role("textbox")).first.focus()
    page.keyboard.type("forsøg")
    page.keyboard.press("Enter")
    page.wait_for_url("**/beslutninger/?**")
    assert count.inner_text() != before
    assert len(page.get_by_role("main").get_by_role("article").all()) == 2
