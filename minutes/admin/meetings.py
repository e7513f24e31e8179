"""Meetings, with their items."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from minutes.models import AgendaItem, Meeting

from .base import CorrectingAdmin, CorrectingInline


class ItemInline(CorrectingInline):
    """The items, in short; each has a page of its own."""

    model = AgendaItem
    fields = [("number", "title"), ("printed_case_number", "is_closed", "is_standing")]
    ordering = ["number"]


@admin.register(Meeting)
class MeetingAdmin(CorrectingAdmin):
    fields = [
        *("body", "date", "start_time", "place", "preamble", "is_closed", "is_cancelled"),
        *("slug", "created_at", "changed_at"),
    ]
    inlines = [ItemInline]
    list_display = ["date", "body", "start_time", "place", "items_seen", "is_closed", "is_cancelled"]
    list_filter = ["body", "is_closed", "is_cancelled"]
    search_fields = ["slug", "place"]
    date_hierarchy = "date"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Meeting]:
        return super().get_queryset(request).with_item_count(request.user)

    @admin.display(description="punkter")
    def items_seen(self, meeting: Meeting) -> int:
        return meeting.item_count

    def view_on_site(self, meeting: Meeting) -> str:
        return reverse("meeting", args=[meeting.slug])
