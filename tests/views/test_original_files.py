"""The original file."""

from pathlib import Path

import pytest
from django.test import Client

from minutes.ingest import files
from minutes.ingest.service import ingest_file
from minutes.models import SourceDocument
from tests.archive import Archive

REFERATER = Path(__file__).parent.parent / "referater"
ADDRESS = "/moeder/2017-06-14/original/"


@pytest.mark.parametrize(
    ("name", "media_type", "disposition"),
    [
        ("2017-06-14.pdf", "application/pdf", 'inline; filename="Chefforum 2017-06-14.pdf"'),
        (
            "2017-06-14.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            'attachment; filename="Chefforum 2017-06-14.docx"',
        ),
        ("2017-06-14.md", "text/markdown; charset=utf-8", 'attachment; filename="Chefforum 2017-06-14.md"'),
    ],
)
def test_it_comes_as_it_was_brought(reader: Client, name: str, media_type: str, disposition: str) -> None:
    content = (REFERATER / name).read_bytes()
    ingest_file(content=content, filename="../../Æ \r\n.exe")
    response = reader.get(ADDRESS)
    assert response.streaming
    assert response.getvalue() == content
    assert response.headers["Content-Type"] == media_type
    assert response.headers["Content-Disposition"] == disposition
    assert response.headers["Content-Length"] == str(len(content))
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "private, no-cache"


def test_text_of_older_machines_is_named_so(reader: Client) -> None:
    text = (REFERATER / "2023-12-07.txt").read_text(encoding="utf-8").encode("latin-1", errors="replace")
    ingest_file(content=text, filename="referat.txt")
    response = reader.get("/moeder/2023-12-07/original/")
    assert response.getvalue() == text
    assert response.headers["Content-Type"] == "text/plain; charset=windows-1252"
    assert response.headers["Content-Disposition"].startswith("inline")


def test_a_file_that_is_gone_is_said_to_be(reader: Client, archive: Archive) -> None:
    files.path_of(SourceDocument.objects.get(meeting=archive.open).sha256).unlink()
    response = reader.get(ADDRESS)
    assert response.status_code == 404
    assert "Den originale fil mangler" in response.content.decode()
