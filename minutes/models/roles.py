"""The roles: groups with their rights, made after every `migrate` and repaired where a right is missing."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.apps.config import AppConfig
from django.contrib.auth.management import create_permissions
from django.db import DEFAULT_DB_ALIAS, router

READER = "læser"
EDITOR = "redaktør"
ADMINISTRATOR = "administrator"

_READING = ("minutes.view_meeting",)


def _rights(actions: tuple[str, ...], *models: str) -> tuple[str, ...]:
    return tuple(f"minutes.{action}_{model}" for action in actions for model in models)


_CONTENT = ("agendaitem", "attachment", "case", "decision", "recommendation", "section", "sourcedocument")
_ADDITIONS = ("correction", "decisionoutcome", "reference", "synonym")
_SEEING = _rights(("view",), *_CONTENT, *_ADDITIONS, "change", "word")
_CORRECTING = _rights(("change",), "meeting", *_CONTENT)
_MAKING = _rights(("add", "change", "delete"), *_ADDITIONS)
_UPLOADING = ("minutes.add_sourcedocument",)
_GOVERNING = (
    "minutes.erase",
    "minutes.insight",
    "minutes.view_closedreading",
    "minutes.view_failedlogin",
    "minutes.delete_failedlogin",
    *(f"auth.{action}_user" for action in ("view", "add", "change")),
    *(f"auth.{action}_group" for action in ("view", "add", "change", "delete")),
)

# Reading closed items (minutes.read_closed) is in none of them: it is given to a person or to a group of its own.
ROLES: dict[str, tuple[str, ...]] = {
    READER: _READING,
    EDITOR: (*_READING, *_SEEING, *_CORRECTING, *_MAKING, *_UPLOADING),
    ADMINISTRATOR: (*_READING, *_SEEING, *_CORRECTING, *_MAKING, *_UPLOADING, *_GOVERNING),
}

# People are made inactive, so that the log keeps its names; an earlier edition gave this right, which did nothing.
_TAKEN_BACK = ("auth.delete_user",)


def ensure_roles(sender: AppConfig, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Receiver of `post_migrate`: makes the groups and gives them their rights. What was added by hand stays."""
    from django.contrib.auth.models import Group, Permission

    if not router.allow_migrate_model(using, Group):
        return
    for label in ("auth", "minutes"):  # whatever the order of INSTALLED_APPS
        create_permissions(apps.get_app_config(label), verbosity=0, using=using)
    found = Permission.objects.using(using).filter(content_type__app_label__in=["auth", "minutes"])
    permissions = {
        f"{label}.{codename}": pk
        for pk, label, codename in found.values_list("pk", "content_type__app_label", "codename")
    }
    for name, rights in ROLES.items():
        group, _ = Group.objects.using(using).get_or_create(name=name)
        group.permissions.add(*(permissions[right] for right in rights))
        group.permissions.remove(*(permissions[right] for right in _TAKEN_BACK))
