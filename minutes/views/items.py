"""An item: what was decided, what was proposed, and why."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from minutes.models import AgendaItem, SourceDocument, Way
from minutes.models.access import User

from .access import reading
from .citing import answer, citation
from .confirming import may_confirm
from .meetings import crumbs_to
from .openings import opened
from .parts import parts_of
from .relations import related_to


@reading
def show(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    item = get_object_or_404(AgendaItem.objects.with_parts(request.user), meeting__slug=slug, number=number)
    opened(request, Way.ITEM, item)
    address = request.build_absolute_uri(request.path)
    return render(
        request,
        "minutes/item.html",
        {
            "item": item,
            "parts": parts_of(item),
            "meeting": item.meeting,
            "here": f"Punkt {item.number}",
            "source": SourceDocument.objects.visible_to(request.user).current().filter(meeting=item.meeting).first(),
            "related": related_to(item, request.user),
            "crumbs": crumbs_to(item.meeting),
            "address": address,
            "citation": citation(item, address),
            "answer": answer(item, address),
            "may_confirm": may_confirm(request.user),
            **_neighbours(item, request.user),
        },
    )


def _neighbours(item: AgendaItem, user: User) -> dict[str, AgendaItem | None]:
    """The items before and after it that `user` may see."""
    others = AgendaItem.objects.visible_to(user).filter(meeting=item.meeting_id).only("number", "title")
    numbered = list(others.order_by("number"))
    place = numbered.index(item)
    return {
        "earlier": numbered[place - 1] if place else None,
        "later": numbered[place + 1] if place + 1 < len(numbered) else None,
    }
