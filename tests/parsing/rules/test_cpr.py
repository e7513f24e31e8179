"""CPR numbers. Those here are made up from a date and a counter; none is taken from anywhere."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.parsing.cpr import find_cpr

NUMBERS = [
    ("010190-0000", "010190-xxxx"),
    ("0101900000", "010190-xxxx"),
    ("010190 0000", "010190-xxxx"),
    ("010190 - 0000", "010190-xxxx"),
    ("010190–0000", "010190-xxxx"),
    ("01.01.90-0000", "010190-xxxx"),
    ("01-01-90-0000", "010190-xxxx"),
    ("01 01 90-0000", "010190-xxxx"),
    ("01 01 90 - 0000", "010190-xxxx"),
    ("cpr.nr. 010190-0000.", "010190-xxxx"),
    ("(CPR010190-0000)", "010190-xxxx"),
    ("311299-3999", "311299-xxxx"),
    # the seventh digit tells the century
    ("290200-4000", "290200-xxxx"),  # 2000 was a leap year
    ("290204-9000", "290204-xxxx"),
    ("290256-5000", "290256-xxxx"),  # 2056
    ("290260-5000", "290260-xxxx"),  # 1860
    ("290296-8000", "290296-xxxx"),  # 1896
    ("290240-4000", "290240-xxxx"),  # 1940
]

NO_NUMBERS = [
    "",
    "000190-0000",
    "320190-0000",
    "011390-0000",
    "310490-0000",
    "290200-0000",  # 1900 was none
    "290237-9000",  # 1937
    "290258-6000",  # 1858
    "010190-000",
    "010190-00000",
    "1010190-0000",
    "010190-xxxx",
    "00.01.10-A00-3-16",
    "00.01.00-A00-62-16",
    "Sagsnr.: 14/45987",
    "EMN-2025-003383",
    "330-2017-12345",
    "2017-0012345",
    "43 68 68 68",
    "43686868",
    "+45 43 68 68 68",
    "004543686868",
    "CVR 66137112",
    "EAN 5798000000000",
    "kontonr. 12345678901234",
    "11-10-2016",
    "11.10.2016 09:00",
    "01 01 90 1234",
    "12\t12\t21\t2100",
    "1.250.000,00",
]


@pytest.mark.parametrize(("text", "masked"), NUMBERS)
def test_cpr_number(text: str, masked: str) -> None:
    assert [found[2] for found in find_cpr(text)] == [masked]


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_no_cpr_number(text: str) -> None:
    assert find_cpr(text) == []


def test_places_of_several() -> None:
    text = "Sagerne 010190-0000,020290-0001 og 0303900002"
    assert [text[start:end] for start, end, _ in find_cpr(text)] == ["010190-0000", "020290-0001", "0303900002"]


@given(
    st.dates(datetime.date(1900, 1, 1), datetime.date(1999, 12, 31)),
    st.integers(0, 3999),
    st.sampled_from(["-", " ", ""]),
)
def test_every_number_of_the_nineteen_hundreds_is_found_and_masked(
    born: datetime.date, serial: int, between: str
) -> None:
    text = f"{born:%d%m%y}{between}{serial:04}"
    assert find_cpr(f"Vedr. {text}, se bilag") == [(6, 6 + len(text), f"{born:%d%m%y}-xxxx")]


@given(st.text() | st.text("0123456789- ."))
def test_nothing_raises_and_spans_lie_in_the_text(text: str) -> None:
    for start, end, masked in find_cpr(text):
        assert 0 <= start < end <= len(text)
        assert masked.endswith("-xxxx")
        assert text[end - 4 : end].isdigit()
