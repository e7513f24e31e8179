"""The style guide: every component with its states, on one page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .access import reading


@reading
def show(request: HttpRequest) -> HttpResponse:
    return render(request, "minutes/style_guide.html")
