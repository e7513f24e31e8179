"""Cases."""

from django.test import Client

from tests.archive import OPEN_CASE, Archive
from tests.factories import make_item, make_meeting
from tests.views.page import open_page


def test_cases_stand_by_number_under_their_main_group(reader: Client, archive: Archive) -> None:
    make_meeting("2017-07-01", [make_item(1, "Vi cykler", case_number="05.00.00-G01-8-23")])
    make_meeting("2017-07-02", [make_item(1, "Lokalplan", case_number="14/45987")])
    page = open_page(reader, "/sager/")
    assert [words for _, words in page.headings] == [
        "Sager",
        "00 Kommunens styrelse",
        "00.01.00-A00-3-17",
        "00.01.00-S00-6-17",
        "05 Veje og trafik",
        "05.00.00-G01-8-23",
        "Andre numre",
        "14/45987",
    ]
    assert "2 punkter, senest 14. juni 2017" in page.main
    assert "/sager/14_45987/" in page.addresses()


def test_long_lists_come_in_pages(reader: Client) -> None:
    make_meeting("2017-06-14", [make_item(n, f"Sag {n}", case_number=f"00.01.00-A00-{n}-17") for n in range(1, 121)])
    first = open_page(reader, "/sager/")
    assert "120 sager" in first.main
    assert [address for address in first.addresses() if address.startswith("?")] == [
        "?side=1",
        "?side=2",
        "?side=3",
        "?side=2",
    ]
    second = open_page(reader, "/sager/?side=2")
    assert [
        attributes["href"]
        for _, attributes in second.tags
        if attributes.get("aria-current") == "page" and "href" in attributes
    ] == ["/sager/", "?side=2"]
    assert "00.01.00-A00-51-17" in second.main
    assert "00.01.00-A00-50-17" not in second.main


def test_a_page_that_is_not_there_shows_the_nearest(reader: Client, archive: Archive) -> None:
    assert "00.01.00-A00-3-17" in open_page(reader, "/sager/?side=99").main
    assert "00.01.00-A00-3-17" in open_page(reader, "/sager/?side=x").main


def test_an_empty_archive_says_so(reader: Client) -> None:
    assert "Der er ingen sager i arkivet endnu" in open_page(reader, "/sager/").main


def test_a_case_tells_its_story_in_order(reader: Client, archive: Archive) -> None:
    page = open_page(reader, f"/sager/{OPEN_CASE}/")
    assert page.headings[0] == ("h1", OPEN_CASE)
    assert ("h2", "2 punkter") in page.headings
    items = [address for address in page.addresses() if "/punkt/" in address]
    assert items == ["/moeder/2016-10-11/punkt/1/", "/moeder/2017-06-14/punkt/2/"]
    assert "00 Kommunens styrelse" in page.main


def test_a_number_used_for_unrelated_matters_says_so(reader: Client) -> None:
    titles = ("Godkendelse af dagsorden og referat", "Status fra IT & Digitalisering", "Eventuelt")
    make_meeting("2023-12-07", [make_item(n, t, case_number="00.01.00-P35-9-22") for n, t in enumerate(titles, 1)])
    assert "Det er en samlesag" in open_page(reader, "/sager/00.01.00-P35-9-22/").main
    assert (
        "Samlesag: Godkendelse af dagsorden og referat · Status fra IT & Digitalisering m.fl."
        in open_page(reader, "/sager/").main
    )


def test_queries(reader: Client, django_assert_max_num_queries) -> None:
    for month in range(1, 5):
        items = [
            make_item(n, f"Sag {n}", case_number=f"00.01.00-A00-{n}-17", decision="Godkendt.") for n in range(1, 9)
        ]
        make_meeting(f"2017-0{month}-01", items)
    with django_assert_max_num_queries(7):
        open_page(reader, "/sager/")
    with django_assert_max_num_queries(15):
        open_page(reader, "/sager/00.01.00-A00-3-17/")
