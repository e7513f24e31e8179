"""Word files: paragraphs, headings, counted lists, tables. Running heads and comments stay out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from minutes.parsing.errors import Damaged
from minutes.parsing.limits import Limits
from minutes.parsing.readers.docx_numbering import Label, Numbering
from minutes.parsing.readers.docx_package import open_document, xml_of_part
from minutes.parsing.readers.docx_runs import MC, Content, RunReader
from minutes.parsing.readers.docx_styles import VAL, Element, Look, Styles, W, look_of, over
from minutes.parsing.readers.docx_tables import Cell, cells_of, is_header, is_layout, rows_of
from minutes.parsing.readers.inline import Run, join
from minutes.parsing.readers.markers import Nesting, split_marker
from minutes.parsing.types import Line, MediaType, ReadDocument, Warning

if TYPE_CHECKING:
    from docx.document import Document

MEDIA_TYPE: MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LEVEL_INDENT = 360  # twentieths of a point that Word sets a list's level in, where it is not told
SAME_INDENT = 60
DEEPEST = 200  # tables within tables; Word itself stops long before


def read_docx(content: bytes, limits: Limits) -> ReadDocument:
    """The lines of a Word file; a line's number is that of its paragraph or table row.

    Raises TooLarge, Encrypted, Damaged, or UnknownKind for a template or a document with macros.
    """
    reader = _Reader(open_document(content, limits))
    try:
        lines = reader.read()
    except RecursionError as error:
        raise Damaged("Word-filen er bygget for indviklet til at kunne læses. Gem den på ny i Word.") from error
    return ReadDocument(MEDIA_TYPE, tuple(lines), warnings=tuple(reader.warnings()))


@dataclass(slots=True)
class _Seen:
    """What the reader leaves out or assumes, for the warnings."""

    tracked: int | None = None
    embedded: int | None = None


class _Reader:
    """Walks over a document's blocks, counting its lists."""

    def __init__(self, document: Document) -> None:
        part = document.part
        self._body: Element = document.element.body
        self._styles = Styles(xml_of_part(part, "styles"))
        self._numbering = Numbering(xml_of_part(part, "numbering"), self._styles)
        self._notes = {
            (kind, note.get(W + "id")): note
            for kind in ("footnote", "endnote")
            if (root := xml_of_part(part, kind + "s")) is not None
            for note in root.iterchildren(W + kind)
        }
        self._comments = xml_of_part(part, "comments") is not None
        targets = {name: relation.target_ref for name, relation in part.rels.items() if relation.is_external}
        self._runs = RunReader(self._styles, targets)
        self._nesting = Nesting(slack=SAME_INDENT)
        self._seen = _Seen()
        self._block = 0

    def read(self) -> list[Line]:
        return list(self._blocks(self._body))

    def warnings(self) -> Iterator[Warning]:
        """What a person should know about the file as a whole."""
        if self._seen.tracked is not None:
            yield Warning(
                "tracked_changes",
                "Dokumentet har rettelser, som ikke er godkendt (spor ændringer): indsat tekst er taget med, slettet "
                "tekst er udeladt.",
                line=self._seen.tracked,
            )
        if self._comments:
            yield Warning("comments", "Dokumentet har kommentarer i margenen. De er ikke taget med.")
        if self._seen.embedded is not None:
            yield Warning("embedded_file", "En indlejret fil i dokumentet kunne ikke læses.", line=self._seen.embedded)

    def _blocks(self, parent: Element) -> Iterator[Line]:
        for child in parent.iterchildren():
            if child.tag == W + "p":
                yield from self._paragraph(child)
            elif child.tag == W + "tbl":
                yield from self._table(child)
            elif child.tag == W + "altChunk":
                self._seen.embedded = self._seen.embedded or self._block + 1
            elif child.tag == MC + "AlternateContent":
                choices = list(child.iterchildren(MC + "Choice")) or list(child.iterchildren(MC + "Fallback"))
                for choice in choices[:1]:
                    yield from self._blocks(choice)
            elif child.tag not in (W + "del", W + "moveFrom", W + "sectPr", W + "sdtPr") and isinstance(child.tag, str):
                yield from self._blocks(child)  # content controls, insertions, custom XML

    def _paragraph(self, paragraph: Element) -> Iterator[Line]:
        properties = paragraph.find(W + "pPr")
        style, look = self._look(properties)
        content = self._runs.read(paragraph, look)
        if content.tracked:
            self._seen.tracked = self._seen.tracked or self._block + 1
        lines = [runs for runs in content.lines if any(run.text.strip() for run in runs)]
        if lines:
            self._block += 1
            yield from self._lines(lines, content, look, self._label(look, style))
        for box in content.boxes:
            yield from self._blocks(box)
        yield from self._note_lines(content)

    def _look(self, properties: Element | None) -> tuple[str | None, Look]:
        named = properties.find(W + "pStyle") if properties is not None else None
        style = named.get(VAL) if named is not None else self._styles.default_paragraph
        return style, over(look_of(properties, None), self._styles.look(style))

    def _label(self, look: Look, style: str | None) -> Label | None:
        if not look.numbering or look.numbering[0] <= 0:
            return None
        return self._numbering.label(*look.numbering, style)

    def _lines(self, lines: list[list[Run]], content: Content, look: Look, label: Label | None) -> Iterator[Line]:
        """A paragraph's lines: one, or more where it has line breaks."""
        if look.heading:  # a heading's line breaks are for the eye
            lines = [[run for line in lines for run in (*line, Run(" "))]]
        marker = label.text if label else None
        if marker and sum(character.isalpha() for character in marker) > 4:  # "Punkt 1:" counted by Word
            lines[0].insert(0, Run(marker + " "))
            marker = None
        typed = 0
        if not marker and not look.heading:
            marker, typed = _typed_marker(lines[0])
        depth = 0
        if marker and not look.heading:
            indent = look.indent if look.indent is not None else label.indent if label else None
            if indent is None:
                indent = LEVEL_INDENT * (label.level if label else 0)
            depth = self._nesting.depth(indent, marker)
        else:
            self._nesting.reset()
        for position, runs in enumerate(lines):
            inline = join(_without(runs, typed) if position == 0 else runs)
            yield Line(
                inline.text,
                self._block,
                markdown=inline.markdown,
                continues=position > 0 and marker is not None,
                heading=look.heading or None,
                bold=content.bold,
                size=content.size,
                marker=marker if position == 0 else None,
                depth=depth if position == 0 else 0,
            )

    def _note_lines(self, content: Content) -> Iterator[Line]:
        """The footnotes of a paragraph stand right below it: at the file's end they would join its last part."""
        first = self._runs.note_count - len(content.notes) + 1
        for position, key in enumerate(content.notes):
            note = self._notes.pop(key, None)
            if note is None:
                continue
            for index, line in enumerate(self._blocks(note)):
                yield line if index else _prefixed(line, f"[{first + position}] ")

    def _table(self, table: Element) -> Iterator[Line]:
        rows = [cells_of(row) for row in rows_of(table)]
        if is_layout(rows):
            for cells in rows:
                for cell in cells:
                    if cell.element is not None:
                        yield from self._blocks(cell.element)
            return
        self._nesting.reset()
        for position, (row, cells) in enumerate(zip(rows_of(table), rows, strict=True)):
            texts: list[str] = []
            bold: list[bool] = []
            for cell in cells:
                lines = [] if cell.element is None else list(self._cell_lines(cell))
                texts.append(" ".join(shown for line in lines if (shown := _shown(line))))
                bold.extend(line.bold for line in lines)
            if not any(texts):
                continue
            self._block += 1
            all_bold = bool(bold) and all(bold)
            yield Line(
                "\t".join(texts),
                self._block,
                bold=all_bold,
                cells=tuple(texts),
                header=is_header(row) or (position == 0 and all_bold),
            )

    def _cell_lines(self, cell: Cell) -> Iterator[Line]:
        """A cell's lines, which do not count as blocks of their own."""
        block = self._block
        yield from self._blocks(cell.element)
        self._block = block


def _shown(line: Line) -> str:
    """A line inside a table's cell, where a list is no more than its text."""
    text = " ".join(cell for cell in line.cells if cell) if line.cells else line.text
    return f"{line.marker} {text}" if line.marker else text.replace("\t", " ")


def _prefixed(line: Line, prefix: str) -> Line:
    markdown = None if line.markdown is None else prefix.replace("[", "\\[").replace("]", "\\]") + line.markdown
    return replace(line, text=prefix + line.text, markdown=markdown)


def _typed_marker(runs: list[Run]) -> tuple[str | None, int]:
    """A marker that somebody typed instead of using a list, and its length in characters."""
    text = "".join(run.text for run in runs)
    marker, rest = split_marker(text.lstrip())
    return marker, len(text) - len(rest) if marker else 0


def _without(runs: list[Run], characters: int) -> list[Run]:
    """Runs without their first characters."""
    kept = []
    for run in runs:
        kept.append(Run(run.text[characters:], run.bold, run.italic, run.link))
        characters = max(characters - len(run.text), 0)
    return kept
