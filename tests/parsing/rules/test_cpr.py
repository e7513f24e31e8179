"""CPR numbers: what is one, and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.parsing.cpr import find_cpr


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("CPR 010190-1234 er nævnt", "010190-xxxx"),
        ("(0101901234)", "010190-xxxx"),
        ("cpr.nr. 010190 1234.", "010190-xxxx"),
        ("010190 - 1234", "010190-xxxx"),
        ("01.01.90-1234", "010190-xxxx"),
        ("født 290200-4123", "290200-xxxx"),  # 2000 was a leap year, and the 4 says 2000
        ("290204–9123", "290204-xxxx"),
    ],
)
def test_numbers(text: str, masked: str) -> None:
    assert [found for _, _, found in find_cpr(text)] == [masked]


@pytest.mark.parametrize(
    "text",
    [
        "310290-1234",  # no 31 February
        "011390-1234",  # no 13th month
        "290200-1123",  # the 1 says 1900, no leap year
        "00.01.10-A00-3-16",
        "EMN-2025-003383",
        "330-2017-12345",
        "telefon 43 68 68 68",
        "14-06-2017",
        "5790001234567",  # EAN
        "kontonr. 12345678901234",
        "010190-12345",
        "1.950.000 kr.",
    ],
)
def test_no_numbers(text: str) -> None:
    assert find_cpr(text) == []


@given(st.text(alphabet="0123456789-. –/a"))
def test_spans_lie_in_the_text(text: str) -> None:
    for start, end, masked in find_cpr(text):
        assert text[start:end][:2] == masked[:2]
        assert masked.endswith("-xxxx")
