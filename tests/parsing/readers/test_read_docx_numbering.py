"""Word's lists: numbers that stand nowhere in the file, counted as Word counts them."""

import io

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from minutes.parsing.readers import read
from minutes.parsing.readers.docx_numbering import written


def level(index: int, form: str, text: str, *, start: int = 1, extra: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{text}"/><w:pPr><w:ind w:left="{720 * (index + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
    )


def markers(abstracts: str, numbers: str, entries: list[tuple[int, int] | None]) -> list[tuple[str | None, int]]:
    """The marker and depth of each entry (list, level) in a document with these lists; None is a plain paragraph."""
    document = docx.Document()
    part = document.part.numbering_part
    for child in list(part.element):
        part.element.remove(child)
    for child in parse_xml(f"<w:numbering {nsdecls('w')}>{abstracts}{numbers}</w:numbering>"):
        part.element.append(child)
    for entry in entries:
        paragraph = document.add_paragraph("tekst")
        if entry:
            number = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{entry[1]}"/><w:numId w:val="{entry[0]}"/></w:numPr>'
            paragraph._p.get_or_add_pPr().append(parse_xml(number))
    target = io.BytesIO()
    document.save(target)
    return [(line.marker or line.text, line.depth) for line in read(target.getvalue()).lines]


def abstract(identifier: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{identifier}">{"".join(levels)}</w:abstractNum>'


def num(identifier: int, abstract_id: int, override: str = "") -> str:
    return f'<w:num w:numId="{identifier}"><w:abstractNumId w:val="{abstract_id}"/>{override}</w:num>'


RESTART = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
DECIMAL = abstract(0, level(0, "decimal", "%1."))


def test_a_list_goes_on_after_a_paragraph() -> None:
    assert markers(DECIMAL, num(1, 0), [(1, 0), (1, 0), None, (1, 0)]) == [
        ("1.", 0),
        ("2.", 0),
        ("tekst", 0),
        ("3.", 0),
    ]


def test_another_list_of_the_same_kind_counts_on_unless_it_restarts() -> None:
    entries: list[tuple[int, int] | None] = [(1, 0), (2, 0), (3, 0), (3, 0), (1, 0)]
    found = markers(DECIMAL, num(1, 0) + num(2, 0) + num(3, 0, RESTART), entries)
    assert [marker for marker, _ in found] == ["1.", "2.", "1.", "2.", "3."]


def test_levels_restart_below_each_entry_and_show_the_levels_above() -> None:
    lists = abstract(0, level(0, "decimal", "%1."), level(1, "decimal", "%1.%2"), level(2, "lowerLetter", "%3)"))
    entries: list[tuple[int, int] | None] = [(1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1)]
    assert markers(lists, num(1, 0), entries) == [("1.", 0), ("1.1", 1), ("1.2", 1), ("a)", 2), ("2.", 0), ("2.1", 1)]


def test_a_level_that_never_restarts() -> None:
    lists = abstract(0, level(0, "decimal", "%1."), level(1, "decimal", "%2)", extra='<w:lvlRestart w:val="0"/>'))
    found = markers(lists, num(1, 0), [(1, 0), (1, 1), (1, 0), (1, 1)])
    assert [marker for marker, _ in found] == ["1.", "1)", "2.", "2)"]


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        (level(0, "bullet", "\uf0b7"), "-"),
        (level(0, "lowerRoman", "(%1)", start=4), "(iv)"),
        (level(0, "upperLetter", "%1."), "A."),
        (level(0, "decimalZero", "%1"), "01"),
        (level(0, "none", ""), "tekst"),
        (level(0, "decimal", "Punkt %1:"), "Punkt 1: tekst"),
    ],
)
def test_forms(shape: str, expected: str) -> None:
    assert markers(abstract(0, shape), num(1, 0), [(1, 0)]) == [(expected, 0)]


@pytest.mark.parametrize("number", ["0", "99"])
def test_no_list_or_one_that_is_not_there(number: str) -> None:
    assert markers(DECIMAL, num(1, 0), [(int(number), 0)]) == [("tekst", 0)]


@pytest.mark.parametrize(
    ("count", "form", "expected"),
    [
        (27, "lowerLetter", "aa"),
        (52, "upperLetter", "ZZ"),
        (1999, "lowerRoman", "mcmxcix"),
        (3, "ordinal", "3."),
        (7, "chineseCounting", "7"),
        (0, "lowerRoman", "0"),
    ],
)
def test_numbers_written(count: int, form: str, expected: str) -> None:
    assert written(count, form) == expected
