"""What goes for every answer that refuses."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import Resolver404
from django.utils.cache import patch_cache_control
from django.views.defaults import bad_request, page_not_found


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """What is no request that the archive knows: handler400. Of a form that is too large it is said."""
    if request.method == "POST" and isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return HttpResponse(render_to_string("413.html"), status=413)
    return bad_request(request, exception)


class RefusalMiddleware:
    """The archive's own 404 in development too, and no refusal kept by a browser or a cache: it may be none tomorrow.

    Must stand last in MIDDLEWARE: only there are Django's debug pages told from ours, and CommonMiddleware, further
    out, still finds the 404 to which it appends a slash. Faults keep their debug pages.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if settings.DEBUG and response.status_code == 404 and request.resolver_match is None:
            response = page_not_found(request, Resolver404({"path": request.path}))
        if response.status_code >= 400:
            patch_cache_control(response, private=True, no_store=True)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """A view found nothing."""
        return page_not_found(request, exception) if isinstance(exception, Http404) else None
