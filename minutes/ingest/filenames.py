"""What is kept of the name that a file came with. The name decides nothing; it is shown to people."""

from __future__ import annotations

import re
import unicodedata

LENGTH = 255
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,8}$")


def clean_filename(name: str) -> str:
    """`name` without folders, control characters and the marks that turn writing direction; at most 255 characters.

    A name that is too long is cut before its extension. Blank when nothing is left.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    # Cc control, Cf format (bidi marks, zero width), Cs lone surrogate, Co private, Cn unassigned, Zl and Zp
    shown = "".join(c if unicodedata.category(c)[0] != "C" and c not in "\u2028\u2029" else " " for c in last)
    clean = " ".join(shown.split())
    if not clean.strip("."):
        return ""
    if len(clean) <= LENGTH:
        return clean
    extension = match[0] if (match := _EXTENSION.search(clean)) else ""
    return clean[: LENGTH - len(extension)].rstrip() + extension
