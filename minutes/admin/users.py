"""People and their roles. An administrator gives roles, but no right that they lack themselves: neither directly nor by
taking over the account of somebody who has it. They make nobody a superuser and change none who is."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse

from .rights import GivenByOne, RightsField, lacking, rights, rights_of
from .shows_history import ShowsHistory

admin.site.unregister([User, Group])


class GivesRights(ShowsHistory):
    """Rights are chosen among those of this site, in Danish, by somebody who has them."""

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type[ModelForm]:
        form = super().get_form(request, obj, **kwargs)
        return type(form.__name__, (GivenByOne, form), {"giver": request.user})

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

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """Who sets a password can log in with it."""
        person = self.get_object(request, id)
        if person is not None and lacking(request.user, rights_of(person)):
            raise PermissionDenied
        return super().user_change_password(request, id, form_url)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False
