"""A case: its story, or the list of a samlesag."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from minutes.models import AgendaItem, Case, Meeting, Reference
from minutes.templatetags.lists import time_since
from tests.archive import OPEN_CASE, Archive
from tests.factories import make_item, make_meeting
from tests.views.page import Page, open_page

CASE = "03.30.05-A00-1-15"
COLLECTIVE = "00.01.00-P35-9-22"


@pytest.fixture
def plan(db) -> list[Meeting]:
    """Four meetings on one case."""
    return [
        make_meeting(
            date,
            [
                make_item(
                    1,
                    f"Helhedsplanen {date[:4]}",
                    case_number=CASE,
                    decision="Godkendt.",
                    recommendations=["at den godkendes"],
                )
            ],
        )
        for date in ("2015-01-08", "2015-01-22", "2015-06-04", "2016-09-01")
    ]


def dates(page: Page) -> list[str]:
    return [words for address, words in page.links if address.startswith("/moeder/2") and "punkt" not in address]


def test_a_case_tells_its_story_in_order(reader: Client, archive: Archive) -> None:
    page = open_page(reader, f"/sager/{OPEN_CASE}/")
    assert page.headings[0] == ("h1", OPEN_CASE)
    assert "Sag 2 punkter" in page.main
    items = [address for address in page.addresses() if "/punkt/" in address]
    assert items == ["/moeder/2016-10-11/punkt/1/", "/moeder/2017-06-14/punkt/2/"]
    assert [link for link in page.links if link[0].startswith(("/emner/", "/sager/"))][-5:-1] == [
        ("/sager/", "Sager"),
        ("/emner/00/", "00 Kommunens styrelse"),
        ("/emner/00.01/", "00.01"),
        ("/emner/00.01.00/", "00.01.00"),
    ]


def test_each_step_tells_what_was_decided_and_where_that_is_little_what_was_proposed(
    reader: Client, plan: list[Meeting]
) -> None:
    make_meeting("2017-01-05", [make_item(2, "Helhedsplanen igen", case_number=CASE)])
    page = open_page(reader, f"/sager/{CASE}/")
    assert "8. januar 2015 punkt 1 Helhedsplanen 2015 Godkendt Godkendt. Indstillet: at den godkendes" in page.main
    assert "punkt 2 Helhedsplanen igen Der står ingen beslutning i referatet." in page.main
    assert dates(page)[:2] == ["8. januar 2015", "22. januar 2015"]


def test_long_breaks_are_told(reader: Client, plan: list[Meeting]) -> None:
    main = open_page(reader, f"/sager/{CASE}/").main
    assert "4 måneder senere 4. juni 2015" in main
    assert "1 år og 3 måneder senere 1. september 2016" in main
    assert main.count("senere") == 2


@pytest.mark.parametrize(
    ("earlier", "later", "words"),
    [
        ("2017-01-01", "2017-02-20", ""),
        ("2017-01-01", "2017-03-02", "2 måneder senere"),
        ("2017-01-31", "2017-04-02", "2 måneder senere"),
        ("2017-01-10", "2018-01-12", "1 år senere"),
        ("2017-01-10", "2018-02-08", "1 år og 1 måned senere"),
        ("2017-01-10", "2020-12-28", "4 år senere"),
    ],
)
def test_how_long_a_break_is(earlier: str, later: str, words: str) -> None:
    assert time_since(datetime.date.fromisoformat(later), datetime.date.fromisoformat(earlier)) == words


def test_what_an_editor_has_linked_stands_in_both_stories_and_is_said_to_be(
    reader: Client, closed_reader: Client, plan: list[Meeting]
) -> None:
    later = "03.30.05-A00-1-21"
    open_item, closed_item = make_item(1, "Ny helhedsplan", case_number=later), make_item(2, "Lukket plan", closed=True)
    meeting = make_meeting("2021-03-04", [open_item, closed_item])
    for item in meeting.items.all():
        Reference.objects.create(item=plan[0].items.get(), target_item=item)
    main = open_page(reader, f"/sager/{CASE}/").main
    assert f"Fra sag {later}; en redaktør har knyttet punktet til denne sag" in main
    assert "Lukket plan" not in main
    assert main.count("en redaktør har knyttet") == 1
    assert "4 punkter" in main  # the case's own
    assert f"Fra sag {CASE}; en redaktør har knyttet" in open_page(reader, f"/sager/{later}/").main
    assert "Lukket plan" in open_page(closed_reader, f"/sager/{CASE}/").main


def test_where_a_case_is_mentioned(reader: Client, closed_reader: Client, plan: list[Meeting]) -> None:
    meeting = make_meeting("2018-05-03", [make_item(1, "Boligpolitik"), make_item(2, "Hemmeligt", closed=True)])
    case = Case.objects.get(slug=CASE)
    for item in [*meeting.items.all(), plan[3].items.get()]:  # its own items do not count
        Reference.objects.create(item=item, target_case=case, words=CASE, origin="regel")
    page = open_page(reader, f"/sager/{CASE}/")
    assert ("h2", "Nævnt i") in page.headings
    assert page.main.endswith("Nævnt i Boligpolitik 3. maj 2018, punkt 1")
    assert "Hemmeligt 3. maj 2018" in open_page(closed_reader, f"/sager/{CASE}/").main


def test_many_mentions_are_left_to_the_search(reader: Client, plan: list[Meeting]) -> None:
    meeting = make_meeting("2018-05-03", [make_item(number, f"Sag {number}") for number in range(1, 13)])
    case = Case.objects.get(slug=CASE)
    Reference.objects.bulk_create(
        Reference(item=item, target_case=case, words=CASE, origin="regel") for item in meeting.items.all()
    )
    page = open_page(reader, f"/sager/{CASE}/")
    assert page.main.count("3. maj 2018") == 8
    assert (f"/soeg/?q={CASE}", "Søg efter alle, der nævner sagen") in page.links


def test_a_long_story_comes_in_pages(reader: Client) -> None:
    items = [make_item(number, f"Helhedsplanens del {number}", case_number=CASE) for number in range(1, 91)]
    make_meeting("2017-06-14", items)
    first = open_page(reader, f"/sager/{CASE}/")
    assert "90 punkter" in first.main
    assert len([address for address in first.addresses() if "/punkt/" in address]) == 40
    last = open_page(reader, f"/sager/{CASE}/?side=3")
    assert [words for rank, words in last.headings if rank == "h3"][-1] == "Helhedsplanens del 90"
    assert "Helhedsplanens del 90" in open_page(reader, f"/sager/{CASE}/?side=999999999999999999999").main


@pytest.fixture
def collective(db) -> None:
    titles = ("Godkendelse af dagsorden og referat", "Status fra IT & Digitalisering", "Ferieplan", "Eventuelt")
    for month in range(1, 9):
        items = [make_item(n, t, case_number=COLLECTIVE, decision="Drøftet.") for n, t in enumerate(titles, 1)]
        make_meeting(f"2023-{month:02}-07", items)
    make_meeting("2023-12-07", [make_item(1, "Hemmelig titel", case_number=COLLECTIVE, closed=True)])


def test_a_number_used_for_unrelated_matters_is_a_list_by_title(reader: Client, collective: None) -> None:
    page = open_page(reader, f"/sager/{COLLECTIVE}/")
    assert "Det er en samlesag" in page.main
    assert "senere" not in page.main
    assert [words for rank, words in page.headings if rank == "h2"] == [
        "Eventuelt",
        "Ferieplan",
        "Godkendelse af dagsorden og referat",
        "Status fra IT & Digitalisering",
    ]
    assert "7. august 2023, punkt 3: Ferieplan Drøftet Drøftet." in page.main
    assert page.main.count(": Ferieplan") == 5
    assert ("?titel=Ferieplan", "Alle 8 punkter med titlen Ferieplan") in page.links
    assert "emmelig" not in page.main


def test_all_items_of_a_title(reader: Client, closed_reader: Client, collective: None) -> None:
    page = open_page(reader, f"/sager/{COLLECTIVE}/?titel=Ferieplan")
    assert page.headings[0] == ("h1", "Ferieplan")
    assert page.main.count("punkt 3: Ferieplan") == 8
    assert "Hemmelig titel" in open_page(closed_reader, f"/sager/{COLLECTIVE}/?titel=Hemmelig+titel").main
    for title in ("Hemmelig+titel", "findes+ikke", "", "%00"):
        assert reader.get(f"/sager/{COLLECTIVE}/?titel={title}").status_code == 404


def test_a_list_names_a_samlesag_by_its_titles(reader: Client, collective: None) -> None:
    assert "Samlesag: Godkendelse af dagsorden og referat · Status fra IT & Digitalisering m.fl." in (
        open_page(reader, "/emner/00.01.00/").main
    )


def test_another_bodys_number_has_a_page(reader: Client) -> None:
    make_meeting("2017-07-02", [make_item(1, "Lokalplan", case_number="14/45987")])
    page = open_page(reader, "/sager/14_45987/")
    assert page.headings[0] == ("h1", "14/45987")
    assert ("/sager/andre-numre/", "Andre numre") in page.links
    assert "Handlingsfacet" not in page.main


def test_queries(reader: Client, plan: list[Meeting], collective: None, django_assert_max_num_queries) -> None:
    later = make_meeting("2021-03-04", [make_item(n, f"Ny plan {n}") for n in range(1, 9)])
    for item in later.items.all():
        Reference.objects.create(item=plan[0].items.get(), target_item=item)
    assert AgendaItem.objects.count() > 40
    for address in (f"/sager/{CASE}/", f"/sager/{COLLECTIVE}/", f"/sager/{COLLECTIVE}/?titel=Ferieplan"):
        with django_assert_max_num_queries(18):
            open_page(reader, address)
