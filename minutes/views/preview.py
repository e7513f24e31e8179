"""A reading before it is put into the archive, exactly as it will read; the same page for an edition that is there."""

from __future__ import annotations

import datetime
import logging
import math
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import DatabaseError, InterfaceError
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from minutes.ingest.comparing import Difference, compare
from minutes.ingest.plan import Plan, plan_of
from minutes.ingest.results import IngestError, IngestResult, Outcome, Outdated, Refused, StoreUnwritable
from minutes.ingest.service import publish_draft
from minutes.models import AgendaItem, Meeting, SourceDocument, SourceState, Way
from minutes.models.access import HANDLE_SOURCES, User
from minutes.models.locks import leave_dead_connection
from minutes.models.sources import IN_ARCHIVE

from .correcting import Target, draft_target, edition_target
from .openings import opened
from .preview_cautions import cautions_of
from .preview_parts import Shown

logger = logging.getLogger(__name__)

SEEN = "set"  # the version that was looked at, as in the forms that correct
_NO_DATABASE = "Databasen svarer ikke. Kladden er, som den var. Prøv igen om lidt."
_NO_STORE = "Originalfilen kan ikke læses lige nu. Kladden er, som den var. Sig det til en administrator."


@dataclass(frozen=True, slots=True)
class Replacing:
    """The edition in the archive that a draft would take over from, and what is new."""

    meeting: Meeting
    edition: int  # the draft's to be
    difference: Difference


@require_safe
@permission_required(HANDLE_SOURCES, raise_exception=True)
@cache_control(private=True, no_store=True)
def draft(request: HttpRequest, key: int) -> HttpResponse:
    """A draft. What became of it is told instead, once it is none."""
    found = get_object_or_404(SourceDocument.objects.visible_to(request.user).select_related("meeting"), pk=key)
    if found.state in IN_ARCHIVE:
        messages.info(request, "Kladden er lagt i arkivet. Her er mødet.")
        return redirect("meeting", found.meeting.slug)
    if found.state == SourceState.DISCARDED:
        return render(request, "minutes/draft_gone.html", {"draft_days": settings.DRAFT_DAYS}, status=410)
    target = draft_target(request, key)
    plan = plan_of(target.source)
    opened(request, Way.DRAFT, target.source)
    context = {
        "who_sees": _who_sees(target.source, request.user),
        "expires_in": _days_left(target.source),
        "seen": target.seen,
    }
    replacing = _replacing(plan, request.user)
    return _page(request, target, plan, replacing, context)


@require_safe
@permission_required(HANDLE_SOURCES, raise_exception=True)
@cache_control(private=True, no_store=True)
def correct(request: HttpRequest, slug: str) -> HttpResponse:
    """A meeting's present edition, for editors who may see all of it."""
    target = edition_target(request, slug)
    opened(request, Way.ADMIN, target.source)
    return _page(request, target, plan_of(target.source), None, {})


@require_POST
@permission_required(HANDLE_SOURCES, raise_exception=True)
@cache_control(private=True, no_store=True)
def publish(request: HttpRequest, key: int) -> HttpResponse:
    """Put a draft into the archive as it was seen. To do it twice is harmless."""
    source = get_object_or_404(SourceDocument.objects.visible_to(request.user), pk=key)
    try:
        result = publish_draft(source=source, user=request.user, seen=request.POST.get(SEEN, ""))
    except Refused as refusal:  # somebody else has been at it, or it may not go in: the preview says the rest
        (messages.warning if isinstance(refusal, Outdated) else messages.error)(request, refusal.message)
        return redirect("draft", key)
    except IngestError as error:
        return _failed(request, source, error.message, 507 if isinstance(error, StoreUnwritable) else 500)
    except (DatabaseError, InterfaceError):
        logger.exception("Publishing a draft failed")
        leave_dead_connection()
        return _failed(request, source, _NO_DATABASE, 503)
    except OSError:
        logger.exception("The original of a draft cannot be read")
        return _failed(request, source, _NO_STORE, 503)
    return _done(request, result)


def _done(request: HttpRequest, result: IngestResult) -> HttpResponse:
    """The meeting's page, with the next step: to look the items through."""
    meeting, source = result.meeting, result.source
    if meeting is None or source is None or not Meeting.objects.visible_to(request.user).filter(pk=meeting.pk).exists():
        messages.success(request, "Kladden er lagt i arkivet.")
        return redirect("drafts")
    if result.outcome is Outcome.UNCHANGED:
        messages.info(request, "Kladden var allerede lagt i arkivet.")
        return redirect("meeting", meeting.slug)
    done = "Lagt i arkivet." if result.outcome is Outcome.CREATED else f"Udgave {source.edition} er lagt i arkivet."
    first = AgendaItem.objects.visible_to(request.user).filter(meeting=meeting, confirmed_at=None).order_by("number")
    number = first.values_list("number", flat=True).first()
    if number is None:
        messages.success(request, done)
    else:
        address = reverse("item", args=[meeting.slug, number])
        messages.success(request, render_to_string("forms/published.html", {"done": done, "address": address}))
    return redirect("meeting", meeting.slug)


def _failed(request: HttpRequest, source: SourceDocument, message: str, status: int) -> HttpResponse:
    context = {"message": message, "address": reverse("draft", args=[source.pk])}
    return render(request, "minutes/publishing_failed.html", context, status=status)


def _page(
    request: HttpRequest, target: Target, plan: Plan, replacing: Replacing | None, more: dict[str, Any]
) -> HttpResponse:
    cautions = cautions_of(plan)
    shown = Shown(plan, target, cautions, replacing.difference if replacing else None, request.user)
    context = {
        "target": target,
        "plan": plan,
        "meeting": plan.meeting,
        "source": target.source,
        "items": shown.items,
        "fixes": shown.fixes_of_meeting,
        "cautions": cautions,
        "replacing": replacing,
        "facts_address": reverse(f"{target.route}-facts", args=[target.key]),
        **more,
    }
    return render(request, "minutes/preview.html", context)


def _replacing(plan: Plan, user: User) -> Replacing | None:
    """None where the draft's meeting is new. Raises Http404 where the reader may not know of it."""
    if plan.meeting.pk is None:
        return None
    meeting = get_object_or_404(Meeting.objects.visible_to(user), pk=plan.meeting.pk)
    editions = SourceDocument.objects.visible_to(user).filter(meeting=meeting)
    current = editions.current().select_related("meeting").defer(None).first()
    if current is None:
        raise Http404
    last = editions.in_archive().aggregate(last=Max("edition"))["last"]
    return Replacing(meeting, last + 1, compare(plan_of(current), plan))


def _who_sees(source: SourceDocument, user: User) -> str:
    if source.added_by is None:
        return "Alle, der lægger referater op, kan se kladden."
    if source.added_by == user:
        return "Kun du og administratorer kan se kladden."
    return f"Kun {source.added_by.get_full_name() or source.added_by.get_username()} og administratorer kan se kladden."


def _days_left(source: SourceDocument) -> int:
    """Days until the draft is discarded, begun ones too; 0 on the last."""
    left = source.added_at + datetime.timedelta(days=settings.DRAFT_DAYS) - timezone.now()
    days = math.ceil(left / datetime.timedelta(days=1))
    return days if days > 1 else 0
