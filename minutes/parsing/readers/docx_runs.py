"""What stands inside one Word paragraph: runs of characters, line breaks, links, notes, text boxes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from minutes.parsing.readers.cleaning import clean
from minutes.parsing.readers.docx_styles import VAL, Element, Look, Styles, W, look_of, over
from minutes.parsing.readers.inline import Run

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

# Deleted and moved text, properties, instructions of fields, and what is read elsewhere or not at all.
_SKIPPED = frozenset(
    W + name for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "commentReference", "rt", "sdtPr")
)
_INSERTED = frozenset({W + "ins", W + "moveTo", W + "del", W + "moveFrom"})
_BREAKS = frozenset({W + "cr", W + "br"})


@dataclass(slots=True)
class Content:
    """A paragraph's runs line by line, and what hangs on it."""

    lines: list[list[Run]] = field(default_factory=lambda: [[]])
    boxes: list[Element] = field(default_factory=list)  # contents of text boxes
    notes: list[tuple[str, str]] = field(default_factory=list)  # ("footnote", id)
    size: float | None = None
    tracked: bool = False  # somebody's changes that nobody has accepted yet
    bold: bool = False  # every character, be it by its style


class RunReader:
    """Reads paragraphs with the styles and link targets of one document."""

    def __init__(self, styles: Styles, targets: Mapping[str, str]) -> None:
        self._styles = styles
        self._targets = targets
        self._note_count = 0

    def read(self, paragraph: Element, look: Look) -> Content:
        """The content of a w:p whose style looks like `look`."""
        content = Content()
        base = over(look, self._styles.defaults)
        shown: list[bool] = []
        self._walk(paragraph, base, None, content, shown)
        content.bold = bool(shown) and all(shown)
        return content

    def _walk(self, parent: Element, base: Look, link: str | None, content: Content, shown: list[bool]) -> None:
        for child in parent.iterchildren():
            tag = child.tag
            if tag in _INSERTED:
                content.tracked = True
            if not isinstance(tag, str) or tag in _SKIPPED:
                continue
            if tag == W + "r":
                self._run(child, base, link, content, shown)
            elif tag == W + "hyperlink":
                self._walk(child, base, self._targets.get(child.get(REL + "id")), content, shown)
            elif tag == MATH + "t":
                content.lines[-1].append(Run(clean(child.text or "")))
            else:  # smart tags, simple fields, content controls, insertions: what stands inside them counts
                self._walk(child, base, link, content, shown)

    def _run(self, run: Element, base: Look, link: str | None, content: Content, shown: list[bool]) -> None:
        properties = run.find(W + "rPr")
        style = properties.find(W + "rStyle") if properties is not None else None
        own = over(look_of(None, properties), self._styles.look(style.get(VAL) if style is not None else None))
        look = over(own, base)
        if look.hidden:
            return
        # Emphasis is what differs from the paragraph's own style: a heading is not emphasised all over.
        bold = bool(look.bold) and not base.bold
        italic = bool(look.italic) and not base.italic
        for child in run.iterchildren():
            text = self._text(child, content)
            if text == "\n":
                content.lines.append([])
            elif text:
                content.lines[-1].append(Run(text, bold, italic, link))
                if text.strip():
                    shown.append(bool(look.bold))
                    content.size = content.size or look.size

    def _text(self, child: Element, content: Content) -> str:
        """The characters of one child of a run; a line break is "\\n"."""
        tag = child.tag
        if tag == W + "t":
            return clean(child.text or "").replace("\n", " ")
        if tag in (W + "tab", W + "ptab"):
            return "\t"
        if tag in _BREAKS:
            return "\n"
        if tag == W + "noBreakHyphen":
            return "-"
        if tag == W + "sym":
            return _symbol(child)
        if tag in (W + "footnoteReference", W + "endnoteReference"):
            self._note_count += 1
            content.notes.append((tag.removeprefix(W).removesuffix("Reference"), child.get(W + "id") or ""))
            return f" [{self._note_count}]"
        if tag in (W + "drawing", W + "pict", W + "object", MC + "AlternateContent"):
            content.boxes.extend(_text_boxes(child))
        elif tag == W + "ruby":
            return "".join(clean(text.text or "") for text in child.iterfind(f".//{W}rubyBase//{W}t"))
        return ""

    @property
    def note_count(self) -> int:
        """How many notes were referred to so far."""
        return self._note_count


def _text_boxes(element: Element) -> list[Element]:
    """The text boxes in a drawing. Word writes each twice, for itself and for older versions."""
    if element.tag == MC + "AlternateContent":
        choices = list(element.iterchildren(MC + "Choice")) or list(element.iterchildren(MC + "Fallback"))
        return [box for choice in choices[:1] for box in _text_boxes(choice)]
    if element.tag == W + "txbxContent":
        return [element]
    return [box for child in element.iterchildren() if isinstance(child.tag, str) for box in _text_boxes(child)]


def _symbol(element: Element) -> str:
    """A character of a symbol font, as far as it means one of Unicode's."""
    try:
        character = chr(int(element.get(W + "char") or "", 16))
    except (ValueError, OverflowError):
        return ""
    shown = clean(character)
    return "" if "\ue000" <= shown <= "\uf8ff" else shown
