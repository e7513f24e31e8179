"""The log of every write: who, when, before and after.

PostgreSQL's own triggers write it (migration `history`), so that neither a bulk write nor raw SQL goes past it, and a
column that is added later is in it by itself. Who writes they learn from django-pghistory's context, which goes with
each statement and ends with its transaction; the program is the connection's `application_name`.

The log outlives its rows, and what it holds may have been closed then or be closed now: see `visible_to`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any, Self

import pghistory
from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce

from .access import Reader, User, VisibleQuerySet, reader_of
from .cases import Case
from .items import AgendaItem, Attachment
from .meetings import Meeting
from .sources import SourceDocument

SEE_ACCOUNTS = "auth.view_user"
_CONTEXT = "pghistory.context_metadata"
_SIDES = ("after", "before")


class Action(models.TextChoices):
    """What was done to a row."""

    CREATED = "oprettet", "Oprettet"
    CHANGED = "ændret", "Ændret"
    DELETED = "slettet", "Slettet"
    EMPTIED = "tømt", "Hele tabellen tømt"


class Reach(models.TextChoices):
    """What has to be open for a change to be read by somebody who may not read what is closed."""

    NOTHING = "intet", "Intet"
    MEETING = "møde", "Mødet"
    WHOLE_MEETING = "hele mødet", "Mødet med alt, hvad der er i det"
    ITEM = "punkt", "Punktet"
    ATTACHMENTS = "bilag", "Punktet og alle dets bilag"
    BOTH_ITEMS = "begge punkter", "Begge punkter"
    CASE = "sag", "Sagen"
    SOURCE = "originalfil", "Originalfilen"
    ACCOUNTS = "konti", "Konti, som kun administratorer ser"


class ChangeQuerySet(VisibleQuerySet["Change"]):
    """Questions about the log."""

    def visible_to(self, user: User) -> Self:
        """The log is for those who handle sources; what was done to accounts is for administrators.

        Without the right to what is closed nobody sees what was closed then or is closed now. Of what is gone only that
        is seen in whose meeting nothing was ever closed: a closed thing may have taken its place under another title.
        """
        reader = reader_of(user)
        seen = self.visible_for(reader)
        if user is None or not reader.handles_sources:
            return seen
        if user.has_perm(SEE_ACCOUNTS):
            seen |= self.filter(reach=Reach.ACCOUNTS)
        files = SourceDocument.objects.filter(pk=OuterRef("source"))
        theirs = Q(Exists(files.visible_to(user)))
        theirs = theirs | ~Exists(files) if reader.reads_closed else theirs & Q(is_closed=False)
        return seen | self.filter(theirs, reach=Reach.SOURCE)

    def visible_for(self, reader: Reader) -> Self:
        """As `visible_to`, without what depends on the person: accounts and files."""
        return super().visible_for(reader) if reader.handles_sources else self.none()

    def everything(self) -> Self:
        return self.exclude(reach__in=[Reach.ACCOUNTS, Reach.SOURCE])

    def open_only(self) -> Self:
        meeting = Exists(Meeting.objects.open_only().filter(pk=OuterRef("meeting")))
        whole = meeting & ~Q(_something_closed_in_meeting())
        gone = ~Exists(AgendaItem.objects.filter(pk=OuterRef("item")))
        item = _open_item("item") | Q(gone, whole)
        return self.filter(
            Q(reach=Reach.NOTHING)
            | Q(meeting, reach=Reach.MEETING)
            | Q(whole, reach=Reach.WHOLE_MEETING)
            | Q(item, reach=Reach.ITEM)
            | Q(item & ~Q(_attachment_closed_in_item()), reach=Reach.ATTACHMENTS)
            | Q(_open_item("item"), _open_item(_other_item()), reach=Reach.BOTH_ITEMS)
            | Q(Exists(Case.objects.open_only().filter(pk=OuterRef("object_id"))), reach=Reach.CASE),
            is_closed=False,
        )

    def newest_first(self) -> Self:
        """The latest first, in the order in which they were written."""
        return self.order_by("-pk")

    def of(self, model: type[models.Model], keys: Collection[int]) -> Self:
        """Of these rows of `model` themselves."""
        return self.filter(kind=model._meta.model_name, object_id__in=keys)

    def of_meetings(self, keys: Collection[int]) -> Self:
        """Of these meetings and all that belongs to them: items, parts, files, corrections."""
        return self.filter(meeting__in=keys)

    def of_items(self, keys: Collection[int]) -> Self:
        """Of these items and their parts and corrections."""
        return self.filter(item__in=keys)

    def of_sources(self, keys: Collection[int]) -> Self:
        """Of these files and what was corrected in them."""
        return self.filter(source__in=keys)

    def holding(self, text: str) -> Self:
        """Those in which `text` stands, before or after, in whatever capitals. Goes through all of the log."""
        before, after = (Cast(side, models.TextField()) for side in ("before", "after"))
        quoted = connection.ops.prep_for_like_query(text)  # JSON keeps letters as they are, and " and \ escaped
        found = self.alias(before_text=before, after_text=after)
        return found.filter(Q(before_text__icontains=quoted) | Q(after_text__icontains=quoted))

    def forget(self) -> int:
        """Take these out of the log for good, and answer how many they were: for erasure alone.

        Deleting rows is itself logged, so this comes after it, in the same transaction. Raises
        TransactionManagementError outside of one.
        """
        if not connection.in_atomic_block:
            raise transaction.TransactionManagementError("A log is forgotten together with what it tells of.")
        keys = list(self.order_by().values_list("pk", flat=True))
        with connection.cursor() as cursor:
            cursor.execute("SELECT minutes_forget_changes(%s::bigint[])", [keys])
            return cursor.fetchone()[0]


def _open_item(key: Any) -> Exists:
    return Exists(AgendaItem.objects.open_only().filter(pk=OuterRef(key) if isinstance(key, str) else key))


def _other_item() -> Coalesce:
    """To which an editor's link leads."""
    sides = (Cast(KeyTextTransform("target_item_id", OuterRef(side)), models.BigIntegerField()) for side in _SIDES)
    return Coalesce(*sides)


