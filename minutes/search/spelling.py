"""Words that the archive has not, and the nearest that it has: "digitalliseringsrådet" -> "digitaliseringsrådet".

What was typed is compared with the archive's words, with their basic forms and with the parts of its compounds, so that
"intergration" is "integration" where the archive only has "integrationsteamet". A word that is good Danish is left
alone, whatever the archive has: "lokalplan" is not meant as "lokalplads".
"""

from __future__ import annotations

import functools
import math
import string
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Length

from minutes.models import Reader, Word
from minutes.models.vocabulary import WordQuerySet
from minutes.search import compounds, lexicon, stems
from minutes.search.analysis import danish_spellings, divisions, split_compound
from minutes.search.edits import cost
from minutes.search.folding import folded, normalised
from minutes.search.vocabulary import count_of

_FAR_MORE = 10  # times as often
MOST_WORDS = 4  # repaired at once; each takes the database some time
_SHORTEST, _LONGEST = 4, 40  # letters of words that are repaired
_MOST_CANDIDATES = 40  # of each spelling
_MOST_SPELLINGS = 1  # of a word typed in ascii
_ENUMERATED = 7  # letters up to which all words one edit away are looked up: they share too few trigrams
_LIKE = 0.4  # of the trigrams of what was typed a candidate has in one place, at least
_ALPHABET = string.ascii_lowercase + "æøå"
_ABBREVIATION = 5  # letters up to which capitals are one

# In slips, as edits.cost counts them
_WORTH_OF_TEN_TIMES = 0.15
_OF_BASIC_FORM, _OF_PART = 0.1, 0.25  # a word as it stands is likelier than one that stands in it
_OF_TYPED_BASIC_FORM = 0.25
_LETTERS_FOR_SPELLINGS = 0.5  # how much nearer two words may be as written than when æ, ø and å are folded
_SHORTEST_PART = 5
_MOST_COMPARED = 12  # candidates of a word that are compared letter by letter as written
_NAME, _CUT_OFF, _CAPITALISED, _SHORT_CAPITALISED = 0.5, 1.0, 1.0, 0.75  # the most in such a word
_DOUBTFUL_COMPOUNDS = ((6.0, 1.1), (5.0, 0.75))  # from which cost of each part on how much: "lands-byge-fond"


class _Row(NamedTuple):
    """A word of the archive."""

    text: str
    number: int  # of items
    terms: Sequence[str]


def repairs(words: Iterable[str], *, reader: Reader) -> dict[str, str]:
    """Of `words` as typed those that are likely misspelt, each with what the archive that `reader` may see has instead.

    Words that the archive has, also in another form, and those that are Danish are none of them. Three queries at most.
    """
    asked = {word: normalised(word) for word in dict.fromkeys(words)}
    asked = {typed: word for typed, word in asked.items() if _is_repairable(typed) or danish_spellings(word)}
    asked = dict(list(asked.items())[:MOST_WORDS])
    if not asked:
        return {}
    exact = {row.text: row for row in _looked_up(list(asked.values()), reader)}
    found: dict[str, str] = {}
    unclear: dict[str, str] = {}
    for typed, word in asked.items():
        if any(form in exact for form in (word, *stems.basic_forms(word)[0])):
            continue
        meant = next((spelling for spelling in danish_spellings(word) if spelling in exact), None)
        if meant:
            found[typed] = meant
        elif _is_repairable(typed):
            unclear[typed] = word
    similar = _similar(list(unclear.values()), reader) if unclear else {}
    nearest = {
        typed: _nearest(word, [*exact.values(), *similar.get(word, ())], most=_most_of(typed))
        for typed, word in unclear.items()
    }
    return found | {typed: text for typed, text in nearest.items() if text}


def likelier(words: Iterable[str], *, reader: Reader) -> dict[str, str]:
    """Of `words` that the archive has but seldom, and that are no good Danish, those for which it has a near word far
    more often: a slip that stands in the minutes themselves. Two queries at most."""
    asked = {word: normalised(word) for word in dict.fromkeys(words) if _is_repairable(word)}
    asked = dict(list(asked.items())[:MOST_WORDS])
    if not asked:
        return {}
    exact = {row.text: row for row in _looked_up(list(asked.values()), reader)}
    similar = _similar(list(asked.values()), reader)
    found = {}
    for typed, word in asked.items():
        own = exact[word].number if word in exact else 1
        rows = [row for row in (*exact.values(), *similar.get(word, ())) if row.number >= _FAR_MORE * own]
        if meant := _nearest(word, rows, most=_most_of(typed)):
            found[typed] = meant
    return found


# Which words


def _is_repairable(typed: str) -> bool:
    word = normalised(typed)
    is_abbreviation = typed.isupper() and len(typed) <= _ABBREVIATION
    has_a_length = _SHORTEST <= len(word) <= _LONGEST
    return has_a_length and word.isalpha() and not is_abbreviation and _allowed(word) > 0


def _most_of(typed: str) -> float:
    """The highest cost of a repair as far as capitals tell: it may be a name, "Mette" is not "meste"."""
    if not typed.istitle():
        return math.inf
    return _CAPITALISED if len(typed) > _ABBREVIATION else _SHORT_CAPITALISED


@functools.lru_cache(maxsize=2**8)
def _allowed(word: str) -> float:
    """The highest cost of a repair, 0 for good Danish: names are spelt in many ways, and short words are near each
    other by chance."""
    entry = lexicon.words().get(word)
    if entry is not None and entry.links == lexicon.NAME:
        return _NAME
    forms, is_known = stems.basic_forms(word)
    if is_known:
        return max(0.0, min(map(functools.partial(_doubt, word), forms)))
    length = len(word)
    return 1.0 if length <= 5 else 1.5 if length <= 7 else 2.0 if length <= 12 else 2.5


