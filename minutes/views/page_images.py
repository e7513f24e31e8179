"""Pages of originals as images, with the lines marked that a part was read from.

Who may see an original may see its pages, and nobody else. Nothing is written to disk: what was drawn stays in this
process's memory for a while, and is looked up only after the file's own access has been settled.
"""

from __future__ import annotations

import logging
import re
import threading
from dataclasses import replace

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from minutes.ingest import files
from minutes.ingest.results import StoreDamaged
from minutes.models import SourceDocument, Way
from minutes.parsing.errors import NoPage, ParseError
from minutes.parsing.pages import page_image
from minutes.parsing.places import Place

from .access import reading
from .openings import opened
from .shared import pages

logger = logging.getLogger(__name__)

WIDTHS = (900, 1600)  # pixels; the wider one for screens with two pixels to a point, and to look closely
SECONDS = 15.0  # for one page, which takes a tenth of one
WAITING_SECONDS = 3.0
MOST_PLACES = 20
AGAIN_SECONDS = "5"
# Half of the threads draw at once: the others serve pages meanwhile.
drawing = threading.BoundedSemaphore(max(settings.WEB_THREADS // 2, 1))

_MISSING = "Originalfilen mangler i arkivet eller er ændret, så siden ikke kan vises. Sig det til en administrator."
_FAILED = "Siden kan ikke vises som billede. Åbn originalen i stedet."
_BUSY = "Der bliver tegnet mange sider lige nu. Prøv igen om lidt."
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@reading
def of_source(request: HttpRequest, key: int, page: int) -> HttpResponse:
    """A page of a draft or of any edition."""
    sources = SourceDocument.objects.visible_to(request.user).with_file()
    return _image(request, get_object_or_404(sources, pk=key), page)


@reading
def of_original(request: HttpRequest, slug: str, page: int) -> HttpResponse:
    """A page of the edition that the meeting's page was read from."""
    sources = SourceDocument.objects.visible_to(request.user).current()
    return _image(request, get_object_or_404(sources, meeting__slug=slug), page)


def _image(request: HttpRequest, source: SourceDocument, page: int) -> HttpResponse:
    if source.media_type != "application/pdf":
        raise Http404
    width = WIDTHS[request.GET.get("bredde") == str(WIDTHS[1])]
    places = _places(request)
    name = f"page {page} of {source.sha256}, {width} wide, {places}"
    png = pages.get(name)
    if png is None:
        drawn = _drawn(source, page, width, places)
        if isinstance(drawn, HttpResponse):
            return drawn
        png = drawn
        pages.keep(name, png)
    opened(request, Way.IMAGE, source)
    # Named after nothing: neither the file's name nor the meeting's date is for a browser's list of downloads.
    disposition = f'inline; filename="side-{page}.png"'
    return HttpResponse(png, content_type="image/png", headers={**_HEADERS, "Content-Disposition": disposition})


def _drawn(source: SourceDocument, page: int, width: int, places: list[Place]) -> bytes | HttpResponse:
    """The page as a PNG, or the answer that says why there is none."""
    if not drawing.acquire(timeout=WAITING_SECONDS):
        return _refusal(_BUSY, 503, {"Retry-After": AGAIN_SECONDS})
    try:
        content = files.read(source.sha256)
        limits = replace(settings.READ_LIMITS, seconds=min(SECONDS, settings.READ_LIMITS.seconds))
        return page_image(content, page, width=width, places=places, limits=limits)
    except NoPage:
        raise Http404 from None
    except StoreDamaged:
        logger.exception("The original %s cannot be read", source.sha256)
        return _refusal(_MISSING, 404)
    except ParseError as error:
        logger.warning("Page %d of %s cannot be drawn: %s", page, source.sha256, error.code)
        return _refusal(_FAILED, 503, {"Retry-After": AGAIN_SECONDS})
    finally:
        drawing.release()


def _refusal(words: str, status: int, headers: dict[str, str] | None = None) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8", headers=headers)


def _places(request: HttpRequest) -> list[Place]:
    """What the address wants marked: `fra` and `til`, several times for several places. Odd values mark nothing."""
    firsts, lasts = request.GET.getlist("fra"), request.GET.getlist("til")
    places = []
    for index, first in enumerate(firsts[:MOST_PLACES]):
        last = lasts[index] if index < len(lasts) else ""
        if _is_number(first) and (_is_number(last) or not last):
            places.append(Place(int(first), int(last) if last else None))
    return places


def _is_number(value: str) -> bool:
    return re.fullmatch(r"[0-9]{1,6}", value) is not None
