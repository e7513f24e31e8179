"""The one place where text from a file becomes HTML. Nothing else in the project marks text safe.

Raw HTML stays text, images are off, and only links to http, https and mailto are links; in what the project itself has
written also those within the site. The rest is escaped by markdown-it-py.
"""

import functools
import itertools
import re
from collections.abc import Iterator, Sequence

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from . import links_in_text
from .links_in_text import Link

register = template.Library()

KEPT, MOST_KEPT = 8_000, 1_000  # characters of a text whose HTML is kept for the next time, and how many are
SCHEMES = ("http://", "https://", "mailto:")


@register.simple_tag
def markdown(text: str, level: int = 3, name: str = "", links: Sequence[Link] = (), own: bool = False) -> SafeString:
    """Return Markdown as HTML.

    `level` is the rank of the text's outermost heading on this page, so that it lies below the page's own; `name` tells
    where the text stands ("Sagsfremstilling"), for the names of its tables. `links` are laid over the words where they
    can be; `reference_links` gives them. `own` text is the project's, not a file's, and may link within the site.
    """
    html = _kept if len(text) <= KEPT else _html_of
    return mark_safe(html(text, level, name, tuple(links), own))  # noqa: S308 - what this module is for


def _html_of(text: str, level: int, name: str, links: tuple[Link, ...], own: bool) -> str:
    renderer = _renderer(own)
    tokens = links_in_text.parse(renderer, text, links)
    _shift_headings(tokens, level)
    tokens = list(_with_tables_wrapped(tokens, name))
    return renderer.renderer.render(tokens, renderer.options, {})


# What words become is the same for all who may read them, whatever they may do besides.
_kept = functools.lru_cache(maxsize=MOST_KEPT)(_html_of)


@register.filter
def plain(text: str) -> str:
    """Return the words of Markdown on one line, for an extract. It is not marked safe."""
    words: list[str] = []
    for token in _renderer().parse(text):
        for child in token.children or ():
            if child.type in {"text", "code_inline"}:
                words.append(child.content)
            elif child.type in {"softbreak", "hardbreak"}:
                words.append(" ")
        if token.type in {"code_block", "fence"}:
            words.append(token.content)
        if token.type == "inline":
            words.append(" ")
    return " ".join("".join(words).split())


@functools.cache
def _renderer(own: bool = False) -> MarkdownIt:
    renderer = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table").disable("image")
    within = re.compile(r"[/#](?!/)") if own else None
    renderer.validateLink = lambda url: url.lower().startswith(SCHEMES) or bool(within and within.match(url))  # type: ignore[method-assign]
    return renderer


def _shift_headings(tokens: Sequence[Token], level: int) -> None:
    """Rank each heading among those of its text: printed levels jump and mean nothing (DOMAIN's catalogue, 1)."""
    above: list[str] = []
    rank = ""
    for token in tokens:
        if token.type == "heading_open":
            while above and above[-1] >= token.tag:
                above.pop()
            above.append(token.tag)
            rank = f"h{min(level + len(above) - 1, 6)}"
            token.tag = rank
        elif token.type == "heading_close":
            token.tag = rank


def _with_tables_wrapped(tokens: Sequence[Token], name: str) -> Iterator[Token]:
    """Let a wide table scroll by itself, by keyboard too, and tell the columns' heads from blank corners."""
    count = 0
    for index, token in enumerate(tokens):
        if token.type == "table_open":
            count += 1
            _mark_row_heads(tokens, index)
            label = f"Tabel {count} i {name}" if name else f"Tabel {count}"
            token.attrSet("class", "table table--compact")
            yield _html(
                f'<div class="table--responsive-scroll" role="group" tabindex="0" aria-label="{escape(label)}">\n'
            )
        elif token.type == "th_open":
            if tokens[index + 1].content:
                token.attrSet("scope", "col")
            else:
                token.tag = tokens[index + 2].tag = "td"
        # An alignment comes as a style attribute, which the Content-Security-Policy forbids.
        if style := token.attrs.pop("style", None):
            token.attrSet("class", str(style).replace("text-align:", "align-text-"))
        yield token
        if token.type == "table_close":
            yield _html("</div>\n")


def _mark_row_heads(tokens: Sequence[Token], start: int) -> None:
    """Let the first column head the rows of the table that begins at `start`, where the minutes say that it does: by
    a blank corner under which every row has a name, or by names in bold."""
    rows: list[list[int]] = []  # where the cells of each row begin
    for at in range(start, next(at for at in range(start, len(tokens)) if tokens[at].type == "table_close")):
        if tokens[at].type == "tr_open":
            rows.append([])
        elif tokens[at].type in {"th_open", "td_open"}:
            rows[-1].append(at)
    head, *body = [[tokens[at + 1] for at in row] for row in rows]
    names = [row[0] for row in body]
    has_corner = not head[0].content and len(head) > 1 and all(cell.content for cell in head[1:])
    if names and all(name.content for name in names) and (has_corner or all(map(_is_bold, names))):
        for row in rows[1:]:
            tokens[row[0]].tag = tokens[row[0] + 2].tag = "th"
            tokens[row[0]].attrSet("scope", "row")


def _is_bold(cell: Token) -> bool:
    """Whether all of it is."""
    pieces = [child for child in cell.children or () if child.content or child.type != "text"]
    depths = list(itertools.accumulate(piece.nesting for piece in pieces))
    return bool(pieces) and pieces[0].type == "strong_open" and 0 not in depths[:-1]


def _html(content: str) -> Token:
    return Token("html_block", "", 0, content=content)
