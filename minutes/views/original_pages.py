"""Where a part stands in its original, as `components/page_image.html` shows it: the page with the place marked, the
lines of a text, or at least in words."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from minutes.ingest import files
from minutes.ingest.results import StoreDamaged
from minutes.models import SourceDocument, SourceState
from minutes.parsing.errors import ParseError
from minutes.parsing.excerpt import lines_of_text
from minutes.parsing.pages import page_sizes
from minutes.parsing.places import PageSize, Place, places_of
from minutes.parsing.types import Span

from .page_images import WIDTHS
from .shared import pages

logger = logging.getLogger(__name__)

PDF = "application/pdf"
TEXTS = {"text/markdown", "text/plain"}
MOST_LINES = 300  # of an excerpt


@dataclass(frozen=True, slots=True)
class ShownPage:
    """What the component is given: a page of the original, or what there is in its place."""

    where: str  # Side 3 af 12, linje 12–30
    what: str = ""  # what is marked: Beslutningen
    page: int | None = None
    src: str = ""  # blank where there is no image
    large: str = ""
    width: int = 0
    height: int = 0
    large_width: int = 0
    original: str = ""  # the address of the file, at the page; blank for a draft
    excerpt: str = ""

    @property
    def alt(self) -> str:
        """The image in words, and that it can be opened."""
        marked = f", hvor {self.what} er markeret" if self.what else ""
        return f"Billede af originalen, {self.where[:1].lower()}{self.where[1:]}{marked}. Vis det stort"


class OriginalPages:
    """The pages of one source. To be made for one request: the file is read once, if it must be."""

    def __init__(self, source: SourceDocument) -> None:
        """`source` must be one that the reader may see, with its meeting loaded."""
        self._source = source

    def of(self, span: Span, what: str = "") -> list[ShownPage]:
        """Where a part stands, page after page; `what` is what a sentence calls it: "beslutningen", "punkt 2"."""
        if self._source.media_type == PDF:
            return [self.page(page, place, what) for page, place in places_of(span)]
        if span.line is None:
            return []
        first, last = span.line, max(span.end_line or span.line, span.line)
        if self._source.media_type not in TEXTS:
            return [ShownPage(_from_to("Afsnit", first, last) + " i filen", what)]
        return [ShownPage(_from_to("Linje", first, last) + " i filen", what, excerpt=self._lines(first, last))]

    def page(self, number: int, place: Place | None = None, what: str = "") -> ShownPage:
        """One page of a PDF, with a place marked or without."""
        of = f" af {len(self._sizes)}" if self._sizes else ""
        lines = f", {_lines(place)}" if place and place != Place(1) else ""
        shown = ShownPage(f"Side {number}{of}{lines}", what, number, original=self._original(number))
        if not 1 <= number <= len(self._sizes):
            return shown
        width, height = self._sizes[number - 1].pixels(WIDTHS[0])
        large_width, _ = self._sizes[number - 1].pixels(WIDTHS[1])
        return ShownPage(
            where=shown.where,
            what=what if place else "",
            page=number,
            src=self._address(number, place),
            large=self._address(number, place, bredde=WIDTHS[1]),
            width=width,
            height=height,
            large_width=large_width,
            original=shown.original,
        )

    def __iter__(self) -> Iterator[ShownPage]:
        """All pages, unmarked."""
        return (self.page(number) for number in range(1, len(self._sizes) + 1))

    def _address(self, number: int, place: Place | None, **more: int) -> str:
        if self._source.state == SourceState.CURRENT and self._source.meeting:
            address = reverse("original-page", args=[self._source.meeting.slug, number])
        else:
            address = reverse("page-image", args=[self._source.pk, number])
        asked = ({"fra": place.first} | ({"til": place.last} if place.last else {}) if place else {}) | more
        return f"{address}?{urlencode(asked)}" if asked else address

    def _original(self, number: int) -> str:
        if self._source.state != SourceState.CURRENT or self._source.meeting is None:
            return ""
        return f"{reverse('original', args=[self._source.meeting.slug])}#page={number}"

    @cached_property
    def _sizes(self) -> tuple[PageSize, ...]:
        """The size of each page; none where the file cannot be read, and the page is complete in words."""
        name = f"sizes of {self._source.sha256}"
        if kept := pages.get(name):
            return tuple(PageSize(*size) for size in json.loads(kept))
        try:
            sizes = page_sizes(files.read(self._source.sha256), settings.READ_LIMITS)
        except (StoreDamaged, ParseError) as error:
            logger.warning("The pages of %s cannot be counted: %s", self._source.sha256, type(error).__name__)
            return ()
        pages.keep(name, json.dumps([(size.width, size.height) for size in sizes]).encode())
        return sizes

    @cached_property
    def _text(self) -> list[str]:
        try:
            return lines_of_text(files.read(self._source.sha256), settings.READ_LIMITS)
        except (StoreDamaged, ParseError) as error:
            logger.warning("The lines of %s cannot be shown: %s", self._source.sha256, type(error).__name__)
            return []

    def _lines(self, first: int, last: int) -> str:
        lines = self._text[first - 1 : last]
        if len(lines) > MOST_LINES:
            lines = [*lines[:MOST_LINES], f"… og {len(lines) - MOST_LINES} linjer mere"]
        return "\n".join(lines).strip("\n")


def _lines(place: Place) -> str:
    if place.last is None:
        return f"fra linje {place.first}"
    return _from_to("linje", place.first, place.last)


def _from_to(word: str, first: int, last: int) -> str:
    return f"{word} {first}" if first == last else f"{word} {first}–{last}"
