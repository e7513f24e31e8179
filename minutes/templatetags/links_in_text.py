"""Links laid over stretches of Markdown that change nothing of what it says.

markdown-it keeps no places within a line. So characters that stand for nothing are put round each stretch before the
text is parsed, and become a link afterwards. What was parsed so is used only when it is, without those characters,
token for token what the text gives without them; a stretch that disturbs it, or that crosses markup, is no link.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

MOST_CHARACTERS = 200_000  # of a text; a longer one is shown without links
MOST_LINKS = 200  # in one text
_TRIES = 24
_CHARACTERS_TRIED = 100_000  # in all tries together, so that no file makes a page slow
_LIST = re.compile(r"[0-9]{1,9}[.)]\s")
_PRIVATE_USE = range(0xE000, 0xF900)

type _Marks = Mapping[Link, tuple[str, str]]


@dataclasses.dataclass(frozen=True, slots=True)
class Link:
    """The characters of a text from `start` to `end` lead to `address`. `name` is what a screen reader says, with the
    words in it; blank where the words say it all."""

    start: int
    end: int
    address: str
    name: str = ""


def parse(renderer: MarkdownIt, text: str, links: Sequence[Link]) -> list[Token]:
    """The tokens of `text`, with those of `links` that can be laid over it; of two that overlap the first."""
    tokens = renderer.parse(text)
    apart = [link for link in _apart(links, len(text)) if not _begins_list(text, link)][:MOST_LINKS]
    if not apart or len(text) > MOST_CHARACTERS:
        return tokens
    used = set(text)
    unused = (chr(code) for code in _PRIVATE_USE if chr(code) not in used)
    marks = {link: pair for link, pair in zip(apart, itertools.batched(unused, 2), strict=False) if len(pair) == 2}
    if not marks:
        return tokens
    return _Laying(renderer, text, tokens, marks).laid(list(marks))


class _Laying:
    """Finds out which links leave a text as it is."""

    def __init__(self, renderer: MarkdownIt, text: str, tokens: list[Token], marks: _Marks) -> None:
        self.renderer, self.text, self.tokens, self.marks = renderer, text, tokens, marks
        self.opened = {opening: (link, closing) for link, (opening, closing) in marks.items()}
        self.mark = re.compile(f"([{''.join(itertools.chain(*marks.values()))}])")
        self.nothing = str.maketrans(dict.fromkeys(itertools.chain(*marks.values())))
        self.expected = [self._bare(token) for token in tokens]
        self.tries = max(2, min(_TRIES, _CHARACTERS_TRIED // (len(text) + 1)))

    def laid(self, links: Sequence[Link]) -> list[Token]:
        marked = self._tried(links)
        if marked is None and (harmless := self._harmless(links)):
            marked = self._tried(harmless)
        return self.tokens if marked is None else self._with_links(marked)

    def _harmless(self, links: Sequence[Link]) -> list[Link]:
        """Those of `links`, which together disturb the text, that do not."""
        if len(links) < 2:
            return []
        found: list[Link] = []
        for half in (links[: len(links) // 2], links[len(links) // 2 :]):
            if self.tries > 0:
                self.tries -= 1
                found += half if self._tried(half) is not None else self._harmless(half)
        return found

    def _tried(self, links: Sequence[Link]) -> list[Token] | None:
        """The tokens of the text with marks round `links`; None where they disturb it."""
        pieces, reached = [], 0
        for link in links:
            opening, closing = self.marks[link]
            pieces += [self.text[reached : link.start], opening, self.text[link.start : link.end], closing]
            reached = link.end
        tokens = self.renderer.parse("".join([*pieces, self.text[reached:]]))
        return tokens if [self._bare(token) for token in tokens] == self.expected else None

    def _bare(self, token: Token) -> Token:
        """As it would be without marks."""
        children = [self._bare(child) for child in token.children or () if child.type != "text" or child.content]
        children = [child for child in children if child.type != "text" or child.content]
        return token.copy(content=token.content.translate(self.nothing), children=children)

    def _with_links(self, tokens: Sequence[Token]) -> list[Token]:
        found = []
        for token in tokens:
            children = token.children and list(self._inline(token.children))
            found.append(token.copy(content=token.content.translate(self.nothing), children=children))
        return found

    def _inline(self, children: Sequence[Token]) -> Iterator[Token]:
        """The tokens of a line or paragraph, with links for the marks that stand in its words."""
        pieces = list(self._cut(children))
        places = {piece: at for at, piece in enumerate(pieces) if isinstance(piece, str)}
        put: dict[int, Token] = {}
        for opening, first in places.items():
            link, closing = self.opened.get(opening, (None, ""))
            last = places.get(closing)
            if link and last is not None and _is_whole(pieces[:first], pieces[first:last]):
                name = {"aria-label": link.name} if link.name else {}
                put[first] = Token("link_open", "a", 1, attrs={"class": "reference", "href": link.address, **name})
                put[last] = Token("link_close", "a", -1)
        for at, piece in enumerate(pieces):
            if isinstance(piece, Token):
                yield piece
            elif at in put:
                yield put[at]

    def _cut(self, children: Sequence[Token]) -> Iterator[Token | str]:
        """The tokens, and the marks between them."""
        for child in children:
            if child.type != "text":
                yield child.copy(content=child.content.translate(self.nothing))
                continue
            for at, piece in enumerate(self.mark.split(child.content)):
                if at % 2:
                    yield piece
                elif piece:
                    yield child.copy(content=piece)


def _apart(links: Sequence[Link], length: int) -> list[Link]:
    """Those that lie in the text, in order, none over another."""
    found: list[Link] = []
    for link in sorted(links, key=lambda link: (link.start, -link.end)):
        if (found[-1].end if found else 0) <= link.start < link.end <= length:
            found.append(link)
    return found


def _begins_list(text: str, link: Link) -> bool:
    """Whether the words stand where their number makes a list: "26. juni" at the beginning of a paragraph."""
    line = text.rfind("\n", 0, link.start) + 1
    above = text[text.rfind("\n", 0, max(0, line - 1)) + 1 : line]
    return not (above + text[line : link.start]).strip(" \r\n>") and bool(_LIST.match(text, link.start))


def _is_whole(before: Sequence[Token | str], within: Sequence[Token | str]) -> bool:
    """Whether `within` crosses no markup, and neither lies in a link nor holds one."""
    depth = sum(_nesting(piece) for piece in before if isinstance(piece, Token) and piece.type.startswith("link"))
    if depth or any(isinstance(piece, Token) and piece.type.startswith("link") for piece in within):
        return False
    depths = list(itertools.accumulate(map(_nesting, within)))
    return bool(depths) and depths[-1] == 0 and min(depths) >= 0


def _nesting(piece: Token | str) -> int:
    return piece.nesting if isinstance(piece, Token) else 0
