from __future__ import annotations

import pytest

from minutes.casenumber import CaseNumber
from minutes.kle import MAIN_GROUPS, levels_of, main_group_name


def test_all_main_groups_have_two_digits_and_a_name() -> None:
    assert len(MAIN_GROUPS) == 36
    assert all(len(digits) == 2 and digits.isdigit() and name.strip() == name for digits, name in MAIN_GROUPS.items())
    assert list(MAIN_GROUPS) == sorted(MAIN_GROUPS)


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("00.01.10-A00-3-16", "Kommunens styrelse"),
        ("03.30.05-A00-1-15", "Boliger"),
        ("85.13.05-A21-1-16", "Kommunens administrative systemer"),
        ("99.01.10-A00-3-16", None),
    ],
)
def test_name_of_a_case_numbers_main_group(number: str, name: str | None) -> None:
    assert main_group_name(CaseNumber(number).main_group or "") == name


@pytest.mark.parametrize(
    ("code", "levels"),
    [("00", ["00"]), ("00.01", ["00", "00.01"]), ("00.01.10", ["00", "00.01", "00.01.10"]), ("", [])],
)
def test_what_lies_above_a_subject(code: str, levels: list[str]) -> None:
    assert levels_of(code) == levels
