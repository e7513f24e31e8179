""" "Slet endeligt": a file and all that came from it, out of the archive for good.

What is erased is either one file, or a meeting with all its editions. Of a meeting with several editions one may go
alone: is it the current one, the latest of the others takes its place, and the meeting's rows are made from that. The
last edition takes the meeting with it.

A preview erases too, in a transaction that is rolled back: so it tells what will go, and not what somebody once thought
would. Erasing is refused when it would no longer do what the preview told. Files are removed after the rows are gone
for good; where that fails `manage.py sweep` finds them, since no row tells of them.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from minutes.models import Attachment, Erasure, Meeting, SourceDocument, SourceState
from minutes.models.access import User
from minutes.models.erasures import ERASE, ErasedKind
from minutes.models.locks import archive_lock
from minutes.parsing.cpr import find_cpr
from minutes.parsing.serialise import from_dict

from . import files, traces
from .results import Refused
from .service import store_again
from .store import store
from .upkeep import remove_unless_known

logger = logging.getLogger(__name__)

_NOT_THERE = "Filen findes ikke længere i arkivet."


@dataclass(frozen=True, slots=True)
class ErasedFile:
    """A file that goes. `edition` is 0 for a draft and for an attachment."""

    sha256: str
    kind: ErasedKind
    name: str
    size: int
    media_type: str
    edition: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """How many there are of something, before and after."""

    what: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Gone:
    """What went, or in a preview would go."""

    files: tuple[ErasedFile, ...]
    is_whole_meeting: bool
    takes_over: int | None  # the edition that becomes the current one
    changes: tuple[Difference, ...]
    items: tuple[str, ...]  # the titles of the items that go
    digest: str  # of all that, and of the state that it was counted in

    @property
    def size(self) -> int:
        """Of all files, in bytes."""
        return sum(file.size for file in self.files)


class Changed(Refused):
    """The archive is another than the one that was previewed; nothing has been erased."""


class _OnlyLooking(Exception):
    """Undoes what a preview has done to know what it tells."""

    def __init__(self, gone: Gone) -> None:
        super().__init__()
        self.gone = gone


def preview(*, user: User, source: int | None = None, meeting: int | None = None) -> Gone:
    """What erasing that source, or that meeting with all its editions, would take with it. Nothing changes.

    Raises Refused where there is no such thing, or `user` may not erase it or read all that would go.
    """
    with archive_lock():
        try:
            with transaction.atomic():
                raise _OnlyLooking(_erase(_target(user, source, meeting), user))
        except _OnlyLooking as looking:
            return looking.gone


def erase(
    *, user: User, reason: str, note: str, seen: str, source: int | None = None, meeting: int | None = None
) -> Gone:
    """Erase what `preview` told of, whose `digest` is `seen`, and answer what went.

    Raises Changed where it would not be the same any more, and Refused as `preview` does.
    """
    if find_cpr(note):
        raise Refused("Begrundelsen ser ud til at indeholde et CPR-nummer. Den bliver stående, så skriv det ikke.")
    with archive_lock():
        gone = _erase(_target(user, source, meeting), user)
        if gone.digest != seen:
            raise Changed("Arkivet er ændret, siden du så, hvad der slettes. Intet er slettet. Se det igennem igen.")
        who: dict[str, Any] = {"erased_by": user, "erased_by_name": user.get_username(), "erased_at": timezone.now()}
        Erasure.objects.bulk_create(
            Erasure(sha256=file.sha256, kind=file.kind, reason=reason, note=note, **who) for file in gone.files
        )
        transaction.on_commit(lambda: remove_files(file.sha256 for file in gone.files))
    return gone


def remove_files(checksums: Iterable[str]) -> None:
    """Take the files of erased rows from the store, those left that a row tells of. What cannot be removed is logged,
    and left to `manage.py sweep`."""
    for sha256 in checksums:
        try:
            remove_unless_known(sha256)
        except OSError:
            logger.exception("The erased file %s could not be removed; manage.py sweep --slet does it", sha256)


def is_left_behind(erasure: Erasure) -> bool:
    """Whether an erased file lies in the store all the same, with no row that tells of it."""
    return files.path_of(erasure.sha256).exists() and not _is_known(erasure.sha256)


def lift(*, erasure: Erasure, user: User) -> None:
    """Let the erased file into the archive again, should somebody bring it. Raises Refused to who may not erase."""
    if user is None or not user.has_perm(ERASE):
        raise Refused("Du må ikke ophæve spærringen.")
    blocking = Erasure.objects.filter(sha256=erasure.sha256, lifted_at=None)
    blocking.update(lifted_at=timezone.now(), lifted_by_name=user.get_username())


@dataclass(frozen=True, slots=True)
class _Target:
    meeting: Meeting | None
    sources: list[SourceDocument]  # that go
    left: list[SourceDocument]  # editions that stay, latest first

    @property
    def is_whole_meeting(self) -> bool:
        return self.meeting is not None and not self.left


def _target(user: User, source: int | None, meeting: int | None) -> _Target:
    """Whoever erases must be able to read everything that it concerns: all editions of the meeting."""
    if user is None or not user.is_active or not user.has_perm(ERASE):
        raise Refused(_NOT_THERE)
    visible = SourceDocument.objects.visible_to(user).defer(None).select_related("meeting")
    if meeting is None:
        found = visible.filter(pk=source).first()
        if found is None:
            raise Refused(_NOT_THERE)
        if found.meeting is None:
            return _Target(None, [found], [])
        meeting = found.meeting.pk
    row = Meeting.objects.visible_to(user).filter(pk=meeting).first()
    editions = list(visible.filter(meeting=meeting).order_by("-edition"))
    if row is None or len(editions) != SourceDocument.objects.filter(meeting=meeting).count():
        raise Refused(_NOT_THERE)
    going = [one for one in editions if source is None or one.pk == source]
    return _Target(row, going, [one for one in editions if one not in going])


def _erase(target: _Target, user: User) -> Gone:
    """Erase it, and answer what went. To be called under the lock, in a transaction."""
    meeting = None if target.meeting is None else target.meeting.pk
    sources = [one.pk for one in target.sources]
    state = _state_of(target)
    before = traces.counted(meeting, sources, user)
    titles = [] if meeting is None else traces.titles_of(meeting)
    held = {file.sha256: file for file in _files_of(target)}
    takes_over = _delete(target)
    going = tuple(file for sha256, file in held.items() if not _is_known(sha256))
    after = traces.counted(meeting, sources, user)
    changes = tuple(Difference(what, before[what], after[what]) for what in before if before[what] or after[what])
    remaining = set() if meeting is None else set(traces.titles_of(meeting))
    items = tuple(title for title in titles if title not in remaining)
    return Gone(
        files=going,
        is_whole_meeting=target.is_whole_meeting,
        takes_over=takes_over.edition if takes_over else None,
        changes=changes,
        items=items,
        digest=_digest_of([state, going, changes, items]),
    )


def _delete(target: _Target) -> SourceDocument | None:
    """Delete the rows and all that tells of them; answers the edition that becomes the current one, if any does."""
    meeting, heir = target.meeting, None
    read = [from_dict(one.parsed) for one in target.sources if one.parsed]
    trail = traces.Trail.of(meeting, target.sources, read, whole=target.is_whole_meeting)
    if meeting is None:
        _delete_sources(target.sources)
    elif target.is_whole_meeting:
        traces.delete_meeting(meeting, lambda: _delete_sources(target.sources))
    elif target.sources[0].state == SourceState.CURRENT:
        heir = target.left[0]
        _hand_over(meeting, erased=target.sources[0], heir=heir)
    else:
        _delete_sources(target.sources)
        _store_again(next(one for one in target.left if one.state == SourceState.CURRENT))
    trail.wipe()
    return heir


def _delete_sources(sources: Iterable[SourceDocument]) -> None:
    SourceDocument.objects.filter(pk__in=[one.pk for one in sources]).delete()


def _hand_over(meeting: Meeting, *, erased: SourceDocument, heir: SourceDocument) -> None:
    """Make `heir` the current edition. What editors have put stays where the heir still prints what was corrected."""
    editions = SourceDocument.objects.filter(meeting=meeting)
    editions.filter(pk=erased.pk).update(state=SourceState.SUPERSEDED)
    editions.filter(pk=heir.pk).update(state=SourceState.CURRENT)
    heir.state = SourceState.CURRENT
    _settle_rival_corrections(erased, heir)
    store(meeting=meeting, parsed=from_dict(heir.parsed), source=heir, previous=erased)
    _delete_sources([erased])
    _store_again(heir)  # nothing from the erased one counts now, and no warning speaks of it


def _settle_rival_corrections(erased: SourceDocument, heir: SourceDocument) -> None:
    """Where both have corrected the same, the heir's own stands; but what is closed in one of them is closed."""
    own = {(row.item_key, row.part, row.field): row for row in heir.corrections.all()}
    for row in erased.corrections.all():
        rival = own.get((row.item_key, row.part, row.field))
        if rival is not None:
            if row.field == "is_closed" and row.value is True:
                rival.value = True
                rival.save(update_fields=["value"])
            row.delete()


