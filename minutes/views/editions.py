"""The editions of a meeting's minutes: which there are, the file of each, and two of them side by side."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import permission_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from minutes.ingest.comparing import compare
from minutes.ingest.plan import plan_of
from minutes.models import Meeting, SourceDocument, Way
from minutes.models.access import HANDLE_SOURCES
from minutes.models.sources import SourceDocumentQuerySet

from .access import reading
from .meetings import crumbs_to
from .openings import opened
from .originals import send


@dataclass(frozen=True, slots=True)
class Row:
    """An edition in the list, and the number of the one before that the reader may compare it with."""

    source: SourceDocument
    before: int | None


@reading
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """Every edition that the reader may see, latest first."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), slug=slug)
    editions = list(_editions(request, slug).select_related("added_by").order_by("-edition"))
    if not editions:
        raise Http404
    before = [one.edition for one in editions[1:]]
    rows = [Row(*pair) for pair in zip(editions, [*before, None], strict=True)]
    return render(
        request,
        "minutes/editions.html",
        {"meeting": meeting, "rows": rows, "editions": editions, "crumbs": crumbs_to(meeting)},
    )


@reading
def original(request: HttpRequest, slug: str, number: int) -> HttpResponse | FileResponse:
    """The file of one edition, byte for byte."""
    source = get_object_or_404(_editions(request, slug), edition=number)
    return send(request, source, Way.EDITION)


@require_safe
@permission_required(HANDLE_SOURCES, raise_exception=True)
@cache_control(private=True, no_store=True)
def side_by_side(request: HttpRequest, slug: str) -> HttpResponse:
    """Two editions, asked for by their numbers as `fra` and `til`; without, or without sense, the last two."""
    editions = {one.edition: one for one in _editions(request, slug).defer(None).order_by("edition")}
    if len(editions) < 2:
        raise Http404
    *_, before, after = editions
    older, newer = (_asked(request, name, editions, otherwise) for name, otherwise in (("fra", before), ("til", after)))
    if older == newer:
        older, newer = before, after
    older, newer = sorted((older, newer))
    first, second = editions[older], editions[newer]
    opened(request, Way.EDITION, first, second)
    return render(
        request,
        "minutes/editions_compared.html",
        {
            "meeting": Meeting.objects.get(slug=slug),
            "older": first,
            "newer": second,
            "editions": list(editions.values()),
            "difference": compare(plan_of(first), plan_of(second)),
            "crumbs": crumbs_to(Meeting.objects.get(slug=slug)),
        },
    )


def _editions(request: HttpRequest, slug: str) -> SourceDocumentQuerySet:
    visible = SourceDocument.objects.visible_to(request.user).in_archive()
    return visible.filter(meeting__slug=slug).select_related("meeting")


def _asked(request: HttpRequest, name: str, editions: dict[int, SourceDocument], otherwise: int) -> int:
    typed = request.GET.get(name, "")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0
    return number if number in editions else otherwise
