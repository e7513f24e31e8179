"""The page of search: what it shows, where its links lead, and that nothing typed breaks it."""

from __future__ import annotations

import pytest
from django.db import connections
from django.test import Client
from django.utils.http import urlencode

from tests.archive import HOSTILE, OPEN_CASE, Archive
from tests.factories import make_item, make_meeting, make_section
from tests.views.page import Page, open_page

HITS = "/punkt/"


def search(client: Client, typed: str, **filters: str | list[str]) -> Page:
    return open_page(client, f"/soeg/?{urlencode({'q': typed, **filters}, doseq=True)}")


def hits(page: Page) -> list[str]:
    """The addresses of the items found, in order."""
    return [address for address in page.addresses() if HITS in address]


def count(page: Page) -> str:
    return next(words for rank, words in page.headings if rank == "h1")


def links(page: Page) -> dict[str, str]:
    """Words of a link → its address."""
    return {words: address for address, words in page.links}


@pytest.fixture
def years(db) -> None:
    for year in (2016, 2017, 2018):
        make_meeting(
            f"{year}-03-01",
            [
                make_item(1, "Godkendelse af dagsorden og referat", decision="Godkendt, også budgettet."),
                make_item(
                    2, f"Budget {year}", case_number="00.01.00-S00-6-17", decision="Godkendt.", attachments=["a"]
                ),
                make_item(
                    3, f"Ferie {year}", case_number="81.28.00-P05-1-17", decision="Chefforum drøftede budgettet."
                ),
            ],
        )


def test_a_hit_answers_the_phone(reader: Client) -> None:
    text = "Teknikken er gammel. Budgetkataloget blev sendt ud i april, og alle har svaret på det."
    item = make_item(
        3,
        "Fjerde udkast til budgetkatalog",
        case_number=OPEN_CASE,
        decision="Godkendt.",
        recommendations=["at kataloget godkendes"],
        sections=[make_section("sagsfremstilling", text)],
    )
    make_meeting("2017-06-14", [item])
    page = search(reader, "budgetkatalog")
    assert count(page) == "1 punkt"
    assert ("h3", "Fjerde udkast til budgetkatalog") in page.headings
    assert "14. juni 2017 punkt 3 Sag 00.01.00-S00-6-17 Godkendt" in page.main
    assert "Beslutning: Godkendt. Indstillet: at kataloget godkendes" in page.main
    assert "Sagsfremstilling: " in page.main
    assert "<mark>budgetkatalog</mark>" in page.html
    assert "<mark>Budgetkataloget</mark>" in page.html
    assert links(page)["Fjerde udkast til budgetkatalog"] == "/moeder/2017-06-14/punkt/3/"
    assert links(page)[OPEN_CASE] == f"/sager/{OPEN_CASE}/"
    assert "<title>budgetkatalog – søgning – Chefforums referater</title>" in page.html


def test_at_evt_the_sentence_is_the_subtitle(reader: Client) -> None:
    decision = "Kantinen holder lukket. Der indkøbes en ny kaffemaskine til tredje sal. Mødet sluttede."
    make_meeting("2017-06-14", [make_item(9, "Evt.", decision=decision)])
    page = search(reader, "kaffemaskine")
    assert "Der indkøbes en ny kaffemaskine til tredje sal." in page.main
    assert "kaffemaskine</mark>" in page.html


def test_text_of_a_file_and_of_the_query_stays_text(reader: Client, archive: Archive) -> None:
    page = search(reader, f"budgetkatalog {HOSTILE}")
    assert HOSTILE not in page.html
    assert ("input", "q", f"budgetkatalog {HOSTILE}") in [
        (tag, values.get("name"), values.get("value")) for tag, values in page.tags
    ]


def test_what_is_closed_is_no_hit_and_in_no_count(reader: Client, closed_reader: Client, archive: Archive) -> None:
    assert hits(search(reader, "lønforhandling")) == []
    assert "Lønforhandling" not in search(reader, "lønforhandling").main
    assert count(search(reader, "budget")) == "2 punkter"
    page = search(closed_reader, "lønforhandling")
    assert hits(page) == ["/moeder/2016-10-11/punkt/2/"]
    assert ("h3", "Lønforhandling med en navngiven Lukket punkt") in page.headings


