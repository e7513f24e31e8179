"""A meeting with its items."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from minutes.models import AgendaItem, Meeting, SourceDocument, Way
from minutes.templatetags.danish import danish_date

from .access import reading
from .confirming import may_confirm
from .openings import opened
from .parts import parts_of
from .relations import referred_to


@dataclass(frozen=True, slots=True)
class Confirmed:
    """How many of the items on a page an editor has confirmed, and when the last one."""

    count: int
    of: int
    last: datetime | None

    @property
    def is_all(self) -> bool:
        return self.count == self.of


@reading
def show(request: HttpRequest, slug: str) -> HttpResponse:
    visible = Meeting.objects.visible_to(request.user)
    meeting = get_object_or_404(visible.with_items(request.user), slug=slug)
    items = meeting.items.all()
    opened(request, Way.MEETING, *([meeting] if meeting.is_closed else items))
    return render(
        request,
        "minutes/meeting.html",
        {
            "meeting": meeting,
            "items": [parts_of(item) for item in items],
            "confirmed": _confirmed(items),
            "may_confirm": may_confirm(request.user),
            "source": SourceDocument.objects.visible_to(request.user).current().filter(meeting=meeting).first(),
            "earlier": visible.before(meeting).only("slug", "date").first(),
            "later": visible.after(meeting).only("slug", "date").first(),
            "referred": referred_to(meeting, request.user),
            "crumbs": crumbs_to(meeting)[:-1],
            "address": request.build_absolute_uri(request.path),
        },
    )


def crumbs_to(meeting: Meeting) -> list[tuple[str, str]]:
    """The way to `meeting` and to it, for what lies below it."""
    return [
        ("Møder", reverse("meetings")),
        (str(meeting.year), reverse("year", args=[meeting.year])),
        (danish_date(meeting.date), reverse("meeting", args=[meeting.slug])),
    ]


def _confirmed(items: Sequence[AgendaItem]) -> Confirmed:
    when = [item.confirmed_at for item in items if item.confirmed_at]
    return Confirmed(len(when), len(items), max(when, default=None))
