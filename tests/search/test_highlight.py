"""Marks and passages: what the analyser says matches is marked, all of it and nothing else, in any text."""

from __future__ import annotations

import functools
import itertools
import random
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from minutes.parsing.assemble import parse
from minutes.parsing.readers import read
from minutes.search import words
from minutes.search.analysis import Token, analyse, analyse_query_word, plain_text
from minutes.search.answers import Marked, Piece
from minutes.search.folding import folded
from minutes.search.highlight import Marker, Target
from minutes.search.sieve import Sieve

PROJECT = Path(__file__).resolve().parent.parent.parent


def target_of(*typed: str) -> Target:
    """What a query of these words looks for."""
    terms = [term for word in typed for term in analyse_query_word(word)]
    wholes = {term.text: 1.0 for term in terms if not term.part}
    inner = [frozenset(term.text for term in analyse_query_word(word) if term.part) for word in typed]
    return Target(wholes, dict.fromkeys(wholes, 0.5), together=tuple(each for each in inner if len(each) > 1))


def shown(marked: Marked) -> str:
    return "".join(f"[{piece.text}]" if piece.is_marked else piece.text for piece in marked)


def by_the_book(target: Target, text: str) -> set[int]:
    """The characters that are marked, told from the analyser's tokens one by one."""
    tokens = analyse(text)
    hit = [token for token in tokens if matches(target, token)]
    for phrase in target.phrases:
        for first in {token.position for token in tokens}:
            rows = [
                [token for token in tokens if token.position == first + step and wholes(token) & words]
                for step, words in enumerate(phrase)
            ]
            if all(rows):
                hit += [token for row in rows for token in row]
    return {at for token in hit for at in range(token.start, token.end)}


def wholes(token: Token) -> set[str]:
    return {term.text for term in token.terms if not term.part}


def matches(target: Target, token: Token) -> bool:
    inner = {term.text for term in token.terms if term.part}
    return (
        not wholes(token).isdisjoint(target.wholes)
        or not inner.isdisjoint(target.parts)
        or any(each and each <= wholes(token) | inner for each in target.together)
        or folded(token.word).startswith(target.beginnings)
    )


def marked_letters(spans: list[tuple[int, int]]) -> set[int]:
    return {at for start, end in spans for at in range(start, end)}


@functools.cache
def texts() -> list[str]:
    """Every text of the minutes in fixtures/."""
    minutes = [parse(read(file.read_bytes())) for file in sorted((PROJECT / "fixtures").glob("*.pdf"))]
    items = [item for each in minutes for item in each.items]
    return [plain_text(section.text) for item in items for section in item.sections] + [item.title for item in items]


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("budget", "Budgettet og budgetter, men budde", "[Budgettet] og [budgetter], men budde"),
        ("fravær", "Statistik over sygefraværet", "Statistik over [sygefraværet]"),
        ("sygefraværsstatistik", "syge-fraværsstatistikken", "[syge-fraværsstatistikken]"),
        ("arbejdskultur", "arbejds- og mødekultur", "[arbejds-] og mødekultur"),
        ("kultur", "arbejds- og mødekultur", "[arbejds-] og [mødekultur]"),
        ("mødekultur", "møderegler og -kultur", "møderegler og [-kultur]"),
        ("moedekultur", "MØDEKULTUREN.", "[MØDEKULTUREN]."),
        ("mand", "Mændene og målmænd", "[Mændene] og [målmænd]"),
        ("gå", "Det gik godt", "Det [gik] godt"),
        ("stor", "En større sag", "En [større] sag"),
        ("14. juni 2017", "mødet den 14. juni 2017 kl. 9", "mødet den [14. juni 2017] kl. 9"),
        ("14. juni 2017", "mødet 14-06-2017", "mødet [14-06-2017]"),
        ("00.01.10-P20-1-17", "sag 00.01.10-P20-1-17 om", "sag [00.01.10-P20-1-17] om"),
        ("post@kommune.dk", "skriv til post@kommune.dk.", "skriv til [post@kommune.dk]."),
        (
            "2017",
            "Budget 2017, 14. juni 2017, 00.01.10-P20-1-2017",
            "Budget [2017], 14. juni [2017], 00.01.10-P20-1-2017",
        ),
        ("KL", "KL's råd kl. 9", "[KL's] råd kl. 9"),
        ("model", "Mo\u0308del af\u0301", "[Mo\u0308del] af\u0301"),
        ("afgørelse", "af\u00adgørelse\u00ad, ja", "[af\u00adgørelse\u00ad], ja"),
        ("juni", "2017_juni.pdf", "2017_[juni].pdf"),
    ],
)
def test_what_is_marked(typed: str, text: str, expected: str) -> None:
    assert shown(Marker(target_of(typed)).mark(text)) == expected


