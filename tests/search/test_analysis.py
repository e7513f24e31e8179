"""What the analyser makes of texts: tokens, offsets, terms of their own, and anything that can be typed."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from minutes.search.analysis import Token, analyse, analyse_query_word, danish_spellings

LEXEME_BYTES = 2046  # of a tsvector


def token(text: str, at: str) -> Token:
    return next(found for found in analyse(text) if text[found.start : found.end] == at)


def direct(token: Token) -> set[str]:
    return {term.text for term in token.terms if not term.part}


def parts(token: Token) -> set[str]:
    return {term.text for term in token.terms if term.part}


@pytest.mark.parametrize(
    ("text", "at", "terms"),
    [
        ("mødet den 29.september", "september", {"september"}),
        ("fordeling.pptx", "pptx", {"pptx"}),
        ("Status på budgetaftale 2017_juni.pdf", "juni", {"juni"}),
        ("Status på budgetaftale 2017_juni.pdf", "2017_juni", {"month=2017-06"}),
        ("udled CO₂", "CO₂", {"co2"}),
        ("udled CO2", "CO2", {"co2"}),
        ("KLs Ledertræf", "KLs", {"kl"}),
        ("KL's Ledertræf", "KL's", {"kl"}),
        ("ABCs, ABC’s og ABC'en", "ABC'en", {"abc"}),
        ("CF's møde", "CF's", {"cf"}),
        ("kl. 9.00", "kl", {"klokken"}),
        ("KL har skrevet", "KL", {"kl"}),
        ("25 % af borgerne", "%", {"procent"}),
        ("Kultur & Miljø", "&", {"og"}),
        ("godkendt og/eller drøftet", "eller", {"eller"}),
        ("12 mio. kr.", "kr", {"krone"}),
        ("1.250.000 kr.", "1.250.000", {"1250000"}),
        ("2,5 %", "2,5", {"2.5"}),
        ("i 2015-2018", "2018", {"2018"}),
        ("ﬁnansiering", "ﬁnansiering", {"finansiering"}),
        ("Mo\u0308del", "Mo\u0308del", {"model"}),
        ("af\u00adgørelse", "af\u00adgørelse", {"afgoerelse"}),
        ("sag 00.01.10-P20-1-17", "00.01.10-P20-1-17", {"case=00.01.10-p20-1-17", "case=00.01.10", "facet=p20"}),
        ("EMN-2025-003383", "EMN-2025-003383", {"case=emn-2025-003383"}),
        ("den 14. juni 2017", "14. juni 2017", {"date=2017-06-14", "day=06-14", "month=2017-06"}),
        ("d.15. september", "15. september", {"day=09-15"}),
        ("i december 2023", "december 2023", {"month=2023-12"}),
        ("skriv til fornavn.efternavn@kommune.dk", "fornavn.efternavn@kommune.dk", {"fornavn.efternavn@kommune.dk"}),
        ("skriv til fornavn.efternavn@kommune.dk", "efternavn", {"efternavn"}),
    ],
)
def test_what_stands_there_can_be_found(text: str, at: str, terms: set[str]) -> None:
    assert terms <= direct(token(text, at))


@pytest.mark.parametrize(
    ("text", "at", "whole", "inner"),
    [
        ("sygefraværsstatistik", "sygefraværsstatistik", set(), {"sygefravaer", "fravaer", "statistik"}),
        ("IT-projekter", "IT-projekter", {"itprojekt"}, {"it", "projekt"}),
        ("Covid-19", "Covid-19", {"covid19"}, {"covid", "19"}),
        ("arbejds- og mødekultur", "arbejds-", {"arbejdskultur"}, {"arbejde", "kultur"}),
        ("børne-, unge- og familieudvalget", "børne-", {"boerneudvalg"}, {"barn", "udvalg"}),
        ("børne-, unge- og familieudvalget", "unge-", {"ungeudvalg"}, {"udvalg"}),
        ("møderegler og -kultur", "-kultur", {"moedekultur"}, {"moede", "kultur"}),
        ("bilag1.docx", "bilag1", {"bilag1"}, {"bilag", "1"}),
        ("Digitaliseringsrådet", "Digitaliseringsrådet", {"digitaliseringsraad"}, {"digitalisering", "raad"}),
    ],
)
def test_parts_are_marked(text: str, at: str, whole: set[str], inner: set[str]) -> None:
    found = token(text, at)
    assert whole <= direct(found)
    assert inner <= parts(found)


@pytest.mark.parametrize("name", ["Albertslund", "Solberg", "Helsingør", "Vestergaard"])
def test_names_have_no_parts(name: str) -> None:
    assert parts(token(name, name)) == set()


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("moedekultur", "mødekultur"),
        ("sygefravaer", "sygefraværet"),
        ("raadhus", "rådhuset"),
        ("Oekonomiudvalget", "økonomiudvalg"),
        ("MØDEKULTUR", "mødekultur"),
    ],
)
def test_letters_however_typed(typed: str, written: str) -> None:
    assert set(analyse_query_word(typed)) & {term for term in analyse_query_word(written) if not term.part}


def test_spellings_that_may_be_meant() -> None:
    assert danish_spellings("moedekultur") == ("mødekultur",)
    assert danish_spellings("raadsmoede")[0] == "rådsmøde"
    assert danish_spellings("budget") == ()


def test_one_over_several_words_has_the_position_of_the_first() -> None:
    spans = [(found.position, found.word) for found in analyse("den 14. juni 2017 kom")]
    assert spans == [(1, "den"), (2, "14. juni 2017"), (2, "14"), (3, "juni"), (4, "2017"), (5, "kom")]


def test_neighbours_are_neighbours_across_signs() -> None:
    with_sign, with_word = analyse("Borger & Arbejdsmarked"), analyse("Borger og Arbejdsmarked")
    assert [found.terms for found in with_sign] == [found.terms for found in with_word]


PIECES = (
    *(
        "-",
        " og ",
        "arbejds",
        "møde",
        "kultur",
        "'",
        "s",
        "@",
        ".dk",
        "00.01.10",
        "-A00-3-17",
        "1.",
        "14. juni",
        "2017",
    ),
    *("_", "%", "&", "\x00", "\u200f", "🎉", "é", "₂", "½", "ﷺ", "kl. 9", "§", "\ud800"),
)
ANYTHING = st.text() | st.lists(st.sampled_from(PIECES)).map("".join)


@given(ANYTHING)
@example("' & | ! <-> :* \\ '; drop table --")
@example("½ﷺ" * 300)
def test_nothing_raises_and_all_terms_are_lexemes(text: str) -> None:
    starts = [0]
    for found in analyse(text):
        assert found.start >= starts[-1]
        assert found.start < found.end <= len(text)
        starts.append(found.start)
        for term in found.terms:
            assert 0 < len(term.text.encode("utf-8", "surrogatepass")) <= LEXEME_BYTES
            assert not set(term.text) & set(" '\"\\:&|!<>()*\x00")
            assert not any("\ud800" <= letter <= "\udfff" for letter in term.text)


@given(ANYTHING)
def test_a_word_has_the_same_terms_in_documents_and_queries(text: str) -> None:
    for found in analyse(text):
        if found.word.isalpha():
            assert set(analyse_query_word(found.word)) >= {term for term in found.terms if term.text == found.word}


@pytest.mark.parametrize("text", ["a" * 1_000_000, "sygefravær" * 50_000, "-".join(["ab"] * 5_000), "1." * 5_000])
def test_long_ones_stay_within_bounds(text: str) -> None:
    found = analyse(text)
    assert found[0].start == 0
    assert all(len(term.text) <= 200 for each in found for term in each.terms)
