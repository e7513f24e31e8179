"""From ParsedMinutes to a meeting's rows. One transaction, held by the caller under `locks.archive_lock`.

Everything that can be read again is replaced. What must last is kept: the meeting and its address, items that the new
reading still has (their rows, keys and whatever hangs on them), attachments' files, and what editors have put.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    Reference,
    Section,
    SourceDocument,
)
from minutes.models.decisions import Origin
from minutes.parsing.standing import is_standing
from minutes.parsing.types import Item, ParsedMinutes, Warning
from minutes.search.index import forget_items, index_items

from . import cases, confirming, deadlines, matching, parts, references
from .corrections import Corrections, free_keys
from .meetings import printed_times

_ITEM_FIELDS = [
    *("number", "title", "prefix", "printed_title", "case", "printed_case_number", "page", "line"),
    *("is_closed", "is_standing"),
]


@dataclass(slots=True)
class Rows:
    """The rows of one meeting's items, made but not saved."""

    sections: list[Section] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    outcomes: list[DecisionOutcome] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)
    recommendations: list[Recommendation] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)


def store(
    *, meeting: Meeting, parsed: ParsedMinutes, source: SourceDocument, previous: SourceDocument | None = None
) -> list[Warning]:
    """Make the rows of `meeting`, which may be unsaved, what `parsed` says, corrections laid over it.

    `parsed` was read from `source`, which replaces the edition `previous` where there is one. Answers what had to be
    assumed on the way. `source.is_closed` is set; saving `source` is left to the caller.
    """
    is_new = meeting.pk is None
    corrections = Corrections(meeting, source, previous)
    stored = [] if is_new else list(meeting.items.all())
    affected = {row.case_id for row in stored if row.case_id}
    confirmed = confirming.what_is_confirmed(meeting)

    items, warnings = _items(meeting, parsed, stored, corrections)
    warnings += _fill_meeting(meeting, parsed, items, source, corrections)
    meeting.save()
    given = _give_cases(items)
    _save_items(items, stored)
    rows = Rows()
    for item, row in zip(parsed.items, items, strict=True):
        warnings += _parts(item, row, corrections, rows)
    _save_parts(items, rows, replaces=bool(stored))
    confirming.let_go_of_changed(confirmed)
    _save_references(meeting, items, rows, given, is_new=is_new)
    cases.mark_collective(affected | {case.pk for case in given.all})
    index_items([row.pk for row in items])

    closed_attachment = any(attachment.is_closed for attachment in rows.attachments)
    source.is_closed = meeting.is_closed or closed_attachment or any(item.is_closed for item in items)
    if stored and not items:
        warnings.append(Warning("items_gone", f"Den nye udgave har ingen punkter; mødets {len(stored)} er taget ud."))
    return [*warnings, *corrections.finish()]


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
    items, warnings = [], []
    for item, found in zip(parsed.items, matched, strict=True):
        row = found or AgendaItem(meeting=meeting, key=next(keys))
        _fill(row, item, corrections)
        if found is None and close_new and not row.is_closed:
            row.is_closed = corrections.close(row.key, "", context=item.title)
            message = f"Punkt {item.number} er lukket: et punkt, som en redaktør har lukket, er ikke i den nye udgave."
            warnings.append(Warning("closed_by_caution", message, item.span.page, item.span.line))
        items.append(row)
    return items, warnings


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


def _give_cases(items: Sequence[AgendaItem]) -> cases.Given:
    """Set each item's case."""
    numbers = [cases.number_of(row.printed_case_number) for row in items]
    given = cases.cases_of(number for number in numbers if number)
    for row, number in zip(items, numbers, strict=True):
        row.case = given.by_number[number.normalised] if number else None
    return given


def _save_items(items: Sequence[AgendaItem], stored: Sequence[AgendaItem]) -> None:
    kept = [row for row in items if row.pk is not None]
    gone = {row.pk for row in stored} - {row.pk for row in kept}
    if gone:
        forget_items(gone)
        AgendaItem.objects.filter(pk__in=gone).delete()
    AgendaItem.objects.bulk_update(kept, _ITEM_FIELDS)
    AgendaItem.objects.bulk_create([row for row in items if row.pk is None])


def _parts(item: Item, row: AgendaItem, corrections: Corrections, rows: Rows) -> list[Warning]:
    rows.sections += parts.sections(item, row, corrections)
    rows.recommendations += parts.recommendations(item, row, corrections)
    attachments, closed = parts.attachments(item, row, corrections)
    rows.attachments += attachments
    decision, warnings = parts.decision(item, row, corrections)
    if decision is not None:
        rows.decisions.append(decision)
        rows.outcomes += parts.outcomes(decision, corrections)
        rows.deadlines += deadlines.deadlines(decision)
    return [*closed, *warnings]


def _save_parts(items: Sequence[AgendaItem], rows: Rows, *, replaces: bool) -> None:
    if replaces:
        kept = [row.pk for row in items]
        rows.attachments += parts.keep_attachments(rows.attachments, Attachment.objects.filter(item__in=kept))
        DecisionOutcome.objects.filter(decision__item__in=kept).delete()
        for model in (Section, Recommendation, Decision, Deadline, Attachment):
            model.objects.filter(item__in=kept).delete()
    Section.objects.bulk_create(rows.sections)
    Decision.objects.bulk_create(rows.decisions)
    DecisionOutcome.objects.bulk_create(rows.outcomes)
    Deadline.objects.bulk_create(rows.deadlines)
    Recommendation.objects.bulk_create(rows.recommendations)
    Attachment.objects.bulk_create(rows.attachments)


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


def _save_references(
    meeting: Meeting, items: Sequence[AgendaItem], rows: Rows, given: cases.Given, *, is_new: bool
) -> None:
    if not is_new:
        Reference.objects.filter(item__in=[row.pk for row in items], origin=Origin.RULE).delete()
    found = list(references.references_in(meeting, [*rows.sections, *rows.decisions]))
    Reference.objects.bulk_create(found)
    references.resolve(found, meeting, given.new, may_have_moved=not is_new)
