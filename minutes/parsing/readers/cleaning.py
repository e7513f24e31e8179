"""Characters that look alike or do not show: one form of each, as named steps from str to str."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

# Explicit, since Unicode's own compatibility forms (NFKC) would also turn CO₂ into CO2 and ½ into 1⁄2.
LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
BLANKS = str.maketrans(
    dict.fromkeys(
        "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u2028\u2029\x0b\x0c\x85",
        " ",
    )
)
INVISIBLE = str.maketrans(
    dict.fromkeys(
        "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\ufffc\ufffe\uffff"
    )
)
SOFT_HYPHEN = "\u00ad"
# Bullets of the fonts Symbol and Wingdings arrive in Unicode's private area.
SYMBOL_BULLETS = str.maketrans(
    {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "•", "\uf0fc": "✓", "\uf02d": "-", "\uf0a8": "•", "\uf076": "•"}
)
# What needs no step at all: nearly every word of nearly every file.
_CLEAN = re.compile("[\t\n -~\u00a1-\u00ac\u00ae-\u024f\u2010-\u2027\u2030-\u205e\u2080-\u2089\u20ac]*")
_TERMINAL = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")  # colours and titles, as a whole
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")


def expand_ligatures(text: str) -> str:
    """ﬁ → fi."""
    return text.translate(LIGATURES)


def plain_blanks(text: str) -> str:
    """Non-breaking and other odd blanks, page and line separators → blank."""
    return text.translate(BLANKS)


def drop_invisible(text: str) -> str:
    """Zero-width characters, byte-order marks and signs of writing direction go."""
    return text.translate(INVISIBLE)


def drop_soft_hyphens(text: str) -> str:
    """A soft hyphen shows only at a line's end, where a PDF's reader deals with it before this."""
    return text.replace(SOFT_HYPHEN, "")


def plain_bullets(text: str) -> str:
    """Bullets of symbol fonts → •, ▪."""
    return text.translate(SYMBOL_BULLETS)


def drop_control(text: str) -> str:
    """Control characters other than tab and line end go, those of a terminal's sequences with what belongs to them."""
    return _CONTROL.sub("", _TERMINAL.sub("", text) if "\x1b" in text else text)


def compose(text: str) -> str:
    """a + ring → å (NFC)."""
    return unicodedata.normalize("NFC", text)


STEPS: tuple[Callable[[str], str], ...] = (
    plain_blanks,
    drop_invisible,
    drop_control,
    expand_ligatures,
    plain_bullets,
    drop_soft_hyphens,
    compose,
)


def clean(text: str) -> str:
    """All steps in order; tabs and blanks stay where they are."""
    if _CLEAN.fullmatch(text):
        return text
    for step in STEPS:
        text = step(text)
    return text


def count_control(text: str) -> int:
    """How many characters `drop_control` takes away."""
    return len(_CONTROL.findall(text))
