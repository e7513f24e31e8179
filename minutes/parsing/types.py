"""What goes between the readers and the parser (`Line`, `ReadDocument`), and what comes out (`ParsedMinutes`).

Everything is frozen: a value is made once, by one module, and everything after it only reads.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Literal

MediaType = Literal[
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "text/markdown",
    "text/plain",
]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page in points (1/72 inch) from the page's upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line as the reader found it: what is printed, and what its form hints at.

    Structure is decided later and from the words; `heading`, `bold` and `size` are hints, and DOMAIN shows how they
    contradict each other.
    """

    text: str  # plain and trimmed: no markup, no list marker, no soft hyphen, no ligature
    number: int  # from 1: the line of a text file, the block of a Word file, the line of its page in a PDF
    page: int | None = None  # from 1; None where the file has no pages (Word, text)
    markdown: str | None = None  # `text` as inline CommonMark where it carries emphasis or links; None: none
    continues: bool = False  # goes on with the paragraph, list entry or table cell of the line before
    heading: int | None = None  # 1-6 where markup or type size says heading
    bold: bool = False  # the whole line
    size: float | None = None  # type size in points; None where not known
    marker: str | None = None  # the list marker as printed or counted: "-", "1.", "a)"
    depth: int = 0  # nesting of a list entry, 0 outermost
    cells: tuple[str, ...] | None = None  # a table's row; `text` is then the cells joined by tabs
    header: bool = False  # a table's row of headings
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Warning:
    """Something the parser had to assume. `code` is stable and English, `message` Danish and for people."""

    code: str
    message: str
    page: int | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A file's lines in reading order, without furniture (running heads, page numbers)."""

    media_type: MediaType
    lines: tuple[Line, ...]
    pages: int | None = None  # None where the file has no pages
    warnings: tuple[Warning, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """Where a part stands in its file, from its first line to its last."""

    page: int | None
    line: int | None
    end_page: int | None = None
    end_line: int | None = None


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the contents, the title as printed there (with the body's prefix), and the page printed beside it."""

    title: str
    page: int | None


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of an item. `kind` is the Danish word in lower case; `heading` None where it was inferred."""

    kind: str
    heading: str | None
    text: str  # Markdown (CommonMark with tables)
    span: Span


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who proposes, as printed and without "indstiller", and the "at …" lines."""

    proposer: str
    recommendations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A punkt. `title` is without the body's prefix ("CF"), which `prefix` keeps, and without "Lukket:"."""

    number: int
    title: str
    prefix: str
    closed: bool
    case_number: str | None  # as printed
    span: Span
    sections: tuple[Section, ...] = ()  # in printed order, beslutning and bilag among them
    proposals: tuple[Proposal, ...] = ()
    attachments: tuple[str, ...] = ()

    @property
    def decision(self) -> str | None:
        """The text of the Beslutning, several joined; None where the item has none."""
        texts = [section.text for section in self.sections if section.kind == "beslutning"]
        return "\n\n".join(filter(None, texts)) if texts else None


@dataclass(frozen=True, slots=True)
class ParsedMinutes:
    """The structure of one file."""

    kind: Literal["referat", "dagsorden"]
    cancelled: bool
    body: str | None
    date: datetime.date | None
    start_time: datetime.time | None
    place: str | None
    preamble: str = ""  # Markdown: what the head says besides, such as who took part
    contents: tuple[ContentsEntry, ...] = ()
    items: tuple[Item, ...] = ()
    warnings: tuple[Warning, ...] = field(default=())
