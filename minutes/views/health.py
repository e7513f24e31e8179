"""Whether the program and its database answer, for those who watch over it."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase

logger = logging.getLogger(__name__)

ADDRESS = "/healthz"


class HealthMiddleware:
    """Answers at /healthz: 200 "ok", or 503 with one word for what is missing.

    Must stand first in MIDDLEWARE: who asks comes without https, by the machine's number instead of its name, logged
    in as nobody, and every few seconds. It learns nothing else, and an answer is not logged.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info != ADDRESS:
            return self.get_response(request)
        missing = _missing()
        response = HttpResponse(
            f"{missing or 'ok'}\n",
            content_type="text/plain; charset=utf-8",
            status=503 if missing else 200,
            headers={"Cache-Control": "no-store"},
        )
        response._has_been_logged = True  # Django logs each 5xx that does not say so; the reason stands in the log
        return response


def _missing() -> str | None:
    """What does not answer, in one word."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except Error:
        logger.exception("The database does not answer")
        return "database"
    return None
