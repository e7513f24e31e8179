"""What an editor puts right on a page that shows a whole reading: a draft, or the edition that a meeting has now.

Values are named by place (`plan.Place`): an item's number, the part within it, and the field. All that is sent at once
is kept, or nothing is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models

from minutes.models import (
    AgendaItem,
    Attachment,
    Decision,
    Meeting,
    OutcomeKind,
    Recommendation,
    SourceDocument,
    SourceState,
)
from minutes.models.history import acting
from minutes.models.locks import archive_lock
from minutes.parsing.resection import with_sections

from . import structure
from .corrections import ATTACHMENT, LABELS, RECOMMENDATION
from .edits import check_case_number, check_length, invalid, record
from .plan import Place, Plan, PlannedItem, plan_of, version_of
from .results import InvalidCorrection, Outdated, Refused
from .service import store_again

AS_READ: Final = object()  # as a value: what the file says shall stand again
KIND_LENGTH = 140
_UNDONE = frozenset({"is_closed", "is_standing", "outcomes"})  # putting what was read is a statement of its own here


def revise(
    *, source: SourceDocument, values: Mapping[Place, Any], user: Any, seen: str | None = None
) -> SourceDocument:
    """Put each of `values` in place of what was read from `source`, a draft or a current edition; answers it anew.

    `seen` is the `version_of` on the page that the editor looked at: Outdated is raised when it is another since.
    Raises Refused when `source` is neither draft nor current any more, and InvalidCorrection, which says why, for a
    value that cannot be. Then nothing has changed.
    """
    try:
        with acting(user), archive_lock():
            stored = _stored(source)
            if seen is not None and seen != version_of(stored):
                raise Outdated("En anden har rettet her, imens du så på siden. Se det igennem, og prøv en gang til.")
            _put(stored, values, user)
            if stored.state == SourceState.CURRENT:
                return store_again(stored)
            stored.is_closed = plan_of(stored).is_closed or _stands_beside_closed(stored)
            stored.save(update_fields=["is_closed"])
            return stored
    except IntegrityError as error:
        raise invalid(error, user) from error


def _stored(source: SourceDocument) -> SourceDocument:
    open_to_editors = SourceDocument.objects.filter(state__in=[SourceState.DRAFT, SourceState.CURRENT])
    found = open_to_editors.defer(None).select_related("meeting").filter(pk=source.pk).first()
    if found is None:
        raise Refused("Her kan ikke rettes længere: kladden er kasseret, eller en nyere udgave er kommet til.")
    return found


def _stands_beside_closed(draft: SourceDocument) -> bool:
    meeting = plan_of(draft).meeting
    return meeting.pk is not None and SourceDocument.objects.filter(meeting=meeting, is_closed=True).exists()


def _put(source: SourceDocument, values: Mapping[Place, Any], user: Any) -> None:
    """Sections first: which parts there are to put something in their place depends on them."""
    sections = {place: value for place, value in values.items() if place[2] == structure.FIELD}
    if sections:
        plan = plan_of(source)
        for (number, _, _), value in sections.items():
            _put_sections(source, _item(plan, number), value, user)
    plan = plan_of(source)
    for place, value in values.items():
        if place not in sections:
            _put_value(source, plan, place, value, user)


def _put_value(source: SourceDocument, plan: Plan, place: Place, value: Any, user: Any) -> None:
    if place not in plan.values:
        raise InvalidCorrection("Noget af det, du har rettet, er her ikke længere. Åbn siden igen.")
    number, part, field = place
    key = (_key(source, plan, number), part, field)
    if value is AS_READ:
        source.corrections.filter(item_key=key[0], part=part, field=field).delete()
        return
    value = _clean(place, value)
    if value == plan.values[place]:
        return
    stands = record(source, key, plan.printed[place], value, user, undo=field not in _UNDONE)
    if stands and field == "printed_case_number":
        check_case_number(value)


def _put_sections(source: SourceDocument, planned: PlannedItem, value: Any, user: Any) -> None:
    """Corrections of single sections go up in this one; those of recommendations go where these are others now."""
    read = planned.read
    number_or_key = read.number if source.state == SourceState.DRAFT else planned.row.key
    ours = source.corrections.filter(item_key=number_or_key)
    value = structure.encode(read.sections) if value is AS_READ else _clean_sections(value)
    ours.filter(field__in=["heading", "text"]).exclude(part__startswith=f"{RECOMMENDATION} ").delete()
    made = with_sections(read, structure.decode(value, read))
    if made.proposals != planned.item.proposals:
        ours.filter(part__startswith=f"{RECOMMENDATION} ").delete()
    if value == structure.encode(read.sections):
        ours.filter(part="", field=structure.FIELD).delete()
        return
    printed = [entry[:3] for entry in structure.encode(read.sections)]
    record(source, (number_or_key, "", structure.FIELD), printed, value, user, undo=False)


def _item(plan: Plan, number: int | None) -> PlannedItem:
    found = None if number is None else plan.item(number)
    if found is None:
        raise InvalidCorrection("Punktet er her ikke længere. Åbn siden igen, og prøv en gang til.")
    return found


def _key(source: SourceDocument, plan: Plan, number: int | None) -> int | None:
    """How a correction names the item: a draft's by its number, since it has no keys yet."""
    return number if number is None or source.state == SourceState.DRAFT else _item(plan, number).row.key


def _clean(place: Place, value: Any) -> Any:
    number, part, field = place
    if field == "outcomes":
        return _clean_outcomes(value)
    owner = _owner(number, part)
    check_length(owner, field, value)
    try:
        return owner._meta.get_field(field).clean(_text(value) if isinstance(value, str) else value, owner())
    except ValidationError as error:
        raise InvalidCorrection(f"{LABELS[field].capitalize()}: {' '.join(error.messages)}") from error


def _owner(number: int | None, part: str) -> type[models.Model]:
    if not part:
        return Meeting if number is None else AgendaItem
    if part.startswith(f"{RECOMMENDATION} "):
        return Recommendation
    return Attachment if part.startswith(f"{ATTACHMENT} ") else Decision  # a section's heading and text are alike


def _clean_outcomes(value: Any) -> list[list[str]]:
    for kind, _ in value:
        if kind not in OutcomeKind.values:
            raise InvalidCorrection(f"”{kind}” er ikke en beslutningstype.")
    return [[str(kind), _text(sentence)] for kind, sentence in value]


def _clean_sections(value: Any) -> structure.Encoded:
    cleaned = []
    for kind, heading, text, origin in value:
        kind, heading = " ".join(_text(kind).lower().split()), " ".join(_text(heading).split())
        if not kind or max(len(kind), len(heading)) > KIND_LENGTH:
            raise InvalidCorrection(f"Et afsnit skal have en art og en overskrift på højst {KIND_LENGTH} tegn.")
        cleaned.append([kind, heading, _text(text), None if origin is None else int(origin)])
    return cleaned


def _text(value: str) -> str:
    """As PostgreSQL can hold it, with the line ends of the archive: forms send others."""
    plain = value.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    return plain.encode("utf-8", "replace").decode("utf-8").strip()
