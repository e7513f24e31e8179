""" "Slet endeligt": what goes, what takes its place, what is left, and that nothing of the words is."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection

from minutes.ingest import files
from minutes.ingest.confirming import confirm_meeting
from minutes.ingest.edits import correct
from minutes.ingest.erasing import Changed, Gone, erase, lift, preview
from minutes.ingest.links import link_items
from minutes.ingest.rereading import reread
from minutes.ingest.results import Outcome, Refused
from minutes.ingest.service import ingest_file
from minutes.models import (
    AgendaItem,
    Attachment,
    Case,
    Correction,
    Erasure,
    Meeting,
    Reference,
    SearchFacets,
    SourceDocument,
    SourceState,
    Word,
)
from minutes.models.roles import ADMINISTRATOR, EDITOR
from tests.factories import ingest, make_item, make_meeting, make_minutes, make_section, make_user

pytestmark = pytest.mark.django_db

WORD = "Kvabsohejre"  # which nothing else in the world says
DISTRICT = f"{WORD}distriktet"


@pytest.fixture
def administrator() -> User:
    return make_user(ADMINISTRATOR, username="en.administrator")


def minutes_with_word(date: str = "2017-06-14", **values: Any) -> Any:
    item = make_item(
        1,
        f"{WORD} i budgettet",
        case_number="00.01.10-P20-7-17",
        decision=f"{WORD} blev godkendt. {DISTRICT}s leder melder tilbage inden 1. september 2017.",
        proposer=f"Direktør for {WORD}",
        recommendations=(f"at {DISTRICT} godkendes",),
        sections=(make_section("sagsfremstilling", f"Se punkt 1 den 24. maj 2017 om {WORD}."),),
        attachments=(f"{WORD}.docx",),
    )
    told = {"place": f"{WORD}salen", "preamble": f"Afbud: {WORD}"} | values
    return make_minutes(date, [item, make_item(2, "Evt.")], **told)


def erase_now(user: User, *, reason: str = "fejl", note: str = "", **target: Any) -> Gone:
    """As somebody does who has seen the preview."""
    return erase(user=user, reason=reason, note=note, seen=preview(user=user, **target).digest, **target)


def columns_with(word: str) -> set[str]:
    """Every column of the whole database in which `word` stands, in whatever capitals."""
    found = set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"
        )
        for table, column in cursor.fetchall():
            quoted = f'"{table}"."{column}"'
            cursor.execute(
                f'SELECT count(*) FROM "{table}" WHERE {quoted}::text ILIKE %s',  # noqa: S608 - the catalogue's names
                [f"%{word}%"],
            )
            if cursor.fetchone()[0]:
                found.add(f"{table}.{column}")
    return found


def files_with(word: str, root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file() and word.encode() in path.read_bytes()]


def change(gone: Gone, what: str) -> tuple[int, int]:
    return next(((one.before, one.after) for one in gone.changes if one.what == what), (0, 0))


def test_nothing_of_the_words_is_left(administrator: User, settings, django_capture_on_commit_callbacks: Any) -> None:
    editor = make_user(EDITOR)
    result = ingest(minutes_with_word(), filename=f"{WORD}.pdf", user=editor)
    item = AgendaItem.objects.get(meeting=result.meeting, number=1)
    correct(row=item, values={"title": f"Om {WORD}"}, user=editor)
    correct(row=item.decision, values={"text": f"{WORD} blev ikke godkendt."}, user=editor)
    confirm_meeting(meeting=result.meeting, user=editor)
    LogEntry.objects.create(
        user=editor,
        content_type=ContentType.objects.get_for_model(AgendaItem),
        object_id=item.pk,
        object_repr="14. juni 2017, punkt 1",
        action_flag=CHANGE,
        change_message=WORD,
    )
    ingest(minutes_with_word(place="Andet sted"), filename=f"{WORD} igen.pdf")
    other = make_meeting("2017-08-17", [make_item(1, "Helt andet", case_number="00.01.10-P20-8-17")])
    link_items(item=other.items.get(), target=item)
    assert len(columns_with(WORD)) > 20
    assert len(files_with(WORD, settings.ARCHIVE_ROOT)) == 2

    with django_capture_on_commit_callbacks(execute=True):
        gone = erase_now(administrator, meeting=result.meeting.pk)

    assert columns_with(WORD) == set()
    assert files_with(WORD, settings.ARCHIVE_ROOT) == []
    assert gone.is_whole_meeting
    assert [file.name for file in gone.files] == [f"{WORD} igen.pdf", f"{WORD}.pdf"]
    assert not Meeting.objects.filter(pk=result.meeting.pk).exists()
    assert not Case.objects.filter(normalised__contains="-7-17").exists()
    assert other.items.get().case.number == "00.01.10-P20-8-17"
    assert not Reference.objects.exists()
    assert not LogEntry.objects.exists()
    assert SearchFacets.objects.count() == 1


def test_who_when_why_and_the_checksum_stay(administrator: User) -> None:
    source = ingest(minutes_with_word()).source
    erase_now(administrator, meeting=source.meeting.pk, reason="andet", note="Det forkerte møde")
    left = Erasure.objects.get()
    assert (left.sha256, left.kind, left.reason, left.note) == (
        *(source.sha256, "originalfil", "andet", "Det forkerte møde"),
    )
    assert (left.erased_by, left.erased_by_name) == (administrator, "en.administrator")
    administrator.delete()
    left.refresh_from_db()
    assert (left.erased_by, left.erased_by_name) == (None, "en.administrator")


def test_a_preview_changes_nothing_and_tells_what_goes(administrator: User, settings) -> None:
    result = ingest(minutes_with_word())
    referring = make_item(
        1, "Opfølgning", sections=(make_section("anledning", "Se punkt 1 på mødet den 14. juni 2017."),)
    )
    make_meeting("2017-08-17", [referring])
    before = {model: list(model.objects.values()) for model in (AgendaItem, SourceDocument, Word, Reference, Case)}
    gone = preview(user=administrator, source=result.source.pk)
    assert before == {model: list(model.objects.values()) for model in before}
    assert files.path_of(result.source.sha256).exists()
    assert gone.is_whole_meeting
    assert gone.items == (f"1. {WORD} i budgettet", "2. Evt.")
    assert change(gone, "Punkter") == (2, 0)
    assert change(gone, "Henvisninger hertil fra andre møder") == (1, 0)
    assert change(gone, "Sager i arkivet") == (1, 0)
    words_before, words_after = change(gone, "Ord, søgningen kender")
    assert words_before > words_after > 0
    assert preview(user=administrator, source=result.source.pk) == gone


def test_words_that_others_have_stay_known(administrator: User) -> None:
    make_meeting("2017-08-17", [make_item(1, "Budgettet")])
    erase_now(administrator, meeting=ingest(minutes_with_word()).meeting.pk)
    assert [(word.text, word.open_count, word.total_count) for word in Word.objects.all()] == [("budgettet", 1, 1)]


def test_the_earlier_edition_takes_over(administrator: User) -> None:
    earlier = ingest(make_minutes(items=[make_item(1, "Budget"), make_item(2, "Løn")])).source
    meeting = earlier.meeting
    later = ingest(minutes_with_word()).source
    gone = erase_now(administrator, source=later.pk)
    assert (gone.is_whole_meeting, gone.takes_over) == (False, 1)
    assert gone.items == (f"1. {WORD} i budgettet", "2. Evt.")
    meeting.refresh_from_db()
    assert (meeting.slug, meeting.place) == ("2017-06-14", "Mødelokale 2")
    assert [item.title for item in meeting.items.order_by("number")] == ["Budget", "Løn"]
    assert list(meeting.sources.values_list("pk", "state")) == [(earlier.pk, SourceState.CURRENT)]
    assert columns_with(WORD) == set()
    call_command("reindex", verbosity=0)
    assert columns_with(WORD) == set()


def test_an_earlier_edition_goes_alone(administrator: User) -> None:
    earlier = ingest(minutes_with_word()).source
    later = ingest(make_minutes(time=None)).source
    assert later.meeting.start_time is not None  # which only the earlier one prints
    gone = erase_now(administrator, source=earlier.pk)
    assert (gone.is_whole_meeting, gone.takes_over, gone.items) == (False, None, ())
    meeting = Meeting.objects.get()
    assert meeting.start_time is None
    assert [item.title for item in meeting.items.all()] == ["Budget 2018"]
    assert columns_with(WORD) == set()


def test_what_editors_have_put_stays_where_it_fits(administrator: User) -> None:
    earlier = ingest(make_minutes(items=[make_item(1, "Budget", decision="Godkendt."), make_item(2, "Løn")])).source
    meeting = earlier.meeting
    correct(row=meeting.items.get(number=1), values={"title": "Budget 2018"}, user=None)
    later = ingest(make_minutes(items=[make_item(1, "Budget", decision="Udsat."), make_item(2, "Løn")])).source
    correct(row=meeting.items.get(number=1).decision, values={"text": "Udsat til august."}, user=None)
    correct(row=meeting.items.get(number=2), values={"is_closed": True}, user=None)
    assert later.corrections.count() == 3
    administrator = make_user(ADMINISTRATOR, reads_closed=True)
    erase_now(administrator, source=later.pk)
    first, second = meeting.items.order_by("number")
    assert first.title == "Budget 2018"
    assert first.decision.text == "Godkendt."
    assert second.is_closed
    assert set(Correction.objects.values_list("field", "source")) == {("title", earlier.pk), ("is_closed", earlier.pk)}
    assert SourceDocument.objects.get(pk=earlier.pk).warnings == []


def test_what_both_editions_had_corrected(administrator: User) -> None:
    earlier = ingest(make_minutes(items=[make_item(1, "Budget", decision="Godkendt.")])).source
    meeting = earlier.meeting
    correct(row=meeting.items.get().decision, values={"text": "Godkendt af alle."}, user=None)
    later = ingest(make_minutes(items=[make_item(1, "Budget", decision="Udsat.")])).source
    correct(row=meeting.items.get().decision, values={"text": "Udsat til august."}, user=None)
    erase_now(administrator, source=later.pk)
    assert meeting.items.get().decision.text == "Godkendt af alle."
    assert Correction.objects.get().source == earlier


def test_the_reading_stays_the_one_of_its_version(administrator: User) -> None:
    earlier = ingest(make_minutes()).source
    SourceDocument.objects.filter(pk=earlier.pk).update(parser_version="en gammel")
    erase_now(administrator, source=ingest(minutes_with_word()).source.pk)
    assert SourceDocument.objects.get().parser_version == "en gammel"


def test_a_draft_goes_without_touching_its_meeting(administrator: User) -> None:
    meeting = make_meeting()
    draft = ingest(minutes_with_word(), filename=f"{WORD}.txt", draft=True).source
    gone = erase_now(administrator, source=draft.pk)
    assert (gone.is_whole_meeting, gone.items, change(gone, "Originalfiler")) == (False, (), (1, 0))
    assert columns_with(WORD) == set()
    assert meeting.items.count() == 1


def test_a_file_of_an_attachment_goes_unless_another_item_has_it(
    administrator: User, django_capture_on_commit_callbacks: Any
) -> None:
    meeting = make_meeting(items=[make_item(1, "Budget", attachments=("Et bilag", "Et til"))])
    other = make_meeting("2017-08-17", [make_item(1, "Budget", attachments=("Et bilag",))])
    shared, own = files.digest_of(b"faelles"), files.digest_of(b"eget")
    files.write(b"faelles", shared)
    files.write(b"eget", own)
    for item, position, sha256 in ((meeting, 1, shared), (meeting, 2, own), (other, 1, shared)):
        Attachment.objects.filter(item__meeting=item, position=position).update(sha256=sha256, size=4)
    with django_capture_on_commit_callbacks(execute=True):
        gone = erase_now(administrator, meeting=meeting.pk)
    assert [(file.kind, file.name) for file in gone.files][1:] == [("bilag", "Et til")]
    assert files.path_of(shared).exists()
    assert not files.path_of(own).exists()
    assert set(Erasure.objects.values_list("kind", flat=True)) == {"originalfil", "bilag"}


def test_of_two_meetings_on_a_day_the_other_is_meant_now(administrator: User) -> None:
    make_meeting("2017-06-14", time="09:00")
    second = make_meeting("2017-06-14", time="13:00")
    referring = make_item(1, "Opfølgning", sections=(make_section("anledning", "Se mødet den 14. juni 2017."),))
    make_meeting("2017-08-17", [referring])
    assert Reference.objects.get().target_meeting is None
    erase_now(administrator, meeting=second.pk)
    assert Reference.objects.get().target_meeting == Meeting.objects.get(date="2017-06-14")


def test_what_changed_since_the_preview_is_looked_at_again(administrator: User) -> None:
    meeting = make_meeting()
    seen = preview(user=administrator, meeting=meeting.pk).digest
    ingest(minutes_with_word())
    with pytest.raises(Changed):
        erase(user=administrator, reason="fejl", note="", seen=seen, meeting=meeting.pk)
    assert meeting.sources.count() == 2
    assert not Erasure.objects.exists()
    assert files.path_of(meeting.sources.get(edition=1).sha256).exists()


@pytest.mark.parametrize("role", ["læser", "redaktør", None])
def test_nobody_else_may(role: str | None) -> None:
    meeting = make_meeting()
    with pytest.raises(Refused):
        preview(user=make_user(role), meeting=meeting.pk)


def test_a_closed_source_wants_the_right_to_read_it(administrator: User) -> None:
    ingest(make_minutes(items=[make_item(1, "Løn", closed=True)]))
    current = ingest(make_minutes(items=[make_item(1, "Budget")])).source
    for target in ({"meeting": current.meeting.pk}, {"source": current.pk}):
        with pytest.raises(Refused):  # the earlier edition would take over
            preview(user=administrator, **target)
    gone = erase_now(make_user(ADMINISTRATOR, reads_closed=True), source=current.pk)
    assert gone.takes_over == 1
    assert AgendaItem.objects.get().is_closed


def test_a_cpr_number_is_no_reason(administrator: User) -> None:
    meeting = make_meeting()
    with pytest.raises(Refused, match="CPR"):
        erase_now(administrator, meeting=meeting.pk, note="Der stod 010190-1234")
    assert Meeting.objects.exists()


def test_what_is_erased_may_be_let_in_again(administrator: User) -> None:
    source = ingest(make_minutes()).source
    erase_now(administrator, meeting=source.meeting.pk)
    erasure = Erasure.objects.refusing(source.sha256)
    assert erasure is not None
    assert erasure.refusal.startswith("Filen blev slettet endeligt ")
    with pytest.raises(Refused):
        lift(erasure=erasure, user=make_user(EDITOR))
    lift(erasure=erasure, user=administrator)
    assert Erasure.objects.refusing(source.sha256) is None
    assert Erasure.objects.get().lifted_by_name == "en.administrator"


@pytest.mark.django_db(transaction=True)
def test_a_file_that_cannot_be_removed_is_found_by_sweep(monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    administrator = make_user(ADMINISTRATOR)
    make_meeting("2017-08-17")
    source = ingest(minutes_with_word()).source
    path = files.path_of(source.sha256)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", _read_only)
        erase_now(administrator, meeting=source.meeting.pk)
    assert path.exists()
    assert "could not be removed" in caplog.text
    call_command("sweep", "--slet", verbosity=0)
    assert not path.exists()


def _read_only(self: Path, missing_ok: bool = False) -> None:
    raise PermissionError(13, "Permission denied")


@pytest.mark.django_db(transaction=True)
def test_no_file_goes_when_the_rows_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    administrator = make_user(ADMINISTRATOR)
    source = ingest(make_minutes()).source
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE minutes_erasure ADD CONSTRAINT none_here CHECK (note <> 'fejler')")
    try:
        with pytest.raises(Exception, match="none_here"):
            erase_now(administrator, meeting=source.meeting.pk, note="fejler")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE minutes_erasure DROP CONSTRAINT none_here")
    assert Meeting.objects.exists()
    assert files.path_of(source.sha256).exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_erase_the_same_at_once() -> None:
    people = [make_user(ADMINISTRATOR) for _ in range(2)]
    meeting = make_meeting().pk
    seen = [preview(user=person, meeting=meeting).digest for person in people]
    answers: list[str] = []
    start = threading.Barrier(2)

    def run(person: User, digest: str) -> None:
        try:
            start.wait()
            erase(user=person, reason="fejl", note="", seen=digest, meeting=meeting)
            answers.append("slettet")
        except Refused as refusal:
            answers.append(refusal.message)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in zip(people, seen, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["Filen findes ikke længere i arkivet.", "slettet"]
    assert Erasure.objects.count() == 1


def test_an_erased_meeting_is_no_longer_read_again(administrator: User) -> None:
    source = ingest(make_minutes()).source
    content = files.read(source.sha256)
    erase_now(administrator, meeting=source.meeting.pk)
    files.write(content, source.sha256)
    assert reread(source.pk).fault == "Filen er ikke længere et mødes gældende udgave."


def test_what_is_closed_elsewhere_is_not_counted(administrator: User) -> None:
    meeting = make_meeting(items=[make_item(1, "Budget")])
    before = preview(user=administrator, meeting=meeting.pk).changes
    closed = make_item(
        1,
        "Løn",
        closed=True,
        case_number="00.01.10-P20-8-17",
        sections=(make_section("anledning", "Se mødet den 14. juni 2017."),),
    )
    other = make_meeting("2017-08-17", [closed])
    link_items(item=other.items.get(), target=meeting.items.get())
    assert preview(user=administrator, meeting=meeting.pk).changes == before


@pytest.mark.parametrize("draft", [False, True])
def test_an_erased_file_is_refused_until_it_is_let_in(administrator: User, draft: bool) -> None:
    content = next((Path(__file__).parents[1] / "referater").glob("*.md")).read_bytes()
    source = ingest_file(content=content, filename="a.md", draft=draft).source
    erase_now(administrator, source=source.pk)
    again = ingest_file(content=content, filename="b.md", draft=draft)
    assert (again.outcome, again.source) == (Outcome.REFUSED, None)
    assert "slettet endeligt" in again.message
    assert not SourceDocument.objects.exists()
    lift(erasure=Erasure.objects.get(), user=administrator)
    assert ingest_file(content=content, filename="b.md", draft=draft).source is not None
