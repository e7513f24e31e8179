"""Whose doing it is, what is written while a request is answered."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from pghistory.middleware import HistoryMiddleware

from minutes.models.history import let_go


class WriterMiddleware(HistoryMiddleware):
    """Tells the log of changes the key of the account that is logged in, or logs in, and nothing else of a request:
    an address may hold what was searched for."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        return {"user": super().get_context(request)["user"]}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            return super().__call__(request)
        finally:
            if request.method in settings.PGHISTORY_MIDDLEWARE_METHODS:  # no other has told who writes
                let_go()
