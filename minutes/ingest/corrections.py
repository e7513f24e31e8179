"""Laying what editors have put right over what was read.

A correction is found by key: the item (`AgendaItem.key`, which follows it through renumbering), the part within it,
and the field. Parts are named

    ""                  the item itself, or the meeting when there is no item
    "sagsfremstilling"  a section by its kind; the second of a kind "sagsfremstilling 2"
    "beslutning"        the decision
    "at 1"              a recommendation by its place among the item's
    "bilag Notat"       an attachment by its name

The sections of an item as a whole (see `structure`) are the field "sections" of the item itself.

A draft has no meeting yet, and its items no keys: there an item is named by its number, until the draft goes into the
archive and `Corrections.settle` is told which item each has become.

The source it was made for may be read again as often as one likes: it always applies. A new edition is another text,
so there it applies where the edition still prints what was corrected; otherwise the edition stands, with a warning.
What an editor has closed stays closed in any case, and where it cannot be found again what is new beside it is closed
too; what an editor has opened is open only under the same title.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q

from minutes.models import Correction, Meeting, SourceDocument
from minutes.parsing.types import Warning

type Key = tuple[int | None, str, str]

MEETING_FIELDS = frozenset({"date", "start_time", "place", "preamble", "is_closed"})
IDENTIFYING = frozenset({"date", "start_time"})
ATTACHMENT = "bilag"
RECOMMENDATION = "at"
_ASIDE = 1_000_000  # above every key; only while keys are given
NAME_LENGTH = 200  # an index entry must stay small
LABELS = {
    "date": "dato",
    "start_time": "starttid",
    "place": "sted",
    "preamble": "indledning",
    "is_closed": "lukket",
    "is_standing": "fast punkt",
    "title": "titel",
    "prefix": "præfiks",
    "printed_case_number": "sagsnummer",
    "heading": "overskrift",
    "text": "tekst",
    "proposer": "indstiller",
    "office": "enhed",
    "name": "navn",
    "outcomes": "beslutningstyper",
    "sections": "afsnit",
}
_DECODERS: dict[str, Callable[[str], Any]] = {
    "date": datetime.date.fromisoformat,
    "start_time": datetime.time.fromisoformat,
}


def encoded(value: Any) -> Any:
    """`value` as JSON knows it: dates and times as ISO text."""
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return [list(one) for one in value] if isinstance(value, list | tuple) else value


def decoded(field: str, value: Any) -> Any:
    """The inverse of `encoded` for that field."""
    return _DECODERS[field](value) if value is not None and field in _DECODERS else value


class Corrections:
    """The corrections of one meeting, asked for each value while its rows are made."""

    def __init__(self, meeting: Meeting, source: SourceDocument, previous: SourceDocument | None = None) -> None:
        """Those of `source`, and, where it has none, those of the edition that it replaces.

        What was put for the meeting's date and time is remembered from any edition: by them the meeting is found, and
        an edition that printed them right may be followed by one that prints them wrong again.
        """
        self._meeting = meeting
        self._source = source
        self._made: list[Correction] = []
        self._rows: dict[Key, Correction] = {}
        self._carried: list[Correction] = []
        self._asked: set[Key] = set()
        self._drafted: list[Correction] = []
        self._of_draft: dict[int, Key] = {}
        self.values: dict[Key, Any] = {}  # every value asked for, as it is to be stored
        self.printed: dict[Key, Any] = {}  # what a correction of it would remember as printed
        self._sources = {one.pk for one in (previous, source) if one is not None and one.pk}
        wanted = Q(source__in=self._sources)
        if previous is not None:
            wanted |= Q(meeting=meeting, item_key=None, field__in=IDENTIFYING)
        for row in Correction.objects.filter(wanted).order_by("source__edition") if self._sources else ():
            if row.meeting_id is None:
                self._drafted.append(row)
            else:
                self._rows[row.item_key, row.part, row.field] = row  # the latest edition's is the last

    @property
    def item_keys(self) -> set[int]:
        """The items that are corrected, also those that the meeting no longer has."""
        return {key for key, _, _ in self._rows if key is not None}

    def settle(self, keys: Mapping[int, int]) -> None:
        """Give the corrections of a draft their items: `keys` says of each item's number which key it has.

        They come after the editions before, so they go over what an editor put there.
        """
        for row in self._drafted:
            number = row.item_key
            if number is None or number in keys:
                key = (None if number is None else keys[number], row.part, row.field)
                self._rows[key] = row
                self._of_draft[row.pk] = key

    def over(self, item_key: int | None, part: str, field: str, printed: Any, *, context: Any = None) -> Any:
        """The value to store: an editor's where there is one that applies, else `printed`.

        What counts as "still prints what was corrected" is `context` where given, else `printed` itself.
        """
        key = (item_key, part, field)
        self._asked.add(key)
        self.printed[key] = printed if context is None else context
        self.values[key] = self._value(key, printed, context)
        return self.values[key]

    def _value(self, key: Key, printed: Any, context: Any) -> Any:
        row = self._rows.get(key)
        if row is None:
            return printed
        if row.source_id != self._source.pk:
            if not _still_fits(row, printed if context is None else context):
                if context is not None or encoded(printed) != row.value:
                    self._asked.discard(key)  # else the edition prints what the editor put, and nobody need be told
                return printed
            self._carried.append(row)
        return decoded(row.field, row.value)

    def corrects(self, item_key: int | None, part: str, field: str) -> bool:
        """Whether an editor has put that value, so that no rule may. To be asked after `over`."""
        key = (item_key, part, field)
        return key in self._asked and key in self._rows

    def closed_item_is_gone(self, keys: set[int]) -> bool:
        """Whether an editor has closed an item that is not among `keys`."""
        closed = {
            key for (key, part, field), row in self._rows.items() if not part and field == "is_closed" and row.value
        }
        return bool(closed - {None} - keys)

    def closed_attachment_is_gone(self, item_key: int, parts: Sequence[str]) -> bool:
        """Whether an editor has closed an attachment of that item which is not among `parts`."""
        for (key, part, field), row in self._rows.items():
            closed = field == "is_closed" and row.value and part.startswith(f"{ATTACHMENT} ")
            if closed and key == item_key and part not in parts:
                return True
        return False

    def close(self, item_key: int, part: str, *, context: str) -> bool:
        """Close an item or attachment, as an editor would; True, for the row to be made."""
        values = {"field": "is_closed", "printed": context, "value": True}
        self._made.append(Correction(item_key=item_key, part=part, **values))
        self.values[item_key, part, "is_closed"] = True
        return True

    def left(self) -> list[Warning]:
        """A warning for each correction that does not apply. To be asked when all values have been."""
        rows = [row for key, row in self._rows.items() if key not in self._asked and row.source_id in self._sources]
        return [_left_behind(row) for row in [*rows, *(row for row in self._drafted if row.pk not in self._of_draft)]]

    def finish(self) -> None:
        """Give what still applies to the new edition, and to the draft that has become one."""
        self._lay_drafted_aside()
        for row in self._carried:
            row.source = self._source
        Correction.objects.bulk_update(self._carried, ["source"])
        for row in self._made:
            row.meeting, row.source = self._meeting, self._source
        Correction.objects.bulk_create(self._made)
        self._give_drafted_their_keys()

    def _lay_drafted_aside(self) -> None:
        """An item's number in the draft may be another item's key. Those of no item go."""
        for row in self._drafted:
            if row.pk not in self._of_draft:
                row.delete()
            elif row.item_key is not None and row.item_key != self._of_draft[row.pk][0]:
                Correction.objects.filter(pk=row.pk).update(item_key=_ASIDE + row.item_key)

    def _give_drafted_their_keys(self) -> None:
        for row in self._drafted:
            if row.pk in self._of_draft:
                key, _, _ = self._of_draft[row.pk]
                Correction.objects.filter(pk=row.pk).update(item_key=key, meeting=self._meeting)


def _still_fits(row: Correction, printed: Any) -> bool:
    if row.field == "is_closed" and row.value is True:
        return True
    return _folded(row.printed) == _folded(encoded(printed))


def _folded(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


def _left_behind(row: Correction) -> Warning:
    place = "mødet" if row.item_key is None else f"punkt {row.item_key}"
    part = ATTACHMENT if row.part.startswith(f"{ATTACHMENT} ") else row.part  # what is closed has no name here
    what = f"{part} i {place}" if part else place
    label = LABELS.get(row.field, row.field)
    return Warning("correction_left", f"En rettelse ({label}, {what}) passer ikke til den nye udgave og er ikke brugt.")


def section_parts(kinds: Iterable[str]) -> list[str]:
    """The parts' names of an item's sections, whose kinds are given in order."""
    return _told_apart(kind[:NAME_LENGTH] for kind in kinds)


def attachment_parts(names: Iterable[str]) -> list[str]:
    """The parts' names of an item's attachments, whose names as printed are given in order."""
    return _told_apart(f"{ATTACHMENT} {name[:NAME_LENGTH]}" for name in names)


def _told_apart(names: Iterable[str]) -> list[str]:
    seen: Counter[str] = Counter()
    parts = []
    for name in names:
        seen[name] += 1
        parts.append(name if seen[name] == 1 else f"{name} {seen[name]}")
    return parts


def recommendation_part(position: int) -> str:
    """The part's name of the recommendation at `position`, from 1."""
    return f"{RECOMMENDATION} {position}"


def free_keys(wanted: Sequence[int], taken: set[int]) -> list[int]:
    """A key for each new item: its number where no item and no correction uses it, else the next free one."""
    taken = set(taken)
    keys = []
    for number in wanted:
        key = number if number not in taken else max(taken) + 1
        taken.add(key)
        keys.append(key)
    return keys
