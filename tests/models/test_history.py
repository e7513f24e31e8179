"""The log of every write: who, when, before and after, for good, and without a word of what is closed."""

from __future__ import annotations

import datetime
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from minutes.ingest.drafts import discard_draft
from minutes.ingest.edits import correct, withdraw
from minutes.ingest.links import link_items
from minutes.models import (
    AgendaItem,
    Attachment,
    Case,
    Change,
    Correction,
    Decision,
    DecisionOutcome,
    Meeting,
    Recommendation,
    Reference,
    Section,
    SourceDocument,
    Synonym,
)
from minutes.models.history import acting
from tests.factories import ingest, make_item, make_meeting, make_minutes, make_section, make_user

pytestmark = pytest.mark.django_db

TRACKED = {
    *(Meeting, AgendaItem, Section, Recommendation, Attachment, Decision, DecisionOutcome, Case),
    *(SourceDocument, Correction, Reference, Synonym),
}
NOT_TRACKED = {
    "ArchiveStamp": "says only that something was written",
    "Change": "the log itself",
    "ClosedReading": "a log of its own",
    "Deadline": "follows from the decision's text",
    "Erasure": "a log of its own",
    "FailedLogin": "a log of its own",
    "InsightSearch": "a log of its own",
    "SearchEntry": "follows from the texts",
    "SearchFacets": "follows from the texts",
    "SearchText": "follows from the texts",
    "Upload": "what is on its way into the archive",
    "Word": "follows from the texts",
}


@pytest.fixture
def editor() -> User:
    return make_user("redaktør", username="redaktionen")


def _latest(kind: str) -> Change:
    return Change.objects.filter(kind=kind).newest_first()[0]


