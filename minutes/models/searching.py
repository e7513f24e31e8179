"""The index of search: a narrow row an item and its text, written by `search.index` alone."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from .access import PartQuerySet, VisibleQuerySet


class SearchFacets(models.Model):
    """What an item can be filtered on, besides its date. Items that have all of it in common share a row, so that
    counting goes by one small number; a row that no item has any longer says nothing to anybody."""

    main_group = models.CharField("hovedgruppe", max_length=2, blank=True)
    outcomes = ArrayField(models.CharField(max_length=40), verbose_name="beslutningstyper", default=list, blank=True)
    offices = ArrayField(models.CharField(max_length=200), verbose_name="enheder", default=list, blank=True)
    has_decision = models.BooleanField("har beslutning", default=False)
    has_attachments = models.BooleanField("har bilag", default=False)
    is_standing = models.BooleanField("fast punkt", default=False)

    digest = models.CharField("kontrolsum", max_length=64, unique=True, help_text="Af alt det andet")

    class Meta:
        verbose_name = "søgefilter"
        verbose_name_plural = "søgefiltre"

    def __str__(self) -> str:
        return f"{self.main_group} {', '.join([*self.outcomes, *self.offices])}".strip()


class SearchEntryQuerySet(VisibleQuerySet["SearchEntry"]):
    """Questions about index rows."""

    def open_only(self) -> Self:
        return self.filter(is_closed=False)


class SearchEntry(models.Model):
    """What search needs to find, filter and order an item, and nothing more.

    Counting reads every row that matches, ranking the vectors of a bounded number of them: so the row is kept small
    and its vector lies out of line (migration 0001 sets the storage). There is no index by date: the planner would
    go along it to find the newest, and fetch vectors out of line to see which match.
    """

    item = models.OneToOneField(
        "AgendaItem", models.CASCADE, primary_key=True, related_name="search_entry", verbose_name="punkt"
    )
    vector = SearchVectorField("vektor")
    date = models.DateField("mødets dato")
    number = models.PositiveIntegerField("punktets nummer")
    facets = models.ForeignKey(SearchFacets, models.PROTECT, related_name="+", verbose_name="filtre", db_index=False)
    is_closed = models.BooleanField("lukket", default=True, help_text="Punktet eller dets møde er lukket")
    analyser_version = models.PositiveSmallIntegerField("analysens version")

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "søgepost"
        verbose_name_plural = "søgeposter"
        indexes = [
            GinIndex(fields=["vector"], name="entry_vector", fastupdate=False),
            models.Index(fields=["analyser_version"], name="entry_by_version"),
        ]

    def __str__(self) -> str:
        return f"Søgepost for punkt {self.pk}"


class SearchTextQuerySet(PartQuerySet["SearchText"]):
    """Questions about the texts of items."""


class SearchText(models.Model):
    """What was indexed of an item, for snippets: its parts in plain text, and its words for the vocabulary."""

    item = models.OneToOneField(
        "AgendaItem", models.CASCADE, primary_key=True, related_name="search_text", verbose_name="punkt"
    )
    parts = models.JSONField("dele", help_text="[felt, navn, ren tekst] i den rækkefølge, de blev indekseret")
    words = ArrayField(models.CharField(max_length=200), verbose_name="ord", default=list, blank=True)

    objects = SearchTextQuerySet.as_manager()

    class Meta:
        verbose_name = "søgetekst"
        verbose_name_plural = "søgetekster"

    def __str__(self) -> str:
        return f"Søgetekst for punkt {self.pk}"
