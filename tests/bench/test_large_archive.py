"""The generator of large archives: the same for everybody, and like real minutes where search looks."""

from __future__ import annotations

import datetime
import os
import re
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from bench.archive_rows import DECISIONS, Archive, Parts
from bench.large_archive import database_name
from minutes.kle import MAIN_GROUPS
from minutes.parsing.outcomes import find_outcomes
from minutes.parsing.standing import is_standing

pytestmark = pytest.mark.xdist_group("large archive")  # one worker makes it

PROJECT = Path(__file__).parents[2]
ITEMS = 1_500
SEED = 100_000 + os.getpid()  # of the database that this run builds


@pytest.fixture(scope="module")
def archive() -> Archive:
    return Archive(ITEMS, seed=5)


@pytest.fixture(scope="module")
def items(archive: Archive) -> list[Parts]:
    return [item for meeting in archive.meetings for item in archive.items(meeting)]


def texts(item: Parts) -> str:
    decision = item.decision[1] if item.decision else ""
    return "\n".join([item.title, *(text for _, _, text in item.sections), decision])


def words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.lower())


def test_every_meeting_is_the_same_in_whatever_order_and_process_it_is_made(
    archive: Archive, items: list[Parts]
) -> None:
    other = Archive(ITEMS, seed=5)
    assert other.meetings == archive.meetings
    backwards = [item for meeting in reversed(other.meetings) for item in other.items(meeting)]
    assert sorted(backwards, key=lambda item: item.pk) == items


def test_another_seed_gives_another_archive(archive: Archive) -> None:
    other = Archive(ITEMS, seed=6)
    assert list(other.items(other.meetings[3])) != list(archive.items(archive.meetings[3]))


def test_there_are_as_many_items_as_asked_for_over_twenty_years(archive: Archive, items: list[Parts]) -> None:
    assert [item.pk for item in items] == list(range(1, ITEMS + 1))
    assert sum(meeting.items for meeting in archive.meetings) == ITEMS
    years = {meeting.date.year for meeting in archive.meetings}
    assert years == set(range(2006, 2026))
    assert all(meeting.date.weekday() < 5 for meeting in archive.meetings)


def test_no_two_meetings_are_the_same_when_a_day_has_many() -> None:
    meetings = Archive(60_000, seed=5).meetings
    assert len({(meeting.date, meeting.start_time) for meeting in meetings}) == len(meetings)
    assert len({meeting.slug for meeting in meetings}) == len(meetings)
    assert max(Counter(meeting.date for meeting in meetings).values()) > 1


def test_case_numbers_have_the_shape_of_kle_and_are_used_again(archive: Archive, items: list[Parts]) -> None:
    assert len({case.number.normalised for case in archive.cases}) == len(archive.cases)
    assert {case.number.main_group for case in archive.cases} <= MAIN_GROUPS.keys()
    assert all(re.fullmatch(r"\d\d\.\d\d\.\d\d-[A-Z]\d\d-\d+-\d\d", case.number.normalised) for case in archive.cases)
    used = Counter(item.case.pk for item in items if not item.is_standing)
    assert 1.5 < len([item for item in items if not item.is_standing]) / len(used) < 8


def test_standing_items_are_what_the_parser_takes_for_standing(items: list[Parts]) -> None:
    for item in items:
        assert item.is_standing == is_standing(item.title), item.title


def test_lengths_spread_like_those_of_real_items(items: list[Parts]) -> None:
    lengths = [len(texts(item).split()) for item in items]
    assert 200 < statistics.mean(lengths) < 330
    assert statistics.median(lengths) < 0.85 * statistics.mean(lengths)
    assert max(lengths) > 1_200


def test_few_words_are_everywhere_and_the_vocabulary_grows_with_the_text(items: list[Parts]) -> None:
    held = [set(words(texts(item))) for item in items]
    counts = Counter(word for each in held for word in each)
    assert counts["chefforum"] > 0.5 * ITEMS
    assert sum(count == 1 for count in counts.values()) > 0.35 * len(counts)
    quarter = len(set().union(*held[: ITEMS // 4]))
    assert 1.6 < len(counts) / quarter < 3  # Heaps' law with an exponent between .35 and .8


def test_outcomes_are_what_the_rules_read_from_the_decision(archive: Archive, items: list[Parts]) -> None:
    for pattern, kind in DECISIONS:
        sentence = pattern.format(*["budgettet", "personalepolitikken"][: pattern.count("{}")])
        assert [found.kind for found in find_outcomes(sentence)] == [kind], sentence
    assert {kind for item in items for kind, _ in item.outcomes} == {kind for _, kind in DECISIONS}


def test_no_person_is_named(items: list[Parts]) -> None:
    """The minutes in fixtures/ name some; their sentences are left out."""
    named = re.compile(r"\b(?:Eriksen|Rymann|Koch|Gehlert|Arvel|Jakobi|Krag|Winther|Poulsen|Thorup)s?\b", re.IGNORECASE)
    assert [item.pk for item in items if named.search(texts(item))] == []


def run(*arguments: str) -> str:
    command = [sys.executable, "-m", "bench.large_archive", "60", "--seed", str(SEED), *arguments]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def built() -> Iterator[str]:
    try:
        yield run()
    finally:
        run("--drop")


def rows_of(name: str, *queries: str) -> list[Any]:
    other = connection.copy()
    other.settings_dict["NAME"] = name
    options = other.settings_dict["OPTIONS"]
    other.settings_dict["OPTIONS"] = {key: value for key, value in options.items() if key != "pool"}  # the other's
    try:
        with other.cursor() as cursor:
            return [cursor.execute(query).fetchone() for query in queries]
    finally:
        other.close()


@pytest.mark.django_db
def test_it_is_loaded_and_indexed_in_a_database_of_its_own_and_taken_again(built: str) -> None:
    name = database_name(60, SEED)
    assert built.startswith(f"{name}: loaded in")
    found = rows_of(
        name,
        "SELECT count(*) FROM minutes_agendaitem",
        "SELECT count(*) FROM minutes_searchentry e JOIN minutes_agendaitem i ON i.id = e.item_id",
        "SELECT count(*) FROM minutes_searchentry WHERE vector @@ 'chefforum'::tsquery",
        "SELECT open_count FROM minutes_word WHERE text = 'chefforum'",
        "SELECT min(date), max(date) FROM minutes_meeting",
        "SELECT nextval(pg_get_serial_sequence('minutes_agendaitem', 'id'))",
    )
    assert found[:2] == [(60,), (60,)]
    assert found[2][0] > 30
    assert found[3][0] > 30
    assert found[4][0] == datetime.date(2006, 1, 2)
    assert found[5] == (61,)  # what is ingested afterwards takes no key that is used
    assert run() == built  # the same seconds: nothing was built again
