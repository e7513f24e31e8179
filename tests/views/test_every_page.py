"""What holds on every page."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.addresses import PAGES
from tests.archive import HOSTILE, Archive
from tests.views.page import Page, open_page

TEMPLATES = Path(settings.BASE_DIR) / "templates"


@pytest.mark.parametrize("address", PAGES)
def test_page(address: str, reader: Client, archive: Archive) -> None:
    page = open_page(reader, address)
    assert [rank for rank, _ in page.headings].count("h1") == 1
    assert dict(page.tags)["html"] == {"lang": "da"}
    assert {"header", "nav", "main", "footer"} <= {tag for tag, _ in page.tags}
    assert "Søgekopi – journaliseret i ESDH" in page.words
    assert page.links[0] == ("#indhold", "Gå til sidens indhold")
    _assert_no_gap_in_ranks(page)
    _assert_nothing_inline(page)
    _assert_ids_once(page)


def _assert_no_gap_in_ranks(page: Page) -> None:
    rank = 0
    for tag, words in page.headings:
        assert int(tag[1]) <= rank + 1, f"{words} is {tag} below h{rank}"
        rank = int(tag[1])


def _assert_nothing_inline(page: Page) -> None:
    for tag, attributes in page.tags:
        assert tag != "style"
        assert tag != "script" or (attributes["src"] or "").startswith("/static/")
        assert not [name for name in attributes if name == "style" or name.startswith("on")]


def _assert_ids_once(page: Page) -> None:
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("address", PAGES)
def test_text_of_a_file_stays_text(address: str, reader: Client, archive: Archive) -> None:
    html = open_page(reader, address).html
    assert HOSTILE not in html
    assert "javascript:" not in re.sub(r">[^<]*<", "><", html)  # as words it may stand, as an address it may not


def test_titles_tell_pages_apart(reader: Client, archive: Archive) -> None:
    titles = [_title(open_page(reader, address)) for address in PAGES]
    assert len(titles) == len(set(titles))


def _title(page: Page) -> str:
    return re.search("<title>(.*?)</title>", page.html, re.DOTALL)[1]


def test_what_is_closed_is_nowhere(reader: Client, archive: Archive) -> None:
    for address in PAGES:
        words = open_page(reader, address).words
        for closed in ("Hemmeligt", "Lønforhandling", "27.00.00", "Ledelsens vilkår", "2015"):
            assert closed not in words, address


@pytest.mark.parametrize("template", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_templates_mark_nothing_safe(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"\|\s*safe|autoescape|mark_safe|\bstyle=|<script(?! src=)|<style", text)
    assert len(text.splitlines()) <= 80


def test_only_one_module_marks_text_safe() -> None:
    code = Path(settings.BASE_DIR, "minutes").rglob("*.py")
    marking = {path.name for path in code if re.search(r"mark_safe|SafeString\(|format_html", path.read_text("utf-8"))}
    assert marking == {"markdown.py"}


def test_components_name_their_inputs() -> None:
    for component in sorted((TEMPLATES / "components").glob("*.html")):
        first = component.read_text(encoding="utf-8").splitlines()[0]
        assert re.fullmatch(r"\{# .+ Inputs: .+ #\}", first), component.name
