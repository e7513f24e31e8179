"""CPR numbers in a text, so that nobody puts one into the archive unawares.

A number is DDMMYY-SSSS. Its first six digits must be a date in the century that the seventh names ("Personnummeret i
CPR", CPR-kontoret). The check digit says nothing: since October 2007 numbers are issued without it.
"""

from __future__ import annotations

import datetime
import re

_NUMBER = re.compile(r"(?<![\w./-])(\d{2})[. ]?(\d{2})[. ]?(\d{2})(?: ?[-‐–] ?| )?(\d{4})(?![\w/]|[.,-]\d)")


def find_cpr(text: str) -> list[tuple[int, int, str]]:
    """Where CPR numbers stand in `text`: start, end, and the number masked as it may be shown, "010190-xxxx"."""
    found = []
    for match in _NUMBER.finditer(text):
        day, month, year, serial = match.groups()
        if _is_birthday(int(day), int(month), _full_year(int(year), int(serial[0]))):
            found.append((match.start(), match.end(), f"{day}{month}{year}-xxxx"))
    return found


def _full_year(year: int, seventh: int) -> int:
    """The year of birth, its century told by the seventh digit."""
    if seventh <= 3:
        return 1900 + year
    if seventh in (4, 9):
        return (2000 if year <= 36 else 1900) + year
    return (2000 if year <= 57 else 1800) + year


def _is_birthday(day: int, month: int, year: int) -> bool:
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True
