"""Words that search treats alike, and the list that an archive begins with."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from minutes.models import Synonym
from minutes.search.synonyms import MOST_WORDS, Synonyms, count_words, is_same, start_list

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _only_what_the_test_says() -> None:
    Synonym.objects.all().delete()


def alike(*entries: str) -> Synonyms:
    """The table with these entries: "DIF = Direktørforum"."""
    for entry in entries:
        word, _, meaning = entry.partition(" = ")
        Synonym.objects.create(word=word, meaning=meaning)
    return Synonyms.load()


def of_word(synonyms: Synonyms, word: str) -> set[str]:
    return {" ".join(words) for words in synonyms.of_word(word)}


@pytest.mark.parametrize(
    ("entry", "typed", "other"),
    [
        ("DIF = Direktørforum", "DIF", "Direktørforum"),
        ("DIF = Direktørforum", "dif", "Direktørforum"),
        ("DIF = Direktørforum", "Direktørforums", "DIF"),
        ("DIF = Direktørforum", "direktoerforum", "DIF"),
        ("nedskæring = besparelse", "besparelserne", "nedskæring"),
        ("medarbejder = ansat", "ansatte", "medarbejder"),
        ("mio. = millioner", "mio.", "millioner"),
        ("mio. = millioner", "million", "mio"),
        ("IT-sikkerhed = informationssikkerhed", "it-sikkerheden", "informationssikkerhed"),
        ("AI = kunstig intelligens", "AI", "kunstig intelligens"),
        ("P/L = pris- og lønfremskrivning", "P/L", "pris- og lønfremskrivning"),
    ],
)
def test_a_word_in_any_form_finds_the_other_side(entry: str, typed: str, other: str) -> None:
    assert of_word(alike(entry), typed) == {other}


def test_a_word_of_the_same_root_is_not_the_word() -> None:
    assert of_word(alike("medarbejder = ansat"), "ansætte") == set()


def test_words_in_a_row_are_found_wherever_they_stand() -> None:
    synonyms = alike("AI = kunstig intelligens", "ØU = Økonomiudvalget")
    typed = "status på kunstige intelligens i Økonomiudvalg".split()
    assert synonyms.in_words(typed) == [(2, 4, (("AI",),)), (5, 6, (("ØU",),))]
    assert synonyms.in_words(["kunstig", "og", "intelligens"]) == []
    assert synonyms.of_word("kunstig") == ()


def test_the_longer_stretch_comes_first() -> None:
    synonyms = alike("social = samfundsmæssig", "SSU = social sundhed")
    assert [stretch[:2] for stretch in synonyms.in_words(["social", "sundhed"])] == [(0, 2), (0, 1)]


def test_small_words_within_may_be_left_out() -> None:
    synonyms = alike("LAR = lokal afledning af regnvand")
    assert synonyms.in_words(["lokal", "afledning", "regnvand"]) == [(0, 3, (("LAR",),))]
    assert synonyms.in_words(["lokal", "afledning", "af", "regnvand"]) == [(0, 4, (("LAR",),))]


def test_what_is_typed_as_one_is_not_cut() -> None:
    synonyms = alike("ØU = Økonomiudvalget")
    assert of_word(synonyms, "ØU/KB") == set()
    assert of_word(synonyms, "KB/ØU") == set()


def test_neighbours_of_neighbours_are_no_neighbours() -> None:
    synonyms = alike("DIF = Direktørforum", "Direktørforum = direktion")
    assert of_word(synonyms, "Direktørforum") == {"DIF", "direktion"}
    assert of_word(synonyms, "DIF") == {"Direktørforum"}
    assert of_word(synonyms, "direktionen") == {"Direktørforum"}


@pytest.mark.parametrize("entry", ["MED = medudvalg", "med = medudvalg"])
def test_a_small_word_is_an_abbreviation_in_capitals_only(entry: str) -> None:
    synonyms = alike(entry, "APV = arbejdspladsvurdering")
    assert of_word(synonyms, "MED") == of_word(synonyms, "MEDs") == {"medudvalg"}
    assert of_word(synonyms, "med") == of_word(synonyms, "Med") == set()
    assert of_word(synonyms, "medudvalg") == set()  # the index has no capitals: it would find every "med"
    assert synonyms.of_part("med") == ()
    assert synonyms.of_part("medudvalg") == ()
    assert len(synonyms.in_words(["MED", "APV"])) == 2
    assert synonyms.in_words("HVAD MED BUDGETTET".split()) == []


def test_parts_of_compounds() -> None:
    synonyms = alike("spare = besparelse", "nedskæring = besparelse", "AI = kunstig intelligens", "medarbejder = ansat")
    assert synonyms.of_part("spare") == ("besparelse",)
    assert synonyms.of_part("besparelse") == ("spare", "nedskaering")
    assert synonyms.of_part("ai") == ()
    assert synonyms.of_part("medarbejder") == ("ansat",)


def test_a_change_counts_at_once() -> None:
    assert of_word(alike("DIF = Direktørforum"), "DIF") == {"Direktørforum"}
    Synonym.objects.update(meaning="direktion")
    assert of_word(Synonyms.load(), "DIF") == {"direktion"}
    Synonym.objects.all().delete()
    assert of_word(Synonyms.load(), "DIF") == set()


def test_the_table_is_one_query(django_assert_num_queries) -> None:
    alike(*(f"ord{number} = betydning{number}" for number in range(50)))
    with django_assert_num_queries(1):
        assert of_word(Synonyms.load(), "ord7") == {"betydning7"}


def test_no_synonyms() -> None:
    assert Synonyms.none().in_words(["DIF"]) == []


def test_an_entry_without_words_does_nothing() -> None:
    assert alike("!!! = budget", "budget = ???").in_words(["budget", "!!!", ""]) == []


class AnyText(HypothesisTestCase):
    @given(st.text(max_size=40), st.text(max_size=40), st.lists(st.text(max_size=20), max_size=6))
    def test_no_text_raises(self, word: str, meaning: str, typed: list[str]) -> None:
        without_nul = [side.replace("\0", "") for side in (word, meaning)]
        synonyms = alike(" = ".join(without_nul))
        for start, end, others in synonyms.in_words(typed):
            assert 0 <= start < end <= len(typed)
            assert all(others)


def test_the_start_list_says_nothing_twice() -> None:
    entries = start_list()
    assert len(entries) > 200
    assert len({frozenset((word.casefold(), meaning.casefold())) for word, meaning in entries}) == len(entries)
    for word, meaning in entries:
        assert not is_same(word, meaning), word
        assert 0 < count_words(word) <= MOST_WORDS, word
        assert 0 < count_words(meaning) <= MOST_WORDS, meaning
        assert len(word) <= 100, word
        assert len(meaning) <= 200, meaning


def test_no_word_of_the_start_list_is_lost() -> None:
    Synonym.objects.bulk_create(Synonym(word=word, meaning=meaning) for word, meaning in start_list())
    synonyms = Synonyms.load()
    for word, meaning in start_list():
        others = [other for start, end, ways in synonyms.in_words(word.split()) for other in ways]
        assert count_words(meaning) in {len(other) for other in others}, word


def test_what_an_editor_deletes_stays_away() -> None:
    assert not Synonym.objects.exists()
    call_command("migrate", verbosity=0)
    assert not Synonym.objects.exists()
    Synonym.objects.create(word="DIF", meaning="Direktørforum")
    call_command("migrate", verbosity=0)
    assert Synonym.objects.count() == 1


def test_an_archive_that_never_had_an_entry_gets_the_list() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER SEQUENCE minutes_synonym_id_seq RESTART")  # as the migration leaves it
    call_command("migrate", verbosity=0)
    assert Synonym.objects.count() == len(start_list())


@pytest.mark.django_db(transaction=True)
def test_an_emptied_archive_begins_with_the_list_again() -> None:
    call_command("flush", interactive=False, verbosity=0)
    assert Synonym.objects.count() == len(start_list())
