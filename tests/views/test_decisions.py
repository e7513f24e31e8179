"""The register of decisions: its list, its filters with counts, and its chart with the same figures as a table."""

from __future__ import annotations

import itertools
import re

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.http import urlencode

from minutes.models import Decision, OutcomeKind, Recommendation, SearchEntry, reader_of
from minutes.models.decisions import UNCLEAR
from minutes.parsing.types import Item
from minutes.search import decisions
from minutes.search.answers import Narrowing
from tests.archive import HOSTILE, OPEN_CASE, Archive
from tests.factories import make_item, make_meeting, make_section, make_user
from tests.views.page import Page, open_page

CITY, STAFF = "By, Kultur, Miljø & Beskæftigelse", "Økonomi & Stab"
LONG = "Chefforum drøftede kataloget. " + "Der er brug for flere forslag, og de skal gennemgås. " * 20


def register(client: Client, **filters: str | list[str]) -> Page:
    return open_page(client, f"/beslutninger/?{urlencode(filters, doseq=True)}" if filters else "/beslutninger/")


def rows(page: Page) -> list[str]:
    """The titles of the decisions, in order."""
    return [words for rank, words in page.headings if rank == "h3" and words not in FACETS]


FACETS = {"År", "Beslutningstype", "Emne", "Indstillet af", "Faste punkter"}


def count(page: Page) -> str:
    return next(words for rank, words in page.headings if rank == "h2" and words not in {"Filtre", CHART})


CHART = "Beslutninger efter type og år"


def links(page: Page) -> dict[str, str]:
    return {words: address for address, words in page.links}


def bars(page: Page) -> dict[str, str]:
    """Name of each bar of the chart → its address."""
    return {
        values["aria-label"]: values["href"]
        for tag, values in page.tags
        if tag == "a" and values.get("tabindex") == "-1" and values.get("aria-label")
    }


def table(page: Page) -> dict[str, str]:
    """Name of each figure in the table → its address."""
    return {
        values["aria-label"]: values["href"]
        for tag, values in page.tags
        if tag == "a" and values.get("aria-label", "").find("beslutning") > 0 and "tabindex" not in values
    }


def of_year(year: int) -> list[Item]:
    return [
        make_item(1, "Godkendelse af dagsorden og referat", decision="Godkendt."),
        make_item(2, f"Budget {year}", case_number=OPEN_CASE, decision="Godkendt.", recommendations=["at …"]),
        make_item(
            3,
            f"Ferie {year}",
            case_number="81.28.00-P05-1-17",
            decision="Chefforum drøftede ferien. Forslaget blev godkendt.",
            proposer=STAFF,
            recommendations=["at sommerferien drøftes"],
        ),
        make_item(4, f"Uden beslutning {year}"),
        make_item(5, f"Cykler {year}", decision="Xyzzy.", proposer=CITY, recommendations=["at cyklerne males"]),
    ]


@pytest.fixture
def years(db) -> None:
    for year in (2016, 2017, 2018):
        make_meeting(f"{year}-03-01", of_year(year))


def test_newest_first_and_without_what_stands_at_every_meeting(reader: Client, years: None) -> None:
    page = register(reader)
    assert rows(page) == [f"{title} {year}" for year in (2018, 2017, 2016) for title in ("Budget", "Ferie", "Cykler")]
    assert count(page) == "9 beslutninger"
    asked = register(reader, faste="ja")
    assert count(asked) == "12 beslutninger"
    assert rows(asked)[0] == "Godkendelse af dagsorden og referat"


def test_meetings_of_one_day_stay_apart(reader: Client) -> None:
    for time, name in (("09:00", "Formiddag"), ("13:00", "Eftermiddag")):
        make_meeting("2017-06-14", [make_item(n, f"{name} {n}", decision="Godkendt.") for n in (1, 2)], time=time)
    expected = ["Eftermiddag 1", "Eftermiddag 2", "Formiddag 1", "Formiddag 2"]
    assert rows(register(reader)) == expected
    assert sorted(rows(register(reader, q="formiddag"))) == expected[2:]