def _store_again(source: SourceDocument) -> None:
    """From the reading that is kept, which stays the one of the version that made it."""
    version = source.parser_version
    store_again(source)
    SourceDocument.objects.filter(pk=source.pk).update(parser_version=version)


def _files_of(target: _Target) -> Iterator[ErasedFile]:
    for one in target.sources:
        yield ErasedFile(one.sha256, ErasedKind.SOURCE, str(one), one.size, one.media_type, one.edition)
    if target.meeting is not None:
        for row in Attachment.objects.filter(item__meeting=target.meeting).exclude(sha256=None):
            yield ErasedFile(row.sha256 or "", ErasedKind.ATTACHMENT, row.name, row.size or 0, row.media_type)


def _is_known(sha256: str) -> bool:
    known: list[Any] = [SourceDocument.objects.with_file(), Attachment.objects]
    return any(rows.filter(sha256=sha256).exists() for rows in known)


def _state_of(target: _Target) -> list[object]:
    meeting = target.meeting
    stamp = [meeting.pk, meeting.changed_at.isoformat()] if meeting else []
    return [stamp, *([one.pk, one.state, one.sha256] for one in (*target.sources, *target.left))]


def _digest_of(told: object) -> str:
    return hashlib.sha256(json.dumps(told, default=str).encode()).hexdigest()
