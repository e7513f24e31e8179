"""The one analyser: of documents, of what is typed, for highlights and suggestions (DESIGN, "Search" 1-3).

Text goes in, tokens with offsets and terms come out. Two words meet when they share a term. Pure: no Django, no
database; its data lies beside it and is read at the first use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from minutes.search import compounds, stems, words
from minutes.search.folding import normalised
from minutes.search.marks import Mark, case_terms, date_terms, find_marks, month_term
from minutes.search.plaintext import plain_text
from minutes.search.words import Term, danish_spellings

__all__ = [
    "VERSION",
    "Term",
    "Token",
    "analyse",
    "analyse_query_word",
    "case_terms",
    "danish_spellings",
    "date_terms",
    "divisions",
    "is_lexical",
    "month_term",
    "plain_text",
    "split_compound",
    "warm_up",
]

VERSION = 1  # rows of another version are indexed anew; raise it whenever the terms of any text change

# Letters and digits, with what is invisible or belongs to the letter before: soft hyphens, joiners, accents.
_LETTERS = r"[\w\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]+"
_PIECE = re.compile(_LETTERS)
_NUMBER = r"(?<![\w.,])[0-9]+(?:[.,][0-9]+)+(?![\w])"
_WORD = re.compile(
    rf"(?P<number>{_NUMBER})|(?P<sign>[%&§]|(?<!\w)(?i:kl)(?=[.:]?\s?[0-9]))"
    rf"|(?:(?<![^\W_])[{words.HYPHENS}])?{_LETTERS}(?:[{words.HYPHENS}{words.APOSTROPHES}]{_LETTERS})*"
    rf"(?:[{words.HYPHENS}](?=\s|[,/]))?"
)
_SIGNS = {"%": "procent", "&": "og", "§": "paragraf"}
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_MAX_PIECES = 6  # of a hyphenated word; what has more is a row of words
_REACH = 6  # words from "arbejds-" to the compound that completes it


_Word = tuple[int, int, str, tuple[Term, ...]]  # start, end, spelling, terms


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number, date, case number or e-mail address at `start`:`end` of the analysed text.

    Tokens come in the order of their starts. One over several words (a date, an e-mail) stands before its words and has
    the position of the first, so tokens may overlap. `word` is the normalised spelling, not folded. `terms` may be
    empty.
    """

    start: int
    end: int
    position: int
    word: str
    terms: tuple[Term, ...]


def analyse(text: str) -> list[Token]:
    """The tokens of a document's plain text. Takes any text and never raises."""
    scanned = text.replace("_", " ")
    tokens: list[Token] = []
    position, reached = 1, 0
    for mark in find_marks(scanned):
        position = _add_words(tokens, scanned, reached, mark.start, position)
        tokens.append(Token(mark.start, mark.end, position, normalised(text[mark.start : mark.end]), mark.terms))
        position = position + 1 if mark.whole else _add_pieces(tokens, scanned, mark, position)
        reached = mark.end
    _add_words(tokens, scanned, reached, len(scanned), position)
    return _completed(tokens)


def analyse_query_word(word: str) -> tuple[Term, ...]:
    """The terms of one word as typed, those of its parts marked."""
    return tuple(dict.fromkeys(term for token in analyse(word) for term in token.terms))


def split_compound(word: str) -> tuple[str, ...]:
    """The smallest parts of a compound as words ("syge", "fravær", "statistik"); () when it is none or unknown."""
    return words.split(word)


def divisions(word: str) -> tuple[tuple[str, str], ...]:
    """The ways to say a compound in two words: "sygefraværsstatistik" is "sygefravær" and "statistik" and more."""
    return words.divisions(word)


def is_lexical(word: str) -> bool:
    """Whether a dictionary has it, and its meaning so is more than its parts': "lokalplan", but not "cykelkampagne"."""
    return any(compounds.is_word(form) for form in stems.basic_forms(normalised(word))[0])


def warm_up() -> None:
    """Read the data now rather than at the first word; a server does it before it forks, so that all share it."""
    words.read("referater")


def _add_words(tokens: list[Token], text: str, start: int, end: int, position: int) -> int:
    """Append the words of `text` between `start` and `end`; returns the next position."""
    for match in _WORD.finditer(text, start, end):
        typed = match[0]
        if typed.isalpha() and match.lastgroup is None:  # nearly all
            tokens.append(Token(match.start(), match.end(), position, *words.read(typed)))
            position += 1
            continue
        for found in _special(match):
            tokens.append(Token(found[0], found[1], position, found[2], found[3]))
            position += 1
    return position


def _special(match: re.Match[str]) -> Iterator[_Word]:
    """A number, a sign, or a word with more than letters in it."""
    if match.lastgroup == "number":
        yield match.start(), match.end(), match[0], (Term(_number(match[0])),)
    elif match.lastgroup == "sign":
        yield match.start(), match.end(), match[0], (Term(_SIGNS.get(match[0], "klokken")),)
    else:
        yield from _hyphenated(match)


def _add_pieces(tokens: list[Token], text: str, mark: Mark, position: int) -> int:
    for match in _PIECE.finditer(text, mark.start, mark.end):
        tokens.append(Token(match.start(), match.end(), position, *words.read(match[0])))
        position += 1
    return position


def _hyphenated(match: re.Match[str]) -> Iterator[_Word]:
    """A word with its hyphens, or each of its pieces when they are numbers ("2015-2018") or too many."""
    typed = match[0]
    pieces = list(_PIECE.finditer(typed))
    if len(pieces) > _MAX_PIECES or (len(pieces) > 1 and all(piece[0].isdecimal() for piece in pieces)):
        for piece in pieces:
            yield match.start() + piece.start(), match.start() + piece.end(), *words.read(piece[0])
    else:
        yield match.start(), match.end(), *words.read(typed)


def _number(typed: str) -> str:
    """12.500 -> 12500; 1.250,5 -> 1250.5; others with points."""
    return (typed.replace(".", "") if _THOUSANDS.fullmatch(typed) else typed).replace(",", ".")[:100]


def _completed(tokens: list[Token]) -> list[Token]:
    """Give "arbejds- og mødekultur" also the terms of "arbejdskultur", and "møderegler og -kultur" of "mødekultur"."""
    for at, token in enumerate(tokens):
        if token.word[-1:] in words.HYPHENS and len(token.word) > 1:
            near = (found.word for found in tokens[at + 1 : at + 1 + _REACH])
            other = next((word for word in near if word[-1:] not in words.HYPHENS and words.split(word)), None)
            more = words.suspended(token.word, other) if other else ()
        elif token.word[:1] in words.HYPHENS and len(token.word) > 1:
            near = (found.word for found in reversed(tokens[max(0, at - _REACH) : at]))
            other = next((word for word in near if words.split(word)), None)
            more = words.continued(other, token.word) if other else ()
        else:
            continue
        if more:
            ordered = sorted(dict.fromkeys((*token.terms, *more)), key=lambda term: term.part)
            tokens[at] = replace(token, terms=tuple(ordered))
    return tokens
