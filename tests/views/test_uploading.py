"""Files from people become drafts, and everybody is told what became of theirs, and no more."""

from __future__ import annotations

import dataclasses
import datetime
import json
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from minutes.ingest.drafts import discard_draft
from minutes.ingest.service import ingest_file, publish_draft
from minutes.ingest.upkeep import sweep
from minutes.models import Meeting, SourceDocument, SourceState, Upload
from minutes.models.roles import ADMINISTRATOR, EDITOR
from tests.factories import make_user
from tests.views.page import Page

pytestmark = pytest.mark.django_db

REFERATER = Path(__file__).parents[1] / "referater"
TEXT = (REFERATER / "2023-12-07.txt").read_bytes()
ADDRESS = "/laeg-op/"


@pytest.fixture
def person() -> User:
    return make_user(EDITOR, username="en.redaktør")


@pytest.fixture
def editor(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def signed_in(role: str, **values: Any) -> Client:
    client = Client()
    client.force_login(make_user(role, **values))
    return client


def send(client: Client, *files: tuple[str, bytes], **fields: str) -> Any:
    """Send the form as a browser without JavaScript does, and answer the response."""
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(ADDRESS, {"filer": sent, "slut": "ja", **fields})


def send_by_script(client: Client, name: str, content: bytes) -> tuple[int, dict[str, Any]]:
    """The status, and what is said of the file."""
    file = SimpleUploadedFile(name, content)
    response = client.post(ADDRESS, {"filer": file, "slut": "ja"}, headers={"Accept": "application/json"})
    (answer,) = json.loads(response.content)["filer"]
    return response.status_code, answer


def words(response: Any) -> str:
    return Page(response.content.decode()).main


def minutes_of(date: str, *titles: str) -> bytes:
    """A text file with the minutes of the meeting on `date`."""
    said = "\n\nBeslutning\n\nGodkendt.\n"
    items = "".join(f"\nPunkt {place}: CF - {title}{said}" for place, title in enumerate(titles, 1))
    return f"REFERAT Chefforum d. {date}\n\nMødedato: {date}\nMødested: Rådhuset\n{items}".encode()


# What becomes of a file


def test_one_file_leads_straight_to_its_draft(editor: Client, person: User) -> None:
    response = send(editor, ("2023-12-07.txt", TEXT))

    draft = SourceDocument.objects.get()
    assert (draft.state, draft.added_by, draft.filename) == (SourceState.DRAFT, person, "2023-12-07.txt")
    assert (response.status_code, response.url) == (302, f"/kladder/{draft.pk}/")
    assert not Meeting.objects.exists()


def test_several_files_get_a_row_each(editor: Client) -> None:
    response = send(
        editor, ("a.txt", TEXT), ("b.pdf", (REFERATER / "2017-06-14.pdf").read_bytes()), ("c.pdf", b"\x89PNG\r\n\x1a\n")
    )

    page = Page(response.content.decode())
    assert response.status_code == 200
    assert "Det blev der af de 3 filer" in page.main
    assert [name in page.main for name in ("a.txt", "b.pdf", "c.pdf")] == [True] * 3
    assert "Mødet 14. juni 2017" in page.main
    assert "Filen kan ikke bruges" in page.main
    assert SourceDocument.objects.drafts().count() == 2


def test_a_script_is_told_the_same_as_json(editor: Client) -> None:
    status, answer = send_by_script(editor, "referat.txt", TEXT)

    assert status == 200
    assert (answer["name"], answer["state"]) == ("referat.txt", "klar")
    assert answer["heading"].startswith("Mødet 7. december 2023")
    assert answer["preview"] == answer["way"]["address"]
    assert answer["preview"] == f"/kladder/{SourceDocument.objects.get().pk}/"


def test_warnings_are_told_and_cpr_numbers_first_and_masked(editor: Client) -> None:
    text = minutes_of("14. juni 2017", "Sag om 070761-4285") + b"\nBilag\n\nPunkt 1: CF - Igen\n"
    _, answer = send_by_script(editor, "a.txt", text)

    assert "CPR-nummer" in answer["warnings"][0]
    assert "4285" not in json.dumps(answer)


def test_the_same_file_again_leads_to_the_draft_and_later_to_the_meeting(editor: Client, person: User) -> None:
    send(editor, ("a.txt", TEXT))
    _, answer = send_by_script(editor, "b.txt", TEXT)
    assert (answer["state"], answer["heading"], answer["preview"]) == ("kendt", "Filen ligger allerede som kladde", "")
    assert answer["way"]["address"] == f"/kladder/{SourceDocument.objects.get().pk}/"

    publish_draft(source=SourceDocument.objects.get(), user=person)
    _, answer = send_by_script(editor, "c.txt", TEXT)
    assert (answer["state"], answer["heading"]) == ("kendt", "Filen er allerede i arkivet")
    assert answer["way"]["address"] == "/moeder/2023-12-07/"
    assert SourceDocument.objects.count() == 1


def test_an_earlier_edition_is_said_to_be_one(editor: Client) -> None:
    ingest_file(content=minutes_of("14. juni 2017", "Et"), filename="a.txt")
    ingest_file(content=minutes_of("14. juni 2017", "Et", "To"), filename="b.txt")

    _, answer = send_by_script(editor, "a.txt", minutes_of("14. juni 2017", "Et"))
    assert answer["text"] == "Den er en tidligere udgave af mødet 14. juni 2017."


def test_another_file_for_a_known_meeting_is_a_new_edition(editor: Client) -> None:
    ingest_file(content=minutes_of("14. juni 2017", "Et"), filename="a.txt")

    _, answer = send_by_script(editor, "b.txt", minutes_of("14. juni 2017", "Et", "To"))
    assert (answer["heading"], answer["text"]) == (
        "Ny udgave af mødet 14. juni 2017",
        "2 punkter. Kladden er klar til at blive set igennem.",
    )


def test_what_was_discarded_may_be_sent_again(editor: Client) -> None:
    send(editor, ("a.txt", TEXT))
    discard_draft(source=SourceDocument.objects.get())

    assert send_by_script(editor, "b.txt", TEXT)[1]["state"] == "klar"
    draft = SourceDocument.objects.get()
    assert (draft.state, draft.filename) == (SourceState.DRAFT, "b.txt")


# Who is told what


def test_anothers_draft_is_told_of_and_not_shown(editor: Client) -> None:
    send(signed_in(EDITOR), ("a.txt", TEXT))

    _, answer = send_by_script(editor, "b.txt", TEXT)
    assert answer["heading"] == "Filen ligger allerede som kladde"
    assert answer["text"] == "En anden redaktør har lagt den op."
    assert (answer["way"], answer["warnings"]) == (None, [])
    _, answer = send_by_script(signed_in(ADMINISTRATOR), "b.txt", TEXT)
    assert answer["way"] is not None


CLOSED = minutes_of("14. juni 2017", "Et").replace(b"CF - Et", b"Lukket: CF - Hemmeligt")


def test_a_closed_file_is_answered_alike_whether_the_archive_has_it_or_not(editor: Client) -> None:
    assert not SourceDocument.objects.exists()
    new = send_by_script(editor, "a.txt", CLOSED)
    draft = SourceDocument.objects.get()
    assert draft.is_closed
    again = send_by_script(editor, "a.txt", CLOSED)
    publish_draft(source=draft)
    stored = send_by_script(editor, "a.txt", CLOSED)
    of_another = send_by_script(signed_in(EDITOR), "a.txt", CLOSED)

    assert new == again == stored == of_another
    assert new[1]["heading"] == "Filen er modtaget"
    assert (new[1]["way"], new[1]["preview"], new[1]["warnings"]) == (None, "", [])


def test_who_may_read_what_is_closed_is_led_to_it(editor: Client) -> None:
    sees = signed_in(EDITOR, reads_closed=True)
    assert send_by_script(sees, "a.txt", CLOSED)[1]["preview"]


def test_an_open_file_for_a_meeting_that_holds_something_closed_says_nothing_of_it(editor: Client) -> None:
    ingest_file(content=CLOSED, filename="a.txt")

    _, answer = send_by_script(editor, "b.txt", minutes_of("14. juni 2017", "Et"))
    assert answer["heading"] == "Filen er modtaget"
    assert "udgave" not in json.dumps(answer)


# Bad input


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("referat.pdf", b"", "tom"),
        ("referat.pdf", b"\x89PNG\r\n\x1a\n" + bytes(200), ""),
        ("referat.docx", b"PK\x03\x04" + bytes(200), ""),
        ("referat.pdf", b"%PDF-1.7\n" + bytes(200), ""),
        ("referat.txt", b"MZ\x90\x00" + bytes(500), ""),
        ("referat.txt", "Indkøbsseddel: mælk og brød".encode(), ""),
        ("referat.txt", minutes_of("14. juni 2017", "Et").replace(b"REFERAT", b"DAGSORDEN")[:-24], "dagsorden"),
        (
            "referat.txt",
            minutes_of("14. juni 2017", "Et").replace(b"Chefforum", "Byrådet".encode()),
            "kun imod referater fra",
        ),
    ],
)
def test_what_is_no_minutes_of_ours_is_refused_in_danish_and_leaves_nothing(
    editor: Client, name: str, content: bytes, reason: str
) -> None:
    status, answer = send_by_script(editor, name, content)

    assert (status, answer["state"], answer["heading"]) == (422, "afvist", "Filen kan ikke bruges")
    assert answer["text"].endswith(".")
    assert reason in answer["text"]
    assert not SourceDocument.objects.exists()
    assert sweep(delete=False) == []


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Brugere\\nogen\\referat.txt", "referat.txt"),
        ("referat\u202etxt.exe", "referattxt.exe"),
        ("a" * 400 + ".txt", "a" * 251 + ".txt"),
        ("referat.txt" + "x" * 400, None),
        ("re\x00fer\x07at.txt", "referat.txt"),
        (" ", ""),
        ("<script>.txt", "<script>.txt"),
    ],
)
def test_a_name_may_be_anything(editor: Client, sent: str, kept: str | None) -> None:
    name = sent.replace("\\", "\\\\").replace('"', "%22")
    body = (
        b'--x\r\nContent-Disposition: form-data; name="filer"; filename="%s"\r\n\r\n%s\r\n'
        b'--x\r\nContent-Disposition: form-data; name="slut"\r\n\r\nja\r\n--x--\r\n'
    ) % (name.encode(), TEXT)
    response = editor.post(ADDRESS, body, "multipart/form-data; boundary=x")

    assert response.status_code == 302
    draft = SourceDocument.objects.get()
    assert len(draft.filename) <= 255
    assert kept is None or draft.filename == kept
    assert "<script>" not in editor.get("/kladder/").content.decode()


