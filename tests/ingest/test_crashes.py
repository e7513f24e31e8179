"""After a killed process and on a full disk the archive is as before, and the next try succeeds."""

import resource
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.apps import apps
from django.db import DatabaseError, connection

from minutes.ingest import files, service
from minutes.ingest.results import Outcome, StoreDamaged, StoreUnwritable
from minutes.ingest.service import ingest_file
from minutes.ingest.upkeep import sweep
from minutes.models import ArchiveStamp, Change, Meeting, SourceDocument, Synonym
from tests.factories import ingest, make_meeting, make_minutes

REFERATER = Path(__file__).parents[1] / "referater"
MINUTES = REFERATER / "2023-12-07.txt"
EDITION = REFERATER / "2023-12-07.docx"


def rows():
    """Everything that is stored, of every kind that comes from files."""
    models = set(apps.get_app_config("minutes").get_models()) - {Synonym, ArchiveStamp, Change}
    found = {model.__name__: sorted(model.objects.values_list(), key=str) for model in models}
    # The log knows of the synonyms and roles, too, that the archive begins with.
    return found | {"Change": sorted(Change.objects.exclude(kind__in=["synonym", "group"]).values_list(), key=str)}


def killed(process):
    """Wait for it to kill itself before it said anything."""
    said = process.communicate()
    return said == ("", "") and process.returncode == -signal.SIGKILL


@pytest.mark.parametrize("moment", ["rename", 'INSERT INTO "minutes_meeting"', 'INSERT INTO "minutes_sourcedocument"'])
def test_killed_while_a_new_meeting_is_stored_nothing_is(moment, start):
    assert killed(start("ingest", MINUTES, kill=moment))

    assert not any(rows().values())
    assert len(sweep(delete=False)) == 1  # the file, or its draft
    assert ingest_file(content=MINUTES.read_bytes(), filename="igen").outcome is Outcome.CREATED


@pytest.mark.parametrize("moment", ["rename", 'UPDATE "minutes_agendaitem"', 'UPDATE "minutes_section"'])
def test_killed_while_a_new_edition_is_stored_the_earlier_stands(moment, start):
    ingest_file(content=MINUTES.read_bytes(), filename=MINUTES.name)
    before = rows()

    assert killed(start("ingest", EDITION, kill=moment))

    assert rows() == before
    assert files.read(SourceDocument.objects.get().sha256) == MINUTES.read_bytes()
    assert len(sweep(delete=True)) == 1
    assert ingest_file(content=EDITION.read_bytes(), filename="igen").outcome is Outcome.NEW_EDITION
    assert sweep(delete=False) == []


def test_killed_after_the_commit_everything_is_there(start):
    assert killed(start("ingest", MINUTES, kill="commit"))

    assert Meeting.objects.get().items.count() > 1
    assert sweep(delete=False) == []
    assert ingest_file(content=MINUTES.read_bytes(), filename="igen").outcome is Outcome.UNCHANGED


@contextmanager
def no_room_for_files() -> Iterator[None]:
    """As on a full disk: no file may grow beyond some bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.django_db
@pytest.mark.parametrize("draft", [False, True])
def test_on_a_full_disk_the_archive_is_as_before(draft):
    make_meeting()
    before = rows()
    parsed = make_minutes(place="Kantinen")

    with no_room_for_files(), pytest.raises(StoreUnwritable, match="plads på disken"):
        ingest(parsed, draft=draft)

    assert rows() == before
    assert sweep(delete=False) == []
    assert ingest(parsed, draft=draft).outcome is (Outcome.DRAFT if draft else Outcome.NEW_EDITION)


@pytest.mark.django_db
def test_a_folder_that_cannot_be_made_is_said_to_be(settings, tmp_path):
    settings.ARCHIVE_ROOT = tmp_path / "a file"
    settings.ARCHIVE_ROOT.write_text("")

    with pytest.raises(StoreUnwritable, match="Intet er ændret"):
        ingest(make_minutes())

    assert not any(rows().values())


def test_a_file_is_written_once_for_its_owner_to_read_only():
    content = b"referat"
    sha256 = files.digest_of(content)

    assert files.write(content, sha256)
    assert not files.write(content, sha256)
    assert files.path_of(sha256).stat().st_mode & 0o777 == 0o440
    assert files.path_of(sha256).parent.stat().st_mode & 0o007 == 0
    assert [path.name for path in files.path_of(sha256).parent.iterdir()] == [sha256]


def test_a_file_is_never_overwritten():
    """Other bytes under the same checksum are damage, which must be seen, not covered."""
    content = b"referat"
    path = files.path_of(files.digest_of(content))
    path.parent.mkdir(parents=True)
    path.write_bytes(b"noget andet")

    with pytest.raises(StoreDamaged):
        files.write(content, files.digest_of(content))

    assert path.read_bytes() == b"noget andet"


@pytest.mark.django_db(transaction=True)
def test_whoever_lost_the_lock_takes_nothing_from_the_next(monkeypatch):
    """The connection dies between file and rows, the lock with it, and another process stores the same file."""
    content = (REFERATER / "2017-06-14.md").read_bytes()
    real_store = service.store

    def store_after_the_connection_is_gone(**arguments):
        monkeypatch.setattr(service, "store", real_store)
        with ThreadPoolExecutor(1) as pool:
            pool.submit(end_backend, connection.connection.info.backend_pid).result()
            other = pool.submit(ingest_in_thread, content).result()
        assert other.outcome is Outcome.CREATED
        return real_store(**arguments)

    monkeypatch.setattr(service, "store", store_after_the_connection_is_gone)
    with pytest.raises(DatabaseError):
        service.ingest_file(content=content, filename="a.md")

    source = SourceDocument.objects.get()
    assert files.read(source.sha256) == content


def end_backend(pid):
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    finally:
        connection.close()


def ingest_in_thread(content):
    try:
        return service.ingest_file(content=content, filename="b.md")
    finally:
        connection.close()
