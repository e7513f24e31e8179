"""What is stored and what the index says of it: the same, whatever happened on the way."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from minutes.ingest.edits import correct, withdraw
from minutes.models import (
    AgendaItem,
    Attachment,
    Correction,
    Decision,
    Meeting,
    Reader,
    SearchEntry,
    SearchText,
    SourceDocument,
    Word,
)
from minutes.parsing.types import Item
from minutes.search.analysis import VERSION
from minutes.search.index import Step, index_items, outdated, rebuild_vocabulary, reindex
from minutes.search.results import search
from tests.factories import ingest, make_item, make_meeting, make_minutes, make_section

pytestmark = pytest.mark.django_db

OPEN = Reader(reads=True, reads_closed=False, handles_sources=False)
TRUSTED = Reader(reads=True, reads_closed=True, handles_sources=False)
FEW = 2  # items in a batch


def found(typed: str, reader: Reader = OPEN) -> list[str]:
    """The titles of the items that have all of it."""
    results = search(typed, reader=reader, literal=True)
    return [hit.item.title for hit in results.hits[: results.some_from]]


def counts() -> dict[str, tuple[int, int]]:
    return {word: (few, all_) for word, few, all_ in Word.objects.values_list("text", "open_count", "total_count")}


def recount() -> dict[str, tuple[int, int]]:
    """Of each word of the texts that are indexed, in how many open items it stands, and in how many."""
    open_ones, everywhere = Counter[str](), Counter[str]()
    for text in SearchText.objects.select_related("item__meeting"):
        everywhere.update(set(text.words))
        if not (text.item.is_closed or text.item.meeting.is_closed):
            open_ones.update(set(text.words))
    return {word: (open_ones[word], count) for word, count in everywhere.items()}


def rows() -> dict[str, list[Any]]:
    """All that the index says."""
    entries = SearchEntry.objects.order_by("pk").values_list(
        *("pk", "vector", "date", "number", "is_closed", "analyser_version"),
        *("facets__main_group", "facets__outcomes", "facets__offices", "facets__is_standing"),
        *("facets__has_decision", "facets__has_attachments"),
    )
    return {
        "entries": list(entries),
        "texts": list(SearchText.objects.order_by("pk").values_list("pk", "parts", "words")),
        "words": sorted(Word.objects.values_list("text", "open_count", "total_count", "terms")),
    }


def assert_follows() -> None:
    """The index is that of the rows as they stand, and would be the same were it made anew."""
    assert counts() == recount()
    assert set(SearchEntry.objects.values_list("pk", flat=True)) == set(AgendaItem.objects.values_list("pk", flat=True))
    before = rows()
    index_items(AgendaItem.objects.values_list("pk", flat=True))
    assert rows() == before
    rebuild_vocabulary()
    assert rows() == before


# What storing writes


def test_all_parts_of_an_item_are_indexed() -> None:
    make_meeting(
        items=[
            make_item(
                1,
                "Mødekultur",
                case_number="81.28.00-P05-1-17",
                decision="**Drøftet** og taget til efterretning.",
                proposer="Økonomichefen",
                recommendations=["at ordningen forlænges"],
                sections=[make_section("sagsfremstilling", "Cykelstien [er](https://x.dk) åben.")],
                attachments=["Støjkortlægning.pdf"],
            )
        ]
    )
    for typed in ("mødekultur", "81.28.00-P05-1-17", "drøftet", "forlænges", "cykelsti", "støjkortlægning"):
        assert found(typed) == ["Mødekultur"], typed
    entry = SearchEntry.objects.select_related("facets").get()
    assert entry.facets.main_group == "81"
    assert entry.facets.has_decision
    assert entry.facets.has_attachments
    parts = SearchText.objects.get().parts
    assert [field for field, _, _ in parts] == ["titel", "sag", "beslutning", "indstilling", "tekst", "bilag"]
    assert [text for field, _, text in parts if field == "beslutning"] == ["Drøftet og taget til efterretning."]
    assert counts()["cykelstien"] == (1, 1)


def test_a_correction_a_new_edition_and_a_withdrawal_are_followed() -> None:
    meeting = make_meeting(items=[make_item(1, "Budget 2018", decision="Godkendt."), make_item(2, "Ferieplan")])
    correct(row=meeting.items.get(number=1), values={"title": "Regnskab 2018"}, user=None)
    assert (found("budget"), found("regnskab")) == ([], ["Regnskab 2018"])
    assert "budget" not in counts()
    assert_follows()

    ingest(make_minutes(items=[make_item(1, "Budget 2018", decision="Udsat."), make_item(2, "Sygefravær")]))
    assert (found("ferieplan"), found("sygefravær")) == ([], ["Sygefravær"])
    assert (found("godkendt"), found("udsat")) == ([], ["Regnskab 2018"])
    assert_follows()

    withdraw(correction=Correction.objects.get())
    assert (found("budget"), found("regnskab")) == (["Budget 2018"], [])
    assert_follows()


def test_items_that_are_gone_leave_nothing() -> None:
    make_meeting(items=[make_item(1, "Budget"), make_item(2, "Ferieplan", decision="Henlagt.")])
    ingest(make_minutes(items=[make_item(1, "Budget")]))
    assert found("ferieplan", TRUSTED) == []
    assert set(counts()) == {"budget"}
    assert_follows()


def test_a_meeting_that_moves_is_found_on_its_new_day() -> None:
    meeting = make_meeting("2017-06-14", [make_item(1, "Budget")])
    correct(row=meeting, values={"date": meeting.date.replace(month=7)}, user=None)
    assert SearchEntry.objects.get().date.month == 7
    assert (found("juni 2017"), found("juli 2017")) == ([], ["Budget"])


# What is closed


@pytest.mark.parametrize("closed", ["item", "meeting"])
def test_words_of_what_is_closed_count_for_nobody_without_the_right(closed: str) -> None:
    meeting = make_meeting(items=[make_item(1, "Opsigelse", decision="Bortvist.")])
    make_meeting("2017-07-01", [make_item(1, "Opsigelse af lejemål")])
    row = meeting if closed == "meeting" else meeting.items.get()
    correct(row=row, values={"is_closed": True}, user=None)
    assert counts() == {"opsigelse": (1, 2), "bortvist": (0, 1), "af": (1, 1), "lejemål": (1, 1)}
    assert (found("bortvist"), found("bortvist", TRUSTED)) == ([], ["Opsigelse"])
    correct(row=row, values={"is_closed": False}, user=None)
    assert counts()["bortvist"] == (1, 1)
    assert_follows()


def test_what_a_closed_attachment_is_called_is_indexed_nowhere() -> None:
    make_meeting(items=[make_item(1, "Personale", attachments=["Opsigelsesvarsel.pdf"])])
    assert found("opsigelsesvarsel") == ["Personale"]
    correct(row=Attachment.objects.get(), values={"is_closed": True}, user=None)
    assert found("opsigelsesvarsel", TRUSTED) == []
    assert "opsig" not in str(rows())
    assert not SearchEntry.objects.get().facets.has_attachments


# Any sequence of events

WORDS = "budget ferieplan mødekultur sygefravær cykelsti regnskab lokalplan udbud".split()


def _some(chance: random.Random) -> list[Item]:
    return [
        make_item(
            number,
            " ".join(chance.sample(WORDS, 2)),
            decision=chance.choice([None, "Godkendt.", "Drøftet."]),
            attachments=chance.sample(["Kort.pdf", "Notat.docx"], chance.randrange(3)),
            closed=chance.random() < 0.2,
        )
        for number in range(1, chance.randrange(2, 5))
    ]


def _event(chance: random.Random) -> None:
    """Something that happens to an archive."""
    day = f"2017-06-{chance.randrange(1, 4):02}"
    models: list[tuple[Any, str, Callable[[], Any]]] = [
        (Meeting, "is_closed", lambda: chance.random() < 0.5),
        (AgendaItem, "is_closed", lambda: chance.random() < 0.5),
        (AgendaItem, "title", lambda: chance.choice(WORDS)),
        (AgendaItem, "printed_case_number", lambda: f"{chance.choice(['00', '81'])}.01.00-A00-1-17"),
        (Attachment, "is_closed", lambda: chance.random() < 0.5),
        (Decision, "text", lambda: chance.choice(WORDS)),
    ]
    model, field, value = chance.choice(models)
    known = model.objects.order_by("?").first() if chance.random() < 0.7 else None
    if known:
        correct(row=known, values={field: value()}, user=None)
    else:
        ingest(make_minutes(day, _some(chance)))


@pytest.mark.parametrize("seed", range(3))
def test_the_index_follows_whatever_happens(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(12):
        _event(chance)
        assert counts() == recount()
    assert SourceDocument.objects.count() > 1
    assert_follows()


# Size and odd characters


@pytest.mark.parametrize(("letter", "number_of_words"), [("a", 21_000), ("水", 8_000)], ids=["one byte", "three bytes"])
def test_an_enormous_text_is_found_by_its_title_and_its_beginning(letter: str, number_of_words: int) -> None:
    """PostgreSQL refuses a vector with more than a million bytes of lexemes, however few letters they are."""
    words = [f"{letter * 45}{number:06}" for number in range(number_of_words)]
    text = "Cykelstien åbner. " + " ".join(words)
    assert len(text.encode()) > 2**20
    make_meeting(items=[make_item(1, "Vejnettet", sections=[make_section("sagsfremstilling", text)])])
    assert found("vejnettet") == found("cykelstien") == found("titel:vejnettet") == ["Vejnettet"]
    assert found(words[100]) == ["Vejnettet"]
    assert found(words[-1]) == []  # it is beyond what a vector holds
    assert counts() == recount()


@pytest.mark.parametrize(
    "hostile",
    [
        "d'Angleterre 'citat' ''",
        r"C:\arkiv\møde \' \\",
        "' & | ! <-> :* ( ) 'a':1A",
        "\x00\x01\x1b\x7f budget\x00plan",
        "\ud800 \udfff",
        "😀 👩‍👩‍👧 \u202eעברית العربية\u202c",
        "a" * 5_000,
        "é" * 3_000 + " ß ﬁ Ⅷ ½ İ ŉ",
        "x" * 300 + "@" + "y" * 300 + ".dk",
        "-" * 500 + "ord-" * 200,
        "00.01.00-S00-6-17" * 50,
        "%s %(x)s {0} $$ --",
    ],
)
def test_no_character_breaks_the_index(hostile: str) -> None:
    sections = [make_section("sagsfremstilling", f"{hostile} cykelsti")]
    make_meeting(items=[make_item(1, f"Vej {hostile}"[:400], sections=sections, attachments=[hostile[:400] or "x"])])
    assert SearchEntry.objects.filter(vector__matches="'cykelsti'").exists()
    assert_follows()


# Cost


def test_more_items_cost_no_more_questions() -> None:
    def questions(date: str, number: int) -> int:
        parts = {"decision": "Godkendt.", "attachments": ["Kort.pdf"], "recommendations": ["at det sker"]}
        items = [make_item(at, f"{WORDS[at]} {date}", **parts) for at in range(1, number + 1)]
        meeting = make_meeting(date, items)
        SearchText.objects.filter(item__meeting=meeting).update(words=[])  # so that every word changes
        with CaptureQueriesContext(
            connection,
        ) as caught:
            index_items(meeting.items.values_list("pk", flat=True))
        return len(caught)

    assert questions("2017-06-14", 7) == questions("2017-06-15", 2) <= 16


# Indexing again


@pytest.fixture
def old(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Any]]:
    """An archive that another version of the analyser has indexed; what it ought to say."""
    monkeypatch.setattr("minutes.search.index.BATCH", FEW)
    for day in range(1, 4):
        make_meeting(f"2017-06-0{day}", [make_item(1, f"Budget {day}"), make_item(2, "Ferie", closed=day == 2)])
    right = rows()
    for text in SearchText.objects.all():
        text.words = ["gammelt", *text.words[1:]]
        text.save()
    SearchEntry.objects.update(vector="'gammelt'", analyser_version=VERSION + 1)
    rebuild_vocabulary()
    Word.objects.update(terms=["gammelt"])
    return right


def test_what_another_version_indexed_is_indexed_anew(old: dict[str, list[Any]]) -> None:
    steps: list[Step] = []
    assert reindex(progress=steps.append) == 6
    assert rows() == old
    assert [(step.done, step.total) for step in steps if step.what == "punkter"] == [(2, 6), (4, 6), (6, 6)]
    assert reindex() == 0


def test_items_without_a_row_are_indexed(old: dict[str, list[Any]]) -> None:
    reindex()
    SearchText.objects.filter(item__number=1).delete()
    SearchEntry.objects.filter(item__number=1).delete()
    rebuild_vocabulary()
    assert reindex() == 3
    assert rows() == old


@pytest.mark.parametrize("when", ["ord", "punkter"])
def test_broken_off_it_goes_on_where_it_was(old: dict[str, list[Any]], when: str) -> None:
    def break_off(step: Step) -> None:
        if step.what == when:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reindex(progress=break_off)
    assert outdated().count() == (6 if when == "ord" else 6 - FEW)
    assert counts() == recount()
    assert reindex() == outdated().count() + (6 if when == "ord" else 6 - FEW)
    assert rows() == old


def test_a_failure_within_a_batch_leaves_it_as_it_was(old: dict[str, list[Any]]) -> None:
    before = rows()["entries"]
    with connection.execute_wrapper(_fails_at("minutes_searchtext")), pytest.raises(RuntimeError):
        reindex()
    assert rows()["entries"] == before
    assert counts() == recount()


def _fails_at(table: str) -> Callable[..., Any]:
    def wrapper(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if sql.startswith(f'INSERT INTO "{table}"'):
            raise RuntimeError
        return execute(sql, params, many, context)

    return wrapper


def test_all_of_it_can_be_indexed_anew_and_gone_on_with(old: dict[str, list[Any]]) -> None:
    reindex()
    SearchEntry.objects.update(vector="'gammelt'")
    steps: list[Step] = []

    def break_off(step: Step) -> None:
        steps.append(step)
        if step.what == "punkter":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reindex(everything=True, progress=break_off)
    assert reindex(everything=True, after=steps[-1].last) == 6 - FEW
    assert rows() == old


def run(*arguments: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("reindex", *arguments, stdout=out, stderr=err)
    return out.getvalue().strip(), err.getvalue().strip()


def test_the_command_says_what_it_did(old: dict[str, list[Any]]) -> None:
    assert run() == ("Indekseret: 6 punkter.", "")
    assert run() == ("Intet at indeksere.", "")
    SearchEntry.objects.update(vector="'gammelt'")
    assert run("--alt") == ("Indekseret: 6 punkter.", "")
    assert rows() == old
    Word.objects.update(total_count=7)
    assert run("--ordforraad") == ("Ordene er talt igen.", "")
    assert rows() == old


@pytest.mark.parametrize("arguments", [["--alt", "--ordforraad"], ["--efter", "3"]])
def test_the_command_refuses_what_does_not_go_together(arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        run(*arguments)


@pytest.mark.parametrize("arguments", [[], ["--alt"]])
def test_ctrl_c_leaves_one_line_that_says_how_to_go_on(old: dict[str, list[Any]], arguments: list[str]) -> None:
    batches = 0

    def wrapper(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        nonlocal batches
        if sql.startswith('INSERT INTO "minutes_searchtext"'):
            batches += 1
            if batches == 2:
                raise KeyboardInterrupt
        return execute(sql, params, many, context)

    err = StringIO()
    with connection.execute_wrapper(wrapper), pytest.raises(SystemExit) as ended:
        call_command("reindex", *arguments, stdout=StringIO(), stderr=err)
    assert ended.value.code == 130
    said = err.getvalue().strip()
    assert len(said.splitlines()) == 1
    again = said.partition("igen")[2].partition(",")[0].split()[1:]
    assert bool(again) == bool(arguments)
    assert run(*again) == ("Indekseret: 4 punkter.", "")
    assert rows() == old


def test_the_check_warns_until_it_is_indexed(old: dict[str, list[Any]]) -> None:
    (warning,) = [found for found in run_checks(databases=["default"]) if found.id == "minutes.W001"]
    assert "6 punkter" in warning.msg
    assert "manage.py reindex" in str(warning.hint)
    reindex()
    assert [found for found in run_checks(databases=["default"]) if found.id == "minutes.W001"] == []
    assert run_checks() == []
