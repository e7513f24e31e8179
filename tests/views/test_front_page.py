"""The front page."""

from __future__ import annotations

import datetime
from itertools import pairwise

import pytest
from django.test import Client
from django.utils import timezone

from minutes.models import AgendaItem, Deadline
from minutes.models.deadlines import Precision
from tests.archive import OPEN_CASE, Archive
from tests.factories import make_item, make_meeting
from tests.views.page import Page, open_page

MONTHS = range(1, 8)


def test_it_tells_what_is_here(reader: Client, archive: Archive) -> None:
    page = open_page(reader, "/")
    assert "I arkivet siden 2016 møder 2 punkter 4 beslutninger 2 sager 2" in page.main


def test_a_closed_reader_is_told_of_more(closed_reader: Client, archive: Archive) -> None:
    page = open_page(closed_reader, "/")
    assert "I arkivet siden 2015 møder 3 punkter 6 beslutninger 4 sager 3" in page.main


def test_it_shows_what_the_latest_meetings_decided(reader: Client, archive: Archive) -> None:
    page = open_page(reader, "/")
    assert "/moeder/2017-06-14/punkt/2/" in page.addresses()
    assert "Chefforum drøftede kataloget. Kataloget blev godkendt." in page.main
    assert "Godkendelse af dagsorden" not in page.main  # stands at every meeting
    assert ("/moeder/2017-06-14/", "2 punkter mere på mødet 14. juni 2017") in page.links
    assert "Ingen beslutninger ud over de faste punkter." in page.main  # the older meeting


def test_what_is_closed_is_neither_shown_nor_counted(reader: Client, closed_reader: Client, archive: Archive) -> None:
    assert "Hemmeligt" not in open_page(reader, "/").html
    assert ("/moeder/2016-10-11/", "1 punkt mere på mødet 11. oktober 2016") in open_page(reader, "/").links
    assert "Hemmeligt" in open_page(closed_reader, "/").main
    assert "/moeder/2015/" in open_page(closed_reader, "/").addresses()
    assert "/moeder/2015/" not in open_page(reader, "/").addresses()


def test_what_was_decided_comes_before_what_was_only_noted(reader: Client, transactional_db: None) -> None:
    decisions = ["Orienteringen blev taget til efterretning.", *["Chefforum godkendte forslaget."] * 4]
    make_meeting("2017-06-14", [make_item(n, f"Sag {n}", decision=said) for n, said in enumerate(decisions, start=1)])
    page = open_page(reader, "/")
    shown = [words for address, words in page.links if "/punkt/" in address]
    assert shown == ["Sag 2", "Sag 3", "Sag 4", "Sag 5"]
    assert ("/moeder/2017-06-14/", "1 punkt mere på mødet 14. juni 2017") in page.links


def test_a_short_decision_is_shown_with_what_was_proposed(reader: Client, transactional_db: None) -> None:
    item = make_item(1, "Ny kantine", decision="Godkendt.", recommendations=("at kantinen åbner i maj",))
    make_meeting("2017-06-14", [item])
    assert "Godkendt. Indstillet: at kantinen åbner i maj" in open_page(reader, "/").main


def test_it_leads_into_the_archive(reader: Client, archive: Archive) -> None:
    links = dict(open_page(reader, "/").links)
    assert {"/moeder/", "/sager/", "/beslutninger/", "/frister/", "/emner/", "/hjaelp/"} <= set(links)
    assert links["/moeder/2017/"] == "2017"
    assert links["/emner/00/"] == "00 Kommunens styrelse"
    assert links["/beslutninger/?type=godkendt"] == "Godkendt"


def test_searches_to_try(reader: Client, archive: Archive) -> None:
    words = [words for address, words in open_page(reader, "/").links if address.startswith("/soeg/")]
    assert words == ["hvad blev der besluttet om budgettet", "juni 2017", OPEN_CASE]


