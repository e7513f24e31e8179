"""An item's sections as an editor has put them: which there are, of what kind, and where one ends and the next begins.

All sections of an item are one value, so that a border that is moved cannot lose text between two corrections. It is a
list of [kind, heading, text, origin]: `origin` counts, from 0, the section as read in which it begins, and so tells
its place in the file; null is a section that the file does not have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from minutes.parsing.resection import with_sections
from minutes.parsing.types import Item, Section

from .corrections import Corrections

FIELD = "sections"

type Encoded = list[list[Any]]


def over(item: Item, key: int, corrections: Corrections) -> Item:
    """`item` with its sections as an editor has put them, and with what hangs on their texts."""
    printed = encode(item.sections)
    value = corrections.over(key, "", FIELD, printed, context=[entry[:3] for entry in printed])
    return item if value == printed else with_sections(item, decode(value, item))


def encode(sections: Sequence[Section]) -> Encoded:
    """The value that stands for `sections` as read."""
    return [[one.kind, one.heading or "", one.text, origin] for origin, one in enumerate(sections)]


def decode(value: Encoded, item: Item) -> tuple[Section, ...]:
    """The sections that `value` stands for, `item` being as read."""
    decoded = []
    for kind, heading, text, origin in value:
        known = origin is not None and 0 <= origin < len(item.sections)
        span = item.sections[origin].span if known else replace(item.span, end_page=None, end_line=None)
        decoded.append(Section(kind, heading or None, text, span))
    return tuple(decoded)
