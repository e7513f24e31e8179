"""Files into the archive: the one way in, used by the upload page, the admin and the commands alike."""

from __future__ import annotations

import contextlib
from typing import Any

from django.db import DatabaseError, InterfaceError
from django.db.models import Max
from django.utils import timezone

from minutes.models import Erasure, Meeting, SourceDocument, SourceState
from minutes.models.history import acting
from minutes.models.locks import archive_lock, leave_dead_connection
from minutes.parsing.errors import ParseError
from minutes.parsing.serialise import from_dict, to_dict
from minutes.parsing.types import ParsedMinutes, Warning

from . import files
from .acceptance import accepted
from .filenames import clean_filename
from .meetings import MeetingKey, find_meeting, key_of_draft, make_meeting
from .plan import version_of
from .reading import PARSER_VERSION, Reading, read
from .results import IngestResult, Outcome, Outdated, Refused
from .store import store
from .upkeep import remove_unless_known


def ingest_file(
    *,
    content: bytes,
    filename: str,
    user: Any = None,
    draft: bool = False,
    reading: Reading | ParseError | None = None,
) -> IngestResult:
    """Put a file into the archive, or with `draft` lay it ready for an editor, and say what happened.

    The same file again changes nothing. Other content for a known meeting is a new edition: it replaces what was
    read from the earlier one, whose file stays, and no address changes. A file that cannot be read, or is not the
    minutes of one of the archive's own meetings, is REFUSED with a message that says why.

    `reading` is the file's, where the caller has read it already. Raises StoreUnwritable or StoreDamaged when the
    machine is at fault; then, as after any other failure, the archive is as before.
    """
    sha256 = files.digest_of(content)
    if known := known_file(sha256, draft=draft):
        if known.outcome is not Outcome.REFUSED and not files.path_of(sha256).exists():
            _restore(content, sha256)
        return known
    reading = read(content) if reading is None else reading
    if isinstance(reading, ParseError):
        return IngestResult(Outcome.REFUSED, reading.message)
    name = clean_filename(filename)
    try:
        parsed = accepted(reading.parsed, name, may_lack_date=draft)
        with acting(user), archive_lock():
            if known := known_file(sha256, draft=draft):  # somebody else brought it meanwhile, or erased it
                return known
            source = _source_of(sha256) or SourceDocument(sha256=sha256)
            source.filename = name or source.filename
            source.added_by = user or source.added_by
            return _keep(content, source, Reading(reading.media_type, parsed), draft=draft)
    except Refused as refusal:
        return IngestResult(Outcome.REFUSED, refusal.message, warnings=reading.parsed.warnings)
    except BaseException:
        _take_away_unless_known(sha256)
        raise


def known_file(sha256: str, *, draft: bool = False) -> IngestResult | None:
    """The answer for a file that is in the archive already, or among the drafts when it is to be one, and for one that
    was erased for good; None for any other."""
    source = _source_of(sha256)
    if source and (known := _answer_for(source, draft=draft)):
        return known
    erasure = Erasure.objects.refusing(sha256)
    return IngestResult(Outcome.REFUSED, erasure.refusal) if erasure else None


def _source_of(sha256: str) -> SourceDocument | None:
    return SourceDocument.objects.select_related("meeting").filter(sha256=sha256).first()


def _answer_for(source: SourceDocument, *, draft: bool) -> IngestResult | None:
    if source.state == SourceState.DISCARDED or (source.state == SourceState.DRAFT and not draft):
        return None
    if source.state == SourceState.DRAFT:
        message = "Filen ligger allerede som kladde."
    elif source.state == SourceState.SUPERSEDED:
        message = f"Filen er allerede i arkivet som en tidligere udgave af {source.meeting}."
    else:
        message = f"Filen er allerede i arkivet: {source.meeting}."
    return IngestResult(Outcome.UNCHANGED, message, source.meeting, source)


def publish_draft(*, source: SourceDocument, user: Any = None, seen: str | None = None) -> IngestResult:
    """Put a draft into the archive, as its preview shows it: the reading that is kept, corrections laid over it.

    Published already, by somebody quicker, it is UNCHANGED. `seen` is the `plan.version_of` on the page that the
    editor looked at. Raises Outdated when the draft is another since, Refused when it is no draft any more or may not
    go into the archive, and StoreDamaged when its file is gone; then nothing has changed.
    """
    with acting(user), archive_lock():
        draft = SourceDocument.objects.defer(None).select_related("meeting").filter(pk=source.pk).first()
        if draft is None or draft.state == SourceState.DISCARDED:
            raise Refused("Kladden er her ikke længere: den er kasseret eller udløbet. Læg filen op igen.")
        if known := _answer_for(draft, draft=False):
            return known
        if seen is not None and seen != version_of(draft):
            raise Outdated("Kladden eller mødet er ændret, imens du så på den. Se den igennem, og prøv en gang til.")
        files.read(draft.sha256)  # raises unless the original is there, whole
        draft.added_by = draft.added_by or user
        parsed = from_dict(draft.parsed)
        return _publish(draft, find_meeting(_key(draft, parsed)), parsed)


