"""Misspelt words and what the archive has instead."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from minutes.models import Reader, Word
from minutes.search.edits import cost
from minutes.search.spelling import repairs

OPEN = Reader(reads=True, reads_closed=False, handles_sources=False)
ALL = Reader(reads=True, reads_closed=True, handles_sources=False)
NOBODY = Reader(reads=False, reads_closed=False, handles_sources=False)

COMMON = """
    aftale arbejdsmarkedet beslutning besparelse budget budgetaftale budgettet digitaliseringsrådet driftsbalance
    efterretning fraværsstatistik godkendelse helhedsplan helhedsplaner indstiller jensen kampagne kommune kommunen
    landsbyggefonden ledertræf licenser lokal loven medarbejdere møde mødekultur nævn orientering plan referenceleder
    skolen strategi sundhedspolitik sygefravær thorup udvalg økonomiudvalget albertslund café covid19
""".split()


@pytest.fixture
def vocabulary(db: None) -> None:
    Word.objects.bulk_create(Word(text=word, open_count=3, total_count=4) for word in COMMON)


def repair(word: str, reader: Reader = OPEN) -> str | None:
    return repairs([word], reader=reader).get(word)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("digitalliseringsrådet", "digitaliseringsrådet"),
        ("digitaliseringsraadet", "digitaliseringsrådet"),
        ("Digitalliseringsraadet", "digitaliseringsrådet"),
        ("moedekulturr", "mødekultur"),
        ("mødekulur", "mødekultur"),
        ("mödekultur", "mødekultur"),
        ("bugdet", "budget"),
        ("budjet", "budget"),
        ("budgetsaftale", "budgetaftale"),
        ("fraværstatistik", "fraværsstatistik"),
        ("komune", "kommune"),
        ("komunnen", "kommunen"),
        ("lansbyggefonden", "landsbyggefonden"),
        ("referanceleder", "referenceleder"),
        ("sundhetspolitk", "sundhedspolitik"),
        ("sygefraver", "sygefravær"),
        ("stratergi", "strategi"),
        ("kampange", "kampagne"),
        ("licencer", "licenser"),
        ("medabejdere", "medarbejdere"),
        ("efteretning", "efterretning"),
        ("okonomiudvalget", "økonomiudvalget"),
        ("Torup", "thorup"),
        ("Albertslumd", "albertslund"),
        ("udvlg", "udvalg"),
    ],
)
def test_the_nearest_word_is_meant(vocabulary: None, typed: str, meant: str) -> None:
    assert repair(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        *("budget", "Budget", "BUDGET", "Albertslunds", "kommuner"),  # the archive has them
        *(
            "lokalplan",
            "helhedsplanen",
            "lokalplaner",
            "aftalen",
            "budgetter",
            "godkendelser",
        ),  # Danish, and near others
        *("2017", "853005", "A4", "00.01.10", "bilag1", "b@c.dk", "covid18"),  # no words
        *("møe", "pln", "MEDS", "ABC", "IKT"),  # too short to tell
        *("Hansen", "xylofonist", "quizmaster", "Lone", "qwertyuiop", "a" * 100),  # near nothing
        *("", " ", "*", "\x00", "'; --", "%%%%", "____", "🎉🎉🎉🎉", "\ud800" * 5),
    ],
)
def test_what_is_right_or_too_far_off_is_left_alone(vocabulary: None, typed: str) -> None:
    assert repair(typed) is None


INSIDE = {
    "integrationsteamet": ["integrationsteam", "~integration", "~team"],
    "årsberetningen": ["aarsberetning", "~aar", "~beretning"],
    "databeskyttelsesrådgiver": ["databeskyttelsesraadgiver", "~data", "~beskyttelse", "~databeskyttelse"],
    "whistleblowerordning": ["whistleblowerordning", "~whistleblower", "~ordning"],
    "helhedsplanens": ["helhedsplan", "~helhed", "~plan"],
    "møderne": ["moede"],
    "møde": ["moede"],
    "kampagnerne": ["kampagne"],
    "landsbyggefonden": ["landsbyggefond"],
    "cyklistforbundet": ["cyklistforbund", "~cyklist", "~forbund"],
    "kapaciteten": ["kapacitet"],
    "xqyzordning": ["xqyzordning"],
    "kørselsgodtgørelse": ["koerselsgodtgoerelse", "~koersel", "~godtgoerelse"],
}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("intergration", "integration"),
        ("intergrationen", "integration"),
        ("arsberetning", "årsberetning"),
        ("databeskytelse", "databeskyttelse"),
        ("wistleblower", "whistleblower"),
        ("Landsbygefonden", "landsbyggefonden"),
        ("Landsbygefond", "landsbyggefond"),
        ("mødr", "møde"),
        ("kampanger", "kampagne"),
        ("helhedsblan", "helhedsplan"),
        ("cykelist", "cyklist"),
        ("kapaictet", "kapacitet"),
        ("körselsgodtgørrelse", "kørselsgodtgørelse"),
    ],
)
def test_what_stands_only_inflected_or_in_compounds_is_meant(db: None, typed: str, meant: str) -> None:
    Word.objects.bulk_create(
        Word(text=word, open_count=1, total_count=1, terms=terms) for word, terms in INSIDE.items()
    )
    assert repair(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "lokalplan",
        "kloak",
        "sygehus",
        "modekultur",
        "svømmehal",
        "valgbus",
        "godkend",
        "Kristensen",
        "Mette",
        "beretning",
    ],
)
def test_good_danish_and_names_are_no_misspelt_compounds(db: None, typed: str) -> None:
    words = {**INSIDE, "mødekultur": ["moedekultur", "~moede", "~kultur"], "meste": ["meste"], "valgbud": ["valgbud"]}
    Word.objects.bulk_create(Word(text=word, open_count=9, total_count=9, terms=terms) for word, terms in words.items())
    assert repair(typed) is None


def test_the_more_frequent_of_two_is_meant(db: None) -> None:
    Word.objects.bulk_create(
        [Word(text="rotunda", open_count=2, total_count=90), Word(text="rotundi", open_count=9, total_count=9)]
    )
    assert repair("rotundx") == "rotundi"
    assert repair("rotundx", ALL) == "rotunda"


def test_a_frequent_word_may_be_a_little_further_away(db: None) -> None:
    Word.objects.bulk_create(
        [Word(text="bugtet", open_count=1, total_count=1), Word(text="budget", open_count=100, total_count=100)]
    )
    assert repair("bugdet") == "budget"


def test_words_of_closed_items_are_unknown_to_others(db: None) -> None:
    Word.objects.bulk_create(
        [
            Word(text="digitaliseringsrådet", open_count=0, total_count=5),
            Word(text="digitaliseringsraseri", open_count=1, total_count=1),
            Word(text="bugdet", open_count=0, total_count=1),
            Word(text="budget", open_count=1, total_count=1),
        ]
    )
    assert repair("digitalliseringsrådet") is None
    assert repair("digitalliseringsraadet") is None
    assert repair("digitalliseringsrådet", ALL) == "digitaliseringsrådet"
    assert (repair("bugdet"), repair("bugdet", ALL)) == ("budget", None)
    assert repair("budgeet", NOBODY) is None


def test_all_words_at_once_in_three_queries(vocabulary: None, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_max_num_queries(3):
        found = repairs(["bugdet", "og", "digitalliseringsrådet", "budget", "raadhus", "moedekultur"], reader=OPEN)
    assert found == {"bugdet": "budget", "digitalliseringsrådet": "digitaliseringsrådet", "moedekultur": "mødekultur"}
    with django_assert_max_num_queries(0):
        assert repairs(["2017", "og"], reader=OPEN) == {}


def test_slips_are_cheaper_than_other_letters() -> None:
    assert cost("budget", "budget", most=3) == 0
    assert cost("komune", "kommune", most=3) < cost("kolmune", "kommune", most=3)
    assert cost("sundhet", "sundhed", most=3) < cost("sundhek", "sundhed", most=3)
    assert cost("bugdet", "budget", most=3) < cost("bugxet", "budget", most=3)
    assert cost("kommune", "budget", most=3) == float("inf")


@given(st.text(max_size=20), st.text(max_size=20))
@example("ab", "ba")
def test_costs_are_those_of_a_distance(one: str, other: str) -> None:
    most = 100.0
    assert (cost(one, other, most=most) == 0) == (one == other)
    assert cost(one, other, most=most) <= 2 * (len(one) + len(other))
    bounded = cost(one, other, most=2.0)
    assert bounded in (cost(one, other, most=most), float("inf"))
    assert bounded <= 2.0 or cost(one, other, most=most) > 2.0
