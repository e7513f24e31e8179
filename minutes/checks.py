"""What `manage.py check --database default` says about the archive's own state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import ProgrammingError, transaction

from minutes.search.index import outdated
from minutes.templatetags.danish import counted


@register(Tags.database)
def index_is_current(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """A warning when items have no row in the index, or one by another version of the analyser."""
    return [warning for alias in databases or () if (warning := _warning(alias))]


def _warning(alias: str) -> CheckMessage | None:
    try:
        with transaction.atomic(using=alias):
            count = outdated().using(alias).count()
    except ProgrammingError:  # the tables are not there yet: `migrate` asks before it makes them
        return None
    if not count:
        return None
    return Warning(
        f"{counted(count, 'punkt', 'punkter')} mangler i søgeindekset eller er indekseret af en anden version.",
        hint="Kør manage.py reindex. Der kan søges imens.",
        id="minutes.W001",
    )
