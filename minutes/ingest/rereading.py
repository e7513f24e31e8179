"""Meetings that an earlier version read: what today's would read otherwise, and reading them again."""

from __future__ import annotations

import copy
from dataclasses import dataclass

from minutes.models import SourceDocument
from minutes.models.locks import archive_lock
from minutes.models.sources import SourceDocumentQuerySet
from minutes.parsing.errors import ParseError
from minutes.parsing.serialise import from_dict
from minutes.parsing.types import ParsedMinutes

from . import files
from .acceptance import accepted
from .comparing import Difference, compare
from .plan import make_plan, plan_as_stored
from .reading import PARSER_VERSION, read
from .results import IngestError, Refused
from .service import store_again


@dataclass(frozen=True, slots=True)
class Reread:
    """What reading a meeting's file again gives: the difference, or in Danish why it cannot be read.

    `source` is None where it has been erased meanwhile.
    """

    source: SourceDocument | None
    difference: Difference | None = None
    fault: str = ""

    @property
    def has_changed(self) -> bool:
        """Whether anything of the meeting reads otherwise."""
        return self.difference is not None and not self.difference.is_none


def outdated() -> SourceDocumentQuerySet:
    """The originals of today's meetings that another version of the parser has read, oldest meeting first."""
    return chosen(every=False)


def chosen(*, every: bool) -> SourceDocumentQuerySet:
    """As `outdated`, or with `every` the originals of all today's meetings."""
    sources = SourceDocument.objects.current().order_by("meeting__date", "pk")
    return sources if every else sources.exclude(parser_version=PARSER_VERSION)


def preview(key: int) -> Reread:
    """What reading the source with that primary key again would change; nothing is."""
    source = None
    try:
        source = _source(key)
        return Reread(source, _difference(source, _read(source)))
    except IngestError as error:
        return Reread(source, fault=error.message)


def reread(key: int) -> Reread:
    """Read the source with that primary key again, corrections laid over it; with a fault nothing has changed."""
    source = None
    try:
        source = _source(key)
        parsed = _read(source)
        with archive_lock():
            difference = _difference(_source(key), parsed)
            store_again(source, parsed)
        return Reread(source, difference)
    except IngestError as error:
        return Reread(source, fault=error.message)


def _source(key: int) -> SourceDocument:
    """Raises Refused when it is no meeting's present edition, or is erased."""
    current = SourceDocument.objects.current().defer(None).select_related("meeting")
    if (source := current.filter(pk=key).first()) is None:
        raise Refused("Filen er ikke længere et mødes gældende udgave.")
    return source


def _read(source: SourceDocument) -> ParsedMinutes:
    """Raises StoreDamaged when the original is gone, Refused when it can no longer be read."""
    reading = read(files.read(source.sha256))
    if isinstance(reading, ParseError):
        raise Refused(reading.message)
    return accepted(reading.parsed, source.filename, may_lack_date=True)


def _difference(source: SourceDocument, parsed: ParsedMinutes) -> Difference:
    """Against the rows as they are, since rules may have changed that work on what was read."""
    stored = plan_as_stored(source, from_dict(source.parsed))
    return compare(stored, make_plan(meeting=copy.copy(source.meeting), parsed=parsed, source=source))
