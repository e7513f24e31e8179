"""Wrong passwords, counted so that nobody can go on guessing. No name that is typed is kept: it may be a password.

django-axes stores the counts; a name is a keyed digest there, the same for names that exist and names that do not.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Max, Q, Sum
from django.utils import timezone
from django.utils.crypto import salted_hmac

ADDRESSES = 4  # so many times what one address may fail, all addresses together may for one name


def hidden_name(name: str) -> str:
    """What stands for a typed name; without SECRET_KEY nobody can tell which it was."""
    return salted_hmac("minutes.models.accounts", name, algorithm="sha256").hexdigest()


def known_names() -> dict[str, str]:
    """The names of all users, by what stands for them."""
    names = get_user_model()._default_manager.values_list("username", flat=True)
    return {hidden_name(name): name for name in names.iterator()}


@dataclass(frozen=True, slots=True)
class Failures:
    """Of one name: how many count towards LOGIN_FAILURES, and when the last of them was."""

    count: int
    last: datetime.datetime | None

    @property
    def until(self) -> datetime.datetime | None:
        """When they are forgotten."""
        return self.last and self.last + settings.AXES_COOLOFF_TIME


class FailedLoginQuerySet(models.QuerySet["FailedLogin"]):
    """Questions to the counts."""

    def recent(self) -> FailedLoginQuerySet:
        """Those that still count."""
        return self.filter(attempt_time__gt=timezone.now() - settings.AXES_COOLOFF_TIME)

    def failures(self, *, hidden: str | None, address: str | None) -> Failures:
        """What counts for the name `hidden` at `address`: its failures there, or a share of those everywhere."""
        here = Q(ip_address=address)
        found = (
            self.recent()
            .filter(username=hidden)
            .aggregate(
                here=Sum("failures_since_start", filter=here, default=0),
                last_here=Max("attempt_time", filter=here),
                everywhere=Sum("failures_since_start", default=0),
                last=Max("attempt_time"),
            )
        )
        share = found["everywhere"] // ADDRESSES
        if found["here"] >= share:
            return Failures(found["here"], found["last_here"])
        return Failures(share, found["last"])


class FailedLogin(AccessAttempt):
    """Wrong passwords for one name from one address, until they are forgotten. Deleting it lifts the lock."""

    objects = FailedLoginQuerySet.as_manager()

    class Meta:
        proxy = True
        default_permissions = ("view", "delete")
        verbose_name = "mislykket login"
        verbose_name_plural = "mislykkede login"
        ordering = ("-attempt_time", "-pk")

    def __str__(self) -> str:
        return f"Mislykket login {timezone.localtime(self.attempt_time):%d-%m-%Y %H:%M}"

    @property
    def person(self) -> str:
        """The user's name, if somebody has it."""
        return known_names().get(self.username or "", "")
