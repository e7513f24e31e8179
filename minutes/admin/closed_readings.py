"""Who has opened what is closed, to be looked at by administrators who may read it themselves."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from minutes.models import ClosedReading, reader_of

from .base import ReadOnlyAdmin


@admin.register(ClosedReading)
class ClosedReadingAdmin(ReadOnlyAdmin):
    """Nobody changes or deletes a row; the database refuses it too."""

    fields = ["username", "opened_at", "way", "what", "slug", "edition", "sha256"]
    list_display = ["opened_at", "username", "what", "way"]
    list_filter = ["way", "date", ("username", admin.AllValuesFieldListFilter)]
    search_fields = ["username", "slug", "sha256"]
    search_help_text = "Brugernavn, mødets dato som 2017-06-14, eller en fils kontrolsum"
    date_hierarchy = "opened_at"

    @admin.display(description="hvad", ordering="date")
    def what(self, reading: ClosedReading) -> str:
        return reading.what

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return reader_of(request.user).reads_closed and super().has_view_permission(request, obj)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)
