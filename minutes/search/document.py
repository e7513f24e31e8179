"""What the index keeps of an item: a tsvector, written by the analyser, and its words. Pure.

In the vector a word's terms stand as they are, those of a compound's parts with "~" before them at the same position,
for ranking. The terms of a part that can be searched by itself stand once more with its letter before them
("t:budget"), and what stands together has lexemes of its own (`pairs`), so that an index scan alone answers
`titel:budget` and phrases. Four weights say to ranking what a place is worth.
"""

from __future__ import annotations

import datetime
import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from minutes.search import pairs
from minutes.search.analysis import Term, Token, analyse, month_term
from minutes.search.fields import Field

MOST_BYTES = 900_000  # PostgreSQL takes 1 MB of lexemes and positions (its documentation, "Limitations" of text search)
LAST_POSITION = 16_000  # it takes 16,383
MOST_POSITIONS = 10  # of one lexeme: a word that stands more often is no better an answer
BETWEEN_PARTS = 20  # positions

_PAIR_BYTES = 10
_WEIGHTS = {Field.TITLE: "A", Field.CASE: "A", Field.DECISION: "B", Field.PROPOSAL: "C", Field.ATTACHMENTS: "C"}


class Part(NamedTuple):
    """A part of an item: which it is, its name for people, and its plain text."""

    field: Field
    label: str
    text: str


class Document(NamedTuple):
    """A tsvector as PostgreSQL reads it, and the distinct words, normalised."""

    vector: str
    words: tuple[str, ...]


def document(parts: Sequence[Part], held: datetime.date) -> Document:
    """The document of an item whose meeting was `held` on that day. What goes beyond a vector's size is left out,
    the last parts first."""
    lexemes: defaultdict[str, list[str]] = defaultdict(list)
    words: dict[str, None] = {}
    size = 0
    for lexeme in _of_meeting(held):
        lexemes[lexeme] = []
    before = 0
    for part in parts:
        tokens = analyse(part.text)
        weight = _WEIGHTS.get(part.field, "D")
        for token in tokens:
            if is_word(token):
                words[token.word] = None
            position = before + token.position
            for lexeme, mark in _lexemes(token.terms, part.field, weight):
                places = lexemes[lexeme]
                size += 2 if places else len(lexeme.encode()) + 8
                if mark and position <= LAST_POSITION and len(places) < MOST_POSITIONS:
                    places.append(f"{position}{mark}")
            if size > MOST_BYTES:
                return Document(_written(lexemes), tuple(words))
        together = itertools.chain(pairs.neighbours(tokens), *map(pairs.insides, tokens))
        for lexeme in itertools.islice(together, (MOST_BYTES - size) // _PAIR_BYTES):
            size += 0 if lexeme in lexemes else _PAIR_BYTES
            lexemes[lexeme]  # that it is there is all that it says
        if tokens:
            before += tokens[-1].position + BETWEEN_PARTS
    return Document(_written(lexemes), tuple(words))


def is_word(token: Token) -> bool:
    """Whether it belongs to the vocabulary: no number, date, case number or address."""
    if token.word.isalpha():
        return True
    has_letters = any(map(str.isalpha, token.word))
    return has_letters and "@" not in token.word and not any("=" in term.text for term in token.terms)


def in_part(lexeme: str, field: Field) -> str:
    """The lexeme of something that stands in one part. `Field.TEXT` has none of its own; there the weight decides."""
    return f"{field.letter}:{lexeme}"


def as_lexeme(term: Term) -> str:
    """A term as it stands in the index."""
    return f"~{term.text}" if term.part else term.text


def _lexemes(terms: Iterable[Term], field: Field, weight: str) -> Iterable[tuple[str, str]]:
    for term in terms:
        lexeme = as_lexeme(term)
        yield lexeme, weight
        if field is not Field.TEXT:
            yield in_part(lexeme, field), ""


def _of_meeting(held: datetime.date) -> tuple[str, ...]:
    """That "december 2023", "7. december" and "2023" find what was treated then."""
    month = month_term(held.month, held.year).text
    return f"date={held.isoformat()}", month, f"day={held:%m-%d}", str(held.year)


def _written(lexemes: dict[str, list[str]]) -> str:
    return " ".join(f"'{lexeme}':{','.join(places)}" if places else f"'{lexeme}'" for lexeme, places in lexemes.items())
