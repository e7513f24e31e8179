"""What is suggested while somebody types."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from minutes.models import Reader
from minutes.search.suggest import suggest
from tests.archive import OPEN_CASE, make_archive
from tests.factories import make_item, make_meeting

READER = Reader(reads=True, reads_closed=False, handles_sources=False)
CLOSED_READER = Reader(reads=True, reads_closed=True, handles_sources=False)
NOBODY = Reader(reads=False, reads_closed=False, handles_sources=False)

pytestmark = pytest.mark.django_db


def texts(typed: str, kind: str, reader: Reader = READER) -> list[str]:
    return [one.text for one in suggest(typed, reader=reader) if one.kind == kind]


@pytest.fixture
def culture() -> None:
    make_meeting(
        "2017-06-14",
        [
            make_item(1, "Mødekultur", case_number="00.15.00-A00-1-17", decision="Mødekulturen drøftes."),
            make_item(2, "Sygefravær og sygefraværsstatistik", decision="Sygefraværet er faldet. Sygefravær igen."),
            make_item(3, "Sygefravær i tal", decision="Sygefravær."),
        ],
    )
    make_meeting("2018-06-14", [make_item(1, "Mødekultur", decision="Drøftet.")])


def test_words_are_made_whole_the_most_frequent_first(culture: None) -> None:
    assert texts("sygef", "Ord") == ["sygefravær", "sygefraværsstatistik"]


def test_what_was_typed_before_stays(culture: None) -> None:
    (first, *_) = suggest("statistik over sygefraværss", reader=READER)
    assert first.text == "statistik over sygefraværsstatistik"
    assert first.url == "/soeg/?q=statistik+over+sygefrav%C3%A6rsstatistik"


def test_one_form_of_each_word(culture: None) -> None:
    assert len(texts("mødek", "Ord")) == 1


@pytest.mark.parametrize("typed", ["mødek", "moedek", "MØDEK", "Mødekultur", "mødekulturen"])
def test_letters_however_typed(culture: None, typed: str) -> None:
    assert texts(typed, "Punkt") == ["Mødekultur"]
    assert [text.lower()[:10] for text in texts(typed, "Ord")] == ["mødekultur"]


def test_a_title_is_said_once_and_leads_to_the_newest(culture: None) -> None:
    (title,) = [one for one in suggest("mødekultur", reader=READER) if one.kind == "Punkt"]
    assert title.url == "/moeder/2018-06-14/punkt/1/"


def test_a_title_has_every_word(culture: None) -> None:
    assert texts("sygefravær tal", "Punkt") == ["Sygefravær i tal"]
    assert texts("sygefravær i t", "Punkt") == ["Sygefravær i tal"]
    assert texts("sygefravær mødekultur", "Punkt") == []


def test_small_words_are_no_help() -> None:
    make_meeting("2017-06-14", [make_item(1, "Det der med derivater", decision="Der var enighed. Der er mere.")])
    assert texts("der", "Ord") == ["derivater"]


def test_after_a_blank_no_word_is_half(culture: None) -> None:
    assert texts("møde ", "Ord") == []


@pytest.mark.parametrize(
    "typed", ["00.15", "00.15.0", "00-15-00", "00 15 00 A00", "001500A00", "00.15.00-A", "00.15.00-A00-1-17", "A00"]
)
def test_cases_in_any_spelling(culture: None, typed: str) -> None:
    assert texts(typed, "Sag") == ["00.15.00-A00-1-17 Mødekultur"]


def test_numbers_of_other_bodies() -> None:
    make_meeting("2017-06-14", [make_item(1, "Byggesag", case_number="14/45987")])
    assert texts("14/45987", "Sag") == ["14/45987 Byggesag"]


def test_what_is_closed_is_not_suggested() -> None:
    make_archive()
    for typed, kind, closed in (
        ("lønforh", "Ord", "lønforhandling"),
        ("lønforh", "Punkt", "Lønforhandling med en navngiven"),
        ("27.00", "Sag", "27.00.00-G01-1-17 Lønforhandling med en navngiven"),
        ("ledel", "Punkt", "Ledelsens vilkår"),
    ):
        assert texts(typed, kind) == []
        assert closed in texts(typed, kind, CLOSED_READER)
    assert suggest("budget", reader=NOBODY) == []


def test_the_title_of_a_case_is_none_of_a_closed_item() -> None:
    make_meeting("2017-06-14", [make_item(1, "Budget", case_number=OPEN_CASE)])
    make_meeting("2018-06-14", [make_item(1, "Hemmeligt", case_number=OPEN_CASE, closed=True)])
    assert texts("00.01.00", "Sag") == [f"{OPEN_CASE} Budget"]


def test_at_most_as_many_as_asked_for(culture: None) -> None:
    assert len(suggest("sy", reader=READER, limit=2)) == 2


@pytest.mark.parametrize("typed", ["sygef", "00.15", "moedek"])
def test_three_questions_at_most(culture: None, typed: str) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert suggest(typed, reader=READER)
    assert len([query for query in asked if "minutes_" in query["sql"]]) <= 3


@pytest.mark.django_db(transaction=True)
def test_what_takes_too_long_is_not_suggested(culture: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minutes.search.suggest.MOST_MILLISECONDS", 2_000)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN; LOCK TABLE minutes_searchentry IN ACCESS EXCLUSIVE MODE")
            assert {one.kind for one in suggest("sygef", reader=READER)} == {"Ord"}
    finally:
        other.close()


class AnyText(TestCase):
    """Whatever is typed."""

    @given(st.one_of(st.text(), st.text(alphabet="0123456789.-/ ABab'\"\\&|!:*<>()%_~æøå", max_size=30)))
    @hypothesis_settings(max_examples=150)
    def test_nothing_raises(self, typed: str) -> None:
        assert len(suggest(typed, reader=CLOSED_READER)) <= 8