def _run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def _all_logged(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass", [table])
        return {"log_insert", "log_update", "log_delete", "log_truncate"} <= {name for (name,) in cursor.fetchall()}


def test_every_table_is_logged_or_it_is_said_why_not():
    own = set(apps.get_app_config("minutes").get_models())
    assert {model.__name__ for model in own - TRACKED} <= set(NOT_TRACKED)
    assert all(_all_logged(model._meta.db_table) for model in TRACKED)
    accounts = {User, Group, User.groups.through, User.user_permissions.through, Group.permissions.through}
    assert all(_all_logged(model._meta.db_table) for model in accounts)


# Who, when, before and after


def test_a_service_tells_who(editor):
    item = make_meeting(items=[make_item(1, "Bugdet", decision="Godkendt.")]).items.get()
    earlier = timezone.now()
    with acting(editor):
        correct(row=item, values={"title": "Budget"}, user=editor)

    change = _latest("agendaitem")
    assert (change.action, change.user, change.username) == ("ændret", editor, "redaktionen")
    assert (change.before, change.after) == ({"title": "Bugdet"}, {"title": "Budget"})
    assert (change.meeting, change.item) == (item.meeting, item)
    assert abs(change.at - earlier) < datetime.timedelta(minutes=1)
    assert change.act == _latest("correction").act
    correction = _latest("correction")
    assert (correction.before, correction.after["value"], correction.item) == (None, "Budget", item)


def test_raw_sql_is_logged_with_nobody_for_who(editor):
    with acting(editor):
        made = Synonym.objects.create(word="Prøve", meaning="forsøg")
    _run("UPDATE minutes_synonym SET meaning = 'test 100%%' WHERE id = %s", made.pk)
    _run("DELETE FROM minutes_synonym WHERE id = %s", made.pk)

    deleted, changed, created = Change.objects.of(Synonym, [made.pk]).newest_first()
    everything = {"id": made.pk, "word": "Prøve"}
    assert (created.user, created.before, created.after) == (editor, None, {**everything, "meaning": "forsøg"})
    assert (changed.user, changed.username, changed.act) == (None, "", None)
    assert (changed.before, changed.after) == ({"meaning": "forsøg"}, {"meaning": "test 100%"})
    assert (deleted.before, deleted.after) == ({**everything, "meaning": "test 100%"}, None)


def test_writes_of_many_rows_are_logged_row_by_row():
    Synonym.objects.bulk_create([Synonym(word=f"ord {n}", meaning="x") for n in range(3)])
    rows = list(Synonym.objects.filter(meaning="x"))
    for row in rows:
        row.meaning = f"y{row.word}"
    Synonym.objects.bulk_update(rows, ["meaning"])
    Synonym.objects.filter(pk__in=[row.pk for row in rows]).update(meaning="z")
    Synonym.objects.filter(pk__in=[row.pk for row in rows]).delete()

    logged = Change.objects.of(Synonym, [row.pk for row in rows])
    assert [logged.filter(action=action).count() for action in ("oprettet", "ændret", "slettet")] == [3, 6, 3]


def test_a_row_that_is_saved_as_it_was_is_no_change():
    row = Synonym.objects.create(word="Prøve", meaning="forsøg")
    before = Change.objects.count()
    row.save()
    Meeting.objects.update(changed_at=timezone.now())
    User.objects.update(last_login=timezone.now())
    assert Change.objects.count() == before


def test_a_row_that_is_given_another_key_is_one_gone_and_one_come():
    row = Synonym.objects.create(word="Prøve", meaning="forsøg")
    _run("UPDATE minutes_synonym SET id = 900001 WHERE id = %s", row.pk)
    assert [_.action for _ in Change.objects.of(Synonym, [row.pk, 900001])] == ["oprettet", "slettet", "oprettet"]


def test_an_emptied_table_is_logged():
    _run("TRUNCATE minutes_synonym")
    assert (_latest("synonym").action, _latest("synonym").object_id) == ("tømt", None)


def test_what_nobody_wrote_by_hand_is_not_in_it():
    """The reading of a file and what it assumed, what rules find in texts, the keys that lists are sorted by."""
    make_meeting(items=[make_item(1, "A", sections=[make_section("anledning", "Se mødet den 1. marts 2017.")])])
    assert Reference.objects.filter(origin="regel").exists()
    assert not Change.objects.filter(kind="reference").exists()
    assert not {"parsed", "warnings"} & set(_latest("sourcedocument").after)
    assert not Change.objects.filter(after__has_key="sort_key").exists()


def test_the_program_is_told_where_nobody_is_logged_in(django_db_blocker):
    _run("SET LOCAL application_name = 'manage.py ingest'")
    make_meeting()
    assert (_latest("meeting").program, _latest("meeting").user) == ("manage.py ingest", None)


# Accounts


def test_accounts_are_logged_without_what_is_secret():
    user = make_user(None, username="nyansat", password="Hemmelig-kode-1")
    user.set_password("Hemmelig-kode-2")
    user.last_login = timezone.now()
    user.save()
    changed, created = Change.objects.of(User, [user.pk]).newest_first()
    assert (changed.before, changed.after) == ({}, {"password": "ny"})
    assert created.after["username"] == "nyansat"
    text = str([(one.before, one.after) for one in Change.objects.all()])
    assert not [secret for secret in ("Hemmelig", "md5", "last_login") if secret in text]


def test_memberships_and_rights_are_logged_by_name():
    user = make_user(None)
    group = Group.objects.create(name="vikarer")
    right = Permission.objects.get(content_type__app_label="minutes", codename="read_closed")
    user.groups.add(group)
    user.user_permissions.add(right)
    group.permissions.add(right)
    user.groups.clear()

    left, may, joined, _ = Change.objects.of(User, [user.pk]).newest_first()
    assert joined.action == "ændret"
    assert (joined.before, joined.after["groups"]) == (None, "vikarer")
    assert may.after["user_permissions"] == "minutes.read_closed"
    assert (left.before["groups"], left.after) == ("vikarer", None)
    assert Change.objects.of(Group, [group.pk])[0].after["permissions"] == "minutes.read_closed"


# Whose doing it is, and no longer than it is


def test_a_request_is_its_persons(editor, client):
    client.force_login(editor)
    Synonym.objects.create(word="Før", meaning="a")
    item = make_meeting(items=[make_item(1, "A", decision="Godkendt.")]).items.get()
    client.post(reverse("confirm-item", args=[item.meeting.slug, 1]), {"gennemset": "ja"})
    change = _latest("agendaitem")
    assert (change.user, "confirmed_at" in change.after) == (editor, True)
    Synonym.objects.create(word="Efter", meaning="b")
    assert [one.user for one in Change.objects.filter(kind="synonym").newest_first()[:2]] == [None, None]


def test_a_request_tells_nothing_else(editor, client):
    client.force_login(editor)
    item = make_meeting().items.get()
    client.post(reverse("confirm-item", args=[item.meeting.slug, 1]) + "?q=hemmeligt", {"gennemset": "ja"})
    assert "hemmeligt" not in str([vars(change) for change in Change.objects.all()])


def test_people_within_one_another(editor):
    other = make_user("redaktør")
    with acting(editor):
        with acting(other):
            Synonym.objects.create(word="1", meaning="a")
        Synonym.objects.create(word="2", meaning="a")
        with acting(None):
            Synonym.objects.create(word="3", meaning="a")
    with acting(None):
        Synonym.objects.create(word="4", meaning="a")
    assert [one.user for one in Change.objects.filter(kind="synonym").newest_first()[:4]] == [
        *(None, editor, editor, other)
    ]


@pytest.mark.django_db(transaction=True)
def test_the_next_user_of_a_connection_is_not_taken_for_the_last():
    """Each statement a transaction of its own, as in a request; and one that fails."""
    editor = make_user("redaktør")
    with acting(editor), pytest.raises(IntegrityError), transaction.atomic():
        Synonym.objects.create(word="a", meaning="a")
        Synonym.objects.create(word="a", meaning="a")
    with acting(editor):
        Synonym.objects.create(word="b", meaning="b")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('pghistory.context_metadata', true)")
        assert not cursor.fetchone()[0]
    _run("INSERT INTO minutes_synonym (word, meaning) VALUES ('c', 'c')")
    assert list(Change.objects.filter(kind="synonym", after__word__in="abc").values_list("after__word", "user")) == [
        *(("c", None), ("b", editor.pk))
    ]


# For good


@pytest.mark.parametrize("sql", ["UPDATE minutes_change SET username = 'x'", "DELETE FROM minutes_change"])
def test_nobody_changes_or_deletes_what_is_logged(sql):
    make_meeting()
    with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
        _run(sql)
    with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
        Change.objects.all().delete()
    with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
        Change.objects.update(username="x")


def test_only_an_erasure_takes_out_what_it_erases():
    gone, kept = make_meeting("2017-01-01"), make_meeting("2018-01-01")
    others = Change.objects.of_meetings([kept.pk]).count()
    assert Change.objects.of_meetings([gone.pk]).forget() > 3
    assert (Change.objects.of_meetings([gone.pk]).count(), Change.objects.of_meetings([kept.pk]).count()) == (0, others)
    with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
        Change.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_nothing_is_forgotten_by_itself():
    Synonym.objects.create(word="a", meaning="a")
    with pytest.raises(transaction.TransactionManagementError):
        Change.objects.all().forget()


def test_what_is_held_about_somebody_is_found():
    make_meeting(items=[make_item(1, 'Fratrædelse: "Åse" 100%', decision="Godkendt.")])
    assert {change.kind for change in Change.objects.holding("fratrædelse: ")} == {"agendaitem"}
    assert Change.objects.holding("åse").exists()
    assert not Change.objects.holding("F%").exists()


def test_of_a_discarded_draft_the_log_keeps_who_discarded_it_and_no_word(editor):
    draft = ingest(make_minutes(), filename="opsigelse-010190.pdf", draft=True).source
    Correction.objects.create(source=draft, item_key=1, field="title", printed="Hemmeligt", value="Nyt hemmeligt")
    with acting(editor):
        discard_draft(source=draft)
    kept = Change.objects.of_sources([draft.pk]).get()
    assert (kept.user, kept.before, kept.after) == (editor, {"state": "kladde"}, {"state": "kasseret"})


@pytest.mark.django_db(transaction=True)
def test_two_threads_at_once_are_two_people():
    """Each has a connection of its own, as in a server of threads."""
    people = [make_user("redaktør") for _ in range(2)]
    together = threading.Barrier(2)

    def write(person: User) -> None:
        try:
            with acting(person):
                for number in range(5):
                    together.wait(timeout=60)
                    Synonym.objects.create(word=person.username, meaning=f"{number}")
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, people))
    logged = Change.objects.filter(kind="synonym", after__word__in=[person.username for person in people])
    assert logged.count() == 10
    assert all(change.after["word"] == change.username for change in logged)


