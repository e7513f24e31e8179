"""Dates: what is one, what only looks like one, and what cannot be."""

from __future__ import annotations

import datetime
from datetime import date, time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from minutes.parsing.dates import MONTHS, InvalidDate, find_dates, parse_date, parse_meeting_time, resolve

DATES = [
    ("11-10-2016", date(2016, 10, 11)),
    ("11-10-16", date(2016, 10, 11)),
    ("11–10–2016", date(2016, 10, 11)),
    ("1-3-2021", date(2021, 3, 1)),
    ("1.3.2021", date(2021, 3, 1)),
    ("28.2.2025", date(2025, 2, 28)),
    ("14. 6. 2017", date(2017, 6, 14)),
    ("14.06.17", date(2017, 6, 14)),
    ("14/6/2017", date(2017, 6, 14)),
    ("14/6-2017", date(2017, 6, 14)),
    ("2/3-17", date(2017, 3, 2)),
    ("2/3 2017", date(2017, 3, 2)),
    ("26.9 2017", date(2017, 9, 26)),
    ("2017-06-14", date(2017, 6, 14)),
    ("11. oktober 2016", date(2016, 10, 11)),
    ("11. Oktober 2016", date(2016, 10, 11)),
    ("11. OKTOBER 2016", date(2016, 10, 11)),
    ("11.oktober 2016", date(2016, 10, 11)),
    ("11 oktober 2016", date(2016, 10, 11)),
    ("11. oktober, 2016", date(2016, 10, 11)),
    ("11. okt. 2016", date(2016, 10, 11)),
    ("11. okt 2016", date(2016, 10, 11)),
    ("11.okt.2016", date(2016, 10, 11)),
    ("11. oktober2016", date(2016, 10, 11)),
    ("3. febr. 2020", date(2020, 2, 3)),
    ("3. sept. 2020", date(2020, 9, 3)),
    ("3. maj '17", date(2017, 5, 3)),
    ("den 11. oktober 2016", date(2016, 10, 11)),
    ("d. 07. december 2023", date(2023, 12, 7)),
    ("d.15. september 2017", date(2017, 9, 15)),
    ("Tirsdag d. 11. oktober 2016", date(2016, 10, 11)),
    ("tirsdag den 11. oktober 2016", date(2016, 10, 11)),
    ("Tirsdag, den 11. oktober 2016", date(2016, 10, 11)),
    ("tirs. d. 11. oktober 2016", date(2016, 10, 11)),
    ("Torsdag 07.12.2023", date(2023, 12, 7)),
    ("11.\u00a0oktober\u00a02016", date(2016, 10, 11)),
    ("29. februar 2024", date(2024, 2, 29)),
]


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_date(text: str, expected: datetime.date) -> None:
    assert parse_date(text) == expected
    assert parse_date(f"  {text}. ") == expected
    assert [mention.date for mention in find_dates(f"Mødet er {text}, hvis alt går vel.")] == [expected]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "er ikke en dato"),
        ("sommeren 2017", "er ikke en dato"),
        ("medio august 2017", "er ikke en dato"),
        ("00.01.10-A00-3-16", "er ikke en dato"),
        ("14. juni 2017 kl. 13", "er ikke en dato"),
        ("14. juni", "mangler et årstal"),
        ("d. 26.9", "mangler et årstal"),
        ("30. februar 2017", "30. februar 2017 findes ikke."),
        ("29-02-2017", "29. februar 2017 findes ikke."),
        ("31.04.2017", "31. april 2017 findes ikke."),
        ("1-13-2017", "1. 13. 2017 findes ikke."),
        ("0. juni 2017", "0. juni 2017 findes ikke."),
        ("torsdag den 14. juni 2017", "14. juni 2017 er en onsdag, ikke en torsdag."),
    ],
)
def test_no_date(text: str, message: str) -> None:
    with pytest.raises(InvalidDate, match=message) as caught:
        parse_date(text)
    assert caught.value.text == text


