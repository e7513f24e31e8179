"""Which kind of file this is, told from its content and never from its name."""

from __future__ import annotations

import enum
import io
import re
import zipfile

from minutes.parsing.errors import Damaged, EmptyFile, Encrypted, UnknownKind
from minutes.parsing.readers.encoding import decode

START = 1024  # bytes from the beginning in which a file's signature is looked for
READABLE = "Arkivet læser PDF, Word (.docx), Markdown og ren tekst."


class Kind(enum.Enum):
    """The kinds that have a reader."""

    PDF = "pdf"
    DOCX = "docx"
    MARKDOWN = "markdown"
    TEXT = "text"


# What a file begins with, and what a person calls it.
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "et billede (PNG)"),
    (b"\xff\xd8\xff", "et billede (JPEG)"),
    (b"GIF8", "et billede (GIF)"),
    (b"II*\x00", "et billede (TIFF)"),
    (b"MM\x00*", "et billede (TIFF)"),
    (b"BM", "et billede (BMP)"),
    (b"\x1f\x8b", "en pakket fil (gzip)"),
    (b"7z\xbc\xaf\x27\x1c", "en pakket fil (7z)"),
    (b"Rar!", "en pakket fil (rar)"),
    (b"MZ", "et program"),
    (b"\x7fELF", "et program"),
    (b"%!PS", "en PostScript-fil"),
    (b"SQLite format 3", "en database"),
)
BINARY_SIGNATURES = frozenset({b"BM", b"MZ"})  # letters that text may begin with as well

# Streams of the old Office format, whose names are kept as UTF-16.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

MARKDOWN_MARK = re.compile(
    r"^ {0,3}#{1,6}[ \t]+\S"  # heading
    r"|(?<![*\\])\*\*[^\s*][^\n]*?\*\*"  # bold
    r"|^ {0,3}\|?[ \t]*:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)+\|?[ \t]*$"  # the rule below a table's head
    r"|\w\\_\w"  # escaped underscore
    r"|\]\(https?://",  # link
    re.MULTILINE,
)


def recognise(content: bytes) -> Kind:
    """The kind of a file.

    Raises EmptyFile, UnknownKind with a message that names what the file seems to be, Encrypted for a Word file with a
    password, and Damaged for a Word file that breaks off.
    """
    if not content.strip(b"\x00 \t\r\n\x0c"):
        raise EmptyFile("Filen er tom. Kontrollér, at det er den rigtige fil, og at den er gemt.")
    if b"%PDF-" in content[:START]:
        return Kind.PDF
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_archive(content)
    if content.startswith(OLE):
        raise _error_for_old_office(content)
    _refuse_signatures(content)
    text = decode(content).text
    return Kind.MARKDOWN if MARKDOWN_MARK.search(text) else Kind.TEXT


def _refuse_signatures(content: bytes) -> None:
    """Raise UnknownKind for kinds that are known, but not read."""
    for signature, name in SIGNATURES:
        if content.startswith(signature) and (signature not in BINARY_SIGNATURES or b"\x00" in content[:64]):
            raise _unknown(name)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        raise _unknown("et billede (WebP)")
    if content[4:8] == b"ftyp":
        raise _unknown("et billede eller en film")
    start = content[:START].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"{\\rtf"):
        raise UnknownKind(f"Filen er RTF. {READABLE} Åbn filen i Word, og gem den som .docx.")
    if start.startswith((b"<!doctype html", b"<html")) or (start.startswith(b"<") and b"<html" in start):
        raise UnknownKind(f"Filen er en webside (HTML). {READABLE} Gem siden som PDF.")
    if start.startswith(b"<?xml"):
        raise _unknown("en XML-fil")


def _kind_of_archive(content: bytes) -> Kind:
    """What a zip archive holds; only its list of names is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError) as error:
        if b"word/" in content:
            raise Damaged(
                "Word-filen er beskadiget eller afbrudt undervejs. Hent den igen, eller gem den på ny i Word."
            ) from error
        raise Damaged(f"Filen er en pakket fil (zip), som er beskadiget. {READABLE}") from error
    if any(re.fullmatch(r"word/document\d*\.xml", name) for name in names):
        return Kind.DOCX
    for prefix, name in (("xl/", "et regneark (Excel)"), ("ppt/", "en præsentation (PowerPoint)")):
        if any(entry.startswith(prefix) for entry in names):
            raise _unknown(name)
    if "mimetype" in names and "content.xml" in names:
        raise UnknownKind(f"Filen er OpenDocument (LibreOffice). {READABLE} Gem den som .docx eller PDF.")
    raise UnknownKind(f"Filen er en pakket fil (zip). {READABLE} Pak den ud, og tilføj referaterne hver for sig.")


def _error_for_old_office(content: bytes) -> Encrypted | UnknownKind:
    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        return Encrypted(
            "Filen er beskyttet med adgangskode. Åbn den i Word, fjern adgangskoden under Filer > Oplysninger, "
            "og gem den igen."
        )
    if holds("__substg1.0_"):
        return _unknown("en mail fra Outlook")
    if holds("WordDocument"):
        return UnknownKind(f"Filen er et gammelt Word-dokument (.doc). {READABLE} Åbn den i Word, og gem som .docx.")
    if holds("Workbook"):
        return _unknown("et regneark (Excel)")
    return _unknown("en fil i et ældre Office-format")


def _unknown(name: str) -> UnknownKind:
    return UnknownKind(f"Filen er {name}. {READABLE}")
