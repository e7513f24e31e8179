"""References: found in an item's texts, resolved when their target is there, also when it arrives later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Count, Min, OuterRef, Q, Subquery

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


def resolve(new: Sequence[Reference], meeting: Meeting, new_cases: Sequence[Case], *, may_have_moved: bool) -> None:
    """Lead `new` references to their targets, and to this meeting and these cases what has waited for them.

    A date on which the body met twice leads nowhere, since it is not known which meeting is meant. Where the meeting's
    date may be another than before, references that no longer mean it are taken off.
    """
    by_rule = Reference.objects.filter(origin=Origin.RULE)
    affected = Q(date=meeting.date, body=meeting.body)
    if may_have_moved:
        affected |= Q(target_meeting=meeting)
    waiting = list(by_rule.filter(affected).order_by().values_list("pk", "item_number"))
    _to_meetings([(one.pk, one.item_number) for one in new if one.date] + waiting)
    numbered = [one.pk for one in new if one.case_number]
    if new_cases:
        cases = by_rule.filter(case_number__in=[case.normalised for case in new_cases])
        numbered += cases.order_by().values_list("pk", flat=True)
    _to_cases(numbered)


def _to_meetings(references: Sequence[tuple[int, int | None]]) -> None:
    """`references` by primary key, with the number of the item that each names."""
    if references:
        that_day = Meeting.objects.filter(body=OuterRef("body"), date=OuterRef("date")).order_by()
        only = that_day.values("body", "date").annotate(count=Count("pk"), only=Min("pk")).filter(count=1)
        dated = Reference.objects.filter(pk__in=[pk for pk, _ in references])
        dated.update(target_meeting=Subquery(only.values("only")))
    if named := [pk for pk, item_number in references if item_number is not None]:
        item = AgendaItem.objects.filter(meeting=OuterRef("target_meeting"), number=OuterRef("item_number"))
        Reference.objects.filter(pk__in=named).update(target_item=Subquery(item.values("pk")))


def _to_cases(references: Sequence[int]) -> None:
    if references:
        target = Case.objects.filter(normalised=OuterRef("case_number")).values("pk")[:1]
        Reference.objects.filter(pk__in=references).update(target_case=Subquery(target))