RUNNING_TEXT = [
    ("referat for møde af 29.september", ["29.september"]),
    ("d.15. september og d. 07. september", ["15. september", "07. september"]),
    ("CF besluttede d. 2/3 2017, at der er op til 25 deltagere", ["2/3 2017"]),
    ("går fra 1.3.2021 til 28.2.2025.", ["1.3.2021", "28.2.2025"]),
    ("i perioden 1.3.2021-28.2.2025", ["1.3.2021", "28.2.2025"]),
    ("Uge 39 d. 26.9\t3. Netværksledelse", ["26.9"]),
    ("Uge 36 d. 05.09\tKick off", ["05.09"]),
    ("med udgangen af onsdag d. 14.juni. Notatet til ØU", ["14.juni"]),
    ("den 14. juni og 26. juni de sidste beløb", ["14. juni", "26. juni"]),
    ("den 14. og 26. juni 2017", ["14", "26. juni 2017"]),
    ("d. 12.-14. juni 2017", ["12", "14. juni 2017"]),
    ("d. 12.–14. juni 2017", ["12", "14. juni 2017"]),
    ("den 1., 8. og 15. marts", ["1", "8", "15. marts"]),
    ("senest d. 21.juni.", ["21.juni"]),
    ("senest 2/3, ellers på mødet 4/3", ["2/3", "4/3"]),
    ("sidst var på chefforum 17. marts, er", ["17. marts"]),
    ("fra 1. januar 2024.", ["1. januar 2024"]),
    ("1. maj-arrangementet", ["1. maj"]),
    ("næste budgetmøde d. 26.juni 2017. Cheferne", ["26.juni 2017"]),
    ("2016-10-11.pdf", ["2016-10-11"]),
    # none of these names a day
    ("afsluttes medio 2019, senest ultimo november eller primo 2020", []),
    ("første møde medio august 2017, i sommeren 2017 og i juni 2017", []),
    ("2.1. Investeringsstrategi og 2.6. Centralisering, jf. afsnit 3.12", []),
    ("Segmentet B6 og 2/3 af medarbejderne, 1/2 time", []),
    ("22% af de ansatte, 3,5 timer, 27 mio. kr. og 1.250.000 kr.", []),
    ("-0,511\t20,663\t12.01\t14.126", []),
    ("00.01.10-A00-3-16 og 27.12.16-P20-1-17", []),
    ("EMN-2025-003383, 14/45987 og 330-2017-12345", []),
    ("tlf. 43 68 68 68 og 12-03-17-68", []),
    ("kl. 9.10-11.00", []),
    ("budget 2017-2018, 2018-2021", []),
    ("niveau 4 og 5 ledere, 37 ansatte på fire hold", []),
    ("10 marsvin, 3 majskolber, 12 decimaler og 5 augustiner", []),
    ("d. 26.9 mio. kr., den 2/3-del", []),
    ("afleveres d. 31.2 eller d. 0/3", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "words"), RUNNING_TEXT)
def test_dates_in_running_text(text: str, words: list[str]) -> None:
    assert [text[mention.start : mention.end] for mention in find_dates(text)] == words


def test_days_of_a_list_share_month_and_year() -> None:
    assert [mention.date for mention in find_dates("den 14. og 26. juni 2017")] == [
        date(2017, 6, 14),
        date(2017, 6, 26),
    ]


def test_year_is_none_where_none_is_printed() -> None:
    (mention,) = find_dates("d. 15. september")
    assert (mention.day, mention.month, mention.year, mention.date) == (15, 9, None, None)


def test_impossible_date_in_running_text_is_a_problem_and_no_date() -> None:
    (mention,) = find_dates("mødet den 30. februar 2017")
    assert mention.date is None
    assert mention.problem == "30. februar 2017 findes ikke."


