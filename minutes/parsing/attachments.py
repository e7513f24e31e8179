"""Names of attachments: one a line, with or without extension (DOMAIN 11)."""

from __future__ import annotations

from collections.abc import Sequence

from minutes.parsing.flow import Vocabulary, paragraphs
from minutes.parsing.types import Line

_NONE = frozenset({"ingen", "ingen bilag", "intet", "-", "–", "der er ingen bilag", "ingen bilag til punktet"})


def recognise(lines: Sequence[Line], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The names as printed. A number belongs to the name ("4. udkast til budgetkatalog"), a bullet does not."""
    names: list[str] = []
    for line in paragraphs(lines, vocabulary):
        if line.cells is not None:
            names.append(" ".join(cell for cell in line.cells if cell))
            continue
        numbered = line.marker is not None and any(character.isalnum() for character in line.marker)
        names.append(f"{line.marker} {line.text}" if numbered else line.text)
    return tuple(name for name in names if name and name.lower().rstrip(".") not in _NONE)
