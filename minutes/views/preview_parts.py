"""What a preview shows: a meeting as it will read, part by part, beside where it stands in the file."""

from __future__ import annotations

import datetime
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse

from minutes.ingest.cases import number_of
from minutes.ingest.comparing import Change, Difference, ItemDifference
from minutes.ingest.corrections import LABELS, attachment_parts, recommendation_part, section_parts
from minutes.ingest.parts import DECISION
from minutes.ingest.plan import Plan, PlannedItem
from minutes.models import Attachment, Case, Deadline, Decision, Recommendation, Section
from minutes.models.access import User
from minutes.templatetags.danish import clock, danish_date

from .correcting import Target
from .original_pages import OriginalPages, ShownPage
from .parts import plain_name
from .preview_cautions import Caution, Cautions

_SAID_OTHERWISE = {
    "is_closed": ("åbnet af en redaktør", "lukket af en redaktør"),
    "is_standing": ("ikke et fast punkt, siger en redaktør", "fast punkt, siger en redaktør"),
}
_WITHOUT_BEFORE = {"outcomes": "beslutningstyperne er rettet", "sections": "afsnittene er rettet"}
LONG = 80  # characters of a value as printed that fit on a line


@dataclass(frozen=True, slots=True)
class Fix:
    """A value that an editor has put. `was` is what is printed, where that says something."""

    label: str
    was: str = ""
    says: str = ""  # instead of both

    @property
    def is_long(self) -> bool:
        """Whether what was printed does not fit on a line."""
        return len(self.was) > LONG or "\n" in self.was


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """The case number of an item: a case that the reader knows, one that is new, or nothing that can be one."""

    printed: str
    address: str = ""
    is_number: bool = True


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who proposes what, as the program understood it."""

    proposer: str
    office: str
    texts: tuple[str, ...]
    fixes: tuple[Fix, ...]


@dataclass(frozen=True, slots=True)
class NamedAttachment:
    """An attachment."""

    row: Attachment
    fixes: tuple[Fix, ...]


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A section, the decision, or the attachments. `page` is where in the original it begins."""

    kind: str
    heading: str
    anchor: str
    words: str  # the heading with the item's number
    text: str
    is_inferred: bool
    page: ShownPage | None
    cautions: tuple[Caution, ...]
    fixes: tuple[Fix, ...]
    decision: Decision | None = None
    outcomes: tuple[str, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    attachments: tuple[NamedAttachment, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item as it will read."""

    planned: PlannedItem
    anchor: str
    correct_address: str
    borders_address: str
    case: CaseNumber | None
    parts: tuple[ShownPart, ...]
    pages: tuple[ShownPage, ...]
    cautions: tuple[Caution, ...]
    caution_count: int
    fixes: tuple[Fix, ...]
    difference: ItemDifference | None

    @property
    def title(self) -> str:
        return self.planned.row.title or "Uden titel"

    @property
    def number(self) -> int:
        return self.planned.row.number

    @property
    def outcomes(self) -> tuple[str, ...]:
        """What was decided, in a word each."""
        return tuple(one.kind for one in self.planned.outcomes)

    @property
    def is_same(self) -> bool:
        """Whether it stands in the archive just so."""
        return self.difference is not None and self.difference.change is Change.SAME

    @property
    def is_folded(self) -> bool:
        """Whether nobody need look at it."""
        return self.is_same and not self.caution_count

    @property
    def where(self) -> str:
        """Side 3, side 3–5, linje 12–30 i filen."""
        pages = [shown.page for shown in self.pages if shown.page]
        if not pages:
            return self.pages[0].where if self.pages else ""
        return f"Side {pages[0]}" if len(pages) == 1 else f"Side {pages[0]}–{pages[-1]}"


class Shown:
    """The items of a plan as `user` is shown them."""

    def __init__(
        self, plan: Plan, target: Target, cautions: Cautions, difference: Difference | None, user: User
    ) -> None:
        self._plan = plan
        self._target = target
        self._cautions = cautions
        self._difference = difference
        self._user = user
        self._original = OriginalPages(plan.source)
        self._fixes: dict[tuple[int | None, str], list[Fix]] = defaultdict(list)
        for place in sorted(plan.corrected, key=lambda place: (place[0] or 0, *place[1:])):
            number, part, field = place
            self._fixes[number, part].append(_fix(field, plan.values[place], plan.printed[place]))

    @property
    def items(self) -> tuple[ShownItem, ...]:
        """All items in order."""
        return tuple(self._item(place, planned) for place, planned in enumerate(self._plan.items))

    @property
    def fixes_of_meeting(self) -> tuple[Fix, ...]:
        """What an editor has put for the meeting itself."""
        return tuple(self._fixes[None, ""])

    def _item(self, place: int, planned: PlannedItem) -> ShownItem:
        number = planned.row.number
        return ShownItem(
            planned=planned,
            anchor=f"punkt-{number}",
            correct_address=self._target.address("item", number),
            borders_address=self._target.address("borders", number),
            case=self._case(planned.row.printed_case_number),
            parts=tuple(self._parts(place, planned)),
            pages=tuple(self._original.of(planned.read.span, f"punkt {number}")),
            cautions=self._cautions.at(place),
            caution_count=self._cautions.count_of(place),
            fixes=tuple(self._fixes[number, ""]),
            difference=self._difference.of(number) if self._difference else None,
        )

    def _case(self, printed: str) -> CaseNumber | None:
        if not printed:
            return None
        number = number_of(printed)
        if number is None:
            return CaseNumber(printed, is_number=False)
        case = self._cases.get(number.normalised)
        return CaseNumber(printed, reverse("case", args=[case.slug]) if case else "")

    @cached_property
    def _cases(self) -> Mapping[str, Case]:
        """The cases that the reader knows, by normalised number."""
        numbers = [number_of(one.row.printed_case_number) for one in self._plan.items]
        wanted = {number.normalised for number in numbers if number}
        known = Case.objects.visible_to(self._user).filter(normalised__in=wanted)
        return {case.normalised: case for case in known}

    def _parts(self, place: int, planned: PlannedItem) -> Iterator[ShownPart]:
        """The parts in printed order. A decision in several pieces stands where its first does."""
        rows: dict[int, Section | Decision] = {row.position: row for row in planned.sections}
        if planned.decision is not None:
            rows[planned.decision.position] = planned.decision
        kinds = [section.kind for section in planned.item.sections]
        first = {kind: kinds.index(kind) + 1 for kind in kinds}
        taken: Counter[str] = Counter()
        names = section_parts(kinds)
        for position in sorted(rows):
            row, name = rows[position], names[position - 1]
            has_names = bool(planned.attachments) and row.kind == Section.ATTACHMENTS
            plain = plain_name(row.kind)
            taken[plain] += 1
            number = planned.row.number
            heading = row.heading or row.kind.capitalize()
            span = planned.item.sections[position - 1].span
            pages = self._original.of(span, f"{row.kind} i punkt {number}")
            yield ShownPart(
                kind=row.kind,
                heading=heading,
                anchor=f"punkt-{number}-{plain}" + (f"-{taken[plain]}" if taken[plain] > 1 else ""),
                words=f"{heading}, punkt {number}",
                text="" if has_names else row.text,
                is_inferred=not row.heading,
                page=pages[0] if pages else None,
                cautions=self._cautions.at(place, position),
                fixes=tuple(self._fixes[number, name]),
                decision=row if isinstance(row, Decision) else None,
                outcomes=tuple(one.kind for one in planned.outcomes) if row.kind == DECISION else (),
                deadlines=tuple(planned.deadlines) if row.kind == DECISION else (),
                proposals=self._proposals(planned) if position == first.get("indstilling") else (),
                attachments=self._attachments(planned) if position == first.get(Section.ATTACHMENTS) else (),
            )

    def _proposals(self, planned: PlannedItem) -> tuple[Proposal, ...]:
        def whose(row: Recommendation) -> tuple[str, str]:
            return row.proposer, row.office

        return tuple(
            Proposal(proposer, office, tuple(row.text for row in rows), self._fixes_of(planned, rows))
            for (proposer, office), grouped in itertools.groupby(planned.recommendations, key=whose)
            if (rows := list(grouped))
        )

    def _fixes_of(self, planned: PlannedItem, rows: Iterable[Recommendation]) -> tuple[Fix, ...]:
        found = (self._fixes[planned.row.number, recommendation_part(row.position)] for row in rows)
        return tuple(itertools.chain.from_iterable(found))

    def _attachments(self, planned: PlannedItem) -> tuple[NamedAttachment, ...]:
        names = attachment_parts(row.printed_name for row in planned.attachments)
        return tuple(
            NamedAttachment(row, tuple(self._fixes[planned.row.number, name]))
            for row, name in zip(planned.attachments, names, strict=True)
        )


def _fix(field: str, value: Any, printed: Any) -> Fix:
    if field in _SAID_OTHERWISE:
        return Fix(LABELS[field], says=_SAID_OTHERWISE[field][bool(value)])
    if field in _WITHOUT_BEFORE:
        return Fix(LABELS[field], says=_WITHOUT_BEFORE[field])
    return Fix(LABELS[field], was=_in_words(printed))


def _in_words(value: Any) -> str:
    if isinstance(value, datetime.date):
        return danish_date(value)
    return clock(value) if isinstance(value, datetime.time) else str(value or "")
