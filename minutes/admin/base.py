"""What all of the archive's admin pages share: who sees which rows, and how an edit is carried out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.admin.utils import flatten
from django.contrib.admin.widgets import AutocompleteSelect
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import QuerySet
from django.forms import ModelForm
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from minutes.forms import DanishDateField
from minutes.ingest.edits import CORRECTABLE, correct_all
from minutes.ingest.results import IngestError
from minutes.models import Way
from minutes.views.openings import opened

from .conflicts import NoticesConflicts
from .places import number_of, place_of
from .shows_history import ShowsHistory


class TextWidget(forms.Textarea):
    """A large field for text. Browsers send Windows line ends, which would make every text a changed one."""

    def __init__(self) -> None:
        super().__init__({"rows": 8, "cols": 100})

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str | None:
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n") if value else value


class NamedAutocomplete(AutocompleteSelect):
    """A field that finds rows by their words, with a word in it while it is empty: Django's has no name to be read."""

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        name = str(self.field.remote_field.model._meta.verbose_name)
        return {**super().build_attrs(base_attrs, extra_attrs), "data-placeholder": f"Vælg {name}"}


class VisibleRows:
    """For admins and inlines: the rows that who is logged in may know of, and none may be made or deleted here."""

    formfield_overrides = {
        models.TextField: {"widget": TextWidget},
        models.DateField: {"form_class": DanishDateField},
        models.CharField: {"widget": forms.TextInput(attrs={"size": 60})},  # Django's own shows half a title
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).visible_to(request.user)

    def formfield_for_foreignkey(self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer, and take, only what may be seen."""
        manager = db_field.remote_field.model._default_manager
        if hasattr(manager, "visible_to"):
            kwargs["queryset"] = manager.visible_to(request.user)
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = NamedAutocomplete(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class VisibleAdmin(VisibleRows, ShowsHistory):
    """Rows to be looked at. What a service refuses is said, and nothing has changed."""

    show_full_result_count = False  # counting all rows beside those found costs, and tells nobody anything
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._saying_why(request, super().changeform_view, *args, **kwargs)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._saying_why(request, super().delete_view, *args, **kwargs)

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", ""):  # which no text of the database can hold
            return HttpResponseRedirect(request.path)
        return self._saying_why(request, super().changelist_view, *args, **kwargs)

    def render_change_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Whoever is shown a closed row is written down."""
        if (row := kwargs.get("obj")) is not None:
            opened(request, Way.ADMIN, row)
        return super().render_change_form(request, *args, **kwargs)

    def log_addition(self, request: HttpRequest, obj: models.Model, message: Any) -> LogEntry:
        return _log(request, obj, ADDITION, message)

    def log_change(self, request: HttpRequest, obj: models.Model, message: Any) -> LogEntry:
        return _log(request, obj, CHANGE, message)

    def log_deletions(self, request: HttpRequest, queryset: Iterable[models.Model]) -> list[LogEntry]:
        return [_log(request, row, DELETION, "") for row in queryset]

    def _saying_why(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except IngestError as error:
            self.message_user(request, error.message, messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())


class ReadOnlyAdmin(VisibleAdmin):
    """Rows that follow from others, or must stay as they came."""

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class Correctable(VisibleRows):
    """For admins and inlines of rows that were read from a file: of `fields` an editor may change what the service
    of corrections takes."""

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> list[str]:
        return [name for name in flatten(self.get_fields(request, obj)) if name not in CORRECTABLE[self.model]]


class CorrectingAdmin(Correctable, NoticesConflicts, VisibleAdmin):
    """Saving takes a row with its inlines to the service of corrections, in one go."""

    def save_model(self, request: HttpRequest, obj: models.Model, form: ModelForm, change: bool) -> None:
        """Nothing: `save_related` has all that was changed."""

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: Sequence[BaseInlineFormSet], change: bool
    ) -> None:
        correctable = [formset for formset in formsets if formset.model in CORRECTABLE]
        forms = [form, *(one for formset in correctable for one in formset.forms)]
        edits = [(one.instance, changes(one)) for one in forms if one.has_changed()]
        if edits:
            correct_all(edits=edits, user=request.user)

    def construct_change_message(
        self, request: HttpRequest, form: ModelForm, formsets: Sequence[BaseInlineFormSet], add: bool = False
    ) -> list[dict[str, Any]]:
        """What the history says: kinds and places of the rows changed. Their words may be closed to who reads it."""
        message = super().construct_change_message(request, form, [], add)
        for formset in formsets:
            for one in formset.forms:
                if one.has_changed():
                    name = str(one.instance._meta.verbose_name)
                    fields = [str(one.fields[field].label or field).lower() for field in one.changed_data]
                    changed = {"name": name, "object": number_of(one.instance), "fields": fields}
                    message.append({"changed": changed})
        return message


class CorrectingInline(Correctable, admin.StackedInline):
    """A row's parts, as many as were read."""

    extra = 0
    show_change_link = True


def _log(request: HttpRequest, row: models.Model, action: int, message: Any) -> LogEntry:
    """An entry of the history. It stays, whatever is closed later, so it names the row's place and not its words."""
    return LogEntry.objects.create(
        user_id=request.user.pk,
        content_type=ContentType.objects.get_for_model(row, for_concrete_model=False),
        object_id=row.pk,
        object_repr=place_of(row)[:200],
        action_flag=action,
        change_message=json.dumps(message) if isinstance(message, list) else message,
    )


def changes(form: ModelForm) -> dict[str, Any]:
    """The fields of `form` that were changed, with their new values."""
    return {name: form.cleaned_data[name] for name in form.changed_data}
