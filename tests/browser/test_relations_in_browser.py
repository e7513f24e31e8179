"""What hangs together, in a real browser: read by everybody, linked by editors, by keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from minutes.ingest.links import link_items
from minutes.models import AgendaItem
from tests.browser.conditions import axe_finds, colours_in_the_dark, small_targets
from tests.browser.conftest import Visitor
from tests.browser.test_journeys import follow
from tests.factories import make_item, make_meeting, make_section

pytestmark = pytest.mark.xdist_group("browser")

OLD, NEW = "03.30.05-A00-1-15", "03.30.05-A00-1-21"
ITEM, OTHER = "/moeder/2018-03-08/punkt/2/", "/moeder/2021-03-04/punkt/1/"
LINKING = f"{ITEM}sammen/"


@pytest.fixture
def housing(transactional_db) -> None:
    """A matter over four meetings that goes on under another number; one of them is mentioned, linked and approved.
    Laid before the browser starts, since Playwright's loop keeps the database from this thread."""
    for day in ("2018-01-11", "2018-02-08", "2018-04-12"):
        make_meeting(day, [make_item(2, "Boligsocial helhedsplan", case_number=OLD, decision="Drøftet med udvalget.")])
    text = "Som aftalt på mødet den 8. februar 2018 er planen klar. Sidst var det på mødet d. 11. januar."
    sections = [make_section("sagsfremstilling", f"{text}\n\n| | 2017 | 2018 |\n|---|---|---|\n| Drift | 1 | 2 |\n")]
    make_meeting("2018-03-08", [make_item(2, "Boligsocial helhedsplan 2018", case_number=OLD, sections=sections)])
    approved = make_section("anledning", "Til godkendelse er referatet fra mødet d. 8. marts 2018.")
    mention = make_section(
        "anledning", "Se punkt 2 på mødet d. 8. marts 2018, hvor planen blev lagt frem for cheferne."
    )
    items = [
        make_item(1, "Godkendelse af dagsorden og referat", decision="Godkendt.", sections=[approved]),
        make_item(2, "Budgetopfølgning", sections=[mention]),
    ]
    make_meeting("2018-05-17", items)
    make_meeting("2021-03-04", [make_item(1, "Helhedsplan for boligerne", case_number=NEW, decision="Godkendt.")])
    budget = AgendaItem.objects.get(title="Budgetopfølgning")
    link_items(item=AgendaItem.objects.get(title="Boligsocial helhedsplan 2018"), target=budget)


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(housing, visitor: Visitor, width: int) -> None:
    visitor.page.emulate_media(reduced_motion="reduce")  # no look at a colour that is still changing
    for address in (ITEM, "/moeder/2018-03-08/", LINKING, f"{LINKING}?q=helhedsplan", f"{LINKING}?q=xyzzy"):
        page = visitor.open(address, width)
        assert axe_finds(page) == [], address
        assert colours_in_the_dark(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert small_targets(page) == []


def test_what_is_said_to_who_hears_the_page(housing, visitor: Visitor) -> None:
    page = visitor.open(ITEM)
    expect(page.get_by_role("link", name="mødet den 8. februar 2018", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="mødet d. 11. januar: mødet 11. januar 2018", exact=True)).to_be_visible()
    expect(page.get_by_role("rowheader", name="Drift")).to_be_visible()
    story = page.get_by_role("region", name="Sagens gang")
    expect(story.locator(".timeline > li")).to_have_count(4)
    expect(story.locator("[aria-current=true]")).to_contain_text("8. marts 2018, punkt 2")
    mentions = page.get_by_role("region", name="Nævnt andre steder")
    expect(mentions).to_contain_text("Referatet er godkendt på mødet 17. maj 2018, punkt 1.")
    expect(mentions.get_by_role("blockquote")).to_have_text(
        "Se punkt 2 på mødet d. 8. marts 2018, hvor planen blev lagt frem for cheferne."
    )


def test_from_an_item_to_the_meeting_that_approved_its_minutes(housing, visitor: Visitor) -> None:
    page = visitor.open(ITEM)
    follow(page, "mødet 17. maj 2018, punkt 1")
    page.wait_for_url("**/moeder/2018-05-17/punkt/1/")
    follow(page, "mødet d. 8. marts 2018")
    page.wait_for_url("**/moeder/2018-03-08/")


def test_an_editor_links_what_is_suggested_and_takes_it_away_by_keyboard(housing, visitor: Visitor) -> None:
    page = visitor.open(ITEM)
    follow(page, "Tilføj eller fjern punkter, der hører sammen")
    page.wait_for_url(f"**{LINKING}")
    expect(page.get_by_role("region", name="Forslag")).to_contain_text("Sager med samme emne: 03.30.05")
    follow(page, "Hører sammen med Helhedsplan for boligerne, 4. marts 2021")
    expect(page.get_by_role("status").filter(has_text="nu sammen med punkt 1 på mødet 4. marts 2021")).to_be_visible()
    visitor.open(OTHER)
    together = page.get_by_role("region", name="Hører sammen med")
    expect(together.get_by_role("link", name="Boligsocial helhedsplan 2018")).to_be_visible()
    visitor.open(LINKING)
    follow(page, "Fjern Helhedsplan for boligerne, 4. marts 2021")
    expect(page.get_by_role("status").filter(has_text="hører ikke længere sammen")).to_be_visible()


def test_an_editor_finds_an_item_by_its_place(housing, visitor: Visitor) -> None:
    page = visitor.open(LINKING, 390)
    field = page.get_by_role("textbox", name="Ord, adresse eller dato")
    field.fill("4. marts 2021 punkt 1")
    field.press("Enter")
    expect(page.get_by_role("heading", name="1 punkt fundet")).to_be_visible()
    expect(page.get_by_role("button", name="Hører sammen med Helhedsplan for boligerne, 4. marts 2021")).to_be_visible()
    expect(field).to_have_value("4. marts 2021 punkt 1")
