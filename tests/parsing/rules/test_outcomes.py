"""Outcomes of decisions, against a judged table: judged_outcomes.txt."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from minutes.parsing.outcomes import KINDS, find_outcomes


def judged() -> list[tuple[str, list[str]]]:
    """The table's texts with their kinds."""
    lines = (Path(__file__).parent / "judged_outcomes.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split(" | ", maxsplit=1) for line in lines if line and not line.startswith("#")]
    return [(text.replace("\\n", "\n"), kinds.split(", ") if kinds != "-" else []) for kinds, text in rows]


@pytest.mark.parametrize(("text", "kinds"), judged(), ids=lambda value: str(value)[:60])
def test_outcomes(text: str, kinds: list[str]) -> None:
    assert [outcome.kind for outcome in find_outcomes(text)] == kinds


def test_nothing_to_read() -> None:
    assert find_outcomes("") == find_outcomes(" \n\n") == ()


def test_first_sentence_carries_a_kind() -> None:
    text = "Jf. bilag 3.\n\nChefforum drøftede sagen d. 14. juni pr. mail. Chefforum drøftede den igen. Godkendt."
    drøftet, godkendt = find_outcomes(text)
    assert drøftet.sentence == "Chefforum drøftede sagen d. 14. juni pr. mail."
    assert text[godkendt.start : godkendt.end] == godkendt.sentence == "Godkendt."


def test_every_kind_stands_in_the_table() -> None:
    assert {kind for _, kinds in judged() for kind in kinds} == set(KINDS)


@pytest.mark.parametrize(
    ("text", "own_body", "kinds"),
    [
        ("Kommunalbestyrelsen godkendte budgettet.", "Kommunalbestyrelsen", ["godkendt"]),
        ("KB godkendte budgettet.", "Kommunalbestyrelsen", ["godkendt"]),
        ("Chefforum godkendte budgettet.", "Kommunalbestyrelsen", []),
        ("Udvalget godkendte indstillingen.", "Økonomiudvalget", ["godkendt"]),
        ("Et flertal i ØU godkendte indstillingen. V stemte imod.", "Økonomiudvalget", ["godkendt"]),
        ("Økonomiudvalget den 3. maj 2017: Anbefales.", "Økonomiudvalget", ["sendt videre"]),
        ("ØU indstiller til KB, at budgettet godkendes.", "Økonomiudvalget", ["sendt videre"]),
        ("Økonomiudvalget anbefaler over for KB, at planen vedtages.", "Økonomiudvalget", ["sendt videre"]),
        ("Oversendes til Økonomiudvalget.", "Økonomiudvalget", []),
        ("Oversendes til Kommunalbestyrelsen.", "Økonomiudvalget", ["sendt videre"]),
    ],
)
def test_what_counts_is_the_meetings_own_body(text: str, own_body: str, kinds: list[str]) -> None:
    assert [outcome.kind for outcome in find_outcomes(text, own_body=own_body)] == kinds


PIECES = (
    "Chefforum |godkendte |besluttede |at |, |og |blev |drøftet|. |\n|- |:|ikke |Direktørforum |der |som "
    "|til efterretning|udsat |tog |taget |(|”|1. |næste møde|kan |i |sendes |Fornavn Efternavn |tovholder"
)


@given(st.text() | st.lists(st.sampled_from(PIECES.split("|"))).map("".join))
@example("tog " * 2000)
@example("besluttede at " * 2000)
@example("og godkendte, at " * 1000)
def test_nothing_raises_and_spans_lie_in_the_text(text: str) -> None:
    outcomes = find_outcomes(text)
    assert len({outcome.kind for outcome in outcomes}) == len(outcomes)
    for outcome in outcomes:
        assert outcome.kind in KINDS
        assert text[outcome.start : outcome.end] == outcome.sentence
