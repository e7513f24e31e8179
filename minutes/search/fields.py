"""The parts of an item that search tells apart."""

from __future__ import annotations

import enum


class Field(enum.Enum):
    """Where in an item words stand. The value is the Danish name, as in `titel:budget` and `?hvor=titel`."""

    TITLE = "titel"
    DECISION = "beslutning"
    PROPOSAL = "indstilling"
    ATTACHMENTS = "bilag"
    CASE = "sag"
    TEXT = "tekst"  # anledning, sagsfremstilling and all the rest

    @property
    def letter(self) -> str:
        """The prefix of terms that stand in this part."""
        return _LETTERS[self]


_LETTERS = {
    Field.TITLE: "t",
    Field.DECISION: "b",
    Field.PROPOSAL: "i",
    Field.ATTACHMENTS: "x",
    Field.CASE: "s",
    Field.TEXT: "a",
}