def test_a_row_says_what_was_decided_and_what_was_proposed(reader: Client, years: None) -> None:
    page = register(reader, aar="2017", gruppe="00")
    assert "1. marts 2017 punkt 2 Budget 2017 Godkendt Godkendt. Indstillet: at …" in page.main
    assert f"Sag {OPEN_CASE} Indstillet af Kommunaldirektøren" in page.main
    assert links(page)["Budget 2017"] == "/moeder/2017-03-01/punkt/2/"
    assert links(page)[OPEN_CASE] == f"/sager/{OPEN_CASE}/"


def test_what_was_proposed_without_at_lines_stands_too(reader: Client) -> None:
    proposal = make_section("indstilling", "Kommunaldirektøren beder om en *beslutning*.")
    make_meeting("2017-06-14", [make_item(1, "Lokaler", decision="Godkendt.", sections=[proposal])])
    assert "Indstillet: Kommunaldirektøren beder om en beslutning." in register(reader).main


def test_a_long_decision_is_cut_with_a_link_to_all_of_it(reader: Client) -> None:
    make_meeting("2017-06-14", [make_item(1, "Katalog", decision=LONG), make_item(2, "Kort", decision="Godkendt.")])
    page = register(reader)
    assert links(page)["Hele beslutningen om Katalog"] == "/moeder/2017-06-14/punkt/1/#beslutning"
    assert "Hele beslutningen om Kort" not in page.main
    assert page.main.count("Der er brug for flere forslag") < LONG.count("Der er brug for flere forslag") / 2
    assert "Indstillet: " not in page.main


def test_markdown_of_a_decision_is_plain_words_here(reader: Client, archive: Archive) -> None:
    page = register(reader)
    assert "Kataloget blev godkendt." in page.main
    assert "**" not in page.main
    assert HOSTILE not in page.html
    assert HOSTILE in page.main


@pytest.mark.parametrize(
    ("filters", "number"),
    [
        ({"aar": "2017"}, 3),
        ({"aar": ["2016", "2018"]}, 6),
        ({"type": "drøftet"}, 3),
        ({"type": ["drøftet", "godkendt"]}, 6),
        ({"type": "uafklaret"}, 3),
        ({"type": ["uafklaret", "drøftet"]}, 6),
        ({"type": "uafklaret", "aar": "2016"}, 1),
        ({"gruppe": "81"}, 3),
        ({"enhed": STAFF}, 3),
        ({"enhed": CITY}, 3),
        ({"enhed": CITY, "type": "uafklaret", "aar": ["2017", "2018"]}, 2),
        ({"q": "sommerferie"}, 3),
        ({"q": "cyklen"}, 3),
        ({"q": "ferien", "aar": "2017"}, 1),
        ({"q": "2017"}, 3),
        ({"q": "1. marts 2016"}, 3),
        ({"q": "81.28.00"}, 3),
        ({"q": "-ferie budget"}, 3),
    ],
)
def test_each_filter(reader: Client, years: None, filters: dict[str, str | list[str]], number: int) -> None:
    page = register(reader, **filters)
    assert count(page) == f"{number} beslutning{'er' * (number != 1)}"
    assert len(rows(page)) == number


def test_words_count_only_where_the_list_shows_them(reader: Client) -> None:
    report = make_section("sagsfremstilling", "Her står noget om kantinen.")
    items = [
        make_item(1, "Kantinen", decision="Godkendt."),
        make_item(2, "Andet", decision="Kantinen lukkes."),
        make_item(3, "Tredje", decision="Godkendt.", recommendations=["at kantinen lukkes"]),
        make_item(4, "Fjerde", decision="Godkendt.", sections=[report]),
        make_item(5, "Kantinen", sections=[report]),
    ]
    make_meeting("2017-06-14", items)
    assert rows(register(reader, q="kantine")) == ["Kantinen", "Andet", "Tredje"]
    assert rows(register(reader, q="kantine godkendt")) == ["Kantinen", "Tredje"]
    assert "<mark>kantinen</mark>" in register(reader, q="kantine").html


