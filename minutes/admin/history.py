"""Historik: the log of every write, as those read it who handle sources. What is closed is closed here too."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property

from minutes.forms import DanishDateField
from minutes.models import Change
from minutes.models.history import SEE_ACCOUNTS

from .base import ReadOnlyAdmin
from .changes_in_words import ACCOUNTS, KINDS, acts, kind_name, tell, who

MOST = 10_000  # changes that are counted; further back one comes by narrowing
NOBODY = "ingen"


class KindFilter(admin.SimpleListFilter):
    """By what was written."""

    title = "art"
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        kinds = [*KINDS, *(ACCOUNTS if request.user.has_perm(SEE_ACCOUNTS) else ())]
        return [(kind, kind_name(kind).capitalize()) for kind in kinds]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Change]) -> QuerySet[Change]:
        kind = self.value()
        return queryset.filter(kind=kind if kind in {*KINDS, *ACCOUNTS} else "") if kind else queryset


class PersonFilter(admin.SimpleListFilter):
    """By who wrote: those who have written at all."""

    title = "hvem"
    parameter_name = "hvem"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        writers = User.objects.filter(Exists(Change.objects.filter(user=OuterRef("pk")).order_by()))
        people = sorted((one.get_full_name() or one.username, str(one.pk)) for one in writers)
        return [*((pk, name) for name, pk in people), (NOBODY, "Ingen, der er logget ind")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Change]) -> QuerySet[Change]:
        value = self.value() or ""
        if value == NOBODY:
            return queryset.filter(user=None)
        return queryset.filter(user=int(value)) if value.isascii() and value.isdecimal() else queryset


class BoundedPaginator(Paginator):
    """Counts no further than `MOST`: the log only grows."""

    @cached_property
    def count(self) -> int:
        return self.object_list.order_by()[:MOST].count()


class ChangesList(ChangeList):
    """A page of the log, put together by what was done at once."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.acts = acts(self.result_list, request.user)


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    """Nobody changes or deletes a row; the database refuses it too."""

    fields = ["at", "who", "program", "action", "kind_in_words", "meeting", "item"]
    list_display = ["at", "who", "kind_in_words", "action"]
    list_display_links = None
    list_filter = [KindFilter, "action", PersonFilter]
    list_per_page = list_max_show_all = 100
    show_facets = admin.ShowFacets.NEVER  # the log is long, and counting it for each choice takes its time
    ordering = ["-pk"]
    sortable_by = ()
    search_fields = ["meeting__slug", "username"]
    search_help_text = "Mødets dato, som du vil skrive den, eller et brugernavn"
    date_hierarchy = "at"
    paginator = BoundedPaginator
    change_list_template = "admin/minutes/change/list.html"
    change_form_template = "admin/minutes/change/one.html"

    class Media:
        css = {"all": ["css/history.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Change]:
        return super().get_queryset(request).select_related("user", "meeting", "item__meeting")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ChangesList

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": "Historik", **(extra_context or {})})

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Change], search_term: str
    ) -> tuple[QuerySet[Change], bool]:
        typed = search_term.strip()
        if not typed:
            return queryset, False
        found = Q(meeting__slug__startswith=typed) | Q(username__iexact=typed)
        with suppress(ValidationError):
            found |= Q(meeting__date=DanishDateField().to_python(typed))
        return queryset.filter(found), False

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> Any:
        (context["told"],) = tell([kwargs["obj"]], request.user)
        return super().render_change_form(request, context, **kwargs)

    @admin.display(description="hvem")
    def who(self, change: Change) -> str:
        return who(change)

    @admin.display(description="art")
    def kind_in_words(self, change: Change) -> str:
        return kind_name(change.kind).capitalize()
