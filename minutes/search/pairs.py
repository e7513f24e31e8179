"""Which words stand together, as lexemes: so that an index scan alone finds phrases, and compounds said otherwise.

PostgreSQL looks through the positions in every candidate's vector to tell a phrase, and where both words are common
that is most of the archive. So two words next to each other are a lexeme of their own; so are two with only small
words between them ("statistik over fravær"), and two parts of one compound. A lexeme is twenty bits of a hash,
which keeps the index small: with the words themselves beside it, a false one is found in one of a million items.
"""

from __future__ import annotations

import functools
import itertools
import zlib
from collections.abc import Iterator, Sequence

from minutes.search.analysis import Token
from minutes.search.fillers import FUNCTION_WORDS
from minutes.search.folding import folded

REACH = 3  # positions; further apart two words are no neighbours
MOST_INSIDE = 15  # pairs of parts of one compound


def neighbours(tokens: Sequence[Token]) -> Iterator[str]:
    """The lexemes of words that follow one another, in that order, small words between them or not."""
    last: tuple[int, str] | None = None  # position and term of the word before
    content: tuple[int, str] | None = None  # of the last before that was no small word
    for token in tokens:
        term = first_term(token)
        if not term or (last and token.position == last[0]):
            continue
        if last and token.position == last[0] + 1:
            yield pair(last[1], term)
        if not _is_small(token.word):
            if content and content != last and token.position - content[0] <= REACH:
                yield pair(content[1], term)
            content = token.position, term
        last = token.position, term


def insides(token: Token) -> tuple[str, ...]:
    """The lexemes of parts that stand in one compound, whatever their order."""
    parts = tuple(term.text for term in token.terms if term.part)
    return _of_parts(parts) if len(parts) > 1 else ()


def first_term(token: Token) -> str:
    """The term by which a word is told in pairs; "" for dates, case numbers and the like."""
    return next((term.text for term in token.terms if not term.part and "=" not in term.text), "")


@functools.lru_cache(maxsize=2**16)
def pair(first: str, second: str) -> str:
    """The lexeme of two words, one after the other."""
    return _hashed(f"{first} {second}")


def inside(one: str, other: str) -> str:
    """The lexeme of two parts of a compound."""
    return _hashed("+".join(sorted([one, other])))


@functools.lru_cache(maxsize=2**14)
def _of_parts(parts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(inside(one, other) for one, other in itertools.islice(itertools.combinations(parts, 2), MOST_INSIDE))


@functools.lru_cache(maxsize=2**14)
def _is_small(word: str) -> bool:
    return folded(word) in FUNCTION_WORDS


def _hashed(text: str) -> str:
    return f"#{zlib.crc32(text.encode()) & 0xFFFFF:05x}"