@pytest.mark.parametrize(
    ("text", "on", "at", "problem"),
    [
        ("Tirsdag d. 11. oktober 2016 kl. 09:00", date(2016, 10, 11), time(9), None),
        ("Onsdag d. 14. juni 2017 kl. 13:00", date(2017, 6, 14), time(13), None),
        ("Torsdag d. 07. december 2023 kl. 09:00", date(2023, 12, 7), time(9), None),
        ("11-10-2016", date(2016, 10, 11), None, None),
        ("11-10-2016 09:00", date(2016, 10, 11), time(9), None),
        ("11.10.2016 09.00", date(2016, 10, 11), time(9), None),
        ("11. oktober 2016, 9.30-11.00", date(2016, 10, 11), time(9, 30), None),
        ("2016-10-11T09:00", date(2016, 10, 11), time(9), None),
        ("den 11. oktober 2016, kl. 9.00-11.00", date(2016, 10, 11), time(9), None),
        ("11. oktober 2016 kl. 8.30 – 10", date(2016, 10, 11), time(8, 30), None),
        ("11. oktober 2016 klokken 9", date(2016, 10, 11), time(9), None),
        ("11. oktober 2016 kl 0830", date(2016, 10, 11), time(8, 30), None),
        ("kl. 13-15 den 11. oktober 2016", date(2016, 10, 11), time(13), None),
        ("REFERAT Chefforum d. 11-10-2016", date(2016, 10, 11), None, None),
        ("Torsdag d. 11. oktober 2016", date(2016, 10, 11), None, "11. oktober 2016 er en tirsdag, ikke en torsdag."),
        ("30. februar 2017 kl. 9", None, time(9), "30. februar 2017 findes ikke."),
        ("31-02-2017", None, None, "31. februar 2017 findes ikke."),
        ("32-13-2017", None, None, "32. 13. 2017 findes ikke."),
        ("11. oktober kl. 9", None, time(9), "Der mangler et årstal i datoen ”11. oktober”."),
        ("kl. 25:00", None, None, "Der står ingen dato. Klokkeslættet 25:00 findes ikke."),
        ("11-10-2016 kl. 9.75", date(2016, 10, 11), None, "Klokkeslættet 9:75 findes ikke."),
        ("Mødelokale 2", None, None, "Der står ingen dato."),
    ],
)
def test_meeting_time(text: str, on: datetime.date | None, at: datetime.time | None, problem: str | None) -> None:
    when = parse_meeting_time(text)
    assert (when.date, when.start_time, when.problem) == (on, at, problem)


@pytest.mark.parametrize(
    ("text", "meeting", "direction", "expected"),
    [
        ("29. september", date(2016, 10, 11), "nearest", date(2016, 9, 29)),
        ("17. marts", date(2016, 10, 11), "past", date(2016, 3, 17)),
        ("17. marts", date(2016, 10, 11), "nearest", date(2017, 3, 17)),
        ("2. januar", date(2023, 12, 7), "nearest", date(2024, 1, 2)),
        ("21. december", date(2024, 1, 4), "past", date(2023, 12, 21)),
        ("14. juni", date(2017, 6, 14), "past", date(2017, 6, 14)),
        ("14. juni", date(2017, 6, 14), "coming", date(2017, 6, 14)),
        ("13. juni", date(2017, 6, 14), "coming", date(2018, 6, 13)),
        ("29. februar", date(2018, 1, 1), "nearest", date(2016, 2, 29)),
        ("torsdag d. 7. december", date(2022, 12, 1), "nearest", date(2023, 12, 7)),  # in 2022 a Wednesday
        ("30. februar", date(2017, 6, 14), "nearest", None),
        ("11. oktober 2012", date(2017, 6, 14), "coming", date(2012, 10, 11)),  # a printed year stands
    ],
)
def test_resolve(text: str, meeting: datetime.date, direction: str, expected: datetime.date | None) -> None:
    (mention,) = find_dates(text)
    assert resolve(mention, meeting, direction) == expected  # type: ignore[arg-type]


date_like = st.lists(
    st.sampled_from(["d. ", "den ", "onsdag ", ". ", "-", "/", ".", " ", "og ", "kl. ", ":", "2017", *MONTHS])
    | st.integers(0, 40).map(str)
).map("".join)


@given(st.text() | date_like)
@example("1. og " * 3000 + "1. maj")
def test_find_dates_raises_nothing_and_spans_lie_in_the_text(text: str) -> None:
    reached = 0
    for mention in find_dates(text):
        assert reached <= mention.start < mention.end <= len(text)
        assert text[mention.start].isdigit()
        assert mention.problem or 1 <= mention.month <= 12
        reached = mention.end


@given(st.text() | date_like)
def test_parsing_raises_nothing_but_invalid_date(text: str) -> None:
    parse_meeting_time(text)
    try:
        parse_date(text)
    except InvalidDate as error:
        assert error.text == text


@given(
    st.dates(date(1970, 1, 1), date(2069, 12, 31)), st.sampled_from(["{0}. {month} {2}", "{0}-{1}-{2}", "{0}/{1} {2}"])
)
def test_written_date_parses_back(day: datetime.date, form: str) -> None:
    assert parse_date(form.format(day.day, day.month, day.year, month=MONTHS[day.month - 1])) == day


@given(st.dates(), st.integers(1, 12), st.integers(1, 31))
def test_resolve_never_raises(meeting: datetime.date, month: int, day: int) -> None:
    for mention in find_dates(f"{day}. {MONTHS[month - 1]}"):
        resolved = resolve(mention, meeting)
        assert resolved is None or (resolved.month, resolved.day) == (month, day)
