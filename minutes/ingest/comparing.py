"""What is new in one edition against another: item by item, part by part, word by word.

Two plans in (`plan.plan_of`, of drafts and editions alike), frozen values out. Nothing is asked of the database here.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format

from minutes.models import Meeting, OutcomeKind

from .corrections import section_parts
from .differing import Differ, Piece
from .parts import DECISION
from .plan import Plan, PlannedItem

ATTACHMENTS, PROPOSAL = "bilag", "indstilling"


class Change(enum.StrEnum):
    """What became of an item. The value is what a person is told."""

    NEW = "nyt"
    GONE = "udgået"
    CHANGED = "ændret"
    SAME = "uændret"

    def of(self, count: int) -> str:
        """1 nyt, 2 nye."""
        return f"{count} {self if count == 1 else _SEVERAL[self]}"


_SEVERAL = {Change.NEW: "nye", Change.GONE: "udgåede", Change.CHANGED: "ændrede", Change.SAME: "uændrede"}


@dataclass(frozen=True, slots=True)
class PartDifference:
    """A part that is another. `pieces` are its words, those that went and those that came marked; none where only the
    layout is another, as bold letters or line ends."""

    label: str  # Titel, Sagsfremstilling
    is_new: bool = False  # was not there
    is_gone: bool = False
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemDifference:
    """An item in one edition against the other; `number` is None where it is gone, `was` where it is new."""

    change: Change
    key: int
    title: str
    number: int | None
    was: int | None
    parts: tuple[PartDifference, ...] = ()

    @property
    def has_moved(self) -> bool:
        """Whether it has another number than it had."""
        return None not in (self.number, self.was) and self.number != self.was

    @property
    def labels(self) -> str:
        """Titel, sagsnummer: the parts that are others, as a sentence names them."""
        names = [part.label for part in self.parts]
        return ", ".join([*names[:1], *(name[:1].lower() + name[1:] for name in names[1:])])


@dataclass(frozen=True, slots=True)
class Difference:
    """What is new: of the meeting itself, and of its items in the order of the later edition, those that are gone where
    they stood."""

    facts: tuple[PartDifference, ...]
    items: tuple[ItemDifference, ...]

    @property
    def is_none(self) -> bool:
        """Whether both read the same."""
        return not self.facts and all(one.change is Change.SAME for one in self.items)

    @property
    def counts(self) -> tuple[tuple[Change, str], ...]:
        """How many items there are of each change, in words; those of which there are none left out."""
        counted = ((change, sum(one.change is change for one in self.items)) for change in Change)
        return tuple((change, change.of(count)) for change, count in counted if count)

    @property
    def changed(self) -> tuple[ItemDifference, ...]:
        """The items that are not as they were."""
        return tuple(one for one in self.items if one.change is not Change.SAME)

    @property
    def same(self) -> tuple[ItemDifference, ...]:
        """The items that are as they were."""
        return tuple(one for one in self.items if one.change is Change.SAME)

    def of(self, number: int) -> ItemDifference | None:
        """What became of the item that has that number now."""
        return next((one for one in self.items if one.number == number), None)


def compare(before: Plan, after: Plan) -> Difference:
    """What is new in `after`."""
    differ = Differ()
    old = {one.row.key: one for one in before.items}
    found = [_of_item(old.get(one.row.key), one, differ) for one in after.items]
    staying = {one.key for one in found}
    gone = [_gone(one) for key, one in old.items() if key not in staying]
    items = sorted([*found, *gone], key=_place)
    return Difference(tuple(_of_facts(before.meeting, after.meeting, differ)), tuple(items))


def _place(item: ItemDifference) -> tuple[int, int]:
    """What is gone stands before what took its number."""
    return (item.number, 1) if item.number is not None else (item.was or 0, 0)


def _gone(item: PlannedItem) -> ItemDifference:
    return ItemDifference(Change.GONE, item.row.key, item.row.title, None, item.row.number)


def _of_item(old: PlannedItem | None, new: PlannedItem, differ: Differ) -> ItemDifference:
    row = new.row
    if old is None:
        return ItemDifference(Change.NEW, row.key, row.title, row.number, None)
    parts = tuple(_of_parts(old, new, differ))
    is_same = not parts and row.number == old.row.number
    change = Change.SAME if is_same else Change.CHANGED
    return ItemDifference(change, row.key, row.title, row.number, old.row.number, parts)


def _of_parts(old: PlannedItem, new: PlannedItem, differ: Differ) -> Iterator[PartDifference]:
    fields: dict[str, Callable[[PlannedItem], str]] = {
        "Titel": lambda one: one.row.title,
        "Sagsnummer": lambda one: one.row.printed_case_number,
        "Adgang": lambda one: "Lukket punkt" if one.row.is_closed else "Åbent punkt",
        "Fast punkt": lambda one: "Ja" if one.row.is_standing else "Nej",
    }
    for label, value in fields.items():
        yield from _difference(label, value(old), value(new), differ)
    was, now = _texts(old), _texts(new)
    yield from _of_texts(was, now, differ)
    if was.get(_label(PROPOSAL)) == now.get(_label(PROPOSAL)):  # else the text tells
        yield from _difference("Indstillere", _proposals(old), _proposals(new), differ)
    if was.get(_label(DECISION)) == now.get(_label(DECISION)):  # the same
        yield from _difference("Frister", _deadlines(old), _deadlines(new), differ)
    yield from _difference("Beslutningstyper", _outcomes(old), _outcomes(new), differ)
    yield from _difference("Bilag", _attachments(old), _attachments(new), differ)


def _of_texts(was: Mapping[str, str], now: Mapping[str, str], differ: Differ) -> Iterator[PartDifference]:
    """Those of the later edition in its order, then those that it no longer has."""
    for label in [*now, *(label for label in was if label not in now)]:
        yield from _difference(label, was.get(label), now.get(label), differ)


def _of_facts(old: Meeting, new: Meeting, differ: Differ) -> Iterator[PartDifference]:
    fields: dict[str, Callable[[Meeting], str]] = {
        "Dato": lambda one: date_format(one.date, "j. F Y"),
        "Tid": lambda one: f"kl. {date_format(one.start_time, 'G.i')}" if one.start_time else "",
        "Sted": lambda one: one.place,
        "Aflyst": lambda one: "Ja" if one.is_cancelled else "Nej",
        "Adgang": lambda one: "Lukket møde" if one.is_closed else "Åbent møde",
        "Indledning": lambda one: one.preamble,
    }
    for label, value in fields.items():
        yield from _difference(label, value(old), value(new), differ)


def _difference(label: str, was: str | None, now: str | None, differ: Differ) -> Iterator[PartDifference]:
    was_there, is_there = bool(was), bool(now)
    if (was or "") == (now or "") and (was is None) == (now is None):
        return
    pieces = differ.pieces(was or "", now or "")
    yield PartDifference(label, is_there and not was_there, was_there and not is_there, pieces)


def _texts(item: PlannedItem) -> dict[str, str]:
    """The item's texts by their labels, a heading of its own before the text. Names of attachments are no text."""
    shown = [one for one in item.sections if not (item.attachments and one.kind == ATTACHMENTS)]
    texts = {}
    for section, name in zip(shown, section_parts(one.kind for one in shown), strict=True):
        has_own = section.heading and section.heading.casefold() != section.kind
        texts[_label(name)] = f"{section.heading}\n\n{section.text}" if has_own else section.text
    if item.decision is not None:
        texts[_label(DECISION)] = item.decision.text
    return texts


def _label(name: str) -> str:
    return name[:1].upper() + name[1:]


def _proposals(item: PlannedItem) -> str:
    return "\n\n".join(f"{one.proposer}: {one.text}" for one in item.recommendations)


def _outcomes(item: PlannedItem) -> str:
    return ", ".join(str(OutcomeKind(one.kind).label) for one in item.outcomes)


def _deadlines(item: PlannedItem) -> str:
    return "\n\n".join(f"{date_format(one.date, 'j. F Y')}: {one.words}" for one in item.deadlines)


def _attachments(item: PlannedItem) -> str:
    names: Sequence[str] = [f"{one.name} (lukket)" if one.is_closed else one.name for one in item.attachments]
    return "\n\n".join(names)
