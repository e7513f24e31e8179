"""The counts beside the filters of a search: each is what one gets by choosing it."""

from __future__ import annotations

import datetime
import random
from dataclasses import fields, replace
from typing import Any

import pytest

from minutes.models import AgendaItem, OutcomeKind, Reader
from minutes.search import facets
from minutes.search.answers import MOST, Count, Facet, FacetValue, Narrowing, Results
from minutes.search.fields import Field
from minutes.search.results import search
from tests.factories import make_item, make_meeting, make_section

READER = Reader(reads=True, reads_closed=False, handles_sources=False)
YEARS = range(2015, 2019)
DECISIONS = (
    None,
    "Godkendt.",
    "Taget til efterretning.",
    "Chefforum drøftede budgettet.",
    "Det går fremad med ferien.",
)
OFFICES = ("Kommunaldirektøren", "Økonomi & Stab", "By, Kultur, Miljø & Beskæftigelse", "Børn, Sundhed & Velfærd")
CASES = (None, "00.01.00-S00-6-17", "81.28.00-P05-1-17", "27.00.00-G01-1-17", "14/45987")
TITLES = (
    "Budget",
    "Ferie",
    "Ferie og budget",
    "Budgetkatalog",
    "Sygefraværsstatistik",
    "Evt.",
    "Statistik over fravær",
)
TYPED = ("budget", "ferie", "budget ferie", "budget OR ferie", "ferie -budget", "fraværsstatistik", "fer*", "2017")

pytestmark = pytest.mark.django_db


def ask(typed: str, **narrowing: Any) -> Results:
    return search(typed, reader=READER, narrowing=Narrowing(**narrowing))


def counts(results: Results, name: str) -> dict[str, int]:
    return {value.value: value.count.number for facet in results.facets if facet.name == name for value in facet.values}


def make_random(chance: random.Random) -> None:
    for year in YEARS:
        for month in (2, 6, 11):
            items = [make_random_item(chance, number) for number in range(1, 8)]
            make_meeting(f"{year}-{month:02}-{chance.randint(1, 28):02}", items)


def make_random_item(chance: random.Random, number: int) -> Any:
    text = chance.choice(("Budgettet er stramt.", "Ferien er kort.", "Sygefraværet falder.", "Fravær i år."))
    return make_item(
        number,
        chance.choice(TITLES),
        decision=chance.choice(DECISIONS),
        case_number=chance.choice(CASES),
        proposer=chance.choice(OFFICES),
        recommendations=chance.choice(((), ("at budgettet godkendes",), ("at ferien drøftes", "at der spares"))),
        attachments=chance.choice(((), (), ("Budget.docx",))),
        sections=[make_section("sagsfremstilling", text)],
        closed=chance.random() < 0.1,
    )


def chosen(chance: random.Random, offices: list[str]) -> Narrowing:
    """Something of every filter, or nothing."""

    def some(values: list[Any]) -> tuple[Any, ...]:
        return tuple(chance.sample(values, chance.choice((0, 0, 0, 1, 2))))

    return Narrowing(
        years=some([*YEARS, 1999]),
        main_groups=some(["00", "81", "27", "13"]),
        outcomes=some([*OutcomeKind.values[:4], "uafklaret"]),
        offices=some([*offices, "Findes ikke"]),
        fields=some([Field.TITLE, Field.DECISION, Field.PROPOSAL, Field.ATTACHMENTS]),
        with_attachments=chance.random() < 0.2,
        since=chance.choice((None, None, datetime.date(2016, 3, 1))),
        until=chance.choice((None, None, datetime.date(2018, 6, 30))),
        without_standing=chance.random() < 0.2,
    )


def narrowed_to(narrowing: Narrowing, name: str, value: str) -> Narrowing:
    """Narrowed to that value instead of whatever is chosen in that filter."""
    match name:
        case "aar":
            return replace(narrowing, years=(int(value),))
        case "gruppe":
            return replace(narrowing, main_groups=(value,))
        case "type":
            return replace(narrowing, outcomes=(value,))
        case "enhed":
            return replace(narrowing, offices=(value,))
        case "hvor":
            return replace(narrowing, fields=(Field(value),))
        case "bilag":
            return replace(narrowing, with_attachments=True)
    raise AssertionError(name)