def test_a_misspelt_word_is_repaired_and_told(reader: Client) -> None:
    make_meeting("2017-06-14", [make_item(1, "Digitalisering af skolerne", decision="Godkendt.")])
    page = register(reader, q="digitalisring")
    assert "Viser beslutninger for digitalisering" in page.main
    assert rows(page) == ["Digitalisering af skolerne"]


def test_every_count_is_what_choosing_it_gives(reader: Client, years: None) -> None:
    """Walks the links of some pages: filters, bars and figures each lead to as many decisions as they say."""
    for filters in ({}, {"aar": "2017"}, {"type": "drøftet"}, {"q": "ferie"}, {"gruppe": "00", "aar": "2016"}):
        page = register(reader, **filters)
        said = {
            address: words for words, address in [*bars(page).items(), *table(page).items()] if "fjern" not in words
        }
        for address, words in itertools.islice(said.items(), 40):
            number = int(words.rsplit(": ", 1)[1].split()[0])
            assert count(open_page(reader, address)).startswith(f"{number} "), (filters, words)
    page = register(reader, type="drøftet")
    assert links(page)["2017 1 beslutning"] == "/beslutninger/?type=dr%C3%B8ftet&aar=2017"
    assert count(open_page(reader, links(page)["2017 1 beslutning"])) == "1 beslutning"


def test_what_would_give_nothing_is_not_offered(reader: Client, years: None) -> None:
    page = register(reader, gruppe="00")
    assert "Drøftet" not in page.main
    assert f"{STAFF} " not in page.main
    assert "Godkendt 3 beslutninger" in links(page)


def test_the_chart_and_its_table_say_the_same(reader: Client, years: None) -> None:
    page = register(reader)
    cells = {name: address for name, address in table(page).items() if re.match(r"\d{4}, (?!alle)", name)}
    assert bars(page) == cells
    assert cells["2017, Godkendt: 2 beslutninger"] == "/beslutninger/?aar=2017&type=godkendt"
    assert cells["2016, Uafklaret: 1 beslutning"] == "/beslutninger/?aar=2016&type=uafklaret"
    assert table(page)["2017, alle typer: 3 beslutninger"] == "/beslutninger/?aar=2017"
    assert table(page)["Alle år, Drøftet: 3 beslutninger"] == "/beslutninger/?type=dr%C3%B8ftet"
    assert table(page)["Alle år, alle typer: 9 beslutninger"] == "/beslutninger/"


def test_the_chart_follows_the_other_filters_and_keeps_them(reader: Client, years: None) -> None:
    page = register(reader, aar="2016", type="drøftet", gruppe="81", side="1")
    assert set(bars(page)) == {
        "2016, Drøftet: 1 beslutning (valgt; fjern valget)",
        "2016, Godkendt: 1 beslutning",
        *(f"{year}, {kind}: 1 beslutning" for year in (2017, 2018) for kind in ("Drøftet", "Godkendt")),
    }
    assert bars(page)["2018, Godkendt: 1 beslutning"] == "/beslutninger/?aar=2018&type=godkendt&gruppe=81"
    assert bars(page)["2016, Drøftet: 1 beslutning (valgt; fjern valget)"] == "/beslutninger/?gruppe=81"


def test_years_without_decisions_have_their_place(reader: Client) -> None:
    for year in (2010, 2013):
        make_meeting(f"{year}-03-01", of_year(year))
    page = register(reader)
    heads = re.findall(r'<th scope="col">(\w+)', page.html)
    assert heads == ["Type", "2010", "2011", "2012", "2013", "Alle"]


def test_a_chosen_filter_is_removed_with_one_click(reader: Client, years: None) -> None:
    page = register(reader, q="budget", aar="2017", faste="ja")
    assert links(page)["Fjern filteret Ord: budget"] == "/beslutninger/?aar=2017&faste=ja"
    assert links(page)["Fjern filteret År: 2017"] == "/beslutninger/?q=budget&faste=ja"
    assert links(page)["Fjern filteret Også faste punkter"] == "/beslutninger/?q=budget&aar=2017"
    assert links(page)["Fjern alle filtre"] == "/beslutninger/"


