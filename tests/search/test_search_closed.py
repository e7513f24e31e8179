"""What is closed leaves no trace in search: for who may not read it, the answers are those of an archive without it."""

from __future__ import annotations

import dataclasses
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from minutes.ingest.edits import correct
from minutes.models import AgendaItem, Attachment, Meeting, Reader
from minutes.parsing.types import Item
from minutes.search.answers import Hit, Narrowing, Order, Results
from minutes.search.results import search
from minutes.search.suggest import suggest
from tests.factories import make_item, make_meeting, make_section

READER = Reader(reads=True, reads_closed=False, handles_sources=False)
CLOSED_READER = Reader(reads=True, reads_closed=True, handles_sources=False)
NOBODY = Reader(reads=False, reads_closed=False, handles_sources=False)

pytestmark = pytest.mark.django_db

# Words, slips, a case, days, an address and the name of a file that only closed items have
ONLY_CLOSED = (
    *("afskedigelse", "afskedigelser", "afskedigelsessag", "afsk*", "kvartalsbonus", "bonus", "titel:afskedigelse"),
    *(
        '"hemmelig aftale om løn"',
        "hemmelig",
        "hemelig",
        "afskedigels",
        "afskedgelse",
        "kvartalsbonuss",
        "qvartalsbonus",
    ),
    *("27.00.00-G01-1-14", "27.00", "G01", "sag:27", "maj 2014", "2014", "1. april 2015", "april 2015"),
    *(
        "navn@albertslund.example",
        "aftale.docx",
        "bilag:aftale",
        "bilag:hemmelig",
        "fratrædelsesaftale",
        "fratraedelse",
    ),
)
OF_BOTH = (
    *(
        "budget",
        "budgettet",
        "godkendt",
        "kantine",
        "ferie budget",
        "budget afskedigelse",
        "budget kvartalsbonus",
        "b*",
    ),
    *("hvad blev der besluttet om budget", "budget -afskedigelse", "budget OR afskedigelse", "14. juni 2017", "00.01"),
    *("bilag:budget", "notat", "kvatalsplan", "kvartal", "bonusordning"),
)
BEGINNINGS = ("af", "afsk", "kvar", "bon", "27.00", "27", "hemm", "frat", "bud", "kan", "2014", "aftale", "notat a")
NARROWINGS = (
    Narrowing(),
    Narrowing(years=(2014, 2015)),
    Narrowing(offices=("Personale & Løn",), outcomes=("ikke godkendt",), main_groups=("27",)),
    Narrowing(with_attachments=True),
)


def secret(number: int, *, closed: bool) -> Item:
    return make_item(
        number,
        "Afskedigelse og budget",
        case_number="27.00.00-G01-1-14",
        decision="Ikke godkendt. Der gives kvartalsbonus.",
        proposer="Personale & Løn",
        recommendations=["at der indgås en hemmelig aftale om løn"],
        sections=[make_section("sagsfremstilling", "Budgettet rækker. Skriv til navn@albertslund.example.")],
        attachments=["Fratrædelsesaftale.docx"],
        closed=closed,
    )


def public(number: int) -> Item:
    return make_item(
        number,
        "Budget for kantinen",
        case_number="00.01.00-S00-6-17",
        decision="Godkendt.",
        recommendations=["at budgettet godkendes"],
        sections=[make_section("sagsfremstilling", "Kvartalsplan og notat.")],
        attachments=["Budget.xlsx"],
    )


def make_public() -> Meeting:
    make_meeting("2016-10-11", [make_item(1, "Ferie", decision="Drøftet.")])
    return make_meeting("2017-06-14", [public(1)])


# Ways in which something is closed


def closed_in_the_file() -> None:
    make_public()
    make_meeting("2014-05-14", [secret(1, closed=True)])


def closed_beside_open_ones() -> None:
    make_meeting("2016-10-11", [make_item(1, "Ferie", decision="Drøftet.")])
    make_meeting("2017-06-14", [public(1), secret(2, closed=True)])


def closed_by_an_editor() -> None:
    closed_beside_open_ones()
    item = AgendaItem.objects.get(title="Afskedigelse og budget")
    correct(row=item, values={"is_closed": False}, user=None)
    assert found("afskedigelse", READER)
    item.refresh_from_db()
    correct(row=item, values={"is_closed": True}, user=None)


def closed_with_the_meeting() -> None:
    make_public()
    meeting = make_meeting("2015-04-01", [secret(1, closed=False), make_item(2, "Evt.", decision="Kvartalsbonus.")])
    assert found("kvartalsbonus", READER)
    correct(row=meeting, values={"is_closed": True}, user=None)


WAYS = [closed_in_the_file, closed_beside_open_ones, closed_by_an_editor, closed_with_the_meeting]


# What somebody sees


def found(typed: str, reader: Reader) -> list[str]:
    return [hit.item.title for hit in search(typed, reader=reader).hits]


def shown(results: Results) -> dict[str, Any]:
    """All that an answer tells, but scores and the order that they make."""
    told = {field.name: getattr(results, field.name) for field in dataclasses.fields(results)}
    told["meeting"] = results.meeting and results.meeting.slug
    told["case"] = results.case and results.case.number
    told["cases"] = [case.number for case in results.cases]
    for name in ("hits", "nearest"):
        told[name] = sorted(map(shown_of, told[name]))
    return told


def shown_of(hit: Hit) -> str:
    values = {field.name: getattr(hit, field.name) for field in dataclasses.fields(hit)} | {"score": 0}
    item = hit.item
    values["item"] = (item.meeting.slug, item.number, item.title, item.case and item.case.number)
    return repr(values)


