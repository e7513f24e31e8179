"""People and their roles. An administrator gives roles, but makes nobody a superuser and changes none who is."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.forms import ModelForm
from django.http import HttpRequest

from .rights import RightsField, rights

admin.site.unregister([User, Group])


class GivesRights(admin.ModelAdmin):
    """Rights are chosen among those of this site, in Danish."""

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in {"permissions", "user_permissions"}:
            kwargs |= {"form_class": RightsField, "queryset": rights()}
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Group)
class RoleAdmin(GivesRights, GroupAdmin):
    """As Django's own, with rights in Danish."""


@admin.register(User)
class PersonAdmin(GivesRights, UserAdmin):
    """As Django's own, but for superusers. Nobody is deleted: whoever corrected something stays its author."""

    list_display = [*UserAdmin.list_display, "is_active"]

    def get_form(self, request: HttpRequest, obj: User | None = None, **kwargs: Any) -> type[ModelForm]:
        form = super().get_form(request, obj, **kwargs)
        if "is_active" in form.base_fields:
            form.base_fields["is_active"].help_text = (
                "Fjern fluebenet, når en person ikke længere skal kunne logge ind. Brugere slettes ikke, "
                "så man kan blive ved at se, hvem der har lagt en fil i arkivet eller rettet noget."
            )
        return form

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[Any]:
        fixed = [] if request.user.is_superuser else ["is_superuser"]
        return [*super().get_readonly_fields(request, obj), *fixed]

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        theirs = request.user.is_superuser or obj is None or not obj.is_superuser
        return theirs and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False