def test_an_empty_page_says_which_filter_to_take_off(reader: Client, years: None) -> None:
    page = register(reader, aar="2017", gruppe="00", type="uafklaret")
    assert count(page) == "Ingen beslutninger passer"
    assert links(page)["Uden Emne: 00 Kommunens styrelse"] == "/beslutninger/?aar=2017&type=uafklaret"
    assert links(page)["Uden Beslutning: Uafklaret"] == "/beslutninger/?aar=2017&gruppe=00"
    assert "Uden År: 2017" not in links(page)
    assert "Uden Emne: 00 Kommunens styrelse er der 1 beslutning." in page.main
    both = register(reader, q="kvantefysik", gruppe="00", enhed=STAFF)
    assert "Der skal mere end ét filter af." in both.main
    assert "/soeg/?q=kvantefysik" in both.addresses()


def test_an_archive_without_decisions(reader: Client) -> None:
    page = register(reader)
    assert count(page) == "Ingen beslutninger"
    assert bars(page) == {}


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("aar", "abc", "År: ”abc” er ikke et årstal."),
        ("aar", [str(year) for year in range(1900, 1999)], "År: Vælg højst 50."),
        ("gruppe", "Æ", "Emne: ”Æ” er ikke en hovedgruppe; en hovedgruppe er to cifre."),
        ("type", "' OR 1=1 --", "Beslutning: ”&#x27; OR 1=1 --” er ikke en beslutningstype."),
        ("enhed", "x" * 10_000, "er ikke en enhed."),
        ("q", "x" * 10_000, "Ord: Skriv højst 1000 tegn."),
        ("q", "?!", "Skriv mindst ét ord"),
        ("q", "-budget", "Skriv mindst ét ord"),
        ("q", "\x00", None),
        ("faste", "måske", None),
        ("side", "-1", None),
        ("side", "9" * 5000, None),
        ("side", "٣", None),
        ("aar", "2017\x00", None),
    ],
)
def test_a_bad_value_is_told_or_left_out(
    reader: Client, years: None, name: str, value: str | list[str], message: str | None
) -> None:
    page = register(reader, **{name: value})
    assert message is None or message in page.html
    assert count(page) == ("3 beslutninger" if value == "2017\x00" else "9 beslutninger")


@pytest.mark.parametrize(
    "typed",
    [
        *('"budget', "((budget", "-", "*", "titel:", "OR", "ELLER ELLER", "a*", "%", "\\", "{}", "%s %(q)s", HOSTILE),
        *("bud\x00get \x1b[31m", "💶 budget", "' & | ! <-> :*", "'; DROP TABLE x; --", "00.01.10-", "½", "ß" * 300),
        *("31. februar 2020", "budget " * 140, " ".join(f"ord{number}" for number in range(150)), "titel:budget"),
    ],
)
def test_nothing_that_is_typed_breaks_it(reader: Client, archive: Archive, typed: str) -> None:
    page = register(reader, q=typed)
    assert [rank for rank, _ in page.headings].count("h1") == 1
    assert HOSTILE not in page.html


def test_what_is_closed_is_nowhere(reader: Client, closed_reader: Client, archive: Archive) -> None:
    """Not in the list, the counts, the choices, the chart, nor in what an empty page says."""
    addresses = ["", "?faste=ja", "?aar=2015", "?gruppe=27", "?q=l%C3%B8nforhandling", "?q=hemmeligt", "?aar=2016"]
    for address in addresses:
        page = open_page(reader, f"/beslutninger/{address}")
        words = re.sub("Ord: .*?Fjern|(År|Emne): .*? er der", "", page.main)
        for closed in ("Lønforhandling", "Hemmeligt.", "27.00.00", "Ledelsens"):
            assert closed not in words, address
        assert not [name for name in [*bars(page), *table(page)] if name.startswith(("2015", "2016"))]
    assert count(register(reader)) == "1 beslutning"
    assert count(register(reader, faste="ja")) == "2 beslutninger"
    assert count(register(reader, q="hemmeligt")) == "Ingen beslutninger passer"

    page = register(closed_reader)
    assert count(page) == "3 beslutninger"
    assert "Lønforhandling med en navngiven Lukket punkt" in rows(page)
    assert {name[:4] for name in bars(page)} == {"2015", "2016", "2017"}
    assert count(register(closed_reader, q="hemmeligt")) == "2 beslutninger"


