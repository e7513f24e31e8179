"""Laying files up in a real browser: chosen, dropped, by keyboard, without JavaScript, and when it goes wrong."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from minutes.models.roles import EDITOR
from tests.browser.conditions import at_a_browser, small_targets, width_of_content
from tests.browser.conftest import Visitor
from tests.factories import make_user

pytestmark = pytest.mark.xdist_group("browser")

ADDRESS = "/laeg-op/"
REFERATER = Path(__file__).parents[1] / "referater"
PDF = REFERATER / "2017-06-14.pdf"
TEXT = REFERATER / "2023-12-07.txt"
DRAFT = re.compile("/kladder/[0-9]+/$")
DROP = """([target, files]) => {
    const carried = new DataTransfer();
    for (const [name, text] of files) carried.items.add(new File([text], name, {type: "text/plain"}));
    for (const kind of ["dragenter", "dragover", "drop"])
        target.dispatchEvent(new DragEvent(kind, {dataTransfer: carried, bubbles: true, cancelable: true}));
}"""


def minutes_of(day: int) -> str:
    return f"REFERAT Chefforum d. {day:02}-06-2018\n\nPunkt 1: CF - Budget\n\nBeslutning\n\nGodkendt.\n"


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A picture behind a good name."""
    path = tmp_path / "referat.pdf"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(300))
    return path


@pytest.fixture
def plain(visitor: Visitor) -> Iterator[Visitor]:
    """The visitor at a browser that runs no script."""
    with at_a_browser(visitor, java_script_enabled=False) as other:
        yield other


def choose(page: Page, *paths: Path) -> None:
    page.get_by_label("vælg filer").set_input_files(list(paths))


def line(page: Page, name: str) -> Locator:
    return page.get_by_role("listitem").filter(has=page.get_by_text(name, exact=True))


def drafts(visitor: Visitor) -> Locator:
    """The list, as it is now."""
    return visitor.open("/kladder/").locator(".draft")


def test_one_file_leads_straight_to_its_draft(visitor: Visitor) -> None:
    page = visitor.open(ADDRESS)
    choose(page, PDF)
    page.wait_for_url(DRAFT)
    expect(drafts(visitor)).to_contain_text([PDF.name])


def test_several_files_go_up_by_themselves(visitor: Visitor, picture: Path) -> None:
    page = visitor.open(ADDRESS)
    choose(page, PDF, TEXT, picture)
    expect(line(page, PDF.name)).to_contain_text("Ny udgave af mødet 14. juni 2017")
    expect(line(page, TEXT.name)).to_contain_text("Mødet 7. december 2023 kl. 9.00")
    expect(line(page, "referat.pdf")).to_contain_text("Filen kan ikke bruges")
    expect(line(page, "referat.pdf").get_by_role("button")).to_have_count(0)
    expect(page.get_by_role("status").last).to_contain_text(re.compile("Ny udgave|Mødet|ikke bruges"))
    line(page, TEXT.name).get_by_role("link", name="Se mødet 7. december 2023 igennem").click()
    page.wait_for_url(DRAFT)
    expect(drafts(visitor)).to_have_count(2)


def test_files_are_dropped_anywhere_on_the_page(visitor: Visitor) -> None:
    page = visitor.open(ADDRESS)
    for place, target in enumerate((".upload-drop", "h1"), start=1):
        files = [[f"{place}{day}.txt", minutes_of(10 * place + day)] for day in (1, 2)]
        page.evaluate(DROP, [page.locator(target).element_handle(), files])
        expect(line(page, f"{place}2.txt")).to_contain_text(f"Mødet {place}2. juni 2018")
    expect(drafts(visitor)).to_have_count(4)


def test_by_keyboard_alone(visitor: Visitor) -> None:
    page = visitor.open(ADDRESS)
    page.on("filechooser", lambda chooser: None)  # from here on the browser asks the test, not the screen
    page.locator("main").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_label("vælg filer")).to_be_focused()
    outline = page.locator(".upload-drop").evaluate("element => getComputedStyle(element).outlineStyle")
    assert outline == "solid"
    with page.expect_event("filechooser") as chooser:
        page.keyboard.press("Enter")
    assert chooser.value.is_multiple()
    chooser.value.set_files([TEXT, PDF])
    link = line(page, TEXT.name).get_by_role("link")
    expect(link).to_be_visible()
    expect(line(page, PDF.name).get_by_role("link")).to_be_visible()
    for _ in range(4):
        if link.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(link).to_be_focused()


def test_how_far_it_is_and_cancelling_it(visitor: Visitor, tmp_path: Path) -> None:
    path = tmp_path / "langsom.txt"
    path.write_text(minutes_of(1) + " \n" * 400_000)
    page = visitor.open(ADDRESS)
    network = page.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 100_000}
    network.send("Network.emulateNetworkConditions", slow)
    choose(page, path, TEXT)
    bar = line(page, "langsom.txt").get_by_role("progressbar", name="Sendt af langsom.txt")
    expect(bar).to_be_visible()
    page.wait_for_function("bar => bar.value > 0.1 && bar.value < 1", arg=bar.element_handle())
    line(page, "langsom.txt").get_by_role("button", name="Annullér langsom.txt").click()
    expect(line(page, "langsom.txt")).to_contain_text("Annulleret")
    again = line(page, "langsom.txt").get_by_role("button", name="Prøv igen med langsom.txt")
    expect(again).to_be_focused()
    network.send("Network.emulateNetworkConditions", slow | {"uploadThroughput": -1})
    expect(line(page, TEXT.name)).to_contain_text("Mødet 7. december 2023")
    again.click()
    expect(line(page, "langsom.txt")).to_contain_text("Mødet 1. juni 2018")
    expect(drafts(visitor)).to_have_count(2)


