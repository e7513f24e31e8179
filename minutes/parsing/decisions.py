"""Whose decision a Beslutning is: an item that comes from another body carries the decisions made there before."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

from minutes.parsing.bodies import body_name, find_bodies
from minutes.parsing.dates import MONTHS, find_dates
from minutes.parsing.sections import DECISION, Part
from minutes.parsing.types import Warning

EARLIER = "tidligere beslutning"


def settle(
    parts: Sequence[Part], *, body: str | None, date: datetime.date | None
) -> tuple[tuple[Part, ...], tuple[Warning, ...]]:
    """The parts of an item, a Beslutning of an earlier day or another body marked as such, and what that assumes.

    "Beslutning i Teknik- og Miljøudvalget den 5. marts 2019" in the minutes of the Økonomiudvalg of 12 March is none of
    theirs. Where it is all there is, it stays the decision, with a warning: the date may be a slip.
    """
    decisions = [part for part in parts if part.kind == DECISION]
    foreign = [part for part in decisions if _is_foreign(part.heading or "", body, date)]
    if foreign and len(foreign) == len(decisions):
        day = next(iter(_dates(foreign[-1].heading or "")), None)
        if day is None:
            return _joined(parts)
        message = (
            f"Beslutningen er dateret {day.day}. {MONTHS[day.month - 1]} {day.year}, ikke mødets dato. "
            "Kontrollér, at den hører til dette møde."
        )
        warning = Warning("earlier_decision", message, foreign[-1].start.page, foreign[-1].start.number)
        settled, warnings = _joined(parts)
        return settled, (*warnings, warning)
    return _joined([replace(part, kind=EARLIER) if part in foreign else part for part in parts])


def _joined(parts: Sequence[Part]) -> tuple[tuple[Part, ...], tuple[Warning, ...]]:
    decisions = [part for part in parts if part.kind == DECISION and part.lines]
    if len(decisions) < 2:
        return tuple(parts), ()
    message = "Punktet har flere afsnit med beslutning; de er lagt sammen."
    start = decisions[1].start
    return tuple(parts), (Warning("several_decisions", message, start.page, start.number),)


def _is_foreign(heading: str, body: str | None, date: datetime.date | None) -> bool:
    days = _dates(heading)
    if days and date:
        return max(days) < date
    named = {found.name for found in find_bodies(heading)}
    return bool(named) and body is not None and body_name(body) not in named and not days


def _dates(text: str) -> list[datetime.date]:
    return [day for mention in find_dates(text) if (day := mention.date)]
