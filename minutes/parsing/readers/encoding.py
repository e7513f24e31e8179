"""From a text file's bytes to characters."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from minutes.parsing.errors import UnknownKind

# Longest first: the mark of UTF-32 begins with that of UTF-16.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MAX_CONTROL_SHARE = 0.05  # of all characters; a program or picture has far more, a text with slips far fewer
MAX_BROKEN_SHARE = 0.25  # of the characters beyond ASCII
SAMPLE = 1_000_000  # characters that are looked at to tell text from something else
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters, the name of the encoding, and how many bytes could not be read in it."""

    text: str
    encoding: str
    broken: int = 0


def decode(content: bytes) -> Decoded:
    """Text of UTF-8, of UTF-16 and UTF-32 with a byte-order mark, of Windows-1252 or of Latin-1.

    Raises UnknownKind where so many control characters turn up that this is no text.
    """
    decoded = _decode(content)
    sample = decoded.text[:SAMPLE]
    if len(_CONTROL.findall(sample)) > MAX_CONTROL_SHARE * len(sample):
        raise UnknownKind(
            "Filen er ikke tekst, og dens slags kan ikke genkendes. Arkivet læser PDF, Word (.docx), Markdown og "
            "ren tekst."
        )
    return decoded


def _decode(content: bytes) -> Decoded:
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _decode_with_gaps(content[len(mark) :], encoding)
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    # A few bad bytes in a file that is otherwise UTF-8: reading it as Latin-1 would spoil every æ, ø and å.
    mended = _decode_with_gaps(content, "utf-8")
    beyond_ascii = sum(1 for character in mended.text if character > "\x7f")
    if mended.broken <= MAX_BROKEN_SHARE * beyond_ascii:
        return mended
    try:
        return Decoded(content.decode("cp1252"), "cp1252")
    except UnicodeDecodeError:
        return Decoded(content.decode("latin-1"), "latin-1")


def _decode_with_gaps(content: bytes, encoding: str) -> Decoded:
    text = content.decode(encoding, errors="replace")
    broken = text.count("\ufffd") - content.count("\ufffd".encode(encoding))
    return Decoded(text, encoding, max(broken, 0))
