"""Wrong passwords that still count. Deleting them lets somebody in before the time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from minutes.models import FailedLogin
from minutes.models.accounts import known_names

NOBODY = "et navn, som ingen bruger har"


@admin.register(FailedLogin)
class FailedLoginAdmin(admin.ModelAdmin):
    """A row a name and address. The name is shown where a user has it; what else was typed is not known."""

    list_display_links = None
    list_per_page = 50

    def get_list_display(self, request: HttpRequest) -> Sequence[str | Callable[[FailedLogin], Any]]:
        names = known_names()  # once for the page

        @admin.display(description="Bruger")
        def who(failed: FailedLogin) -> str:
            return names.get(failed.username or "", NOBODY)

        return [who, "address", "tries", "last", "locked_until"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[FailedLogin]:
        return super().get_queryset(request).recent()

    def get_fields(self, request: HttpRequest, obj: FailedLogin | None = None) -> list[str]:
        return ["who", "address", "tries", "last", "locked_until"]

    get_readonly_fields = get_fields

    @admin.display(description="Bruger")
    def who(self, failed: FailedLogin) -> str:
        return failed.person or NOBODY

    @admin.display(description="Adresse", ordering="ip_address")
    def address(self, failed: FailedLogin) -> str:
        return failed.ip_address or ""

    @admin.display(description="Forsøg", ordering="failures_since_start")
    def tries(self, failed: FailedLogin) -> int:
        return failed.failures_since_start

    @admin.display(description="Sidst", ordering="attempt_time")
    def last(self, failed: FailedLogin) -> Any:
        return failed.attempt_time

    @admin.display(description="Lukket herfra til", empty_value="ikke lukket")
    def locked_until(self, failed: FailedLogin) -> str | None:
        if failed.failures_since_start < settings.AXES_FAILURE_LIMIT:
            return None
        return f"{timezone.localtime(failed.attempt_time + settings.AXES_COOLOFF_TIME):kl. %H.%M}"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: FailedLogin | None = None) -> bool:
        return False
