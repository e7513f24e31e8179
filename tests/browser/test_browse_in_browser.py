"""Finding one's way in a real browser: to a meeting by its date, to a case by its subject, and through its time."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from minutes.models import Reference
from tests.browser.conftest import Visitor
from tests.factories import make_item, make_meeting

pytestmark = pytest.mark.xdist_group("browser")

CASE, LATER, COLLECTIVE = "03.30.05-A00-1-15", "03.30.05-A00-1-21", "00.01.00-P35-9-22"
STATES = (
    "/moeder/?dato=14.+juni",
    f"/sager/{CASE}/",
    f"/sager/{COLLECTIVE}/",
    f"/sager/{COLLECTIVE}/?titel=Ferieplan",
    "/sager/andre-numre/",
    "/emner/03/",
    "/emner/00.01.00/?side=2",
)


@pytest.fixture
def cases(transactional_db) -> None:  # before the browser: beside it no rows can be made
    first, *_ = [
        make_meeting(date, [make_item(1, f"Helhedsplanen {date}", case_number=CASE, decision="Godkendt.")])
        for date in ("2015-01-08", "2015-06-04", "2018-06-14")
    ]
    later = make_meeting("2021-03-04", [make_item(1, "Ny helhedsplan", case_number=LATER)])
    Reference.objects.create(item=first.items.get(), target_item=later.items.get())
    titles = ("Ferieplan", "Status fra IT & Digitalisering", "Rekruttering")
    for month in range(1, 8):
        items = [make_item(n, t, case_number=COLLECTIVE, decision="Drøftet.") for n, t in enumerate(titles, 1)]
        others = [make_item(4, "Lokalplan", case_number="14/45987")]
        serials = range(month * 10, month * 10 + 10)
        many = [make_item(n, f"Sag {n}", case_number=f"00.01.00-G01-{n}-23") for n in serials]
        make_meeting(f"2023-{month:02}-07", items + others + many)


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_and_nothing_is_too_wide_or_too_small(cases: None, visitor: Visitor, width: int) -> None:
    found = {}
    for address in STATES:
        page = visitor.open(address, width)
        results = Axe().run(page)
        small = page.evaluate("""() => [...document.querySelectorAll("main a[href], main button, main input")]
            .filter(element => element.checkVisibility())
            .map(element => [element, element.getBoundingClientRect()])
            .filter(([element, box]) => Math.min(box.height, box.width) < 24)
            .map(([element, box]) => element.outerHTML)""")
        wide = page.evaluate("document.documentElement.scrollWidth") > width
        if results.violations_count or small or wide:
            found[address] = (results.generate_report(), small, wide)
    assert found == {}


def test_to_a_meeting_by_its_date(visitor: Visitor) -> None:
    page = visitor.open("/")
    page.get_by_role("navigation", name="Hovedmenu").get_by_role("link", name="Møder").click()
    field = page.get_by_label("Gå til en dato, en måned eller et år")
    field.fill("15/6 2017")
    field.press("Enter")
    expect(page.get_by_role("heading", name="Der er intet møde den 15. juni 2017 i arkivet.")).to_be_visible()
    expect(field).to_have_value("15/6 2017")
    field.fill("juni 2017")
    field.press("Enter")
    expect(page).to_have_url(f"{visitor.site}/moeder/2017/#juni")
    page.get_by_role("link", name="14. juni 2017", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mødet 14. juni 2017")


def test_what_cannot_be_read_is_said_at_the_field(visitor: Visitor) -> None:
    page = visitor.open("/moeder/?dato=hokus")
    field = page.get_by_label("Gå til en dato, en måned eller et år")
    expect(field).to_have_accessible_description(
        "Skriv for eksempel 14/6 2017, juni 2017 eller 2017 Fejl: ”hokus” er hverken en dato, en måned eller et år."
    )
    expect(field).to_have_attribute("aria-invalid", "true")


def test_from_subject_to_case_and_through_its_time(cases: None, visitor: Visitor) -> None:
    page = visitor.open("/")
    page.get_by_role("navigation", name="Hovedmenu").get_by_role("link", name="Sager").click()
    page.get_by_role("link", name="03 Boliger").click()
    page.get_by_role("link", name="03.30.05").click()
    page.get_by_role("link", name=CASE).click()
    story = page.get_by_role("main").get_by_role("listitem").filter(has=page.get_by_role("heading", level=3))
    expect(story).to_have_count(4)
    expect(story.nth(1)).to_contain_text("5 måneder senere")
    expect(story.nth(3)).to_contain_text(f"Fra sag {LATER}")
    page.get_by_role("link", name="Helhedsplanen 2015-06-04").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Helhedsplanen 2015-06-04")
