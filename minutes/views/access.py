"""Who gets a page at all. What stands on it is the business of `minutes.models.access`."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotModified
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from minutes.models import reader_of

from .conditional import Faults, has_already, may_be_kept, tag_of

type View = Callable[..., HttpResponseBase]


def reading(view: View) -> View:
    """Mark a page that only reads: GET and HEAD, in no shared cache, and open to all where the setting says so.

    A browser may keep it, and asks each time whether it still holds; where it does, the view is not run.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        tag = tag_of(request)  # first: what the view reads is as new as the tag, or newer
        if tag and has_already(request, tag):
            response: HttpResponseBase = HttpResponseNotModified()
        else:
            with connection.execute_wrapper(faults := Faults()):
                response = view(request, *args, **kwargs)
            tag = tag if may_be_kept(request, response) and not faults.happened else None
        if tag:
            response.headers["ETag"] = tag
        patch_cache_control(response, private=True, no_cache=True)
        patch_vary_headers(response, ["Cookie"])
        return response

    marked = require_safe(answer)
    marked.is_reading = True
    return marked


class ReadingMiddleware(LoginRequiredMiddleware):
    """Login by default, for every view that does not say otherwise.

    A page marked by `reading` wants the right to read: who is not logged in is asked to log in, and who is but has no
    role gets 403. With OPEN_TO_ALL everybody has that right.
    """

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
