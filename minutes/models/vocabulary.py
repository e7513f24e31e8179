"""The archive's own words."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models

from .access import VisibleQuerySet
from .sortkeys import danish_sort_key


class WordQuerySet(VisibleQuerySet["Word"]):
    """Questions about the vocabulary."""

    def open_only(self) -> Self:
        """A word that stands only in closed items is not known."""
        return self.filter(open_count__gt=0)


class Word(models.Model):
    """A word as it stands in the archive, lower case, and in how many items: those that are open, and all.

    `terms` are what the analyser makes of it, those of a compound's parts with "~" before them.
    """

    text = models.CharField("ord", max_length=200, primary_key=True, db_collation="C")
    open_count = models.PositiveIntegerField("i åbne punkter", default=0)
    total_count = models.PositiveIntegerField("i alle punkter", default=0)
    terms = ArrayField(models.CharField(max_length=121), verbose_name="former", default=list, blank=True)

    objects = WordQuerySet.as_manager()

    class Meta:
        verbose_name = "ord"
        verbose_name_plural = "ord"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(open_count__lte=models.F("total_count")), name="word_open_within_total"
            )
        ]
        indexes = [
            GinIndex(OpClass("text", name="gin_trgm_ops"), name="word_trigrams"),
            GinIndex(fields=["terms"], name="word_by_term"),
        ]

    def __str__(self) -> str:
        return self.text


class SynonymQuerySet(models.QuerySet["Synonym"]):
    """Questions about the words that search treats alike. There are some hundred, so all are read at once."""

    def in_danish_order(self) -> list[Synonym]:
        """As in a dictionary: æ, ø and å last."""
        return sorted(self, key=lambda synonym: (danish_sort_key(synonym.word), danish_sort_key(synonym.meaning)))

    def like(self, word: str, meaning: str) -> Synonym | None:
        """The entry that says the same, whichever way round and in whatever capitals."""
        wanted = {word.casefold(), meaning.casefold()}
        return next((one for one in self if {one.word.casefold(), one.meaning.casefold()} == wanted), None)


class Synonym(models.Model):
    """Two words that search treats alike; `meaning` may be several words ("MED" and "medudvalg")."""

    word = models.CharField("ord", max_length=100)
    meaning = models.CharField("betyder", max_length=200)

    objects = SynonymQuerySet.as_manager()

    class Meta:
        verbose_name = "synonym"
        verbose_name_plural = "synonymer"
        ordering = ["word", "meaning"]
        constraints = [models.UniqueConstraint(fields=["word", "meaning"], name="synonym_once")]

    def __str__(self) -> str:
        return f"{self.word} = {self.meaning}"

    @property
    def is_abbreviation(self) -> bool:
        """Whether `word` is letters that stand for words ("APV", "SoMe", "mio.") rather than a word."""
        capitals = sum(letter.isupper() for letter in self.word)
        in_capitals = capitals > 1 and 2 * capitals >= len(self.word)
        return " " not in self.word and (in_capitals or self.word.endswith("."))
