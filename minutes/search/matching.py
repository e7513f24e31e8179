"""Where a text has what was looked for, exactly as the analyser would say, but many times faster than analysing it all.

A text is cut at its blanks into pieces. A piece is decided once for each target: most of them lack every letter
sequence that a word with a wanted term must have (`Sieve`), and the rest are analysed alone. Only pieces whose tokens
depend on what stands round them (in dates, case numbers, "arbejds- og mødekultur", phrases) are analysed in place,
with enough of the text round them.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from minutes.search.analysis import Token, analyse
from minutes.search.folding import folded
from minutes.search.sieve import Sieve, letters
from minutes.search.words import HYPHENS

_LONG = 100  # characters; words are cut at some length, so long pieces are not judged by their letters
_DIGIT = re.compile("[0-9]")
_BUSY = re.compile(rf"[0-9@]|\w[{HYPHENS}]|[{HYPHENS}]\w")  # may be in a mark, or hang together with other words
_HAS_WORD = re.compile(r"[^\W\d_]")
_HAS_TOKEN = re.compile(r"[\w%&§]")
# "arbejds-" and "-kultur"; an e-mail address may begin and end so anywhere
_SUSPENDED = re.compile(rf"[^{HYPHENS}\s][{HYPHENS}](?:$|[,/])|(?:^|[\W_])[{HYPHENS}]\S|@.*[{HYPHENS}]", re.DOTALL)
_HOUR = re.compile(r"kl[.:]?$", re.IGNORECASE)  # "kl 9" is no KL
_MONTH_IN_IT = re.compile("jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec")  # of "juni-aftale", that "2. juni" cuts
_DANISH_WORD = re.compile(r"[^\w]*[a-zæøåA-ZÆØÅ]*[^\w'’´`‐‑-]*")
_NUMBER = re.compile(r"[(\[”\"]*[0-9]{1,6}[.,:;)\]?!”\"]*")
# What stands before the words of a case number that are hidden in it: "P20-1-17", "sagsnr. EMN 2017".
_CASE_BEFORE = re.compile(
    r"(?:[0-9][\s/\u2010-\u2015\u2212-]{1,3}|(?:nr|nummer|numre|id)\.?\s?:?\s?(?:[^\W\d_]{1,6}\s?)?)\Z", re.IGNORECASE
)
_REACH = 40  # characters that it takes at most
_CLEAN = 8  # pieces with words between what may hang together: more than a mark, its label or a hyphen reaches over
_ROUND = 2  # pieces that a date may have before and after its digits


@dataclass(frozen=True, slots=True)
class Target:
    """What is looked for.

    A token matches when one of its terms is in `wholes` (those of whole words) or `parts` (those of parts), each with
    its weight; when its normalised and folded word begins with one of `beginnings`; or when its terms contain all of a
    set of `together`. The tokens of a phrase match where whole terms of its sets stand at consecutive positions.
    """

    wholes: Mapping[str, float]
    parts: Mapping[str, float]
    beginnings: tuple[str, ...] = ()
    together: tuple[frozenset[str], ...] = ()
    phrases: tuple[tuple[frozenset[str], ...], ...] = ()


type Weights = tuple[tuple[str, float], ...]  # what was matched, and what it weighs


class Match(NamedTuple):
    """A token that matches at `start`:`end`."""

    start: int
    end: int
    weights: Weights


class _Verdict(NamedTuple):
    """What is known of a piece wherever it stands."""

    found: tuple[Match, ...] = ()  # offsets within the piece; without phrases
    in_phrases: int = 0  # a bit for each word of a phrase that stands in it
    is_open: bool = False  # only the text round it can tell
    is_suspended: bool = False  # may have terms of a word near it
    is_number: bool = False  # stands as it is, unless it is of a case number


_OPEN = _Verdict(in_phrases=-1, is_open=True)


@dataclass(slots=True)
class Matcher:
    """Finds `target` in texts. Keep it for all texts of a page: it remembers what it has decided."""

    target: Target
    _sieve: Sieve = field(init=False, repr=False)
    _decided: set[str] = field(init=False, repr=False, default_factory=set)
    _alive: dict[str, _Verdict] = field(init=False, repr=False, default_factory=dict)  # those that say something
    _phrases: list[tuple[int, tuple[frozenset[str], ...]]] = field(init=False, repr=False)  # with the mask of all words
    _mixed: bool = field(init=False, repr=False)  # a beginning with letters and digits may go over a blank: "juni 2"

    def __post_init__(self) -> None:
        target = self.target
        first = 0
        self._phrases = []
        for phrase in target.phrases:
            if phrase:
                self._phrases.append((((1 << len(phrase)) - 1) << first, phrase))
                first += len(phrase)
        terms = {*target.wholes, *target.parts}
        terms.update(*(term for _, phrase in self._phrases for term in phrase))
        terms.update(max(terms, key=len) for terms in target.together if terms)
        self._sieve = Sieve(frozenset(terms), target.beginnings)
        self._mixed = any(_DIGIT.search(beginning) and not beginning.isdecimal() for beginning in target.beginnings)

    def matches(self, text: str) -> list[Match]:
        """The tokens of `text` that match, in the order of their starts; they may overlap."""
        scanned = text.replace("_", " ")
        row = scanned.split()
        if not self._alive_in(row):
            return []
        pieces = _placed(scanned, row)
        stretches = [_Stretch(pieces, first, last) for first, last in self._stretches(scanned, pieces)]
        found: list[Match] = []
        reached = 0
        for stretch in stretches:
            found += self._plain(pieces, reached, stretch.first)
            start, end = stretch.context(len(scanned))
            for match in self.judged(analyse(scanned[start:end])):
                if stretch.start <= match.start + start < stretch.end:
                    found.append(Match(match.start + start, match.end + start, match.weights))
            reached = stretch.last + 1
        found += self._plain(pieces, reached, len(pieces))
        return found

    def rough_weights(self, text: str) -> dict[str, float] | None:
        """What matches and what it weighs, as far as words alone tell; None where nothing does but their neighbours
        may. Many times as fast as `matches`."""
        weights: dict[str, float] = {}
        depends = False
        for piece in self._alive_in(text.replace("_", " ").split()):
            verdict = self._alive[piece]
            depends |= verdict.is_open or verdict.is_suspended or bool(verdict.in_phrases)
            for match in verdict.found:
                for term, weight in match.weights:
                    weights[term] = max(weight, weights.get(term, 0.0))
        return None if depends and not weights else weights

    def _alive_in(self, row: Sequence[str]) -> set[str]:
        """The different pieces that say something; each is decided once."""
        different = set(row)
        passes, hinted = self._sieve.pattern.search, self._sieve.has_hints
        for piece in different - self._decided:
            shape = _shape(piece)
            if shape and not passes(shape) and not (hinted and self._sieve.hints(piece)):
                continue
            verdict = self._decide(piece)
            if verdict:
                self._alive[piece] = verdict
        self._decided |= different
        return self._alive.keys() & different

    def judged(self, tokens: Sequence[Token]) -> Iterator[Match]:
        """Those of an analysed text's tokens that match."""
        phrased = self._phrased(tokens) if self._phrases else {}
        for at, token in enumerate(tokens):
            weights = {**self._weights(token), **phrased.get(at, {})}
            if weights:
                yield Match(token.start, token.end, tuple(weights.items()))

    def _weights(self, token: Token) -> dict[str, float]:
        target = self.target
        weights: dict[str, float] = {}
        for term in token.terms:
            weight = (target.parts if term.part else target.wholes).get(term.text)
            if weight is not None:
                weights[term.text] = weight
        if target.together:
            texts = {term.text for term in token.terms}
            for terms in target.together:
                if terms and terms <= texts:
                    weights.update((text, self._weight(text, 1 / len(terms))) for text in terms)
        if target.beginnings:
            word = folded(token.word)
            weights.update((f"{start}*", 1.0) for start in target.beginnings if word.startswith(start))
        return weights

    def _weight(self, term: str, otherwise: float) -> float:
        return max(self.target.wholes.get(term, 0.0), self.target.parts.get(term, 0.0)) or otherwise

    def _phrased(self, tokens: Sequence[Token]) -> dict[int, dict[str, float]]:
        """What the tokens match, by their index, that stand in a whole phrase."""
        at: dict[int, list[tuple[int, set[str]]]] = {}
        for index, token in enumerate(tokens):
            wholes = {term.text for term in token.terms if not term.part}
            at.setdefault(token.position, []).append((index, wholes))
        found: dict[int, dict[str, float]] = {}
        for _, phrase in self._phrases:
            for position in at:
                steps = [
                    [(index, words & wholes) for index, wholes in at.get(position + step, ()) if words & wholes]
                    for step, words in enumerate(phrase)
                ]
                if all(steps):
                    for index, words in (each for step in steps for each in step):
                        found.setdefault(index, {}).update((word, self._weight(word, 1.0)) for word in words)
        return found

    def _decide(self, piece: str) -> _Verdict | None:
        """What a piece that may have to do with the target says wherever it stands; None when it says nothing."""
        if len(piece) > _LONG:
            return _OPEN
        if _SUSPENDED.search(piece):
            return _Verdict(in_phrases=-1, is_open=True, is_suspended=True)
        if self._mixed or _HOUR.search(piece) or "@" in piece:
            return _OPEN
        is_number = False
        if _DIGIT.search(piece):
            if self.target.beginnings or self._sieve.hints(piece) or not _NUMBER.fullmatch(piece):
                return _OPEN
            is_number = True
        elif _MONTH_IN_IT.search(letters(piece)) and (self.target.beginnings or not _DANISH_WORD.fullmatch(piece)):
            return _OPEN
        tokens = analyse(piece)
        found = tuple(
            Match(token.start, token.end, tuple(weights.items()))
            for token in tokens
            if (weights := self._weights(token))
        )
        in_phrases = self._words_of_phrases(tokens)
        return _Verdict(found, in_phrases, is_number=is_number) if found or in_phrases else None

    def _words_of_phrases(self, tokens: Sequence[Token]) -> int:
        bits, first = 0, 0
        wholes = {term.text for token in tokens for term in token.terms if not term.part}
        for _, phrase in self._phrases:
            for step, words in enumerate(phrase):
                bits |= (not wholes.isdisjoint(words)) << (first + step)
            first += len(phrase)
        return bits

    def _plain(self, pieces: list[tuple[str, int]], first: int, last: int) -> Iterator[Match]:
        for piece, start in pieces[first:last]:
            if verdict := self._alive.get(piece):
                for match in verdict.found:
                    yield Match(match.start + start, match.end + start, match.weights)

    def _stretches(self, text: str, pieces: list[tuple[str, int]]) -> list[tuple[int, int]]:
        """First and last piece of what must be analysed in place; in order, none touching another."""
        wanted = [*self._open(text, pieces), *(self._with_phrases(pieces) if self._phrases else ())]
        merged: list[tuple[int, int]] = []
        for first, last in sorted(_widened(pieces, first, last) for first, last in wanted):
            if merged and first <= merged[-1][1] + 1:
                merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
            else:
                merged.append((first, last))
        return merged

    def _open(self, text: str, pieces: list[tuple[str, int]]) -> Iterator[tuple[int, int]]:
        beyond = -1
        for at, (piece, start) in enumerate(pieces):
            verdict = self._alive.get(piece)
            if verdict is None or at <= beyond:
                continue
            if verdict.is_suspended:
                first, last = _widened(pieces, at, at)
                start, end = _Stretch(pieces, first, last).context(len(text))
                is_open = self._sieve.joins(text[start:end])
            elif verdict.is_open:
                is_open = True
            else:
                following = pieces[at + 1][0] if at + 1 < len(pieces) else ""
                before = start if verdict.is_number else start + len(piece)
                may_hide = verdict.is_number or _DIGIT.match(following)
                is_open = bool(may_hide and _CASE_BEFORE.search(text, max(0, before - _REACH), before))
            if is_open:
                first, beyond = _widened(pieces, at, at)
                yield first, beyond

    def _with_phrases(self, pieces: list[tuple[str, int]]) -> Iterator[tuple[int, int]]:
        """Rows of pieces that have all words of a phrase and nothing else."""
        first, bits = 0, 0
        for at, (piece, _) in enumerate((*pieces, ("end", 0))):
            verdict = self._alive.get(piece) if at < len(pieces) else None
            if verdict and verdict.in_phrases:
                bits |= verdict.in_phrases
            elif _HAS_TOKEN.search(piece) and not (at + 1 < len(pieces) and _DIGIT.match(pieces[at + 1][0])):
                if any(bits & mask == mask for mask, _ in self._phrases):
                    yield first, at - 1
                first, bits = at + 1, 0


