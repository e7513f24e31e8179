"""Cases and references."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse

from minutes.ingest.links import link_items
from minutes.kle import main_group_name
from minutes.models import AgendaItem, Case, Reference
from minutes.models.decisions import Origin

from .base import ReadOnlyAdmin, VisibleAdmin, VisibleRows


class CaseItemInline(VisibleRows, admin.StackedInline):
    """The items of the case. Which case an item belongs to follows from its case number."""

    model = AgendaItem
    fields = ["printed_case_number"]
    readonly_fields = fields
    extra = 0
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[AgendaItem]:
        return super().get_queryset(request).select_related("meeting").newest_first()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Case)
class CaseAdmin(ReadOnlyAdmin):
    fields = ["number", "main_group_with_name", "subject", "facet", "serial", "year", "is_collective"]
    inlines = [CaseItemInline]
    list_display = ["number", "main_group_with_name", "items_seen", "latest_date", "is_collective"]
    list_filter = ["is_collective", "main_group"]
    search_fields = ["number", "normalised"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Case]:
        return super().get_queryset(request).with_item_count(request.user).in_order()

    @admin.display(description="hovedgruppe", ordering="main_group")
    def main_group_with_name(self, case: Case) -> str:
        return " ".join(filter(None, (case.main_group, main_group_name(case.main_group))))

    @admin.display(description="punkter")
    def items_seen(self, case: Case) -> int:
        return case.item_count

    @admin.display(description="senest", ordering="latest")
    def latest_date(self, case: Case) -> Any:
        return case.latest

    def view_on_site(self, case: Case) -> str:
        return reverse("case", args=[case.slug])


@admin.register(Reference)
class ReferenceAdmin(VisibleAdmin):
    """What the program found is to be looked at; an editor may link items that belong together."""

    fields = ["item", "words", "target_item", "target_meeting", "target_case", "origin"]
    autocomplete_fields = ["item", "target_item"]
    list_display = ["__str__", "item", "leads_to", "origin"]
    list_filter = ["origin"]
    search_fields = ["words", "item__title"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reference]:
        related = ("item__meeting", "target_item__meeting", "target_meeting", "target_case")
        return super().get_queryset(request).select_related(*related)

    @admin.display(description="fører til")
    def leads_to(self, reference: Reference) -> Any:
        return reference.target_item or reference.target_meeting or reference.target_case

    def get_fields(self, request: HttpRequest, obj: Reference | None = None) -> list[str]:
        return ["item", "target_item"] if obj is None else self.fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("minutes.add_reference")

    def has_change_permission(self, request: HttpRequest, obj: Reference | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Reference | None = None) -> bool:
        """An editor's link only: what was found would be found again."""
        mine = obj is None or obj.origin == Origin.EDITOR
        return mine and request.user.has_perm("minutes.delete_reference")

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Reference]) -> None:
        queryset.filter(origin=Origin.EDITOR).delete()

    def get_form(self, request: HttpRequest, obj: Reference | None = None, **kwargs: Any) -> type[ModelForm]:
        form = super().get_form(request, obj, **kwargs)
        if "target_item" in form.base_fields:
            form.base_fields["target_item"].required = True
        return form

    def save_model(self, request: HttpRequest, obj: Reference, form: ModelForm, change: bool) -> None:
        obj.pk = link_items(item=obj.item, target=obj.target_item).pk