# What is closed


@pytest.fixture
def people() -> dict[str, User]:
    return {
        "nobody": AnonymousUser(),
        "læser": make_user("læser", reads_closed=True),
        "redaktør": make_user("redaktør"),
        "redaktør+": make_user("redaktør", reads_closed=True),
        "administrator": make_user("administrator"),
        "superuser": User.objects.create_superuser("root"),
    }


def _told(person: object) -> str:
    seen = Change.objects.visible_to(person)
    return str([(one.kind, one.before, one.after) for one in seen])


def test_the_log_is_for_those_who_handle_sources(people):
    make_meeting(items=[make_item(1, "Budget")])
    assert not Change.objects.visible_to(people["nobody"])
    assert not Change.objects.visible_to(None)
    assert not Change.objects.visible_to(people["læser"])
    assert "Budget" in _told(people["redaktør"])


def test_accounts_are_for_administrators(people):
    kinds = {name: {one.kind for one in Change.objects.visible_to(person)} for name, person in people.items()}
    assert "user" in kinds["administrator"] & kinds["superuser"]
    assert not {"user", "group"} & (kinds["redaktør"] | kinds["redaktør+"])


CLOSED_PARTS = {
    "recommendations": ["at hemmeligt indstilles"],
    "decision": "Hemmeligt godkendt.",
    "attachments": ["hemmeligt bilag"],
    "case_number": "27.00.00-G01-1-17",
}


