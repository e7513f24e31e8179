"""What the archive lacks."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from minutes.models import AgendaItem, Attachment, Meeting, SourceDocument
from minutes.parsing.types import Warning
from tests.archive import HOSTILE, Archive, make_person
from tests.factories import make_item, make_meeting, make_section
from tests.views.page import Page, open_page

pytestmark = pytest.mark.django_db

PARTS = ("maaneder", "moeder", "raekken", "beslutninger", "bilag", "antaget")
WARNINGS = (Warning("missing_heading", "Overskriften Anledning mangler.", page=3, line=4),)


def editor() -> Client:
    client = Client()
    client.force_login(make_person("redaktør"))
    return client


def figures(page: Page) -> dict[str, str]:
    """The counts that lead down the page, by the part that they lead to."""
    return {address[1:]: words.split()[0] for address, words in page.links if address[1:] in PARTS}


def make_whole_archive() -> None:
    approval = make_item(1, "Godkendelse af dagsorden og referat", decision="Godkendt.")
    make_meeting("2017-05-31", [make_item(2, "Budget", decision="Godkendt.")])
    make_meeting("2017-06-14", [approval, make_item(2, "Budget", decision="Godkendt.")])


def test_an_empty_archive_says_so(reader: Client) -> None:
    page = open_page(reader, "/mangler/")
    assert "Der er ingen møder i arkivet endnu" in page.main
    assert figures(page) == {}


def test_a_complete_archive_is_told_so(reader: Client) -> None:
    make_whole_archive()
    page = open_page(reader, "/mangler/")
    assert "Arkivet mangler ikke noget, det selv kan se" in page.main
    assert page.headings == [("h1", "Hvad mangler?")]
    for part in PARTS:
        assert "Her mangler ikke noget" in open_page(reader, f"/mangler/?del={part}").main


def test_each_kind_has_its_count_and_its_rows(reader: Client, archive: Archive) -> None:
    make_meeting(
        "2017-04-01", [make_item(1, "Budget", sections=[make_section("sagsfremstilling", "Mødet 2. maj 2017.")])]
    )
    page = open_page(reader, "/mangler/")
    assert figures(page) == {
        "maaneder": "6",
        "moeder": "1",
        "raekken": "1",
        "beslutninger": "3",
        "bilag": "2",
        "antaget": "1",
    }
    assert [words for rank, words in page.headings if rank == "h2"] == [
        *("Måneder uden møde", "Møder, som arkivet mangler", "Brud i rækken af referater"),
        *("Punkter uden beslutning", "Bilag uden fil", "Antaget ved læsningen"),
    ]
    assert "2. maj 2017 Nævnt på forhånd i 1. april 2017, punkt 1: Budget" in page.main
    assert (
        "11. oktober 2016 Næste møde i arkivet, 1. april 2017, har intet punkt, der godkender et referat." in page.main
    )
    assert "14. juni 2017, punkt 3: Et punkt uden sagsnummer og uden beslutning" in page.main
    assert f"Bilag {HOSTILE}" in page.main
    assert "Overskriften Anledning mangler." in page.main
    assert "og juli" not in page.main


def test_the_page_leads_readers_to_items_and_editors_to_where_it_is_mended(reader: Client, archive: Archive) -> None:
    item = AgendaItem.objects.get(meeting=archive.open, number=3)
    addresses = open_page(reader, "/mangler/").addresses()
    assert "/moeder/2017-06-14/punkt/3/" in addresses
    assert [address for address in addresses if address.startswith("/admin/")] == []
    page = open_page(editor(), "/mangler/")
    assert (f"/admin/minutes/agendaitem/{item.pk}/change/", f"Ret {item}") in page.links
    assert ("/moeder/2017-06-14/ret/", "Ret mødet 14. juni 2017") in page.links
    browser = editor()
    for address in page.addresses():
        if address.startswith("/admin/minutes/"):
            assert browser.get(address).status_code == 200


def test_what_is_closed_is_in_no_count(reader: Client, closed_reader: Client, archive: Archive) -> None:
    make_meeting("2015-02-02", [make_item(1, "Budget", decision="Se mødet den 5. maj 2015. Drøftet.")])
    page = open_page(reader, "/mangler/")
    assert "5. maj 2015 Nævnt på forhånd i 2. februar 2015, punkt 1: Budget" in page.main
    assert "2015 marts, april, maj, juni, august" in page.main
    assert "Lønforhandling" not in page.main
    other = open_page(closed_reader, "/mangler/")
    assert "5. maj 2015 Nævnt" not in other.main
    assert "2015 marts, april, juni, august" in other.main


@pytest.mark.parametrize("part", PARTS)
def test_a_part_comes_in_pages(reader: Client, part: str) -> None:
    words = [f"Se mødet den {day}. januar 1990." for day in range(1, 32)]
    words += [f"Se mødet den {day}. marts 1990." for day in range(1, 32)]
    for year in range(1910, 1965):
        items = [make_item(1, f"Budget for {year}", attachments=["Katalog"])]
        make_meeting(f"{year}-01-01", items, warnings=WARNINGS)
    make_meeting("1995-01-01", [make_item(1, "Se", sections=[make_section("sagsfremstilling", "\n\n".join(words))])])
    front = open_page(reader, "/mangler/")
    assert [address for address in front.addresses() if address == f"?del={part}"] == [f"?del={part}"]
    first = open_page(reader, f"/mangler/?del={part}")
    second = open_page(reader, f"/mangler/?del={part}&side=2")
    assert f"?del={part}&side=2" in first.addresses()
    assert first.main != second.main
    assert second.main == open_page(reader, f"/mangler/?del={part}&side=99").main.replace("side=99", "side=2")


@pytest.mark.parametrize("query", ["del=intet", "del=%00", "del=" + "x" * 5000, "del=bilag&del=intet", "side=-1"])
def test_a_part_that_is_not_there_is_the_whole_page(reader: Client, archive: Archive, query: str) -> None:
    assert open_page(reader, f"/mangler/?{query}").headings[0] == ("h1", "Hvad mangler?")


@pytest.mark.parametrize("side", ["0", "-1", "abc", "9" * 400, "%00", "1e9", "١"])
def test_a_page_that_is_not_there_shows_the_nearest(reader: Client, archive: Archive, side: str) -> None:
    assert open_page(reader, f"/mangler/?del=bilag&side={side}").headings[0] == ("h1", "Bilag uden fil")


def test_names_of_attachments_are_folded_and_bounded(reader: Client) -> None:
    make_meeting("2017-06-14", [make_item(1, "Budget", attachments=[f"Katalog {n}" for n in range(1, 121)])])
    page = open_page(reader, "/mangler/?del=bilag")
    assert "120 bilag til mødet 14. juni 2017" in page.main
    assert "Katalog 100" in page.main
    assert "Katalog 101" not in page.main
    assert "og 20 til" in page.main
    Attachment.objects.update(sha256="a" * 64)
    assert "Her mangler ikke noget" in open_page(reader, "/mangler/?del=bilag").main


def test_several_bodies_are_told_apart(reader: Client, settings: Settings) -> None:
    settings.ARCHIVE_BODIES = ["Chefforum", "Direktørforum"]
    for body, month in (("Chefforum", "01"), ("Chefforum", "03"), ("Direktørforum", "05"), ("Direktørforum", "08")):
        Meeting.objects.create(body=body, date=f"2017-{month}-01", slug=f"2017-{month}-01")
    page = open_page(reader, "/mangler/")
    assert "2017 Chefforum februar" in page.main
    assert "2017 Direktørforum juni og juli, ofte ferie" in page.main


def test_queries() -> None:
    browser = editor()
    costs: list[dict[str, int]] = []
    for year in (2015, 2016):
        for month in (1, 3, 5):
            items = [
                make_item(1, "Godkendelse af referat", sections=[make_section("anledning", f"Mødet 2.2.{year - 1}.")]),
                *(make_item(n, f"Sag {n}", attachments=["A", "B"]) for n in range(2, 6)),
            ]
            make_meeting(f"{year}-0{month}-01", items, warnings=WARNINGS)
        costs.append({part: _cost(browser, part) for part in ("", *PARTS)})
    assert costs[0] == costs[1]
    assert costs[0][""] <= 18


def _cost(browser: Client, part: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        open_page(browser, f"/mangler/?del={part}")
    return len(captured)


def test_an_editor_who_has_been_through_the_items_ends_the_assumptions(reader: Client, archive: Archive) -> None:
    assert SourceDocument.objects.current().exclude(warnings=[]).count() == 1
    archive.open.items.update(confirmed_at=datetime.datetime.now(datetime.UTC))
    assert "Her mangler ikke noget" in open_page(reader, "/mangler/?del=antaget").main


@pytest.mark.django_db(transaction=True)
def test_what_is_found_is_kept_only_as_long_as_the_archive_is_the_same(reader: Client, closed_reader: Client) -> None:
    make_meeting("2017-06-14", [make_item(1, "Åbent", attachments=["Notat"]), make_item(2, "Hemmeligt", closed=True)])
    for _ in range(2):
        assert "1 punkt uden beslutning" in open_page(reader, "/mangler/?del=beslutninger").main
        assert "2 punkter uden beslutning" in open_page(closed_reader, "/mangler/?del=beslutninger").main
    make_meeting("2017-06-30", [make_item(1, "Ferie", attachments=["Oversigt"])])
    assert "2 punkter uden beslutning" in open_page(reader, "/mangler/?del=beslutninger").main
    assert "2 bilag uden fil" in open_page(reader, "/mangler/?del=bilag").main
    AgendaItem.objects.get(title="Ferie").delete()
    assert "1 bilag uden fil" in open_page(reader, "/mangler/?del=bilag").main
