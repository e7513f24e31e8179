"""Plain text: a Line for each physical line, with its number."""

import pytest

from minutes.parsing.errors import TooLarge
from minutes.parsing.limits import Limits
from minutes.parsing.readers import read
from minutes.parsing.types import Line


def lines(text: str, encoding: str = "utf-8") -> list[Line]:
    return list(read(text.encode(encoding)).lines)


def test_numbers_are_those_of_an_editor() -> None:
    found = lines("\n\nREFERAT\n\nMødested\r\nLokale 2\rEnde")
    assert [(line.number, line.text) for line in found] == [
        (3, "REFERAT"),
        (5, "Mødested"),
        (6, "Lokale 2"),
        (7, "Ende"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings(encoding: str) -> None:
    assert lines("Mødet på rådhuset – ”ærligt”\r\n", encoding)[0].text == "Mødet på rådhuset – ”ærligt”"


def test_latin_1_with_bytes_that_windows_lacks() -> None:
    assert read("Rødovre og Ås, \x81fra mødet".encode("latin-1")).lines[0].text == "Rødovre og Ås, fra mødet"


def test_one_bad_byte_does_not_spoil_the_rest() -> None:
    document = read("Mødet på rådhuset med æ, ø og å, æble og økse".encode() + b"\nslut \xff her")
    assert document.lines[0].text == "Mødet på rådhuset med æ, ø og å, æble og økse"
    assert [(one.code, one.line) for one in document.warnings] == [("broken_characters", 2)]


def test_control_characters_go_with_a_warning() -> None:
    document = read(b"Punkt 1\nDer er \x07blevet\x00 talt\x1b\n" + b"Mere tekst her. " * 20)
    assert document.lines[1].text == "Der er blevet talt"
    assert [(one.code, one.line) for one in document.warnings] == [("control_characters", 2)]
    assert "3 styretegn" in document.warnings[0].message


def test_characters_that_look_alike_become_one() -> None:
    text = "o\ufb03cielt\u00a0bud\u00adget, bla\u030abær, CO₂ og ½\u200b"
    assert lines(text)[0].text == "officielt budget, blåbær, CO₂ og ½"


def test_an_endless_line() -> None:
    with pytest.raises(TooLarge, match=r"Linje 2 er længere end 1\.000 tegn"):
        read(b"kort\n" + b"a" * 1001, Limits(max_line_characters=1000))


@pytest.mark.parametrize(
    ("text", "marker", "rest"),
    [
        ("1. at mødet holdes", "1.", "at mødet holdes"),
        ("12) at mødet holdes", "12)", "at mødet holdes"),
        ("a) at mødet holdes", "a)", "at mødet holdes"),
        ("iv. at mødet holdes", "iv.", "at mødet holdes"),
        ("(2) at mødet holdes", "(2)", "at mødet holdes"),
        ("- punkt", "-", "punkt"),
        ("• punkt", "-", "punkt"),
        ("– punkt", "-", "punkt"),
        ("*\tpunkt", "-", "punkt"),
        ("14. juni 2017 besluttede Chefforum", None, "14. juni 2017 besluttede Chefforum"),
        ("-0,511 er differencen", None, "-0,511 er differencen"),
        ("2.1. Investeringsstrategi", None, "2.1. Investeringsstrategi"),
        ("A. Hansen deltog", None, "A. Hansen deltog"),
        ("1.3.2021 til 28.2.2025", None, "1.3.2021 til 28.2.2025"),
    ],
)
def test_list_markers(text: str, marker: str | None, rest: str) -> None:
    assert [(line.marker, line.text) for line in lines(text)] == [(marker, rest)]


def test_one_blank_of_indent_nests() -> None:
    found = lines("- en\n - to\n - tre\n- fire\n  - fem\n\nProsa.\n\n   - seks")
    assert [line.depth for line in found] == [0, 1, 1, 0, 1, 0, 0]


def test_numbers_set_flush_right_are_one_list() -> None:
    assert [line.depth for line in lines(" 8. a\n 9. b\n10. c")] == [0, 0, 0]


def test_a_line_is_a_paragraph_unless_the_text_is_wrapped() -> None:
    found = lines(
        "Første afsnit, som er langt nok til at fylde en hel linje og mere til, så der er noget at bryde i.\nNæste"
    )
    assert [line.continues for line in found] == [False, False]


def test_wrapped_text_goes_on() -> None:
    text = (
        "Chefforum drøftede forslaget til ny struktur for samarbejdet\n"
        "mellem afdelingerne og besluttede at arbejde videre med de\n"
        "tre modeller.\n"
        "Modellerne sendes i høring i alle afdelinger.\n"
        "Indstilling\n"
        "1. at de tre modeller til samarbejdet mellem afdelingerne\n"
        "   godkendes\n"
        "2. at svarene samles\n"
    )
    assert [line.continues for line in lines(text)] == [False, True, True, False, False, False, True, False]


def test_rows_of_cells() -> None:
    found = lines("(mio kr.)\t2017\t\t2018\n<b>I alt</b>\t<b>2</b>\t\t<b>12</b>\n\tMin.\tMax.\t")
    assert [line.cells for line in found] == [
        ("(mio kr.)", "2017", "", "2018"),
        ("I alt", "2", "", "12"),
        ("", "Min.", "Max.", ""),
    ]
    assert [line.bold for line in found] == [False, True, False]
    assert found[0].text == "(mio kr.)\t2017\t\t2018"


@pytest.mark.parametrize(
    "text",
    [
        "Godkendelse af dagsorden.....\t3\nEvt.....\t12",
        "Indholdsfortegnelse\n\nGodkendelse af dagsorden\t3\nEvt.\t12",
        "Mødedato\t14. juni 2017",
    ],
)
def test_contents_and_labels_are_no_tables(text: str) -> None:
    assert all(line.cells is None for line in lines(text))
