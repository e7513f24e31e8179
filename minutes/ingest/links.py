"""Links between items that belong together, which editors make and take away. Reading a file again leaves them."""

from __future__ import annotations

from minutes.models import AgendaItem, Reference
from minutes.models.decisions import Origin
from minutes.models.locks import archive_lock

from .results import InvalidCorrection


def link_items(*, item: AgendaItem, target: AgendaItem) -> Reference:
    """Note that two items belong together, whatever their case numbers: once, whichever way round it is said.

    Raises InvalidCorrection for one and the same item, and for one that is no longer there.
    """
    if item.pk == target.pk:
        raise InvalidCorrection("Et punkt kan ikke høre sammen med sig selv.")
    with archive_lock():
        found = Reference.objects.linking([item.pk]).linking([target.pk]).first()
        if found is not None:
            return found
        if AgendaItem.objects.filter(pk__in=[item.pk, target.pk]).count() < 2:
            raise InvalidCorrection("Punktet findes ikke længere.")
        return Reference.objects.create(item=item, target_item=target, origin=Origin.EDITOR)


def unlink_items(*, item: AgendaItem, target: AgendaItem) -> bool:
    """Take the link between two items away, whichever way round it was made; whether there was one."""
    with archive_lock():
        links = Reference.objects.linking([item.pk]).linking([target.pk])
        deleted, _ = Reference.objects.filter(pk__in=[link.pk for link in links]).delete()
        return bool(deleted)
