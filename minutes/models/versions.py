"""Which state of the archive a page was made from.

Every transaction that writes to what pages show leaves a new stamp, by triggers of the database, so that no writer can
forget it; it becomes visible with what was written, never before. All stamps together name the state: as long as they
are the same, so is everything that is read. A database restored from a backup has the stamps it had then.
"""

from __future__ import annotations

from django.db import models


class ArchiveStampQuerySet(models.QuerySet["ArchiveStamp"]):
    """The one question."""

    def state(self) -> str:
        """A name of the archive's present state, different from those of all states before. One small query."""
        return " ".join(map(str, self.order_by("pk").values_list("stamp", flat=True)))


class ArchiveStamp(models.Model):
    """What a writing transaction left. One that runs takes a row that no other holds, so that writers never wait for
    each other here: there are as many rows as there once were writers at one time."""

    stamp = models.UUIDField("mærke")

    objects = ArchiveStampQuerySet.as_manager()

    class Meta:
        verbose_name = "arkivets tilstand"
        verbose_name_plural = "arkivets tilstand"

    def __str__(self) -> str:
        return str(self.stamp)
