"""What may go into the archive, decided from the parse alone, and what people must be warned of."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings

from minutes.casenumber import InvalidCaseNumber
from minutes.parsing.cpr import find_cpr
from minutes.parsing.types import Item, ParsedMinutes, Warning

from .cases import number_in
from .meetings import MeetingKey
from .results import Refused

HIGHEST_NUMBER = 9_999  # of an item; above it, something else was taken for one


def accepted(parsed: ParsedMinutes, filename: str = "", *, may_lack_date: bool = False) -> ParsedMinutes:
    """`parsed` in a form that can be stored: its body as the settings spell it, item numbers unique, CPR warned of.

    `may_lack_date` is for minutes whose day an editor says, or has said. Raises Refused, with a message that says why,
    for what is not the minutes of one of the archive's own meetings.
    """
    if parsed.kind == "dagsorden":
        raise Refused("Filen er en dagsorden, ikke et referat. Læg referatet i arkivet, når det er udsendt.")
    body = _own_body(parsed.body if may_lack_date and parsed.body else MeetingKey.of(parsed).body)
    if not parsed.items and not parsed.cancelled:
        raise Refused("Der er ikke fundet nogen punkter i filen, og mødet er ikke aflyst.")
    if sum(len(text) for _, text, _, _ in _texts(parsed, filename)) > settings.ARCHIVE_MAX_CHARACTERS:
        most = f"{settings.ARCHIVE_MAX_CHARACTERS:,}".replace(",", ".")
        raise Refused(f"Filen har mere end {most} tegn. Er det ét mødes referat?")
    parsed = _storable(dataclasses.replace(parsed, body=body))
    warnings = [*parsed.warnings]
    items, numbering = _numbered(parsed)
    warnings += [*numbering, *_case_number_warnings(items), *_cpr_warnings(parsed, filename)]
    return dataclasses.replace(parsed, items=items, warnings=tuple(_masked(warning) for warning in warnings))


def _own_body(printed: str) -> str:
    for body in settings.ARCHIVE_BODIES:
        if _folded(printed) == _folded(body):
            return body
    taken = " og ".join(settings.ARCHIVE_BODIES)
    raise Refused(f"Referatet er fra {printed[:80]}. Arkivet tager kun imod referater fra {taken}.")


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _storable[T](value: T) -> T:
    """`value` with every text in it such that PostgreSQL can hold it: no NUL, no half of a surrogate pair."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")  # type: ignore[return-value]
    if isinstance(value, tuple):
        return tuple(map(_storable, value))  # type: ignore[return-value]
    if dataclasses.is_dataclass(value):
        changes: dict[str, Any] = {f.name: _storable(getattr(value, f.name)) for f in dataclasses.fields(value)}
        return dataclasses.replace(value, **changes)  # type: ignore[type-var]
    return value


def _numbered(parsed: ParsedMinutes) -> tuple[tuple, list[Warning]]:
    """The items with numbers that address them: a number that cannot be, or stands twice, is replaced by the next."""
    numbers = [item.number for item in parsed.items if 0 <= item.number <= HIGHEST_NUMBER]
    free = max(numbers, default=0) + 1
    seen: set[int] = set()
    items, warnings = [], []
    for item in parsed.items:
        if item.number in seen or not 0 <= item.number <= HIGHEST_NUMBER:
            message = f"Punkt {item.number} står der mere end én gang; »{item.title}« har fået nummer {free}."
            warnings.append(Warning("number_changed", message, item.span.page, item.span.line))
            item = dataclasses.replace(item, number=free)
            free += 1
        seen.add(item.number)
        items.append(item)
    return tuple(items), warnings


def _case_number_warnings(items: Iterable[Item]) -> Iterator[Warning]:
    for item in items:
        try:
            number_in(item.case_number or "")
        except InvalidCaseNumber as error:
            message = f"Punkt {item.number} er ikke lagt på en sag: {error}"
            yield Warning("case_number_invalid", message, item.span.page, item.span.line)


def _cpr_warnings(parsed: ParsedMinutes, filename: str) -> Iterator[Warning]:
    for place, text, page, line in _texts(parsed, filename):
        for _, _, masked in find_cpr(text):
            message = f"{place} ser ud til at indeholde et CPR-nummer ({masked})."
            yield Warning("cpr", message, page, line)


def _texts(parsed: ParsedMinutes, filename: str) -> Iterator[tuple[str, str, int | None, int | None]]:
    """Every text of the file with where it stands, in words and numbers."""
    yield "Filens navn", filename, None, None
    front = [parsed.place, parsed.preamble, *(entry.title for entry in parsed.contents)]
    yield "Teksten før punkterne", "\n".join(filter(None, front)), None, None
    for item in parsed.items:
        where = (item.span.page, item.span.line)
        yield f"Overskriften til punkt {item.number}", f"{item.title}\n{item.case_number or ''}", *where
        for section in item.sections:
            text = f"{section.heading or ''}\n{section.text}"
            yield f"Punkt {item.number}, {section.kind},", text, section.span.page, section.span.line


def _masked(warning: Warning) -> Warning:
    """A warning may quote the text, but never a CPR number."""
    message = warning.message
    for start, end, masked in reversed(find_cpr(message)):
        message = message[:start] + masked + message[end:]
    return dataclasses.replace(warning, message=message)
