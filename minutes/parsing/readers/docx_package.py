"""The outside of a Word file: a zip archive that may be a trap, and the parts in it."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from minutes.parsing.errors import Damaged, Encrypted, TooLarge, UnknownKind
from minutes.parsing.limits import MEGABYTE, Limits

if TYPE_CHECKING:
    from docx.document import Document

CHUNK = 256 * 1024
# A document type brings entities, which unfold to gigabytes or read other files. Word never writes one.
FORBIDDEN = ("<!DOCTYPE", "<!ENTITY")
_FORBIDDEN_BYTES = tuple(
    word.encode(encoding) for word in FORBIDDEN for encoding in ("ascii", "utf-16-le", "utf-16-be")
)
_DAMAGED = "Word-filen er beskadiget eller afbrudt undervejs. Hent den igen, eller gem den på ny i Word."


def open_document(content: bytes, limits: Limits) -> Document:
    """The document of a Word file, after its archive was found harmless.

    Raises TooLarge for an archive that unpacks to more than the limits, Encrypted, Damaged, and UnknownKind for a
    template or a document with macros.
    """
    check_archive(content, limits)
    import docx

    try:
        return docx.Document(io.BytesIO(content))
    except ValueError as error:
        if "macroEnabled" in str(error) or "template" in str(error):
            raise UnknownKind(
                "Filen er en Word-skabelon eller et Word-dokument med makroer. Åbn den i Word, og gem den som .docx."
            ) from error
        raise Damaged(_DAMAGED) from error
    except MemoryError:
        raise
    except Exception as error:  # a damaged package breaks python-docx in more ways than it has errors for
        raise Damaged(_DAMAGED) from error


def check_archive(content: bytes, limits: Limits) -> None:
    """Unpack every entry piece by piece, keeping none, and stop at the first that breaks a bound.

    The sizes that the archive itself states are not believed.
    """
    unpacked = 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > limits.max_archive_entries:
                raise TooLarge(f"Word-filen består af {len(entries)} dele. Det er for mange: gem den på ny i Word.")
            for entry in entries:
                if entry.flag_bits & 1:
                    raise Encrypted("Word-filen er beskyttet med adgangskode. Fjern adgangskoden, og gem filen igen.")
                unpacked = _unpack(archive, entry, unpacked, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise Damaged(_DAMAGED) from error


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, unpacked: int, limits: Limits) -> int:
    """The bytes unpacked so far, this entry's included."""
    is_xml = entry.filename.endswith((".xml", ".rels"))
    tail = b""
    with archive.open(entry) as stream:
        while chunk := stream.read(CHUNK):
            unpacked += len(chunk)
            if unpacked > limits.max_unpacked_bytes:
                raise TooLarge(
                    f"Word-filen fylder mere end {limits.max_unpacked_bytes // MEGABYTE} MB, når den pakkes ud, og "
                    "læses derfor ikke. Gem den på ny i Word uden store billeder."
                )
            if is_xml:
                window = tail + chunk
                if any(word in window for word in _FORBIDDEN_BYTES):
                    raise Damaged("Word-filen indeholder XML, som Word ikke selv skriver. Gem den på ny i Word.")
                tail = chunk[-32:]
    return unpacked


def xml_of_part(part: Any, kind: str) -> Any:
    """The XML of a part that belongs to the document, such as "styles" or "footnotes"; None where it has none."""
    from docx.oxml.parser import parse_xml

    for relation in part.rels.values():
        if relation.is_external or not relation.reltype.endswith("/" + kind):
            continue
        element = getattr(relation.target_part, "element", None)
        if element is not None:
            return element
        try:
            return parse_xml(relation.target_part.blob)
        except ValueError as error:
            raise Damaged(_DAMAGED) from error
    return None
