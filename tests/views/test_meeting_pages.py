"""A meeting."""

import pytest
from django.test import Client

from tests.archive import HOSTILE, Archive
from tests.factories import make_item, make_meeting, make_section
from tests.views.page import open_page


@pytest.fixture
def years(db) -> None:
    for date in ("2016-11-03", "2017-01-19", "2017-06-01", "2017-06-14"):
        make_meeting(date, [make_item(number, f"Sag {number} {date}", decision="Godkendt.") for number in range(1, 5)])


def test_a_meeting_with_all_its_items(reader: Client, archive: Archive) -> None:
    page = open_page(reader, "/moeder/2017-06-14/")
    assert page.headings[0] == ("h1", "Mødet 14. juni 2017")
    assert [words for rank, words in page.headings if rank == "h3"] == [
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
    assert "Indledning Afbud: ingen <script>alert(1)</script> Punkter 1: Budget" in main


def test_a_short_decision_is_shown_with_what_was_proposed(reader: Client) -> None:
    make_meeting(
        "2017-06-14", [make_item(1, "Budget", decision="Godkendt.", recommendations=["at budgettet godkendes"])]
    )
    assert "Godkendt. Indstillet: at budgettet godkendes" in open_page(reader, "/moeder/2017-06-14/").main


def test_a_short_decision_is_shown_with_a_proposal_in_prose_too(reader: Client) -> None:
    proposal = "Direktøren indstiller budgettet **til godkendelse**. " + "Det er langt. " * 40
    sections = [make_section("indstilling", proposal)]
    make_meeting("2017-06-14", [make_item(1, "Budget", decision="Godkendt.", sections=sections)])
    main = open_page(reader, "/moeder/2017-06-14/").main
    assert "Godkendt. Indstillet: Direktøren indstiller budgettet til godkendelse. Det er langt." in main
    assert main.count("Det er langt.") < 40
    assert " …" in main


def test_with_closed_items_only_nothing_is_promised(reader: Client, closed_reader: Client) -> None:
    make_meeting("2017-06-14", [make_item(1, "Hemmeligt", closed=True)])
    page = open_page(reader, "/moeder/2017-06-14/")
    assert "Her er ingen punkter at vise" in page.main
    assert "original" not in page.words.lower()
    assert "lukket" not in page.words.lower()
    assert "Det originale referat" in open_page(closed_reader, "/moeder/2017-06-14/").main


@pytest.mark.parametrize("address", ["/", "/moeder/2017/"])
def test_a_meeting_with_little_to_show_is_no_bare_date(reader: Client, address: str) -> None:
    make_meeting("2017-06-01", [make_item(1, "Hemmeligt", closed=True)])
    make_meeting("2017-06-14", [make_item(1, "Evt.", decision="Intet.")])
    make_meeting("2017-06-28", [], cancelled=True)
    main = open_page(reader, address).main
    assert main.count("Ingen punkter at vise") == 1
    assert main.count("Kun faste punkter") == 1


def test_a_closed_item_leaves_no_trace(reader: Client, archive: Archive) -> None:
    page = open_page(reader, "/moeder/2016-10-11/")
    assert "Budget 2017" in page.main
    assert "original" not in page.main.lower()  # the file holds the closed item
    assert not [address for address in page.addresses() if "punkt/2" in address or "original" in address]


def test_who_may_sees_it_marked(closed_reader: Client, archive: Archive) -> None:
    page = open_page(closed_reader, "/moeder/2016-10-11/")
    assert ("h3", "2: Lønforhandling med en navngiven Lukket punkt") in page.headings
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


def test_queries(reader: Client, years: None, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(17):
        open_page(reader, "/moeder/2017-06-14/")


def test_an_address_as_people_type_it(reader: Client, archive: Archive) -> None:
    response = reader.get("/møder/2017-06-14/", follow=True)
    assert response.redirect_chain == [("/moeder/2017-06-14/", 301)]
    assert reader.get("/moeder/2017-06-14").headers["Location"] == "/moeder/2017-06-14/"