def all_that_is_told(reader: Reader) -> dict[str, Any]:
    """What search, suggestions and the command say to every query."""
    told: dict[str, Any] = {}
    for typed in ONLY_CLOSED + OF_BOTH:
        for number, narrowing in enumerate(NARROWINGS if typed in OF_BOTH[:4] else NARROWINGS[:1]):
            told[f"{typed} {number}"] = shown(search(typed, reader=reader, narrowing=narrowing))
        told[f"{typed} ordret"] = shown(search(typed, reader=reader, literal=True, order=Order.NEWEST))
    for typed in BEGINNINGS:
        told[f"{typed}…"] = suggest(typed, reader=reader)
    return told


def command(*arguments: str) -> str:
    out = io.StringIO()
    call_command("search", *arguments, stdout=out, stderr=out, no_color=True)
    return out.getvalue()


def without(make: Callable[[], Any], look: Callable[[], Any]) -> Any:
    """What `look` gives in the archive that `make` makes, which is gone afterwards."""
    with transaction.atomic():
        make()
        seen = look()
        transaction.set_rollback(True)
    return seen


@pytest.mark.parametrize("close", WAYS)
def test_answers_are_those_of_an_archive_without_it(close: Callable[[], None]) -> None:
    expected = without(make_public, lambda: all_that_is_told(READER))
    close()
    told = all_that_is_told(READER)
    assert {typed: one for typed, one in told.items() if one != expected[typed]} == {}


@pytest.mark.parametrize("close", WAYS)
def test_who_may_read_it_finds_it(close: Callable[[], None]) -> None:
    close()
    for typed in ("afskedigelse", "bonus", "afsk*", "27.00", "navn@albertslund.example", "bilag:aftale", "afskedgelse"):
        assert "Afskedigelse og budget" in found(typed, CLOSED_READER), typed
    results = search("afskedigelse", reader=CLOSED_READER)
    values = {value.value for facet in results.facets for value in facet.values}
    assert {"ikke godkendt", "27", "ja"} <= values
    assert search("27.00.00-G01-1-14", reader=CLOSED_READER).case is not None
    assert "afskedigelse" in {one.text for one in suggest("afsk", reader=CLOSED_READER)}


@pytest.mark.parametrize("close", WAYS)
def test_the_command_tells_nothing_either(close: Callable[[], None]) -> None:
    close()
    for typed in ("afskedigelse", "kvartalsbonus", "27.00.00-G01-1-14", "budget afskedigelse"):
        said = command(typed)
        assert "Afskedigelse og budget" not in said
        assert "onus" not in said.replace(typed, "")
        hits = json.loads(command("--json", typed))["hits"]
        assert {hit["title"] for hit in hits} <= {"Budget for kantinen"}
        assert "Afskedigelse og budget" in command("--lukkede", typed)


@pytest.mark.parametrize("close", [closed_by_an_editor, closed_beside_open_ones])
def test_what_is_opened_is_found_by_all(close: Callable[[], None]) -> None:
    close()
    assert found("afskedigelse", READER) == []
    correct(row=AgendaItem.objects.get(is_closed=True), values={"is_closed": False}, user=None)
    assert found("afskedigelse", READER) == ["Afskedigelse og budget"]
    assert found("afskedgelse", READER) == ["Afskedigelse og budget"]
    results = search("afskedigelse", reader=READER)
    assert {"27", "ikke godkendt"} <= {value.value for facet in results.facets for value in facet.values}
    assert "afskedigelse" in {one.text for one in suggest("afsk", reader=READER)}


def test_a_closed_attachment_in_an_open_item() -> None:
    def make(*names: str) -> None:
        item = dataclasses.replace(public(1), attachments=(), sections=public(1).sections[:-1])
        item = make_item(1, item.title, sections=item.sections, attachments=names, decision="Godkendt.")
        make_meeting("2017-06-14", [item])

    expected = without(lambda: make("Budget.xlsx"), lambda: all_that_is_told(READER))
    make("Budget.xlsx", "Fratrædelsesaftale for afskedigelse.docx")
    assert found("fratrædelsesaftale", READER)
    correct(row=Attachment.objects.get(name__contains="aftale"), values={"is_closed": True}, user=None)
    told = all_that_is_told(READER)
    assert {typed: one for typed, one in told.items() if one != expected[typed]} == {}


def test_an_item_whose_only_attachment_is_closed_has_none() -> None:
    make_meeting("2017-06-14", [make_item(1, "Budget", attachments=["Hemmelig.docx"])])
    correct(row=Attachment.objects.get(), values={"is_closed": True}, user=None)
    assert search("budget", reader=READER, narrowing=Narrowing(with_attachments=True)).hits == ()
    assert "bilag" not in {facet.name for facet in search("budget", reader=READER).facets}
    assert found("hemmelig", READER) == []


def test_who_may_read_nothing_is_told_nothing() -> None:
    closed_beside_open_ones()
    for typed in ("budget", "afskedigelse", "budgtet", "14. juni 2017", "00.01", "00.01.00-S00-6-17", "b*"):
        results = search(typed, reader=NOBODY)
        told = (results.hits, results.nearest, results.facets, results.meeting, results.case, results.cases)
        assert told == ((), (), (), None, None, ())
        assert (results.total.number, results.repairs, results.suggestion) == (0, (), "")
        assert suggest(typed, reader=NOBODY) == []
