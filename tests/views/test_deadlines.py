"""Deadlines on their page, and on an item's."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from minutes.ingest.edits import correct
from minutes.models import AgendaItem
from tests.archive import HOSTILE
from tests.factories import make_item, make_meeting
from tests.views.page import Page, open_page

pytestmark = pytest.mark.django_db

STORY = "00.01.00-A00-5-17"


def day(days: int) -> str:
    """A day from today, as an ISO date."""
    return (timezone.localdate() + datetime.timedelta(days=days)).isoformat()


def printed(iso: str) -> str:
    year, month, one = iso.split("-")
    return f"{int(one)}-{int(month)}-{year}"


def due(days: int, *, who: str = "HR", meeting: int = -10, number: int = 1, **values: object) -> None:
    """A meeting with an item that is due in so many days."""
    decision = f"Godkendt. {who} sender et udkast senest den {printed(day(days))}."
    make_meeting(day(meeting), [make_item(number, f"Sag med {days} dage", decision=decision, **values)])


def rows(page: Page) -> list[str]:
    return [words for rank, words in page.headings if rank == "h3"]


def test_the_nearest_to_come_is_first(reader: Client) -> None:
    due(40, meeting=-1)
    due(5, meeting=-2)
    due(-3, meeting=-30)
    page = open_page(reader, "/frister/")
    assert rows(page) == ["Sag med 5 dage", "Sag med 40 dage"]
    assert "om 5 dage" in page.main
    assert "Kommende 2" in page.main
    assert "Passerede 1" in page.main


def test_those_that_are_over_are_newest_first(reader: Client) -> None:
    due(-50, meeting=-60)
    due(-3, meeting=-30)
    due(5, meeting=-1)
    assert rows(open_page(reader, "/frister/?vis=passerede")) == ["Sag med -3 dage", "Sag med -50 dage"]


def test_where_all_are_over_they_are_shown_at_once(reader: Client) -> None:
    due(-3, meeting=-30)
    assert rows(open_page(reader, "/frister/")) == ["Sag med -3 dage"]
    page = open_page(reader, "/frister/?vis=kommende")
    assert rows(page) == []
    assert "Der er ingen frister at vise her" in page.main


def test_the_sentence_with_its_words_marked_and_who(reader: Client) -> None:
    text = f"Chefforum drøftede planen. Cheferne skal *alle* sende {HOSTILE} senest d. 21.juni."
    make_meeting("2017-06-14", [make_item(3, "Budget", decision=text, case_number=STORY)])
    response = reader.get("/frister/")
    assert b"<mark>senest d. 21.juni</mark>" in response.content
    assert HOSTILE.encode() not in response.content
    page = Page(response.content.decode())
    assert "Cheferne skal alle sende" in page.main
    assert "drøftede planen" not in page.main
    assert "Hvem Cheferne Besluttet 14. juni 2017, punkt 3" in page.main
    assert ("/moeder/2017-06-14/punkt/3/", "Budget") in page.links
    assert (f"/sager/{STORY}/", STORY) in page.links
    assert ("h2", "Juni 2017") in page.headings


def test_what_later_items_of_the_case_say(reader: Client) -> None:
    make_meeting("2017-05-01", [make_item(1, "Plan, første udkast", case_number=STORY, decision="Afvist.")])
    make_meeting("2017-06-14", [make_item(1, "Plan", case_number=STORY, decision="HR svarer senest d. 21. juni.")])
    assert "Sagen er ikke på dagsordenen siden." in open_page(reader, "/frister/").main

    make_meeting(
        "2017-08-17",
        [make_item(2, "Plan, opfølgning", case_number=STORY, decision="Chefforum godkendte planen med en ændring.")],
    )
    page = open_page(reader, "/frister/")
    assert "Siden i sagen 17. august 2017 Plan, opfølgning Chefforum godkendte planen med en ændring." in page.main
    assert "Afvist" not in page.main
    assert "ikke på dagsordenen" not in page.main


def test_only_the_next_items_of_a_long_case(reader: Client) -> None:
    make_meeting("2017-06-14", [make_item(1, "Plan", case_number=STORY, decision="HR svarer senest d. 21. juni.")])
    for month in range(7, 12):
        make_meeting(f"2017-{month:02}-01", [make_item(1, "Plan", case_number=STORY, decision="Drøftet.")])
    page = open_page(reader, "/frister/")
    assert "1. september 2017" in page.main
    assert "1. oktober 2017" not in page.main
    assert (f"/sager/{STORY}/", f"Se resten i sag {STORY}") in page.links


def test_a_number_of_unrelated_matters_tells_no_story(reader: Client) -> None:
    titles = ("Budgetopfølgning", "Status fra IT & Digitalisering", "Cykelkampagne")
    decision = "HR svarer senest d. 21. juni."
    make_meeting("2017-06-14", [make_item(n, t, case_number=STORY, decision=decision) for n, t in enumerate(titles, 1)])
    make_meeting("2017-06-20", [make_item(1, "Sommerfest", case_number=STORY, decision="Drøftet.")])
    page = open_page(reader, "/frister/")
    assert len(rows(page)) == 3
    assert "Siden i sagen" not in page.main
    assert "ikke på dagsordenen" not in page.main


def test_filters(reader: Client) -> None:
    due(-20, meeting=-40, who="Afdelingschefen for Byg & Plan")
    due(-400, meeting=-500)
    by_who = open_page(reader, "/frister/?hvem=HR")
    assert rows(by_who) == ["Sag med -400 dage"]
    assert "Hvem: HR" in by_who.main
    assert rows(open_page(reader, "/frister/?q=byg+PLAN")) == ["Sag med -20 dage"]
    assert rows(open_page(reader, f"/frister/?aar={day(-400)[:4]}")) == ["Sag med -400 dage"]
    assert "Ingen frister passer" in open_page(reader, "/frister/?q=findes+ikke").main


def test_no_persons_name_is_a_filter(reader: Client) -> None:
    make_meeting(items=[make_item(1, "Plan", decision="Fornavn Efternavn svarer senest d. 21. juni.")])
    page = open_page(reader, "/frister/")
    assert "Hvem Fornavn Efternavn" in page.main
    assert not [attributes for tag, attributes in page.tags if attributes.get("id") == "hvem"]


@pytest.mark.parametrize(
    "address",
    [
        "/frister/?aar=99999&side=0",
        "/frister/?aar=2150&hvem=Ingen&vis=alt",
        "/frister/?q=%00%25_\\'&side=99999999999999999999",
        "/frister/?q=" + "x+" * 900,
        "/frister/?side=-1&aar=%C3%A5r&hvem=%00",
    ],
)
def test_nonsense_in_the_address_harms_nothing(reader: Client, address: str) -> None:
    due(5)
    open_page(reader, address)


def test_what_is_closed_shows_nowhere(reader: Client, closed_reader: Client) -> None:
    make_meeting(
        "2017-06-14",
        [make_item(1, "Hemmelig", decision="ABC svarer senest d. 21. juni.", closed=True, case_number=STORY)],
    )
    secret = make_meeting("2017-07-01", [make_item(1, "Også", decision="XYZ svarer senest d. 21. august 2018.")])
    correct(row=secret, values={"is_closed": True}, user=None)
    make_meeting("2016-01-01", [make_item(1, "Åben", case_number=STORY, decision="HR svarer senest d. 2. februar.")])

    page = open_page(reader, "/frister/")
    assert rows(page) == ["Åben"]
    assert "Passerede 1" in page.main
    assert "ABC" not in page.html and "XYZ" not in page.html
    assert "2018" not in page.main
    assert "Sagen er ikke på dagsordenen siden." in page.main

    page = open_page(closed_reader, "/frister/")
    assert rows(page) == ["Også", "Hemmelig Lukket punkt", "Åben"]
    assert "14. juni 2017 Hemmelig" in page.main


def test_an_archive_without_deadlines_says_so(reader: Client) -> None:
    assert "Der er ingen frister i arkivet endnu" in open_page(reader, "/frister/").main


def test_long_lists_come_in_pages_with_a_fixed_number_of_queries(
    reader: Client, django_assert_max_num_queries: object
) -> None:
    for month in range(1, 7):
        items = [
            make_item(n, f"Sag {n}", case_number=f"00.01.00-A00-{n}-17", decision="HR svarer senest d. 21. juni.")
            for n in range(1, 9)
        ]
        make_meeting(f"2017-0{month}-01", items)
    with django_assert_max_num_queries(13):
        page = open_page(reader, "/frister/")
    assert len(rows(page)) == 25
    assert "/frister/?vis=passerede&side=2" in page.addresses()
    assert len(rows(open_page(reader, "/frister/?vis=passerede&side=2"))) == 23


def test_those_to_come_go_into_a_calendar(reader: Client) -> None:
    due(5, who="Afdelingschefen for Børn, Unge & Familie", case_number=STORY)
    due(-3, meeting=-30)
    due(40, meeting=-1, closed=True)
    assert ("/frister/kalender.ics", "Hent de kommende frister til din kalender") in open_page(
        reader, "/frister/"
    ).links

    answer = reader.get("/frister/kalender.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    lines = answer.content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    told = answer.content.replace(b"\r\n ", b"").decode().split("\r\n")
    assert told.count("BEGIN:VEVENT") == 1
    assert f"DTSTART;VALUE=DATE:{day(5).replace('-', '')}" in told
    assert "SUMMARY:Frist: Sag med 5 dage" in told
    (description,) = (line for line in told if line.startswith("DESCRIPTION:"))
    assert "Hvem: Afdelingschefen for Børn\\, Unge & Familie\\nBesluttet" in description
    assert reader.get("/frister/kalender.ics?hvem=HR").content.count(b"BEGIN:VEVENT") == 0


def test_an_item_brings_its_deadlines_without_a_question_each(django_assert_num_queries: object, closed_reader) -> None:
    make_meeting(items=[make_item(1, "Plan", decision="HR svarer senest d. 21. juni og evaluerer ultimo november.")])
    (item,) = AgendaItem.objects.open_only().with_parts(_superuser())
    with django_assert_num_queries(0):
        assert [one.words for one in item.deadlines.all()] == ["senest d. 21. juni", "ultimo november"]


def _superuser() -> object:
    from django.contrib.auth.models import User

    return User.objects.create_superuser("root")
