"""Words that search treats alike: from the table that editors keep to the other ways of saying what was typed."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from django.apps import apps as installed
from django.apps.config import AppConfig
from django.apps.registry import Apps
from django.db import DEFAULT_DB_ALIAS, connections, router

from minutes.models import Synonym
from minutes.search.analysis import analyse
from minutes.search.folding import folded

START_LIST = Path(__file__).resolve().parent / "data" / "synonyms.txt"

# An abbreviation that is one of these when written small ("MED", "AT") is only meant where it is typed in capitals, and
# is never looked for in place of its meaning: the index knows no capitals.
SMALL_WORDS = frozenset(
    "ad af alle alt altså anden at bag bl blev bliver bort bør da de dem den denne der deres det dette dig din "
    "disse dog du efter eller en end enten er et for fordi forbi fra få får før gennem gør ham han har have hen "
    "her hos hun hvad hver hvem hvis hvor i igen ikke imod ind inden ja jeg jer jo kan kom kun langs lige lå man "
    "mange med meget mellem men mens mere mest mig min mod må måtte ned nej nogen nok nu når nær og også ok om op "
    "over per pr på rar samt se selv ses sig sin siden skal sker som står så sådan te the thi til tog ud uden "
    "under var ved vel vi via vil vor være".split()
)
MOST_WORDS = 10  # of a side of an entry: what is longer is nobody's words for anything
_SHOUTED = 6  # letters of a word in capitals that is no abbreviation: all of what was typed is in capitals then

type Stretch = tuple[int, int, tuple[tuple[str, ...], ...]]  # first word, the one after the last, other ways to say it


class _Word(NamedTuple):
    written: str
    terms: frozenset[str]  # the one that is spelled as it is written, if there is: "ansat" is not "ansætte"

    @property
    def is_small(self) -> bool:
        return self.written.lower() in SMALL_WORDS

    @property
    def looks_small(self) -> bool:
        """Whether only its capitals tell it from a common word: "MED"; "TR", which the analyser takes for "tre"."""
        misread = self.written.isupper() and len(self.written) > 1 and folded(self.written.lower()) not in self.terms
        return self.is_small or misread


class _Side(NamedTuple):
    """One side of an entry, and what the other side is."""

    words: tuple[_Word, ...]
    other: tuple[str, ...]
    in_capitals: bool


@dataclass(frozen=True, slots=True)
class Synonyms:
    """The table, ready to be asked. What is alike to a word is what shares an entry with it, and no more: what is alike
    to that again is not."""

    _sides: Mapping[str, tuple[_Side, ...]]  # by each term of their first word
    _parts: Mapping[str, tuple[str, ...]]

    @classmethod
    def load(cls) -> Synonyms:
        """The table as it stands now: one query."""
        return _compiled(tuple(Synonym.objects.order_by("pk").values_list("word", "meaning")))

    @classmethod
    def none(cls) -> Synonyms:
        """No word is like another."""
        return _compiled(())

    def of_word(self, word: str) -> tuple[tuple[str, ...], ...]:
        """How else a word that was typed may be said, each way as words; () for none."""
        return next((others for _, _, others in self.in_words([word])), ())

    def in_words(self, words: Sequence[str]) -> list[Stretch]:
        """Stretches of the words typed that have other ways to be said, by their beginning, the longer first.

        Whether small words were left out of `words` makes no difference.
        """
        typed = [(at, word) for at, given in enumerate(words) for word in _words(given)]
        shouted = _is_shouted(words)
        found: dict[tuple[int, int], dict[str, tuple[str, ...]]] = {}
        for first, (start, word) in enumerate(typed):
            if first and typed[first - 1][0] == start:
                continue  # in the midst of what was typed as one
            for side in dict.fromkeys(side for term in word.terms for side in self._sides.get(term, ())):
                after = first + len(side.words)
                row = typed[first:after]
                if len(row) < len(side.words) or (after < len(typed) and typed[after][0] == row[-1][0]):
                    continue
                if side.in_capitals and (shouted or not word.written.startswith(side.words[0].written.upper())):
                    continue
                if all(one.terms & meant.terms for (_, one), meant in zip(row, side.words, strict=True)):
                    others = found.setdefault((start, row[-1][0] + 1), {})
                    others.setdefault(" ".join(side.other).casefold(), side.other)
        return [
            (start, end, tuple(found[start, end].values()))
            for start, end in sorted(found, key=lambda stretch: (stretch[0], -stretch[1]))
        ]

    def of_part(self, term: str) -> tuple[str, ...]:
        """The terms that may stand for `term` as a part of a compound, from entries of one word on either side."""
        return self._parts.get(term, ())


@functools.lru_cache(maxsize=4)
def _compiled(pairs: tuple[tuple[str, str], ...]) -> Synonyms:
    sides: dict[str, dict[_Side, None]] = {}
    parts: dict[str, dict[str, None]] = {}
    for left, right in pairs:
        for here, there in ((_words(left), _words(right)), (_words(right), _words(left))):
            for side in _sides(here, there):
                for term in side.words[0].terms:
                    sides.setdefault(term, {})[side] = None
            if len(here) == len(there) == 1 and not (here[0].looks_small or there[0].looks_small):
                for term in here[0].terms:
                    parts.setdefault(term, {}).update(dict.fromkeys(sorted(there[0].terms - here[0].terms)))
    return Synonyms(
        {term: tuple(found) for term, found in sides.items()},
        {term: tuple(found) for term, found in parts.items() if found},
    )


def _sides(here: tuple[_Word, ...], there: tuple[_Word, ...]) -> Iterator[_Side]:
    """The side `here` as it is typed: with all its words, or with none of the small ones."""
    if not here or not there or (len(there) == 1 and there[0].looks_small):
        return
    other = tuple(word.written for word in there)
    yield _Side(here, other, len(here) == 1 and here[0].looks_small)
    large = tuple(word for word in here if not word.is_small)
    if large and len(large) < len(here):
        yield _Side(large, other, False)


def _is_shouted(words: Sequence[str]) -> bool:
    letters = ["".join(filter(str.isalpha, word)) for word in words]
    return all(word.isupper() for word in letters if word) and any(len(word) >= _SHOUTED for word in letters)


def _words(text: str) -> tuple[_Word, ...]:
    """The words of one side of an entry or of what was typed, without those that nothing is left of."""
    found: list[_Word] = []
    reached = 0
    for token in analyse(text):
        if token.start < reached:
            continue  # within a date, which is one word here
        reached = token.end
        wholes = {term.text for term in token.terms if not term.part}
        written = folded(token.word)
        if wholes:
            terms = frozenset({written} if written in wholes else wholes)
            found.append(_Word(text[token.start : token.end], terms))
    return tuple(found)


def count_words(text: str) -> int:
    """How many words search sees in one side of an entry; without any the entry would do nothing."""
    return len(_words(text))


def is_same(word: str, meaning: str) -> bool:
    """Whether search takes both for the same without an entry: "budget" and "Budgetterne"."""
    left, right = _words(word), _words(meaning)
    return len(left) == len(right) and all(one.terms & other.terms for one, other in zip(left, right, strict=True))


def start_list() -> list[tuple[str, str]]:
    """The entries that an archive begins with: each a word and what it means."""
    lines = START_LIST.read_text(encoding="utf-8").splitlines()
    entries = (line.partition(" = ") for line in lines if line and not line.startswith("#"))
    return [(word, meaning) for word, _, meaning in entries]


def ensure_start_list(
    sender: AppConfig,
    using: str = DEFAULT_DB_ALIAS,
    apps: Apps = installed,
    plan: Sequence[Any] | None = None,
    **kwargs: Any,
) -> None:
    """Receiver of `post_migrate`: gives the start list to an archive that never had an entry.

    That is one whose table has never numbered a row, so that what an editor deletes stays away; or one that was just
    emptied by `flush`, which is no migration and so has no plan.
    """
    try:
        model = apps.get_model("minutes", "Synonym")
    except LookupError:  # migrated back to before there was the table
        return
    if not router.allow_migrate_model(using, model):
        return
    rows = model.objects.using(using)
    if rows.exists() or (plan is not None and _has_numbered(model, using)):
        return
    rows.bulk_create([model(word=word, meaning=meaning) for word, meaning in start_list()], ignore_conflicts=True)


def _has_numbered(model: Any, using: str) -> bool:
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, %s)::regclass)",
            [connections[using].ops.quote_name(model._meta.db_table), model._meta.pk.column],
        )
        return cursor.fetchone()[0] is not None
