"""The button "Historik" on a row's page: the log of changes, narrowed to the row."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse

from minutes.models import AgendaItem, Change, Correction, Meeting, SourceDocument

from .changes_in_words import ACCOUNTS, KINDS
from .places import place_of


class ShowsHistory(admin.ModelAdmin):
    """Shows the log of changes where Django has a list of its own, which knows only what was saved in the admin.

    Of what is not logged, because it follows from something that is, there is Django's list still.
    """

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if self.opts.model_name not in {*KINDS, *ACCOUNTS}:
            return super().history_view(request, object_id, extra_context)
        row = self.get_object(request, unquote(object_id))
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        request.GET = request.GET.copy()
        for name, value in _narrowing(row).items():
            request.GET[name] = str(value)
        context = {"title": f"Historik: {place_of(row)}", "row": row, "row_opts": self.opts, **(extra_context or {})}
        return self.admin_site.get_model_admin(Change).changelist_view(request, context)


def _narrowing(row: models.Model) -> dict[str, Any]:
    """What the list is asked for. A part's row may have been made anew, so it is looked for in its item."""
    kind = row._meta.model_name
    if isinstance(row, Meeting):
        return {"meeting": row.pk}
    if isinstance(row, AgendaItem):
        return {"item": row.pk}
    if isinstance(row, SourceDocument):
        return {"source": row.pk}
    item = getattr(row, "item_id", None)
    if item is not None and not isinstance(row, Correction):
        return {"item": item, "kind": kind}
    return {"kind": kind, "object_id": row.pk}
