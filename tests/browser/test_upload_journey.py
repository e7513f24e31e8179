"""The whole way in a real browser: choose a file, see it, put it right, put it into the archive, find it, upload a new
edition, compare the two. With a mouse, by keyboard alone on a phone's width, and without JavaScript.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conditions import at_a_browser
from tests.browser.conftest import Visitor

pytestmark = pytest.mark.xdist_group("browser")

REFERATER = Path(__file__).parents[1] / "referater"
TEXT, PDF = REFERATER / "2023-12-07.txt", REFERATER / "2023-12-07.pdf"
DRAFT = re.compile("/kladder/[0-9]+/$")
MEETING = "/moeder/2023-12-07/"
READ, RIGHT = "Vi cykler til arbejde på rådhuset", "Cyklister på rådhuset"
CHANGED = ("Mødelokale 915", "Kantinen")

# Whether nothing lies over what has the focus (WCAG 2.2, 2.4.11), and the window shows it.
SEEN = """() => {
    const focused = document.activeElement, box = focused.getClientRects()[0];  // of a link on two lines the first
    const [left, right] = [Math.max(box.left, 0) + 4, Math.min(box.right, innerWidth) - 4];
    const [top, bottom] = [Math.max(box.top, 0) + 8, Math.min(box.bottom, innerHeight) - 8];
    const ends = [[left, top], ...focused.matches("textarea") ? [] : [[right, bottom]]];  // of a text where one types
    const over = ends.map(([x, y]) => document.elementFromPoint(x, y));
    return over.every(one => one && (focused.contains(one) || one.contains(focused)));
}"""


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """The minutes anew: the place is another, and a word of a decision."""
    words = TEXT.read_text()
    assert all(old in words for old in (CHANGED[0], "Godkendt."))
    path = tmp_path / "Referat rettet.txt"
    path.write_text(words.replace(*CHANGED).replace("Godkendt.", "Godkendt enstemmigt.", 1))
    return path


@pytest.fixture
def plain(visitor: Visitor) -> Iterator[Visitor]:
    """The visitor at a browser that runs no script."""
    with at_a_browser(visitor, java_script_enabled=False) as other:
        yield other


def click(page: Page, target: Locator) -> None:
    target.click()


def write(page: Page, target: Locator, words: str) -> None:
    target.fill(words)


def choose(page: Page, path: Path) -> None:
    page.get_by_label("vælg filer").set_input_files(path)
    if page.get_by_role("button", name="Læg op").is_visible():  # no script sends it by itself
        page.get_by_role("button", name="Læg op").click()


def reach(page: Page, target: Locator) -> None:
    """Press Tab until it has the focus. Whatever gets it on the way can be seen."""
    for _ in range(80):
        page.keyboard.press("Tab")
        where = page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
        assert page.evaluate(SEEN), f"hidden: {where}"
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"never reached: {target}")


def press(page: Page, target: Locator) -> None:
    reach(page, target)
    page.keyboard.press("Enter")


def type_into(page: Page, target: Locator, words: str) -> None:
    reach(page, target)
    page.keyboard.press("Control+A")
    page.keyboard.type(words)


def choose_by_keyboard(page: Page, path: Path) -> None:
    page.on("filechooser", lambda chooser: None)  # from here on the browser asks the test, not the screen
    page.locator("main").focus()
    reach(page, page.get_by_label("vælg filer"))
    with page.expect_event("filechooser") as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(path)


type Click = Callable[[Page, Locator], None]
type Write = Callable[[Page, Locator, str], None]


def go_all_the_way(visitor: Visitor, page: Page, click: Click, write: Write, choose: Callable, *paths: Path) -> None:
    """From the first file of `paths` to both of them side by side."""
    first, second = paths
    choose(page, first)
    page.wait_for_url(DRAFT)
    expect(page.get_by_role("heading", level=1)).to_have_text("Chefforum 7. december 2023 kl. 9.00")
    put_right(page, click, write)
    publish(page, click)
    expect(page.get_by_role("heading", level=1)).to_have_text("Mødet 7. december 2023")
    expect(page.get_by_text("Lagt i arkivet.")).to_be_visible()

    write(page, page.get_by_role("banner").get_by_label("Søg i referaterne"), "cyklister rådhus")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=re.compile(RIGHT)).first).to_be_visible()

    page = visitor.open("/laeg-op/", page.viewport_size["width"] if page.viewport_size else 1280)
    choose(page, second)
    page.wait_for_url(DRAFT)
    expect(page.get_by_text("denne fil bliver udgave 2")).to_be_visible()
    expect(page.get_by_role("article", name=RIGHT)).to_be_visible()  # what was put right stays right
    publish(page, click)
    expect(page.get_by_text("Udgave 2 er lagt i arkivet.")).to_be_visible()
    click(page, page.get_by_role("link", name="udgave 2", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text("Udgaver af referatet 7. december 2023")
    click(page, page.get_by_role("link", name="Sammenlign udgave 2 med udgave 1"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Udgave 1 og 2 side om side")
    expect(page.locator("del", has_text="Mødelokale 915")).to_be_visible()
    expect(page.locator("ins", has_text="Kantinen")).to_be_visible()
    expect(page.locator("ins", has_text="enstemmigt")).to_be_visible()


def put_right(page: Page, click: Click, write: Write) -> None:
    """The title of an item, from its form and back to where one was."""
    click(page, page.get_by_role("article", name=READ).get_by_role("link", name="Ret punktet"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Ret punkt 3")
    title = page.get_by_label("Titel")
    expect(title).to_have_value(READ)
    write(page, title, RIGHT)
    click(page, page.get_by_role("button", name="Gem rettelsen"))
    page.wait_for_url(re.compile("/kladder/[0-9]+/#punkt-3$"))
    article = page.get_by_role("article", name=RIGHT)
    expect(article).to_be_in_viewport()
    expect(article).to_be_focused()
    expect(article).to_contain_text("Rettelsen er gemt.")
    expect(article).to_contain_text(f"Rettet: titel (før: »{READ}«)")


def publish(page: Page, click: Click) -> None:
    click(page, page.get_by_role("button", name="Læg i arkivet").last)
    page.wait_for_url(re.compile(f"{MEETING}$"))


def test_with_a_mouse(visitor: Visitor, newer: Path) -> None:
    page = visitor.open("/laeg-op/")
    go_all_the_way(visitor, page, click, write, choose, PDF, newer)


def test_by_keyboard_alone(visitor: Visitor, newer: Path) -> None:
    visitor.page.emulate_media(reduced_motion="reduce")  # nothing is on its way to where it can be seen
    page = visitor.open("/laeg-op/", 320)
    go_all_the_way(visitor, page, press, type_into, choose_by_keyboard, TEXT, newer)


def test_without_javascript(plain: Visitor, newer: Path) -> None:
    page = plain.open("/laeg-op/")
    go_all_the_way(plain, page, click, write, choose, TEXT, newer)
