"""Which state of the archive a page was made from.

Every transaction that writes to what pages show leaves a new stamp, by triggers of the database, so that no writer can
forget it; it becomes visible with what was written, never before. All stamps together name the state: as long as they
are the same, so is everything that is read. A database restored from a backup has the stamps it had then.
"""

from __future__ import annotations

import functools
from collections.abc import Callable

from django.db import connection, models


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


def kept_while_unchanged[**Asked, Answer](*, most: int) -> Callable[[Callable[Asked, Answer]], Callable[Asked, Answer]]:
    """A decorator: what a function answers is kept in this process for as long as the archive is the same, the latest
    `most` answers. Its arguments, which must be hashable, tell them apart, so the reader's rights must be among them.
    Within a transaction, which may have written itself, the state has no name yet and nothing is kept."""

    def decorate(find: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
        @functools.lru_cache(maxsize=most)
        def kept(state: str, *args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
            return find(*args, **kwargs)

        @functools.wraps(find)
        def answer(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
            if connection.in_atomic_block:
                return find(*args, **kwargs)
            return kept(ArchiveStamp.objects.state(), *args, **kwargs)

        return answer

    return decorate
