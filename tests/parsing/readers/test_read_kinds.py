"""What kind of file it is, told from its bytes; and what a person reads when it is none that can be read."""

import io
import zipfile

import pytest

from minutes.parsing.errors import Damaged, EmptyFile, Encrypted, NoText, ParseError, TooLarge, UnknownKind
from minutes.parsing.limits import Limits
from minutes.parsing.readers import read
from minutes.parsing.readers.kinds import Kind, recognise
from tests.parsing.readers.typeset import pdf


def archive(**entries: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        for name, text in entries.items():
            file.writestr(zipfile.ZipInfo(name.replace("__", "/").replace("_xml", ".xml")), text)
    return target.getvalue()


def ole(*streams: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500 + b"".join(name.encode("utf-16-le") for name in streams)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.4\n...", Kind.PDF),
        (b"\xef\xbb\xbf\n%PDF-1.7\n", Kind.PDF),
        (archive(word__document_xml="<w/>"), Kind.DOCX),
        ("Punkt 1: Møde".encode(), Kind.TEXT),
        ("Punkt 1: Møde".encode("latin-1"), Kind.TEXT),
        ("\ufeffPunkt 1: Møde".encode("utf-16-le"), Kind.TEXT),
        (b"PKs referat fra BM og MZ", Kind.TEXT),
        (b"BM: referat af byggem\xf8de", Kind.TEXT),
        (b"# Punkt 1", Kind.MARKDOWN),
        (b"tekst med **fed** i", Kind.MARKDOWN),
        (b"Navn | Antal\n--- | ---\na | 1", Kind.MARKDOWN),
        (b"#1 er ikke en overskrift, og 2 ** 3 ** 4 er et regnestykke", Kind.TEXT),
    ],
)
def test_kind_comes_from_the_content(content: bytes, kind: Kind) -> None:
    assert recognise(content) is kind


@pytest.mark.parametrize(
    ("content", "error", "says"),
    [
        (b"", EmptyFile, "Filen er tom"),
        (b" \r\n\t\x00\n", EmptyFile, "Filen er tom"),
        (b"\xef\xbb\xbf\n\n", EmptyFile, "ingen tekst"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 64, UnknownKind, "billede (PNG)"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 64, UnknownKind, "billede (JPEG)"),
        (b"BM" + b"\x00" * 64, UnknownKind, "billede (BMP)"),
        (b"MZ\x90\x00" + b"\x00" * 64, UnknownKind, "et program"),
        (b"\x00\x00\x00\x18ftypheic", UnknownKind, "billede"),
        (b"{\\rtf1\\ansi Referat}", UnknownKind, "RTF"),
        (b"<!DOCTYPE html><html><body>Referat", UnknownKind, "webside"),
        (b"  \n<html lang='da'>", UnknownKind, "webside"),
        (b"<?xml version='1.0'?><a/>", UnknownKind, "XML"),
        (archive(xl__workbook_xml=""), UnknownKind, "regneark"),
        (archive(ppt__presentation_xml=""), UnknownKind, "PowerPoint"),
        (archive(mimetype="", content_xml=""), UnknownKind, "OpenDocument"),
        (archive(referat="tekst"), UnknownKind, "pakket fil (zip)"),
        (archive(word__document_xml="<w/>" * 99)[:80], Damaged, "Word-filen er beskadiget"),
        (archive(referat="tekst")[:40], Damaged, "beskadiget"),
        (ole("WordDocument"), UnknownKind, ".doc"),
        (ole("EncryptedPackage"), Encrypted, "adgangskode"),
        (ole("__substg1.0_"), UnknownKind, "Outlook"),
        (bytes(range(256)) * 40, UnknownKind, "ikke tekst"),
    ],
)
def test_what_cannot_be_read_is_named(content: bytes, error: type[ParseError], says: str) -> None:
    with pytest.raises(error) as caught:
        read(content)
    assert says in caught.value.message


def test_too_many_bytes() -> None:
    with pytest.raises(TooLarge, match=r"Filen er på 3 MB\. Arkivet læser filer på højst 1 MB"):
        read(b"x" * 3_000_000, Limits(max_file_bytes=1_048_576))


def test_a_pdf_without_text_is_a_scan() -> None:
    with pytest.raises(NoText, match="scanning"):
        read(pdf(lambda canvas: canvas.rect(72, 72, 400, 600, fill=1)))


def test_an_empty_pdf_has_no_text() -> None:
    with pytest.raises(NoText, match="ingen tekst"):
        read(pdf(lambda canvas: None))


def test_a_pdf_with_a_password() -> None:
    with pytest.raises(Encrypted, match="adgangskode"):
        read(pdf(lambda canvas: canvas.drawString(72, 700, "Hemmeligt"), encrypt="kodeord"))


@pytest.mark.parametrize("share", [0.3, 0.7, 0.95])
def test_a_pdf_that_breaks_off(share: float) -> None:
    content = pdf(*[lambda canvas: canvas.drawString(72, 700, "Referat")] * 20)
    with pytest.raises(Damaged, match="beskadiget eller afbrudt"):
        read(content[: int(len(content) * share)])


def test_too_many_pages() -> None:
    with pytest.raises(TooLarge, match=r"har 4 sider\. Arkivet læser højst 3"):
        read(pdf(*[lambda canvas: canvas.drawString(72, 700, "Side")] * 4), Limits(max_pages=3))
