"""Pages that a browser has already are not made again, and nobody is shown somebody else's.

A page's tag stands for all that it is made from: the archive's state, who is looking and with which rights, the
address, the day, and this edition of the program. A browser that sends it back gets 304 before the view runs. It is
a keyed digest, so nobody can guess one, or tell from two of them what has changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.http import parse_etags

from minutes.models import ArchiveStamp

from .openings import openings_of
from .shared import may_share, some_reader

# What pages are made of besides the archive. The manifest names the static files by their content.
_PROGRAM = ("chefforum/**/*.py", "minutes/**/*.py", "templates/**/*.html", "docs/*.md", "requirements.txt")


@dataclass(frozen=True, slots=True)
class Names:
    """Of a page: `tag`, by which the reader's own browser knows it, and `shared`, the same for all who have no more
    than the same plain rights, None where the page is not shared."""

    tag: str
    shared: str | None


def names_of(request: HttpRequest) -> Names | None:
    """The names of the page that `request` asks for, to be taken before anything is read for it; None for one that
    must not be kept: it tells what the last action did, or is being worked on.

    Costs one small query. The rights are those that the reader's check has looked up already.
    """
    if settings.DEBUG or len(get_messages(request)):
        return None
    made_from = [
        ArchiveStamp.objects.state(),
        program(),
        timezone.localdate().isoformat(),  # what is to come today is past tomorrow
        request.method,
        request.scheme,
        request.get_host(),
        request.get_full_path(),
        settings.OPEN_TO_ALL,
    ]
    reader = some_reader(request) if may_share() else None
    plain = [*made_from, reader.is_authenticated, *sorted(reader.rights)] if reader else None
    return Names(
        tag=f'W/"{_digest([*made_from, *_looking(request)])}"',  # weak: the form's token looks different every time
        shared=_digest(plain) if plain else None,
    )


def _digest(made_from: list[object]) -> str:
    return salted_hmac("minutes.views.conditional", json.dumps(made_from), algorithm="sha256").hexdigest()[:32]


def has_already(request: HttpRequest, tag: str) -> bool:
    """Whether the browser keeps the page of that tag."""
    return tag in parse_etags(request.headers.get("If-None-Match", ""))


class Faults:
    """Notices when the database refuses a statement or is stopped, as a search that takes too long is: what a page
    says then is not true for long. A wrapper of `connection.execute_wrapper`."""

    happened = False

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        """Execute a statement."""
        try:
            return execute(*arguments)
        except Exception:
            self.happened = True
            raise


def may_be_kept(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether an answer is a whole page, the same until something changes, and shows nothing closed."""
    said_something = getattr(get_messages(request), "added_new", False) or bool(openings_of(request))
    return response.status_code == 200 and not said_something and "no-store" not in response.get("Cache-Control", "")


def _looking(request: HttpRequest) -> list[object]:
    """Who is looking, with which rights. The session and the cookie change when somebody logs in or out."""
    user = request.user
    rights = ["all"] if user.is_superuser else sorted(user.get_all_permissions())
    name = [user.get_username(), user.get_full_name(), user.is_staff] if user.is_authenticated else []
    session = request.session.session_key
    return [user.pk, *name, rights, session, request.COOKIES.get(settings.CSRF_COOKIE_NAME)]


@cache
def program() -> str:
    """A digest of this program and its settings, the same in all processes that run it."""
    digest = hashlib.sha256()
    root = Path(settings.BASE_DIR)
    files = [path for pattern in _PROGRAM for path in sorted(root.glob(pattern))]
    for path in (*files, Path(settings.STATIC_ROOT, "staticfiles.json")):
        digest.update(f"{path.name}\0".encode())
        digest.update(path.read_bytes() if path.is_file() else b"")
    values = {name: repr(getattr(settings, name)) for name in dir(settings) if settings.is_overridden(name)}
    digest.update(json.dumps(values, sort_keys=True).encode())
    return digest.hexdigest()
