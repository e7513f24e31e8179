"""Rows made anew, saved over those that are there: what says the same is left untouched.

So an edit of one sentence writes one row, links to the others hold, and the log of writes tells what changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models


def save_rows[M: models.Model](
    model: type[M],
    made: Sequence[M],
    *,
    by: Sequence[str] = ("item_id", "position"),
    keeping: Sequence[str] = (),
    **stored: Any,
) -> list[M]:
    """Make the rows of `model` that `stored` filters those of `made`, which are unsaved; answers those that are new.

    A row is the same where it has the same values in the columns `by`; it then has the stored row's primary key, and
    what stands in the columns `keeping` stays as it is stored.
    """
    columns = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    telling = [column for column in columns if column not in by and column not in keeping]
    for row in made:
        _take_keys(row)
    there = {_values(row, by): row for row in model._default_manager.filter(**stored)}
    new, changed = [], []
    for row in made:
        before = there.pop(_values(row, by), None)
        if before is None:
            new.append(row)
            continue
        row.pk = before.pk
        if _values(row, telling) != _values(before, telling):
            changed.append(row)
    if there:
        model._default_manager.filter(pk__in=[row.pk for row in there.values()]).delete()
    if changed:
        model._default_manager.bulk_update(changed, [model._meta.get_field(column).name for column in telling])
    model._default_manager.bulk_create(new)
    return new


def _take_keys(row: models.Model) -> None:
    """The item that a row was made with may have got its primary key since."""
    for field in row._meta.concrete_fields:
        if field.is_relation and field.is_cached(row):
            setattr(row, field.name, getattr(row, field.name))


def _values(row: models.Model, columns: Sequence[str]) -> tuple[Any, ...]:
    return tuple(getattr(row, column) for column in columns)
