"""Who proposes, and what: "X indstiller," and the "at …" lines after it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minutes.parsing.flow import Vocabulary, paragraphs
from minutes.parsing.types import Line, Proposal

_VERB = r"(?:indstiller|anbefaler|foreslår|indstilles|anbefales|foreslås)"
_WHO = r"(?:[^\n]*[.!?]\s+(?=[A-ZÆØÅ]))?(?P<who>\S(?:.*?\S)?)"  # of the last sentence, if there are several
# "Kommunaldirektøren indstiller," / "… indstiller til Chefforum:" / "Det indstilles," / "… indstiller, at:" and also
# "Forvaltningen indstiller, at Økonomiudvalget over for Kommunalbestyrelsen anbefaler,": the list says what.
_PROPOSER = re.compile(
    rf"{_WHO}\s+{_VERB}(?:[ ,][^.]{{1,200}}\b(?:{_VERB}|anbefale|indstille|at|til|følgende)"
    r"|\s+(?:over for|overfor|til)\s+[^,:]{1,60})?\s*[,:]*",
)
# The same with the proposal in the same sentence: "Direktionen indstiller, at punktet drøftes."
_IN_ONE = re.compile(
    rf"{_WHO}\s+{_VERB}(?:\s+(?:over for|overfor|til)\s+[^,:]{{1,60}})?\s*[,:]?\s+(?P<what>at\s.+)",
    re.DOTALL,
)
_OPENING = re.compile(r".*\b(?:indstiller|indstilles)\s*(?:[,:]*|[,:]?\s+at\s*[,:]*|[ ,][^.]{1,200}\bat\s*:)")
_LONGEST = 400
_AT = re.compile(r"at\b", re.IGNORECASE)
_NOBODY = {"det", "der", "herefter", "på den baggrund"}  # "Det indstilles, at …" names no proposer


def opens(lines: Sequence[Line], index: int) -> bool:
    """Whether a recommendation begins at `index`: a line that ends in "indstiller" and an "at …" line after it."""
    line = lines[index]
    if line.continues or line.marker is not None or line.cells is not None:
        return False
    whole = line.text
    following = index + 1
    while following < len(lines) and lines[following].continues and len(whole) <= _LONGEST:
        whole += " " + lines[following].text
        following += 1
    if following >= len(lines) or len(whole) > _LONGEST or not _OPENING.fullmatch(whole):
        return False
    first = lines[following]
    listed = first.marker is not None and re.search(r"\bat\s*:?$", whole)
    return bool(listed or _AT.match(first.text))


def recognise(lines: Sequence[Line], vocabulary: Vocabulary) -> tuple[Proposal, ...]:
    """The proposals of an Indstilling's lines. A list without a proposer belongs to a blank one; prose is none."""
    found: list[tuple[str, list[str]]] = []
    whole = paragraphs(lines, vocabulary)
    outermost = min((line.depth for line in whole if line.marker is not None), default=0)
    for line in whole:
        text = line.text.strip()
        if line.marker is not None and found and line.depth > outermost and found[-1][1]:
            found[-1][1][-1] += f"\n{line.marker} {text}"
        elif line.marker is not None or _AT.match(text):
            if not found:
                found.append(("", []))
            found[-1][1].append(text)
        elif len(text) <= _LONGEST and (match := _PROPOSER.fullmatch(text)):
            found.append((_who(match["who"]), []))
        elif len(text) <= 10 * _LONGEST and (match := _IN_ONE.fullmatch(text)):
            found.append((_who(match["who"]), [match["what"]]))
    return tuple(Proposal(who, tuple(what)) for who, what in found if who or what)


def _who(text: str) -> str:
    who = " ".join(text.split()).rstrip(",:")
    return "" if who.lower() in _NOBODY else who
