"""Columns used by several models."""

from __future__ import annotations

from typing import Any

from django.db import models

from .sortkeys import LENGTH, danish_sort_key


class SortKeyField(models.CharField):
    """The `sortkeys` key of another attribute, `of`, written with every save and compared byte by byte."""

    def __init__(self, *args: Any, of: str, **kwargs: Any) -> None:
        self.of = of
        defaults = {"max_length": LENGTH, "editable": False, "default": "", "db_collation": "C"}
        super().__init__(*args, **{**defaults, **kwargs})

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = danish_sort_key(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, key)
        return key


class Placed(models.Model):
    """A part that knows where in the file it begins."""

    page = models.PositiveIntegerField("side i filen", null=True, blank=True)  # from 1; null: no pages (Word, text)
    line = models.PositiveIntegerField("linje", null=True, blank=True)  # as parsing.types.Line.number

    class Meta:
        abstract = True