def test_offline_it_says_so_and_tries_again(visitor: Visitor) -> None:
    page = visitor.open(ADDRESS)
    page.context.set_offline(True)
    choose(page, TEXT, PDF)
    expect(line(page, TEXT.name)).to_contain_text("Forbindelsen blev afbrudt")
    expect(line(page, PDF.name)).to_contain_text("Forbindelsen blev afbrudt")
    page.context.set_offline(False)
    line(page, TEXT.name).get_by_role("button", name="Prøv igen").click()
    expect(line(page, TEXT.name)).to_contain_text("Mødet 7. december 2023")
    visitor.console[:] = [words for words in visitor.console if "ERR_INTERNET_DISCONNECTED" not in words]


@pytest.fixture
def somebody(transactional_db: None) -> None:
    """With a password."""
    make_user(EDITOR, username="en.redaktør", password="en lang adgangskode")


def test_a_session_that_has_ended_is_told_and_after_login_it_goes_on(somebody: None, visitor: Visitor) -> None:
    page = visitor.open(ADDRESS)
    page.context.clear_cookies()
    choose(page, TEXT, PDF)
    expect(line(page, TEXT.name)).to_contain_text("Du er blevet logget ud")
    with page.context.expect_page() as opened:
        line(page, TEXT.name).get_by_role("link", name="Log ind i en ny fane").click()
    tab = opened.value
    tab.get_by_label("Brugernavn").fill("en.redaktør")
    tab.get_by_label("Adgangskode").fill("en lang adgangskode")
    tab.get_by_role("main").get_by_role("button", name="Log ind").click()
    expect(tab.get_by_role("button", name="Log ud")).to_be_visible()
    line(page, TEXT.name).get_by_role("button", name="Prøv igen").click()
    expect(line(page, TEXT.name)).to_contain_text("Mødet 7. december 2023")
    expect(drafts(visitor)).to_contain_text([TEXT.name])


def test_a_file_too_large_is_not_even_sent(visitor: Visitor, settings, tmp_path: Path) -> None:
    settings.READ_LIMITS = dataclasses.replace(settings.READ_LIMITS, max_file_bytes=1024 * 1024)
    path = tmp_path / "stor.pdf"
    path.write_bytes(b"%PDF" + bytes(2 * 1024 * 1024))
    page = visitor.open(ADDRESS)
    visitor.requests.clear()
    choose(page, path)
    expect(line(page, "stor.pdf")).to_contain_text("Den er på 2,0 MB. Arkivet tager højst 1 MB.")
    assert [url for url in visitor.requests if url.endswith(ADDRESS)] == []


def test_without_javascript_a_page_answers(plain: Visitor, picture: Path) -> None:
    page = plain.open(ADDRESS)
    choose(page, TEXT, PDF, picture)
    page.get_by_role("button", name="Læg op").click()
    expect(page.get_by_role("heading", name="Det blev der af de 3 filer")).to_be_visible()
    expect(line(page, "referat.pdf")).to_contain_text("Filen kan ikke bruges")
    page.get_by_role("link", name="Se mødet 14. juni 2017 igennem").click()
    assert "/kladder/" in page.url
    page = plain.open(ADDRESS)
    page.get_by_label("vælg filer").set_input_files([REFERATER / "2016-10-11.md"])
    page.get_by_role("button", name="Læg op").click()
    page.wait_for_url(DRAFT)


def test_a_draft_is_discarded_without_javascript(plain: Visitor) -> None:
    page = plain.open(ADDRESS)
    choose(page, TEXT)
    page.get_by_role("button", name="Læg op").click()
    page = plain.open("/kladder/")
    page.locator("summary", has_text="Kassér").click()
    page.get_by_role("button", name="Ja, kassér kladden").click()
    expect(page.get_by_text("Kladden er kasseret")).to_be_visible()
    expect(page.get_by_text("Ingen kladder venter")).to_be_visible()


@pytest.mark.parametrize("width", [320, 1280])
def test_for_everybody_on_every_screen(visitor: Visitor, width: int, picture: Path) -> None:
    page = visitor.open(ADDRESS, width)
    _look(page, width)
    choose(page, TEXT, PDF, picture)
    for name in (TEXT.name, PDF.name, picture.name):
        expect(line(page, name).locator("[data-slot=heading]")).to_be_visible()
    for folded in page.locator("details").all():
        folded.evaluate("one => { one.open = true; }")
    _look(page, width)
    page = visitor.open("/kladder/", width)
    page.locator(".discard summary").first.click()
    _look(page, width)


def _look(page: Page, width: int) -> None:
    assert Axe().run(page).response["violations"] == []
    assert width_of_content(page) <= width
    assert small_targets(page) == []
