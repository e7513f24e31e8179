"""Deadlines, against a table judged by a person: rules/judged_deadlines.txt."""

from __future__ import annotations

import datetime
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from minutes.parsing.deadlines import MOST, find_deadlines

MEETING = datetime.date(2018, 5, 17)


@dataclass(frozen=True)
class Judged:
    """A text of the table with its deadlines, each as "words = last day (who)"."""

    half: str
    meeting: datetime.date
    deadlines: list[str]
    text: str

    def found(self) -> list[str]:
        return [
            f"{one.words} = {one.date}" + (f" ({one.responsible})" if one.responsible else "")
            for one in find_deadlines(self.text, meeting_date=self.meeting)
        ]


def judged() -> list[Judged]:
    rows, half = [], ""
    for line in (Path(__file__).parent / "rules" / "judged_deadlines.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# == "):
            half = line.removeprefix("# == ").split(":")[0]
        elif line and not line.startswith("#"):
            meeting, deadlines, text = line.split(" | ", maxsplit=2)
            expected = [] if deadlines == "-" else deadlines.split("; ")
            rows.append(Judged(half, datetime.date.fromisoformat(meeting), expected, text.replace("\\n", "\n")))
    return rows


TABLE = judged()


@pytest.mark.parametrize("row", [row for row in TABLE if row.half == "Tuned on"], ids=lambda row: row.text[:60])
def test_what_the_rules_were_tuned_on(row: Judged) -> None:
    assert row.found() == row.deadlines


@pytest.mark.parametrize(("half", "least"), [("Checked on", 0.95), ("Unseen", 0.95), ("Later", 0.9)])
def test_what_they_were_not_tuned_on(half: str, least: float) -> None:
    """Of what is found nearly all is right, and most of what there is is found. A wrong deadline is worse than none."""
    rows = [row for row in TABLE if row.half == half]
    wanted = {(row.text, deadline) for row in rows for deadline in row.deadlines}
    found = {(row.text, deadline) for row in rows for deadline in row.found()}
    assert len(rows) >= 25
    assert len(wanted & found) / len(found) >= 0.95
    assert len(wanted & found) / len(wanted) >= least


@pytest.mark.parametrize(
    ("words", "date", "precision"),
    [
        ("senest d. 21. juni", "2018-06-21", "dag"),
        ("inden d. 21. juni", "2018-06-20", "dag"),
        ("senest den 12.-14. juni", "2018-06-14", "dag"),
        ("primo juni", "2018-06-10", "måned"),
        ("medio juni", "2018-06-20", "måned"),
        ("ultimo februar", "2019-02-28", "måned"),
        ("ultimo 2018", "2018-12-31", "år"),
        ("primo 3. kvartal", "2018-07-31", "del af år"),
        ("i maj", "2018-05-31", "måned"),
        ("i april", "2019-04-30", "måned"),
        ("inden udgangen af august 2018", "2018-08-31", "måned"),
        ("inden august", "2018-07-31", "måned"),
        ("inden uge 34", "2018-08-19", "uge"),
        ("i uge 3", "2019-01-20", "uge"),
        ("i uge 34-35", "2018-09-02", "uge"),
        ("i 2. halvår", "2018-12-31", "del af år"),
        ("i tredje kvartal", "2018-09-30", "del af år"),
        ("til foråret", "2019-05-31", "del af år"),
        ("i vinteren 2018/19", "2019-02-28", "del af år"),
        ("efter sommerferien", "2018-08-31", "del af år"),
        ("inden efterårsferien", "2018-10-14", "del af år"),
        ("inden jul", "2018-12-23", "del af år"),
        ("inden nytår", "2018-12-31", "del af år"),
        ("inden påske", "2019-04-17", "del af år"),
        ("ved årets udgang", "2018-12-31", "år"),
        ("om tre uger", "2018-06-07", "uge"),
        ("om et halvt år", "2018-11-17", "måned"),
        ("inden for to måneder", "2018-07-17", "måned"),
        ("i næste uge", "2018-05-27", "uge"),
        ("i næste måned", "2018-06-30", "måned"),
        ("senere på året", "2018-12-31", "år"),
    ],
)
def test_the_last_day_that_words_leave(words: str, date: str, precision: str) -> None:
    (found,) = find_deadlines(f"Planen evalueres {words}.", meeting_date=MEETING)
    assert (found.words, str(found.date), found.precision) == (words, date, precision)


def test_its_place_and_its_sentence() -> None:
    text = "Godkendt.\n\n- HR sender et udkast senest den 1. juni.\n- Ordningen evalueres ultimo november."
    first, second = find_deadlines(text, meeting_date=MEETING)
    assert text[first.start : first.end] == first.words == "senest den 1. juni"
    assert (first.sentence, first.responsible) == ("HR sender et udkast senest den 1. juni.", "HR")
    assert text[second.start : second.end] == second.words == "ultimo november"


def test_of_an_endless_sentence_only_what_stands_round_the_words() -> None:
    (found,) = find_deadlines("ord " * 5000 + "sendes senest den 1. juni " + "ord " * 5000, meeting_date=MEETING)
    assert found.words in found.sentence
    assert len(found.sentence) < 2000


@pytest.mark.parametrize("day", [datetime.date.min, datetime.date(2016, 2, 29), datetime.date.max])
def test_any_meeting(day: datetime.date) -> None:
    for row in TABLE:
        find_deadlines(row.text, meeting_date=day)


WORDS = (
    "senest inden den d. 1. juni 31/12-2018 uge 34 53 ultimo primo 2018 9999 årets udgang om 14 dage af Cheferne",
    'at skal blev evalueres ikke ( ) " , . : - – \n HR Børn & Unge i til næste år sommer jul påske 3. fra tidligst',
)
PIECES = st.sampled_from([word for line in WORDS for word in line.split(" ")])


@given(st.one_of(st.text(), st.lists(PIECES, max_size=40).map(" ".join)), st.dates())
@example("inden uge 53 i uge 0, den 31. februar og om 999 måneder", datetime.date.max)
def test_any_text(text: str, day: datetime.date) -> None:
    reached = 0
    for found in find_deadlines(text, meeting_date=day):
        assert reached <= found.start < found.end
        assert text[found.start : found.end] == found.words
        assert found.date >= day
        reached = found.end


@pytest.mark.parametrize(
    "unit", ["senest d. 21. juni ", "i uge 34 ", "om 14 dage ", "Cheferne og ", "A B & C ", "at ", '"', " ", "x"]
)
def test_a_line_of_50_000_characters_takes_no_time(unit: str) -> None:
    began = time.process_time()
    find_deadlines((unit * 50_000)[:50_000] + " evalueres senest den 1. juni", meeting_date=MEETING)
    assert time.process_time() - began < 5


def test_no_decision_has_more_than_a_good_many() -> None:
    text = "- HR svarer senest den 1. juni.\n" * (2 * MOST)
    assert len(find_deadlines(text, meeting_date=MEETING)) == MOST