def test_beginnings_parts_and_phrases() -> None:
    assert shown(Marker(Target({}, {}, ("budg",))).mark("Budget, råbudget")) == "[Budget], råbudget"
    assert shown(Marker(Target({}, {"kultur": 1.0})).mark("kultur, mødekultur")) == "kultur, [mødekultur]"
    phrase = tuple(frozenset(term.text for term in analyse_query_word(word)) for word in ("god", "leder"))
    marker = Marker(Target({}, {}, phrases=(phrase,)))
    assert shown(marker.mark("gode ledere, gode nye ledere")) == "[gode] [ledere], gode nye ledere"
    assert marker.weight("gode nye ledere") == 0.0
    assert marker.weight("en god leder") >= 2.0


def test_every_word_of_the_minutes_is_marked_as_the_analyser_says() -> None:
    analysed = [(text, analyse(text)) for text in texts()]
    vocabulary = sorted({token.word for _, tokens in analysed for token in tokens})
    for word in random.Random(17).sample(vocabulary, 60):
        target = target_of(word)
        marker = Marker(target)
        for text, tokens in analysed:
            expected = {at for token in tokens if matches(target, token) for at in range(token.start, token.end)}
            assert marked_letters(marker.spans(text)) == expected, (word, text)


def test_the_sieve_lets_every_form_through() -> None:
    tables = [
        line for file in (PROJECT / "tests/search/words").glob("*.txt") for line in file.read_text("utf-8").splitlines()
    ]
    forms = {word for line in tables if not line.startswith("#") for word in line.split()}
    forms |= {"mænd", "gik", "større", "børn", "bøger", "hjulpet", "medhjulpet", "børnebøger", "ansat", "efterspurgt"}
    sieves: dict[str, Sieve] = {}
    for form in forms:
        for term in words.read(form)[1]:
            sieve = sieves.setdefault(term.text, Sieve([term.text]))
            assert sieve.passes(form), (form, term)


PIECES = (
    *("-", " og ", "arbejds", "møde", "kultur", "mødekultur", "arbejds- ", " -kultur", "'s", "@", ".dk", "a.b@c.dk "),
    *(
        "00.01.10",
        "-A00-3-17",
        " P20 1 17 ",
        "1.",
        "14. juni",
        " juni ",
        "2017",
        " sagsnr. ",
        "EMN",
        " 123",
        "juni-aftale",
    ),
    *("_", "%", "&", "\x00", "\u200f", "🎉", "é", "₂", "½", "ﷺ", " kl. 9", " kl ", "§", "\ud800", "\u0301", "\u20e3"),
    *("\t", "\n", " ", " ", " budgettet ", "gode ", "ledere ", "ja nej men hvis ikke så da er det her nu "),
)
ANYTHING = st.text() | st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
QUERY_WORDS = st.sampled_from(
    (
        *(
            "arbejdskultur",
            "kultur",
            "mødekultur",
            "budget",
            "2017",
            "14",
            "14. juni 2017",
            "juni 2017",
            "procent",
            "kl",
        ),
        *(
            "00.01.10-A00-3-17",
            "A00",
            "a.b@c.dk",
            "aftale",
            "EMN-2017-123",
            "og",
            "klokken",
            "leder",
            "9",
            "CO2",
            "e",
            "se",
        ),
    )
)
TARGETS = st.builds(
    lambda typed, beginnings, phrase: Target(
        target_of(*typed).wholes,
        target_of(*typed).parts,
        tuple(beginnings),
        target_of(*typed).together,
        (tuple(frozenset(term.text for term in analyse_query_word(word) if not term.part) for word in phrase),),
    ),
    st.lists(QUERY_WORDS, max_size=3),
    st.lists(st.sampled_from(("mø", "b", "14", "14j", "juni2", "a.b", "emn1")), max_size=1),
    st.lists(QUERY_WORDS, min_size=2, max_size=3),
)


