"""`manage.py ingest`, `sweep` and `verify`, as somebody at a prompt meets them."""

import io
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from minutes.ingest import files
from minutes.ingest.rereading import reread
from minutes.ingest.results import Outcome
from minutes.ingest.service import publish_draft
from minutes.models import AgendaItem, Meeting, SourceDocument, SourceState
from tests.factories import make_meeting

REFERATER = Path(__file__).parents[1] / "referater"
FIXTURES = Path(__file__).parents[2] / "fixtures"

pytestmark = pytest.mark.django_db


def run(*command):
    """(exit code, lines on stdout, stderr) of a command."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    try:
        call_command(*map(str, command), stdout=out, stderr=err)
    except SystemExit as exit_:
        code = exit_.code
    return code, out.getvalue().splitlines(), err.getvalue()


@pytest.fixture
def folder(tmp_path):
    """Files of all sorts, one folder below the other."""
    (tmp_path / "2017").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / "2017" / "b.md").write_bytes((REFERATER / "2017-06-14.md").read_bytes())
    (tmp_path / "a.txt").write_bytes((REFERATER / "2023-12-07.txt").read_bytes())
    (tmp_path / "tom.pdf").write_bytes(b"")
    (tmp_path / ".git" / "config").write_text("x")
    (tmp_path / "~$a.docx").write_bytes(b"x")
    return tmp_path


def test_a_folder_is_read_through_in_order_and_what_fails_does_not_stop_the_rest(folder):
    code, lines, err = run("ingest", folder)

    assert code == 1
    assert [re.match(r"(.+?): ([\w ]+)\.", line).groups() for line in lines] == [
        ("b.md", "nyt møde"),
        ("a.txt", "nyt møde"),
        ("tom.pdf", "afvist"),
    ]
    assert "Chefforum 14. juni 2017" in lines[0]
    assert "tom" in lines[2]
    assert "Filer: 3." in err
    assert Meeting.objects.count() == 2


def test_running_it_again_changes_nothing_and_reads_nothing(folder, settings):
    (folder / "tom.pdf").unlink()
    run("ingest", folder)
    before = list(SourceDocument.objects.values()), list(AgendaItem.objects.values())
    settings.READ_LIMITS = replace(settings.READ_LIMITS, seconds=0)  # whatever would be read now would fail

    code, lines, _ = run("ingest", folder)

    assert code == 0
    assert all(": uændret. Chefforum" in line for line in lines)
    assert before == (list(SourceDocument.objects.values()), list(AgendaItem.objects.values()))


def test_the_later_file_of_one_meeting_holds_however_many_are_read_at_once():
    code, lines, _ = run("ingest", REFERATER, "--processes", 3)

    assert code == 0
    assert [line.split(":")[0] for line in lines] == sorted(path.name for path in REFERATER.iterdir())
    current = SourceDocument.objects.current().order_by("filename").values_list("filename", flat=True)
    assert list(current) == ["2016-10-11.pdf", "2017-06-14.running-heads.pdf", "2023-12-07.txt"]


def test_the_archive_that_make_run_opens_has_every_item_decision_and_case():
    run("ingest", FIXTURES)

    meetings = Meeting.objects.order_by("date")
    assert [(meeting.slug, meeting.items.count()) for meeting in meetings] == [
        ("2016-10-11", 5),
        ("2017-06-14", 7),
        ("2023-12-07", meetings[2].items.count()),
    ]
    items = AgendaItem.objects.select_related("case", "decision")
    assert all(item.case and item.decision and item.page for item in items)
    assert AgendaItem.objects.filter(is_standing=True, title__startswith="Godkendelse").count() == 3


def test_drafts_wait_for_an_editor_who_puts_them_into_the_archive(folder):
    code, lines, _ = run("ingest", folder / "a.txt", "--kladde")
    assert (code, lines[0].split(".")[1]) == (0, "txt: kladde")
    draft = SourceDocument.objects.drafts().get()
    assert not Meeting.objects.exists()

    result = publish_draft(source=draft)

    assert result.outcome is Outcome.CREATED
    assert SourceDocument.objects.get().state == SourceState.CURRENT
    assert SourceDocument.objects.get().filename == "a.txt"


def test_an_original_can_be_read_again(folder):
    run("ingest", folder / "a.txt")
    AgendaItem.objects.update(title="Somebody has been in the database by hand")

    assert reread(SourceDocument.objects.get().pk).has_changed

    assert not AgendaItem.objects.filter(title__startswith="Somebody").exists()


def test_a_file_that_is_too_large_is_refused_by_its_size(tmp_path, settings):
    settings.READ_LIMITS = replace(settings.READ_LIMITS, max_file_bytes=300 * 1024 * 1024)
    large = tmp_path / "stor.pdf"
    with large.open("wb") as file:
        file.truncate(1024**4)  # takes no room on the disk, and no memory could hold it

    code, lines, _ = run("ingest", large)

    assert code == 1
    assert lines[0].startswith("stor.pdf: afvist. Filen er på 1048576 MB. Arkivet læser filer på højst 300 MB.")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("scan.png", b"\x89PNG\r\n\x1a\n" + b"x" * 100),
        ("afbrudt.pdf", (REFERATER / "2016-10-11.pdf").read_bytes()[:40_000]),
        ("brev.txt", "Kære alle\n\nHusk mødet.".encode()),
        ("styr.txt", bytes(range(1, 32)) * 10),
    ],
)
def test_bad_files_get_a_danish_line_and_leave_nothing(name, content, tmp_path):
    (tmp_path / name).write_bytes(content)

    code, lines, err = run("ingest", tmp_path)

    assert code == 1
    assert len(lines) == 1
    assert lines[0].startswith(f"{name}: afvist. ")
    assert "Traceback" not in err
    assert not SourceDocument.objects.exists()
    assert not list(files.stored())


def test_what_is_no_file_is_said_to_be(tmp_path):
    code, lines, _ = run("ingest", tmp_path / "borte.pdf")

    assert (code, lines) == (1, ["borte.pdf: fejl. Filen findes ikke."])


def test_an_empty_folder_is_no_failure(tmp_path):
    assert run("ingest", tmp_path) == (0, [], "Ingen filer.\n")


@pytest.mark.parametrize("processes", ["0", "-1", "to"])
def test_a_number_of_processes_that_cannot_be_is_refused(processes, tmp_path):
    with pytest.raises(CommandError):
        run("ingest", tmp_path, "--processes", processes)


def test_sweep_shows_and_only_then_takes_away_files_without_a_row():
    make_meeting()
    kept = {sha256 for sha256, _ in files.stored()}
    files.write(b"uden post", files.digest_of(b"uden post"))
    path = files.path_of(files.digest_of(b"uden post"))
    unfinished = path.parent / ".abc.part"
    unfinished.write_bytes(b"halv")
    foreign = path.parent / "README"
    foreign.write_text("somebody's own")

    _, shown, _ = run("sweep")
    assert shown == [str(unfinished), str(path), "Filer uden post: 2. Intet er slettet; kør igen med --slet."]
    assert path.exists()
    _, deleted, _ = run("sweep", "--slet")
    assert deleted[-1] == "Slettet: 2."
    assert not path.exists()
    assert not unfinished.exists()
    assert foreign.exists()
    assert {sha256 for sha256, _ in files.stored()} == kept
    assert run("sweep")[1] == ["Ingen filer uden post."]


def test_sweep_deletes_nothing_for_a_database_that_knows_no_file():
    files.write(b"uden post", files.digest_of(b"uden post"))

    with pytest.raises(CommandError, match="rigtige database"):
        run("sweep", "--slet")

    assert list(files.stored())


def test_verify_names_each_original_that_is_gone_or_changed():
    for month in (1, 2, 3):
        make_meeting(f"2017-0{month}-01")
    gone, changed, _ = SourceDocument.objects.order_by("pk")
    assert run("verify") == (0, ["Alle 3 originaler er, som de skal være."], "")
    files.path_of(gone.sha256).unlink()
    files.path_of(changed.sha256).chmod(0o640)
    files.path_of(changed.sha256).write_bytes(b"noget andet")

    code, lines, err = run("verify")

    assert code == 1
    assert lines == [
        f"Filen mangler: {gone.filename} ({gone.sha256})",
        f"Indholdet er ændret: {changed.filename} ({changed.sha256})",
    ]
    assert "2 af 3" in err


def test_an_original_that_is_gone_comes_back_with_the_file(folder):
    run("ingest", folder / "a.txt")
    path = files.path_of(SourceDocument.objects.get().sha256)
    path.unlink()

    assert run("ingest", folder / "a.txt")[0] == 0

    assert run("verify")[0] == 0
    assert SourceDocument.objects.count() == 1


def test_what_cannot_be_opened_is_told_and_does_not_stop_the_rest(folder):
    (folder / "brudt.pdf").symlink_to(folder / "findes-ikke.pdf")
    os.mkfifo(folder / "pibe")

    code, lines, _ = run("ingest", folder, folder / "heller-ikke.md")

    assert code == 1
    assert "brudt.pdf: fejl. Filen findes ikke." in lines
    assert "pibe: fejl. Det er ikke en fil." in lines
    assert "heller-ikke.md: fejl. Filen findes ikke." in lines
    assert Meeting.objects.count() == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_a_folder_that_may_not_be_entered_is_told(folder):
    (folder / "2017").chmod(0)
    try:
        code, lines, _ = run("ingest", folder)
    finally:
        (folder / "2017").chmod(0o700)

    assert code == 1
    assert any(line.startswith("2017: fejl. Mappen må ikke læses") for line in lines)


@pytest.mark.parametrize(
    ("name", "message"),
    [("findes-ikke.pdf", "Filen findes ikke."), ("2017", "Det er en mappe"), ("pibe", "Det er ikke")],
)
def test_parse_says_what_cannot_be_opened(folder, name, message):
    os.mkfifo(folder / "pibe")

    with pytest.raises(CommandError, match=message):
        run("parse", folder / name)