def store_again(source: SourceDocument, parsed: ParsedMinutes | None = None) -> SourceDocument:
    """Make a meeting's rows anew from `parsed`, or else from the reading that is kept, corrections laid over it.

    To be called under `locks.archive_lock`. Raises Refused when `source` is not current.
    """
    current = SourceDocument.objects.defer(None).select_related("meeting").filter(pk=source.pk).first()
    if current is None or current.meeting is None or current.state != SourceState.CURRENT:
        raise Refused("Filen er ikke den gældende udgave af et møde.")
    parsed = parsed or from_dict(current.parsed)
    _save_reading(current, parsed, store(meeting=current.meeting, parsed=parsed, source=current))
    return current


def _restore(content: bytes, sha256: str) -> None:
    """Somebody brings a file whose original is gone from the disk: it has the checksum, so it is the original."""
    with archive_lock():
        files.write(content, sha256)


def _keep(content: bytes, source: SourceDocument, reading: Reading, *, draft: bool) -> IngestResult:
    """Write the file, then the rows."""
    try:
        meeting = find_meeting(_key(source, reading.parsed))
    except Refused:
        if not draft:
            raise
        meeting = None  # which of two meetings it is, an editor says before it goes into the archive
    files.write(content, source.sha256)
    source.media_type, source.size = reading.media_type, len(content)
    keep = _keep_draft if draft else _publish
    return keep(source, meeting, reading.parsed)


def _key(source: SourceDocument, parsed: ParsedMinutes) -> MeetingKey:
    return key_of_draft(source, parsed) if source.pk else MeetingKey.of(parsed)


def _take_away_unless_known(sha256: str) -> None:
    """After a failure: the file without a row, under a lock taken anew.

    The first lock may have gone with its connection, and another process may have stored the same file since. Where
    the database cannot be asked, the file is left to `manage.py sweep`.
    """
    with contextlib.suppress(DatabaseError, InterfaceError, OSError):
        leave_dead_connection()
        remove_unless_known(sha256)


def _keep_draft(source: SourceDocument, meeting: Meeting | None, parsed: ParsedMinutes) -> IngestResult:
    """A draft for a meeting that holds something closed is closed, whatever it says itself."""
    editions = SourceDocument.objects.filter(meeting=meeting, is_closed=True)
    source.is_closed = any(item.closed for item in parsed.items) or (meeting is not None and editions.exists())
    source.state, source.added_at = SourceState.DRAFT, timezone.now()
    _save_reading(source, parsed, [])
    return IngestResult(Outcome.DRAFT, "Kladden ligger klar til en redaktør.", meeting, source, parsed.warnings)


def _publish(source: SourceDocument, meeting: Meeting | None, parsed: ParsedMinutes) -> IngestResult:
    source.state = SourceState.CURRENT
    source.added_at = timezone.now()  # to the archive: a draft may have waited
    if meeting is None:
        outcome, what = Outcome.CREATED, "Lagt i arkivet"
        meeting, source.edition = make_meeting(_key(source, parsed)), 1
        added = store(meeting=meeting, parsed=parsed, source=source)
        source.meeting = meeting
    else:
        outcome, what = Outcome.NEW_EDITION, "Ny udgave"
        added = _replace(source, meeting, parsed)
    _save_reading(source, parsed, added)
    return IngestResult(outcome, f"{what}: {meeting}.", meeting, source, (*parsed.warnings, *added))


def _replace(source: SourceDocument, meeting: Meeting, parsed: ParsedMinutes) -> list[Warning]:
    editions = SourceDocument.objects.filter(meeting=meeting)
    previous = editions.current().first()
    editions.current().update(state=SourceState.SUPERSEDED)
    source.meeting = meeting
    source.edition = 1 + (editions.aggregate(last=Max("edition"))["last"] or 0)
    source.save()  # corrections that still apply are handed over to it
    return store(meeting=meeting, parsed=parsed, source=source, previous=previous)


def _save_reading(source: SourceDocument, parsed: ParsedMinutes, added: list[Warning]) -> None:
    source.parsed = to_dict(parsed)
    extra = [{"code": one.code, "message": one.message, "page": one.page, "line": one.line} for one in added]
    source.warnings = [*source.parsed["warnings"], *extra]
    source.parser_version = PARSER_VERSION
    source.read_at = timezone.now()
    source.save()
