"""The parts of items, one list of each kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from minutes.ingest.edits import correct_outcomes
from minutes.models import Attachment, Decision, DecisionOutcome, Recommendation, Section

from .base import CorrectingAdmin, TextWidget, VisibleRows


class PartAdmin(CorrectingAdmin):
    """A row that belongs to an item. Saving makes it anew: what follows is about the row that took its place."""

    date_hierarchy = "item__meeting__date"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("item__meeting")

    def get_ordering(self, request: HttpRequest) -> Sequence[str]:
        return ["-item__meeting__date", "item__number", "position"]

    def view_on_site(self, part: Any) -> str:
        return reverse("item", args=[part.item.meeting.slug, part.item.number])

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> LogEntry:
        """In the history of the item, which stays."""
        name, place = str(obj._meta.verbose_name), str(obj.position)
        fields = [one["changed"].get("fields", []) for one in message if "changed" in one]
        changed = {"name": name, "object": place, "fields": [name for names in fields for name in names]}
        return super().log_change(request, obj.item, [{"changed": changed}])

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        made = self.get_queryset(request).filter(item=obj.item, position=obj.position).first()
        if made is not None:  # where Django leads on to is taken from the request's path
            request.path = reverse(f"admin:minutes_{obj._meta.model_name}_change", args=[made.pk])
        return super().response_change(request, made or obj)


@admin.register(Section)
class SectionAdmin(PartAdmin):
    fields = ["item", "kind", "heading", "text", "page", "line"]
    list_display = ["__str__", "item", "page"]
    search_fields = ["heading", "kind", "text", "item__title"]


@admin.register(Recommendation)
class RecommendationAdmin(PartAdmin):
    fields = ["item", "proposer", "office", "text"]
    list_display = ["text", "office", "item"]
    list_filter = ["office"]
    search_fields = ["proposer", "office", "text", "item__title"]


@admin.register(Attachment)
class AttachmentAdmin(PartAdmin):
    fields = ["item", "name", "printed_name", "is_closed", "size", "media_type"]
    list_display = ["name", "item", "is_closed"]
    list_filter = ["is_closed"]
    search_fields = ["name", "item__title"]


class OutcomeInline(VisibleRows, admin.StackedInline):
    """What the decision did, as many things as it did."""

    model = DecisionOutcome
    fields = [("kind", "origin"), "sentence"]
    readonly_fields = ["origin"]
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.has_perm("minutes.add_decisionoutcome")

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.has_perm("minutes.delete_decisionoutcome")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, TextWidget):
            field.widget.attrs["rows"] = 3
        return field


@admin.register(Decision)
class DecisionAdmin(PartAdmin):
    fields = ["item", "heading", "text", "page", "line"]
    inlines = [OutcomeInline]
    list_display = ["__str__", "item", "outcomes_read"]
    list_filter = ["outcomes__kind", "item__is_standing"]
    search_fields = ["text", "item__title"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Decision]:
        return super().get_queryset(request).prefetch_related("outcomes")

    @admin.display(description="beslutningstyper")
    def outcomes_read(self, decision: Decision) -> str:
        return ", ".join(str(outcome) for outcome in decision.outcomes.all()) or "Uafklaret"

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: Sequence[BaseInlineFormSet], change: bool
    ) -> None:
        """The decision's own words first: when they change, it is a new row that the outcomes belong to."""
        super().save_related(request, form, formsets, change)
        for formset in formsets:
            if formset.has_changed():
                decision = Decision.objects.get(item=form.instance.item)
                correct_outcomes(decision=decision, outcomes=_outcomes_in(formset), user=request.user)


def _outcomes_in(formset: BaseInlineFormSet) -> list[tuple[str, str]]:
    kept = [form for form in formset.forms if form not in formset.deleted_forms]
    typed = [form for form in kept if form.instance.pk or form.has_changed()]
    return [(form.cleaned_data["kind"], form.cleaned_data["sentence"]) for form in typed]
