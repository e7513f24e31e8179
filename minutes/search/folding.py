"""Letters as the index keeps them: compatibility forms dissolved, small, and within a-z and 0-9 where Danish is."""

from __future__ import annotations

import re
import unicodedata

MAX_LENGTH = 120  # of a word and of a term; longer ones are cut, far below the 2,046 bytes of a lexeme

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_SPELLED = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ß": "ss", "ð": "d", "đ": "d", "ł": "l", "þ": "th"})
_NOT_IN_TERMS = re.compile(r"[^\w.,@=/+-]|_")


def normalised(word: str) -> str:
    """`word` in NFKC and small letters, without soft hyphens and marks of direction: "CO₂" -> "co2"."""
    if word.isascii():
        return word.lower()[:MAX_LENGTH]
    plain = unicodedata.normalize("NFKC", word[: 4 * MAX_LENGTH].translate(_INVISIBLE))
    return unicodedata.normalize("NFC", plain.lower())[:MAX_LENGTH]


def folded(word: str) -> str:
    """A normalised word as a term: æ, ø, å as ae, oe, aa, other accents off, no character that a tsquery reads."""
    if not word.isascii():
        word = unicodedata.normalize("NFD", word.translate(_SPELLED))
        word = "".join(letter for letter in word if not unicodedata.combining(letter))
    return _NOT_IN_TERMS.sub("", word)[:MAX_LENGTH]