def test_each_filter_stands_in_the_address(reader: Client, years: None) -> None:
    page = search(reader, "budget")
    assert count(page) == "9 punkter"
    assert links(page)["2017 3 punkter"] == "/soeg/?q=budget&aar=2017"
    narrowed = open_page(reader, links(page)["2017 3 punkter"])
    assert count(narrowed) == "3 punkter"
    assert {address.split("/")[2] for address in hits(narrowed)} == {"2017-03-01"}
    assert links(narrowed)["2018 3 punkter"] == "/soeg/?q=budget&aar=2017&aar=2018"


def test_filters_are_for_every_kind_of_thing(reader: Client, years: None) -> None:
    for filters, expected in (
        ({"aar": ["2016", "2018"]}, "6 punkter"),
        ({"gruppe": "81"}, "3 punkter"),
        ({"type": "drøftet"}, "3 punkter"),
        ({"hvor": "titel"}, "3 punkter"),
        ({"bilag": "ja"}, "3 punkter"),
        ({"faste": "nej"}, "6 punkter"),
        ({"fra": "2017-01-01", "til": "2017-12-31"}, "3 punkter"),
    ):
        assert count(search(reader, "budget", **filters)) == expected, filters


def test_a_chosen_filter_is_removed_with_one_click(reader: Client, years: None) -> None:
    page = search(reader, "budget", aar="2017", gruppe="00", sort="nyeste")
    chips = links(page)
    assert chips["Fjern filteret År: 2017"] == "/soeg/?q=budget&gruppe=00&sort=nyeste"
    assert chips["Fjern filteret Emne: 00 Kommunens styrelse"] == "/soeg/?q=budget&aar=2017&sort=nyeste"
    assert chips["Fjern alle filtre"] == "/soeg/?q=budget&sort=nyeste"


def test_a_link_holds_what_was_understood_and_nothing_else(reader: Client, years: None) -> None:
    page = search(reader, "budget", utm="x", aar="abc", side="nul", faste="nej", sort="vildt", ordret="ja")
    assert links(page)["Nyeste først"] == "/soeg/?q=budget&faste=nej&sort=nyeste"


def test_order(reader: Client, years: None) -> None:
    newest = hits(search(reader, "budget", sort="nyeste"))
    assert [address.split("/")[2] for address in newest] == sorted(
        (address.split("/")[2] for address in newest), reverse=True
    )


@pytest.mark.parametrize("typed", ["2017-03-01", "1. marts 2017", "01-03-2017", "1/3 2017"])
def test_dates_as_people_type_them(reader: Client, years: None, typed: str) -> None:
    page = search(reader, "budget", fra=typed, til=typed)
    assert count(page) == "3 punkter"
    assert "Fra 1. marts 2017" in page.main
    boxes = [values for tag, values in page.tags if tag == "input" and values["type"] == "date"]
    assert [(box["name"], box["value"]) for box in boxes] == [("fra", "2017-03-01"), ("til", "2017-03-01")]


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("aar", "abc", "År: ”abc” er ikke et årstal."),
        ("aar", "x" * 10_000, "…” er ikke et årstal."),
        ("aar", "2017\x00", None),
        ("aar", [str(year) for year in range(1900, 1999)], "År: Vælg højst 50."),
        ("gruppe", "Æ", "Emne: ”Æ” er ikke en hovedgruppe; en hovedgruppe er to cifre."),
        ("type", "' OR 1=1 --", "Beslutning: ”&#x27; OR 1=1 --” er ikke en beslutningstype."),
        ("hvor", "kælderen", "Fundet i: ”kælderen” er ikke en del af et punkt."),
        ("enhed", HOSTILE, None),
        ("enhed", "x" * 10_000, "er ikke en enhed."),
        ("fra", "31-02-2020", "31. februar 2020 findes ikke."),
        ("fra", "engang", "”engang” er ikke en dato"),
        ("til", "1" * 10_000, "er ikke en dato"),
        ("til", "\x00", None),
        ("bilag", "måske", None),
        ("side", "-1", None),
        ("side", "9" * 5000, None),
        ("side", "٣", None),
    ],
)
def test_a_bad_value_is_told_or_left_out(
    reader: Client, archive: Archive, name: str, value: str | list[str], message: str | None
) -> None:
    page = search(reader, "budget", **{name: value})
    if message:
        assert message in page.html
        assert count(page) == "2 punkter"
    assert HOSTILE not in page.html


