"""Meetings that an earlier version read, read again: what a newer one finds in them is not there before that."""

from __future__ import annotations

from collections.abc import Iterator

from minutes.models import SourceDocument
from minutes.models.sources import SourceDocumentQuerySet

from .reading import PARSER_VERSION
from .results import IngestError, IngestResult, Outcome
from .service import reread


def outdated() -> SourceDocumentQuerySet:
    """The originals of today's meetings that another version of the parser has read, oldest meeting first."""
    return SourceDocument.objects.current().exclude(parser_version=PARSER_VERSION).order_by("meeting__date", "pk")


def reread_outdated() -> Iterator[IngestResult]:
    """Read each of them again, a transaction each, so that broken off the next run goes on.

    REFUSED is one whose file is gone or can no longer be read; its meeting stands as it did.
    """
    for key in list(outdated().values_list("pk", flat=True)):
        source = SourceDocument.objects.select_related("meeting").get(pk=key)
        try:
            yield reread(source=source)
        except IngestError as error:
            yield IngestResult(Outcome.REFUSED, error.message, source.meeting, source)