def _something_closed_in_meeting() -> Q:
    """Now or at any time."""
    meeting = OuterRef("meeting")
    return Q(
        Exists(Change.objects.filter(meeting=meeting, is_closed=True))
        | Exists(AgendaItem.objects.filter(meeting=meeting, is_closed=True))
        | Exists(Attachment.objects.filter(item__meeting=meeting, is_closed=True))
    )


def _attachment_closed_in_item() -> Q:
    """Now or at any time."""
    item = OuterRef("item")
    closed = Q(before__is_closed=True) | Q(after__is_closed=True)
    was = Change.objects.filter(closed, item=item, is_closed=True, kind=Attachment._meta.model_name)
    return Q(Exists(was) | Exists(Attachment.objects.filter(item=item, is_closed=True)))


def _key_of(model: Any, name: str) -> models.ForeignKey[Any]:
    """The key of a row that may be gone: the log stays as it was written."""
    kept: dict[str, Any] = {"db_constraint": False, "db_index": False, "editable": False, "related_name": "+"}
    return models.ForeignKey(model, models.DO_NOTHING, null=True, verbose_name=name, **kept)


class Change(models.Model):
    """One row that was written. A changed one has in `before` and `after` the columns that differ, another all."""

    at = models.DateTimeField("hvornår", editable=False)
    user = _key_of(settings.AUTH_USER_MODEL, "hvem")
    username = models.CharField("brugernavn", max_length=150, blank=True, editable=False)
    program = models.CharField("program", max_length=64, blank=True, editable=False)
    act = models.UUIDField("samlet handling", null=True, editable=False)  # all that one request did
    action = models.CharField("handling", max_length=10, choices=Action.choices, editable=False)
    kind = models.CharField("art", max_length=40, editable=False)  # the model's name
    object_id = models.BigIntegerField("rækkens nøgle", null=True, editable=False)
    meeting = _key_of("Meeting", "møde")
    item = _key_of("AgendaItem", "punkt")
    source = _key_of("SourceDocument", "originalfil")
    reach = models.CharField("forudsætter åbent", max_length=20, choices=Reach.choices, editable=False)
    is_closed = models.BooleanField("lukket dengang", editable=False)
    before = models.JSONField("før", null=True, editable=False)
    after = models.JSONField("efter", null=True, editable=False)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "ændring"
        verbose_name_plural = "historik"
        ordering = ["-pk"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["at"], name="change_by_time"),
            models.Index(fields=["kind", "object_id"], name="change_by_row"),
            models.Index(fields=["meeting", "id"], name="change_by_meeting"),
            models.Index(fields=["user", "id"], name="change_by_user"),
            models.Index(fields=["item"], condition=Q(item__isnull=False), name="change_by_item"),
            models.Index(fields=["source"], condition=Q(source__isnull=False), name="change_by_source"),
            models.Index(fields=["meeting"], condition=Q(is_closed=True), name="change_closed"),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.kind} {self.object_id}"


@contextmanager
def acting(user: Any) -> Iterator[None]:
    """What is written within is logged as done by `user`; None leaves whoever is logged in, or nobody."""
    if getattr(user, "pk", None) is None:
        yield
        return
    try:
        with pghistory.context() as now:
            outer = now.metadata.get("user")
            now.metadata["user"] = user.pk
            try:
                yield
            finally:
                now.metadata["user"] = outer
    finally:
        let_go()


def let_go() -> None:
    """What comes after in the same transaction is not this person's doing. The setting ends with it in any case."""
    if connection.in_atomic_block and not connection.needs_rollback:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, '', true)", [_CONTEXT])
