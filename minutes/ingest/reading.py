"""From bytes to what can be stored, in the bounded child process: no database is touched, so it may run anywhere."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from minutes.parsing.bounded import parse_bytes
from minutes.parsing.errors import ParseError
from minutes.parsing.limits import Limits
from minutes.parsing.readers.kinds import Kind, recognise
from minutes.parsing.types import MediaType, ParsedMinutes

# To be raised when the same file would be read, or made into rows, otherwise than before.
PARSER_VERSION = "2"  # 2: deadlines

_MEDIA_TYPES: dict[Kind, MediaType] = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.MARKDOWN: "text/markdown",
    Kind.TEXT: "text/plain",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that was read."""

    media_type: MediaType
    parsed: ParsedMinutes


def read(content: bytes, limits: Limits | None = None) -> Reading | ParseError:
    """The reading of a file, or why it cannot be read."""
    try:
        parsed = parse_bytes(content, limits or settings.READ_LIMITS)
        return Reading(media_type=_MEDIA_TYPES[recognise(content)], parsed=parsed)
    except ParseError as error:
        return error
