"""Case numbers: good and bad examples, and what holds for all of them."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.casenumber import (
    CaseNumber,
    InvalidCaseNumber,
    PartialCaseNumber,
    find_case_number,
    find_case_numbers,
    parse_case_number,
    parse_partial,
)

KLE = [
    ("00.01.10-A00-3-16", "00.01.10-A00-3-16"),
    (" 00.01.10-A00-3-16 ", "00.01.10-A00-3-16"),
    ("00.01.00-A00-62-16", "00.01.00-A00-62-16"),
    ("85.13.05-A21-1-16", "85.13.05-A21-1-16"),
    ("05.00.00-G01-8-23", "05.00.00-G01-8-23"),
    ("00-01-10-P20-1-17", "00.01.10-P20-1-17"),
    ("81.28.00 P05 1 17", "81.28.00-P05-1-17"),
    ("81 28 00 P05 1 17", "81.28.00-P05-1-17"),
    ("81/28/00/P05/1/17", "81.28.00-P05-1-17"),
    ("000110P20117", "00.01.10-P20-1-17"),
    ("000110p2012317", "00.01.10-P20-123-17"),
    ("00.01.10P20-1-17", "00.01.10-P20-1-17"),
    ("00.01.10–A00–3–16", "00.01.10-A00-3-16"),
    ("00.01.10‑A00‑3‑16", "00.01.10-A00-3-16"),
    ("00.01.10 - A00 - 3 - 16", "00.01.10-A00-3-16"),
    ("00.01.10\u00a0A00\u00a03\u00a016", "00.01.10-A00-3-16"),
    ("00.01.10-a00-3-16", "00.01.10-A00-3-16"),
    ("00.01.10-A00-3-2016", "00.01.10-A00-3-16"),
    ("00.01.10-A00-3/16", "00.01.10-A00-3-16"),
    ("00.01.10-A00-0003-16", "00.01.10-A00-3-16"),
    ("00.01.10-Z99-3-98", "00.01.10-Z99-3-98"),
    ("Sagsnr.: 00.01.10-A00-3-16", "00.01.10-A00-3-16"),
]

OTHERS = [
    ("14/45987", "14/45987"),
    ("Sagsnr.: 14/45987", "14/45987"),
    ("EMN-2025-003383", "EMN-2025-003383"),
    ("emn-2025-003383", "EMN-2025-003383"),
    ("EMN 2025 003383", "EMN 2025 003383"),
    ("330-2017-12345", "330-2017-12345"),
    ("2016-0012345", "2016-0012345"),
    ("S2017-12345", "S2017-12345"),
    ("J.nr. 2017 -  33", None),  # a dash by itself is no part of a number
    ("J.nr. 2017  33", "2017 33"),
    ("(14/45987)", "14/45987"),
    ("00.01.10-A00-3-16-2", "00.01.10-A00-3-16-2"),  # unknown tail: kept, not guessed at
]

NO_NUMBERS = [
    "",
    "   ",
    "Sagsnr.:",
    "sag",
    "Chefforum drøftede sagen",
    "Punkt 3 udsættes til 2018",
    "00.01",
    "00.01.10",
    "00.01.10-A00",
    "A00",
    "00.01.10-A00-3-1899",
    "00.01.10-A00-3-2171",
    "14/45987\x00",
    "１４/４５９８７",
    "9" * 51,
    "00.01.10-A00-3" + " " * 60 + "16",
    "<b>14/45987</b>",
]


@pytest.mark.parametrize(("text", "normalised"), KLE)
def test_kle_number(text: str, normalised: str) -> None:
    number = parse_case_number(text)
    assert str(number) == number.normalised == normalised == number.slug
    assert (number.subject, number.main_group) == (normalised[:8], normalised[:2])
    assert f"{number.subject}-{number.facet}-{number.serial}-{str(number.year)[2:]}" == normalised


@pytest.mark.parametrize(("text", "normalised"), [case for case in OTHERS if case[1]])
def test_other_bodies_number_is_kept_as_printed(text: str, normalised: str) -> None:
    number = parse_case_number(text)
    assert str(number) == normalised
    assert (number.subject, number.main_group, number.facet, number.serial, number.year) == (None,) * 5


@pytest.mark.parametrize("text", NO_NUMBERS + [text for text, normalised in OTHERS if normalised is None])
def test_no_case_number(text: str) -> None:
    with pytest.raises(InvalidCaseNumber, match="er ikke et sagsnummer") as caught:
        parse_case_number(text)
    assert caught.value.reason.endswith(".")


@pytest.mark.parametrize(
    ("year", "full"), [("00", 2000), ("16", 2016), ("69", 2069), ("70", 1970), ("99", 1999), ("1999", 1999)]
)
def test_year_of_the_case(year: str, full: int) -> None:
    assert parse_case_number(f"00.01.10-A00-3-{year}").year == full


def test_printed_form_is_kept_and_does_not_count() -> None:
    typed = parse_case_number("Sagsnr.: 00.01.10–a00-3-2016")
    assert typed.printed == "00.01.10–a00-3-2016"
    assert typed == CaseNumber("00.01.10-A00-3-16")
    assert len({typed, CaseNumber("00.01.10-A00-3-16")}) == 1


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("00.01.00-S00-6-17", "00.01.00-S00-6-17"),
        ("14/45987", "14_45987"),
        ("EMN-2025-003383", "EMN-2025-003383"),
        ("SÆR-2025-003383", "S~c6~R-2025-003383"),
        ("14_45987", "14~5f~45987"),
        ("14 45987", "14~20~45987"),
        ("14:45987", "14~3a~45987"),
    ],
)
def test_slug(text: str, slug: str) -> None:
    assert CaseNumber(text).slug == slug


def test_order() -> None:
    in_order = [
        "00.01.00-A00-62-16",
        "00.01.00-A00-3-17",
        "00.01.00-A00-12-17",
        "00.01.00-P35-9-22",
        "00.01.10-A00-3-16",
        "81.28.00-P05-1-99",
        "81.28.00-P05-1-17",
        "14/987",
        "14/45987",
        "EMN-2025-3383",
        "EMN-2025-003384",
    ]
    numbers = [CaseNumber(text) for text in in_order]
    assert sorted([*numbers[5:], *numbers[:5]]) == numbers
    with pytest.raises(TypeError):
        _ = numbers[0] < "00.01.10"


LINES_THAT_ARE_A_NUMBER = [
    ("00.01.10-A00-3-16", "00.01.10-A00-3-16"),
    ("  00.01.10-A00-3-16.", "00.01.10-A00-3-16"),
    ("00.01.10–A00–3–16", "00.01.10-A00-3-16"),
    ("(00.01.10-A00-3-16)", "00.01.10-A00-3-16"),
    ("Journalnummer: 00.01.10-A00-3-16", "00.01.10-A00-3-16"),
    ("Journalnr. 00.01.10-A00-3-16", "00.01.10-A00-3-16"),
    ("J.nr.: 00.01.10-A00-3-16", "00.01.10-A00-3-16"),
    ("Sagsnr.: 14/45987", "14/45987"),
    ("SAGSNR. 14/45987", "14/45987"),
    ("Sags nr.: 14/45987", "14/45987"),
    ("Sagsnummer: 2017-33", "2017-33"),
    ("Sagsnr: 12345", "12345"),
    ("Sag: 14/45987", "14/45987"),
    ("Sag nr. 14/45987", "14/45987"),
    ("Sagsnr.:\t14/45987", "14/45987"),
    ("Sags-id: EMN-2025-003383", "EMN-2025-003383"),
    ("Acadre sagsnr. 17/1234", "17/1234"),
    ("(Sagsnr. 14/45987)", "14/45987"),
    ("EMN-2025-003383", "EMN-2025-003383"),
    ("14/45987", "14/45987"),
    ("330-2017-12345", "330-2017-12345"),
]

LINES_THAT_ARE_NONE = [
    "",
    "2017",
    "1.",
    "3",
    "A00",
    "00.01.10",
    "11-10-2016",
    "11.10.2016",
    "12.03.17",
    "2/3 2017",
    "2/3-2017",
    "12/2017",
    "2016/2017",
    "2017-2018",
    "2017-06-14",
    "9/10.01",
    "15.12",
    "43 68 68 68",
    "43686868",
    "+45 43 68 68 68",
    "1.250.000",
    "1.250.000,50 kr.",
    "12/45987 kr.",
    "75%",
    "0,413\t0,413",
    "Mødelokale 915",
    "Punkt 1: CF - Godkendelse af dagsorden og referat",
    "Sagsnr.:",
    "Sagsnr.: ingen",
    "Sag: Budget 2017",
    "Sag 3",
    "2020/21",
    "1/2017",
    "Journalnummer",
    "Sagsnummer 5 udsættes til næste møde",
    "Sagsfremstilling",
    "Jf. 00.01.10-A00-3-16",
    "00.01.10-A00-3-16 er lukket",
    "kl. 09:00",
    "4. udkast til budgetkatalog",
    "Side 3 af 12",
]


@pytest.mark.parametrize(("line", "normalised"), LINES_THAT_ARE_A_NUMBER)
def test_line_that_is_a_case_number(line: str, normalised: str) -> None:
    assert str(find_case_number(line)) == normalised


@pytest.mark.parametrize("line", LINES_THAT_ARE_NONE)
def test_line_that_is_no_case_number(line: str) -> None:
    assert find_case_number(line) is None


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Sagen (00.01.10-A00-3-16) fortsætter under 03.30.05-A00-1-21.", ["00.01.10-A00-3-16", "03.30.05-A00-1-21"]),
        ("jf. sagsnr. 14/45987, og EMN-2025-003383", ["14/45987", "EMN-2025-003383"]),
        ("se sag 14/45987 og sagen 17/1234", ["14/45987", "17/1234"]),
        ("Sagsnr.: 12345 blev lukket", ["12345"]),
        ("00.01.10–A00–3–16", ["00.01.10–A00–3–16"]),
        ("bilag til 00.01.10-A00-3-2016_notat.pdf", ["00.01.10-A00-3-2016"]),
        ("J.nr. 00.01.10 A00 3-16", ["00.01.10 A00 3-16"]),
        ("sag 3 på dagsordenen for 2017, d. 11-10-2016 kl. 09:00, tlf. 43 68 68 68", []),
        ("besparelser for 27 mio. kr. i 2016-2017 og 1.250.000 kr. pr. 12.03.17", []),
        ("i forholdet 14/45987", []),
        ("00.01.10-A00-3-16-2", []),
        ("100.01.10-A00-3-16", []),
        ("", []),
    ],
)
def test_case_numbers_in_running_text(text: str, numbers: list[str]) -> None:
    found = find_case_numbers(text)
    assert [text[start:end] for start, end, _ in found] == numbers
    assert [number.printed for *_, number in found] == numbers


PARTIALS = [
    ("00", PartialCaseNumber("00"), "00"),
    ("00.01", PartialCaseNumber("00.01"), "00.01"),
    ("00.01.10", PartialCaseNumber("00.01.10"), "00.01.10"),
    ("00.01.", PartialCaseNumber("00.01"), "00.01"),
    ("00-01-10", PartialCaseNumber("00.01.10"), "00.01.10"),
    ("00 01 10", PartialCaseNumber("00.01.10"), "00.01.10"),
    ("A00", PartialCaseNumber(facet="A00"), "A00"),
    ("p22", PartialCaseNumber(facet="P22"), "P22"),
    ("A00-3-16", PartialCaseNumber(facet="A00", serial=3, year=2016), "A00-3-16"),
    ("00.01.10-P20", PartialCaseNumber("00.01.10", "P20"), "00.01.10-P20"),
    ("000110P20", PartialCaseNumber("00.01.10", "P20"), "00.01.10-P20"),
    ("00.01.10 P20 1", PartialCaseNumber("00.01.10", "P20", 1), "00.01.10-P20-1"),
    ("00-01-10-P20-1-17", PartialCaseNumber("00.01.10", "P20", 1, 2017), "00.01.10-P20-1-17"),
    ("81.28.00 P05 1 17", PartialCaseNumber("81.28.00", "P05", 1, 2017), "81.28.00-P05-1-17"),
    ("000110P20117", PartialCaseNumber("00.01.10", "P20", 1, 2017), "00.01.10-P20-1-17"),
]


@pytest.mark.parametrize(("text", "partial", "shown"), PARTIALS)
def test_partial(text: str, partial: PartialCaseNumber, shown: str) -> None:
    assert parse_partial(text) == partial
    assert str(partial) == shown
    assert parse_partial(shown) == partial


@pytest.mark.parametrize(
    "text",
    ["", "0", "2017", "250000", "budget", "A0", "A000", "00.1", "1.1.10", "14/45987", "A00-3-1066", "43 68 68 68"],
)
def test_no_partial(text: str) -> None:
    with pytest.raises(InvalidCaseNumber):
        parse_partial(text)


@pytest.mark.parametrize(
    ("typed", "number", "fits"),
    [
        ("00", "00.01.10-A00-3-16", True),
        ("00.01", "00.01.10-A00-3-16", True),
        ("00.01.10", "00.01.10-A00-3-16", True),
        ("A00", "00.01.10-A00-3-16", True),
        ("00.01.10-A00", "00.01.10-A00-3-16", True),
        ("00.01.10-A00-3", "00.01.10-A00-3-16", True),
        ("A00-3-16", "00.01.10-A00-3-16", True),
        ("00.01.10-A00-3-16", "00.01.10-A00-3-16", True),
        ("01", "00.01.10-A00-3-16", False),
        ("00.01.00", "00.01.10-A00-3-16", False),
        ("P20", "00.01.10-A00-3-16", False),
        ("00.01.10-A00-31", "00.01.10-A00-3-16", False),
        ("A00-3-17", "00.01.10-A00-3-16", False),
        ("14", "14/45987", False),
    ],
)
def test_partial_matches(typed: str, number: str, fits: bool) -> None:
    assert parse_partial(typed).matches(CaseNumber(number)) is fits


digits = st.integers(0, 99).map("{:02}".format)
kle_numbers = st.builds(
    "{}.{}.{}-{}{}-{}-{}".format,
    *[digits] * 3,
    st.sampled_from(string.ascii_uppercase),
    digits,
    st.integers(0, 10**9 - 1),
    digits,
)
like_numbers = st.text(st.sampled_from("0123456789AaPæØ.-–/ _()\u00a0:sagnr"), max_size=40)
other_numbers = like_numbers.filter(lambda text: _is_number(text))


def _is_number(text: str) -> bool:
    try:
        parse_case_number(text)
    except InvalidCaseNumber:
        return False
    return True


@given(kle_numbers)
def test_formatted_kle_number_parses_back(text: str) -> None:
    number = parse_case_number(text)
    assert parse_case_number(str(number)) == number
    assert str(number) == text
    assert find_case_number(text) == number
    assert parse_case_number(re.sub("[.-]", " ", text).lower()) == number
    assert parse_case_number(re.sub("[.-]", "", text)) == number
    assert parse_partial(text).matches(number)
    assert [found for *_, found in find_case_numbers(f"se {text}, og")] == [number]


@given(other_numbers)
def test_formatted_number_parses_back(text: str) -> None:
    number = parse_case_number(text)
    assert parse_case_number(str(number)) == number
    assert re.fullmatch(r"[A-Z0-9._~a-f-]+", number.slug)
    undone = re.sub(r"~([0-9a-f]+)~", lambda code: chr(int(code[1], 16)), number.slug.replace("_", "/"))
    assert undone == number.normalised  # so no two numbers share a slug


@given(st.text() | like_numbers)
def test_nothing_raises_but_invalid_case_number(text: str) -> None:
    for parse in (parse_case_number, parse_partial, CaseNumber):
        try:
            parse(text)
        except InvalidCaseNumber as error:
            assert error.text is not None
    find_case_number(text)
    for start, end, number in find_case_numbers(text):
        assert 0 <= start < end <= len(text)
        assert number.printed == text[start:end]
