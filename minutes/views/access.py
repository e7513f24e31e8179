"""Who gets a page at all. What stands on it is the business of `minutes.models.access`."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from minutes.models import reader_of

from .accounts import log_in_first
from .conditional import Faults, Names, has_already, may_be_kept, names_of
from .openings import write_down
from .shared import HTML, made_for_all, pages, seated

type View = Callable[..., HttpResponseBase]


def reading(view: View) -> View:
    """Mark a page that only reads: GET and HEAD, in no shared cache, and open to all where the setting says so.

    A browser may keep it, and asks each time whether it still holds; where it does, the view is not run. Nor is it
    where another plain reader has had the same page (`shared`).
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        names = names_of(request)  # first: what the view reads is as new as the names, or newer
        if names and has_already(request, names.tag):
            response: HttpResponseBase = HttpResponseNotModified()
            holds = True
        else:
            response, holds = _made(request, names, lambda: view(request, *args, **kwargs))
        if names and holds:
            response.headers["ETag"] = names.tag
        patch_cache_control(response, private=True, no_cache=True)
        patch_vary_headers(response, ["Cookie"])
        return response

    marked = require_safe(answer)
    marked.is_reading = True
    return marked


def _made(
    request: HttpRequest, names: Names | None, make: Callable[[], HttpResponseBase]
) -> tuple[HttpResponseBase, bool]:
    """The page, and whether it holds until something changes."""
    if names and names.shared and (kept := pages.get(names.shared)):
        return HttpResponse(seated(kept, request), content_type=HTML), True
    is_for_all = False
    with connection.execute_wrapper(faults := Faults()):
        if names and names.shared:
            response, is_for_all = made_for_all(request, make)
        else:
            response = make()
    holds = names is not None and may_be_kept(request, response) and not faults.happened
    if names and names.shared and not response.streaming:
        if holds and is_for_all:
            pages.keep(names.shared, response.content)
        response.content = seated(response.content, request)
    return response, holds


class ReadingMiddleware(LoginRequiredMiddleware):
    """Login by default, for every view that does not say otherwise.

    A page marked by `reading` wants the right to read: who is not logged in is asked to log in, and who is but has no
    role gets 403. With OPEN_TO_ALL everybody has that right. Who is shown something closed is written down.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        write_down(request, response)
        return response

    def process_view(
        self, request: HttpRequest, view_func: View, view_args: tuple[Any, ...], view_kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "is_reading", False):
            return super().process_view(request, view_func, view_args, view_kwargs)
        if reader_of(request.user).reads:
            return None
        if request.user.is_authenticated:
            raise PermissionDenied
        return self.handle_no_permission(request, view_func)

    def handle_no_permission(self, request: HttpRequest, view_func: View) -> HttpResponseBase:
        """Ask who it is to log in."""
        return log_in_first(request)
