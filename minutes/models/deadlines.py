"""Dates by which something has to be done (frister)."""

from __future__ import annotations

from django.db import models

from .access import PartQuerySet


class Precision(models.TextChoices):
    """How exactly a deadline was said. Its `date` is the last day that the words leave."""

    DAY = "dag", "Dag"
    WEEK = "uge", "Uge"
    MONTH = "måned", "Måned"
    PART_OF_YEAR = "del af år", "Del af et år"
    YEAR = "år", "År"


class DeadlineQuerySet(PartQuerySet["Deadline"]):
    """Questions about deadlines."""


class Deadline(models.Model):
    """A date in a Beslutning that lies after the meeting: "senest d. 21. juni", "ultimo november", "inden årets udgang".

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
