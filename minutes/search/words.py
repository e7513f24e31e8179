"""The terms of one word, however it is written: inflected, compound, hyphenated, with an apostrophe, in capitals."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from minutes.search import compounds, stems
from minutes.search.folding import MAX_LENGTH, folded, normalised

HYPHENS = "-\u2010\u2011"
APOSTROPHES = "'’´`"

_HYPHEN = re.compile(f"[{HYPHENS}]")
# KL's, ABC'en, pc'erne; what else follows an apostrophe belongs to the word: O'Connor
_INFLECTED = re.compile(rf"(.+)[{APOSTROPHES}](?:s|e[nrt]?s?|erne?s?|ene?s?|a)?", re.IGNORECASE | re.DOTALL)
_CAPITALS_GENITIVE = re.compile(r"([^\W\d_a-zæøå]{2,})s")  # KLs, ABCs
_LETTERS_OR_DIGITS = re.compile(r"[^\W\d]+|\d+")
_DIGRAPHS = {"ae": "æ", "oe": "ø", "aa": "å"}
_DIGRAPH = re.compile("(ae|oe|aa)")
_MAX_DIGRAPHS = 4
_LONGEST_ABBREVIATION = 5
_MAX_LONG_PARTS = 10  # of the parts of a compound that are compounds


@dataclass(frozen=True, slots=True)
class Term:
    """What the index keeps of a word. `text` has no blank, quote, colon or operator of a tsquery in it.

    Words are of letters and digits alone; what has a "=" is an own term: `date=2017-06-14`, `day=06-14`,
    `month=2017-06`, `case=00.01.10-a00-3-17` and its beginnings, `facet=a00`. `part` tells a piece of a compound from a
    word that stands by itself.
    """

    text: str
    part: bool = False


def read(typed: str) -> tuple[str, tuple[Term, ...]]:
    """The spelling of a word normalised, and its terms, the parts of a compound last; no terms when nothing is left."""
    return _read(typed[: 4 * MAX_LENGTH])


@functools.lru_cache(maxsize=2**16)
def _read(typed: str) -> tuple[str, tuple[Term, ...]]:
    genitive = _CAPITALS_GENITIVE.fullmatch(typed)
    word = normalised(genitive[1] if genitive else typed)
    terms = _terms(word)
    if 2 <= len(word) <= _LONGEST_ABBREVIATION and word.isalpha() and typed[: len(word)].isupper():
        terms = tuple(dict.fromkeys([Term(folded(word)), *terms]))  # TR is no form of "tre"
    return normalised(typed), terms


def _terms(word: str) -> tuple[Term, ...]:
    if match := _INFLECTED.fullmatch(word):
        word = match[1]
    pieces = [piece for piece in map(_clean, _HYPHEN.split(word)) if piece]
    if len(pieces) <= 1:
        return _as_terms(*_of_piece(pieces[0])) if pieces else ()
    whole, inner = _of_piece("".join(pieces))
    *firsts, last = pieces
    whole = [*("".join(firsts) + form for form in stems.basic_forms(last)[0]), *whole]
    of_pieces = itertools.chain.from_iterable(
        [*_joining(piece), *_of_piece(piece)[1]]
        if piece != last
        else [*stems.basic_forms(last)[0], *_of_piece(last)[1]]
        for piece in pieces
    )
    return _as_terms(whole, [*inner, *of_pieces])


@functools.lru_cache(maxsize=2**13)
def split(word: str) -> tuple[str, ...]:
    """The smallest parts of a compound as words, () when it is none."""
    pieces = [piece for piece in map(_clean, _HYPHEN.split(normalised(word))) if piece]
    if len(pieces) > 1:
        return tuple(itertools.chain.from_iterable(split(piece) or (_joining(piece)[0],) for piece in pieces))
    for form in stems.basic_forms(pieces[0])[0] if pieces else ():
        if found := compounds.parts(form):
            return tuple(part.word for part in found)
    return ()


@functools.lru_cache(maxsize=2**13)
def divisions(word: str) -> tuple[tuple[str, str], ...]:
    """The ways to say a compound in two: sygefraværsstatistik is sygefravær + statistik, syge + fraværsstatistik."""
    pieces = [piece for piece in map(_clean, _HYPHEN.split(normalised(word))) if piece]
    if len(pieces) > 1:
        return tuple(("".join(pieces[:at]), "".join(pieces[at:])) for at in range(1, len(pieces)))
    found = []
    for form in stems.basic_forms(pieces[0])[0] if pieces else ():
        parts = compounds.parts(form)
        for before, after in itertools.pairwise(parts):
            found.append((form[: before.start] + before.word, form[after.start :]))
    return tuple(dict.fromkeys(found))


@functools.lru_cache(maxsize=2**10)
def suspended(first: str, compound: str) -> tuple[Term, ...]:
    """The terms of "arbejds-" before "mødekultur": of "arbejdskultur"; of longer compounds with each possible rest."""
    first = _clean(normalised(first))
    return _as_terms(*_merged(_of_piece(first + rest) for rest in _rests(compound)))


@functools.lru_cache(maxsize=2**10)
def continued(compound: str, last: str) -> tuple[Term, ...]:
    """The terms of "-kultur" after "møderegler": of "mødekultur"."""
    last = _clean(normalised(last))
    return _as_terms(*_merged(_of_piece(beginning + last) for beginning in _beginnings(compound)))


def danish_spellings(word: str) -> tuple[str, ...]:
    """How a word typed in ascii may be meant ("moede" -> "møde"), the likeliest first; () when there is nothing to ask.

    Which of them exist is for the caller to know.
    """
    pieces = _DIGRAPH.split(word)
    places = range(1, len(pieces), 2)
    if not 0 < len(places) <= _MAX_DIGRAPHS:
        return ()
    choices = ((_DIGRAPHS[piece], piece) if at in places else (piece,) for at, piece in enumerate(pieces))
    return tuple("".join(choice) for choice in itertools.product(*choices))[:-1]


def _of_piece(piece: str) -> tuple[list[str], list[str]]:
    """The basic forms of a word of letters and digits, and those of its parts."""
    forms, known = stems.basic_forms(piece)
    if not known:
        meant = next((word for word in danish_spellings(piece) if stems.basic_forms(word)[1]), None)
        if meant:
            forms = (*forms, *stems.basic_forms(meant)[0])
    inner = [part for form in forms for part in _inner(form)]
    mixed = _LETTERS_OR_DIGITS.findall(piece)
    if 1 < len(mixed) <= 3 and max(map(len, mixed)) > 2:  # bilag1, budget2017, but not CO2 and A4
        inner += [form for each in mixed for form in (stems.basic_forms(each)[0] if each.isalpha() else (each,))]
    return [*forms], inner


def _inner(form: str) -> Iterator[str]:
    """The basic forms of the parts of a compound: the smallest ones, and those that are compounds themselves."""
    parts = compounds.parts(form)
    for part in parts:
        yield from stems.basic_forms(part.word)[0]
    longer = ((first, last) for first in range(len(parts)) for last in range(first + 1, len(parts)))
    for first, last in itertools.islice(longer, _MAX_LONG_PARTS + 1):
        if last - first < len(parts) - 1:
            yield form[parts[first].start : parts[last].start] + parts[last].word


def _joining(piece: str) -> tuple[str, ...]:
    """The basic forms of the first part of a hyphenated word: "arbejds" -> "arbejde"."""
    forms, known = stems.basic_forms(piece)
    first = "" if known else compounds.first_part(piece)
    return (first,) if first else forms


def _rests(compound: str) -> Iterator[str]:
    form = stems.basic_forms(_clean(normalised(compound)))[0][0]
    for part in compounds.parts(form)[:0:-1]:
        yield form[part.start :]


def _beginnings(compound: str) -> Iterator[str]:
    form = stems.basic_forms(_clean(normalised(compound)))[0][0]
    for part in compounds.parts(form)[1:]:
        yield form[: part.start]


def _merged(found: Iterable[tuple[list[str], list[str]]]) -> tuple[list[str], list[str]]:
    wholes, inners = [], []
    for whole, inner in found:
        wholes += whole
        inners += inner
    return wholes, inners


def _as_terms(whole: Iterable[str], inner: Iterable[str]) -> tuple[Term, ...]:
    wholes = dict.fromkeys(folded(form) for form in whole)
    inners = dict.fromkeys(folded(form) for form in inner)
    return (
        *(Term(text) for text in wholes if text),
        *(Term(text, part=True) for text in inners if text and text not in wholes),
    )


def _clean(word: str) -> str:
    return "".join(letter for letter in word if letter.isalnum())
