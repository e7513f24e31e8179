"""Pages that all plain readers share: made once for each state of the archive, and for nobody in particular.

A page costs some ten times what its frame does, and changes a few times a month. So the view of somebody who may do no
more than read is run with `SomeReader` in place of the person: it cannot put anybody's name or token on the page, since
it knows none. Where the header says who is looking the page has a seat, in which each reader's own is put for every
answer. Pages are kept in this process's memory alone, under a keyed digest of all that they are made from
(`conditional.names_of`), so that what is closed is never found by who may not read it.
"""

from __future__ import annotations

import secrets
import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponseBase
from django.template.loader import render_to_string

from minutes.models.access import READ, READ_CLOSED

PLAIN = frozenset({READ, READ_CLOSED})  # whose pages have nothing on them but what is read
HTML = "text/html; charset=utf-8"
FORM_MADE = "CSRF_COOKIE_NEEDS_UPDATE"  # Django notes so in META when a form's token is made
QUICKLY = 1  # of zlib: a page becomes a sixth of its size in a millisecond


class SomeReader:
    """Whoever has these rights. It stands where a user does, and has neither name nor number."""

    is_active = True
    is_staff = is_superuser = False
    pk = id = None
    seat = f"seat-{secrets.token_hex(16)}"  # where the page says who is looking; nobody can have written it in a text

    def __init__(self, rights: Collection[str], *, is_authenticated: bool) -> None:
        self.rights = frozenset(rights)
        self.is_authenticated = is_authenticated
        self.is_anonymous = not is_authenticated

    def has_perm(self, permission: str, obj: object = None) -> bool:
        """Whether it has the right."""
        return permission in self.rights

    def has_perms(self, permissions: Iterable[str], obj: object = None) -> bool:
        """Whether it has all of the rights."""
        return self.rights.issuperset(permissions)

    def has_module_perms(self, label: str) -> bool:
        """Whether it has any right to the rows of an app."""
        return any(right.startswith(f"{label}.") for right in self.rights)


class Pages:
    """Pages by name, those that were asked for last; in all no more bytes than the setting allows, each process."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, bytes] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, name: str) -> bytes | None:
        """The page of that name, if it is kept."""
        with self._lock:
            page = self._pages.get(name)
            if page is not None:
                self._pages.move_to_end(name)
        return zlib.decompress(page) if page is not None else None

    def keep(self, name: str, page: bytes) -> None:
        """Keep the page, and let go of those that nobody has asked for the longest."""
        small = zlib.compress(page, QUICKLY)
        with self._lock:
            self._bytes += len(small) - len(self._pages.pop(name, b""))
            self._pages[name] = small
            while self._bytes > settings.PAGE_CACHE_BYTES:
                _, gone = self._pages.popitem(last=False)
                self._bytes -= len(gone)

    def clear(self) -> None:
        """Let go of all."""
        with self._lock:
            self._pages.clear()
            self._bytes = 0


pages = Pages()


def some_reader(request: HttpRequest) -> SomeReader | None:
    """Whoever has the same rights as the reader; None for somebody whose pages have more on them than what is read."""
    user = request.user
    if user.is_superuser or user.is_staff:
        return None
    rights = user.get_all_permissions()
    return SomeReader(rights, is_authenticated=user.is_authenticated) if rights <= PLAIN else None


def may_share() -> bool:
    """Whether pages are kept now: not in a transaction, whose own writing has no state yet."""
    return settings.PAGE_CACHE_BYTES > 0 and not connection.in_atomic_block


def made_for_all(request: HttpRequest, make: Callable[[], HttpResponseBase]) -> tuple[HttpResponseBase, bool]:
    """What `make` answers when `some_reader` asks, and whether it is a page that all of them may have: HTML that says
    nothing more in its headers, and for which no token was made."""
    person, request.user = request.user, some_reader(request)
    token_before = request.META.pop(FORM_MADE, None)
    try:
        response = make()
    finally:
        request.user = person
        token_used = request.META.get(FORM_MADE)
        if token_before:
            request.META[FORM_MADE] = token_before
    is_plain = set(response.headers) == {"Content-Type"} and response.headers["Content-Type"] == HTML
    return response, is_plain and not response.streaming and not response.cookies and not token_used


def seated(page: bytes, request: HttpRequest) -> bytes:
    """The page with the reader's own header in the seat."""
    own = SomeReader.seat.encode()
    if own not in page:
        return page
    return page.replace(own, render_to_string("components/site_user.html", {"user": request.user}, request).encode())
