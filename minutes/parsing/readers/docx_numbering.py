"""Numbers and bullets of Word lists: not in the text, but counted while reading, as Word counts them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from minutes.parsing.readers.docx_styles import VAL, Element, Styles, W, number
from minutes.parsing.readers.markers import BULLET

LEVELS = 9
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list."""

    form: str = "decimal"
    text: str = "%1."
    start: int = 1
    indent: int | None = None
    restarts: bool = True  # begins anew below each entry of the level above
    legal: bool = False  # all numbers in it decimal
    style: str | None = None


@dataclass(slots=True)
class _List:
    """A list that paragraphs name by its id. Lists of one abstract list count together."""

    abstract: int
    levels: dict[int, Level] = field(default_factory=dict)
    restart_at: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Label:
    """What Word prints before an entry, and the indent that its list gives it."""

    text: str
    level: int
    indent: int | None


class Numbering:
    """The lists of one document and how far each has counted."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._lists: dict[int, _List] = {}
        self._counted: dict[int, dict[int, int]] = {}
        self._used: set[tuple[int, int]] = set()
        if root is None:
            return
        abstracts = {number(element, W + "abstractNumId"): element for element in root.iter(W + "abstractNum")}
        for element in root.iter(W + "num"):
            identifier, abstract = number(element, W + "numId"), number(element.find(W + "abstractNumId"))
            if identifier is not None and abstract is not None:
                self._lists[identifier] = _read_list(element, abstract, abstracts)
        for element in root.iter(W + "abstractNum"):
            self._follow_style(element, styles)

    def _follow_style(self, element: Element, styles: Styles) -> None:
        """An abstract list may name a list style, whose own list then holds the levels."""
        link = element.find(W + "numStyleLink")
        abstract = number(element, W + "abstractNumId")
        target = styles.look(link.get(VAL)).numbering if link is not None else None
        if not target or target[0] not in self._lists:
            return
        source = self._lists[target[0]]
        for entry in self._lists.values():
            if entry.abstract == abstract:
                entry.levels = {**source.levels, **entry.levels}

    def label(self, list_id: int, level: int | None, style: str | None) -> Label | None:
        """Count one entry on and say what is printed before it. None where the list has no such thing."""
        entry = self._lists.get(list_id)
        if entry is None:
            return None
        if level is None:
            level = next((index for index, known in entry.levels.items() if style and known.style == style), 0)
        level = min(max(level, 0), LEVELS - 1)
        shape = entry.levels.get(level, Level())
        if shape.form == "bullet":
            return Label(BULLET, level, shape.indent)
        self._count(list_id, entry, level, shape)
        if shape.form == "none" and "%" in shape.text:
            return Label("", level, shape.indent)
        return Label(self._printed(entry, shape), level, shape.indent)

    def _count(self, list_id: int, entry: _List, level: int, shape: Level) -> None:
        counted = self._counted.setdefault(entry.abstract, {})
        if (list_id, level) not in self._used and level in entry.restart_at:
            counted[level] = entry.restart_at[level]
        elif level in counted:
            counted[level] += 1
        else:
            counted[level] = shape.start
        self._used.add((list_id, level))
        for deeper in [index for index in counted if index > level]:
            if entry.levels.get(deeper, Level()).restarts:
                del counted[deeper]

    def _printed(self, entry: _List, shape: Level) -> str:
        counted = self._counted[entry.abstract]

        def value(found: re.Match[str]) -> str:
            index = int(found[1]) - 1
            level = entry.levels.get(index, Level())
            return written(counted.get(index, level.start), "decimal" if shape.legal else level.form)

        return re.sub(r"%([1-9])", value, shape.text).strip()


def _read_list(element: Element, abstract: int, abstracts: dict[int | None, Element]) -> _List:
    entry = _List(abstract)
    base = abstracts.get(abstract)
    if base is not None:
        for shape in base.iterchildren(W + "lvl"):
            index = number(shape, W + "ilvl")
            if index is not None:
                entry.levels[index] = _read_level(shape)
    for override in element.iterchildren(W + "lvlOverride"):
        index = number(override, W + "ilvl")
        if index is None:
            continue
        shape = override.find(W + "lvl")
        if shape is not None:
            entry.levels[index] = _read_level(shape)
        start = number(override.find(W + "startOverride"))
        if start is not None:
            entry.restart_at[index] = start
    return entry


def _read_level(element: Element) -> Level:
    def value(name: str) -> str | None:
        child = element.find(W + name)
        return child.get(VAL) if child is not None else None

    indent = element.find(f"{W}pPr/{W}ind")
    left = number(indent, W + "left")
    start = number(element.find(W + "start"))
    return Level(
        form=value("numFmt") or "decimal",
        text=value("lvlText") or "",
        start=1 if start is None else start,
        indent=number(indent, W + "start") if left is None else left,
        restarts=value("lvlRestart") != "0",
        legal=element.find(W + "isLgl") is not None,
        style=value("pStyle"),
    )


def written(count: int, form: str) -> str:
    """A number in one of Word's forms; forms of other scripts are written as digits."""
    if form in ("lowerLetter", "upperLetter"):
        # Word goes on with aa, bb … after z.
        letter = chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, 10) if count > 0 else "0"
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        roman = _roman(count)
        return roman.upper() if form == "upperRoman" else roman
    if form == "decimalZero":
        return f"{count:02d}"
    if form == "ordinal":
        return f"{count}."
    return "" if form in ("none", "bullet") else str(count)


def _roman(count: int) -> str:
    if not 0 < count < 4000:
        return str(count)
    digits = ""
    for value, sign in _ROMAN:
        while count >= value:
            digits, count = digits + sign, count - value
    return digits
