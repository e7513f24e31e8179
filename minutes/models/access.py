"""Who may read what: the one place where closed things are filtered.

Two rights decide. *Reading* comes with a role (`minutes.view_meeting`), or for everybody where OPEN_TO_ALL is set.
*Reading what is closed* (`minutes.read_closed`, "Må læse lukkede punkter") is a right of its own that no role brings
with it, and it is worth nothing without the first. A superuser has both.

Each QuerySet below says with `open_only()` which of its rows everybody may see; `visible_to(user)` chooses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db import models

READ = "minutes.view_meeting"
READ_CLOSED = "minutes.read_closed"
HANDLE_SOURCES = "minutes.add_sourcedocument"
GOVERN = "minutes.erase"  # what makes an administrator

type User = AbstractUser | AnonymousUser | None


@dataclass(frozen=True, slots=True)
class Reader:
    """What somebody may read."""

    reads: bool  # open items
    reads_closed: bool
    handles_sources: bool  # uploads and corrects, and so sees drafts and corrections


def reader_of(user: User) -> Reader:
    """What `user` may read; None is the same as somebody who has not logged in."""

    def has(permission: str) -> bool:
        return user is not None and bool(getattr(user, "is_active", False)) and user.has_perm(permission)

    reads = settings.OPEN_TO_ALL or has(READ)
    return Reader(
        reads=reads,
        reads_closed=reads and has(READ_CLOSED),
        handles_sources=reads and has(HANDLE_SOURCES),
    )


class VisibleQuerySet[M: models.Model](models.QuerySet[M]):
    """A QuerySet whose rows are, or lead to, something that may be closed."""

    if TYPE_CHECKING:  # a manager made of it has all its methods; Django makes them where no checker sees it

        @classmethod
        def as_manager(cls) -> Self: ...

    def visible_to(self, user: User) -> Self:
        """The rows that `user` may know of."""
        return self.visible_for(reader_of(user))

    def visible_for(self, reader: Reader) -> Self:
        """As `visible_to`, for rights that have been looked up already."""
        if not reader.reads:
            return self.none()
        return self.everything() if reader.reads_closed else self.open_only()

    def everything(self) -> Self:
        """The rows of somebody who may read what is closed."""
        return self.all()

    def open_only(self) -> Self:
        """The rows of somebody who may not."""
        raise NotImplementedError


class PartQuerySet[M: models.Model](VisibleQuerySet[M]):
    """Rows that belong to an item (`item`), and are as open as it is."""

    def open_only(self) -> Self:
        return self.filter(item__is_closed=False, item__meeting__is_closed=False)


def visible_prefetch(lookup: str, queryset: VisibleQuerySet[Any], reader: Reader) -> models.Prefetch[Any]:
    """A prefetch of `lookup` that holds no more than `reader` may see."""
    return models.Prefetch(lookup, queryset=queryset.visible_for(reader))
