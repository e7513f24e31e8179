"""An item's text in pieces, so that the borders of its sections can be moved without touching a word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from minutes.parsing.sections import KINDS

from .structure import Encoded

_GAP = re.compile(r"\n[ \t]*\n+(?=\S)")  # what stands in belongs to the list entry before


@dataclass(frozen=True, slots=True)
class Block:
    """A piece: a paragraph, list or table. `starts` is the kind of the section that begins with it, or blank."""

    text: str
    starts: str
    heading: str  # of the section that it is in
    origin: int | None  # as `structure` has it


def blocks_of(sections: Encoded) -> list[Block]:
    """The pieces of an item's sections in order; a section without a text is one empty piece."""
    return [
        Block(text, kind if place == 0 else "", heading, origin)
        for kind, heading, whole, origin in sections
        for place, text in enumerate(_GAP.split(whole.strip("\n")))
    ]


def put_together(blocks: Sequence[Block], starts: Sequence[str]) -> Encoded:
    """The sections that begin where `starts`, of the same length as `blocks`, names a kind.

    A section that begins where one began before keeps its heading. Else a piece that is just a section's word, with
    or without a colon, becomes the heading; there is none otherwise, as none was printed.
    """
    sections: Encoded = []
    for block, kind in zip(blocks, starts, strict=True):
        if not kind and sections:
            sections[-1][2] = "\n\n".join(filter(None, (sections[-1][2], block.text)))
        elif block.starts:
            sections.append([kind, block.heading, block.text, block.origin])
        elif (word := _heading(block.text)) is not None:
            sections.append([kind, word, "", block.origin])
        else:
            sections.append([kind, "", block.text, block.origin])
    return sections


def _heading(text: str) -> str | None:
    """The words of a piece that is no more than a section's heading, without what marks it as one."""
    words = text.strip().lstrip("#").strip().strip("*").rstrip(":").strip()
    return words if " ".join(words.lower().split()) in KINDS else None
