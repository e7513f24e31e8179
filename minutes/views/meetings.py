"""A meeting with its items."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from minutes.models import Meeting, SourceDocument
from minutes.templatetags.danish import danish_date

from .access import reading


@reading
def show(request: HttpRequest, slug: str) -> HttpResponse:
    visible = Meeting.objects.visible_to(request.user)
    meeting = get_object_or_404(visible.with_items(request.user), slug=slug)
    return render(
        request,
        "minutes/meeting.html",
        {
            "meeting": meeting,
            "source": SourceDocument.objects.visible_to(request.user).current().filter(meeting=meeting).first(),
            "earlier": visible.before(meeting).first(),
            "later": visible.after(meeting).first(),
            "crumbs": crumbs_to(meeting)[:-1],
        },
    )


def crumbs_to(meeting: Meeting) -> list[tuple[str, str]]:
    """The way to `meeting` and to it, for what lies below it."""
    return [
        ("Møder", reverse("meetings")),
        (str(meeting.year), reverse("year", args=[meeting.year])),
        (danish_date(meeting.date), reverse("meeting", args=[meeting.slug])),
    ]
