"""An item: what was decided, what was proposed, and why."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from minutes.models import AgendaItem, Section, SourceDocument
from minutes.models.access import User
from minutes.templatetags.items import PROPOSAL

from .access import reading
from .meetings import crumbs_to


@reading
def show(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    items = AgendaItem.objects.visible_to(request.user)
    item = get_object_or_404(items.with_parts(request.user), meeting__slug=slug, number=number)
    sections = _sections_to_show(item)
    return render(
        request,
        "minutes/item.html",
        {
            "item": item,
            "meeting": item.meeting,
            "here": f"Punkt {item.number}",
            "proposals": [section for section in sections if section.kind == PROPOSAL],
            "sections": [section for section in sections if section.kind != PROPOSAL],
            "source": SourceDocument.objects.visible_to(request.user).current().filter(meeting=item.meeting).first(),
            "crumbs": crumbs_to(item.meeting),
            **_neighbours(item, request.user),
        },
    )


def _sections_to_show(item: AgendaItem) -> list[Section]:
    """In printed order. Attachments have rows of their own, so their section would say them twice."""
    has_attachments = bool(item.attachments.all())
    return [section for section in item.sections.all() if not (has_attachments and section.kind == Section.ATTACHMENTS)]


def _neighbours(item: AgendaItem, user: User) -> dict[str, AgendaItem | None]:
    """The items before and after it that `user` may see."""
    numbered = list(item.meeting.items.visible_to(user).order_by("number"))
    place = numbered.index(item)
    return {
        "earlier": numbered[place - 1] if place else None,
        "later": numbered[place + 1] if place + 1 < len(numbered) else None,
    }
