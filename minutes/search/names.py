"""One person's name in running text, in whatever order, spelling and case. Pure: no Django, no rows.

More is found rather than less: whoever looks decides whether it is the same person. "Hans Jørgen Sørensen" is found as

    Hans Jørgen Sørensen, HANS JOERGEN SOERENSENS, Sørensen, Hans Jørgen, Hans Sørensen, Hans P. J. Sørensen,
    H. Sørensen, H.J. Sørensen, Sørensen, H.

Another spelling that is asked for (an earlier surname, initials, a mail address) is found as it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

MOST_CHARACTERS = 100  # of a name
MOST_SPELLINGS = 20
_MOST_WORDS = 8

_INVISIBLE = re.compile("[\\0\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff]")
_SPELLED = {"æ": "ae", "ø": "oe", "å": "aa", "ð": "d", "đ": "d", "ł": "l", "þ": "th"}
_LOOSE = {"ø": "oe?", "ö": "oe?", "å": "aa?", "æ": "ae?", "ä": "ae?"}
_MARKS = re.compile(r"[\u0300-\u036f]")
_WORD = re.compile(r"[^\W_]+")
_BETWEEN = r"[\W_]{1,6}"
_BEGINS, _ENDS = r"(?<![^\W_])", r"(?:s|['’]s?)?(?![^\W_])"
_OTHERS = rf"(?:{_BETWEEN}[^\W_]+){{0,2}}{_BETWEEN}"
_PARTS_A_NAME = re.compile(r"[,;:()\[\]]|\n\s*\n")
_PARTICLES = {"af", "da", "de", "del", "den", "der", "di", "du", "el", "la", "ten", "van", "von", "y"}


def readable(text: str) -> str:
    """`text` as it is searched and shown: letters in one piece, nothing invisible."""
    visible = _INVISIBLE.sub("", text)
    return visible if visible.isascii() else unicodedata.normalize("NFC", visible)


class Finder:
    """Finds a name, and other ways to write it."""

    def __init__(self, name: str, spellings: Sequence[str] = ()) -> None:
        """Raises ValueError, in Danish, for what is no name."""
        words = _words(name)
        if sum(map(len, words)) < 2:
            raise ValueError("Skriv et navn på mindst to bogstaver.")
        others = [found for found in map(_words, spellings[:MOST_SPELLINGS]) if sum(map(len, found)) > 1]
        phrases = [_phrase(words), *map(_phrase, others)]
        self._pattern = re.compile(_BEGINS + f"(?:{'|'.join(phrases)})" + _ENDS)
        self._loose = re.compile(_BEGINS + f"(?:{'|'.join(_loosely(words))})" + _ENDS) if len(words) > 1 else None
        needed = {words[-1], *(max(other, key=len) for other in others)}
        self._needed = re.compile("|".join(_spelled(word) for word in sorted(needed)))

    def find(self, text: str) -> list[tuple[int, int]]:
        """Where the name stands in `text`, which is `readable`; in order, none overlapping another."""
        folded = _folded(text)
        if not self._needed.search(folded):
            return []
        offsets = _offsets(text)
        found = [(offsets[one.start()], offsets[one.end() - 1] + 1) for one in self._pattern.finditer(folded)]
        for one in self._loose.finditer(folded) if self._loose else ():
            span = (offsets[one.start()], offsets[one.end() - 1] + 1)
            if _is_one_name(text[slice(*span)]) and not any(span[0] < end and start < span[1] for start, end in found):
                found.append(span)
        return sorted(found)


def _words(typed: str) -> list[str]:
    return _WORD.findall(readable(typed)[:MOST_CHARACTERS].casefold())[:_MOST_WORDS]


def _spelled(word: str) -> str:
    """A pattern of the word as it is folded: å as aa, and as a where somebody had no å."""
    return "".join(_LOOSE.get(letter) or re.escape(_folded(letter)) for letter in word)


def _phrase(words: Sequence[str]) -> str:
    """In that order, and with the last word first."""
    spelled = [_spelled(word) for word in words]
    orders = [spelled] if len(spelled) < 2 else [spelled, [spelled[-1], *spelled[:-1]]]
    return "|".join(_BETWEEN.join(order) for order in orders)


def _loosely(words: Sequence[str]) -> list[str]:
    """With other names between the first and the last, and with initials."""
    first, last = _spelled(words[0]), _spelled(words[-1])
    initial = rf"{re.escape(_folded(words[0])[0])}\."
    return [
        rf"{first}{_OTHERS}{last}",
        rf"{initial}\s{{0,2}}(?:[^\W_]\.?\s{{0,2}}){{0,3}}{last}",
        rf"{last},\s{{1,3}}{initial}(?:\s?[^\W_]\.){{0,3}}",
        rf"{last},\s{{1,3}}{first}",
    ]


def _is_one_name(stretch: str) -> bool:
    """Whether what stands between first and last name is names too, and not a sentence or a list of people."""
    words = _WORD.findall(stretch)
    if "," in stretch:
        return len(words) <= 2 or all(len(word) == 1 for word in words[1:])
    inner = words[1:-1]
    return not _PARTS_A_NAME.search(stretch) and all(word[0].isupper() or word in _PARTICLES for word in inner)


def _folded(text: str) -> str:
    """In small letters within a-z where Danish is; letter for letter what `_offsets` counts."""
    if text.isascii():
        return text.lower()
    text = text.casefold()
    for letter, spelled in _SPELLED.items():
        text = text.replace(letter, spelled)
    return text if text.isascii() else _MARKS.sub("", unicodedata.normalize("NFKD", text))


def _offsets(text: str) -> list[int] | range:
    """Of each folded letter, the place of its own in `text`."""
    if text.isascii():
        return range(len(text))
    offsets: list[int] = []
    for place, letter in enumerate(text):
        offsets.extend([place] * len(_folded(letter)))
    return offsets
