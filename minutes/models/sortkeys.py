"""Sort keys written by Python: no query relies on the database's collation for Danish.

A key is ASCII, so that plain code point order (collation "C") sorts it: æ, ø, å after z as `{`, `|`, `}`; aa as å;
other accents off; numbers by value.
"""

from __future__ import annotations

import re
import unicodedata

LENGTH = 200  # an index entry must stay small; what agrees in so many characters may stand in any order
DIGITS = 10

_AFTER_Z = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "œ": "|", "å": "}", "ü": "y", "ß": "ss", "ð": "d"})
_NUMBER = re.compile(r"[0-9]+")
_OTHER = re.compile(r"[^0-9a-z{|}]+")


def danish_sort_key(text: str) -> str:
    """The key of `text`: "Ærø" sorts after "Zoo", "Aarhus" with "Århus", "bilag 10" after "bilag 9"."""
    lowered = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).lower())
    mapped = lowered.replace("aa", "å").translate(_AFTER_Z)
    plain = "".join(c for c in unicodedata.normalize("NFKD", mapped) if not unicodedata.combining(c))
    words = _OTHER.sub(" ", plain).strip()
    return _NUMBER.sub(lambda match: match[0].lstrip("0").rjust(DIGITS, "0"), words)[:LENGTH]
