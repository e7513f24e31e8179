"""People. An administrator gives them roles, but makes nobody a superuser and changes none who is."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.http import HttpRequest

admin.site.unregister(User)


@admin.register(User)
class PersonAdmin(UserAdmin):
    """As Django's own, but for superusers."""

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[Any]:
        fixed = [] if request.user.is_superuser else ["is_superuser"]
        return [*super().get_readonly_fields(request, obj), *fixed]

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return self._is_theirs(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return self._is_theirs(request, obj) and super().has_delete_permission(request, obj)

    def _is_theirs(self, request: HttpRequest, obj: User | None) -> bool:
        return request.user.is_superuser or obj is None or not obj.is_superuser
