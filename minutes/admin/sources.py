"""Original files, which stay as they came, and what editors have put right."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from minutes.ingest.corrections import LABELS
from minutes.ingest.edits import withdraw
from minutes.models import Correction, SourceDocument, SourceState

from .base import ReadOnlyAdmin


@admin.register(SourceDocument)
class SourceDocumentAdmin(ReadOnlyAdmin):
    fields = [
        *("filename", "meeting", "edition", "state", "media_type", "size", "sha256", "is_closed"),
        *("added_by", "added_at", "parser_version", "read_at", "what_was_assumed"),
    ]
    list_display = ["filename", "meeting", "edition", "state", "media_type", "added_at"]
    list_filter = ["state", "media_type"]
    search_fields = ["filename", "sha256", "meeting__slug"]
    date_hierarchy = "added_at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[SourceDocument]:
        return super().get_queryset(request).select_related("meeting", "added_by")

    @admin.display(description="antaget ved læsningen")
    def what_was_assumed(self, source: SourceDocument) -> str:
        return "\n".join(warning["message"] for warning in source.warnings) or "Intet"

    def view_on_site(self, source: SourceDocument) -> str | None:
        """The file itself, of the edition that people read."""
        return reverse("original", args=[source.meeting.slug]) if source.state == SourceState.CURRENT else None


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    """Made by saving elsewhere. To delete one is to take it back: what the file says stands again."""

    fields = ["meeting", "where", "what", "printed", "value", "corrected_by", "corrected_at", "source"]
    list_display = ["what", "where", "meeting", "value", "corrected_by", "corrected_at"]
    search_fields = ["part", "meeting__slug"]
    date_hierarchy = "corrected_at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Correction]:
        return super().get_queryset(request).select_related("meeting", "source", "corrected_by")

    @admin.display(description="felt", ordering="field")
    def what(self, correction: Correction) -> str:
        return LABELS.get(correction.field, correction.field).capitalize()

    @admin.display(description="del", ordering="part")
    def where(self, correction: Correction) -> str:
        return correction.part.capitalize() or ("Mødet" if correction.item_key is None else "Punktet")

    def has_delete_permission(self, request: HttpRequest, obj: Correction | None = None) -> bool:
        """Of the edition that people read: an earlier one is over."""
        current = obj is None or obj.source.state == SourceState.CURRENT
        return current and request.user.has_perm("minutes.delete_correction")

    def delete_model(self, request: HttpRequest, obj: Correction) -> None:
        withdraw(correction=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Correction]) -> None:
        for correction in list(queryset):
            self.delete_model(request, correction)

    def view_on_site(self, correction: Correction) -> str:
        if correction.meeting is None:
            return reverse("draft", args=[correction.source_id])
        return reverse("meeting", args=[correction.meeting.slug])
