"""What a meeting and its files have left in the archive, to be counted and to be wiped out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.formats import date_format

from minutes.models import (
    AgendaItem,
    Attachment,
    Case,
    Correction,
    Deadline,
    Decision,
    DecisionOutcome,
    Meeting,
    Reader,
    Recommendation,
    Reference,
    SearchEntry,
    SearchFacets,
    Section,
    SourceDocument,
    Word,
    reader_of,
)
from minutes.models.access import User
from minutes.models.decisions import Origin
from minutes.models.history import Change
from minutes.parsing.types import ParsedMinutes
from minutes.search.index import forget_items

from . import cases, references


def counted(meeting: int | None, sources: Collection[int], user: User) -> dict[str, int]:
    """How many there are now of everything that hangs on the meeting and on the sources, given by primary key.

    `user` may read all of these; of what lies elsewhere that is counted which they may know of.
    """
    of_meeting = Q(meeting=meeting, meeting__isnull=False)
    told: dict[str, models.QuerySet[Any]] = {
        "Originalfiler": SourceDocument.objects.filter(of_meeting | Q(pk__in=sources)),
        **({} if meeting is None else _rows_of(meeting, reader_of(user))),
        "Rettelser": Correction.objects.filter(of_meeting | Q(source__in=sources)),
        "Linjer i ændringsloggen": Change.objects.visible_to(user).filter(_told_of(meeting, sources)),
    }
    return {what: rows.count() for what, rows in told.items()}


def _rows_of(meeting: int, reader: Reader) -> dict[str, models.QuerySet[Any]]:
    of_items: dict[str, Any] = {"item__meeting": meeting}
    into = Q(target_meeting=meeting) | Q(target_item__meeting=meeting)
    elsewhere = Reference.objects.visible_for(reader).exclude(**of_items)
    return {
        "Punkter": AgendaItem.objects.filter(meeting=meeting),
        "Afsnit": Section.objects.filter(**of_items),
        "Beslutninger": Decision.objects.filter(**of_items),
        "Beslutningstyper": DecisionOutcome.objects.filter(decision__item__meeting=meeting),
        "Indstillinger": Recommendation.objects.filter(**of_items),
        "Frister": Deadline.objects.filter(**of_items),
        "Bilag": Attachment.objects.filter(**of_items),
        "Bilag med fil": Attachment.objects.filter(**of_items).exclude(sha256=None),
        "Henvisninger i teksten": Reference.objects.filter(**of_items, origin=Origin.RULE),
        "Henvisninger hertil fra andre møder": elsewhere.filter(into, origin=Origin.RULE),
        "Knytninger mellem punkter": Reference.objects.visible_for(reader).filter(_linking(meeting)),
        "Punkter i søgeindekset": SearchEntry.objects.filter(**of_items),
        "Sager i arkivet": Case.objects.visible_for(reader),
        "Ord, søgningen kender": Word.objects.visible_for(reader),
    }


def titles_of(meeting: int) -> list[str]:
    """Of its items, in order, each with its number."""
    items = AgendaItem.objects.filter(meeting=meeting).order_by("number").values_list("number", "title")
    return [f"{number}. {title or 'Uden titel'}" for number, title in items]


@dataclass(frozen=True, slots=True)
class Trail:
    """What must be known of rows before they are deleted, to wipe out afterwards what tells of them."""

    meeting: int | None
    is_whole_meeting: bool
    sources: list[int]
    items: list[int]
    cases: set[int]
    log_entries: list[int]

    @classmethod
    def of(
        cls, meeting: Meeting | None, sources: Sequence[SourceDocument], read: Sequence[ParsedMinutes], *, whole: bool
    ) -> Trail:
        """`read` are the readings of `sources`; `whole` tells whether the meeting goes."""
        pk = None if meeting is None else meeting.pk
        items = AgendaItem.objects.filter(meeting=pk) if pk is not None else AgendaItem.objects.none()
        gone = [one.pk for one in sources]
        return cls(
            meeting=pk,
            is_whole_meeting=whole,
            sources=gone,
            items=list(items.values_list("pk", flat=True)),
            cases=set(items.exclude(case=None).values_list("case", flat=True)) | set(_cases_named(gone, read)),
            log_entries=[one.pk for one in _log_entries(meeting if whole else None, gone)],
        )

    def wipe(self) -> None:
        """To be called when the rows are deleted: what is deleted is logged, so the log is wiped last."""
        unused = Case.objects.filter(~Exists(AgendaItem.objects.filter(case=OuterRef("pk"))), pk__in=self.cases)
        gone_cases = list(unused.values_list("pk", flat=True))
        unused.delete()
        cases.mark_collective(self.cases)
        SearchFacets.objects.filter(~Exists(SearchEntry.objects.filter(facets=OuterRef("pk")))).delete()
        LogEntry.objects.filter(pk__in=self.log_entries).delete()
        Change.objects.filter(_told_of(self.meeting, self.sources)).forget()
        Change.objects.of_items(self.items).forget()
        Change.objects.of(Case, gone_cases).forget()


def delete_meeting(meeting: Meeting, delete_sources: Callable[[], None]) -> None:
    """Delete the meeting with all its rows. What other minutes say of it stays as words, and leads nowhere."""
    items = list(meeting.items.values_list("pk", flat=True))
    forget_items(items)
    Reference.objects.filter(_linking(meeting.pk)).delete()
    delete_sources()
    pk = meeting.pk
    meeting.delete()
    meeting.pk = pk
    references.resolve([], meeting, [], may_have_moved=False)  # of two meetings on one day the other is meant now


def _linking(meeting: int) -> Q:
    """Editors' links between its items and any other."""
    return Q(Q(item__meeting=meeting) | Q(target_item__meeting=meeting), origin=Origin.EDITOR)


def _told_of(meeting: int | None, sources: Collection[int]) -> Q:
    """What the log of changes holds of the words of the sources. A line does not say which edition a value came from,
    so all lines of the meeting count."""
    return Q(source__in=sources) | (Q() if meeting is None else Q(meeting=meeting))


def _cases_named(sources: Collection[int], read: Sequence[ParsedMinutes]) -> Iterator[int]:
    """The cases of the numbers that the files print, or an editor has put for them."""
    printed = {item.case_number or "" for minutes in read for item in minutes.items}
    put = Correction.objects.filter(source__in=sources, field="printed_case_number").values_list("value", flat=True)
    numbers = [cases.number_of(text) for text in {*printed, *(value for value in put if isinstance(value, str))}]
    normalised = [number.normalised for number in numbers if number]
    yield from Case.objects.filter(normalised__in=normalised).values_list("pk", flat=True)


def _log_entries(meeting: Meeting | None, sources: Collection[int]) -> models.QuerySet[LogEntry]:
    """The administration's own entries, which name rows by the meeting's date. That of another meeting on the same day
    is not told from this one's, and goes with it."""
    kinds = ContentType.objects.get_for_model
    told = Q(content_type=kinds(SourceDocument), object_id__in=map(str, sources))
    if meeting is not None:
        day = date_format(meeting.date, "j. F Y")
        told |= Q(content_type=kinds(Meeting), object_id=str(meeting.pk))
        told |= Q(content_type__app_label="minutes", object_repr__startswith=f"{day}, ")
    return LogEntry.objects.filter(told)
