"""What an editor has looked through and found read rightly.

A confirmation is about what an item says: title, case number, parts, decision, proposals, names of attachments. It
outlives a new reading that says the same, and falls with anything else, be it a new edition or a correction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from minutes.models import AgendaItem, Meeting
from minutes.models.history import acting
from minutes.models.locks import archive_lock

from .results import Refused

_CHANGED = "Referatet er læst ind igen, imens du så på det. Se det igennem, og prøv en gang til."
_NOTHING = "Her er intet punkt, som du kan gennemse."


def confirm_item(*, item: AgendaItem, user: Any, seen: datetime | None = None) -> None:
    """Note that `user` found `item` read rightly. Confirmed already, it stays as it is.

    `seen` is the meeting's `changed_at` on the page that the user looked at, where it is known. Raises Refused, with
    nothing changed, when the meeting has been read again since, or the user may not read the item.
    """
    with acting(user), archive_lock():
        _refuse_if_changed(item.meeting_id, seen)
        _confirm(_those_of(user, pk=item.pk), user)


def confirm_meeting(*, meeting: Meeting, user: Any, seen: datetime | None = None) -> int:
    """As `confirm_item`, for every item of the meeting that `user` may read. Answers how many were confirmed now."""
    with acting(user), archive_lock():
        _refuse_if_changed(meeting.pk, seen)
        return _confirm(_those_of(user, meeting=meeting.pk), user)


def withdraw_item(*, item: AgendaItem, user: Any) -> None:
    """Take the confirmation of `item` back. Raises Refused when `user` may not read it."""
    with acting(user), archive_lock():
        _withdraw(_those_of(user, pk=item.pk))


def withdraw_meeting(*, meeting: Meeting, user: Any) -> None:
    """Take back the confirmations of all items of the meeting that `user` may read; Refused when there are none."""
    with acting(user), archive_lock():
        _withdraw(_those_of(user, meeting=meeting.pk))


def what_is_confirmed(meeting: Meeting) -> dict[int, object]:
    """Item → what it says, of the confirmed ones. To be asked before a meeting's rows are made anew."""
    return {} if meeting.pk is None else _said(AgendaItem.objects.filter(meeting=meeting, confirmed_at__isnull=False))


def let_go_of_changed(confirmed: Mapping[int, object]) -> None:
    """Take back the confirmations of items that no longer say what `what_is_confirmed` answered."""
    if confirmed:
        now = _said(AgendaItem.objects.filter(pk__in=confirmed))
        _withdraw([pk for pk in now if now[pk] != confirmed[pk]])


def _those_of(user: Any, **which: int) -> list[int]:
    found = list(AgendaItem.objects.visible_to(user).filter(**which).values_list("pk", flat=True))
    if not found:
        raise Refused(_NOTHING)
    return found


def _refuse_if_changed(meeting: int, seen: datetime | None) -> None:
    if seen is not None and not Meeting.objects.filter(pk=meeting, changed_at=seen).exists():
        raise Refused(_CHANGED)


def _confirm(items: Iterable[int], user: Any) -> int:
    fresh = AgendaItem.objects.filter(pk__in=items, confirmed_at=None)
    return fresh.update(confirmed_at=timezone.now(), confirmed_by=user)


def _withdraw(items: Iterable[int]) -> None:
    AgendaItem.objects.filter(pk__in=items).update(confirmed_at=None, confirmed_by=None)


def _said(items: Any) -> dict[int, object]:
    parts = ("sections", "decision__outcomes", "recommendations", "attachments")
    return {item.pk: _words(item) for item in items.prefetch_related(*parts)}


def _words(item: AgendaItem) -> object:
    decision = getattr(item, "decision", None)
    return (
        (item.title, item.printed_case_number),
        [(one.kind, one.heading, one.text) for one in item.sections.all()],
        decision and (decision.heading, decision.text, [one.kind for one in decision.outcomes.all()]),
        [(one.proposer, one.text) for one in item.recommendations.all()],
        [one.name for one in item.attachments.all()],
    )
