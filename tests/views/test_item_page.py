"""An item."""

import pytest
from django.test import Client

from minutes.models import SourceDocument
from tests.archive import HOSTILE, Archive
from tests.factories import make_item, make_meeting, make_section
from tests.views.page import open_page

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
    ]
    assert ("h3", "Status") in page.headings


def test_what_the_decision_did_stands_at_a_glance(reader: Client, archive: Archive) -> None:
    main = open_page(reader, ITEM).main
    assert "Beslutning Godkendt Drøftet Chefforum drøftede" in main or "Beslutning Drøftet Godkendt Chefforum" in main


def test_a_decision_that_no_rule_knows_is_unclear(reader: Client) -> None:
    make_meeting("2017-06-14", [make_item(1, "Budget", decision="Der er behov for mere tid.")])
    assert "Beslutning Uafklaret Der er behov for mere tid." in open_page(reader, "/moeder/2017-06-14/punkt/1/").main


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
            "aria-label": "Tabel 1 i Sagsfremstilling",
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


def test_queries(reader: Client, django_assert_max_num_queries) -> None:
    sections = [make_section("sagsfremstilling", "Tekst")] * 5
    items = [make_item(n, f"Sag {n}", decision="Godkendt.", sections=sections, attachments=["a"]) for n in range(1, 9)]
    make_meeting("2017-06-14", items)
    with django_assert_max_num_queries(14):
        open_page(reader, "/moeder/2017-06-14/punkt/4/")
