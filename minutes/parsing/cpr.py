"""CPR numbers in a text, so that a file can be warned about before it goes into the archive.

A number is DDMMYY-SSSS, also with a blank or nothing between. Its date has to exist in the century that the seventh
digit says (CPR-kontoret, "Personnummeret i CPR-systemet"). The check by modulus 11 is no help: since October 2007
numbers are given out that fail it. A warning too many costs a look, one too few a breach.
"""

from __future__ import annotations

import datetime
import re

_DASH = "[-‐‑‒–−]"
_NUMBER = re.compile(
    r"(?<![0-9])(?<![0-9][-.])"
    rf"(?:([0-9]{{2}})([0-9]{{2}})([0-9]{{2}})(?:[ \u00a0]?{_DASH}[ \u00a0]?|[ \u00a0])?"
    rf"|([0-9]{{2}})[ ./-]([0-9]{{2}})[ ./-]([0-9]{{2}}) ?{_DASH} ?)"
    r"([0-9]{4})(?![0-9])"
)


def find_cpr(text: str) -> list[tuple[int, int, str]]:
    """Every CPR number in `text` as (start, end, masked), masked like "010190-xxxx"."""
    found = []
    for match in _NUMBER.finditer(text):
        day, month, year, serial = (digits for digits in match.groups() if digits is not None)
        if _birthday_exists(day, month, year, serial):
            found.append((match.start(), match.end(), f"{day}{month}{year}-xxxx"))
    return found


def _birthday_exists(day: str, month: str, year: str, serial: str) -> bool:
    try:
        datetime.date(_century(int(serial[0]), int(year)) + int(year), int(month), int(day))
    except ValueError:
        return False
    return True


def _century(seventh_digit: int, year: int) -> int:
    """The century that the seventh digit and the year of birth give, by CPR-kontoret's table."""
    if seventh_digit <= 3:
        return 1900
    if seventh_digit in (4, 9):
        return 2000 if year <= 36 else 1900
    return 2000 if year <= 57 else 1800
