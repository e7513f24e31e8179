"""References: found in an item's texts, resolved when their target is there, also when it arrives later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Count, Min, OuterRef, QuerySet, Subquery

from minutes.models import AgendaItem, Case, Decision, Meeting, Reference, Section
from minutes.models.decisions import Origin
from minutes.parsing.references import find_references


def references_in(meeting: Meeting, parts: Iterable[Section | Decision]) -> Iterator[Reference]:
    """What the texts of `parts` refer to, not yet saved or resolved; neither its own meeting nor its own case."""
    for part in parts:
        own_case = part.item.case.normalised if part.item.case else None
        for found in find_references(part.text, own_body=meeting.body, meeting_date=meeting.date):
            body = found.body or meeting.body
            case_number = found.case_number.normalised if found.case_number else ""
            if found.date == meeting.date and body == meeting.body:
                continue
            if case_number and case_number == own_case:
                continue
            yield Reference(
                item=part.item,
                position=part.position,
                start=found.start,
                end=found.end,
                words=found.words,
                body=body if found.date else "",
                date=found.date,
                case_number=case_number,
                origin=Origin.RULE,
            )


def resolve(meeting: Meeting, items: Iterable[AgendaItem], cases: Iterable[Case]) -> None:
    """Lead every reference to its target that has to do with what was just stored: from the meeting, or to it.

    A date on which the body met twice leads nowhere, since it is not known which meeting is meant.
    """
    found = Reference.objects.filter(origin=Origin.RULE)
    new = found.filter(item__in=[item.pk for item in items])
    _to_meetings(new.exclude(date=None))
    _to_cases(new.exclude(case_number=""))
    _to_meetings(found.filter(date=meeting.date, body=meeting.body))
    _to_meetings(found.filter(target_meeting=meeting).exclude(date=meeting.date, body=meeting.body))
    _to_cases(found.filter(case_number__in=[case.normalised for case in cases], target_case=None))


def _to_meetings(references: QuerySet[Reference]) -> None:
    that_day = Meeting.objects.filter(body=OuterRef("body"), date=OuterRef("date")).order_by().values("body", "date")
    only = that_day.annotate(count=Count("pk"), only=Min("pk")).filter(count=1).values("only")
    references.update(target_meeting=Subquery(only))


def _to_cases(references: QuerySet[Reference]) -> None:
    target = Case.objects.filter(normalised=OuterRef("case_number")).values("pk")[:1]
    references.update(target_case=Subquery(target))
