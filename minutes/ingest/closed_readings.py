"""The log of who opened what is closed: telling what on a page is closed, and writing it down."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db.models import Model, Q
from django.utils import timezone

from minutes.models import (
    AgendaItem,
    Attachment,
    ClosedReading,
    Correction,
    Decision,
    Meeting,
    Recommendation,
    Reference,
    Section,
    SourceDocument,
    Way,
)


@dataclasses.dataclass(frozen=True, slots=True)
class Opening:
    """A closed thing that is being shown: an item, a source, or a meeting as a whole."""

    way: Way
    meeting: Meeting | None = None
    item: AgendaItem | None = None
    source: SourceDocument | None = None


def closed_among(way: Way, rows: Iterable[Model]) -> Iterator[Opening]:
    """Of what a page shows that which is closed. A part stands for its item."""
    for row in rows:
        match row:
            case Meeting():
                if row.is_closed:
                    yield Opening(way, row)
            case AgendaItem():
                if row.is_closed or row.meeting.is_closed or any(one.is_closed for one in row.attachments.all()):
                    yield Opening(way, row.meeting, row)
            case SourceDocument():
                if not SourceDocument.objects.filter(pk=row.pk).open_only().exists():
                    yield Opening(way, row.meeting, source=row)
            case Correction():
                item = AgendaItem.objects.filter(meeting=row.meeting_id, key=row.item_key).first()
                yield from closed_among(way, [item or row.meeting or row.source])
            case Reference():
                yield from closed_among(way, filter(None, (row.item, row.target_item, row.target_meeting)))
            case Attachment() | Decision() | Recommendation() | Section():
                yield from closed_among(way, [row.item])


def closed_items(keys: Collection[int]) -> list[AgendaItem]:
    """Those of the items with these keys that are closed, or stand in a closed meeting: few of many."""
    closed = AgendaItem.objects.filter(Q(is_closed=True) | Q(meeting__is_closed=True))
    wanted = set(keys)
    return [item for item in closed.select_related("meeting") if item.pk in wanted]


def record_openings(*, user: AbstractUser, openings: Iterable[Opening]) -> None:
    """Write down that `user` is shown these. What the same person opened in the same way this hour stands already."""
    now = timezone.now()
    when = {"opened_at": now, "hour": now.replace(minute=0, second=0, microsecond=0)}
    who = {"reader": user, "username": user.get_username()}
    rows = [ClosedReading(**who, **when, **_place_of(one)) for one in openings]
    ClosedReading.objects.bulk_create(rows, ignore_conflicts=True)


def _place_of(opening: Opening) -> dict[str, Any]:
    meeting, item, source = opening.meeting, opening.item, opening.source
    return {
        "way": opening.way,
        "meeting": meeting,
        "item": item,
        "source": source,
        "slug": meeting.slug if meeting else "",
        "date": meeting.date if meeting else None,
        "number": item.number if item else None,
        "edition": source.edition or None if source else None,
        "sha256": source.sha256 if source else "",
    }
