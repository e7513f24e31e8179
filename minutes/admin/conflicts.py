"""Two people at one meeting: whoever saves last is told, and loses nothing that was typed.

Saving makes a meeting's rows anew. A form opened before that shows values that are over and parts whose rows are gone.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib.admin.options import ModelAdmin
from django.contrib.admin.utils import unquote
from django.db import models
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from minutes.models import AgendaItem, Meeting

from .places import label_of

OPENED = "opened"  # the names of the hidden fields, in templates/admin/minutes/change_form.html too
PART = "part"


class NoticesConflicts(ModelAdmin):
    """A form that was opened before somebody else saved is shown anew, with what was typed beside what is there now."""

    change_form_template = "admin/minutes/change_form.html"

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        row = self._row_now(request, object_id) if object_id is not None else None
        if row is None or not self.has_change_permission(request, row):
            return super().changeform_view(request, object_id, form_url, extra_context)
        state = {OPENED: _state_of(row), PART: _place_of(row)}
        context = {**(extra_context or {}), "state": state}
        if request.method != "POST" or request.POST.get(OPENED) == state[OPENED]:
            return super().changeform_view(request, object_id, form_url, context)
        opening = copy.copy(request)
        opening.method = "GET"
        address = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
        response = super().changeform_view(opening, str(row.pk), address, context)
        response.context_data["conflict"] = list(_typed_otherwise(response.context_data, request.POST))
        response.status_code = 409
        return response

    def _row_now(self, request: HttpRequest, object_id: str) -> models.Model | None:
        """The row, or the one that took its place while the form was open."""
        row = self.get_object(request, unquote(object_id))
        item, _, position = request.POST.get(PART, "").partition("-")
        if row is None and item.isdecimal() and position.isdecimal():
            row = self.get_queryset(request).filter(item=item, position=position).first()
        return row


def _state_of(row: Any) -> str:
    meeting = row if isinstance(row, Meeting) else (row if isinstance(row, AgendaItem) else row.item).meeting
    return meeting.changed_at.isoformat()


def _place_of(row: Any) -> str:
    return f"{row.item_id}-{row.position}" if hasattr(row, "position") and hasattr(row, "item_id") else ""


def _typed_otherwise(shown: Mapping[str, Any], typed: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Label and typed text of every field of the forms `shown` that was sent with another value."""
    yield from _differences(shown["adminform"].form, typed)
    for inline in shown["inline_admin_formsets"]:
        for form in inline.formset.initial_forms:
            if form.add_prefix(form._meta.model._meta.pk.name) in typed:
                yield from _differences(form, typed, before=f"{label_of(form.instance).capitalize()}: ")


def _differences(form: BaseForm, typed: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for bound in form.visible_fields():
        value = bound.field.widget.value_from_datadict(typed, {}, bound.html_name)
        if bound.field.has_changed(bound.initial, value):
            words = ("Ja" if value else "Nej") if isinstance(value, bool) else str(value or "(tomt)")
            yield f"{before}{bound.label.lower() if before else bound.label}", words