def total(results: Results) -> int:
    """How many items have all that was asked for."""
    return 0 if results.some_from == 0 else results.total.number


@pytest.mark.parametrize("seed", range(3))
def test_every_count_is_the_total_of_the_search_narrowed_so(seed: int) -> None:
    chance = random.Random(seed)
    make_random(chance)
    offices = sorted(set(AgendaItem.objects.values_list("recommendations__office", flat=True)) - {None})
    narrowings = [Narrowing(), *(chosen(chance, offices) for _ in range(7))]
    checked = set()
    for typed, narrowing in zip(TYPED, narrowings, strict=True):
        found = search(typed, reader=READER, narrowing=narrowing)
        for facet in found.facets:
            for value in facet.values:
                other = search(typed, reader=READER, narrowing=narrowed_to(narrowing, facet.name, value.value))
                assert value.count == Count(total(other)), (typed, narrowing, facet.name, value)
                checked.add(facet.name)
                if value.count.number and not value.is_chosen:
                    assert other.hits
    assert checked == {"aar", "gruppe", "type", "enhed", "hvor", "bilag"}


def test_what_counts_as_an_answer_does_not_hang_on_the_filters() -> None:
    """A compound said otherwise is looked for where the word itself is rare, in all that was asked, not in a year."""
    for year in (2016, 2017):
        titles = ["Budgetkatalog"] * 11 + ["Katalog over budgettet"] * (year - 2015)
        make_meeting(f"{year}-05-01", [make_item(number, title) for number, title in enumerate(titles, start=1)])
    for typed in ("budgetkatalog", "budgetkatalog mai OR budgetkatalog"):
        found = ask(typed)
        assert counts(found, "aar") == {str(year): total(ask(typed, years=(year,))) for year in (2016, 2017)}
        assert sum(counts(found, "aar").values()) == total(found)
    make_meeting("2018-05-01", [make_item(1, "Katalog over budgettet")])
    assert total(ask("budgetkatalog", years=(2018,))) == counts(ask("budgetkatalog"), "aar").get("2018", 0)


def test_a_compound_said_otherwise_is_counted_where_it_stands() -> None:
    item = make_item(1, "Statistik over sygefravær", decision="Drøftet.")
    make_meeting("2017-05-01", [item])
    found = ask("sygefraværsstatistik")
    assert counts(found, "hvor") == {"titel": 1}
    assert total(ask("sygefraværsstatistik", fields=(Field.TITLE,))) == 1


def test_nothing_is_missing_among_the_values() -> None:
    make_random(random.Random(7))
    found = ask("budget OR ferie OR fravær")
    everything = total(found)
    assert sum(counts(found, "aar").values()) == everything
    for year in YEARS:
        assert counts(found, "aar")[str(year)] == total(ask("budget OR ferie OR fravær", years=(year,)))
    assert everything > MANY


MANY = 40


@pytest.fixture
def few() -> None:
    budget = {"case_number": "00.01.00-S00-6-17", "proposer": "Økonomi & Stab", "attachments": ["Tal.xlsx"]}
    make_meeting(
        "2016-05-01",
        [
            make_item(1, "Godkendelse af referat", decision="Godkendt. Budgettet er ikke med."),
            make_item(2, "Budget", decision="Godkendt.", recommendations=["at budgettet godkendes"], **budget),
            make_item(3, "Evt.", decision="Budgettet er på plads."),
        ],
    )
    make_meeting("2017-05-01", [make_item(1, "Budget", decision="Drøftet og taget til efterretning.")])
    make_meeting("2017-12-31", [make_item(1, "Budget uden beslutning", case_number="14/45987")])


