"""Rights as people choose them: those that do something on this site, in Danish."""

from __future__ import annotations

from django import forms
from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet

from minutes.models.access import READ_CLOSED
from minutes.models.roles import ROLES

ACTIONS = {"view": "se", "add": "tilføje", "change": "rette", "delete": "slette"}
# People are not deleted but made inactive, so that right does nothing.
CHOSEN = {READ_CLOSED, *(right for rights in ROLES.values() for right in rights)} - {"auth.delete_user"}


class RightsField(forms.ModelMultipleChoiceField):
    """A choice of rights: "Møder: se", "Må læse lukkede punkter"."""

    def label_from_instance(self, obj: Permission) -> str:
        return right_in_words(obj)


def rights() -> QuerySet[Permission]:
    """The rights that may be given."""
    named = Q()
    for label, codename in (right.split(".") for right in CHOSEN):
        named |= Q(content_type__app_label=label, codename=codename)
    ordering = ("content_type__app_label", "content_type__model", "codename")
    return Permission.objects.filter(named).select_related("content_type").order_by(*ordering)


def right_in_words(permission: Permission) -> str:
    """Django names its own rights in English, and stores the names; ours are in Danish already."""
    action, _, _ = permission.codename.partition("_")
    model = permission.content_type.model_class()
    if model is None or permission.codename != f"{action}_{permission.content_type.model}":
        return permission.name
    return f"{str(model._meta.verbose_name_plural).capitalize()}: {ACTIONS[action]}"
