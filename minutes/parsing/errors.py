"""Why a file could not be read. The message is Danish and meant for the person who brought the file."""

from __future__ import annotations


class ParseError(Exception):
    """Base of everything that readers and parser raise. `code` is stable and English."""

    code = "unreadable"

    def __init__(self, message: str, *, page: int | None = None, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.page = page
        self.line = line


class Unopenable(ParseError):
    """Not there, not to be read by this account, or no file at all."""

    code = "unopenable"


class EmptyFile(ParseError):
    """Nothing in it, or nothing but blanks."""

    code = "empty"


class UnknownKind(ParseError):
    """Neither PDF, Word, Markdown nor text."""

    code = "unknown_kind"


class TooLarge(ParseError):
    """Over a limit: bytes, pages, unpacked bytes or the length of a line."""

    code = "too_large"


class Damaged(ParseError):
    """The file says what it is, but breaks off or contradicts itself."""

    code = "damaged"


class Encrypted(ParseError):
    """A password is needed."""

    code = "encrypted"


class NoText(ParseError):
    """A PDF of pictures only: a scan."""

    code = "no_text"


class OutOfBounds(ParseError):
    """The child process used up its time or memory, or died."""

    code = "out_of_bounds"


class NotMinutes(ParseError):
    """Readable text in which no meeting can be recognised."""

    code = "not_minutes"


class NoPage(ParseError):
    """A picture was asked for of a page that the file does not have, or of a file without pages."""

    code = "no_page"
