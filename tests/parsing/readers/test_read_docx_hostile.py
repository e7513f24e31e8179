"""Word files that are traps, or broken."""

import io
import zipfile
from pathlib import Path

import docx
import pytest

from minutes.parsing.errors import Damaged, ParseError, TooLarge, UnknownKind
from minutes.parsing.limits import Limits
from minutes.parsing.readers import read

REFERAT = Path(__file__).parents[2] / "referater" / "2016-10-11.docx"


def rewritten(change: dict[str, bytes]) -> bytes:
    """A real Word file with some of its parts replaced or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(REFERAT) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name in {*source.namelist(), *change}:
            file.writestr(name, change[name] if name in change else source.read(name))
    return target.getvalue()


def test_a_file_that_unpacks_to_too_much() -> None:
    bomb = rewritten({"word/media/image1.png": b"\x00" * 30_000_000})
    assert len(bomb) < 200_000
    with pytest.raises(TooLarge, match=r"mere end 20 MB, når den pakkes ud"):
        read(bomb, Limits(max_unpacked_bytes=20 * 1024 * 1024))


def test_a_size_that_lies_is_not_believed() -> None:
    bomb = bytearray(rewritten({"word/media/image1.png": b"\x00" * 30_000_000}))
    for start in (b"PK\x03\x04", b"PK\x01\x02"):
        at = bomb.rfind(start, 0, bomb.rfind(b"word/media/image1.png") if start == b"PK\x01\x02" else None)
        offset = 22 if start == b"PK\x03\x04" else 24
        bomb[at + offset : at + offset + 4] = (100).to_bytes(4, "little")
    with pytest.raises(ParseError):
        read(bytes(bomb), Limits(max_unpacked_bytes=20 * 1024 * 1024))


def test_too_many_parts() -> None:
    with pytest.raises(TooLarge, match="dele"):
        read(rewritten({f"word/x{n}.bin": b"" for n in range(60)}), Limits(max_archive_entries=50))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("lead", ["", " " * 300_000])
def test_entities_are_refused(encoding: str, lead: str) -> None:
    xml = f'{lead}<!DOCTYPE w [<!ENTITY a "aaa"><!ENTITY b SYSTEM "file:///etc/hostname">]><w>&b;</w>'
    with pytest.raises(Damaged, match="XML"):
        read(rewritten({"word/document.xml": xml.encode(encoding)}))


@pytest.mark.parametrize("share", [0.2, 0.6, 0.98])
def test_a_file_that_breaks_off(share: float) -> None:
    content = REFERAT.read_bytes()
    with pytest.raises(Damaged, match="beskadiget"):
        read(content[: int(len(content) * share)])


@pytest.mark.parametrize(
    "part", ["word/document.xml", "word/styles.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"]
)
def test_parts_that_are_no_xml(part: str) -> None:
    with pytest.raises(ParseError):
        read(rewritten({part: b"<w:document"}))


def test_a_document_with_macros() -> None:
    types = zipfile.ZipFile(REFERAT).read("[Content_Types].xml")
    plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    macros = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    with pytest.raises(UnknownKind, match="makroer"):
        read(rewritten({"[Content_Types].xml": types.replace(plain, macros)}))


def test_tables_within_tables_without_end() -> None:
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    for _ in range(40):
        cell = cell.add_table(1, 1).cell(0, 0)
    cell.text = "Inderst"
    target = io.BytesIO()
    document.save(target)
    assert [line.text for line in read(target.getvalue()).lines] == ["Inderst"]
