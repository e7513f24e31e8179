"""The archive's own words: which of them have a word in them that the analyser did not find there."""

from __future__ import annotations

import pytest

from minutes.models import Reader, Word
from minutes.search import vocabulary

OPEN = Reader(reads=True, reads_closed=False, handles_sources=False)
ALL = Reader(reads=True, reads_closed=True, handles_sources=False)
NOBODY = Reader(reads=False, reads_closed=False, handles_sources=False)


@pytest.fixture
def words(db: None) -> None:
    rows = [
        ("medfinansiering", 3, ["medfinansiering"]),
        ("medfinansieringen", 2, ["medfinansiering"]),
        ("medfinansieringstimer", 1, ["medfinansieringstimer", "~time"]),
        ("lånefinansiering", 6, ["laanefinansiering", "~laan", "~finansiering"]),
        ("finansieringen", 5, ["finansiering"]),
        ("skyggeplan", 4, ["skyggeplan"]),
        ("hemmelig-finansiering", 0, ["hemmeligfinansiering"]),
        ("ældrerådgivningen", 1, ["aeldreraadgivning"]),
        ("50%-ordningen", 1, ["50ordning"]),
    ]
    Word.objects.bulk_create(
        Word(text=text, open_count=count, total_count=7, terms=terms) for text, count, terms in rows
    )


@pytest.mark.parametrize("typed", ["finansiering", "Finansieringen", "finansieringer"])
def test_words_that_were_left_whole_are_found_by_what_they_contain(words: None, typed: str) -> None:
    found = vocabulary.containing([typed], OPEN)
    assert found == {typed: ("medfinansiering", "medfinansieringstimer")}


def test_danish_letters_and_several_words_at_once(words: None) -> None:
    found = vocabulary.containing(["rådgivning", "finansiering", "rådgivning", "havearbejde"], OPEN)
    assert found["rådgivning"] == ("aeldreraadgivning",)
    assert found.keys() == {"rådgivning", "finansiering"}


@pytest.mark.parametrize("typed", ["plan", "planer", "", "%%%%%%", "______", "x' OR 1=1", "\ud800" * 7, "a" * 1000])
def test_what_is_short_or_no_word_gives_nothing(words: None, typed: str) -> None:
    assert vocabulary.containing([typed], OPEN) == {}


def test_words_of_closed_items_are_for_those_who_may_read_them(words: None) -> None:
    assert "hemmeligfinansiering" in vocabulary.containing(["finansiering"], ALL)["finansiering"]
    assert vocabulary.containing(["finansiering"], NOBODY) == {}


def test_the_most_frequent_come_first_and_no_more_than_some(db: None) -> None:
    names = [f"x{letter}udvikling" for letter in "abcdefghijklmnopqrstuvwxyz"]
    Word.objects.bulk_create(
        Word(text=name, open_count=at, total_count=at, terms=[name]) for at, name in enumerate(names, 1)
    )
    assert vocabulary.containing(["udvikling"], OPEN)["udvikling"] == tuple(names[::-1][: vocabulary.CONTAINING])


def test_one_query(words: None, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_max_num_queries(1):
        vocabulary.containing(["finansiering", "rådgivning"], OPEN)
    with django_assert_max_num_queries(0):
        assert vocabulary.containing(["plan"], OPEN) == {}