class _Stretch:
    """Some pieces in a row that are analysed together."""

    def __init__(self, pieces: list[tuple[str, int]], first: int, last: int) -> None:
        self._pieces = pieces
        self.first, self.last = first, last
        self.start = pieces[first][1]
        self.end = pieces[last][1] + len(pieces[last][0])

    def context(self, length: int) -> tuple[int, int]:
        """From where to where a text of that length must be analysed for the tokens of these pieces to be right."""
        before, after = self.first, self.last
        clean = 0
        while before > 0 and clean < _CLEAN:
            before -= 1
            clean += bool(_HAS_WORD.search(self._pieces[before][0]))
        clean = 0
        while after + 1 < len(self._pieces) and clean < _CLEAN:
            after += 1
            clean += bool(_HAS_WORD.search(self._pieces[after][0]))
        end = self._pieces[after][1] + len(self._pieces[after][0])
        return self._pieces[before][1], min(end + 1, length)  # with the blank: a hyphen before it means something


def _placed(text: str, row: list[str]) -> list[tuple[str, int]]:
    """The pieces of `text` with where they start."""
    placed = []
    at = 0
    for piece in row:
        at = text.index(piece, at)
        placed.append((piece, at))
        at += len(piece)
    return placed


def _widened(pieces: list[tuple[str, int]], first: int, last: int) -> tuple[int, int]:
    """As far both ways as something stands near that may hang together with it."""
    low, high = first, last
    clean, at = 0, first
    while at > 0 and clean < _CLEAN:
        at -= 1
        piece = pieces[at][0]
        if _is_busy(piece):
            low, clean = at, 0
        else:
            clean += bool(_HAS_WORD.search(piece))
    clean, at = 0, last
    while at + 1 < len(pieces) and clean < _CLEAN:
        at += 1
        piece = pieces[at][0]
        if _is_busy(piece):
            high, clean = at, 0
        else:
            clean += bool(_HAS_WORD.search(piece))
    return max(0, low - _ROUND), min(len(pieces) - 1, high + _ROUND)


@functools.lru_cache(maxsize=2**16)
def _shape(piece: str) -> str:
    """The letters of a piece that has terms only where it has their letters; "" of others."""
    return "" if len(piece) > _LONG or _SUSPENDED.search(piece) else letters(piece) or "-"


@functools.lru_cache(maxsize=2**12)
def _is_busy(piece: str) -> bool:
    return bool(_BUSY.search(piece))
