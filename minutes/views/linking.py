"""Editors say which items belong together across case numbers: what is suggested, found, and linked already."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from minutes.ingest.links import link_items, unlink_items
from minutes.ingest.results import InvalidCorrection
from minutes.models import AgendaItem, Reader, reader_of
from minutes.parsing.dates import find_dates
from minutes.search.likeness import alike
from minutes.search.results import search
from minutes.templatetags.danish import danish_date

from .meetings import crumbs_to
from .relations import ADD, REMOVE, linked_items

MOST_TYPED = 300  # characters
MOST_FOUND = 10
LINK, UNLINK = "knyt", "fjern"

_ADDRESS = re.compile(
    r"(?:moeder|møder|m%C3%B8der)/(?P<slug>[0-9]{4}-[0-9]{2}-[0-9]{2}(?:-[a-z0-9]+)*)"
    r"(?:/punkt/(?P<number>[0-9]{1,9})(?![0-9]))?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\b(?:punkt|pkt\.?|p\.)\s*(?:nr\.?\s*)?(?P<number>[0-9]{1,9})(?![0-9])", re.IGNORECASE)
_KEY = re.compile(r"[0-9]{1,18}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Found:
    """What was typed, and the items that it names; `reason` says why there are none."""

    typed: str
    items: tuple[AgendaItem, ...] = ()
    reason: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required([ADD, REMOVE], raise_exception=True)
@cache_control(private=True, no_store=True)
def show(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    visible = AgendaItem.objects.visible_to(request.user).select_related("meeting", "case", "decision")
    item = get_object_or_404(visible, meeting__slug=slug, number=number)
    if request.method == "POST":
        return _act(request, item)
    reader = reader_of(request.user)
    linked = linked_items(item, request.user)
    keys = {one.pk for one in linked}
    found = _find(request.GET.get("q", ""), item, reader)
    shown = {one.pk for one in found.items}
    return render(
        request,
        "minutes/link_item.html",
        {
            "item": item,
            "meeting": item.meeting,
            "matter": None if item.case is None or item.case.is_collective else item.case,
            "linked": linked,
            "found": found,
            "linked_keys": keys,
            "candidates": alike(item, reader, besides=keys | shown),
            "crumbs": [*crumbs_to(item.meeting), (f"Punkt {item.number}", reverse("item", args=[slug, number]))],
        },
    )


def _act(request: HttpRequest, item: AgendaItem) -> HttpResponse:
    """Link or unlink what a button stands for, and show the page again."""
    typed = request.POST.get("q", "")[:MOST_TYPED]
    address = reverse("item-links", args=[item.meeting.slug, item.number])
    back = redirect(f"{address}?{urlencode({'q': typed})}" if typed else address)
    key = request.POST.get("punkt", "")
    visible = AgendaItem.objects.visible_to(request.user).select_related("meeting")
    other = visible.filter(pk=int(key)).first() if _KEY.fullmatch(key) else None
    if other is None:
        messages.error(request, "Punktet findes ikke længere. Find det igen, og prøv en gang til.")
        return back
    name = f"punkt {other.number} på mødet {danish_date(other.meeting.date)}"
    match request.POST.get("handling"):
        case str(action) if action == LINK:
            try:
                link_items(item=item, target=other)
            except InvalidCorrection as error:
                messages.error(request, error.message)
            else:
                messages.success(request, f"Punktet hører nu sammen med {name}. Det står på begge punkters sider.")
        case str(action) if action == UNLINK:
            unlink_items(item=item, target=other)
            messages.success(request, f"Punktet hører ikke længere sammen med {name}.")
        case _:
            messages.error(request, "Der skete ikke noget. Prøv en gang til.")
    return back


def _find(typed: str, item: AgendaItem, reader: Reader) -> Found:
    """The items that `typed` means: an address, a meeting's date with or without the item's number, or words."""
    typed = " ".join(typed.replace("\0", " ").split())[:MOST_TYPED]
    if not typed:
        return Found("")
    items = AgendaItem.objects.exclude(pk=item.pk).told_shortly(reader).order_by("meeting", "number")
    if address := _ADDRESS.search(typed):
        named = items.filter(meeting__slug=address["slug"])
        return _of_meeting(typed, named, address["number"], "på den adresse")
    dates = [mention.date for mention in find_dates(typed) if mention.date]
    if dates:
        stated = _NUMBER.search(typed)
        named = items.filter(meeting__date=dates[0])
        return _of_meeting(typed, named, stated and stated["number"], f"fra {danish_date(dates[0])}")
    results = search(typed, reader=reader, size=MOST_FOUND + 1)
    if results.gave_up:
        return Found(typed, reason="Søgningen tog for lang tid. Skriv et ord mere.")
    best = [hit.item.pk for hit in results.hits]
    hits = sorted(items.filter(pk__in=best), key=lambda one: best.index(one.pk))[:MOST_FOUND]
    return Found(typed, tuple(hits), "" if hits else "Ingen andre punkter har de ord. Prøv andre, eller mødets dato.")


def _of_meeting(typed: str, items: Sequence[AgendaItem], number: str | None, where: str) -> Found:
    found = tuple(one for one in items if number is None or one.number == int(number))
    if found:
        return Found(typed, found)
    what = "Arkivet har intet andet punkt" if number is None else f"Arkivet har intet andet punkt {int(number)}"
    return Found(typed, reason=f"{what} {where}.")
