"""What `manage.py check --database default` says about the archive's own state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import ProgrammingError, transaction
from django.db.models import QuerySet

from minutes.ingest import rereading
from minutes.search.index import outdated
from minutes.templatetags.danish import counted


@register(Tags.database)
def index_is_current(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """A warning when items have no row in the index, or one by another version of the analyser."""
    return [_not_indexed(count) for alias in databases or () if (count := _count(outdated(), alias))]


@register(Tags.database)
def readings_are_current(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """A warning when meetings were read by another version of the parser."""
    return [_not_read(count) for alias in databases or () if (count := _count(rereading.outdated(), alias))]


def _count(rows: QuerySet[Any], alias: str) -> int:
    try:
        with transaction.atomic(using=alias):
            return rows.using(alias).count()
    except ProgrammingError:  # the tables are not there yet: `migrate` asks before it makes them
        return 0


def _not_read(count: int) -> CheckMessage:
    return Warning(
        f"{counted(count, 'møde', 'møder')} er læst af en anden version og mangler det, denne finder i dem.",
        hint="Kør manage.py reparse. Arkivet kan bruges imens.",
        id="minutes.W002",
    )


def _not_indexed(count: int) -> CheckMessage:
    return Warning(
        f"{counted(count, 'punkt', 'punkter')} mangler i søgeindekset eller er indekseret af en anden version.",
        hint="Kør manage.py reindex. Der kan søges imens.",
        id="minutes.W001",
    )