def _doubt(word: str, form: str) -> float:
    """The highest cost where a word looks Danish by chance: as a compound of odd parts ("kamp-anger"), or without its
    last letter, of a word that has no form without it ("mødr")."""
    if compounds.is_word(form):
        return _CUT_OFF if form == word + "e" and form not in stems.lemmas(form) else 0.0
    parts = compounds.parts(form)
    price = compounds.cost(form) / len(parts) if parts else 0.0
    return next((most for least, most in _DOUBTFUL_COMPOUNDS if price > least), 0.0)


# What the archive has


def _visible(reader: Reader) -> WordQuerySet:
    return Word.objects.visible_for(reader)


def _looked_up(words: Sequence[str], reader: Reader) -> Iterator[_Row]:
    """What stands in the archive as one of `words` may be meant; of short words also in another form."""
    texts = {text for word in words for text in (*stems.basic_forms(word)[0], *_near(word))}
    found = _visible(reader).filter(text__in=texts)
    return (_Row(*row) for row in found.values_list("text", count_of(reader), "terms"))


def _near(word: str) -> Iterator[str]:
    """What a word may be meant as that is not left to trigrams: other letters for ascii, neighbours that changed
    places, and of short ones one edit."""
    yield from (word, *danish_spellings(word))
    yield from (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1))
    if len(word) > _ENUMERATED:
        return
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in _ALPHABET)
        yield from (before + letter + after for letter in _ALPHABET)


def _similar(words: Sequence[str], reader: Reader) -> Mapping[str, list[_Row]]:
    """For each of `words` the words of the archive that have something in them that looks most like it."""
    one, *others = (
        _visible(reader)
        .annotate(asked=Value(word), likeness=TrigramWordSimilarity(spelling, "text"), length=Length("text"))
        .filter(text__trigram_word_similar=spelling, length__gte=len(word) - 3)
        .order_by(F("likeness").desc(), F(count_of(reader)).desc())
        .values_list("asked", "text", count_of(reader), "terms")[:_MOST_CANDIDATES]
        for word in words
        for spelling in (word, *danish_spellings(word)[:_MOST_SPELLINGS])
    )
    found = defaultdict(list)
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(_LIKE)])
        for asked, *row in one.union(*others) if others else one:
            found[asked].append(_Row(*row))
    return found


# Which of it is nearest


class _Candidate(NamedTuple):
    """What may be meant: a word of the archive, its basic form, or a part of it. `term` is folded."""

    term: str
    row: _Row
    extra: float


def _nearest(word: str, rows: Iterable[_Row], *, most: float) -> str | None:
    """What costs the least, less where it is frequent; None when nothing is near enough."""
    allowed = min(_allowed(word), most)
    typed = _typed(word)
    counts: dict[str, int] = defaultdict(int)
    best: dict[str, tuple[float, _Candidate]] = {}
    for candidate in _candidates({row.text: row for row in rows}.values(), word, allowed):
        term = candidate.term
        counts[term] += candidate.row.number
        if term in best:
            price = best[term][0] + candidate.extra - best[term][1].extra
        else:
            price = _cost_folded(typed, term, allowed + _LETTERS_FOR_SPELLINGS) + candidate.extra
        if term not in best or price < best[term][0]:
            best[term] = price, candidate
    compared = sorted(one for one in best.values() if one[0] < math.inf)[:_MOST_COMPARED]
    near: list[tuple[float, str]] = []
    for price, candidate in compared:
        text = _spelled(candidate)
        price = min(price, _cost(typed, text, allowed) + candidate.extra)
        if text and price <= allowed and text != word:
            near.append((price - _WORTH_OF_TEN_TIMES * math.log10(max(counts[candidate.term], 1)), text))
    return min(near, default=(0, None))[1]


def _typed(word: str) -> dict[str, float]:
    """What is compared: the word as typed, and its basic forms at a cost."""
    forms = (*stems.basic_forms(word)[0], *stems.lemmas(word))
    return {word: 0.0} | {form: _OF_TYPED_BASIC_FORM for form in forms if form != word}


def _candidates(rows: Collection[_Row], word: str, allowed: float) -> Iterator[_Candidate]:
    reach = 2 * (allowed + _LETTERS_FOR_SPELLINGS)  # letters; the cheapest slip costs half
    fold = len(folded(word))
    for row in rows:
        if not row.text.isalpha():
            continue
        text = folded(row.text)
        yield from (_Candidate(one, row, 0.0) for one in (text,) if abs(len(one) - fold) <= reach)
        for term in row.terms:
            is_part = term.startswith("~")
            plain = term.removeprefix("~")
            if plain != text and abs(len(plain) - fold) <= reach and not (is_part and len(plain) < _SHORTEST_PART):
                yield _Candidate(plain, row, _OF_PART if is_part else _OF_BASIC_FORM)


def _spelled(candidate: _Candidate) -> str:
    """A term as it is written, "" when that cannot be told: "aarsberetning" of "årsberetningen" is "årsberetning"."""
    text, term = candidate.row.text, candidate.term
    if candidate.extra == _OF_PART:
        pieces = (*split_compound(text), *(piece for pair in divisions(text) for piece in pair))
        forms = tuple(form for piece in pieces for form in (piece, *stems.basic_forms(piece)[0]))
    else:
        forms = (text, *stems.basic_forms(text)[0])
    return next((form for form in forms if folded(form) == term), "" if danish_spellings(term) else term)


def _cost_folded(typed: Mapping[str, float], term: str, most: float) -> float:
    return min(cost(folded(form), term, most=most) + extra for form, extra in typed.items())


def _cost(typed: Mapping[str, float], text: str, most: float) -> float:
    return min(cost(form, text, most=most) + extra for form, extra in typed.items())
