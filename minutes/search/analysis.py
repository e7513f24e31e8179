"""The one analyser: of documents, of what is typed, for highlights and suggestions (DESIGN, "Search" 1-3).

Text goes in, tokens with offsets and terms come out. Two words meet when they share a term. Pure: no Django, no
database; its data lies beside it and is read at the first use.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from minutes.search.folding import folded, normalised
from minutes.search.plaintext import plain_text

__all__ = ["VERSION", "Term", "Token", "analyse", "analyse_query_word", "plain_text", "split_compound"]

VERSION = 1  # rows of another version are indexed anew; raise it whenever the terms of any text change

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Term:
    """What the index keeps of a word. `text` has no blank, quote, colon or operator of a tsquery in it.

    Words are of letters and digits alone; what has a "=" is an own term: `date=2017-06-14`, `day=06-14`,
    `month=2017-06`, `case=00.01.10-a00-3-17` and its beginnings, `facet=a00`. `part` tells a piece of a compound from a
    word that stands by itself.
    """

    text: str
    part: bool = False


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number, date, case number, e-mail or file name at `start`:`end` of the analysed text.

    Tokens come in the order of their starts. One over several words (a date, an e-mail) stands before its words and has
    the position of the first, so tokens may overlap. `word` is the normalised spelling, neither cut nor folded.
    """

    start: int
    end: int
    position: int
    word: str
    terms: tuple[Term, ...]


def analyse(text: str) -> list[Token]:
    """The tokens of a document's plain text. Takes any text and never raises."""
    tokens = []
    for position, match in enumerate(_WORD.finditer(text), 1):
        word = normalised(match[0])
        tokens.append(Token(match.start(), match.end(), position, word, (Term(folded(word)),)))
    return tokens


def analyse_query_word(word: str) -> tuple[Term, ...]:
    """The terms of one word as typed, those of its parts marked."""
    return tuple(dict.fromkeys(term for token in analyse(word) for term in token.terms))


def split_compound(word: str) -> tuple[str, ...]:
    """The smallest parts of a compound as words ("syge", "fravær", "statistik"); () when it is none or unknown."""
    return ()
