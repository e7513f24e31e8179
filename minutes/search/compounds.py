"""Compounds and their parts: "sygefraværsstatistik" is syge, fravær, statistik.

A word of the lexicon comes apart where the lexicon says so, or not at all. Another is tried against the lexicon: first
parts in the form in which they join ("arbejds", "børne"), a last part that may end a compound; of several ways the one
with few, long and productive parts is taken. Words are given in their basic form.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator
from typing import NamedTuple

from minutes.search import lexicon

MAX_LETTERS = 60  # longer ones are no words
MAX_PARTS = 5
_AS_IT_STANDS = 3  # "fælles" before "fælle", but "folk" before the rare verb "folke"
_HIGHEST_COST = 6.3  # of a part on average, above which a word is left whole


class Part(NamedTuple):
    """A part: where it begins in the compound, and its basic form."""

    start: int
    word: str


def is_word(word: str) -> bool:
    """Whether the lexicon has it as a basic form, and not as a name."""
    entry = lexicon.words().get(word)
    return entry is not None and entry.links != lexicon.NAME


def parts(word: str) -> tuple[Part, ...]:
    """The smallest parts of a compound in basic form; () when it is none."""
    entry = lexicon.words().get(word)
    if entry:
        found = [0, entry.first_letters] if entry.first_letters else []
    elif 5 <= len(word) <= MAX_LETTERS:
        found = _cheapest(word)[1]
    else:
        found = []
    return tuple(_smallest(word, found)) if found else ()


def first_part(form: str) -> str:
    """The word of which `form` is the first part of compounds: "arbejds" -> "arbejde"; "" when there is none."""
    words = lexicon.words()
    return max(_first_words(form), key=lambda word: words[word].as_first + _AS_IT_STANDS * (word == form), default="")


def _smallest(word: str, starts: list[int]) -> Iterator[Part]:
    for start, end in zip(starts, [*starts[1:], len(word)], strict=True):
        part = word[start:] if end == len(word) else first_part(word[start:end])
        inner = parts(part) if part in lexicon.words() else ()
        if inner:
            yield from (Part(start + first.start, first.word) for first in inner)
        else:
            yield Part(start, part)


def cost(word: str) -> float:
    """How unlikely a word unknown to the lexicon is as a compound; infinite when it is none."""
    return _cheapest(word)[0] if 5 <= len(word) <= MAX_LETTERS and word not in lexicon.words() else math.inf


@functools.lru_cache(maxsize=2**12)
def _cheapest(word: str) -> tuple[float, list[int]]:
    """The cost of a word unknown to the lexicon as a compound, and where its parts begin; [] when it is none."""
    words = lexicon.words()
    length = len(word)
    best: dict[int, tuple[float, list[int]]] = {}  # for the rest of the word from there: cost, and starts of parts
    for start in range(length - 2, -1, -1):
        if start:
            entry = words.get(word[start:])
            if entry and entry.as_last >= 0:
                best[start] = (_cost(entry.as_last, length - start), [start])
        for end in range(start + 2, length - 1):
            if end not in best or len(best[end][1]) >= MAX_PARTS:
                continue
            first = first_part(word[start:end])
            if first:
                total = best[end][0] + _cost(words[first].as_first, len(first))
                if start not in best or total < best[start][0]:
                    best[start] = (total, [start, *best[end][1]])
    total, starts = best.get(0, (math.inf, []))
    return (total, starts) if total <= _HIGHEST_COST * len(starts) else (math.inf, [])


def _cost(productivity: int, letters: int) -> float:
    return 3 + (9 - productivity) * 0.5 - (min(letters, 9) - 5) * 0.75


def _first_words(form: str) -> Iterator[str]:
    """Words whose joining form this is; the letters are those of make_lexicon.py's LINKS."""
    yield from _linked(form, "0")
    if form.endswith("s"):
        yield from _linked(form[:-1], "s")
        yield from _linked(form[:-1] + "e", "S")
    elif form.endswith("e"):
        yield from _linked(form[:-1], "e")
        yield from _linked(form[:-2], "d")
        yield from _linked(form[:-1] + "um", "u")
    elif form.endswith("er"):
        yield from _linked(form[:-2], "r")
        yield from _linked(form[:-3], "D")
    elif form.endswith("t"):
        yield from _linked(form[:-1], "t")
    yield from _linked(form + "e", "-")


def _linked(word: str, link: str) -> Iterator[str]:
    entry = lexicon.words().get(word)
    if entry and link in entry.links:
        yield word
