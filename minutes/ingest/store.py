"""From ParsedMinutes to a meeting's rows. One transaction, held by the caller under `locks.archive_lock`.

Everything that can be read again is replaced. What must last is kept: the meeting and its address, items that the new
reading still has (their rows, keys and whatever hangs on them), attachments' files, and what editors have put.
"""

from __future__ import annotations

from collections.abc import Sequence
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
from minutes.parsing.types import ParsedMinutes, Warning
from minutes.search.index import forget_items, index_items

from . import cases, confirming, parts, references
from .plan import Plan, make_plan
from .results import Refused
from .rows import save_rows

_ITEM_FIELDS = [
    *("number", "title", "prefix", "printed_title", "case", "printed_case_number", "page", "line"),
    *("is_closed", "is_standing"),
]


def store(
    *, meeting: Meeting, parsed: ParsedMinutes, source: SourceDocument, previous: SourceDocument | None = None
) -> list[Warning]:
    """Make the rows of `meeting`, which may be unsaved, what `parsed` says, corrections laid over it.

    `parsed` was read from `source`, which replaces the edition `previous` where there is one. Answers what had to be
    assumed on the way. `source.is_closed` is set; saving `source` is left to the caller. Raises Refused, with nothing
    written, where neither file nor editor says what day it was.
    """
    is_new = meeting.pk is None
    affected = set() if is_new else set(meeting.items.exclude(case=None).values_list("case", flat=True))
    confirmed = confirming.what_is_confirmed(meeting)
    plan = make_plan(meeting=meeting, parsed=parsed, source=source, previous=previous)
    if meeting.date is None:
        raise Refused("Filen siger ikke selv, hvilken dag mødet var. Ret datoen i stedet for at tage den tilbage.")

    meeting.save()
    rows = [planned.row for planned in plan.items]
    given = _give_cases(rows)
    _save_items(rows, plan.stored)
    _save_parts(plan)
    confirming.let_go_of_changed(confirmed)
    _save_references(plan, given, is_new=is_new)
    cases.mark_collective(affected | {case.pk for case in given.all})
    index_items([row.pk for row in rows])
    source.is_closed = plan.is_closed
    plan.corrections.finish()
    return [*plan.warnings, *plan.corrections.left()]


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


def _save_parts(plan: Plan) -> None:
    """The parts of the items, those that stay as they are left untouched."""
    items = plan.items
    rows = [planned.row for planned in items]
    of_items: dict[str, Any] = {"item__in": [row.pk for row in rows]} if plan.stored else {"pk__in": []}
    decisions = [planned.decision for planned in items if planned.decision is not None]
    save_rows(Section, [row for one in items for row in one.sections], **of_items)
    save_rows(Decision, decisions, by=("item_id",), **of_items)
    outcomes = [row for one in items for row in one.outcomes]
    save_rows(DecisionOutcome, outcomes, by=("decision_id", "position"), decision__in=[one.pk for one in decisions])
    save_rows(Deadline, [row for one in items for row in one.deadlines], **of_items)
    save_rows(Recommendation, [row for one in items for row in one.recommendations], **of_items)
    parts.save_attachments([row for one in items for row in one.attachments], Attachment.objects.filter(**of_items))


def _save_references(plan: Plan, given: cases.Given, *, is_new: bool) -> None:
    """References that say the same as before keep their rows, and with them what they lead to."""
    texts = [part for one in plan.items for part in (*one.sections, one.decision) if part is not None]
    found = list(references.references_in(plan.meeting, texts))
    of_items: dict[str, Any] = {"pk__in": []} if is_new else {"item__in": [one.row.pk for one in plan.items]}
    said = ("item_id", "position", "start", "end", "words", "body", "date", "item_number", "case_number")
    leads = ("target_meeting_id", "target_item_id", "target_case_id")
    new = save_rows(Reference, found, by=said, keeping=leads, origin=Origin.RULE, **of_items)
    references.resolve(new, plan.meeting, given.new, may_have_moved=not is_new)
