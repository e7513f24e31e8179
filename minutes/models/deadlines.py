"""Dates by which something has to be done (frister)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models.functions import ExtractYear

from .access import PartQuerySet, User, reader_of


class Precision(models.TextChoices):
    """How exactly a deadline was said. Its `date` is the last day that the words leave."""

    DAY = "dag", "Dag"
    WEEK = "uge", "Uge"
    MONTH = "måned", "Måned"
    PART_OF_YEAR = "del af år", "Del af et år"
    YEAR = "år", "År"


class DeadlineQuerySet(PartQuerySet["Deadline"]):
    """Questions about deadlines."""

    def coming(self, today: datetime.date) -> Self:
        """Those not over yet, nearest first."""
        return self.filter(date__gte=today).order_by("date", "pk")

    def past(self, today: datetime.date) -> Self:
        """Those that are over, newest first."""
        return self.filter(date__lt=today).order_by("-date", "-pk")

    def in_year(self, year: int) -> Self:
        """Those whose last day is in that year."""
        return self.filter(date__range=(datetime.date(year, 1, 1), datetime.date(year, 12, 31)))

    def of(self, responsible: Iterable[str]) -> Self:
        """Those of somebody printed in one of these ways."""
        return self.filter(responsible__in=list(responsible))

    def with_words(self, words: Iterable[str]) -> Self:
        """Those with each of `words`, or a beginning, end or middle of it, in the sentence, in who, or in the title."""
        found = self
        for word in words:
            found = found.filter(
                models.Q(sentence__icontains=word)
                | models.Q(responsible__icontains=word)
                | models.Q(item__title__icontains=word)
            )
        return found

    def counts(self, today: datetime.date) -> tuple[int, int]:
        """How many are to come, and how many are over."""
        is_coming = models.Q(date__gte=today)
        counted = self.aggregate(
            coming=models.Count("pk", filter=is_coming), past=models.Count("pk", filter=~is_coming)
        )
        return counted["coming"], counted["past"]

    def years(self) -> list[int]:
        """The years of their last days, latest first."""
        years = self.order_by().values_list(ExtractYear("date"), flat=True).distinct()
        return sorted(years, reverse=True)

    def responsible(self) -> list[tuple[str, int]]:
        """Everybody named, as printed, and how often."""
        named = self.exclude(responsible="").order_by().values_list("responsible")
        return list(named.annotate(count=models.Count("pk")))

    def with_context(self, user: User, later: int) -> Self:
        """Each with item, meeting and case, and in `later` the keys of the next items of its case, `later` at most.

        Standing items, and cases that are no story (samlesager), have none.
        """
        from .items import AgendaItem

        same_case = AgendaItem.objects.visible_for(reader_of(user)).not_standing()
        following = same_case.filter(
            case=models.OuterRef("item__case"),
            case__is_collective=False,
            meeting__date__gt=models.OuterRef("item__meeting__date"),
        )
        keys = following.oldest_first().values("pk")[:later]
        return self.select_related("item__meeting", "item__case").annotate(later=ArraySubquery(keys))


class Deadline(models.Model):
    """A date in a Beslutning, after its meeting: "senest d. 21. juni", "ultimo november", "inden årets udgang".

    Made anew with the decision that it stands in, `start` to `end` of whose text are its `words`.
    """

    item = models.ForeignKey("AgendaItem", models.CASCADE, related_name="deadlines", verbose_name="punkt")
    position = models.PositiveIntegerField("plads")
    date = models.DateField("frist", help_text="Den sidste dag, som ordene giver plads til")
    precision = models.CharField("nøjagtighed", max_length=12, choices=Precision.choices)
    words = models.CharField("som trykt", help_text="senest d. 21. juni")
    start = models.PositiveIntegerField("fra tegn")
    end = models.PositiveIntegerField("til tegn")
    sentence = models.TextField("sætning")
    responsible = models.CharField("hvem", max_length=300, blank=True, help_text="Som trykt; tom, når ingen er nævnt")

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = "frist"
        verbose_name_plural = "frister"
        ordering = ["date", "item", "position"]
        constraints = [
            models.UniqueConstraint(fields=["item", "position"], name="deadline_position_once"),
            models.CheckConstraint(condition=models.Q(precision__in=Precision.values), name="deadline_precision_known"),
            models.CheckConstraint(condition=models.Q(start__lt=models.F("end")), name="deadline_span_order"),
        ]
        indexes = [models.Index(fields=["date", "id"], name="deadline_by_date")]

    def __str__(self) -> str:
        return f"{self.words} ({self.date})"
