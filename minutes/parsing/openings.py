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
_ENDED = (".", ":", "!", "?", ")", "”", '"')


def release(lines: Sequence[Line]) -> list[Line]:
    """The same lines, `continues` taken back where a line opens a part."""
    released: list[Line] = []
    for line in lines:
        if line.continues and released and _opens(released[-1], replace(line, continues=False)):
            line = replace(line, continues=False)
        released.append(line)
    return released


def _opens(before: Line, line: Line) -> bool:
    if find_case_number(line.text):
        return True
    heading = sections.kind_of(line)
    if heading is None and not _ITEM.match(line.text):
        return False
    opened_before = sections.kind_of(before) or find_case_number(before.text)
    set_apart = line.bold != before.bold or line.size != before.size or line.text.endswith(":")
    return bool(opened_before) or set_apart or before.text.endswith(_ENDED)
