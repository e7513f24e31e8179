"""A meeting."""

import pytest
from django.test import Client

from tests.archive import HOSTILE, Archive
from tests.factories import make_item, make_meeting, make_section
from tests.views.page import Page, open_page


def test_a_meeting_with_all_its_items(reader: Client, archive: Archive) -> None:
    page = open_page(reader, "/moeder/2017-06-14/")
    assert page.headings[0] == ("h1", "Mødet 14. juni 2017")
    assert [words for rank, words in page.headings if rank == "h2"] == [
        "Indhold",
        "1: Godkendelse af dagsorden og referat",
        f"2: Fjerde udkast til budgetkatalog {HOSTILE}",
        "3: Et punkt uden sagsnummer og uden beslutning",
    ]
    assert "Onsdag kl. 13.00" in page.main
    assert "Mødelokale 2" in page.main
    assert "Chefforum drøftede kataloget. Kataloget blev godkendt." in page.main
    assert ("/sager/00.01.00-S00-6-17/", "00.01.00-S00-6-17") in page.links
    assert ("/moeder/2017-06-14/original/", "Det originale referat") in page.links
    assert ("/moeder/2016-10-11/", "Forrige 11. oktober 2016") in page.links


def test_what_stands_before_the_items_is_shown_before_them(reader: Client) -> None:
    make_meeting("2017-06-14", [make_item(1, "Budget")], preamble="**Afbud:** ingen\n\n<script>alert(1)</script>")
    main = open_page(reader, "/moeder/2017-06-14/").main
    assert "Indledning Afbud: ingen <script>alert(1)</script>" in main
    assert main.index("Indledning") < main.rindex("1: Budget")


def test_every_item_is_there_in_full_with_its_headings_below_its_title(reader: Client, archive: Archive) -> None:
    page = open_page(reader, "/moeder/2017-06-14/")
    start = page.headings.index(("h2", f"2: Fjerde udkast til budgetkatalog {HOSTILE}"))
    assert page.headings[start + 1 : start + 7] == [
        ("h3", "Beslutning"),
        ("h3", "Indstilling"),
        ("h3", "Anledning"),
        ("h3", "Sagsfremstilling"),
        ("h4", "Status"),
        ("h3", "Bilag"),
    ]
    assert "at budgetkataloget godkendes" in page.main
    assert "4. udkast til budgetkatalog.docx" in page.main
    assert "20,663" in page.main
    assert ("th", {"scope": "col"}) in page.tags
    assert "hidden" not in {name for tag, attributes in page.tags if tag == "div" for name in attributes}


def test_the_contents_lead_to_each_item_and_say_what_was_done(reader: Client, archive: Archive) -> None:
    page = open_page(reader, "/moeder/2017-06-14/")
    assert page.links[page.addresses().index("#punkt-1")] == ("#punkt-1", "1: Godkendelse af dagsorden og referat")
    contents = page.main[page.main.index("Indhold") : page.main.index("Fold alle ud")]
    assert "1: Godkendelse af dagsorden og referat Godkendt 2: Fjerde udkast" in contents
    assert {f"punkt-{number}" for number in (1, 2, 3)} <= _ids(page)


def test_there_is_a_link_to_each_part(reader: Client, archive: Archive) -> None:
    page = open_page(reader, "/moeder/2017-06-14/")
    within = {address.removeprefix("#") for address in page.addresses() if address.startswith("#punkt-2")}
    parts = ("beslutning", "indstilling", "anledning", "sagsfremstilling", "bilag")
    assert within == {"punkt-2", *(f"punkt-2-{part}" for part in parts)}
    assert within <= _ids(page)
    assert ("#punkt-2-anledning", "#Link til Anledning, punkt 2") in page.links
    assert ("/moeder/2017-06-14/punkt/2/", "Punkt 2 på egen side") in page.links


def _ids(page: Page) -> set[str | None]:
    return {attributes["id"] for _, attributes in page.tags if "id" in attributes}


def _folded(page: Page, number: int) -> str:
    """The HTML of what the item keeps folded."""
    return page.html.split(f'id="mere-{number}"')[1].split("</article>")[0]


