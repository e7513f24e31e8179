"""Columns used by several models."""

from __future__ import annotations

from typing import Any

from django.db import models

from .sortkeys import LENGTH


class SortKeyField(models.CharField):
    """A key of `sortkeys`: compared byte by byte, whatever the database's collation."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        defaults = {"max_length": LENGTH, "editable": False, "default": "", "db_collation": "C"}
        super().__init__(*args, **{**defaults, **kwargs})


class Placed(models.Model):
    """A part that knows where in the file it begins."""

    page = models.PositiveIntegerField("side i filen", null=True, blank=True)  # from 1; null: no pages (Word, text)
    line = models.PositiveIntegerField("linje", null=True, blank=True)  # as parsing.types.Line.number

    class Meta:
        abstract = True