def test_a_period_that_ends_before_it_begins(reader: Client, archive: Archive) -> None:
    page = search(reader, "budget", fra="2018-01-01", til="2017-01-01")
    assert "Til-datoen ligger før fra-datoen" in page.main
    assert count(page) == "2 punkter"


@pytest.mark.parametrize(
    "typed",
    [
        *("x" * 10_000, "budget " * 500, " ".join(f"ord{number}" for number in range(500)), "og i at det er", "?!.,-–"),
        *("bud\x00get \x1b[31m", "💶 budget 🇩🇰", "\u202etegdub\u202c שלום", "' & | ! <-> :*", "'; DROP TABLE x; --"),
        *(
            '"budget',
            "((budget",
            "budget)))",
            "-",
            "--",
            "*",
            "titel:",
            "titel:titel:",
            "OR",
            "ELLER ELLER",
            "IKKE",
            "-budget",
        ),
        *(
            "a*",
            "%",
            "_",
            "\\",
            "{}",
            "%s %(q)s",
            "\ufffe\uffff",
            HOSTILE,
            "00.01.10-",
            "31. februar 2020",
            "½",
            "ß" * 300,
        ),
    ],
)
def test_nothing_that_is_typed_breaks_it(reader: Client, archive: Archive, typed: str) -> None:
    page = search(reader, typed)
    assert [rank for rank, _ in page.headings].count("h1") == 1
    assert len(page.html) < 300_000
    assert HOSTILE not in page.html
    assert reader.get("/soeg/forslag/", {"q": typed}).status_code == 200


def test_a_misspelt_word_is_told(reader: Client, years: None) -> None:
    make_meeting("2017-06-14", [make_item(1, "Digitalisering af skolerne")])
    page = search(reader, "digitalisring", aar="2017")
    assert "Viser resultater for digitalisering. Søg i stedet efter digitalisring." in page.main
    assert links(page)["digitalisring"] == "/soeg/?q=digitalisring&aar=2017&ordret=1"
    assert count(open_page(reader, links(page)["digitalisring"])) == "Ingen punkter fundet"


def test_nothing_found(reader: Client, years: None) -> None:
    page = search(reader, "kvantefysik", ordret="1")
    assert count(page) == "Ingen punkter fundet"
    assert "Arkivet har ikke ordet kvantefysik" in page.main
    assert "/forkortelser/" in page.addresses()
    assert "titel:budget" in page.main
    assert "Søg uden filtre" not in page.main


def test_nothing_found_says_first_that_filters_are_on(reader: Client, years: None) -> None:
    page = search(reader, "budget", aar="1999")
    assert links(page)["Søg uden filtre"] == "/soeg/?q=budget"
    assert page.main.index("Søg uden filtre") < page.main.index("Prøv i stedet")


def test_some_of_the_words_have_a_heading(reader: Client) -> None:
    items = [make_item(1, "Kantinens økologi"), make_item(2, "Økologi i kantinen og på plejehjemmene")]
    make_meeting("2017-06-14", items)
    page = search(reader, "økologi plejehjemmene")
    ranks = [(rank, words) for rank, words in page.headings if rank in {"h2", "h3"} and words != "Filtre"]
    assert ("h3", "Økologi i kantinen og på plejehjemmene") in ranks


def test_a_date_puts_its_meeting_on_top(reader: Client, archive: Archive) -> None:
    page = search(reader, "14. juni 2017")
    assert ("h2", "Mødet 14. juni 2017") in page.headings
    assert page.addresses().index("/moeder/2017-06-14/") < page.addresses().index(hits(page)[0])


def test_a_case_number_leads_to_the_case(reader: Client, archive: Archive) -> None:
    page = search(reader, "00 01 00 S00 6 17")
    assert ("h2", f"Sag {OPEN_CASE}") in page.headings
    assert links(page)[f"Sag {OPEN_CASE}"] == f"/sager/{OPEN_CASE}/"


