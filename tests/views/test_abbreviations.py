"""The page of abbreviations and other words that search treats alike."""

from __future__ import annotations

import pytest
from django.test import Client

from minutes.models import Synonym
from minutes.search.synonyms import start_list
from tests.archive import make_person
from tests.views.page import Page, open_page

ADDRESS = "/forkortelser/"
EDIT = "/admin/minutes/synonym/"


def lay_in(*entries: str) -> None:
    Synonym.objects.all().delete()
    for entry in entries:
        word, _, meaning = entry.partition(" = ")
        Synonym.objects.create(word=word, meaning=meaning)


def test_a_new_archive_shows_the_start_list(reader: Client) -> None:
    page = open_page(reader, ADDRESS)
    for word, meaning in start_list():
        assert word in page.main
        assert meaning in page.main


def test_words_stand_under_their_letters_in_danish_order(reader: Client) -> None:
    lay_in("ØU = Økonomiudvalget", "APV = arbejdspladsvurdering", "årsværk = stilling", "ældrebolig = seniorbolig")
    page = open_page(reader, ADDRESS)
    assert page.headings[1:] == [
        ("h2", "Forkortelser"),
        ("h3", "A"),
        ("h3", "Ø"),
        ("h2", "Ord, der betyder det samme"),
        ("h3", "Æ"),
        ("h3", "Å"),
    ]


@pytest.mark.parametrize("word", ["APV", "SoMe", "ØU/KB", "mio.", "CO2", "HovedMED"])
def test_abbreviations(word: str) -> None:
    assert Synonym(word=word, meaning="noget").is_abbreviation


@pytest.mark.parametrize("word", ["byråd", "Direktørforum", "IT-sikkerhed", "Digital Post", "B", "spare"])
def test_words(word: str) -> None:
    assert not Synonym(word=word, meaning="noget").is_abbreviation


def test_a_word_with_two_meanings_stands_once(reader: Client) -> None:
    lay_in("MED = medudvalg", "MED = medindflydelse og medbestemmelse")
    page = open_page(reader, ADDRESS)
    assert [tag for tag, _ in page.tags if tag in {"dt", "dd"}] == ["dt", "dd", "dd"]
    assert "MED medindflydelse og medbestemmelse medudvalg" in page.main
    assert "Ord, der betyder det samme" not in [words for _, words in page.headings[1:]]


def test_an_empty_list_says_so(reader: Client) -> None:
    lay_in()
    assert "Der er ingen ord på listen endnu" in open_page(reader, ADDRESS).main


def test_what_an_editor_types_is_text(reader: Client) -> None:
    lay_in("<b>XSS = <script>alert(1)</script>", "''--!! = & ; \"")
    page = open_page(reader, ADDRESS)
    assert "<script>" not in page.html
    assert "alert(1)" in page.main


@pytest.mark.parametrize(("role", "may"), [("læser", False), ("redaktør", True), ("administrator", True)])
def test_who_may_edit_the_list_is_led_there(client: Client, db, role: str, may: bool) -> None:
    client.force_login(make_person(role))
    assert (EDIT in open_page(client, ADDRESS).addresses()) == may
    assert (client.get(EDIT).status_code == 200) == may


def test_without_login_where_all_may_read(client: Client, db, settings) -> None:
    settings.OPEN_TO_ALL = True
    page: Page = open_page(client, ADDRESS)
    assert "arbejdspladsvurdering" in page.main
    assert EDIT not in page.addresses()


def test_every_page_leads_there(reader: Client) -> None:
    assert ADDRESS in open_page(reader, "/").addresses()


def test_queries(reader: Client, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(6):
        open_page(reader, ADDRESS)
