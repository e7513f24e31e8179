"""`manage.py search`, as somebody at a prompt or a script meets it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_item, make_meeting, make_section

PROJECT = Path(__file__).parents[2]

pytestmark = pytest.mark.django_db


def run(*arguments: object) -> str:
    """What the command prints."""
    out = io.StringIO()
    call_command("search", *map(str, arguments), stdout=out, stderr=io.StringIO(), no_color=True)
    return out.getvalue()


def answers(*arguments: object) -> list[dict[str, Any]]:
    """What the command prints with --json."""
    return [json.loads(line) for line in run(*arguments, "--json").splitlines()]


@pytest.fixture(autouse=True)
def archive() -> None:
    """Two meetings; one item is closed."""
    budget = make_item(
        3,
        "Fjerde udkast til budgetkatalog",
        case_number="00.01.00-S00-6-17",
        decision="Godkendt.",
        recommendations=("at budgetkatalogets forslag godkendes",),
        sections=(make_section("sagsfremstilling", "Kataloget rummer besparelser for 27 mio. kr."),),
    )
    dismissal = make_item(4, "Afskedigelse på rådhuset", decision="Godkendt uden debat.", closed=True)
    make_meeting("2017-06-14", [make_item(1, "Godkendelse af referat", decision="Godkendt."), budget, dismissal])
    festival = make_item(2, "Sommerens festival", decision="Chefforum drøftede sikkerheden ved badesøen. Intet nyt.")
    make_meeting("2018-06-13", [festival], time="09:00")


def test_people_see_title_date_number_case_and_what_was_decided() -> None:
    lines = [line.strip() for line in run("budgetkatalog").splitlines()]

    assert lines[0] == "1 punkt svarer til ”budgetkatalog”."
    assert lines[2:4] == ["Fjerde udkast til budgetkatalog", "14. juni 2017, punkt 3, sag 00.01.00-S00-6-17"]
    assert "Beslutning: Godkendt." in lines
    assert any(line.startswith("Indstillet: ") and "budgetkatalogets forslag godkendes" in line for line in lines)
    assert "/moeder/2017-06-14/punkt/3/" in lines


def test_the_first_sentence_of_a_longer_decision_is_shown() -> None:
    shown = run("festival")

    assert "Beslutning: Chefforum drøftede sikkerheden ved badesøen." in shown
    assert "\x1b" not in shown


def test_json_has_one_object_a_query_with_all_that_a_script_needs() -> None:
    (answer,) = answers("budgetkatalog")
    score = answer["hits"][0].pop("score")

    assert answer == {
        "query": "budgetkatalog",
        "total": 1,
        "hits": [
            {
                "meeting": "2017-06-14",
                "item": 3,
                "title": "Fjerde udkast til budgetkatalog",
                "url": "/moeder/2017-06-14/punkt/3/",
            }
        ],
    }
    assert isinstance(score, float) and score > 0


def test_words_given_one_by_one_are_one_query() -> None:
    (answer,) = answers("festival", "ved", "badesøen")

    assert answer["query"] == "festival ved badesøen"
    assert [(hit["meeting"], hit["item"]) for hit in answer["hits"]] == [("2018-06-13", 2)]


def test_a_file_of_queries_gets_an_answer_for_every_line_that_is_not_blank(tmp_path: Path) -> None:
    file = tmp_path / "søgninger.txt"
    file.write_bytes('\ufefffestival\r\n\n   \nlokalplan\n"udkast til budgetkatalog"'.encode())

    found = answers("--queries", file)

    assert [(answer["query"], answer["total"]) for answer in found] == [
        ("festival", 1),
        ("lokalplan", 0),
        ('"udkast til budgetkatalog"', 1),
    ]


def test_queries_come_from_standard_input_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"festival\n")))

    assert [answer["total"] for answer in answers("--queries", "-")] == [1]


def test_limit_bounds_what_is_shown_and_not_what_is_counted() -> None:
    (answer,) = answers("juni 2017", "--limit", "1")

    assert answer["total"] == 2
    assert len(answer["hits"]) == 1
    assert "2 punkter svarer til ”juni 2017”. De første 1:" in run("juni 2017", "--limit", "1")


@pytest.mark.parametrize("limit", ["0", "1001", "-1", "ti", "1.5", "", "٣", "9" * 5000])
def test_a_limit_that_makes_no_sense_is_refused_in_danish(limit: str) -> None:
    with pytest.raises(CommandError, match=r"^--limit skal være et helt tal fra 1 til 1000\.$"):
        run("festival", f"--limit={limit}")


@pytest.mark.parametrize("limit", ["1", "1000"])
def test_the_limits_of_the_limit_are_taken(limit: str) -> None:
    assert answers("festival", "--limit", limit)[0]["total"] == 1


def test_closed_items_are_found_only_when_asked_for() -> None:
    assert answers("afskedigelse") == [{"query": "afskedigelse", "total": 0, "hits": []}]
    assert "Afskedigelse på rådhuset" not in run("afskedigelse")

    (answer,) = answers("afskedigelse", "--lukkede")

    assert [(hit["meeting"], hit["item"]) for hit in answer["hits"]] == [("2017-06-14", 4)]
    assert "14. juni 2017, punkt 4, lukket" in run("afskedigelse", "--lukkede")


def test_without_hits_the_command_says_so() -> None:
    assert run("lokalplan").startswith("Ingen punkter svarer til ”lokalplan”.")


@pytest.mark.parametrize("typed", ["", "  ", "?!", "\x00", "og det er"])
def test_what_holds_no_word_to_look_for_is_answered(typed: str) -> None:
    assert answers(typed)[0]["query"] == typed
    assert run(typed).strip()


def test_hits_with_only_some_of_the_words_are_set_apart() -> None:
    make_meeting("2019-01-10", [make_item(1, "Sommerens koncert", decision="Sikkerheden blev drøftet.")])

    parts = run("sommerens", "festival", "sikkerheden").split("\n\n")
    (answer,) = answers("sommerens", "festival", "sikkerheden")

    assert [part.splitlines()[0] for part in parts[:4]] == [
        "1 punkt svarer til ”sommerens festival sikkerheden”.",
        "Sommerens festival",
        "Kun nogle af ordene står i:",
        "Sommerens koncert",
    ]
    assert answer["total"] == len(answer["hits"]) == 2


def test_a_repaired_query_is_told() -> None:
    assert run("budgetkataolg").startswith("Viser resultater for ”budgetkatalog”. Du skrev ”budgetkataolg”.")


def test_characters_that_a_terminal_obeys_are_not_printed() -> None:
    make_meeting(
        "2019-01-10", [make_item(1, "Svøm\u00admehal\x1b[31m og\u202e sauna\x07", decision="Svømmehal \x1b]0;x\x07")]
    )

    shown = run("sauna")

    assert "Svømmehal" in shown
    assert not set(shown) & {"\x1b", "\x07", "\u202e", "\u00ad"}


@pytest.mark.parametrize("arguments", [[], ["festival", "--queries", "fil"]])
def test_either_words_or_a_file(arguments: list[str]) -> None:
    with pytest.raises(CommandError, match=r"^Skriv enten det, der skal søges efter, eller --queries og en fil\.$"):
        run(*arguments)


def test_a_file_that_cannot_be_read_is_one_danish_line(tmp_path: Path) -> None:
    latin = tmp_path / "latin.txt"
    latin.write_bytes("mødekultur".encode("latin-1"))

    for path, reason in [
        (latin, "er ikke tekst i UTF-8"),
        (tmp_path, "kan ikke læses"),
        (tmp_path / "fil\nuden", "kan ikke læses"),
        ("nul\x00", "kan ikke læses"),
    ]:
        with pytest.raises(CommandError, match=rf"^[^\n]+ {reason}\.$"):
            run("--queries", path)


def test_at_the_prompt_a_mistake_is_one_line_and_exit_code_one(tmp_path: Path) -> None:
    command = [sys.executable, "manage.py", "search", "--queries", str(tmp_path / "mangler.txt")]

    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"CommandError: {tmp_path / 'mangler.txt'} kan ikke læses.\n"


def test_who_reads_may_stop_reading() -> None:
    reading, writing = os.pipe()
    os.close(reading)

    done = subprocess.run(
        [sys.executable, "manage.py", "search", "?"], cwd=PROJECT, stdout=writing, stderr=subprocess.PIPE, text=True
    )

    os.close(writing)
    assert (done.returncode, done.stderr) == (1, "")