def test_no_file_and_no_form_are_told_in_danish(editor: Client) -> None:
    nothing = (b"", "multipart/form-data; boundary=x"), (b"{", "application/json"), (b"x", "multipart/form-data")
    for body, kind in nothing:
        response = editor.post(ADDRESS, body, kind)
        assert response.status_code == 400
        assert "Ingen filer er lagt op" in words(response)
    response = editor.post(ADDRESS, {"slut": "ja"})
    assert (response.status_code, "Vælg mindst én fil" in words(response)) == (400, True)


def test_a_form_that_ends_too_early_is_taken_for_broken_off(editor: Client) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="filer"; filename="a.txt"\r\n\r\n' + TEXT
    response = editor.post(ADDRESS, body, "multipart/form-data; boundary=x")

    assert (response.status_code, "blev afbrudt" in words(response)) == (400, True)
    assert not SourceDocument.objects.exists()


def test_a_form_of_another_site_brings_nothing(person: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    assert send(client, ("a.txt", TEXT)).status_code == 403
    token = Page(client.get(ADDRESS).content.decode())
    value = next(tag["value"] for _, tag in token.tags if tag.get("name") == "csrfmiddlewaretoken")
    assert send(client, ("a.txt", TEXT), csrfmiddlewaretoken=str(value)).status_code == 302


# Limits


def test_a_file_over_the_limit_is_passed_over_and_the_others_are_taken(
    editor: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    settings.READ_LIMITS = dataclasses.replace(settings.READ_LIMITS, max_file_bytes=1024 * 1024)
    response = send(editor, ("stor.pdf", b"%PDF" + bytes(2_000_000)), ("a.txt", TEXT))

    assert "Arkivet læser filer på højst 1 MB" in words(response)
    assert SourceDocument.objects.drafts().count() == 1
    assert list(tmp_path.iterdir()) == [tmp_path / "originals"]


def test_a_request_over_the_limit_is_not_received(editor: Client, settings: Settings) -> None:
    settings.READ_LIMITS = dataclasses.replace(settings.READ_LIMITS, max_file_bytes=1024)
    response = send(editor, ("stor.pdf", bytes(2_000_000)))

    assert (response.status_code, "fylder for meget tilsammen" in words(response)) == (413, True)


def test_more_files_than_one_request_takes(editor: Client, settings: Settings) -> None:
    settings.UPLOAD_MAX_FILES = 2
    files = [(f"{day}.txt", minutes_of(f"{day}. juni 2017", "Et")) for day in (1, 2, 3)]
    response = send(editor, *files)

    assert "højst sendes 2 filer ad gangen" in words(response)
    assert set(SourceDocument.objects.values_list("filename", flat=True)) == {"1.txt", "2.txt"}


def test_more_files_than_a_person_may_send_in_an_hour(editor: Client, person: User, settings: Settings) -> None:
    settings.UPLOADS_PER_HOUR = 2
    files = [(f"{day}.txt", minutes_of(f"{day}. juni 2017", "Et")) for day in (1, 2, 3)]
    response = send(editor, *files)
    assert "Du har lagt 2 filer op den seneste time" in words(response)
    assert SourceDocument.objects.count() == 2

    status, answer = send_by_script(editor, *files[2])
    assert (status, answer["state"], 3500 < answer["seconds"] <= 3601) == (429, "fejl", True)
    assert send_by_script(signed_in(EDITOR), *files[2])[0] == 200
    Upload.objects.filter(user=person).update(sent_at=timezone.now() - datetime.timedelta(minutes=61))
    assert send_by_script(editor, "4.txt", minutes_of("4. juni 2017", "Et"))[0] == 200
    assert Upload.objects.filter(user=person).count() == 1


def test_no_other_page_takes_files(db: None, tmp_path: Path, settings: Settings) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "nowhere"
    response = Client().post("/log-ind/", {"username": "a", "password": "b", "fil": SimpleUploadedFile("a", bytes(99))})
    assert response.status_code == 200
    assert response.wsgi_request.FILES == {}


# Faults of the machine


@contextmanager
def no_room_for_files() -> Iterator[None]:
    """As on a full disk: no file may grow beyond some bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("content", [TEXT, TEXT + bytes(b" " * 300_000)])
def test_no_room_for_what_comes_in(editor: Client, content: bytes) -> None:
    file = SimpleUploadedFile("a.txt", content)
    with no_room_for_files():
        response = editor.post(ADDRESS, {"filer": file, "slut": "ja"})

    assert (response.status_code, "ikke plads på serverens disk" in words(response)) == (507, True)
    assert not SourceDocument.objects.exists()
    assert sweep(delete=False) == []


def test_no_room_for_the_original(editor: Client, settings: Settings, tmp_path: Path) -> None:
    settings.ARCHIVE_ROOT = tmp_path / "a file"
    settings.ARCHIVE_ROOT.write_text("")
    status, answer = send_by_script(editor, "a.txt", TEXT)

    assert (status, answer["state"]) == (507, "fejl")
    assert "Intet er ændret i arkivet" in answer["text"]
    assert not SourceDocument.objects.exists()


def test_a_fault_of_the_database_is_told_and_leaves_no_file(editor: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE minutes_sourcedocument ADD CONSTRAINT broken CHECK (filename <> 'a.txt') NOT VALID")
    response = send(editor, ("a.txt", TEXT), ("b.txt", minutes_of("1. juni 2017", "Et")))

    assert "Databasen svarer ikke" in words(response)
    assert SourceDocument.objects.get().filename == "b.txt"
    assert sweep(delete=False) == []


# The page


def test_the_way_there(editor: Client, reader: Client) -> None:
    assert ("/laeg-op/", "Læg op") in Page(editor.get("/").content.decode()).links
    assert "/laeg-op/" not in Page(reader.get("/").content.decode()).addresses()
    page = Page(editor.get(ADDRESS).content.decode())
    assert ("/kladder/", "Kladder") in page.links
    send(editor, ("a.txt", TEXT))
    assert "1 kladde venter på at blive set igennem" in Page(editor.get(ADDRESS).content.decode()).main