def test_a_closed_item_and_its_parts_leave_no_trace(people):
    make_meeting(items=[make_item(1, "Åbent"), make_item(2, "Hemmeligt", closed=True, **CLOSED_PARTS)])
    assert "emmelig" not in _told(people["redaktør"])
    assert "27.00.00" not in _told(people["administrator"])
    assert "Åbent" in _told(people["redaktør"])
    assert _told(people["redaktør+"]).count("emmelig") >= 5
    assert "27.00.00" in _told(people["superuser"])


def test_what_is_closed_afterwards_is_closed_from_its_beginning(people):
    meeting = make_meeting(items=[make_item(1, "Åbent"), make_item(2, "Hemmeligt", **CLOSED_PARTS)])
    correct(row=meeting.items.get(number=2), values={"title": "Mere hemmeligt"}, user=None)
    assert "emmelig" in _told(people["redaktør"])
    correct(row=meeting.items.get(number=2), values={"is_closed": True}, user=None)
    assert "emmelig" not in _told(people["redaktør"])
    assert "27.00.00" not in _told(people["redaktør"])
    assert "Mere hemmeligt" in _told(people["redaktør+"])


def test_what_was_closed_stays_closed_when_it_is_opened_or_gone(people):
    meeting = make_meeting(items=[make_item(1, "Åbent"), make_item(2, "Hemmeligt", closed=True, **CLOSED_PARTS)])
    item = meeting.items.get(number=2)
    correct(row=item, values={"title": "Offentligt"}, user=None)
    correct(row=item, values={"is_closed": False}, user=None)
    assert "'Hemmeligt'" not in _told(people["redaktør"])
    Reference.objects.all().delete()
    meeting.items.all().delete()
    told = _told(people["redaktør"])
    assert "emmelig" not in told
    assert "Åbent" not in told  # nothing tells it from what was closed under another title
    assert "Åbent" in _told(people["redaktør+"])


def test_an_item_that_is_gone_from_an_open_meeting_can_be_read(people):
    meeting = make_meeting(items=[make_item(1, "Åbent")])
    meeting.items.all().delete()
    assert "Åbent" in _told(people["redaktør"])


def test_a_closed_meeting_leaves_no_trace(people):
    meeting = make_meeting(items=[make_item(1, "Hemmeligt", **CLOSED_PARTS)], place="Hemmeligt sted")
    assert "Hemmeligt sted" in _told(people["redaktør"])
    correct(row=meeting, values={"is_closed": True}, user=None)
    assert "emmelig" not in _told(people["redaktør"])
    assert "Hemmeligt sted" in _told(people["redaktør+"])


