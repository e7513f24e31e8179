"""Cases by main group, group and subject, and by their number."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.test import Client

from tests.factories import make_item, make_meeting
from tests.views.page import open_page


@pytest.fixture
def cases(db) -> None:
    make_meeting(
        "2017-06-14",
        [
            make_item(1, "Godkendelse af dagsorden og referat", case_number="00.01.00-A00-3-17"),
            make_item(2, "Budget 2018", case_number="00.01.00-S00-6-17"),
            make_item(3, "Mødeplan", case_number="00.22.04-P35-9-22"),
            make_item(4, "Cykelstier", case_number="05.01.02-G01-8-23"),
            make_item(5, "Lokalplan", case_number="14/45987"),
            make_item(6, "Personsag", case_number="81.03.00-G01-1-17", closed=True),
        ],
    )
    make_meeting("2017-08-17", [make_item(1, "Budget 2019", case_number="00.01.00-S00-6-17")])


def found(client: Client, typed: str) -> str:
    """Where a number leads to; blank where a page of cases is shown."""
    response = client.get(f"/sager/?{urlencode({'nummer': typed})}")
    assert response.status_code in {200, 302}
    return response.headers.get("Location", "")


def test_the_page_of_cases_counts_by_main_group(reader: Client, cases: None) -> None:
    page = open_page(reader, "/sager/")
    assert "5 sager" in page.main
    assert "00 Kommunens styrelse 3 sager, 4 punkter" in page.main
    assert "05 Veje og trafik 1 sag, 1 punkt" in page.main
    assert "Andre numre 1 sag, 1 punkt" in page.main
    assert {"/emner/00/", "/emner/05/", "/sager/andre-numre/"} <= set(page.addresses())
    latest = [words for rank, words in page.headings if rank == "h3"][3:]
    assert latest == ["00.01.00-S00-6-17", "00.22.04-P35-9-22", "05.01.02-G01-8-23", "14/45987"]


def test_what_is_closed_is_in_no_list_and_no_count(reader: Client, closed_reader: Client, cases: None) -> None:
    for address in ("/sager/", "/emner/"):
        assert "81" not in open_page(reader, address).main
        assert "81 Kommunens personale" in open_page(closed_reader, address).main
    for address in ("/emner/81/", "/emner/81.03/", "/emner/81.03.00/"):
        assert reader.get(address).status_code == 404
        assert closed_reader.get(address).status_code == 200
    assert found(reader, "81.03.00-G01-1-17") == found(reader, "81.03") == ""
    assert "Ingen sag fundet" in open_page(reader, "/sager/?nummer=81.03.00-G01-1-17").main
    assert found(closed_reader, "81.03.00-G01-1-17") == "/sager/81.03.00-G01-1-17/"


def test_all_subjects_with_their_groups(reader: Client, cases: None) -> None:
    page = open_page(reader, "/emner/")
    assert [words for rank, words in page.headings if rank == "h2"] == ["00 Kommunens styrelse", "05 Veje og trafik"]
    assert ("/emner/00.01/", "00.01 2 sager") in page.links
    assert ("/emner/00.22/", "00.22 1 sag") in page.links


def test_from_main_group_to_case(reader: Client, cases: None) -> None:
    page = open_page(reader, "/emner/00/")
    assert page.headings == [
        ("h1", "00 Kommunens styrelse"),
        ("h2", "00.01"),
        ("h3", "00.01.00"),
        ("h2", "00.22"),
        ("h3", "00.22.04"),
    ]
    assert "00.01.00 Budget 2019 · Budget 2018 2 sager, 3 punkter" in page.main  # no approvals among the titles
    page = open_page(reader, "/emner/00.01/")
    assert page.headings == [("h1", "00.01"), ("h2", "00.01.00")]
    page = open_page(reader, "/emner/00.01.00/")
    assert page.headings == [("h1", "00.01.00"), ("h2", "00.01.00-A00-3-17"), ("h2", "00.01.00-S00-6-17")]
    assert "00.01.00-S00-6-17 Budget 2019 2 punkter, senest 17. august 2017" in page.main
    crumbs = [link for link in page.links if link[0] in {"/sager/", "/emner/00/", "/emner/00.01/"}]
    assert crumbs[-3:] == [("/sager/", "Sager"), ("/emner/00/", "00 Kommunens styrelse"), ("/emner/00.01/", "00.01")]


def test_other_bodies_numbers_have_a_branch(reader: Client, cases: None) -> None:
    page = open_page(reader, "/sager/andre-numre/")
    assert page.headings == [("h1", "Andre numre"), ("h2", "14/45987")]
    assert "/sager/14_45987/" in page.addresses()


@pytest.mark.parametrize("address", ["/emner/0/", "/emner/00.1/", "/emner/00.01.00.01/", "/emner/aa/", "/emner/00-01/"])
def test_a_code_has_exactly_one_form(reader: Client, cases: None, address: str) -> None:
    assert reader.get(address).status_code == 404


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("00.01.00-S00-6-17", "/sager/00.01.00-S00-6-17/"),
        ("000100S00617", "/sager/00.01.00-S00-6-17/"),
        ("sagsnr. 00.01.00 s00 6 2017", "/sager/00.01.00-S00-6-17/"),
        ("14/45987", "/sager/14_45987/"),
        ("00", "/emner/00/"),
        ("00.01", "/emner/00.01/"),
        ("00-22-04", "/emner/00.22.04/"),
    ],
)
def test_a_number_leads_to_its_case_or_subject(reader: Client, cases: None, typed: str, place: str) -> None:
    assert found(reader, typed) == place


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("P35", ["00.22.04-P35-9-22"]),
        ("p35-9-22", ["00.22.04-P35-9-22"]),
        ("9/22", ["00.22.04-P35-9-22"]),
        ("9-2022", ["00.22.04-P35-9-22"]),
        ("2017", ["00.01.00-A00-3-17", "00.01.00-S00-6-17"]),
        ("00.01.00-S00", ["00.01.00-S00-6-17"]),
        ("459", ["14/45987"]),
    ],
)
def test_a_part_of_a_number_finds_cases(reader: Client, cases: None, typed: str, numbers: list[str]) -> None:
    assert found(reader, typed) == ""
    page = open_page(reader, f"/sager/?{urlencode({'nummer': typed})}")
    assert [words for rank, words in page.headings if rank == "h2"] == numbers
    assert f"med ”{typed}” i nummeret" in page.main


@pytest.mark.parametrize(
    "typed", ["x", "\x00?", "99.99", "Z99", "budget", "00.01.00-S00-999999999-17", "9" * 300, "9/99"]
)
def test_a_number_that_the_archive_has_not_is_said_so(reader: Client, cases: None, typed: str) -> None:
    page = open_page(reader, f"/sager/?{urlencode({'nummer': typed})}")
    assert "Ingen sag fundet" in page.main
    assert [address for address in page.addresses() if address.startswith("/soeg/?q=")]


def test_long_lists_come_in_pages(reader: Client) -> None:
    make_meeting("2017-06-14", [make_item(n, f"Sag {n}", case_number=f"00.01.00-A00-{n}-17") for n in range(1, 121)])
    first = open_page(reader, "/emner/00.01.00/")
    assert "120 sager" in first.main
    sides = [address for address in first.addresses() if address.startswith("?")]
    assert sides == ["?side=1", "?side=2", "?side=3", "?side=2"]
    second = open_page(reader, "/emner/00.01.00/?side=2")
    assert "00.01.00-A00-51-17" in second.main
    assert "00.01.00-A00-50-17" not in second.main
    assert "00.01.00-A00-120-17" in open_page(reader, "/emner/00.01.00/?side=99").main
    assert "00.01.00-A00-1-17" in open_page(reader, "/emner/00.01.00/?side=x").main
    assert "?nummer=A00&side=2" in open_page(reader, "/sager/?nummer=A00").addresses()


def test_an_empty_archive_says_so(reader: Client) -> None:
    assert "Der er ingen sager i arkivet endnu" in open_page(reader, "/sager/").main
    assert "Der er ingen emner i arkivet endnu" in open_page(reader, "/emner/").main
    assert reader.get("/sager/andre-numre/").status_code == 404


@pytest.mark.parametrize(
    ("address", "ceiling"),
    [
        ("/sager/", 9),
        ("/sager/?nummer=A00", 9),
        ("/emner/", 6),
        ("/emner/00/", 7),
        ("/emner/00.01/", 7),
        ("/emner/00.01.00/", 8),
    ],
)
def test_queries(reader: Client, django_assert_max_num_queries, address: str, ceiling: int) -> None:
    for month in range(1, 5):
        items = [
            make_item(n, f"Sag {n}", case_number=f"00.01.0{n - 1}-A00-{n}-17", decision="Ja.") for n in range(1, 9)
        ]
        make_meeting(f"2017-0{month}-01", items)
    with django_assert_max_num_queries(ceiling):
        open_page(reader, address)
