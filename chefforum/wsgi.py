"""The application that a WSGI server such as gunicorn runs."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from minutes.search import analysis, sieve

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chefforum.settings")
os.environ.setdefault("PGAPPNAME", "web")
_archive = get_wsgi_application()

from minutes.views import conditional  # noqa: E402 - now that there are models


def application(request: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer a request. Whether a proxy in front leaves URL_PREFIX in the path makes no difference."""
    prefix, path = settings.URL_PREFIX, request["PATH_INFO"]
    if prefix and (path == prefix or path.startswith(f"{prefix}/")):
        request = {**request, "PATH_INFO": path.removeprefix(prefix) or "/"}
    return _archive(request, start_response)


# Now rather than at somebody's first search; a server that loads the application before it forks (gunicorn's
# preload_app) has it in memory once for all its workers.
analysis.warm_up()
sieve.warm_up()
conditional.program()
