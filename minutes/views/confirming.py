"""An editor says that an item, or a whole meeting, is read rightly, or takes it back."""

import contextlib
from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST

from minutes.ingest.confirming import confirm_item, confirm_meeting, withdraw_item, withdraw_meeting
from minutes.ingest.results import Refused
from minutes.models import AgendaItem, Meeting, reader_of
from minutes.models.access import User

CONFIRM = "minutes.change_agendaitem"
WITHDRAW, SEEN = "fortryd", "set"  # the fields of components/confirm.html


def may_confirm(user: User) -> bool:
    """Whether `user` is to see the buttons."""
    return user is not None and reader_of(user).reads and user.has_perm(CONFIRM)


@require_POST
@permission_required(CONFIRM, raise_exception=True)
def item(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One item."""
    found = get_object_or_404(AgendaItem.objects.visible_to(request.user), meeting__slug=slug, number=number)
    if WITHDRAW in request.POST:
        _try(request, lambda: withdraw_item(item=found, user=request.user), "Punktet er igen ikke gennemset.")
    else:
        seen = _seen(request)
        _try(request, lambda: confirm_item(item=found, user=request.user, seen=seen), "Punktet er nu gennemset.")
    return redirect("item", slug, number)


@require_POST
@permission_required(CONFIRM, raise_exception=True)
def meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """Every item of a meeting that the user may read."""
    found = get_object_or_404(Meeting.objects.visible_to(request.user), slug=slug)
    if WITHDRAW in request.POST:
        _try(request, lambda: withdraw_meeting(meeting=found, user=request.user), "Mødet er igen ikke gennemset.")
    else:
        seen = _seen(request)
        _try(request, lambda: confirm_meeting(meeting=found, user=request.user, seen=seen), "Mødet er nu gennemset.")
    return redirect("meeting", slug)


def _try(request: HttpRequest, act: Callable[[], object], done: str) -> None:
    try:
        act()
    except Refused as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, done)


def _seen(request: HttpRequest) -> datetime | None:
    """When the meeting had last changed on the page that was looked at; None where that cannot be read."""
    with contextlib.suppress(ValueError):
        seen = parse_datetime(request.POST.get(SEEN, ""))
        return seen if seen is not None and seen.tzinfo is not None else None
    return None
