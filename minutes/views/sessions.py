"""A login ends: some hours after it began, and sooner when nothing is asked for.

The database learns that somebody is still there at most once in PAUSE seconds, so pages stay cheap. The session's row
expires by itself, also when nobody comes back with it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponseBase

BEGAN, SEEN = "login-began", "login-seen"


@receiver(user_logged_in)
def begin(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    """The hours count from every login anew."""
    request.session[BEGAN] = request.session[SEEN] = int(time.time())


class SessionEndMiddleware:
    """Ends a session that is over, before anybody looks whose it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            _end_or_go_on(request.session)
        return self.get_response(request)


def _end_or_go_on(session: Any) -> None:
    now = int(time.time())
    began, seen = session.get(BEGAN, now), session.get(SEEN, 0)
    if now - began >= settings.SESSION_SECONDS or (seen and now - seen >= settings.SESSION_COOKIE_AGE):
        session.flush()
    elif now - seen >= settings.SESSION_PAUSE:
        session[BEGAN], session[SEEN] = began, now
