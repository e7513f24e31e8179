"""What is shown of a text that answers: its matching words marked, and the passage with most of them.

All that comes out are pieces of plain text; who shows them escapes them and puts the marks in.
"""

from __future__ import annotations

import bisect
import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from minutes.parsing.sentences import split_sentences
from minutes.search.answers import Marked, Piece
from minutes.search.matching import Match, Matcher, Target

__all__ = ["Marker", "Target"]

_BLANKS = re.compile(r"\s*[^\S ]\s*|  +")  # all but a single one
_LEFT_OUT = "…"
_MOST_ANCHORS = 200  # matches round which a passage is tried, those of rare words first
_LONGEST_LINE = 3_000  # characters on either side in which the sentence of a match is looked for
_NEAR = 40  # characters between two words that belong together
_NEARNESS = 0.3  # what all words being neighbours adds, as a share of their weight
_AT_A_START = 0.1  # the same for a passage that begins where a sentence does
_LEAD = 50  # characters before the first match where the sentence began too long ago
_LONGEST_SENTENCE = 300


class Marker:
    """Marks what matches a target. Keep it for all texts of a page: it remembers which words match."""

    def __init__(self, target: Target) -> None:
        self._matcher = Matcher(target)
        self._found: dict[str, list[Match]] = {}  # a part of an item is first weighed, then shown

    def _matches(self, text: str) -> list[Match]:
        found = self._found.get(text)
        if found is None:
            found = self._found[text] = self._matcher.matches(text)
        return found

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where `text` matches: in order, apart from each other, from character to character as they are seen."""
        return _spans(text, self._matches(text))

    def mark(self, text: str) -> Marked:
        """All of `text`, unchanged, with what matches marked."""
        return tuple(_pieces(text, self.spans(text), 0, len(text)))

    def weight(self, text: str) -> float:
        """The weights of the different terms that match, together."""
        return _weight(self._matches(text))

    def rough_weight(self, text: str) -> float:
        """As `weight`, but of what a word matches only beside its neighbours no more than needed: to choose by."""
        weights = self._matcher.rough_weights(text)
        return self.weight(text) if weights is None else sum(weights.values())

    def best_passage(self, text: str, length: int = 240) -> tuple[Marked, float]:
        """About `length` characters of `text` with the heaviest different matches near each other, and their weight.

        Whole words, from where a sentence begins if possible; blanks are one, and "…" stands where text is left out.
        Without a match it is the beginning, and weighs 0.
        """
        matches = self._matches(text)
        start, end = _best_stretch(text, matches, length)
        inside = [match for match in matches if start <= match.start and match.end <= end]
        return _shown(text, _spans(text, matches), start, end), _weight(inside)

    def best_sentence(self, text: str) -> Marked:
        """The sentence with the heaviest different matches, () when nothing matches."""
        matches = self._matches(text)
        best: tuple[float, int, int] | None = None
        for start, end in dict.fromkeys(_sentence(text, match) for match in _anchors(matches)):
            weight = _weight(_within(matches, start, end))
            if best is None or (weight, -start) > (best[0], -best[1]):
                best = (weight, start, end)
        if best is None:
            return ()
        _, start, end = best
        if end - start > _LONGEST_SENTENCE:
            return self.best_passage(text[start:end])[0]
        return tuple(_tidied(_pieces(text, _spans(text, matches), start, end)))


def _spans(text: str, matches: Sequence[Match]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for match in matches:
        start, end = match.start, match.end
        while end < len(text) and _belongs_to_the_one_before(text[end]):
            end += 1
        while start < end and _belongs_to_the_one_before(text[start]):
            start += 1
        if start == end:
            continue
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        else:
            spans.append((start, end))
    return spans


def _belongs_to_the_one_before(letter: str) -> bool:
    return letter > "\xac" and (letter in "\xad\u200d" or unicodedata.category(letter)[0] == "M")


def _weight(matches: Sequence[Match]) -> float:
    weights: dict[str, float] = {}
    for match in matches:
        for term, weight in match.weights:
            weights[term] = max(weight, weights.get(term, 0.0))
    return sum(weights.values())


def _pieces(text: str, spans: Sequence[tuple[int, int]], start: int, end: int) -> Iterator[Piece]:
    """The text from `start` to `end`; no piece is empty."""
    reached = start
    for first, last in spans:
        if last <= start or first >= end:
            continue
        first, last = max(first, start), min(last, end)
        if first > reached:
            yield Piece(text[reached:first])
        yield Piece(text[first:last], is_marked=True)
        reached = last
    if end > reached:
        yield Piece(text[reached:end])


def _shown(text: str, spans: Sequence[tuple[int, int]], start: int, end: int) -> Marked:
    """A passage as it is shown, with "…" where something is left out."""
    pieces = list(_tidied(_pieces(text, spans, start, end)))
    if text[:start].strip():
        pieces.insert(0, Piece(f"{_LEFT_OUT} "))
    if text[end:].strip():
        pieces.append(Piece(f" {_LEFT_OUT}"))
    return tuple(pieces)


def _tidied(pieces: Iterator[Piece]) -> Iterator[Piece]:
    for piece in pieces:
        yield Piece(_BLANKS.sub(lambda blanks: " · " if "\t" in blanks[0] else " ", piece.text), piece.is_marked)


def _anchors(matches: Sequence[Match]) -> list[Match]:
    """The matches that a passage may be made round: all when they are few, else those of the rarest words."""
    if len(matches) <= _MOST_ANCHORS:
        return list(matches)
    counts = Counter(term for match in matches for term, _ in match.weights)
    rarity = {match: min(counts[term] for term, _ in match.weights) for match in matches}
    return sorted(sorted(matches, key=lambda match: rarity[match])[:_MOST_ANCHORS])


def _within(matches: Sequence[Match], start: int, end: int) -> list[Match]:
    first = bisect.bisect_left(matches, start, key=lambda match: match.start)
    inside = itertools.takewhile(lambda match: match.start < end, itertools.islice(matches, first, None))
    return [match for match in inside if match.end <= end]


def _best_stretch(text: str, matches: Sequence[Match], length: int) -> tuple[int, int]:
    """Where the best passage stands."""
    if len(text) <= length or not matches:
        start = len(text) - len(text.lstrip())
        return start, _end(text, start, length)
    best, best_score = (0, 0), -1.0
    for match in _anchors(matches):
        sentence = _sentence(text, match)[0]
        for start in {sentence, _lead(text, sentence, match.start)}:
            end = _end(text, start, length)
            if match.end > end:
                continue
            inside = _within(matches, start, end)
            score = _weight(inside) * (1 + _NEARNESS * _nearness(inside) + _AT_A_START * (start == sentence))
            if score > best_score:
                best, best_score = (start, end), score
    if best_score < 0:  # a match longer than a passage
        start = matches[0].start
        return start, _end(text, start, length)
    return best


def _nearness(matches: Sequence[Match]) -> float:
    """From 0 to 1, how near different words that match stand to each other."""
    different = {term for match in matches for term, _ in match.weights}
    joined: set[str] = set()
    for one, other in itertools.pairwise(matches):
        terms = frozenset(term for term, _ in one.weights) ^ frozenset(term for term, _ in other.weights)
        if terms and other.start - one.end <= _NEAR:
            joined |= terms
    return len(joined) / len(different) if different else 0.0


def _sentence(text: str, match: Match) -> tuple[int, int]:
    """Start and end of the sentence, or of what can be taken for one, in which the match begins."""
    low = max(text.rfind("\n", 0, match.start) + 1, match.start - _LONGEST_LINE)
    high = text.find("\n", match.start)
    high = min(len(text) if high < 0 else high, match.end + _LONGEST_LINE)
    for sentence in split_sentences(text[low:high]):
        start, end = sentence.start + low, sentence.end + low
        if start <= match.start < end:
            return start, max(end, match.end)
    return match.start, match.end


def _lead(text: str, sentence: int, start: int) -> int:
    """A word's beginning a little before `start`, not before its sentence."""
    lead = max(sentence, start - _LEAD)
    while sentence < lead < start and not text[lead - 1].isspace():
        lead += 1
    return lead


def _end(text: str, start: int, length: int) -> int:
    """Where a passage from `start` ends: after a word, within `length` unless one word is longer than that."""
    limit = start + length
    if limit >= len(text):
        return len(text.rstrip()) if text[start:].strip() else start
    end = limit
    if not text[limit].isspace():
        while end > start and not text[end - 1].isspace():
            end -= 1
        if end == start:  # no blank in it: a word of that length
            end = limit
            while end < len(text) and _belongs_to_the_one_before(text[end]):
                end += 1
            return end
    return start + len(text[start:end].rstrip())
