"""What an editor puts right: kept as a correction, then the meeting's rows are made anew with it.

An edit takes the same way as a file does, so that whatever hangs on a value (case, outcomes, references, what is
closed) follows, and reading the file again gives the same rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models

from minutes.casenumber import InvalidCaseNumber
from minutes.models import (
    AgendaItem,
    Attachment,
    Correction,
    Decision,
    Meeting,
    OutcomeKind,
    Recommendation,
    Section,
    SourceDocument,
    reader_of,
)
from minutes.models.history import acting
from minutes.models.locks import archive_lock

from .cases import number_in
from .corrections import attachment_parts, encoded, recommendation_part, section_parts
from .results import InvalidCorrection
from .service import store_again

type Row = Meeting | AgendaItem | Section | Decision | Recommendation | Attachment

LINE_LENGTH = 1_000  # characters of a title, a name, a place
CORRECTABLE: dict[type[models.Model], frozenset[str]] = {
    Meeting: frozenset({"date", "start_time", "place", "preamble", "is_closed"}),
    AgendaItem: frozenset({"title", "prefix", "printed_case_number", "is_closed", "is_standing"}),
    Section: frozenset({"heading", "text"}),
    Decision: frozenset({"heading", "text"}),
    Recommendation: frozenset({"proposer", "office", "text"}),
    Attachment: frozenset({"name", "is_closed"}),
}
# Of these it is remembered what the thing was called, rather than what the value was (see `corrections`).
_CONTEXT = {
    (AgendaItem, "is_closed"): "printed_title",
    (AgendaItem, "is_standing"): "printed_title",
    (Attachment, "is_closed"): "printed_name",
}


def correct(*, row: Row, values: Mapping[str, Any], user: Any) -> None:
    """Put each of `values` (field of the row → value) in place of what was read.

    `row` may be stale; it is found again by its primary key, and must be fetched anew afterwards. A value put back to
    what is printed takes its correction away. Raises InvalidCorrection, with nothing changed.
    """
    correct_all(edits=[(row, values)], user=user)


def correct_all(*, edits: Sequence[tuple[Row, Mapping[str, Any]]], user: Any) -> None:
    """As `correct`, for several rows at once: all of them or none."""
    for row, values in edits:
        allowed = CORRECTABLE[type(row)]
        for field, value in values.items():
            if field not in allowed:
                raise InvalidCorrection(f"{type(row)._meta.get_field(field).verbose_name} kan ikke rettes.")
            _check(row, field, value)
    try:
        with acting(user), archive_lock():
            sources = {}
            for row, values in edits:
                source = _correct_stored(_found_again(row), values, user)
                sources[source.pk] = source
            for source in sources.values():
                store_again(source)
    except IntegrityError as error:
        raise invalid(error, user) from error


def invalid(error: IntegrityError, user: Any) -> Exception:
    """What a fault of the database means to the editor `user`; the fault itself where it means nothing to him.

    Who may not read what is closed hears the same words whether he can see the other meeting or not.
    """
    if "meeting_once" not in str(error):
        return error
    if user is None or reader_of(user).reads_closed:
        return InvalidCorrection("Der findes allerede et møde med den dato og det tidspunkt.")
    return InvalidCorrection(
        "Mødet kan ikke få den dato og det tidspunkt. Se, om arkivet allerede har et møde da. "
        "Ellers må en redaktør med ret til lukkede punkter se på det."
    )


def withdraw(*, correction: Correction) -> None:
    """Take a correction back: what the source says stands again. Raises Refused when the source is not current."""
    with archive_lock():
        source = correction.source
        correction.delete()
        store_again(source)


def _correct_stored(stored: Row, values: Mapping[str, Any], user: Any) -> SourceDocument:
    source = _source_of(stored)
    item_key, part = _place(stored)
    for field, value in values.items():
        if value != getattr(stored, field):
            context = _CONTEXT.get((type(stored), field))
            printed = getattr(stored, context or field)
            stands = record(source, (item_key, part, field), printed, value, user, undo=context is None)
            if stands and field == "printed_case_number":  # what the file prints may be put back, whatever it is
                check_case_number(value)
    return source


def correct_outcomes(*, decision: Decision, outcomes: Sequence[tuple[str, str]], user: Any) -> None:
    """Put `outcomes`, each a kind (`OutcomeKind`) and the sentence that carries it, in place of the rules'.

    Raises InvalidCorrection, with nothing changed, for an unknown kind.
    """
    for kind, _ in outcomes:
        if kind not in OutcomeKind.values:
            raise InvalidCorrection(f"”{kind}” er ikke en beslutningstype.")
    with acting(user), archive_lock():
        stored = _found_again(decision)
        source = _source_of(stored)
        item_key, part = _place(stored)
        record(source, (item_key, part, "outcomes"), stored.text, outcomes, user, undo=False)
        store_again(source)


def record(
    source: SourceDocument, key: tuple[int | None, str, str], printed: Any, value: Any, user: Any, *, undo: bool
) -> bool:
    """Keep the correction; whether it stands, or was taken away because it puts back what is printed."""
    item_key, part, field = key
    values = {"value": encoded(value), "corrected_by": user}
    made, _ = Correction.objects.update_or_create(
        source=source,
        item_key=item_key,
        part=part,
        field=field,
        defaults=values,
        create_defaults={**values, "meeting": source.meeting, "printed": encoded(printed)},
    )
    if undo and made.value == made.printed:
        made.delete()
        return False
    return True


def check_case_number(typed: str) -> None:
    """Blank is no number. Anything else would take the item out of its case without a word."""
    try:
        number_in(typed)
    except InvalidCaseNumber as error:
        raise InvalidCorrection(str(error)) from error


def check_length(model: type[models.Model], field: str, value: Any) -> None:
    """Of what is a line, not a text: a title that somebody pastes the minutes into would stand so on every list."""
    column = model._meta.get_field(field)
    is_line = isinstance(column, models.CharField) and not isinstance(column, models.TextField)
    if is_line and isinstance(value, str) and len(value) > LINE_LENGTH:
        name = str(column.verbose_name).capitalize()
        raise InvalidCorrection(f"{name}: Skriv højst {LINE_LENGTH} tegn. Her er {len(value)}.")


def _check(row: Row, field: str, value: Any) -> None:
    check_length(type(row), field, value)
    try:
        type(row)._meta.get_field(field).clean(value, row)
    except ValidationError as error:
        raise InvalidCorrection(" ".join(error.messages)) from error


def _found_again[R: Row](row: R) -> R:
    found = type(row)._default_manager.filter(pk=row.pk).first()
    if found is None:
        raise InvalidCorrection("En anden har ændret mødet imens. Åbn det igen, og prøv en gang til.")
    return found


def _source_of(row: Row) -> SourceDocument:
    meeting = row if isinstance(row, Meeting) else (row if isinstance(row, AgendaItem) else row.item).meeting
    source = SourceDocument.objects.current().filter(meeting=meeting).first()
    if source is None:
        raise InvalidCorrection("Mødet har ingen gældende originalfil.")
    return source


def _place(row: Row) -> tuple[int | None, str]:
    """The item's key and the part's name, as `corrections` names them."""
    if isinstance(row, Meeting):
        return None, ""
    if isinstance(row, AgendaItem):
        return row.key, ""
    if isinstance(row, Decision):
        return row.item.key, "beslutning"
    if isinstance(row, Recommendation):
        return row.item.key, recommendation_part(row.position)
    before = type(row).objects.filter(item=row.item, position__lte=row.position).order_by("position")
    if isinstance(row, Attachment):
        return row.item.key, attachment_parts(before.values_list("printed_name", flat=True))[-1]
    return row.item.key, section_parts(before.values_list("kind", flat=True))[-1]
