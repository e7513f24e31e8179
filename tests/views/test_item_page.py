"""An item."""

import re

import pytest
from django.test import Client

from minutes.models import SourceDocument
from tests.archive import HOSTILE, Archive
from tests.factories import make_item, make_meeting, make_section
from tests.views.page import Page, open_page

ITEM = "/moeder/2017-06-14/punkt/2/"


def test_the_decision_comes_first_then_what_was_proposed_then_the_rest_as_printed(
    reader: Client, archive: Archive
) -> None:
    page = open_page(reader, ITEM)
    assert [words for rank, words in page.headings if rank in {"h1", "h2"}] == [
        f"Fjerde udkast til budgetkatalog {HOSTILE}",
        "Beslutning",
        "Indstilling",
        "Anledning",
        "Sagsfremstilling",
        "Bilag",
        "Sagens gang",
    ]
    assert ("h3", "Status") in page.headings


def test_each_part_has_an_address_and_says_whose_it_is(reader: Client, archive: Archive) -> None:
    page = open_page(reader, ITEM)
    ids = [attributes["id"] for tag, attributes in page.tags if tag == "h2"]
    assert ids[:5] == [
        f"punkt-2-{part}" for part in ("beslutning", "indstilling", "anledning", "sagsfremstilling", "bilag")
    ]
    assert ("#punkt-2-sagsfremstilling", "# Link til Sagsfremstilling, punkt 2") in _spaced(page)
    assert ("/moeder/2017-06-14/original/", "Side 3 i det originale referat: Sagsfremstilling, punkt 2") in page.links


def _spaced(page: Page) -> list[tuple[str, str]]:
    return [(address, words.replace("#Link", "# Link")) for address, words in page.links]


def test_parts_of_one_kind_have_addresses_of_their_own(reader: Client) -> None:
    kinds = ["økonomi", "økonomi", "økonomi 2", "§§", "beslutning?"]
    sections = [make_section(kind, "Tekst.") for kind in kinds]
    make_meeting("2017-06-14", [make_item(1, "Budget", decision="Nej.", sections=sections)])
    page = open_page(reader, "/moeder/2017-06-14/punkt/1/")
    ids = [attributes["id"] for tag, attributes in page.tags if tag == "h2"]
    parts = ("beslutning", "oekonomi", "oekonomi-2", "oekonomi-2-2", "afsnit", "beslutning-2")
    assert ids == [f"punkt-1-{part}" for part in parts]


def _texts(page: Page) -> dict[str, str]:
    """The words of the fields to copy from."""
    return dict(re.findall(r'<textarea[^>]* id="(\w+)"[^>]*>(.*?)</textarea>', page.html, re.DOTALL))


def test_a_citation_to_take_along(reader: Client, archive: Archive) -> None:
    assert _texts(open_page(reader, "/moeder/2017-06-14/punkt/1/"))["henvisning"] == (
        "Chefforum 14. juni 2017, punkt 1: Godkendelse af dagsorden og referat (sag 00.01.00-A00-3-17)"
        " – http://testserver/moeder/2017-06-14/punkt/1/"
    )
    assert (
        "punkt 3: Et punkt uden sagsnummer og uden beslutning – http"
        in _texts(open_page(reader, "/moeder/2017-06-14/punkt/3/"))["henvisning"]
    )


def test_an_answer_to_take_along_is_plain_text(reader: Client) -> None:
    decision = "Chefforum **godkendte**:\n\n1. at der spares,\n2. at [vejen](https://a.example) lægges om.\n\n* Intet."
    make_meeting("2017-06-14", [make_item(1, "Budget", decision=decision)])
    assert _texts(open_page(reader, "/moeder/2017-06-14/punkt/1/"))["svar"] == (
        "Chefforum 14. juni 2017, punkt 1: Budget\n\nBeslutning:\nChefforum godkendte:\n\n1. at der spares,\n"
        "2. at vejen lægges om.\n\n- Intet.\n\nhttp://testserver/moeder/2017-06-14/punkt/1/"
    )


def test_an_answer_that_says_little_says_what_was_proposed(reader: Client) -> None:
    items = [
        make_item(1, "Budget", decision="Godkendt.", recommendations=["at der spares", "at vejen lægges om"]),
        make_item(2, "Plan"),
    ]
    make_meeting("2017-06-14", items)
    answer = _texts(open_page(reader, "/moeder/2017-06-14/punkt/1/"))["svar"]
    assert "Beslutning:\nGodkendt.\n\nIndstillet: at der spares; at vejen lægges om\n\nhttp://" in answer
    undecided = _texts(open_page(reader, "/moeder/2017-06-14/punkt/2/"))["svar"]
    assert "punkt 2: Plan\n\nDer står ingen beslutning i referatet.\n\nhttp://" in undecided


