"""What a reading would make of its meeting, corrections laid over it: the rows, made but not saved.

`store` saves it, an editor sees it before, and two editions are compared by it: what is previewed is what is stored.
Nothing is written here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from minutes.models import (
    AgendaItem,
    Attachment,
    Deadline,
    Decision,
    DecisionOutcome,
    Meeting,
    Recommendation,
    Section,
    SourceDocument,
    SourceState,
)
from minutes.models.sources import IN_ARCHIVE
from minutes.parsing.serialise import from_dict
from minutes.parsing.standing import is_standing
from minutes.parsing.types import Item, ParsedMinutes, Warning

from . import deadlines, matching, parts, structure
from .corrections import Corrections, Key, free_keys
from .meetings import find_meeting, key_of_draft, make_meeting, printed_times
from .results import Refused

type Place = tuple[int | None, str, str]  # an item's number (None: the meeting), part and field, as in `corrections`


@dataclass(slots=True)
class PlannedItem:
    """An item as it will read. `read` is what was read, `item` the same with its sections as an editor has put them;
    both tell where in the file each part stands."""

    row: AgendaItem
    read: Item
    item: Item
    sections: list[Section] = field(default_factory=list)
    recommendations: list[Recommendation] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    decision: Decision | None = None
    outcomes: list[DecisionOutcome] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """A meeting as it will read. `meeting` and the rows may be unsaved, or be stored rows with values to come."""

    meeting: Meeting
    source: SourceDocument
    items: list[PlannedItem]
    warnings: list[Warning]  # what had to be assumed on top of what the reading says itself
    corrections: Corrections
    stored: Sequence[AgendaItem]  # the meeting's items as they are now
    refusal: str = ""  # why a draft could not go into the archive as it stands

    @property
    def values(self) -> Mapping[Place, Any]:
        """Every value that an editor may put: as it stands now."""
        return self._by_place(self.corrections.values)

    @property
    def printed(self) -> Mapping[Place, Any]:
        """What a correction of each of `values` remembers as printed."""
        return self._by_place(self.corrections.printed)

    @property
    def corrected(self) -> frozenset[Place]:
        """Those of `values` that an editor has put."""
        return frozenset(place for key, place in self._places() if self.corrections.corrects(*key))

    def item(self, number: int) -> PlannedItem | None:
        """The item with that number."""
        return next((one for one in self.items if one.row.number == number), None)

    def sections_of(self, planned: PlannedItem) -> structure.Encoded:
        """The value of the field "sections" with what an editor has put for single sections: as the item reads."""
        value = self.corrections.values[planned.row.key, "", structure.FIELD]
        shown: dict[int, Section | Decision] = {row.position: row for row in planned.sections}
        if planned.decision and [kind for kind, *_ in value].count(parts.DECISION) == 1:  # else several are joined
            shown[planned.decision.position] = planned.decision
        return [
            [kind, shown[place].heading, shown[place].text, origin] if place in shown else [kind, heading, text, origin]
            for place, (kind, heading, text, origin) in enumerate(value, start=1)
        ]

    def _by_place(self, values: Mapping[Key, Any]) -> dict[Place, Any]:
        return {place: values[key] for key, place in self._places()}

    def _places(self) -> Iterator[tuple[Key, Place]]:
        numbers = {one.row.key: one.row.number for one in self.items}
        for key, part, field_name in self.corrections.values:
            yield (key, part, field_name), (None if key is None else numbers[key], part, field_name)

    @property
    def is_closed(self) -> bool:
        """Whether the file holds something that is closed."""
        return self.meeting.is_closed or any(
            one.row.is_closed or any(attachment.is_closed for attachment in one.attachments) for one in self.items
        )


def plan_of(source: SourceDocument) -> Plan:
    """What a stored reading makes of its meeting: a draft would, an edition in the archive did.

    A draft that cannot go into the archive as it stands has a `refusal`, and a plan all the same, to be put right by.
    """
    parsed = from_dict(source.parsed)
    if source.state in IN_ARCHIVE:
        return make_plan(meeting=source.meeting, parsed=parsed, source=source)
    meeting, refusal = Meeting(body=parsed.body or ""), ""
    try:
        key = key_of_draft(source, parsed)
        meeting = find_meeting(key) or make_meeting(key)
    except Refused as error:
        refusal = error.message
    previous = SourceDocument.objects.current().filter(meeting=meeting).first() if meeting.pk else None
    plan = make_plan(meeting=meeting, parsed=parsed, source=source, previous=previous)
    plan.refusal = refusal
    return plan


def plan_as_stored(source: SourceDocument, parsed: ParsedMinutes) -> Plan:
    """The meeting of a current `source`, which was read as `parsed`, as its rows are: to be compared with a plan."""
    rows = source.meeting.items.order_by("number").select_related("decision")
    rows = rows.prefetch_related("sections", "recommendations", "attachments", "deadlines", "decision__outcomes")
    read = {item.number: item for item in parsed.items}
    items = [_stored_item(row, read[row.number]) for row in rows]
    return Plan(source.meeting, source, items, [], Corrections(source.meeting, source), [one.row for one in items])


def _stored_item(row: AgendaItem, read: Item) -> PlannedItem:
    decision = getattr(row, "decision", None)
    return PlannedItem(
        row,
        read,
        read,
        sections=list(row.sections.all()),
        recommendations=list(row.recommendations.all()),
        attachments=list(row.attachments.all()),
        decision=decision,
        outcomes=list(decision.outcomes.all()) if decision else [],
        deadlines=sorted(row.deadlines.all(), key=lambda one: one.position),
    )


def version_of(source: SourceDocument) -> str:
    """A name of what an editor sees of `source`: another as soon as somebody has corrected, stored or read it anew, or,
    of a draft, the edition that it would replace."""
    put = source.corrections.order_by("item_key", "part", "field").values_list("item_key", "part", "field", "value")
    seen = [*_reading_of(source), source.state, source.edition, list(put), *_reading_of(_replaced_by(source))]
    return hashlib.sha256(json.dumps(seen).encode()).hexdigest()[:16]


def _reading_of(source: SourceDocument | None) -> tuple[Any, ...]:
    return (None, None) if source is None else (source.pk, source.read_at and source.read_at.isoformat())


def _replaced_by(draft: SourceDocument) -> SourceDocument | None:
    """The edition that `draft`, if it is one, would replace as it stands; None where there is none."""
    if draft.state != SourceState.DRAFT:
        return None
    try:
        meeting = find_meeting(key_of_draft(draft, from_dict(draft.parsed)))
    except Refused:
        return None
    return meeting and SourceDocument.objects.current().filter(meeting=meeting).first()


def make_plan(
    *, meeting: Meeting, parsed: ParsedMinutes, source: SourceDocument, previous: SourceDocument | None = None
) -> Plan:
    """What `parsed`, read from `source`, makes of `meeting`, which may be unsaved; its values are set, not saved.

    `previous` is the edition that `source` replaces.
    """
    corrections = Corrections(meeting, source, previous)
    stored = [] if meeting.pk is None else list(meeting.items.all())
    rows, warnings = _items(meeting, parsed, stored, corrections)
    warnings += _fill_meeting(meeting, parsed, rows, source, corrections)
    items = []
    for item, row in zip(parsed.items, rows, strict=True):
        planned, assumed = _with_parts(item, row, corrections)
        items.append(planned)
        warnings += assumed
    if stored and not items:
        warnings.append(Warning("items_gone", f"Den nye udgave har ingen punkter; mødets {len(stored)} er taget ud."))
    return Plan(meeting, source, items, warnings, corrections, stored)


def _items(
    meeting: Meeting, parsed: ParsedMinutes, stored: Sequence[AgendaItem], corrections: Corrections
) -> tuple[list[AgendaItem], list[Warning]]:
    """The item rows with what was read and corrected, not saved; their order is that of `parsed.items`."""
    matched = matching.match(parsed.items, stored)
    kept = {row.key for row in matched if row is not None}
    fresh = [item.number for item, row in zip(parsed.items, matched, strict=True) if row is None]
    keys = iter(free_keys(fresh, {row.key for row in stored} | corrections.item_keys))
    # Better closed by mistake than open by mistake: the closed item may be here under another title.
    close_new = corrections.closed_item_is_gone(kept)
    rows = [found or AgendaItem(meeting=meeting, key=next(keys)) for found in matched]
    corrections.settle({item.number: row.key for item, row in zip(parsed.items, rows, strict=True)})
    warnings = []
    for item, found, row in zip(parsed.items, matched, rows, strict=True):
        row.meeting = meeting  # with the values to come
        _fill(row, item, corrections)
        is_settled = corrections.corrects(row.key, "", "is_closed")
        if found is None and close_new and not row.is_closed and not is_settled:
            row.is_closed = corrections.close(row.key, "", context=item.title)
            message = f"Punkt {item.number} er lukket: et punkt, som en redaktør har lukket, er ikke i den nye udgave."
            warnings.append(Warning("closed_by_caution", message, item.span.page, item.span.line))
    return rows, warnings


def _fill(row: AgendaItem, item: Item, corrections: Corrections) -> None:
    def over(name: str, printed: Any, context: str | None = None) -> Any:
        return corrections.over(row.key, "", name, printed, context=context)

    row.number = item.number
    row.title = over("title", item.title)
    row.printed_title = item.title
    row.prefix = over("prefix", item.prefix)
    row.printed_case_number = over("printed_case_number", item.case_number or "")
    row.page, row.line = item.span.page, item.span.line
    row.is_closed = over("is_closed", item.closed, item.title)
    row.is_standing = over("is_standing", is_standing(row.title), item.title)


def _with_parts(item: Item, row: AgendaItem, corrections: Corrections) -> tuple[PlannedItem, list[Warning]]:
    read, item = item, structure.over(item, row.key, corrections)
    planned = PlannedItem(row, read, item)
    planned.sections = parts.sections(item, row, corrections)
    planned.recommendations = parts.recommendations(item, row, corrections)
    planned.attachments, closed = parts.attachments(item, row, corrections)
    planned.decision, warnings = parts.decision(item, row, corrections)
    if planned.decision is not None:
        planned.outcomes = parts.outcomes(planned.decision, corrections)
        planned.deadlines = deadlines.deadlines(planned.decision) if row.meeting.date else []
    return planned, [*closed, *warnings]


def _fill_meeting(
    meeting: Meeting,
    parsed: ParsedMinutes,
    items: Sequence[AgendaItem],
    source: SourceDocument,
    corrections: Corrections,
) -> list[Warning]:
    preamble, warnings = parts.preamble(parsed, items)
    meeting.date = corrections.over(None, "", "date", parsed.date)
    # A file that does not say when the meeting began takes nothing away from one that did.
    printed_time = parsed.start_time or next(reversed(printed_times(meeting, besides=source)), None)
    meeting.start_time = corrections.over(None, "", "start_time", printed_time)
    meeting.place = corrections.over(None, "", "place", parsed.place or "")
    meeting.preamble = corrections.over(None, "", "preamble", preamble)
    meeting.is_closed = corrections.over(None, "", "is_closed", False)
    meeting.is_cancelled = parsed.cancelled
    return warnings
