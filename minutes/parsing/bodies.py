"""Bodies named in a text: forums, committees, councils and groups, under one name for each of their spellings.

"CFs", "chefforum" and "Chefforummets" are Chefforum. A bare "udvalget" or "gruppen" is whoever is speaking, and is
left out; "området" and "rådhuset" are no councils.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# As the minutes of Albertslund Kommune use them.
ABBREVIATIONS = {
    "CF": "Chefforum",
    "DIF": "Direktørforum",
    "KB": "Kommunalbestyrelsen",
    "ØU": "Økonomiudvalget",
}

_KIND = r"(?:udvalget|(?<!om)rådet|bestyrelsen|nævnet|kommissionen|fonden|forum(?:met)?)"
_WHOLE = (
    r"(?:(?:styre|arbejds|projekt|følge|ledelses|chef|direktør)gruppen|direktionen|folketinget|[a-zæøå-]{2,40}?"
    rf"{_KIND})"
)
# Lengths are bounded, so that no text, however odd, takes long.
_BODY = re.compile(
    rf"(?<![\w-])(?:(?:{'|'.join(ABBREVIATIONS)})(?:['’]?s)?(?![\w-])"
    r"|(?i:udvalget)\s+for\s+[A-ZÆØÅ][\w-]+(?:(?:,\s+|\s+og\s+|\s+&\s+)(?!Udvalget)[A-ZÆØÅ][\w-]+){0,6}"
    rf"|(?:[A-ZÆØÅ][a-zæøå]+-(?:,\s+[A-ZÆØÅ][a-zæøå]+-){{0,4}}\s+(?:og|&)\s+)?(?i:{_WHOLE})s?"
    r"|[A-ZÆØÅ][a-zæøå]+MED(?:-udvalget)?)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class BodyMention:
    """A body named in a text, with the name that all its spellings share."""

    start: int
    end: int
    name: str


def find_bodies(text: str) -> list[BodyMention]:
    """Every body named in `text`, in order, none overlapping another."""
    return [BodyMention(match.start(), match.end(), body_name(match[0])) for match in _BODY.finditer(text)]


def body_name(printed: str) -> str:
    """The one name of a body however printed: no abbreviation, no genitive, a capital first."""
    name = " ".join(printed.split())
    abbreviation = re.sub(r"['’]?s$", "", name)
    if abbreviation.upper() in ABBREVIATIONS and abbreviation.isupper():
        return ABBREVIATIONS[abbreviation]
    name = re.sub(r"(?<=[a-zæøå]{3}[emnt])s$", "", name)
    name = re.sub(r"(?i)(?<=forum)met$", "", name)
    return name[:1].upper() + name[1:]
