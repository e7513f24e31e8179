"""The words of Markdown without its marks: what is analysed, and what snippets show."""

from __future__ import annotations

import functools

from markdown_it import MarkdownIt


def plain_text(markdown: str) -> str:
    """The text of Markdown, a line each paragraph, heading, list entry, table row. HTML stays text, as on the pages."""
    lines: list[str] = []
    words: list[str] = []
    cells: list[str] | None = None
    for token in _parser().parse(markdown):
        if token.type == "tr_open":
            cells = []
        elif token.type == "tr_close":
            lines.append("\t".join(cells or ()))
            cells = None
        elif token.type in {"code_block", "fence"}:
            lines.append(token.content)
        elif token.type == "inline":
            words = []
            for child in token.children or ():
                if child.type in {"text", "code_inline", "html_inline"}:
                    words.append(child.content)
                elif child.type in {"softbreak", "hardbreak"}:
                    words.append(" ")
            line = "".join(words).strip()
            if cells is None:
                lines.append(line)
            else:
                cells.append(line)
    return "\n".join(line.strip("\n") for line in lines)


@functools.cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table").disable("image")
