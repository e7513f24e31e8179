"""An item's parts in the order in which the pages show them, each with the anchor that leads to it.

A part has the same anchor on the meeting's page and on the item's own: `punkt-3-sagsfremstilling`.
"""

import itertools
import re
import unicodedata
from dataclasses import dataclass

from minutes.models import AgendaItem, Section
from minutes.templatetags.items import PROPOSAL

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
_DECISION = "beslutning"
_LENGTH = 60  # a heading may be a whole sentence


@dataclass(frozen=True, slots=True)
class Part:
    """A section, its anchor, and its heading with the item's number: words that make sense alone."""

    section: Section
    anchor: str
    words: str


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of `item` besides its decision: what was proposed, and the others as printed."""

    item: AgendaItem
    proposals: tuple[Part, ...]
    others: tuple[Part, ...]

    @property
    def anchor(self) -> str:
        return anchor_of(self.item)

    @property
    def decision_anchor(self) -> str:
        return f"{self.anchor}-{_DECISION}"

    @property
    def decision_words(self) -> str:
        return f"{_DECISION.capitalize()}, punkt {self.item.number}"

    @property
    def attachments_anchor(self) -> str:
        return f"{self.anchor}-{Section.ATTACHMENTS}"

    @property
    def says_little(self) -> bool:
        """Whether the decision tells nothing without what was proposed: "Godkendt.\""""
        decision = getattr(self.item, "decision", None)
        return bool(self.proposals) and not self.item.is_standing and (decision is None or decision.is_short)

    @property
    def folded(self) -> tuple[Part, ...]:
        """The parts that an item in a list of items keeps folded."""
        return self.others if self.says_little else self.proposals + self.others

    @property
    def has_more(self) -> bool:
        """Whether there is anything to fold."""
        return bool(self.folded or self.item.attachments.all())


def anchor_of(item: AgendaItem) -> str:
    """Where the item stands on its meeting's page."""
    return f"punkt-{item.number}"


def parts_of(item: AgendaItem) -> Parts:
    """The parts of `item`, which is loaded with them. Attachments have rows of their own, so their section is left
    out where it would say them twice."""
    has_attachments = bool(item.attachments.all())
    taken = {_DECISION, Section.ATTACHMENTS} if has_attachments else {_DECISION}
    parts = []
    for section in item.sections.all():
        if has_attachments and section.kind == Section.ATTACHMENTS:
            continue
        plain = plain_name(section.kind)
        names = itertools.chain([plain], (f"{plain}-{n}" for n in itertools.count(2)))
        name = next(name for name in names if name not in taken)
        taken.add(name)
        parts.append(Part(section, f"{anchor_of(item)}-{name}", f"{section}, punkt {item.number}"))
    return Parts(
        item,
        tuple(part for part in parts if part.section.kind == PROPOSAL),
        tuple(part for part in parts if part.section.kind != PROPOSAL),
    )


def plain_name(kind: str) -> str:
    """The kind of a section as addresses have it."""
    folded = unicodedata.normalize("NFKD", kind.lower().translate(_LETTERS)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", folded)[:_LENGTH].strip("-") or "afsnit"
