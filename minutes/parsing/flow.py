"""Lines into Markdown: paragraphs joined, lists nested, tables drawn, and nothing taken for markup that was not.

The text of a referat is data: what a line says is what the rendered Markdown says, to the letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import groupby

from minutes.parsing.types import Line

_HYPHENS = "-\u2010\u00ad"  # as printed, as Unicode's own, and soft
# "arbejds- og mødekultur": the hyphen stands for the rest of the next word, so it stays, with its blank.
_AFTER_SUSPENDED = frozenset({"og", "eller", "samt", "til", "men", "og/eller", "hhv", "henholdsvis", "som"})
# Short first parts that Danish writes with a hyphen (Retskrivningsordbogen § 57: initials and single letters).
_HYPHENATED_FIRST = frozenset({"e", "it", "tv", "pc", "hr", "id", "eu", "kl", "cpr", "cvr", "usb", "pdf", "ph.d", "ai"})

_LOOK_BACK = 200  # characters: longer than any word
_WORD_BEFORE = re.compile(r"(?<![\w./])([\w./]+)[-\u2010\u00ad]$")
_WORD_AFTER = re.compile(r"^([\w/]+)")
_WORD = re.compile(r"\w+")
_HYPHENATED = re.compile(r"(?<!\w)\w+(?:-\w+)+")

_MARKS = re.compile(
    r"""
      \\(?=[!-/:-@\[-`{-~])                 # a backslash that CommonMark would take for an escape
    | `                                     # code
    | \*(?!\s) | (?<!\s)\*                  # emphasis, unless it stands alone
    | (?<!\w)_(?=\S) | (?<=\S)_(?!\w)       # emphasis; inside a word an underscore means itself
    | <(?=[A-Za-z/!?])                      # HTML and <address>
    | &(?=\#?\w+;)                          # an entity
    | \](?=[(\[:]) | (?<=\])\[              # a link or the definition of one
    | !(?=\[)
    """,
    re.VERBOSE,
)
_OPENERS = re.compile(r"^(?:([#>+\-=~|:])|(\d{1,9})([.)])(?=\s|$)|(\[))")


def escape(text: str) -> str:
    """Plain text as CommonMark that renders as just that text. No line of it opens a heading, list, table or rule."""
    return escape_opening(_MARKS.sub(r"\\\g<0>", text))


def escape_opening(markdown: str) -> str:
    """Inline Markdown so that its first character opens no block."""
    opener = _OPENERS.match(markdown)
    if opener is None:
        return markdown
    symbol, digits, dot, bracket = opener.groups()
    if digits:
        return f"{digits}\\{dot}{markdown[opener.end() :]}"
    if bracket:
        return f"\\{markdown}"
    if symbol in "#>+-" and not re.match(r"(?:#{1,6}|[>+\-])(?:\s|$)|-[-\s]*$|>", markdown):
        return markdown  # "-0,511" and "#metoo" mean themselves
    return f"\\{markdown}"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one document, to tell a hyphen that belongs to a word from one that only breaks the line."""

    whole: frozenset[str]
    hyphenated: frozenset[str]

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Vocabulary:
        """All words of `lines` that do not themselves stand at a break."""
        whole: set[str] = set()
        hyphenated: set[str] = set()
        for line in lines:
            inner = line.text.rstrip(_HYPHENS) if line.text.endswith(tuple(_HYPHENS)) else line.text
            inner = inner.lower()
            if "-" in inner:
                hyphenated.update(_HYPHENATED.findall(inner))
            whole.update(_WORD.findall(inner))
        return cls(frozenset(whole), frozenset(hyphenated))


def join(before: str, after: str, vocabulary: Vocabulary) -> str:
    """Two lines of one paragraph as one, the hyphen at the break undone where the word is whole without it."""
    first, second = _WORD_BEFORE.search(before), _WORD_AFTER.match(after)
    if first is None or second is None:
        return f"{before.rstrip(chr(0xAD))} {after}".strip()
    head, tail = first[1], second[1]
    if tail.lower() in _AFTER_SUSPENDED:
        return f"{before[:-1]}- {after}"
    kept = f"{before[:-1]}-{after}"
    if f"{head}-{tail}".lower() in vocabulary.hyphenated:
        return kept
    if f"{head}{tail}".lower() in vocabulary.whole:
        return before[:-1] + after
    head_is_name = head[-1].isdigit() or head[-1] == "." or (len(head) > 1 and head.isupper())
    if head_is_name or not tail[0].islower() or head.lower() in _HYPHENATED_FIRST:
        return kept
    return before[:-1] + after


def paragraphs(lines: Sequence[Line], vocabulary: Vocabulary) -> list[Line]:
    """Lines that continue one another joined, each into the first of them; tables' rows stay as they are."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and line.continues and line.cells is None and groups[-1][0].cells is None:
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_joined(group, vocabulary) for group in groups]


def _joined(group: Sequence[Line], vocabulary: Vocabulary) -> Line:
    first = group[0]
    if len(group) == 1:
        return first
    text = _join_all([line.text for line in group], vocabulary)
    if all(line.markdown is None for line in group):
        return replace(first, text=text)
    marked = [line.markdown or escape(line.text) for line in group]
    return replace(first, text=text, markdown=_join_all(marked, vocabulary))


def _join_all(texts: Sequence[str], vocabulary: Vocabulary) -> str:
    """Many lines joined; only the end of what came before is looked at again, however long the paragraph grows."""
    done: list[str] = []
    end = texts[0]
    for text in texts[1:]:
        cut = end.rfind(" ", 0, -_LOOK_BACK) + 1
        if cut:
            done.append(end[:cut])
            end = end[cut:]
        end = join(end, text, vocabulary)
    return "".join(done) + end


def to_markdown(lines: Sequence[Line], vocabulary: Vocabulary) -> str:
    """The lines of one section as CommonMark with tables; no blank lines at either end."""
    blocks: list[str] = []
    for is_table, group in groupby(paragraphs(lines, vocabulary), key=lambda line: line.cells is not None):
        if is_table:
            blocks.extend(_tables(list(group), vocabulary))
        else:
            blocks.extend(_blocks(list(group)))
    return "\n\n".join(blocks)


def _tables(rows: Sequence[Line], vocabulary: Vocabulary) -> list[str]:
    """One table for each run of rows; a row marked as header opens a new one only after ordinary rows."""
    tables: list[list[Line]] = []
    for row in rows:
        if not tables or (
            row.header and not tables[-1][-1].header and len(row.cells or ()) != len(tables[-1][0].cells or ())
        ):
            tables.append([])
        tables[-1].append(row)
    return [_table(table, vocabulary) for table in tables]


def _table(rows: Sequence[Line], vocabulary: Vocabulary) -> str:
    cells = [list(row.cells or ()) for row in rows]
    width = max(map(len, cells))
    drawn = [_row(row + [""] * (width - len(row)), vocabulary) for row in cells]
    return "\n".join([drawn[0], "|" + " --- |" * width, *drawn[1:]])


def _row(cells: Sequence[str], vocabulary: Vocabulary) -> str:
    whole = (reduce(lambda before, after: join(before, after, vocabulary), cell.split(), "") for cell in cells)
    escaped = (_MARKS.sub(r"\\\g<0>", cell).replace("|", "\\|") for cell in whole)
    return "| " + " | ".join(escaped) + " |"


def _blocks(lines: Sequence[Line]) -> list[str]:
    blocks: list[str] = []
    lists = _Lists()
    for line in lines:
        inline = line.markdown if line.markdown is not None else _MARKS.sub(r"\\\g<0>", line.text)
        entry = lists.entry(line)
        if entry is None:
            blocks.append(_paragraph(line, inline))
        elif entry.glue:
            blocks[-1] += f"{entry.glue}{entry.opening}{escape_opening(inline)}"
        else:
            blocks.append(f"{entry.opening}{escape_opening(inline)}")
    return blocks


def _paragraph(line: Line, inline: str) -> str:
    if line.marker is not None:  # a marker that CommonMark cannot carry, such as "a)", stands as text
        return escape_opening(f"{line.marker} {inline}")
    if line.heading is not None:
        return f"{'#' * min(max(line.heading, 2), 6)} {inline}"
    return escape_opening(inline)


@dataclass(frozen=True, slots=True)
class _Entry:
    opening: str  # indent and marker
    glue: str  # what stands between it and the entry before; blank: it opens a block


@dataclass(frozen=True, slots=True)
class _Level:
    symbol: str  # "-", "*", "." or ")"
    number: int
    width: int  # of the marker: how far an entry inside it stands in


# CommonMark counts on when a list follows a list of the same symbol; another symbol begins a new one.
_OTHER = {"-": "*", "*": "-", ".": ")", ")": "."}


class _Lists:
    """Goes through lines and tells of each list entry how it is written so that its printed number is the shown one."""

    def __init__(self) -> None:
        self._levels: list[_Level] = []  # the lists that are open, outermost first

    def entry(self, line: Line) -> _Entry | None:
        symbol, number = _symbol(line.marker)
        if symbol is None:
            self._levels = []
            return None
        depth = min(line.depth, len(self._levels))
        before = self._levels[depth] if depth < len(self._levels) else None
        goes_on = before is not None and _goes_on(before, symbol, number)
        if before is not None and goes_on:
            symbol = before.symbol
        elif before is not None and (before.symbol == symbol or {before.symbol, symbol} == {".", ")"}):
            symbol = _OTHER[before.symbol]
        opening = f"{symbol} " if symbol in "-*" else f"{number}{symbol} "
        indent = sum(level.width for level in self._levels[:depth])
        self._levels = [*self._levels[:depth], _Level(symbol, number, len(opening))]
        if goes_on:
            glue = "\n"
        elif depth == 0:
            glue = ""
        else:  # a list that does not begin with 1 cannot follow its parent's text without a blank line
            glue = "\n" if symbol in "-*" or number == 1 else "\n\n"
        return _Entry(" " * indent + opening, glue)


def _goes_on(before: _Level, symbol: str, number: int) -> bool:
    if symbol == "-":
        return before.symbol in "-*"
    return before.symbol in ".)" and number == before.number + 1


def _symbol(marker: str | None) -> tuple[str | None, int]:
    if marker is None:
        return None, 0
    if numbered := re.fullmatch(r"(\d{1,9})([.)])", marker):
        return numbered[2], int(numbered[1])
    return ("-", 0) if not any(character.isalnum() for character in marker) else (None, 0)