@settings(max_examples=300, deadline=None)
@given(TARGETS, ANYTHING)
@example(target_of("arbejdskultur"), "arbejds- og\u00a0mødekultur_x")
@example(target_of("aftale"), "14. juni-aftale")
@example(Target({}, {}, ("14",)), "14 JUL")
@example(Target({}, {}, ("ju",)), "i juni 2017")
@example(target_of("EMN"), "sagsnr. EMN 123 og EMN")
def test_any_text_is_marked_as_the_analyser_says_and_stays_as_it_is(target: Target, text: str) -> None:
    marker = Marker(target)
    spans = marker.spans(text)
    assert all(start < end for start, end in spans)
    assert all(one[1] < other[0] for one, other in itertools.pairwise(spans))
    differing = marked_letters(spans) ^ by_the_book(target, text)
    assert all(not text[at].isalnum() for at in differing)  # only what is no letter of its own
    marked = marker.mark(text)
    assert "".join(piece.text for piece in marked) == text
    assert all(piece.text for piece in marked)
    passage, weight = marker.best_passage(text, 60)
    assert (weight > 0) <= any(piece.is_marked for piece in passage)
    assert marker.best_sentence(text) == () or spans


LONG = (
    "Indledning uden noget. " * 20 + "Budgettet blev drøftet. " + "Her står intet af værdi. " * 20
    + "Cheferne talte om budgettet for kulturen. " + "Og så sluttede mødet igen. " * 20
)  # fmt: skip


def test_the_best_passage_has_most_different_words_and_begins_a_sentence() -> None:
    passage, weight = Marker(target_of("budget", "kultur")).best_passage(LONG, 120)
    assert shown(passage).startswith("… Cheferne talte om [budgettet] for [kulturen]. Og så")
    assert shown(passage).endswith(" …")
    assert weight == 2.0
    assert 80 < len("".join(piece.text for piece in passage)) <= 124


def test_different_words_beat_the_same_again() -> None:
    text = "Budget, budget, budget og budget. " + "Intet her. " * 30 + "Kulturens budget."
    assert "[Kulturens] [budget]." in shown(Marker(target_of("budget", "kultur")).best_passage(text, 60)[0])


def test_without_a_match_the_text_begins() -> None:
    assert Marker(target_of("kultur")).best_passage("Et møde\n\tom intet", 240) == (
        (Piece("Et møde · om intet"),),
        0.0,
    )
    assert Marker(target_of("kultur")).best_passage("", 240) == ((), 0.0)


def test_a_table_reads_as_a_line() -> None:
    assert shown(Marker(target_of("budget")).best_passage("Emne\tBudget\n2017\tja")[0]) == "Emne · [Budget] 2017 · ja"


def test_the_sentence_that_matches() -> None:
    marker = Marker(target_of("kultur"))
    assert shown(marker.best_sentence(LONG)) == "Cheferne talte om budgettet for [kulturen]."
    assert marker.best_sentence("Intet her.") == ()


@pytest.mark.parametrize(
    "text", ["budget" * 100_000, "budget " * 100_000, "budget- " * 3_000, "2017 " * 5_000, "1." * 5_000]
)
def test_long_texts_have_short_passages(text: str) -> None:
    passage, _ = Marker(target_of("budget", "2017")).best_passage(text)
    assert sum(len(piece.text) for piece in passage) <= 250
