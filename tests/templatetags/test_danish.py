"""Dates, times and numbers."""

import datetime
import locale

import pytest
from django.template import Context, Template

from minutes.templatetags.danish import clock, counted, danish_date, month_name, number, short_date, weekday

DAY = datetime.date(2017, 6, 14)


def test_dates() -> None:
    assert danish_date(DAY) == "14. juni 2017"
    assert short_date(DAY) == "14. juni"
    assert weekday(DAY) == "onsdag"
    assert [month_name(month) for month in (1, 3, 5, 10, 12)] == ["januar", "marts", "maj", "oktober", "december"]
    assert [danish_date(None), short_date(None), weekday(None), clock(None)] == [""] * 4


@pytest.mark.parametrize(
    ("time", "words"), [("13:00", "kl. 13.00"), ("09:05", "kl. 9.05"), ("00:00", "kl. 0.00"), ("23:59", "kl. 23.59")]
)
def test_times(time: str, words: str) -> None:
    assert clock(datetime.time.fromisoformat(time)) == words


def test_numbers() -> None:
    assert [number(n) for n in (0, 999, 1000, 1234567)] == ["0", "999", "1.000", "1.234.567"]
    assert counted(1, "møde", "møder") == "1 møde"
    assert counted(0, "møde", "møder") == "0 møder"
    assert counted(1200, "møde", "møder") == "1.200 møder"


def test_words_are_danish_whatever_the_locale_and_language(settings) -> None:
    settings.LANGUAGE_CODE = "en"
    before = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, "C")
        text = Template("{% load danish %}{{ day|weekday }} {{ day|danish_date }}").render(Context({"day": DAY}))
    finally:
        locale.setlocale(locale.LC_ALL, before)
    assert text == "onsdag 14. juni 2017"
