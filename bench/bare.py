"""The archive as production serves it, with one page more: /bare/, a plain view that renders the base template and
nothing else, for the reader who is logged in. It is what other pages are measured by.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from chefforum.wsgi import application


def bare(request: HttpRequest) -> HttpResponse:
    """The frame around no page."""
    return render(request, "base.html")


from chefforum import urls  # noqa: E402 - no address is looked up before the first request

urls.urlpatterns.insert(0, path("bare/", bare))

__all__ = ["application"]
