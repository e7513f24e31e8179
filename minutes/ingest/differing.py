"""Which words went out of a text, and which came in. Pure."""

from __future__ import annotations

import enum
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from minutes.search.plaintext import plain_text

CONTEXT = 15  # words that stand around a change; longer unchanged stretches are left out
MOST_PAIRS = 1_000_000  # of words in one stretch that are compared with each other; larger ones are shown whole
MOST_PAIRS_IN_ALL = 4_000_000  # of one Differ: some seconds at worst, mostly hundredths of one
LONGEST = 100_000  # characters of a text that is freed of its markup; of a longer one the marks are words too
TOO_FEW = 0.25  # of the words alike: then one text reads better after the other than word by word

_WORDS = re.compile(r"\S+|\n")
_NEW_LINE = "\n"

type Words = Sequence[str]
type Step = tuple[Words, Words]  # what went, what came; the same object twice for what stayed


class Kind(enum.StrEnum):
    """What became of some words."""

    SAME = "samme"
    REMOVED = "fjernet"
    ADDED = "tilføjet"
    SKIPPED = "udeladt"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that follow on one another. Those SKIPPED are no text: there are `count` of them."""

    kind: Kind
    text: str
    count: int = 0


class Differ:
    """Compares texts, and gives up finding single words when it has worked enough."""

    def __init__(self, most_pairs: int = MOST_PAIRS_IN_ALL) -> None:
        self._left = most_pairs

    def pieces(self, was: str, now: str) -> tuple[Piece, ...]:
        """`was` and `now`, Markdown both, as pieces in order; none where the words are the same."""
        old, new = _words(was), _words(now)
        if [word for word in old if word != _NEW_LINE] == [word for word in new if word != _NEW_LINE]:
            return ()
        steps = list(_calmed(self._by_lines(old, new)))
        alike = sum(len(before) for before, after in steps if before is after)
        if alike < TOO_FEW * max(len(old), len(new)):
            steps = [(old, new)]
        return tuple(_shown(steps))

    def _by_lines(self, old: Words, new: Words) -> Iterator[Step]:
        """Lines first, as most of them stay, then the words of those that do not."""
        old_lines, new_lines = _lines(old), _lines(new)
        for before, after in self._steps(old_lines, new_lines):
            went, came = [word for line in before for word in line], [word for line in after for word in line]
            if before is after:
                yield went, went
            else:
                yield from self._steps(went, came)

    def _steps[T](self, old: Sequence[T], new: Sequence[T]) -> Iterator[tuple[Sequence[T], Sequence[T]]]:
        head = _alike(zip(old, new, strict=False))
        tail = min(_alike(zip(reversed(old), reversed(new), strict=False)), min(len(old), len(new)) - head)
        before, after = old[:head], old[len(old) - tail :]
        if before:
            yield before, before
        yield from self._within(old[head : len(old) - tail], new[head : len(new) - tail])
        if after:
            yield after, after

    def _within[T](self, old: Sequence[T], new: Sequence[T]) -> Iterator[tuple[Sequence[T], Sequence[T]]]:
        """The steps between two that begin and end with other words."""
        if not old and not new:
            return
        pairs = len(old) * len(new)
        if pairs > min(MOST_PAIRS, self._left):
            yield old, new
            return
        self._left -= pairs
        # Words that stand everywhere are no beginnings of a match, only parts of one: that keeps it quick.
        for what, start, end, new_start, new_end in SequenceMatcher(None, old, new).get_opcodes():
            went = old[start:end]
            yield went, went if what == "equal" else new[new_start:new_end]


def _alike[T](pairs: Iterable[tuple[T, T]]) -> int:
    """How many are alike from the beginning."""
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))


def _words(text: str) -> list[str]:
    return _WORDS.findall(plain_text(text) if len(text) <= LONGEST else text)


def _lines(words: Words) -> list[tuple[str, ...]]:
    lines: list[list[str]] = [[]]
    for word in words:
        lines[-1].append(word)
        if word == _NEW_LINE:
            lines.append([])
    return [tuple(line) for line in lines if line]


def _calmed(steps: Iterable[Step]) -> Iterator[Step]:
    """A single word that stayed between two changes goes with them; steps of one kind side by side become one."""
    kept = list(steps)
    for is_same, run in itertools.groupby(range(len(kept)), lambda place: _stays(kept, place)):
        these = [kept[place] for place in run]
        went = [word for before, _ in these for word in before]
        yield went, went if is_same else [word for _, after in these for word in after]


def _stays(steps: Sequence[Step], place: int) -> bool:
    before, after = steps[place]
    is_lonely = len(before) == 1 and _changes(steps, place - 1) and _changes(steps, place + 1)
    return before is after and not is_lonely


def _changes(steps: Sequence[Step], place: int) -> bool:
    """Whether more than one word is another at `place`."""
    if not 0 <= place < len(steps):
        return False
    before, after = steps[place]
    return before is not after and max(len(before), len(after)) > 1


def _shown(steps: Sequence[Step]) -> Iterator[Piece]:
    for place, (before, after) in enumerate(steps):
        if before is not after:
            yield from _piece(Kind.REMOVED, before)
            yield from _piece(Kind.ADDED, after)
            continue
        head = 0 if place == 0 else CONTEXT
        tail = 0 if place == len(steps) - 1 else CONTEXT
        left_out = len(before) - head - tail
        if left_out <= CONTEXT:
            yield from _piece(Kind.SAME, before)
            continue
        yield from _piece(Kind.SAME, before[:head])
        yield Piece(Kind.SKIPPED, "", sum(word != _NEW_LINE for word in before[head : len(before) - tail]))
        yield from _piece(Kind.SAME, before[len(before) - tail :])


def _piece(kind: Kind, words: Words) -> Iterator[Piece]:
    """The words on their lines. Those alone of a changed stretch that are no words say nothing."""
    text = re.sub(r" ?\n ?", _NEW_LINE, " ".join(words))
    if text and (kind is Kind.SAME or text.strip()):
        yield Piece(kind, text)
