"""Markdown: every physical line is a Line, without its marks.

Line by line rather than by CommonMark's blocks, because the files at hand use it loosely: lines that follow on each
other without a blank line are entries of their own, and one blank of indent nests a list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from minutes.parsing.limits import Limits
from minutes.parsing.readers.cleaning import clean
from minutes.parsing.readers.encoding import decode
from minutes.parsing.readers.inline import Inline, Run, join
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

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*")
_RULE = re.compile(r" {0,3}([-_*])(?:[ \t]*\1){2,}[ \t]*")
_TABLE_RULE = re.compile(r" {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_CELL_BORDER = re.compile(r"(?<!\\)\|")
_QUOTE = re.compile(r"^ {0,3}>[ \t]?")


def read_markdown(content: bytes, limits: Limits) -> ReadDocument:
    """The lines of a Markdown file, their numbers as an editor shows them. Blank lines and rules are left out.

    Raises UnknownKind where the bytes are no text, TooLarge for an endless line.
    """
    decoded = decode(content)
    sources = [_QUOTE.sub("", line, count=1) for line in physical_lines(decoded.text, limits)]
    lines = _Lines(sources).read()
    return ReadDocument("text/markdown", tuple(lines), warnings=warn_about_characters(decoded, sources))


class _Lines:
    """Walks over the physical lines, knowing the line before and the lists that are open."""

    def __init__(self, sources: Sequence[str]) -> None:
        self.sources = sources
        self.rows = find_rows(sources)
        self.pipe_rows, self.table_rules = _find_pipe_tables(sources)
        self.width = wrap_width(sources)
        self.nesting = Nesting()
        self.parser = MarkdownIt("commonmark", {"html": False}).disable("html_inline")
        self.lines: list[Line] = []

    def read(self) -> list[Line]:
        for index, source in enumerate(self.sources):
            if not source.strip() or index in self.table_rules:
                continue
            if index in self.rows or index in self.pipe_rows:
                self.nesting.reset()
                self.lines.append(self._row(index))
            elif not self._is_underline(index) and not _RULE.fullmatch(source):
                self.lines.append(self._line(index))
        return self.lines

    def _is_underline(self, index: int) -> bool:
        """A line of = or - right below a paragraph makes that a heading; the heading was read with its line."""
        return bool(_UNDERLINE.fullmatch(self.sources[index])) and bool(index and self._is_paragraph(index - 1))

    def _is_paragraph(self, index: int) -> bool:
        source = self.sources[index]
        special = index in self.rows or index in self.pipe_rows or index in self.table_rules
        marked = _HEADING.fullmatch(source) or split_marker(source.strip())[0]
        return bool(source.strip()) and not special and not marked

    def _row(self, index: int) -> Line:
        number = index + 1
        if index in self.rows:
            cells, bold = split_row(self.sources[index])
            header = bold and index - 1 not in self.rows
        else:
            inlines = [self._inline(cell) for cell in _pipe_cells(self.sources[index])]
            cells = tuple(inline.text for inline in inlines)
            bold = any(cells) and all(inline.bold for inline in inlines if inline.text)
            header = index + 1 in self.table_rules
        return Line("\t".join(cells), number, cells=cells, bold=bold, header=header)

    def _line(self, index: int) -> Line:
        source, number = self.sources[index], index + 1
        heading = _HEADING.fullmatch(source)
        if heading:
            self.nesting.reset()
            inline = self._inline(heading[2] or "")
            return Line(inline.text, number, markdown=inline.markdown, heading=len(heading[1]), bold=inline.bold)
        underline = None
        if index + 1 < len(self.sources) and self._is_paragraph(index):
            underline = _UNDERLINE.fullmatch(self.sources[index + 1])
        marker, text = split_marker(source.strip())
        inline = self._inline(text)
        indent = indent_of(source)
        if marker:
            depth = self.nesting.depth(indent, marker)
            return Line(inline.text, number, markdown=inline.markdown, bold=inline.bold, marker=marker, depth=depth)
        continues = self._continues(index, indent)
        if not continues and not indent:
            self.nesting.reset()
        level = (1 if underline[1][0] == "=" else 2) if underline else None
        return Line(inline.text, number, markdown=inline.markdown, continues=continues, heading=level, bold=inline.bold)

    def _continues(self, index: int, indent: int) -> bool:
        before = self.sources[index - 1] if index else ""
        if not before.strip() or _HEADING.fullmatch(before) or index - 1 in self.rows or index - 1 in self.pipe_rows:
            return False
        hard_break = before.endswith(("  ", "\\"))
        if self.nesting.levels and indent > self.nesting.levels[-1][0]:
            return not hard_break
        return not hard_break and goes_on(before, self.sources[index], self.width)

    def _inline(self, source: str) -> Inline:
        """One line's marks read as CommonMark; raw HTML stays literal."""
        if not any(mark in source for mark in "*_`[\\&<!"):
            return Inline(clean(source).strip(), None, bold=False)
        tokens = self.parser.parseInline(source.removesuffix("\\"))
        return join(_runs(tokens[0].children or []))


def _runs(tokens: Sequence[Token]) -> list[Run]:
    runs: list[Run] = []
    bold = italic = 0
    link: str | None = None
    for token in tokens:
        bold += {"strong_open": 1, "strong_close": -1}.get(token.type, 0)
        italic += {"em_open": 1, "em_close": -1}.get(token.type, 0)
        if token.type == "link_open":
            link = str(token.attrGet("href") or "") or None
        elif token.type == "link_close":
            link = None
        text = " " if token.type in ("softbreak", "hardbreak") else clean(token.content)
        runs.append(Run(text, bool(bold), bool(italic), link))
    return runs


def _find_pipe_tables(sources: Sequence[str]) -> tuple[set[int], set[int]]:
    """The indexes of the rows of pipe tables, and of the rules below their heads."""
    rows: set[int] = set()
    rules: set[int] = set()
    for index in range(1, len(sources)):
        head, rule = sources[index - 1], sources[index]
        if not ("|" in rule and "|" in head and _TABLE_RULE.fullmatch(rule) and index - 1 not in rows):
            continue
        if len(_pipe_cells(head)) != len(_pipe_cells(rule)):
            continue
        rules.add(index)
        rows.add(index - 1)
        below = index + 1
        while below < len(sources) and "|" in sources[below] and sources[below].strip():
            rows.add(below)
            below += 1
    return rows, rules


def _pipe_cells(source: str) -> list[str]:
    inner = source.strip().removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return [cell.strip().replace("\\|", "|") for cell in _CELL_BORDER.split(inner)]