def test_a_fragment_of_a_number_lists_its_cases(reader: Client, closed_reader: Client, archive: Archive) -> None:
    page = search(reader, "00.01.00")
    assert ("h2", "Sager med det nummer") in page.headings
    assert f"/sager/{OPEN_CASE}/" in page.addresses()
    assert "27.00.00" not in search(reader, "27.00").main.replace("27.00 ", "")
    assert "/sager/27.00.00-G01-1-17/" in search(closed_reader, "27.00").addresses()


def test_pages(reader: Client) -> None:
    make_meeting("2017-06-14", [make_item(number, f"Budget del {number}") for number in range(1, 26)])
    first = search(reader, "budget", aar="2017")
    assert count(first) == "25 punkter"
    assert len(hits(first)) == 20
    assert links(first)["Næste"] == "/soeg/?q=budget&aar=2017&side=2"
    second = open_page(reader, links(first)["Næste"])
    assert len(hits(second)) == 5
    assert set(hits(first)) & set(hits(second)) == set()
    assert ", side 2" in second.html


def test_an_empty_box_shows_what_can_be_typed(reader: Client, archive: Archive) -> None:
    page = open_page(reader, "/soeg/")
    assert ("h1", "Søg i referaterne") in page.headings
    for address in page.addresses():
        if address.startswith("/soeg/?"):
            open_page(reader, address)


def test_every_page_has_one_box_for_who_may_read(reader: Client, archive: Archive, client: Client) -> None:
    for address in ("/", "/moeder/", "/sager/", "/soeg/", "/soeg/?q=budget", "/moeder/2017-06-14/punkt/2/"):
        boxes = [values for tag, values in open_page(reader, address).tags if tag == "input"]
        assert [box["name"] for box in boxes if box.get("type") == "search"] == ["q"], address
    reader.logout()
    assert 'name="q"' not in reader.get("/log-ind/").content.decode()


def test_the_number_of_queries_does_not_grow(reader: Client, django_assert_max_num_queries) -> None:
    for month in range(1, 11):
        items = [make_item(n, f"Budget {month}.{n}", case_number=OPEN_CASE, decision="Godkendt.") for n in range(1, 4)]
        make_meeting(f"2017-{month:02}-01", items)
    search(reader, "budget")
    with django_assert_max_num_queries(30):
        assert len(hits(search(reader, "budget"))) == 20


def test_it_is_kept_by_no_cache_but_the_readers_own(reader: Client, archive: Archive) -> None:
    assert reader.get("/soeg/?q=budget").headers["Cache-Control"] == "private, no-cache"
    assert set(reader.get("/soeg/forslag/?q=budget").headers["Cache-Control"].split(", ")) >= {"private", "no-store"}


def test_suggestions(reader: Client, archive: Archive) -> None:
    found = reader.get("/soeg/forslag/?q=budgetk").json()["suggestions"]
    assert {"kind": "Ord", "text": "budgetkatalog", "url": "/soeg/?q=budgetkatalog"} in found
    assert {
        "kind": "Punkt",
        "text": f"Fjerde udkast til budgetkatalog {HOSTILE}",
        "url": "/moeder/2017-06-14/punkt/2/",
    } in found


def test_addresses_as_people_type_them(reader: Client, archive: Archive) -> None:
    response = reader.get("/søg/?q=budget&aar=2017", follow=True)
    assert response.redirect_chain == [("/soeg/?q=budget&aar=2017", 301)]


@pytest.mark.django_db(transaction=True)
def test_a_search_that_is_stopped_says_how_to_narrow_it(reader: Client, settings) -> None:
    make_meeting()
    settings.SEARCH_SECONDS = 0.2
    other = connections["default"].copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN; LOCK TABLE minutes_searchentry IN ACCESS EXCLUSIVE MODE")
            page = search(reader, "budget", aar="2017")
    finally:
        other.close()
    assert count(page) == "Søgningen tog for lang tid"
    assert "Fjern filteret År: 2017" in links(page)
    assert "Søg i perioden" in page.main