def test_a_closed_attachment_is_named_nowhere(people):
    meeting = make_meeting(items=[make_item(1, "Åbent", attachments=["Notat om NN", "Kort"], decision="Åben.")])
    correct(row=Attachment.objects.get(name="Notat om NN"), values={"name": "Notat om NN, rettet"}, user=None)
    assert "om NN" in _told(people["redaktør"])
    correct(row=Attachment.objects.get(position=1), values={"is_closed": True}, user=None)
    assert "om NN" not in _told(people["redaktør"])
    assert "Åben." in _told(people["redaktør"])
    ingest(make_minutes(items=[make_item(1, "Åbent", decision="Åben.")]))
    assert meeting.items.count() == 1
    assert "om NN" not in _told(people["redaktør"])


def test_a_preamble_that_named_a_closed_item_is_closed(people):
    meeting = make_meeting(items=[make_item(1, "Budget"), make_item(2, "Opsigelse af NN")], preamble="Afbud: ingen")
    _run("UPDATE minutes_meeting SET preamble = 'CF - Opsigelse af NN 4' WHERE id = %s", meeting.pk)
    assert "af NN 4" in _told(people["redaktør"])
    correct(row=meeting.items.get(number=2), values={"is_closed": True}, user=None)
    assert "af NN" not in _told(people["redaktør"])


def test_a_link_to_something_closed_is_closed(people):
    meeting = make_meeting(items=[make_item(1, "Åbent"), make_item(2, "Også åbent")])
    link_items(item=meeting.items.get(number=1), target=meeting.items.get(number=2))
    assert "'reference'" in _told(people["redaktør"])
    correct(row=meeting.items.get(number=2), values={"is_closed": True}, user=None)
    assert "'reference'" not in _told(people["redaktør"])
    assert "'reference'" in _told(people["redaktør+"])


def test_a_file_is_as_closed_as_it_is_in_the_archive(people):
    make_meeting(items=[make_item(1, "L", closed=True)])
    ingest(make_minutes("2019-01-02", [make_item(1, "L", closed=True)]), filename="lukket kladde.pdf", draft=True)
    ingest(make_minutes("2019-01-03"), filename="åben kladde.pdf", draft=True)
    assert "lukket kladde" not in _told(people["redaktør"])
    assert "åben kladde" in _told(people["redaktør"])
    assert "lukket kladde" in _told(people["redaktør+"])


def test_a_correction_taken_back_is_as_closed_as_what_it_corrected(people):
    meeting = make_meeting(items=[make_item(1, "Åbent"), make_item(2, "Hemmeligt", closed=True)])
    correct(row=meeting.items.get(number=2), values={"title": "Meget hemmeligt"}, user=None)
    withdraw(correction=Correction.objects.get())
    assert "emmeligt" not in _told(people["redaktør"])


def test_parts_of_an_unknown_item_are_closed(people):
    """Rows deleted past Django, their item first."""
    meeting = make_meeting(items=[make_item(1, "Åbent", decision="Godkendt.")])
    _run("DELETE FROM minutes_searchentry")
    _run("DELETE FROM minutes_decision")
    _run("DELETE FROM minutes_decisionoutcome")
    deleted = Change.objects.filter(kind="decisionoutcome", action="slettet").get()
    assert (deleted.is_closed, deleted.item) == (True, None)
    assert meeting.items.exists()


def test_the_log_is_written_for_an_account_that_may_not_write_to_it():
    """As in docs/operating.md: pages have an account of their own, the tables another."""
    _run("CREATE ROLE history_clerk")
    _run("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO history_clerk")
    _run("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO history_clerk")
    _run("REVOKE INSERT, UPDATE, DELETE ON minutes_change FROM history_clerk")
    _run("SET LOCAL ROLE history_clerk")
    made = Synonym.objects.create(word="Prøve", meaning="forsøg")
    assert Change.objects.of(Synonym, [made.pk]).count() == 1
    for sql in ("DELETE FROM minutes_change", "INSERT INTO minutes_change (kind) VALUES ('x')"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            _run(sql)
    assert Change.objects.of(Synonym, [made.pk]).forget() == 1
