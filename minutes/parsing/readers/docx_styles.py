"""What a Word style says of its paragraphs and characters, also through the styles it is based on."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

Element = Any  # lxml ships no types

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = W + "val"
BODY_LEVEL = 9  # Word's outline level of body text
# Word keeps its own names English in every language; other programs write the name that is shown.
_HEADING_NAME = re.compile(r"(?:heading|overskrift)\s*([1-9])", re.IGNORECASE)
_TITLE_NAMES = frozenset({"title", "titel", "toc heading", "overskrift til indholdsfortegnelse"})


@dataclass(frozen=True, slots=True)
class Look:
    """What a style, or the default, sets; None where it sets nothing."""

    heading: int | None = None
    bold: bool | None = None
    italic: bool | None = None
    size: float | None = None
    hidden: bool | None = None
    numbering: tuple[int, int | None] | None = None  # the list's id and level
    indent: int | None = None  # twentieths of a point


def number(element: Element | None, attribute: str = VAL) -> int | None:
    """An attribute's whole number, None where it is not there or is none."""
    value = element.get(attribute) if element is not None else None
    try:
        return int(float(value)) if value is not None else None
    except (ValueError, OverflowError):
        return None


def switch(properties: Element | None, name: str) -> bool | None:
    """A property that is on by standing there, and off by saying so; None where it is not there."""
    element = properties.find(W + name) if properties is not None else None
    if element is None:
        return None
    return element.get(VAL) not in ("0", "false", "off", "none")


def look_of(paragraph: Element | None, run: Element | None) -> Look:
    """What paragraph properties (w:pPr) and run properties (w:rPr) say by themselves."""
    size = number(run.find(W + "sz")) if run is not None else None
    look = Look(
        bold=switch(run, "b"),
        italic=switch(run, "i"),
        hidden=switch(run, "vanish"),
        size=size / 2 if size else None,
    )
    if paragraph is None:
        return look
    outline = number(paragraph.find(W + "outlineLvl"))
    numbering = paragraph.find(W + "numPr")
    indent = paragraph.find(W + "ind")
    left = number(indent, W + "left") if indent is not None else None
    if left is None and indent is not None:
        left = number(indent, W + "start")
    list_id = number(numbering.find(W + "numId")) if numbering is not None else None
    level = number(numbering.find(W + "ilvl")) if numbering is not None else None
    return replace(
        look,
        heading=_heading(outline),
        numbering=(list_id if list_id is not None else -1, level) if numbering is not None else None,
        indent=left,
    )


def _heading(outline: int | None) -> int | None:
    """A heading's level; 0 for what says that it is body text."""
    if outline is None or outline < 0:
        return None
    return 0 if outline >= BODY_LEVEL else min(outline + 1, 6)


class Styles:
    """The styles of one document, looked up by id."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._looks: dict[str, Look] = {}
        self.default_paragraph: str | None = None
        self.defaults = Look()
        if root is None:
            return
        for style in root.iter(W + "style"):
            identifier = style.get(W + "styleId")
            if identifier:
                self._elements.setdefault(identifier, style)
                if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true"):
                    self.default_paragraph = identifier
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        if defaults is not None:
            self.defaults = look_of(None, defaults)

    def look(self, identifier: str | None) -> Look:
        """What a style sets, with what it takes from the styles it is based on."""
        if identifier is None or identifier not in self._elements:
            return Look()
        if identifier not in self._looks:
            self._looks[identifier] = Look()  # a circle of styles ends here
            style = self._elements[identifier]
            base = style.find(W + "basedOn")
            inherited = self.look(base.get(VAL) if base is not None else None)
            own = look_of(style.find(W + "pPr"), style.find(W + "rPr"))
            name = style.find(W + "name")
            own = replace(own, heading=_heading_of_name(name.get(VAL) if name is not None else "") or own.heading)
            self._looks[identifier] = over(own, inherited)
        return self._looks[identifier]


def over(upper: Look, lower: Look) -> Look:
    """`upper`, and where it says nothing, `lower`. A style that changes only a list's level keeps its list."""
    numbering = upper.numbering or lower.numbering
    if upper.numbering and upper.numbering[0] == -1 and lower.numbering:
        numbering = (lower.numbering[0], upper.numbering[1])
    return Look(
        heading=lower.heading if upper.heading is None else upper.heading,
        bold=lower.bold if upper.bold is None else upper.bold,
        italic=lower.italic if upper.italic is None else upper.italic,
        size=upper.size or lower.size,
        hidden=lower.hidden if upper.hidden is None else upper.hidden,
        numbering=numbering,
        indent=lower.indent if upper.indent is None else upper.indent,
    )


def _heading_of_name(name: str | None) -> int | None:
    found = _HEADING_NAME.fullmatch((name or "").strip())
    if found:
        return min(int(found[1]), 6)
    return 1 if (name or "").strip().lower() in _TITLE_NAMES else None
