"""List markers at the beginning of a line, and how deep an indented entry is nested."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

BULLET = "-"
BULLETS = "•●○◦‣·▪■□–—*-"

_MARKER = re.compile(
    rf"(?P<marker>[{re.escape(BULLETS)}]|o(?=\t|[ ]{{2}})|\(?(?:\d{{1,3}}|[a-zæøå]|[ivx]{{1,5}})[.)])"
    r"(?P<gap>[ \t]+)(?=\S)"
)
# "14. juni 2017 besluttede Chefforum …" opens a sentence, not a list.
_DATE = re.compile(
    r"\d{1,2}\.[ \t]*(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|okt|nov|dec)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\(?(\d+)[.)]")


def split_marker(text: str) -> tuple[str | None, str]:
    """A line without its list marker: ("1.", "at …") for "1. at …", (None, text) where it has none.

    All bullets become "-": which sign was chosen says nothing.
    """
    found = _MARKER.match(text)
    if not found or _DATE.match(text):
        return None, text
    marker = found["marker"]
    return BULLET if marker in BULLETS or marker == "o" else marker, text[found.end() :]


@dataclass(slots=True)
class Nesting:
    """Turns the indents of list entries into depths, entry by entry.

    Any deeper indent nests, be it one blank (DOMAIN, irregularity 6), except where two numbers follow on each other:
    " 9." above "10." is one list set flush right.
    """

    levels: list[tuple[float, str]] = field(default_factory=list)
    slack: float = 0.0  # how far two indents may differ and still be the same

    def reset(self) -> None:
        """A paragraph outside the list ends it."""
        self.levels.clear()

    def depth(self, indent: float, marker: str) -> int:
        """The depth of the next entry, 0 outermost."""
        while self.levels and indent < self.levels[-1][0] - self.slack:
            if len(self.levels) > 1 or not _follows(self.levels[-1][1], marker):
                self.levels.pop()
            else:
                break
        if self.levels and (abs(indent - self.levels[-1][0]) <= self.slack or _follows(self.levels[-1][1], marker)):
            self.levels[-1] = (indent, marker)
        else:
            self.levels.append((indent, marker))
        return len(self.levels) - 1


def _follows(before: str, marker: str) -> bool:
    first, second = _NUMBER.fullmatch(before), _NUMBER.fullmatch(marker)
    return bool(first and second and int(second[1]) == int(first[1]) + 1)