@pytest.mark.parametrize("proposal", [{"recommendations": ["at vejen lægges om"]}, {}], ids=["at-lines", "prose"])
def test_a_short_decision_stands_with_what_was_proposed(reader: Client, proposal: dict) -> None:
    prose = make_section("indstilling", "Direktøren indstiller, at vejen lægges om.")
    sections = [make_section("anledning", "Vejen er slidt."), *([] if proposal else [prose])]
    items = [
        make_item(1, "Vej", decision="Godkendt.", sections=sections, **proposal),
        make_item(2, "Bro", decision="Chefforum godkender broen. " * 5, sections=sections, **proposal),
        make_item(3, "Godkendelse af dagsorden og referat", decision="Godkendt.", sections=sections, **proposal),
    ]
    make_meeting("2017-06-14", items)
    page = open_page(reader, "/moeder/2017-06-14/")
    assert page.main.count("at vejen lægges om") == 3
    assert ["at vejen lægges om" in _folded(page, number) for number in (1, 2, 3)] == [False, True, True]
    assert "Vejen er slidt." in _folded(page, 1)


def test_an_item_with_nothing_but_a_decision_has_nothing_to_fold(reader: Client) -> None:
    make_meeting("2017-06-14", [make_item(1, "Evt.", decision="Intet.")])
    assert "data-folds=" not in open_page(reader, "/moeder/2017-06-14/").html


def test_with_closed_items_only_nothing_is_promised(reader: Client, closed_reader: Client) -> None:
    make_meeting("2017-06-14", [make_item(1, "Hemmeligt", closed=True)])
    page = open_page(reader, "/moeder/2017-06-14/")
    assert "Her er ingen punkter at vise" in page.main
    assert "original" not in page.words.lower()
    assert "lukket" not in page.words.lower()
    assert "Det originale referat" in open_page(closed_reader, "/moeder/2017-06-14/").main


def test_a_meeting_with_little_to_show_is_no_bare_date(reader: Client) -> None:
    make_meeting("2017-06-01", [make_item(1, "Hemmeligt", closed=True)])
    make_meeting("2017-06-14", [make_item(1, "Evt.", decision="Intet.")])
    make_meeting("2017-06-28", [], cancelled=True)
    main = open_page(reader, "/moeder/2017/").main
    assert main.count("Ingen punkter at vise") == 1
    assert main.count("Kun faste punkter") == 1


def test_a_closed_item_leaves_no_trace(reader: Client, archive: Archive) -> None:
    page = open_page(reader, "/moeder/2016-10-11/")
    assert "Budget 2017" in page.main
    assert "original" not in page.main.lower()  # the file holds the closed item
    assert not [address for address in page.addresses() if "punkt/2" in address or "original" in address]


def test_who_may_sees_it_marked(closed_reader: Client, archive: Archive) -> None:
    page = open_page(closed_reader, "/moeder/2016-10-11/")
    assert ("h2", "2: Lønforhandling med en navngiven Lukket punkt") in page.headings
    assert "/moeder/2016-10-11/original/" in page.addresses()
    assert "Lukket møde" in open_page(closed_reader, "/moeder/2015-05-05/").main


def test_what_the_program_assumed_stands_quietly(reader: Client, archive: Archive) -> None:
    main = open_page(reader, "/moeder/2017-06-14/").main
    assert "Maskinlæst: 1 ting er antaget" in main
    assert "Overskriften Anledning mangler." in main


def test_a_cancelled_meeting(reader: Client) -> None:
    make_meeting("2017-08-17", [], cancelled=True)
    assert "Mødet blev aflyst" in open_page(reader, "/moeder/2017-08-17/").main
    assert "14. juni" not in open_page(reader, "/moeder/2017/").main


@pytest.mark.parametrize("count", [4, 40])
def test_queries(reader: Client, django_assert_max_num_queries, count: int) -> None:
    text = "Se mødet den 1. juni 2017 og sagen 00.01.00-S00-6-17."
    parts = {"decision": text, "sections": [make_section("anledning", text)] * 3, "attachments": ["a", "b"]}
    items = [make_item(n, f"Sag {n}", recommendations=["at a", "at b"], **parts) for n in range(1, count + 1)]
    make_meeting("2017-06-01")
    make_meeting("2017-06-14", items)
    with django_assert_max_num_queries(15):
        open_page(reader, "/moeder/2017-06-14/")


def test_an_address_as_people_type_it(reader: Client, archive: Archive) -> None:
    response = reader.get("/møder/2017-06-14/", follow=True)
    assert response.redirect_chain == [("/moeder/2017-06-14/", 301)]
    assert reader.get("/moeder/2017-06-14").headers["Location"] == "/moeder/2017-06-14/"
