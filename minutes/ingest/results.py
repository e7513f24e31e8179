"""What ingest answers."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from minutes.models import Meeting, SourceDocument
from minutes.parsing.types import Warning


class Outcome(enum.StrEnum):
    """What happened to a file. The value is what a person is told."""

    CREATED = "nyt møde"
    UNCHANGED = "uændret"
    NEW_EDITION = "ny udgave"
    DRAFT = "kladde"
    REFUSED = "afvist"


@dataclass(frozen=True, slots=True)
class IngestResult:
    """The answer for one file. `message` is Danish and says why, for a refused file also what can be done."""

    outcome: Outcome
    message: str
    meeting: Meeting | None = None
    source: SourceDocument | None = None
    warnings: tuple[Warning, ...] = ()


class IngestError(Exception):
    """Base of what ingest raises. The message is Danish and for people."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Refused(IngestError):
    """The file's fault: it was read, but may not go into the archive. `ingest_file` answers it as REFUSED."""


class Outdated(Refused):
    """Somebody else has been at the same draft or meeting since the page was made. Nothing has changed."""


class StoreUnwritable(IngestError):
    """The machine's fault: the store of originals could not take the file. The archive is as before."""


class StoreDamaged(IngestError):
    """The machine's fault: a stored original is gone or no longer what was stored."""


class NoDatabase(IngestError):
    """The machine's fault: the database does not answer. The archive is as before."""


class InvalidCorrection(IngestError):
    """What an editor wants to put cannot be: the message says why."""
