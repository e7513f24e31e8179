"""Who has opened what is closed: written when it is shown, and never changed again.

A row tells whom, when and which thing by its place (date, number, edition, checksum), never by its words. It holds the
keys of rows that may be gone since, so nothing that is erased takes the log with it, and erasing changes no log.
"""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.formats import date_format

from .access import User, VisibleQuerySet

VIEW_READINGS = "minutes.view_closedreading"


class Way(models.TextChoices):
    """How somebody came to see it."""

    ITEM = "punkt", "Punktets side"
    MEETING = "møde", "Mødets side"
    ORIGINAL = "originalfil", "Originalfil"
    EDITION = "udgave", "Udgave"
    DRAFT = "kladde", "Kladde"
    IMAGE = "sidebillede", "Billede af en side"
    DOWNLOAD = "udtræk", "Hentet som fil"
    ADMIN = "administration", "Administrationen"


class ClosedReadingQuerySet(VisibleQuerySet["ClosedReading"]):
    """Questions about the log."""

    def visible_to(self, user: User) -> Self:
        """The log is for those who govern, and who may themselves read what is closed."""
        may = user is not None and user.has_perm(VIEW_READINGS)
        return super().visible_to(user) if may else self.none()

    def open_only(self) -> Self:
        return self.none()


def _key_of(model: str | Any, name: str, **options: Any) -> models.ForeignKey[Any]:
    """The key of a row that may be gone: the log stays as it was written."""
    kept: dict[str, Any] = {"db_constraint": False, "db_index": False, "editable": False, "related_name": "+"}
    return models.ForeignKey(model, models.DO_NOTHING, verbose_name=name, **kept, **options)


class ClosedReading(models.Model):
    """A closed thing that was shown to somebody; once an hour for the same person, thing and way."""

    reader = _key_of(settings.AUTH_USER_MODEL, "konto")
    username = models.CharField("hvem", max_length=150, db_index=True, editable=False)
    opened_at = models.DateTimeField("hvornår", db_index=True, editable=False)
    hour = models.DateTimeField("timen", editable=False)  # in which it was opened
    way = models.CharField("hvordan", max_length=20, choices=Way.choices, editable=False)
    meeting = _key_of("Meeting", "mødets nøgle", null=True)
    item = _key_of("AgendaItem", "punktets nøgle", null=True)
    source = _key_of("SourceDocument", "originalfilens nøgle", null=True)
    slug = models.CharField("mødets adresse", max_length=180, blank=True, editable=False)
    date = models.DateField("mødedato", null=True, editable=False)
    number = models.PositiveIntegerField("punkt", null=True, editable=False)
    edition = models.PositiveIntegerField("udgave", null=True, editable=False)
    sha256 = models.CharField("kontrolsum", max_length=64, blank=True, editable=False)

    objects = ClosedReadingQuerySet.as_manager()

    class Meta:
        verbose_name = "åbning af noget lukket"
        verbose_name_plural = "åbnede lukkede punkter"
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reader", "way", "meeting", "item", "source", "hour"],
                nulls_distinct=False,
                name="closed_reading_once_an_hour",
            )
        ]

    def __str__(self) -> str:
        return f"{self.username}: {self.what}"

    @property
    def what(self) -> str:
        """11. oktober 2016, punkt 2: the thing by its place."""
        held = date_format(self.date, "j. F Y") if self.date else ""
        if self.number is not None:
            thing = f"punkt {self.number}"
        elif self.sha256:
            thing = f"udgave {self.edition}" if self.edition else f"kladde {self.sha256[:12]}"
        else:
            thing = "hele mødet"
        return ", ".join(filter(None, (held, thing)))
