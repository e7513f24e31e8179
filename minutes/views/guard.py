"""The login is guarded against guessing, by django-axes with what this archive wants otherwise.

A municipality sits behind one address, so an address alone is never locked: a name is, where it was tried. Many
addresses together get a few more tries, and then the name is locked everywhere. Names that nobody has are counted in
the same way and take the same time, so nothing tells who has an account.

What is stored is counts: a digest of the name, the address, the time. The log says that somebody was locked, not who.
"""

from __future__ import annotations

import ipaddress
import math
from datetime import timedelta
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control

from minutes.models.accounts import FailedLogin, Failures, hidden_name

NOWHERE = "0.0.0.0"  # noqa: S104 - a request without an address, as from a socket
NETWORK = 64  # the bits of an IPv6 address that name whose it is; the rest change at will


class Guard(AxesDatabaseHandler):
    """Counts by name and address, and by name alone."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """How many count against who is trying to log in."""
        return failures_of(request, credentials).count

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
    ) -> None:
        """Count one, without what kind of browser it came from."""
        if request is not None:
            request.axes_user_agent = request.axes_http_accept = ""
        super().user_login_failed(sender, credentials, request, **kwargs)


@receiver(pre_save, sender=AccessAttempt)
def forget_what_was_sent(instance: AccessAttempt, **kwargs: Any) -> None:
    """The count is all that is needed; a form may hold anything."""
    instance.get_data = instance.post_data = ""


def failures_of(request: HttpRequest, credentials: dict[str, Any] | None) -> Failures:
    """What counts against who is trying to log in."""
    hidden = get_client_username(request, credentials)
    return FailedLogin.objects.failures(hidden=hidden, address=request.axes_ip_address)


def name_of(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str | None:
    """What stands for the name that was tried: AXES_USERNAME_CALLABLE."""
    name = (credentials or request.POST).get("username")
    return hidden_name(name) if name else None


def address_of(request: HttpRequest) -> str:
    """Where the request comes from: AXES_CLIENT_IP_CALLABLE. A header counts only where the setting names it; of
    several addresses in it the last is the one that the proxy itself has seen."""
    told = request.headers.get(settings.CLIENT_ADDRESS_HEADER, "") if settings.CLIENT_ADDRESS_HEADER else ""
    for text in (told.rpartition(",")[2].strip(), request.META.get("REMOTE_ADDR", "")):
        try:
            address = ipaddress.ip_address(text.partition("%")[0])
        except ValueError:
            continue
        if isinstance(address, ipaddress.IPv6Address):
            if address.ipv4_mapped is None:
                return str(ipaddress.ip_network((address, NETWORK), strict=False).network_address)
            address = address.ipv4_mapped
        return str(address)
    return NOWHERE


def nobody(*arguments: Any) -> str:
    """Who it was, for the log: AXES_CLIENT_STR_CALLABLE."""
    return "somebody"


def refuse(
    request: HttpRequest, response: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """The page for who has to wait: AXES_LOCKOUT_CALLABLE. It is the same whether the name exists or not."""
    now = timezone.now()
    until = failures_of(request, credentials).until or now
    context = {
        "until": until + timedelta(seconds=59),  # whole minutes, and never too early
        "contact": settings.HELP_CONTACT,
    }
    refusal = render(request, "registration/locked.html", context, status=429)
    refusal.headers["Retry-After"] = str(max(1, math.ceil((until - now).total_seconds())))
    patch_cache_control(refusal, private=True, no_store=True)
    return refusal
