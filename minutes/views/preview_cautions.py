"""The warnings of a reading at the places that they are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from minutes.ingest.plan import Plan
from minutes.models.sources import IN_ARCHIVE
from minutes.parsing.types import Span

from .upload_answers import CPR, NO_DATE

type Point = tuple[int, int]  # page and line; a file without pages is one page
type At = tuple[int, int | None]  # an item's place among the items, and a section's place in it, from 1


@dataclass(frozen=True, slots=True)
class Caution:
    """A warning. `number` is that of the item it is about, None for what is about no item."""

    message: str
    where: str  # Side 3, linje 4; blank where it is about the whole file
    is_cpr: bool
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Cautions:
    """All that a reading warns of, CPR numbers first, and the same by place."""

    all: tuple[Caution, ...]
    by_place: Mapping[At, tuple[Caution, ...]]

    def at(self, item: int, section: int | None = None) -> tuple[Caution, ...]:
        """Those about one section of an item, or about the item as such; `item` counts from 0."""
        return self.by_place.get((item, section), ())

    def count_of(self, item: int) -> int:
        """How many are about an item or its sections."""
        return sum(len(found) for (place, _), found in self.by_place.items() if place == item)

    @property
    def cpr(self) -> tuple[Caution, ...]:
        """Those of CPR numbers."""
        return tuple(one for one in self.all if one.is_cpr)

    @property
    def others(self) -> tuple[Caution, ...]:
        """The rest."""
        return tuple(one for one in self.all if not one.is_cpr)


def cautions_of(plan: Plan) -> Cautions:
    """The warnings of a plan. What is in the archive has those of its plan among those of its source."""
    by_place: dict[At, list[Caution]] = defaultdict(list)
    found = []
    for page, line, caution in _told(plan):
        at = _place(plan, page, line)
        if at is not None:
            caution = replace(caution, number=plan.items[at[0]].row.number)
            by_place[at].append(caution)
        found.append(caution)
    found.sort(key=lambda one: not one.is_cpr)
    return Cautions(tuple(found), {at: tuple(cautions) for at, cautions in by_place.items()})


def _told(plan: Plan) -> Iterable[tuple[int | None, int | None, Caution]]:
    rows: list[Mapping[str, Any]] = list(plan.source.warnings)
    if plan.source.state not in IN_ARCHIVE:
        added = [*plan.warnings, *plan.corrections.left()]
        rows += [{"code": one.code, "message": one.message, "page": one.page, "line": one.line} for one in added]
    if plan.meeting.date:  # be it that an editor has put it since
        rows = [row for row in rows if row["code"] != NO_DATE]
    for row in rows:
        page, line = row["page"], row["line"]
        parts = [f"side {page}"] if page else []
        parts += [f"linje {line}"] if line else []
        where = ", ".join(parts)
        yield page, line, Caution(row["message"], where[:1].upper() + where[1:], row["code"] == CPR)


def _place(plan: Plan, page: int | None, line: int | None) -> At | None:
    """What begins last before a place is what stands there."""
    if page is None and line is None:
        return None
    point = (page or 0, line or 0)
    item = _last([one.read.span for one in plan.items], point)
    if item is None:
        return None
    planned = plan.items[item]
    section = _last([one.span for one in planned.item.sections], point)
    return item, None if section is None or point == _start(planned.read.span) else section + 1


def _last(spans: Sequence[Span], point: Point) -> int | None:
    begun = [(_start(span), place) for place, span in enumerate(spans) if span.line is not None or span.page]
    return max((one for one in begun if one[0] <= point), default=(None, None))[1]


def _start(span: Span) -> Point:
    return span.page or 0, span.line or 0