def test_on_paper_it_says_where_it_is_from(reader: Client, archive: Archive) -> None:
    assert f"http://testserver{ITEM}Udskrevet" in open_page(reader, ITEM).main


def test_what_the_decision_did_stands_at_a_glance(reader: Client, archive: Archive) -> None:
    main = open_page(reader, ITEM).main
    assert "Beslutning Drøftet Godkendt" in main
    assert "Link til beslutningen, punkt 2 Chefforum drøftede kataloget. Kataloget blev godkendt." in main


def test_a_decision_that_no_rule_knows_is_unclear(reader: Client) -> None:
    make_meeting("2017-06-14", [make_item(1, "Budget", decision="Der er behov for mere tid.")])
    main = open_page(reader, "/moeder/2017-06-14/punkt/1/").main
    assert "Beslutning Uafklaret" in main
    assert "Der er behov for mere tid." in main


def test_no_decision_is_said(reader: Client, archive: Archive) -> None:
    page = open_page(reader, "/moeder/2017-06-14/punkt/3/")
    assert "Der står ingen beslutning i referatet." in page.main
    assert "Bilag" not in page.main


def test_it_says_where_it_belongs(reader: Client, archive: Archive) -> None:
    page = open_page(reader, ITEM)
    assert ("/moeder/2017-06-14/", "Chefforum 14. juni 2017") in page.links
    assert ("/sager/00.01.00-S00-6-17/", "00.01.00-S00-6-17") in page.links
    assert ("/moeder/2017-06-14/punkt/1/", "Forrige Godkendelse af dagsorden og referat") in page.links
    assert ("/moeder/2017-06-14/punkt/3/", "Næste Et punkt uden sagsnummer og uden beslutning") in page.links


def test_a_number_that_is_no_case_is_shown_as_printed(reader: Client) -> None:
    make_meeting("2017-06-14", [make_item(1, "Budget", case_number="afventer")])
    page = open_page(reader, "/moeder/2017-06-14/punkt/1/")
    assert "Sag afventer" in page.main
    assert not [address for address in page.addresses() if address.startswith("/sager/a")]


@pytest.mark.parametrize(("media_type", "anchor"), [("application/pdf", "#page=3"), ("text/plain", "")])
def test_the_original_opens_at_the_items_page(reader: Client, archive: Archive, media_type: str, anchor: str) -> None:
    SourceDocument.objects.update(media_type=media_type)
    addresses = open_page(reader, ITEM).addresses()
    assert f"/moeder/2017-06-14/original/{anchor}" in addresses


def test_a_heading_that_the_program_set_is_marked(reader: Client, archive: Archive) -> None:
    assert "Overskriften mangler i filen" in open_page(reader, ITEM).main


def test_tables_scroll_by_themselves_and_have_names(reader: Client, archive: Archive) -> None:
    page = open_page(reader, ITEM)
    frames = [attributes for _, attributes in page.tags if attributes.get("class") == "table--responsive-scroll"]
    assert frames == [
        {
            "class": "table--responsive-scroll",
            "role": "group",
            "tabindex": "0",
            "aria-label": "Tabel 1 i Sagsfremstilling, punkt 2",
        }
    ]
    assert ("th", {"scope": "col"}) in page.tags


def test_attachments_are_listed_once(reader: Client, archive: Archive) -> None:
    assert open_page(reader, ITEM).main.count("4. udkast til budgetkatalog.docx") == 1


def test_neighbours_pass_over_what_is_closed(reader: Client, closed_reader: Client) -> None:
    items = [make_item(1, "Budget"), make_item(2, "Løn", closed=True), make_item(3, "Eventuelt")]
    make_meeting("2017-06-14", items)
    address = "/moeder/2017-06-14/punkt/1/"
    assert ("/moeder/2017-06-14/punkt/3/", "Næste Eventuelt") in open_page(reader, address).links
    assert ("/moeder/2017-06-14/punkt/2/", "Næste Løn") in open_page(closed_reader, address).links


@pytest.mark.parametrize("count", [4, 40])
def test_queries(reader: Client, django_assert_max_num_queries, count: int) -> None:
    text = "Se mødet den 1. juni 2017 og sagen 00.01.00-S00-6-17."
    parts = {"decision": text, "sections": [make_section("anledning", text)] * 3, "attachments": ["a", "b"]}
    items = [
        make_item(n, f"Sag {n}", case_number="00.01.00-S00-6-17", recommendations=["at a", "at b"], **parts)
        for n in range(1, count + 1)
    ]
    make_meeting("2017-06-01", [make_item(1, "Sagen før", case_number="00.01.00-S00-6-17")])
    make_meeting("2017-06-14", items)
    with django_assert_max_num_queries(20):
        open_page(reader, "/moeder/2017-06-14/punkt/4/")
