"""What plain text and Markdown share: physical lines, wrapping, warnings about characters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minutes.parsing.errors import TooLarge
from minutes.parsing.limits import Limits
from minutes.parsing.readers.cleaning import count_control
from minutes.parsing.readers.encoding import Decoded
from minutes.parsing.readers.markers import split_marker
from minutes.parsing.types import Warning

TAB = 4  # columns of a tab in an indent
WRAP_NARROWEST, WRAP_WIDEST = 50, 110  # columns at which people and mail programs break lines

_NUMBERED_PART = re.compile(r"\d{2}\.\d{2}\.\d{2}[-. ]|punkt\s+\d+|\d+\.\d+\.?\s", re.IGNORECASE)
# Words that begin no line of their own: what they join stands on the line before.
_JOINS = re.compile(r"\s*(?:og|eller|samt|men|som|der|hvor|af|for|i|på|med|til|fra)\s")
_ENDS = ".:;!?\t"
_WITH_LINE_END = re.compile(r"\r\n|\r|\n")


def physical_lines(text: str, limits: Limits) -> list[str]:
    """Lines as an editor counts them. Raises TooLarge for an endless one."""
    lines = _WITH_LINE_END.split(text)
    for number, line in enumerate(lines, start=1):
        if len(line) > limits.max_line_characters:
            shown = f"{limits.max_line_characters:,}".replace(",", ".")
            raise TooLarge(
                f"Linje {number} er længere end {shown} tegn. Det er næppe et referat: "
                "kontrollér filen, eller gem den igen med linjeskift.",
                line=number,
            )
    return lines


def indent_of(line: str) -> int:
    """The columns before the first character that shows."""
    lead = line[: len(line) - len(line.lstrip())]
    return len(lead.replace("\u00a0", " ").expandtabs(TAB))


def wrap_width(lines: Sequence[str]) -> int | None:
    """The column at which a text was wrapped by hand or by a mail program; None where lines are whole paragraphs."""
    widest = max((len(line.rstrip()) for line in lines if " " in line.strip() and "\t" not in line), default=0)
    return widest if WRAP_NARROWEST <= widest <= WRAP_WIDEST else None


def goes_on(before: str, line: str, width: int | None) -> bool:
    """Whether `line` goes on with the paragraph of the line right before it.

    In a text that was wrapped, a line breaks where its next word did not fit any more: had the first word of this
    line fitted on the line before, the break was meant.
    """
    if before.strip() and _JOINS.match(line) and before.rstrip()[-1] not in _ENDS:
        return True
    if width is None or not before.strip() or _NUMBERED_PART.match(line.lstrip()) or split_marker(line.lstrip())[0]:
        return False
    first_word = line.split(maxsplit=1)[0]
    if len(before.rstrip()) + 1 + len(first_word) <= width:
        return False
    is_heading = len(line.split()) <= 2 and line.lstrip()[0].isupper() and line.rstrip()[-1] not in ".,;:"
    return not (is_heading and before.rstrip()[-1] in ".!?:")


def warn_about_characters(decoded: Decoded, lines: Sequence[str]) -> tuple[Warning, ...]:
    """What was taken away or could not be read, with the first line where it happened."""
    warnings = []
    control = count_control(decoded.text)
    if control:
        first = next(number for number, line in enumerate(lines, start=1) if count_control(line))
        warnings.append(
            Warning("control_characters", f"{control} styretegn, som ikke kan vises, er fjernet.", line=first)
        )
    if decoded.broken:
        first = next((number for number, line in enumerate(lines, start=1) if "\ufffd" in line), 1)
        warnings.append(
            Warning("broken_characters", f"{decoded.broken} tegn kunne ikke læses og vises som \ufffd.", line=first)
        )
    return tuple(warnings)
