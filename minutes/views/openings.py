"""Who is shown something closed is written down, before the page is sent.

A view says what its page shows with `opened`. An opening is a page that shows a thing in whole: an item's, a meeting's,
an original, an edition, a draft, the image of a page, a form of the administration, or a file to take away. A hit of a
search and a line of a list are none. Such a page is kept by no browser and shared with nobody, so that the next look at
it is written down too; where nothing can be written, nothing is shown.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Model
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control

from minutes.ingest.closed_readings import Opening, closed_among, closed_items, record_openings
from minutes.models import Way, reader_of

_OPENED = "closed_things_opened"
_SHOWING = (200, 409, 422)  # the latter are forms: saved by somebody else meanwhile, or filled in wrongly


def opened(request: HttpRequest, way: Way, *rows: Model) -> None:
    """The page shows `rows`: meetings, items or their parts, sources. What is open costs nothing."""
    if reader_of(request.user).reads_closed and (openings := list(closed_among(way, rows))):
        setattr(request, _OPENED, [*openings_of(request), *openings])


def taken_away(request: HttpRequest, items: Collection[int]) -> None:
    """The answer is a file in which the items with these keys stand."""
    if reader_of(request.user).reads_closed:
        opened(request, Way.DOWNLOAD, *closed_items(items))


def openings_of(request: HttpRequest) -> list[Opening]:
    """What closed things the page shows."""
    return getattr(request, _OPENED, [])


def write_down(request: HttpRequest, response: HttpResponseBase) -> None:
    """Write the openings of an answer that is about to be sent. One without content, or that refuses, shows nothing."""
    openings = openings_of(request)
    if openings and response.status_code in _SHOWING:
        patch_cache_control(response, private=True, no_store=True)
        if request.method != "HEAD":
            record_openings(user=request.user, openings=openings)
