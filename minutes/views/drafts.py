"""Drafts: what waits for an editor, latest first, and off the list again."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from minutes.ingest.drafts import discard_draft, expire_drafts, moments_of
from minutes.ingest.results import IngestError
from minutes.models import Meeting, SourceDocument, reader_of
from minutes.models.access import GOVERN, User

from .upload_answers import CPR, NO_DATE, draft_address

ON_A_PAGE = 25


@dataclass(frozen=True, slots=True)
class Row:
    """A draft in the list. `meeting` is the one in the archive of which it would be an edition."""

    source: SourceDocument
    address: str
    date: datetime.date | None
    time: datetime.time | None
    meeting: Meeting | None
    has_cpr: bool
    expires: str

    @property
    def caution_count(self) -> int:
        """Warnings that still hold."""
        return sum(not (self.date and warning["code"] == NO_DATE) for warning in self.source.warnings)


@require_safe
@cache_control(private=True, no_store=True)
def index(request: HttpRequest) -> HttpResponse:
    """The drafts of whoever looks; those of all for an administrator. Those that are too old go first."""
    if not reader_of(request.user).handles_sources:
        raise PermissionDenied
    expire_drafts()
    drafts = SourceDocument.objects.visible_to(request.user).drafts().told_shortly().select_related("added_by")
    page = Paginator(drafts, ON_A_PAGE).get_page(request.GET.get("side"))
    context = {
        "rows": _rows(list(page.object_list), request.user),
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        "sees_all": request.user.has_perm(GOVERN),
        "draft_days": settings.DRAFT_DAYS,
    }
    return render(request, "minutes/drafts.html", context)


@require_POST
def discard(request: HttpRequest, key: int) -> HttpResponse:
    """Take a draft off the list."""
    if not reader_of(request.user).handles_sources:
        raise PermissionDenied
    source = get_object_or_404(SourceDocument.objects.visible_to(request.user).drafts(), pk=key)
    try:
        discard_draft(source=source)
    except (IngestError, OSError) as error:
        messages.warning(request, getattr(error, "message", "Filen kunne ikke slettes. Sig det til en administrator."))
    else:
        messages.success(request, f"Kladden er kasseret, og filen er slettet: {source}.")
    return redirect("drafts")


def _rows(sources: Sequence[SourceDocument], user: User) -> list[Row]:
    moments = moments_of(sources)
    dates = {date for date, _ in moments.values() if date}
    known = list(Meeting.objects.visible_to(user).filter(date__in=dates))
    now = timezone.now()
    return [_row(source, *moments[source.pk], known, now) for source in sources]


def _row(
    source: SourceDocument,
    date: datetime.date | None,
    time: datetime.time | None,
    known: Sequence[Meeting],
    now: datetime.datetime,
) -> Row:
    same = (
        meeting
        for meeting in known
        if (meeting.body, meeting.date) == (source.printed_body, date)
        and (None in {time, meeting.start_time} or time == meeting.start_time)
    )
    left = source.added_at + datetime.timedelta(days=settings.DRAFT_DAYS) - now
    return Row(
        source=source,
        address=draft_address(source),
        date=date,
        time=time,
        meeting=next(same, None),
        has_cpr=any(warning["code"] == CPR for warning in source.warnings),
        expires=_in_days(left),
    )


def _in_days(left: datetime.timedelta) -> str:
    days = math.ceil(left / datetime.timedelta(days=1))
    return f"slettes om {days} dage" if days > 1 else "slettes inden for et døgn"
