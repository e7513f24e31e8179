"""Logging in and out, one's own password, and what somebody is told whose login has ended meanwhile."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, resolve_url
from django.template import loader
from django.urls import reverse, reverse_lazy
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme

from minutes.forms import LoginForm, OwnPasswordForm

SAFE = ("GET", "HEAD", "OPTIONS")
WHY = "slut"  # in the login page's address: what has ended, PAGE or FORM
PAGE, FORM = "side", "formular"
NOT_LOGGED_IN = "Du er ikke længere logget ind, så det, du sendte, er ikke gemt. Log ind igen, og prøv så en gang til."
TOO_OLD = "Siden er for gammel, så det, du sendte, er ikke gemt. Hent siden igen, og prøv så en gang til."


class LogIn(views.LoginView):
    """The login page. It says why one is here again, when a login has ended."""

    authentication_form = LoginForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"ended": self.request.GET.get(WHY)}


@method_decorator(login_not_required, name="dispatch")
class LogOut(views.LogoutView):
    """Logs out. The browser throws away the pages that it keeps, so that "back" shows none of them."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().post(request, *args, **kwargs)
        response.headers["Clear-Site-Data"] = '"cache"'
        return response


class OwnPassword(views.PasswordChangeView):
    """One's own password. Whoever is logged in elsewhere with the old one is logged out there."""

    form_class = OwnPasswordForm
    template_name = "registration/own_password.html"
    success_url = reverse_lazy("own-password")

    def form_valid(self, form: OwnPasswordForm) -> HttpResponse:
        response = super().form_valid(form)
        changed = "Din adgangskode er ændret. Andre steder, hvor du var logget ind, er du nu logget ud."
        messages.success(self.request, changed)
        return response


@login_not_required
def to_login(request: HttpRequest) -> HttpResponse:
    """The administration's own login page leads to the archive's: one door is guarded more easily than two."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(f"{reverse('login')}{f'?{query}' if query else ''}")


def log_in_first(request: HttpRequest) -> HttpResponse:
    """What somebody gets who has to log in: the login page, which leads back. After a form that is the page where it
    stood, and the login page says that nothing was saved. A script that asks for JSON gets 401 with the same words."""
    sent = request.method not in SAFE
    query = {"next": page_of_form(request) if sent or wants_json(request) else request.get_full_path()}
    if sent:
        query[WHY] = FORM
    elif settings.SESSION_COOKIE_NAME in request.COOKIES:
        query[WHY] = PAGE
    address = f"{resolve_url(settings.LOGIN_URL)}?{urlencode(query, safe='/')}"
    if wants_json(request):
        return JsonResponse({"message": NOT_LOGGED_IN, "login": address}, status=401)
    return HttpResponseRedirect(address)


def wants_json(request: HttpRequest) -> bool:
    """Whether a script is asking, which cannot show a page."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def page_of_form(request: HttpRequest) -> str:
    """The page of this site that a form was sent from, as the browser tells it; otherwise the front page."""
    referrer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referrer, {request.get_host()}, require_https=request.is_secure()):
        return reverse("front")
    parts = urlsplit(referrer)
    return f"/{parts.path.lstrip('/')}{f'?{parts.query}' if parts.query else ''}"


def too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without the mark that shows that this archive made it: CSRF_FAILURE_VIEW. Mostly it has stood open
    since before somebody logged in, in another tab; if it was the login's own, that has happened already."""
    if request.path == resolve_url(settings.LOGIN_URL) and request.user.is_authenticated:
        wanted = request.POST.get("next", "")
        safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
        return redirect(wanted if safe else settings.LOGIN_REDIRECT_URL)
    if wants_json(request):
        return JsonResponse({"message": TOO_OLD}, status=403)
    back = page_of_form(request)
    context = {"back": back if back != reverse("front") else ""}
    response = HttpResponse(loader.get_template("403_csrf.html").render(context), status=403)
    patch_cache_control(response, private=True, no_store=True)
    return response
