"""Several processes at once on the same files end as one would."""

import time
from pathlib import Path

from django.db import connection

from minutes.ingest import files
from minutes.ingest.upkeep import sweep
from minutes.models import AgendaItem, Case, Meeting, SearchEntry, SourceDocument, SourceState, Word
from minutes.models.locks import archive_lock
from tests.factories import ingest, make_item, make_meeting, make_minutes

REFERATER = Path(__file__).parents[1] / "referater"


def test_the_same_folder_in_several_processes(start, tmp_path):
    folder = tmp_path / "referater"
    folder.mkdir()
    editions = [path for path in sorted(REFERATER.glob("20*")) if path.suffix in {".md", ".txt", ".docx"}]
    for path in editions:
        (folder / path.name).write_bytes(path.read_bytes())

    processes = [start("ingest", folder, "--processes", "1") for _ in range(3)]
    said = [process.communicate() for process in processes]

    assert [process.returncode for process in processes] == [0, 0, 0], said
    lines = [line for out, _ in said for line in out.splitlines()]
    assert len(lines) == 3 * len(editions)
    for path in editions:  # each was stored by one process, and known to the others
        assert sum("uændret" in line for line in lines if line.startswith(path.name)) == 2
    assert SourceDocument.objects.count() == len(editions)
    assert Meeting.objects.count() == 3
    for meeting in Meeting.objects.all():
        sources = meeting.sources.order_by("edition")
        assert [source.edition for source in sources] == list(range(1, len(sources) + 1))
        assert [source.filename for source in sources] == sorted(source.filename for source in sources)
        assert [source.state for source in sources][-1] == SourceState.CURRENT
        numbers = list(meeting.items.values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
    assert AgendaItem.objects.exclude(case=None).values("case").distinct().count() == Case.objects.count()
    assert sweep(delete=False) == []


def test_sweep_leaves_a_file_that_is_being_stored(start):
    """It has no row yet: whoever stores holds the lock, and sweep waits for it."""
    make_meeting()
    sha256 = files.digest_of(b"nyt referat")
    with archive_lock():
        files.write(b"nyt referat", sha256)
        process = start("sweep", "--slet")
        _wait_until_somebody_waits()
        SourceDocument.objects.create(sha256=sha256, size=11, media_type="text/plain", state=SourceState.DRAFT)

    out, _ = process.communicate()

    assert out.splitlines() == ["Ingen filer uden post."]
    assert files.read(sha256) == b"nyt referat"


def test_indexing_anew_takes_turns_with_who_stores(start):
    """Else both would count the words of what stood there before, and take them away twice."""
    make_meeting(items=[make_item(1, "Budget"), make_item(2, "Ferieplan")])
    SearchEntry.objects.update(analyser_version=0)
    with archive_lock():
        process = start("reindex")
        _wait_until_somebody_waits()
        ingest(make_minutes(items=[make_item(1, "Budget"), make_item(2, "Sygefravær")]))

    out, _ = process.communicate()

    assert (process.returncode, out) == (0, "Intet at indeksere.\n")
    counts = Word.objects.values_list("text", "open_count", "total_count").order_by("text")
    assert list(counts) == [("budget", 1, 1), ("sygefravær", 1, 1)]


def _wait_until_somebody_waits():
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("nobody came to wait for the lock")