def test_a_word_to_try_is_one_that_search_finds(reader: Client, closed_reader: Client, transactional_db: None) -> None:
    item = make_item(1, "Arbejdsmiljø", decision="Godkendt.")
    make_meeting("2017-06-14", [item, make_item(2, "Sygefravær", decision="Godkendt.", closed=True)])
    assert dict(open_page(reader, "/").links)["/soeg/?q=arbejdsmilj%C3%B8"] == "arbejdsmiljø"
    assert "sygefravær" not in open_page(reader, "/").html
    assert "/soeg/?q=sygefrav%C3%A6r" in open_page(closed_reader, "/").addresses()


def test_deadlines_to_come_nearest_first(reader: Client, closed_reader: Client, archive: Archive) -> None:
    today = timezone.localdate()
    for number, (days, words) in enumerate([(30, "senere"), (0, "i dag"), (-1, "i går")]):
        _deadline(archive.open.items.get(number=2), number, today + datetime.timedelta(days), words)
    _deadline(archive.mixed.items.get(number=2), 0, today, "lukket frist")
    page = open_page(reader, "/")
    assert page.main.index("i dag") < page.main.index("senere")
    assert "i går" not in page.main
    assert "lukket frist" not in page.main
    assert "lukket frist" in open_page(closed_reader, "/").main


def _deadline(item: AgendaItem, position: int, date: datetime.date, words: str) -> None:
    Deadline.objects.create(
        item=item,
        position=position,
        date=date,
        precision=Precision.DAY,
        words=words,
        start=0,
        end=len(words),
        sentence=words,
    )


def test_no_deadline_to_come_is_said(reader: Client, archive: Archive) -> None:
    assert "Ingen beslutning i arkivet har en frist, der ligger forude" in open_page(reader, "/").main


def test_an_empty_archive_says_so(reader: Client) -> None:
    assert "Der er ingen møder i arkivet endnu" in open_page(reader, "/").main


def test_headings_are_in_order(reader: Client, archive: Archive) -> None:
    ranks = [int(rank[1]) for rank, _ in open_page(reader, "/").headings]
    assert ranks[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(ranks))


def test_queries(reader: Client, django_assert_max_num_queries) -> None:
    """As many for a long archive as for a short one."""
    counts = []
    for months in (MONTHS[:1], MONTHS[1:]):
        for month in months:
            items = [make_item(n, f"Punkt {n}", decision="Chefforum godkendte forslaget.") for n in range(1, 4)]
            make_meeting(f"2017-{month:02}-01", items)
        with django_assert_max_num_queries(15) as queries:
            open_page(reader, "/")
        counts.append(len(queries))
    assert len(set(counts)) == 1


@pytest.mark.django_db(transaction=True)
def test_counts_are_kept_only_as_long_as_the_archive_is_the_same(
    reader: Client, closed_reader: Client, django_assert_max_num_queries
) -> None:
    item = make_item(1, "Budget", decision="Hemmeligt.", closed=True)
    make_meeting("2017-06-14", [item, make_item(2, "Åbent", decision="Godkendt.")])
    for _ in range(2):
        assert "møder 1 punkter 1 beslutninger 1" in open_page(reader, "/").main
        assert "møder 1 punkter 2 beslutninger 2" in open_page(closed_reader, "/").main
    with django_assert_max_num_queries(13):
        open_page(reader, "/")
    make_meeting("2017-08-30", [make_item(1, "Ferie", decision="Godkendt.")])
    assert "møder 2 punkter 2 beslutninger 2" in open_page(reader, "/").main


@pytest.mark.django_db
def test_nobody_logged_in_is_asked_to(client: Client) -> None:
    response = client.get("/", follow=True)
    assert response.redirect_chain == [("/log-ind/?next=/", 302)]
    page = Page(response.content.decode())
    assert "Log ind for at læse dem" in page.main
    assert "/was/" in page.addresses()
    assert "/mangler/" not in page.addresses()
