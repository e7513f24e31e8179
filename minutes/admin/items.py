"""Items, with their parts."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from minutes.models import AgendaItem, Attachment, Decision, Recommendation, Section

from .base import CorrectingAdmin, CorrectingInline


class DecisionInline(CorrectingInline):
    """The Beslutning. What it did is put right on its own page."""

    model = Decision
    fields = ["heading", "text", "outcomes_read"]

    @admin.display(description="beslutningstyper")
    def outcomes_read(self, decision: Decision) -> str:
        return ", ".join(str(outcome) for outcome in decision.outcomes.all()) or "Uafklaret"


class SectionInline(CorrectingInline):
    model = Section
    fields = ["kind", "heading", "text", "page"]


class RecommendationInline(CorrectingInline):
    model = Recommendation
    fields = ["proposer", "office", "text"]


class AttachmentInline(CorrectingInline):
    model = Attachment
    fields = ["name", "is_closed"]


@admin.register(AgendaItem)
class AgendaItemAdmin(CorrectingAdmin):
    fields = [
        *("meeting", "number", "title", "prefix", "printed_title", "printed_case_number", "case"),
        *("is_closed", "is_standing", "page"),
    ]
    inlines = [DecisionInline, SectionInline, RecommendationInline, AttachmentInline]
    list_display = ["title", "number", "meeting", "case", "is_closed", "is_standing"]
    list_filter = ["is_closed", "is_standing"]
    search_fields = ["title", "printed_case_number", "meeting__slug"]
    date_hierarchy = "meeting__date"

    def get_queryset(self, request: HttpRequest) -> QuerySet[AgendaItem]:
        return super().get_queryset(request).select_related("meeting", "case").newest_first()

    def view_on_site(self, item: AgendaItem) -> str:
        return reverse("item", args=[item.meeting.slug, item.number])
