"""Words that the archive has not, and the nearest that it has: "digitalliseringsrådet" -> "digitaliseringsrådet".

A word that is good Danish is left alone, whatever the archive has: "lokalplan" is not meant as "lokalplads".
"""

from __future__ import annotations

import functools
import math
import string
from collections.abc import Iterable, Iterator, Sequence

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import F
from django.db.models.functions import Length

from minutes.models import Reader, Word
from minutes.models.vocabulary import WordQuerySet
from minutes.search import lexicon, stems
from minutes.search.analysis import danish_spellings
from minutes.search.edits import cost
from minutes.search.folding import folded, normalised
from minutes.search.vocabulary import count_of

MOST_WORDS = 4  # repaired at once; each takes the database some time
_SHORTEST, _LONGEST = 4, 40  # letters of words that are repaired
_MOST_CANDIDATES = 40  # of each spelling
_MOST_SPELLINGS = 1  # of a word typed in ascii
_ENUMERATED = 7  # letters up to which all words one edit away are looked up: they share too few trigrams
_WORTH_OF_TEN_TIMES = 0.15  # slips
_ALPHABET = string.ascii_lowercase + "æøå"
_ABBREVIATION = 5  # letters up to which capitals are one


def repairs(words: Iterable[str], *, reader: Reader) -> dict[str, str]:
    """Of `words` as typed those that are likely misspelt, each with what the archive that `reader` may see has instead.

    Words that the archive has, also in another form, and those that are Danish are none of them. Two queries at most.
    """
    asked = {word: normalised(word) for word in dict.fromkeys(words) if _is_repairable(word)}
    asked = dict(list(asked.items())[:MOST_WORDS])
    if not asked:
        return {}
    looked_up = {text for word in asked.values() for text in (*stems.basic_forms(word)[0], *_near(word))}
    exact = _counts(_visible(reader).filter(text__in=looked_up), reader)
    found: dict[str, str] = {}
    unclear: dict[str, str] = {}
    for typed, word in asked.items():
        if any(form in exact for form in (word, *stems.basic_forms(word)[0])):
            continue
        meant = next((spelling for spelling in danish_spellings(word) if spelling in exact), None)
        if meant:
            found[typed] = meant
        else:
            unclear[typed] = word
    similar = _counts(_similar(list(unclear.values()), reader), reader) | exact if unclear else {}
    nearest = {typed: _nearest(word, similar) for typed, word in unclear.items()}
    return found | {typed: text for typed, text in nearest.items() if text}


def _is_repairable(typed: str) -> bool:
    word = normalised(typed)
    is_abbreviation = typed.isupper() and len(typed) <= _ABBREVIATION
    has_a_length = _SHORTEST <= len(word) <= _LONGEST
    return has_a_length and word.isalpha() and not is_abbreviation and not stems.basic_forms(word)[1]


def _visible(reader: Reader) -> WordQuerySet:
    return WordQuerySet(Word).visible_for(reader)


def _counts(rows: WordQuerySet, reader: Reader) -> dict[str, int]:
    return dict(rows.values_list("text", count_of(reader)))


def _spellings(word: str) -> tuple[str, ...]:
    return (word, *danish_spellings(word)[:_MOST_SPELLINGS])


def _near(word: str) -> Iterator[str]:
    """What a word may be meant as that is not left to trigrams: other letters for ascii, and of short ones one edit."""
    yield from (word, *danish_spellings(word))
    if len(word) > _ENUMERATED:
        return
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in _ALPHABET)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        yield from (before + letter + after for letter in _ALPHABET)


def _similar(words: Sequence[str], reader: Reader) -> WordQuerySet:
    """The words of the archive that look most like each of `words`."""
    spellings = [spelling for word in words for spelling in _spellings(word)]
    one, *others = (
        _visible(reader)
        .annotate(length=Length("text"), likeness=TrigramSimilarity("text", spelling))
        .filter(text__trigram_similar=spelling, length__range=(len(spelling) - 3, len(spelling) + 3))
        .order_by(F("likeness").desc())[:_MOST_CANDIDATES]
        for spelling in spellings
    )
    return one.union(*others) if others else one


def _nearest(word: str, candidates: dict[str, int]) -> str | None:
    """The candidate with the least cost, less where it is frequent; None when none is near enough."""
    allowed = _allowed(word)
    costs = {
        text: min(_cost(spelling, text, allowed) for spelling in _spellings(word))
        for text in candidates
        if text.isalpha() and abs(len(text) - len(word)) <= allowed * 2
    }
    near = [text for text in costs if costs[text] <= allowed]
    return min(near, key=lambda text: (costs[text] - _worth(candidates[text]), text), default=None)


def _worth(count: int) -> float:
    """How much further away a word may be than one that stands in a single item: "budget" wins over "bugtet"."""
    return _WORTH_OF_TEN_TIMES * math.log10(max(count, 1))


def _cost(typed: str, text: str, most: float) -> float:
    with_letters = cost(typed, text, most=most)
    return with_letters if typed.isascii() and text.isascii() else min(with_letters, _folded_cost(typed, text, most))


def _folded_cost(typed: str, text: str, most: float) -> float:
    return cost(folded(typed), folded(text), most=most)


@functools.lru_cache(maxsize=2**8)
def _allowed(word: str) -> float:
    """The highest cost of a repair: names are spelt in many ways, and short words are near each other by chance."""
    entry = lexicon.words().get(word)
    if entry is not None and entry.links == lexicon.NAME:
        return 0.5
    length = len(word)
    return 1.0 if length <= 5 else 1.5 if length <= 7 else 2.0 if length <= 12 else 2.5
