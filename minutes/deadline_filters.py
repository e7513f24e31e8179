"""What stands in the address of the list of deadlines: read, and written again.

A link holds what was understood, and nothing else; nothing in an address raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from minutes.filters import read_page, without_controls

COMING, PAST = "kommende", "passerede"
MOST_TYPED = 200
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class AskedDeadlines:
    """The list as it stands in the address."""

    part: str = ""  # COMING or PAST; blank where the page may choose
    typed: str = ""
    who: str = ""
    year: int | None = None
    page: int = 1

    @property
    def words(self) -> list[str]:
        """What must stand in the deadline."""
        return self.typed.split()[:MOST_WORDS]

    @property
    def is_narrowed(self) -> bool:
        return bool(self.typed or self.who or self.year)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """The filters that are on, as they stand in the address."""
        if self.typed:
            yield "q", self.typed
        if self.who:
            yield "hvem", self.who
        if self.year:
            yield "aar", str(self.year)

    def address(self, part: str = "", *, without: str | None = None, route: str = "deadlines") -> str:
        """Where this is asked for in `part`, with one filter less where `without` names it."""
        pairs = [("vis", part)] if part else []
        pairs += [pair for pair in self.pairs() if pair[0] != without]
        address = reverse(route)
        return f"{address}?{urlencode(pairs)}" if pairs else address


def read_asked_deadlines(data: QueryDict) -> AskedDeadlines:
    """What the address asks for; what cannot be read is left out."""
    part, year = data.get("vis", ""), data.get("aar", "")
    return AskedDeadlines(
        part=part if part in (COMING, PAST) else "",
        typed=_words(data.get("q", "")),
        who=_words(data.get("hvem", "")),
        year=int(year) if re.fullmatch("(?:19|20|21)[0-9]{2}", year) else None,
        page=read_page(data),
    )


def _words(typed: str) -> str:
    return " ".join(without_controls(typed).split())[:MOST_TYPED].strip()