def test_each_filter_with_its_values(few: None) -> None:
    found = ask("budget")
    assert total(found) == 5
    assert counts(found, "aar") == {"2017": 2, "2016": 3}
    assert counts(found, "gruppe") == {"00": 1}
    assert counts(found, "type") == {"godkendt": 2, "taget til efterretning": 1, "drøftet": 1, "uafklaret": 1}
    assert counts(found, "enhed") == {"Økonomi & Stab": 1}
    assert counts(found, "hvor") == {"titel": 3, "beslutning": 2, "indstilling": 1}
    assert counts(found, "bilag") == {"ja": 1}


def test_values_of_one_filter_are_alternatives_and_filters_hold_together(few: None) -> None:
    assert total(ask("budget", years=(2016, 2017))) == 5
    assert total(ask("budget", outcomes=("godkendt", "drøftet"))) == 3
    assert total(ask("budget", outcomes=("uafklaret",))) == 1
    assert total(ask("budget", outcomes=("uafklaret", "drøftet"))) == 2
    assert total(ask("budget", years=(2016,), outcomes=("drøftet",))) == 0
    assert total(ask("budget", years=(2016,), main_groups=("00",), with_attachments=True)) == 1
    assert total(ask("budget", fields=(Field.TITLE, Field.DECISION))) == 5


def test_a_period_holds_its_first_and_last_day(few: None) -> None:
    day = datetime.date
    assert total(ask("budget", since=day(2017, 5, 1))) == 2
    assert total(ask("budget", since=day(2017, 5, 2))) == 1
    assert total(ask("budget", until=day(2017, 5, 1))) == 4
    assert total(ask("budget", until=day(2017, 4, 30))) == 3
    assert total(ask("budget", since=day(2017, 12, 31), until=day(2017, 12, 31))) == 1
    assert total(ask("budget", since=day(2018, 1, 1), until=day(2016, 1, 1))) == 0
    assert counts(ask("budget", until=day(2017, 5, 1)), "aar") == {"2017": 1, "2016": 3}


def test_standing_items_can_be_left_out(few: None) -> None:
    found = ask("budget", without_standing=True)
    assert {hit.item.title for hit in found.hits} == {"Budget", "Budget uden beslutning"}
    assert counts(found, "type") == {"godkendt": 1, "taget til efterretning": 1, "drøftet": 1}


def test_what_is_chosen_stays_though_nothing_has_it(few: None) -> None:
    narrowing: dict[str, Any] = {
        "years": (1999,),
        "main_groups": ("13",),
        "outcomes": ("genoptages",),
        "offices": ("Findes ikke",),
        "fields": (Field.ATTACHMENTS,),
        "with_attachments": True,
    }
    found = ask("budget", **narrowing)
    assert found.hits == ()
    values = [(facet.name, value) for facet in found.facets for value in facet.values if value.is_chosen]
    assert [(name, value.value, value.count.number) for name, value in values] == [
        ("aar", "1999", 0),
        ("type", "genoptages", 0),
        ("hvor", "bilag", 0),
        ("gruppe", "13", 0),
        ("enhed", "Findes ikke", 0),
        ("bilag", "ja", 0),
    ]
    assert {field.name for field in fields(Narrowing)} - narrowing.keys() == {"since", "until", "without_standing"}
    for name, chosen_values in narrowing.items():
        found = ask("budget", **{name: chosen_values})
        assert [value for facet in found.facets for value in facet.values if value.is_chosen], name


@pytest.mark.parametrize(
    ("number", "count"),
    [(0, Count(0)), (9_999, Count(9_999)), (MOST, Count(MOST)), (MOST + 1, Count(MOST + 1, is_exact=False))],
)
def test_beyond_ten_thousand_a_count_is_not_exact(number: int, count: Count) -> None:
    assert facets.as_count(number) == count


def test_labels_are_for_people(few: None) -> None:
    found = {facet.name: facet for facet in ask("budget").facets}
    assert found["gruppe"] == Facet("gruppe", "Emne", (FacetValue("00", "00 Kommunens styrelse", Count(1)),))
    assert [value.label for value in found["type"].values] == [
        *("Godkendt", "Taget til efterretning", "Drøftet", "Uafklaret"),
    ]
    assert [value.label for value in found["hvor"].values] == ["Titel", "Beslutning", "Indstilling"]
