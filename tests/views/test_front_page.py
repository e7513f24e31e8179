"""The front page."""

import pytest
from django.test import Client

from tests.archive import Archive
from tests.factories import make_item, make_meeting
from tests.views.page import open_page


def test_it_tells_what_is_here(reader: Client, archive: Archive) -> None:
    page = open_page(reader, "/")
    assert "2 møder · 4 punkter" in page.main
    assert "2 sager · 2 beslutninger" in page.main


def test_a_closed_reader_is_told_of_more(closed_reader: Client, archive: Archive) -> None:
    page = open_page(closed_reader, "/")
    assert "3 møder · 6 punkter" in page.main
    assert "3 sager · 4 beslutninger" in page.main


def test_it_leads_to_the_latest_meetings_and_what_they_were_about(reader: Client, archive: Archive) -> None:
    page = open_page(reader, "/")
    meetings = [(address, words) for address, words in page.links if address.count("/") == 3 and "moeder/2" in address]
    assert meetings == [("/moeder/2017-06-14/", "14. juni 2017"), ("/moeder/2016-10-11/", "11. oktober 2016")]
    assert "/moeder/2017-06-14/punkt/3/" in page.addresses()
    assert "Godkendelse af dagsorden" not in page.main  # stands at every meeting


def test_it_leads_into_the_archive(reader: Client, archive: Archive) -> None:
    assert {"/moeder/", "/sager/"} <= set(open_page(reader, "/").addresses())


def test_an_empty_archive_says_so(reader: Client) -> None:
    assert "Der er ingen møder i arkivet endnu" in open_page(reader, "/").main


def test_queries(reader: Client, django_assert_max_num_queries) -> None:
    for month in range(1, 8):
        make_meeting(f"2017-{month:02}-01", [make_item(number, f"Punkt {number}") for number in range(1, 4)])
    with django_assert_max_num_queries(10):
        open_page(reader, "/")


@pytest.mark.django_db
def test_nobody_logged_in_is_asked_to(client: Client) -> None:
    response = client.get("/", follow=True)
    assert response.redirect_chain == [("/log-ind/?next=/", 302)]
    assert "Log ind for at læse dem" in response.content.decode()