def test_it_is_counted_as_the_rows_themselves_say(years: None, archive: Archive) -> None:
    """The counts come from the index; the decisions themselves are another way to the same."""
    for user in (make_user(), make_user(reads_closed=True)):
        seen = Decision.objects.visible_to(user)
        spread = decisions.Register(reader_of(user), Narrowing()).spread()
        assert spread.total == seen.count()
        for kind in OutcomeKind.values:
            assert spread.of["type"].get(kind, 0) == seen.of_kind(kind).count()
            for year in (2015, 2016, 2017, 2018):
                assert (
                    spread.cells.get((year, kind), 0)
                    == seen.of_kind(kind).filter(item__meeting__date__year=year).count()
                )
        assert spread.of["type"].get(UNCLEAR, 0) == seen.unclear().count()
        for office in Recommendation.objects.visible_to(user).offices():
            mine = Recommendation.objects.filter(office=office).values("item")
            assert spread.of["enhed"].get(office, 0) == seen.filter(item__in=mine).count()
        for group in ("00", "27", "81"):
            assert spread.of["gruppe"].get(group, 0) == seen.filter(item__case__main_group=group).count()


def test_pages(reader: Client) -> None:
    items = [make_item(number, f"Punkt {number}", decision="Godkendt.") for number in range(1, 46)]
    make_meeting("2017-06-14", items)
    first, last = register(reader), register(reader, side="9999", aar="2017")
    assert len(rows(first)) == 20
    assert "/beslutninger/?side=2" in first.addresses() or "?side=2" in first.addresses()
    assert rows(last) == [f"Punkt {number}" for number in range(41, 46)]
    assert "/beslutninger/?aar=2017&side=2" in last.addresses()
    assert "side 3" in last.html


@pytest.mark.parametrize("query", ["", "?aar=2017&type=godkendt", "?q=punkt", "?aar=1999"])
def test_the_number_of_queries_does_not_grow(reader: Client, years: None, query: str) -> None:
    address = f"/beslutninger/{query}"
    reader.get(address)
    with CaptureQueriesContext(
        connection,
    ) as before:
        reader.get(address)
    for month in range(1, 9):
        make_meeting(f"2017-{month:02}-20", of_year(2017))
    with CaptureQueriesContext(connection) as after:
        assert reader.get(address).status_code == 200
    assert len(after) == len(before) <= 20


@pytest.mark.django_db(transaction=True)
def test_what_is_kept_holds_for_one_state_of_the_archive_and_one_kind_of_reader() -> None:
    """Outside a transaction counts and chart are kept until somebody writes."""
    make_meeting("2017-06-14", [make_item(1, "Budget", decision="Godkendt.")])
    closed = make_item(2, "Løn", decision="Drøftet.", closed=True)
    make_meeting("2018-06-14", [make_item(1, "Ferie", decision="Godkendt."), closed])
    client, other = Client(), Client()
    client.force_login(make_user())
    other.force_login(make_user(reads_closed=True))
    assert count(register(other)) == "3 beslutninger"
    for _ in range(2):
        assert count(register(client)) == "2 beslutninger"
        assert not any("Drøftet" in name for name in bars(register(client)))
    make_meeting("2019-06-14", [make_item(1, "Cykler", decision="Godkendt.")])
    page = register(client)
    assert count(page) == "3 beslutninger"
    assert "2019, Godkendt: 1 beslutning" in bars(page)
    SearchEntry.objects.filter(date__year=2017).update(is_closed=True)
    assert count(register(client)) == "2 beslutninger"


@pytest.mark.django_db(transaction=True)
def test_words_that_take_too_long_are_given_up(reader: Client, settings) -> None:
    make_meeting()
    settings.SEARCH_SECONDS = 0.2
    other = connections["default"].copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN; LOCK TABLE minutes_searchentry IN ACCESS EXCLUSIVE MODE")
            page = register(reader, q="budget", aar="2017")
    finally:
        other.close()
    assert count(page) == "Det tog for lang tid at finde"
    assert "Fjern filteret År: 2017" in links(page)
