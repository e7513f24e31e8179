"""Meetings by year and month."""

from collections import Counter
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from minutes.models import Meeting

from .access import reading


@reading
def index(request: HttpRequest) -> HttpResponse:
    dates = Meeting.objects.visible_to(request.user).newest_first().values_list("date", flat=True)
    years = [
        (year, sorted(Counter(date.month for date in dates_of_year).items()))
        for year, dates_of_year in groupby(dates, lambda date: date.year)
    ]
    return render(request, "minutes/meetings.html", {"years": years})


@reading
def in_year(request: HttpRequest, year: int) -> HttpResponse:
    visible = Meeting.objects.visible_to(request.user)
    meetings = list(visible.in_year(year).newest_first().with_titles(request.user))
    if not meetings:
        raise Http404(f"Ingen møder i {year}")
    years = [other for other, _ in visible.by_year()]
    return render(
        request,
        "minutes/year.html",
        {
            "year": year,
            "months": [(month, list(group)) for month, group in groupby(meetings, lambda meeting: meeting.date.month)],
            "meeting_count": len(meetings),
            "earlier": max((other for other in years if other < year), default=None),
            "later": min((other for other in years if other > year), default=None),
            "crumbs": [("Møder", reverse("meetings"))],
        },
    )
