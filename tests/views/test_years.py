"""Meetings by year and month, and the jump to a date as it is typed."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from minutes.models import Meeting
from minutes.parsing.dates import InvalidDate
from minutes.views.jump import When, read_typed, read_when
from tests.factories import make_item, make_meeting
from tests.views.page import open_page


@pytest.fixture
def years(db) -> None:
    for date in ("2016-11-03", "2017-01-19", "2017-06-01", "2017-06-14"):
        make_meeting(date, [make_item(number, f"Sag {number} {date}", decision="Godkendt.") for number in range(1, 5)])


def jump(client: Client, typed: str) -> str:
    """Where the jump leads to; blank where it stays and says something."""
    response = client.get(f"/moeder/?{urlencode({'dato': typed})}")
    assert response.status_code in {200, 302}
    return response.headers.get("Location", "")


def test_years_latest_first_each_with_all_its_months(reader: Client, years: None) -> None:
    page = open_page(reader, "/moeder/")
    assert [words for rank, words in page.headings if rank == "h2"] == ["2017", "2016"]
    assert page.main.count("ingen møder") == 10 + 11
    assert "4 møder. Hvert tal" in page.main
    marks = [
        (attributes["aria-label"], attributes["href"])
        for tag, attributes in page.tags
        if tag == "a" and attributes.get("class") == "day"
    ]
    assert marks == [
        ("19. januar 2017", "/moeder/2017-01-19/"),
        ("1. juni 2017", "/moeder/2017-06-01/"),
        ("14. juni 2017", "/moeder/2017-06-14/"),
        ("3. november 2016", "/moeder/2016-11-03/"),
    ]


def test_what_is_closed_is_no_day_of_the_overview(reader: Client, closed_reader: Client, archive) -> None:
    assert "2015" not in open_page(reader, "/moeder/").main
    assert "2015" in open_page(closed_reader, "/moeder/").main
    assert "Der er intet møde den 5. maj 2015" in open_page(reader, "/moeder/?dato=5/5+2015").main
    assert jump(closed_reader, "5/5 2015") == "/moeder/2015-05-05/"


def test_two_meetings_of_a_day_are_told_apart_and_a_cancelled_one_is_marked(reader: Client) -> None:
    make_meeting("2017-06-14", time="09:00")
    make_meeting("2017-06-14", time="13:00")
    make_meeting("2017-08-17", [], cancelled=True)
    names = [attributes.get("aria-label") for tag, attributes in open_page(reader, "/moeder/").tags if tag == "a"]
    assert [name for name in names if name] == [
        "14. juni 2017, Chefforum kl. 9.00",
        "14. juni 2017, Chefforum kl. 13.00",
        "17. august 2017, aflyst",
    ]
    page = open_page(reader, "/moeder/?dato=14.+juni+2017")
    assert "Der er 2 møder den 14. juni 2017" in page.main
    assert [words for _, words in page.links if "kl." in words] == [
        "Chefforum 14. juni 2017 kl. 9.00",
        "Chefforum 14. juni 2017 kl. 13.00",
    ]


def test_a_year_by_month_latest_first(reader: Client, years: None) -> None:
    page = open_page(reader, "/moeder/2017/")
    assert [words for _, words in page.headings] == [
        "Møder i 2017",
        "Juni",
        "14. juni onsdag kl. 13.00",
        "1. juni torsdag kl. 13.00",
        "Januar",
        "19. januar torsdag kl. 13.00",
    ]
    assert ("/moeder/2016/", "Forrige 2016") in page.links
    assert ("#juni", "Juni") in page.links
    assert "/moeder/2017-06-14/punkt/4/" in page.addresses()


def test_a_year_tells_what_was_decided(reader: Client) -> None:
    items = [
        make_item(1, "Godkendelse af dagsorden og referat", decision="Chefforum godkendte dagsorden og referat."),
        make_item(2, "Budget", decision="Budgettet blev **godkendt** med en bemærkning om skolernes rengøring."),
        make_item(3, "Status", decision="Taget til efterretning."),
        make_item(4, "Uden noget"),
        make_item(5, "Hemmeligt", decision="Godkendt af en hemmelig grund, som ingen må se.", closed=True),
    ]
    make_meeting("2017-06-14", items)
    main = open_page(reader, "/moeder/2017/").main
    assert "2: Budget Godkendt Budgettet blev godkendt med en bemærkning om skolernes rengøring." in main
    assert "3: Status Taget til efterretning 4: Uden noget" in main
    assert "dagsorden" not in main
    assert "emmelig" not in main


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("juni 2017", "/moeder/2017/#juni"),
        ("Juni, 2017", "/moeder/2017/#juni"),
        ("6/2017", "/moeder/2017/#juni"),
        ("2017-06", "/moeder/2017/#juni"),
        ("jan. 2017", "/moeder/2017/#januar"),
        ("jan 17", "/moeder/2017/#januar"),
        ("sommeren 2017", "/moeder/2017/#juni"),
        ("mødet i november 2016", "/moeder/2016/#november"),
        ("14/6 2017", "/moeder/2017-06-14/"),
        ("14.6.2017", "/moeder/2017-06-14/"),
        ("14-06-17", "/moeder/2017-06-14/"),
        ("2017-06-14", "/moeder/2017-06-14/"),
        ("onsdag den 14. juni 2017", "/moeder/2017-06-14/"),
        ("tirsdag den 14. juni 2017", "/moeder/2017-06-14/"),  # the numbers are what people copy
        ("14. juni", "/moeder/2017-06-14/"),
        ("14/6", "/moeder/2017-06-14/"),
        ("14.6", "/moeder/2017-06-14/"),
        ("3. nov", "/moeder/2016-11-03/"),
        ("juni", "/moeder/2017/#juni"),
        ("2017", "/moeder/2017/"),
        ("i 2016", "/moeder/2016/"),
    ],
)
def test_a_jump_to_a_date_as_it_is_typed(reader: Client, years: None, typed: str, place: str) -> None:
    assert jump(reader, typed) == place


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("15. juni 2017", "Der er intet møde den 15. juni 2017 i arkivet. Mødet før: 14. juni 2017"),
        (
            "5/6 2017",
            "Der er intet møde den 5. juni 2017 i arkivet. Mødet før: 1. juni 2017 Mødet efter: 14. juni 2017",
        ),
        (
            "marts 2017",
            "Der er ingen møder i marts 2017 i arkivet. Mødet før: 19. januar 2017 Mødet efter: 1. juni 2017",
        ),
        ("2014", "Der er ingen møder i 2014 i arkivet. Mødet efter: 3. november 2016"),
        ("1. maj", "Der er intet møde den 1. maj i noget år i arkivet."),
        ("maj", "Der er ingen møder i maj i noget år i arkivet."),
        ("31. februar 2017", "31. februar 2017 findes ikke."),
        ("31/2 2017", "31. februar 2017 findes ikke."),
        ("32/13", "Datoen 32/13 findes ikke."),
        ("hokus", "Fejl: ”hokus” er hverken en dato, en måned eller et år."),
        ("\x00<b>", "”<b>” er hverken en dato"),
        ("9" * 500, "er hverken en dato"),
    ],
)
def test_where_there_is_nothing_it_is_said(reader: Client, years: None, typed: str, said: str) -> None:
    assert jump(reader, typed) == ""
    assert said in open_page(reader, f"/moeder/?{urlencode({'dato': typed})}").main


def test_a_day_and_a_month_of_several_years_can_be_chosen(reader: Client, years: None) -> None:
    make_meeting("2018-06-14")
    page = open_page(reader, "/moeder/?dato=14.+juni")
    assert "Der er flere møder den 14. juni:" in page.main
    assert {("/moeder/2018-06-14/", "14. juni 2018"), ("/moeder/2017-06-14/", "14. juni 2017")} <= set(page.links)
    page = open_page(reader, "/moeder/?dato=juni")
    assert {("/moeder/2018/#juni", "Juni 2018"), ("/moeder/2017/#juni", "Juni 2017")} <= set(page.links)


@given(st.text(max_size=60) | st.from_regex(r"[0-3]?[0-9][./ -]{1,2}[01]?[0-9][./ -]{1,2}[0-9]{0,4}", fullmatch=True))
def test_nothing_typed_breaks_the_jump(text: str) -> None:
    try:
        when = read_when(read_typed(text))
    except InvalidDate as error:
        assert str(error)
    else:
        assert isinstance(when, When)
        assert str(when)
        assert when.month is None or 1 <= when.month <= 12
        assert when.year is None or 1900 <= when.year <= 2099


def test_an_empty_archive_says_so(reader: Client) -> None:
    assert "Der er ingen møder i arkivet endnu" in open_page(reader, "/moeder/").main
    assert jump(reader, "2017") == ""


@pytest.mark.parametrize(
    ("address", "ceiling"), [("/moeder/", 6), ("/moeder/?dato=15/6+2017", 9), ("/moeder/2017/", 9)]
)
def test_queries(reader: Client, years: None, django_assert_max_num_queries, address: str, ceiling: int) -> None:
    for day in range(1, 20):
        make_meeting(
            f"2017-09-{day:02}", [make_item(number, f"Sag {number}", decision="Drøftet.") for number in (1, 2)]
        )
    assert Meeting.objects.count() == 23
    with django_assert_max_num_queries(ceiling):
        open_page(reader, address)
