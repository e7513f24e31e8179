"""Drafts: files that wait for an editor. Of one that is discarded, or waits too long, only that it was there stays."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.utils import timezone

from minutes.models import Change, Correction, SourceDocument, SourceState
from minutes.models.locks import archive_lock
from minutes.models.sources import SourceDocumentQuerySet

from .corrections import IDENTIFYING, decoded
from .results import Refused
from .upkeep import remove_unless_known


def discard_draft(*, source: SourceDocument) -> None:
    """Take a draft off the list, with its file and all that was read from it or put right in it.

    Who brought it, when, and its checksum stay. Raises Refused when it is no draft (any more).
    """
    with archive_lock():
        gone = _let_go(SourceDocument.objects.drafts().filter(pk=source.pk))
    if not gone:
        raise Refused("Filen er ikke længere en kladde.")
    _remove(gone)


def expire_drafts() -> int:
    """Discard the drafts that have waited longer than DRAFT_DAYS; how many there were."""
    waiting_since = timezone.now() - datetime.timedelta(days=settings.DRAFT_DAYS)
    if not SourceDocument.objects.drafts().filter(added_at__lt=waiting_since).exists():
        return 0  # no writer is held up by who only looks
    with archive_lock():
        gone = _let_go(SourceDocument.objects.drafts().filter(added_at__lt=waiting_since))
    _remove(gone)
    return len(gone)


def moments_of(drafts: Sequence[Any]) -> dict[int, tuple[datetime.date | None, datetime.time | None]]:
    """When the meetings of `drafts`, loaded with `told_shortly`, were: as printed, or as an editor has put it."""
    found: dict[int, dict[str, Any]] = {}
    for draft in drafts:
        date, time = draft.printed_date, draft.printed_time
        found[draft.pk] = {
            "date": datetime.date.fromisoformat(date) if date else None,
            "start_time": datetime.time.fromisoformat(time) if time else None,
        }
    put = Correction.objects.filter(source__in=found, meeting=None, item_key=None, field__in=IDENTIFYING)
    for row in put:
        found[row.source_id][row.field] = decoded(row.field, row.value)
    return {key: (values["date"], values["start_time"]) for key, values in found.items()}


def _let_go(drafts: SourceDocumentQuerySet) -> list[str]:
    """Empty the rows of `drafts`; the checksums of their files. To be called under `locks.archive_lock`.

    A file's name may hold a CPR number as well as its text may, so it goes too, and out of the log of changes; that
    keeps who discarded it.
    """
    found = dict(drafts.values_list("pk", "sha256"))
    emptied = SourceDocument.objects.filter(pk__in=found)
    Correction.objects.filter(source__in=found).delete()
    emptied.update(filename="", parsed=None, warnings=[], parser_version="", read_at=None)
    Change.objects.of_sources(found).forget()
    emptied.update(state=SourceState.DISCARDED)
    return list(found.values())


def _remove(checksums: Iterable[str]) -> None:
    """The files go when the rows have: until then the drafts are whole, and what is broken off `sweep` finds."""
    for sha256 in checksums:
        remove_unless_known(sha256)
