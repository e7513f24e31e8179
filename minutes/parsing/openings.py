"""Lines that the reader took for the rest of a paragraph although their words open a part of the minutes.

Readers join lines by form: geometry in a PDF, length in a text file. Where form and words disagree, words win, but only
where the line before can have come to its end: "…træffes der en" + "Beslutning" stays one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from minutes.casenumber import find_case_number
from minutes.parsing import sections
from minutes.parsing.types import Line

_ITEM = re.compile(r"(?:Punkt|Pkt\.?|Dagsordenspunkt)\s*\d{1,3}\s*:\s")
# "… træffes der en" wants to go on.
_OPEN_ENDED = re.compile(
    r"(?:[,;–-]|\b(?:en|et|den|det|de|der|og|eller|samt|til|af|om|i|på|som|at|for|fra|med|uden|ingen|hver|denne|dette|disse"
    r"|sin|sit|dens|dets|deres|nye?|se|jf\.?|vedlagte|endelig|træffe[rs]?))$",
    re.IGNORECASE,
)
_ENDED = (".", ":", "!", "?", ")", "”", '"')


def release(lines: Sequence[Line]) -> list[Line]:
    """The same lines, `continues` taken back where a line opens a part."""
    released: list[Line] = []
    for index, line in enumerate(lines):
        if line.continues and released and _may_open(line.text):
            ends = index + 1 == len(lines) or not lines[index + 1].continues
            if _opens(released[-1], replace(line, continues=False), ends=ends):
                line = replace(line, continues=False)
        released.append(line)
    return released


def _may_open(text: str) -> bool:
    """Nearly every line that goes on begins with a small letter, and needs no closer look."""
    return not text[:1].islower() or "nr" in text[:20]


def _opens(before: Line, line: Line, *, ends: bool) -> bool:
    """Whether `line`, which `ends` its paragraph or not, opens a part instead of going on with `before`."""
    if find_case_number(line.text):
        return True
    ended = before.text.endswith(_ENDED)
    heading = sections.kind_of(line)
    if heading is None:
        return ended and (_ITEM.match(line.text) is not None or sections.inline_heading(line) is not None)
    if sections.names_day(line.text) or sections.kind_of(before) or find_case_number(before.text):
        return True
    set_apart = line.bold != before.bold or line.size != before.size or line.text.endswith(":")
    # The last line of a paragraph ends in a full stop; one that does not, and is a heading's word, is a heading.
    whole = ends and not _OPEN_ENDED.search(before.text)
    return set_apart or ended or whole
