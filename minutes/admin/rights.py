"""Rights as people choose them: those that do something on this site, in Danish."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q, QuerySet

from minutes.models.access import READ_CLOSED
from minutes.models.roles import ROLES

ACTIONS = {"view": "se", "add": "tilføje", "change": "rette", "delete": "slette"}
CHOSEN = {READ_CLOSED, *(right for rights in ROLES.values() for right in rights)}


class RightsField(forms.ModelMultipleChoiceField):
    """A choice of rights: "Møder: se", "Må læse lukkede punkter"."""

    def label_from_instance(self, obj: Permission) -> str:
        return right_in_words(obj)


class GivenByOne:
    """For forms in which rights are given: nobody gives what they lack themselves, and what is not shown stays."""

    giver: User

    def clean_permissions(self) -> Collection[Permission]:
        return self._rights("permissions")

    def clean_user_permissions(self) -> Collection[Permission]:
        return self._rights("user_permissions")

    def clean_groups(self) -> Collection[Group]:
        chosen = self.cleaned_data["groups"]
        given = Permission.objects.filter(group__in=[group.pk for group in set(chosen) - set(self._before("groups"))])
        self._refuse_more(given.select_related("content_type").distinct())
        return chosen

    def _rights(self, name: str) -> Collection[Permission]:
        chosen, before = set(self.cleaned_data[name]), set(self._before(name))
        self._refuse_more(chosen - before)
        return chosen | (before - set(self.fields[name].queryset))

    def _before(self, name: str) -> Collection[Any]:
        return getattr(self.instance, name).all() if self.instance.pk else ()

    def _refuse_more(self, given: Iterable[Permission]) -> None:
        if more := lacking(self.giver, given):
            words = ", ".join(sorted(map(right_in_words, more)))
            raise forms.ValidationError(f"Du kan kun give rettigheder, som du selv har. Du har ikke: {words}.")


def lacking(user: User, given: Iterable[Permission]) -> list[Permission]:
    """Those of the rights that `user` does not have."""
    own = user.get_all_permissions()
    return [right for right in given if f"{right.content_type.app_label}.{right.codename}" not in own]


def rights_of(person: User) -> QuerySet[Permission]:
    """What somebody may do, or might if they were active."""
    given = Q(user=person) | Q(group__user=person)
    return Permission.objects.filter(given).select_related("content_type").distinct()


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
