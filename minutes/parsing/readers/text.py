"""Plain text: every physical line is a Line."""

from __future__ import annotations

import re

from minutes.parsing.limits import Limits
from minutes.parsing.readers.cleaning import clean
from minutes.parsing.readers.encoding import decode
from minutes.parsing.readers.markers import Nesting, split_marker
from minutes.parsing.readers.plain_lines import (
    goes_on,
    indent_of,
    physical_lines,
    warn_about_characters,
    wrap_width,
)
from minutes.parsing.readers.rows import find_rows, split_row
from minutes.parsing.types import Line, ReadDocument

RULE = re.compile(r"\s*([-=_*~.])\1{2,}\s*")  # a line of signs drawn below a heading or between parts


def read_text(content: bytes, limits: Limits) -> ReadDocument:
    """The lines of a plain text file, their numbers as an editor shows them. Blank lines are left out.

    Raises UnknownKind where the bytes are no text, TooLarge for an endless line.
    """
    decoded = decode(content)
    sources = physical_lines(decoded.text, limits)
    rows = find_rows(sources)
    width = wrap_width(sources)
    nesting = Nesting()
    lines: list[Line] = []
    before = ""
    for number, source in enumerate(sources, start=1):
        shown = clean(source)
        if number - 1 in rows:
            cells, bold = split_row(source)
            first = number - 2 not in rows
            lines.append(Line("\t".join(cells), number, cells=cells, bold=bold, header=bold and first))
            nesting.reset()
        elif shown.strip() and not RULE.fullmatch(source):
            lines.append(_line(shown, before, number, width, nesting))
        before = "" if number - 1 in rows else shown
    return ReadDocument("text/plain", tuple(lines), warnings=warn_about_characters(decoded, sources))


def _line(shown: str, before: str, number: int, width: int | None, nesting: Nesting) -> Line:
    marker, text = split_marker(shown.strip())
    indent = indent_of(shown)
    if marker:
        return Line(text.strip(), number, marker=marker, depth=nesting.depth(indent, marker))
    in_entry = bool(nesting.levels) and indent > nesting.levels[-1][0] and bool(before.strip())
    continues = in_entry or goes_on(before, shown, width)
    if not continues and not indent:
        nesting.reset()
    return Line(text, number, continues=continues)
