"""How far one spelling is from another, counted in slips: those that are common in Danish cost half.

Damerau and Levenshtein's distance, with neighbours that changed places counted once.
"""

from __future__ import annotations

import math
from itertools import accumulate

_SLIP, _SWAP, _EDIT, _FIRST = 0.5, 0.75, 1.0, 2.0  # the first letter is seldom wrong

_ALIKE = frozenset(
    pair
    for letters in "dt vg gk bp ck cs zs vf gj ij vw æe æa ea åo åa øo øy øö æä ei yi".split()
    for pair in (letters, letters[::-1])
)
_SILENT = frozenset("dhsg")  # "lansbyggefonden", "vilket", "fraværstatistik"


def cost(typed: str, meant: str, *, most: float) -> float:
    """What it costs to get from `typed` to `meant`; infinite above `most`."""
    width = len(meant)
    reach = int(min(most, width + len(typed)) / _SLIP)  # letters too many or too few at that price
    if abs(width - len(typed)) > reach:
        return math.inf
    lacking = [_added(meant, column) for column in range(width)]
    before: list[float] = []
    above = [0.0, *accumulate(lacking)]
    for row, letter in enumerate(typed):
        spare = _added(typed, row)
        line = [above[0] + spare, *[math.inf] * width]
        for column in range(max(0, row - reach), min(width, row + reach + 1)):
            wanted = meant[column]
            best = min(line[column] + lacking[column], above[column + 1] + spare)
            if letter == wanted:
                best = min(best, above[column])
            elif above[column] < best:
                best = min(best, above[column] + _changed(letter, wanted, is_first=row == column == 0))
            if row and column and letter == meant[column - 1] != wanted == typed[row - 1]:
                best = min(best, before[column - 1] + _SWAP)
            line[column + 1] = best
        if min(line) > most + _SWAP:
            return math.inf
        before, above = above, line
    return above[-1] if above[-1] <= most else math.inf


def _changed(one: str, other: str, *, is_first: bool) -> float:
    """What another letter costs."""
    return _SLIP if one + other in _ALIKE else _FIRST if is_first else _EDIT


def _added(word: str, at: int) -> float:
    """What a letter too many or too few costs."""
    letter = word[at]
    if letter in (word[at - 1 : at], word[at + 1 : at + 2]):
        return _SLIP
    return _FIRST if at == 0 and letter != "h" else _SLIP if letter in _SILENT and at < len(word) - 1 else _EDIT
