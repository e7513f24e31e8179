"""The front page: what is here, and the ways in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from minutes.models import AgendaItem, Case, Decision, Meeting

from .access import reading

LATEST = 4


@reading
def show(request: HttpRequest) -> HttpResponse:
    meetings = Meeting.objects.visible_to(request.user)
    return render(
        request,
        "minutes/front.html",
        {
            "latest": meetings.newest_first().with_titles(request.user)[:LATEST],
            "meeting_count": meetings.count(),
            "item_count": AgendaItem.objects.visible_to(request.user).count(),
            "decision_count": Decision.objects.visible_to(request.user).count(),
            "case_count": Case.objects.visible_to(request.user).count(),
        },
    )
