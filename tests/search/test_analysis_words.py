"""The tables of words beside this file: their rates are aims, and single words in them may go wrong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bench.words import divided, joined, merged, table

PROJECT = Path(__file__).parents[2]


@pytest.mark.parametrize(("suffix", "least"), [("", 0.99), ("_unseen", 0.95)])
def test_inflections_meet(suffix: str, least: float) -> None:
    count, apart = joined(table(f"families{suffix}"))
    assert 1 - len(apart) / count >= least, apart


def test_different_words_do_not_meet() -> None:
    pairs = table("different")
    assert len(merged(pairs)) / len(pairs) <= 0.11, merged(pairs)


@pytest.mark.parametrize(("suffix", "precision", "recall"), [("", 0.97, 0.95), ("_unseen", 0.95, 0.90)])
def test_compounds_come_apart(suffix: str, precision: float, recall: float) -> None:
    found_precision, found_recall, wrong = divided(table(f"compounds{suffix}"), table(f"simple{suffix}"))
    assert (found_precision, found_recall) >= (precision, 0), wrong
    assert found_recall >= recall, wrong


def test_the_tables_are_as_large_as_promised() -> None:
    sizes = {name: len(table(name)) for name in ("families", "compounds", "simple", "different")}
    assert sizes["families"] >= 100
    assert sizes["compounds"] >= 150
    assert sizes["simple"] >= 50
    assert sizes["different"] >= 60


def test_analysis_works_without_django() -> None:
    code = (
        "import sys; sys.modules['django'] = sys.modules['psycopg'] = None\n"
        "from minutes.search.analysis import analyse\nassert analyse('Referatet')[0].terms\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=True)
