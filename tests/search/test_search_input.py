"""Whatever is typed, and whatever stands in the address, search answers, and within its bounds."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils.http import urlencode
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from minutes.models import Reader
from minutes.search.answers import Narrowing, Order, Results
from minutes.search.fields import Field
from minutes.search.results import search
from minutes.search.suggest import suggest
from tests.archive import HOSTILE, make_archive, make_person
from tests.factories import make_item, make_meeting

READER = Reader(reads=True, reads_closed=False, handles_sources=False)
LONGEST_PAGE = 200_000  # bytes

pytestmark = pytest.mark.django_db

TYPED = {
    "10.000 tegn": "x" * 10_000,
    "10.000 tegn i ord": "budget " * 1500,
    "500 ord": " ".join(f"ord{number}" for number in range(500)),
    "500 sammensætninger": "sygefraværsstatistik budgetkatalog " * 250,
    "10.000 tegn i citat": '"' + "budget " * 1500 + '"',
    "32 OR": " OR ".join(f"budget{number}" for number in range(33)),
    "32 ELLER": " ELLER ".join(["sygefraværsstatistik"] * 33),
    "32 begyndelser": " ".join(f"{letter}*" for letter in "abcdefghijklmnopqrstuvwxyzæøå" + "abc"),
    "32 udelukkede": "budget " + " ".join(f"-ord{number}" for number in range(32)),
    "32 sagsnumre": "00.01.00-S00-6-17 " * 32,
    "32 datoer": "14. juni 2017 " * 32,
    "fyldord": "og i at det er den der hvad om",
    "tegn": "?!.,-–…;:()[]{}«»&/\\%#@",
    "nul": "bud\x00get",
    "kun nul": "\x00",
    "styretegn": "budget\x01\x1b[31m\x7f\x85\u2028\u2029",
    "emoji": "💶 budget 👩\u200d👩\u200d👧 🇩🇰",
    "kun emoji": "💶💶💶",
    "højre mod venstre": "\u202etegdub\u202c שלום budget مرحبا",
    "operatorer i PostgreSQL": "' & | ! <-> :* budget:*A <2> !!",
    "lexemer": "'budget':A & ~budget | t:budget #a1b2c",
    "sql": "'; DROP TABLE minutes_searchentry; -- budget",
    "html": f'budget {HOSTILE} <img src=x onerror=alert(1)> "><svg/onload=alert(1)>',
    "halve tegn": "budget \ud800 \udfff",
    "ikke-tegn": "\ufffe\uffff\U0010ffff",
    "citat uden ende": 'budget "udkast til',
    "citat i citat": '"budget "udkast" til"',
    "tomt citat": '"" budget',
    "citater": '"' * 99,
    "stjerne": "*",
    "stjerner": "* ** budget* *budget b**",
    "et bogstav og stjerne": "a*",
    "kun udelukket": "-budget",
    "kun IKKE": "IKKE budget",
    "udelukket for sig": "- budget --budget -",
    "kun operatorer": "OR ELLER IKKE AND OG",
    "kun felt": "titel:",
    "felt i felt": "titel:beslutning:-budget* OR titel:",
    "tal": "1 12 123 1234 12345 99999999999999999999999999",
    "datoer der ikke findes": "31. februar 2020 99-99-9999 00.00.0000",
    "kombinerende tegn": "bu\u0308dget" + "\u0301" * 300,
    "store bogstaver": "İSTANBUL ẞ ŉ ǰ ΐ ﬁ Ⅷ ½",
    "omvendt skråstreg": "\\ \\\\ budget\\' \\x00",
    "format": "%s %(q)s {0} ${x} {{ budget }}",
}


def check(results: Results) -> None:
    """What holds for every answer."""
    assert not results.gave_up
    assert len(results.hits) <= 20
    assert results.total.number >= len(results.hits) or results.some_from is not None
    assert results.is_blank is False or not results.hits
    if results.repairs:
        assert results.repaired


@pytest.fixture
def archive() -> None:
    make_archive()


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(make_person("læser"))
    return client


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED.keys())
def test_search_answers(archive: None, typed: str) -> None:
    for order, literal in ((Order.BEST, False), (Order.NEWEST, True)):
        check(search(typed, reader=READER, order=order, literal=literal))
    assert len(suggest(typed, reader=READER)) <= 8


@pytest.mark.parametrize(
    "typed", [pytest.param(typed, id=name) for name, typed in TYPED.items() if name != "halve tegn"]
)
def test_the_page_answers_and_escapes(archive: None, reader: Client, typed: str) -> None:
    response = reader.get(f"/soeg/?{urlencode({'q': typed})}")
    html = response.content.decode()
    assert response.status_code == 200
    assert "<h1" in html
    assert "Søgningen tog for lang tid" not in html
    assert len(response.content) < LONGEST_PAGE
    for dangerous in (HOSTILE, "<img src=x", "<svg/onload", "\x00"):
        assert dangerous not in html


@pytest.mark.parametrize("raw", ["%ED%A0%80", "%FF%FE", "%C3", "%00", "%F4%90%80%80", "budget%ED%BF%BF", "%2500"])
def test_bytes_that_are_no_text(archive: None, reader: Client, raw: str) -> None:
    for name in ("q", "enhed", "fra", "aar", "type", "hvor", "gruppe"):
        assert reader.get(f"/soeg/?q=budget&{name}={raw}").status_code == 200
    assert reader.get(f"/soeg/forslag/?q={raw}").status_code == 200


JUNK = (
    *("", " ", "\x00", "*", "' OR 1=1 --", HOSTILE, "x" * 5000, "-1", "0", "1e9", "99999999999999999999", "٣", "💶"),
    *(
        "2017",
        "nej",
        "ja",
        "titel",
        "sag",
        "tekst",
        "beslutning",
        "uafklaret",
        "godkendt",
        "88",
        "2017-06-14",
        "nyeste",
    ),
    *("0000-00-00", "9999-12-31", "0001-01-01", "31. februar 2020", "%", "{}", "[]", "a,b", "null"),
)


@pytest.mark.parametrize(
    "name",
    ["aar", "gruppe", "type", "enhed", "hvor", "bilag", "fra", "til", "faste", "sort", "side", "ordret", "ukendt"],
)
def test_every_filter_takes_anything(archive: None, reader: Client, name: str) -> None:
    for value in JUNK:
        response = reader.get(f"/soeg/?{urlencode({'q': 'budget', name: value})}")
        html = response.content.decode()
        assert response.status_code == 200, value
        assert HOSTILE not in html, value
        assert len(response.content) < LONGEST_PAGE, value
    everything = urlencode([("q", "budget"), *((name, value) for value in JUNK)])
    assert reader.get(f"/soeg/?{everything}").status_code == 200


@pytest.mark.parametrize("field", list(Field))
def test_where_it_stands_can_be_any_part(archive: None, field: Field) -> None:
    results = search("budget", reader=READER, narrowing=Narrowing(fields=(field,)))
    limited = search(f"{field.value}:budget", reader=READER)
    assert {hit.item.pk for hit in results.hits} == {hit.item.pk for hit in limited.hits}


def test_all_filters_together_with_a_query_that_finds_nothing(archive: None) -> None:
    narrowing = Narrowing((2017,), ("00",), ("godkendt",), ("x",), (Field.TITLE,), True, None, None, True)
    for typed in ("xyzzy", "budget", "-budget", "x*", '"xyzzy budget"', "budgetkatalogsudkast"):
        check(search(typed, reader=READER, narrowing=narrowing))


WORDS = (
    *(
        "budget",
        "budgetkatalog",
        "budgtet",
        "lønforhandling",
        "godkendt",
        "og",
        "hvad",
        "kunstig",
        "intelligens",
        "DIF",
    ),
    *("00.01.00-S00-6-17", "00.01", "A00", "14. juni 2017", "juni", "2017", "14/45987", "a@b.example", "notat.docx"),
    *("OR", "ELLER", "IKKE", "OG", "-", '"', "»", "«", "*", "(", ")", "titel:", "sag:", "bilag:", "tekst:", ":", "'"),
    *(
        "&",
        "|",
        "!",
        "<->",
        ":*",
        "\\",
        "~",
        "#",
        "%",
        "\x00",
        "\u202e",
        "\ud800",
        "💶",
        "ß",
        "İ",
        "´",
        "?",
        "-x",
        "a*",
    ),
)


def pieces() -> st.SearchStrategy[str]:
    """Words, operators and arbitrary text, with blanks between them or not."""
    piece = st.one_of(st.sampled_from(WORDS), st.text(st.characters(codec=None), max_size=6))
    joined = st.tuples(piece, st.sampled_from(["", " ", " ", " "])).map("".join)
    return st.lists(joined, max_size=12).map("".join)


class AnyText(TestCase):
    """Whatever is typed, into an archive that holds something."""

    @classmethod
    def setUpTestData(cls) -> None:
        make_archive()

    @given(pieces(), st.sampled_from(Order), st.booleans())
    @hypothesis_settings(max_examples=80)
    def test_search_never_raises(self, typed: str, order: Order, literal: bool) -> None:
        check(search(typed, reader=READER, order=order, literal=literal))

    @given(pieces(), st.lists(st.sampled_from(Field), max_size=3), st.integers(-3, 50), st.integers(1, 30))
    @hypothesis_settings(max_examples=40)
    def test_nor_with_filters_on_any_page(self, typed: str, fields: list[Field], page: int, size: int) -> None:
        narrowing = Narrowing(years=(2017,), outcomes=("uafklaret", "godkendt"), fields=tuple(fields))
        results = search(typed, reader=READER, narrowing=narrowing, page=page, size=size)
        assert len(results.hits) <= size
        assert all(hit.item.meeting.date.year == 2017 for hit in results.hits)


@pytest.mark.django_db(transaction=True)
class TestTimeLimit:
    """A search that the database is too long about."""

    @pytest.fixture
    def locked(self, settings: Any) -> Any:
        make_meeting("2017-06-14", [make_item(1, "Budget")])
        settings.SEARCH_SECONDS = 0.2
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("BEGIN; LOCK TABLE minutes_searchentry IN ACCESS EXCLUSIVE MODE")
        yield other
        other.close()

    def test_is_given_up_and_the_connection_lives_on(self, locked: Any) -> None:
        results = search("budget", reader=READER)
        assert (results.gave_up, results.hits, results.total.number) == (True, (), 0)
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            assert cursor.fetchone() == ("0",)
            cursor.execute("SHOW enable_seqscan")
            assert cursor.fetchone() == ("on",)
        locked.rollback()
        locked.close()
        assert [hit.item.title for hit in search("budget", reader=READER).hits] == ["Budget"]

    def test_the_page_says_so_in_danish(self, locked: Any, client: Client) -> None:
        client.force_login(make_person("læser"))
        html = client.get("/soeg/?q=budget").content.decode()
        assert "Søgningen tog for lang tid" in html
        assert "Gør den snævrere" in html
        locked.close()
        assert "Søgningen tog for lang tid" not in client.get("/soeg/?q=budget").content.decode()
