"""Reading in a real browser: folding by keyboard, contents that follow, text to take along, and paper."""

from __future__ import annotations

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitor
from tests.factories import make_item, make_meeting, make_section

pytestmark = pytest.mark.xdist_group("browser")

MEETING = "/moeder/2017-06-14/"
ITEM = f"{MEETING}punkt/2/"
LONG = "/moeder/2018-03-01/"
ITEMS = 300


@pytest.fixture
def long_meeting(transactional_db) -> str:
    """The address of a meeting with very many items. To be asked for before the browser starts."""
    items = [
        make_item(
            number,
            f"Sag nummer {number}",
            decision="Godkendt.",
            sections=[make_section("sagsfremstilling", f"Hvad der ligger bag sag {number}. " * 20)],
        )
        for number in range(1, ITEMS + 1)
    ]
    make_meeting("2018-03-01", items)
    return LONG


def heading(page: Page, number: int) -> Locator:
    """The button in the item's heading."""
    return page.locator(f"#punkt-{number} h2").get_by_role("button")


def current(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Indhold").locator("[aria-current]")


def test_items_show_the_decision_and_unfold_by_keyboard(visitor: Visitor) -> None:
    page = visitor.open(MEETING)
    button = heading(page, 2)
    story = page.get_by_text("Sådan ser det ud:")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(page.locator("#punkt-2").get_by_text("Kataloget blev godkendt.")).to_be_visible()
    expect(story).not_to_be_visible()
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(story).to_be_visible()
    assert page.evaluate("document.getElementById(document.activeElement.getAttribute('aria-controls')) !== null")
    page.keyboard.press("Space")
    expect(story).not_to_be_visible()
    expect(button).to_be_focused()


def test_what_is_folded_is_no_stop_of_the_keyboard(visitor: Visitor) -> None:
    page = visitor.open(MEETING)
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("link", name="Bilag på punkt 2").focus()  # the last one before what is folded
    page.keyboard.press("Tab")
    expect(
        page.get_by_role("link", name="Link til Et punkt uden sagsnummer og uden beslutning, punkt 3")
    ).to_be_focused()


def test_everything_unfolds_at_once_and_folds_again(visitor: Visitor) -> None:
    page = visitor.open(MEETING)
    page.get_by_role("button", name="Fold alle ud").click()
    expect(page.locator("h2 button[aria-expanded='true']")).to_have_count(1)
    expect(page.get_by_role("heading", name="Sagsfremstilling")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("button", name="Fold alle sammen").click()
    expect(page.get_by_role("heading", name="Sagsfremstilling")).not_to_be_visible()


@pytest.mark.parametrize("part", ["", "-sagsfremstilling"])
def test_an_address_opens_what_it_leads_to(visitor: Visitor, part: str) -> None:
    page = visitor.open(f"{MEETING}#punkt-2{part}")
    expect(page.get_by_text("Sådan ser det ud:")).to_be_visible()
    expect(page.locator(f"#punkt-2{part}")).to_be_in_viewport()
    expect(current(page)).to_have_text("2: Fjerde udkast til budgetkatalog <script>alert(1)</script>")


def test_a_link_to_a_part_opens_it_also_the_second_time(visitor: Visitor) -> None:
    page = visitor.open(MEETING)
    link = page.get_by_role("link", name="Sagsfremstilling på punkt 2")
    for _ in range(2):
        link.click()
        expect(page.locator("#punkt-2-sagsfremstilling")).to_be_in_viewport()
        heading(page, 2).click()
        expect(page.locator("#punkt-2-sagsfremstilling")).not_to_be_visible()


def test_an_address_that_leads_nowhere_changes_nothing(visitor: Visitor) -> None:
    for tail in ("#punkt-99", "#%E0%A4%A", "#", "#indhold"):
        page = visitor.open(f"{MEETING}{tail}")
        expect(heading(page, 2)).to_have_attribute("aria-expanded", "false")


def test_the_contents_stay_in_sight_and_mark_where_one_is(long_meeting: str, visitor: Visitor) -> None:
    page = visitor.open(long_meeting)
    expect(current(page)).to_have_text("1: Sag nummer 1")
    page.mouse.move(900, 400)
    page.evaluate("document.querySelector('#punkt-150').scrollIntoView()")
    expect(current(page)).to_be_in_viewport()
    marked = int(current(page).inner_text().split()[-1])
    expect(page.locator(f"#punkt-{marked}")).to_be_in_viewport()
    assert abs(marked - 150) < 6
    page.keyboard.press("End")
    expect(current(page)).to_have_text(f"{ITEMS}: Sag nummer {ITEMS}")
    expect(current(page)).to_be_in_viewport()
    link = page.get_by_role("navigation", name="Indhold").get_by_role("link", name="Sag nummer 298")
    link.click()  # the last ones cannot come to the top of the window
    expect(link).to_have_attribute("aria-current", "true")
    expect(page.locator("#punkt-298-sagsfremstilling")).to_be_in_viewport()


def test_a_very_long_meeting_is_quick(long_meeting: str, visitor: Visitor) -> None:
    page = visitor.open(long_meeting)
    shift = page.evaluate("""() => new Promise(resolve => new PerformanceObserver(
        list => resolve(list.getEntries().reduce((sum, entry) => sum + entry.value, 0))
    ).observe({ type: "layout-shift", buffered: true }) || setTimeout(() => resolve(0), 500))""")
    assert shift < 0.02
    page.get_by_role("button", name="Fold alle ud").click()
    expect(page.get_by_text("Hvad der ligger bag sag 1.").first).to_be_visible()
    assert page.locator("h2 button[aria-expanded='true']").count() == ITEMS


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_the_contents_fold(visitor: Visitor, width: int) -> None:
    page = visitor.open(MEETING, width)
    button = page.get_by_role("button", name="Indhold")
    link = page.get_by_role("navigation", name="Indhold").get_by_role("link", name="Et punkt uden sagsnummer")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(link).not_to_be_visible()
    button.click()
    expect(link).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    link.click()
    expect(link).not_to_be_visible()
    expect(page.locator("#punkt-3")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("button", "said", "begins"),
    [
        ("Kopiér svar", "Svaret er kopieret.", "Chefforum 14. juni 2017, punkt 2: Fjerde udkast"),
        ("Kopiér henvisning", "Henvisningen er kopieret.", "Chefforum 14. juni 2017, punkt 2: Fjerde udkast"),
    ],
)
def test_text_is_taken_along(visitor: Visitor, button: str, said: str, begins: str) -> None:
    page = visitor.open(ITEM)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("status").filter(has_text=said)).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(begins)
    assert copied.endswith(f"{visitor.site}{ITEM}")
    assert ("Kataloget blev godkendt." in copied) is (button == "Kopiér svar")


def test_where_the_browser_does_not_copy_the_text_is_marked(visitor: Visitor) -> None:
    page = visitor.open(ITEM)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.get_by_role("button", name="Kopiér svar").click()
    expect(page.get_by_role("status").filter(has_text="Teksten er markeret")).to_be_visible()
    expect(page.get_by_label("Svar", exact=True)).to_be_focused()
    assert "Kataloget blev godkendt." in page.evaluate("document.getSelection().toString()")


def test_without_script_everything_is_there(visitor: Visitor) -> None:
    browser = visitor.page.context.browser
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 800})
    context.add_cookies(visitor.page.context.cookies())
    page = context.new_page()
    page.goto(f"{visitor.site}{MEETING}")
    expect(page.get_by_text("Sådan ser det ud:")).to_be_visible()
    expect(page.get_by_role("button", name="Fold alle ud")).not_to_be_visible()
    page.get_by_role("navigation", name="Indhold").get_by_role("link", name="Et punkt uden").click()
    expect(page.locator("#punkt-3")).to_be_in_viewport()
    page.goto(f"{visitor.site}{ITEM}")
    expect(page.get_by_role("button", name="Kopiér svar")).not_to_be_visible()
    page.get_by_text("Svar og henvisning som tekst").click()
    expect(page.get_by_label("Henvisning", exact=True)).to_be_visible()
    context.close()


@pytest.mark.parametrize("address", [MEETING, ITEM])
def test_on_paper_everything_is_unfolded_and_nothing_else(visitor: Visitor, address: str) -> None:
    page = visitor.open(address)
    paper = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    text = " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in paper).split())
    for words in ("14. juni 2017", "Kataloget blev godkendt.", "Sådan ser det ud:", "21,413", "4. udkast til", address):
        assert words in text
    for words in ("Gå til sidens indhold", "Søg i referaterne", "Forside", "Fold alle", "Kopiér", "Næste", "Log ud"):
        assert words not in text


def test_the_print_button_prints(visitor: Visitor) -> None:
    page = visitor.open(ITEM)
    page.evaluate("window.print = () => { document.title = 'udskrevet' }")
    page.get_by_role("button", name="Udskriv punktet").click()
    expect(page).to_have_title("udskrevet")
