"""A samlesag: one case number used for matters that have nothing to do with one another (DESIGN, "Rows")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minutes.parsing.standing import is_standing

# Words that say what is done with a matter, or that tie words together, and not what it is about.
FILLERS = frozenset(
    "af at den der det de en et for fra i med mellem mod og om op over på samt som til ud under ved vedr vedrørende "
    "andet anden første tredje fjerde femte del ny nye nyt tværs "
    "behandling beslutning drøftelse drøftelser evaluering fastlæggelse forslag godkendelse høring implementering "
    "indstilling nedsættelse opfølgning oplæg opsamling orientering plan planlægning proces præsentation punkt "
    "redegørelse sag status statusnotat temadrøftelse tema temaer udkast udpegning udvikling valg videre "
    "albertslund albertslunds chefforum forum kommune kommunen kommunens kommunes".split()
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_STEM = 5  # letters in which two words, or parts of compounds, must agree to be taken for one


def is_collective(titles: Sequence[str]) -> bool:
    """Whether items of these titles are about unrelated matters.

    Titles hang together when they share a word, in any inflection or as part of a compound; approvals of minutes hang
    together with one another, and so do Evt. and Eventuelt. It is a samlesag when no group of titles that hang
    together holds more than half of them.
    """
    words = {_key(title): _content(title) for title in titles}
    groups: list[set[str]] = []
    for title in words:
        hangs = [group for group in groups if any(_share(words[title], words[other]) for other in group)]
        groups = [group for group in groups if group not in hangs] + [{title}.union(*hangs)]
    return len(groups) > 1 and 2 * max(map(len, groups)) <= len(words)


def _key(title: str) -> str:
    """What makes two titles one: a standing item is the same at every meeting, whatever dates it names."""
    lowered = " ".join(title.lower().split())
    if not is_standing(title):
        return lowered
    return "eventuelt" if re.search(r"\bev(?:t|entuelt)\b", lowered) else "godkendelse"


def _content(title: str) -> frozenset[str]:
    if is_standing(title):
        return frozenset()
    words = frozenset(_WORD.findall(title.lower())) - FILLERS
    return words or frozenset(_WORD.findall(title.lower()))


def _share(first: frozenset[str], second: frozenset[str]) -> bool:
    return any(_alike(one, other) for one in first for other in second)


def _alike(one: str, other: str) -> bool:
    """The same word, an inflection of it, or the one as first or last part of the other."""
    short, long = sorted((one, other), key=len)
    if len(short) < _STEM:
        return short == long
    stem = short[: max(_STEM, len(short) - 3)]
    return long.startswith(stem) or (len(long) > len(short) and stem in long[1:])
