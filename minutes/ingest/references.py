"""References: found in an item's texts, resolved when their target is there, also when it arrives later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Count, Min, OuterRef, QuerySet, Subquery

from minutes.models import AgendaItem, Case, Decision, Meeting, Reference, Section
from minutes.models.decisions import Origin
from minutes.parsing.references import find_references

BODY_LENGTH = 120


def references_in(meeting: Meeting, parts: Iterable[Section | Decision]) -> Iterator[Reference]:
    """What the texts of `parts` refer to, not yet saved or resolved; neither its own meeting nor its own case."""
    for part in parts:
        own_case = part.item.case.normalised if part.item.case else None
        for found in find_references(part.text, own_body=meeting.body, meeting_date=meeting.date):
            body = found.body or meeting.body
            case_number = found.case_number.normalised if found.case_number else ""
            if found.date == meeting.date and body == meeting.body and found.item_number is None:
                continue
            if case_number and case_number == own_case:
                continue
            yield Reference(
                item=part.item,
                position=part.position,
                start=found.start,
                end=found.end,
                words=found.words,
                body=body[:BODY_LENGTH] if found.date else "",
                date=found.date,
                item_number=found.item_number if found.date else None,
                case_number=case_number,
                origin=Origin.RULE,
            )


def resolve(references: Sequence[Reference]) -> None:
    """Lead new references to their targets, where these are there.

    A date on which the body met twice leads nowhere, since it is not known which meeting is meant.
    """
    if dated := [reference.pk for reference in references if reference.date]:
        _to_meetings(Reference.objects.filter(pk__in=dated))
    if numbered := [reference.pk for reference in references if reference.case_number]:
        _to_cases(Reference.objects.filter(pk__in=numbered))


def resolve_to(meeting: Meeting, new_cases: Sequence[Case], *, may_have_moved: bool) -> None:
    """Lead the references that have waited for this meeting or for one of these cases.

    Where the meeting's date may be another than before, those that no longer mean it are taken off.
    """
    found = Reference.objects.filter(origin=Origin.RULE)
    _to_meetings(found.filter(date=meeting.date, body=meeting.body))
    if may_have_moved:
        _to_meetings(found.filter(target_meeting=meeting).exclude(date=meeting.date, body=meeting.body))
    if new_cases:
        _to_cases(found.filter(case_number__in=[case.normalised for case in new_cases]))


def _to_meetings(references: QuerySet[Reference]) -> None:
    same = Reference.objects.filter(pk__in=list(references.values_list("pk", flat=True)))
    that_day = Meeting.objects.filter(body=OuterRef("body"), date=OuterRef("date")).order_by().values("body", "date")
    only = that_day.annotate(count=Count("pk"), only=Min("pk")).filter(count=1).values("only")
    same.update(target_meeting=Subquery(only))
    item = AgendaItem.objects.filter(meeting=OuterRef("target_meeting"), number=OuterRef("item_number"))
    same.exclude(item_number=None).update(target_item=Subquery(item.values("pk")))


def _to_cases(references: QuerySet[Reference]) -> None:
    target = Case.objects.filter(normalised=OuterRef("case_number")).values("pk")[:1]
    references.update(target_case=Subquery(target))
