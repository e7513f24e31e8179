"""Markdown: the same lines, without their marks."""

from typing import Any

import pytest
from markdown_it import MarkdownIt

from minutes.parsing.readers import read
from minutes.parsing.readers.inline import Run, escape, join
from minutes.parsing.types import Line


def lines(text: str) -> list[Line]:
    document = read(f"# Referat\n{text}".encode())
    assert document.media_type == "text/markdown"
    return list(document.lines[1:])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## Bilag ##", {"text": "Bilag", "heading": 2, "bold": False}),
        ("### **Bilag**", {"text": "Bilag", "heading": 3, "bold": True}),
        ("**Mødested** Lokale 2", {"text": "Mødested Lokale 2", "markdown": "**Mødested** Lokale 2", "bold": False}),
        ("budget 2017\\_juni", {"text": "budget 2017_juni", "markdown": None}),
        ("2 \\* 3 og \\# 4", {"text": "2 * 3 og # 4"}),
        ("se *kursiv* her", {"text": "se kursiv her", "markdown": "se *kursiv* her"}),
        ("se [siden](https://kl.dk) her", {"text": "se siden her", "markdown": "se [siden](<https://kl.dk>) her"}),
        ("A &amp; B", {"text": "A & B"}),
        ("rå <b>html</b> <script>", {"text": "rå <b>html</b> <script>"}),
        ("**1. at** det sker", {"text": "1. at det sker", "marker": None}),
        ("1. **at** det sker", {"text": "at det sker", "marker": "1."}),
        ("> citeret", {"text": "citeret"}),
        ("[x](javascript:alert(1))", {"text": "[x](javascript:alert(1))"}),
    ],
)
def test_marks(text: str, expected: dict[str, Any]) -> None:
    (line,) = lines(text)
    assert {name: getattr(line, name) for name in expected} == expected


def test_lines_underlined_are_headings() -> None:
    found = lines("Punkt 1\n=======\n\nAnledning\n---\n\nTekst\n\n---\n")
    assert [(line.text, line.heading) for line in found] == [("Punkt 1", 1), ("Anledning", 2), ("Tekst", None)]


def test_hard_breaks_keep_lines_apart() -> None:
    found = lines("Uge 50 d. Aflevering  \n15.12")
    assert [(line.text, line.number, line.continues) for line in found] == [
        ("Uge 50 d. Aflevering", 2, False),
        ("15.12", 3, False),
    ]


def test_lines_below_an_entry_belong_to_it() -> None:
    found = lines("- første\n  går videre\n - indrykket\n- sidste\n\nUden for listen")
    assert [(line.marker, line.depth, line.continues) for line in found] == [
        ("-", 0, False),
        (None, 0, True),
        ("-", 1, False),
        ("-", 0, False),
        (None, 0, False),
    ]


def test_pipe_tables() -> None:
    found = lines("| Navn | **Antal** |\n|:-----|------:|\n| a \\| b | 1 |\n| c | |\n\nTekst | og streg")
    assert [(line.cells, line.header) for line in found] == [
        (("Navn", "Antal"), True),
        (("a | b", "1"), False),
        (("c", ""), False),
        (None, False),
    ]


@pytest.mark.parametrize(
    "runs",
    [
        [Run("fed", bold=True), Run(" og almindelig")],
        [Run("før "), Run("fed ", bold=True), Run("efter")],
        [Run("midt i or"), Run("det", italic=True), Run("s slutning")],
        [Run("før"), Run("”citat”", bold=True), Run("efter")],
        [Run("a*b_c_ [d](e) <f> `g` &amp; \\", bold=True)],
        [Run("én "), Run("begge", bold=True, italic=True), Run(" – to")],
        [Run("se "), Run("her", link="https://kl.dk/a b"), Run(".")],
    ],
)
def test_runs_written_as_markdown_read_back_as_the_same_text(runs: list[Run]) -> None:
    inline = join(runs)
    assert inline.markdown is not None
    tokens = MarkdownIt("commonmark").parseInline(inline.markdown)[0].children or []
    assert "".join(token.content for token in tokens) == inline.text == "".join(run.text for run in runs).strip()


@pytest.mark.parametrize("text", ["2 * 3", "a_b", "_a_", "[1]", "<b>", "&amp;", "\\", "`", "*", "1_000_000"])
def test_escaped_text_reads_back_as_itself(text: str) -> None:
    tokens = MarkdownIt("commonmark").parseInline(escape(text))[0].children or []
    assert "".join(token.content for token in tokens) == text
