"""A browser that has a page already is told so, and nobody ever keeps a page that has changed or is another's."""

from __future__ import annotations

import threading
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.contrib import messages
from django.contrib.auth.models import Group, Permission
from django.db import connection, transaction
from django.test import Client, RequestFactory
from django.urls import resolve
from django.utils import timezone

from minutes.ingest.edits import correct
from minutes.models import (
    AgendaItem,
    ArchiveStamp,
    Change,
    ClosedReading,
    Decision,
    Erasure,
    InsightSearch,
    Meeting,
    Synonym,
    Upload,
)
from minutes.models.roles import READER
from minutes.search.index import index_items
from minutes.views import conditional
from minutes.views.shared import pages
from tests.addresses import PAGES
from tests.archive import Archive, make_archive, make_person
from tests.factories import make_item, make_meeting

# Stamps are left once a transaction, so each write here needs one of its own.
pytestmark = pytest.mark.django_db(transaction=True)

ITEM = "/moeder/2017-06-14/punkt/2/"
READ = ("/", "/moeder/", "/moeder/2017-06-14/", ITEM, "/sager/", "/soeg/?q=budget")


@pytest.fixture
def archive() -> Archive:
    return make_archive()


def signed_in(role: str = "læser") -> tuple[Client, object]:
    client, person = Client(), make_person(role)
    client.force_login(person)
    client.get("/")  # gives the browser its cookie against forged forms
    return client, person


def tag(client: Client, address: str) -> str:
    return client.get(address).headers["ETag"]


def asked_again(client: Client, address: str, tag: str) -> int:
    return client.get(address, headers={"If-None-Match": tag}).status_code


@pytest.mark.parametrize("role", ["læser", "redaktør", "superbruger"])
def test_every_page_is_kept_until_something_changes(archive: Archive, role: str) -> None:
    client, _ = signed_in(role)
    pages = [address for address in PAGES if getattr(resolve(urlsplit(address).path).func, "is_reading", False)]
    assert len(pages) > len(READ)
    answers = {}
    for address in pages:
        kept = client.get(address)
        if "no-store" in kept.headers["Cache-Control"]:  # something closed: tests/test_closed_readings.py
            assert (role, address) == ("superbruger", "/moeder/2016-10-11/")
            continue
        answers[address] = asked_again(client, address, kept.headers.get("ETag", "none"))
        assert set(kept.headers["Cache-Control"].split(", ")) == {"private", "no-cache"}, address
        assert "Cookie" in kept.headers["Vary"], address
    assert answers == dict.fromkeys(answers, 304)
    assert len(pages) - len(answers) == (role == "superbruger")


def test_what_says_so_has_no_page_but_the_same_headers(archive: Archive) -> None:
    client, _ = signed_in()
    kept = client.get(ITEM)
    short = client.get(ITEM, headers={"If-None-Match": f'"other", {kept.headers["ETag"]}'})
    assert (short.status_code, short.content) == (304, b"")
    for name in ("ETag", "Cache-Control", "Vary"):
        assert short.headers[name] == kept.headers[name]


def test_saying_so_takes_one_query_beside_those_that_tell_who_asks(
    archive: Archive, django_assert_num_queries: Callable
) -> None:
    client, _ = signed_in()
    for address in READ:
        known = tag(client, address)
        with django_assert_num_queries(5):  # session, account, own rights, the role's rights, the archive's state
            assert asked_again(client, address, known) == 304


def _close_an_item(archive: Archive) -> None:
    correct(row=AgendaItem.objects.get(meeting=archive.open, number=2), values={"is_closed": True}, user=None)


def _correct_a_decision(archive: Archive) -> None:
    decision = Decision.objects.get(item__meeting=archive.open, item__number=2)
    correct(row=decision, values={"text": "Udsat."}, user=None)


def _confirm_an_item(archive: Archive) -> None:
    AgendaItem.objects.filter(meeting=archive.open, number=2).update(confirmed_at=timezone.now())


CHANGES = {
    "an item is closed": _close_an_item,
    "a decision is corrected": _correct_a_decision,
    "an item is looked through": _confirm_an_item,
    "a meeting comes in": lambda archive: make_meeting("2018-01-10", [make_item(1, "Nyt punkt")]),
    "an item goes out": lambda archive: archive.mixed.items.all().delete(),
    "a synonym is edited": lambda archive: Synonym.objects.create(word="bk", meaning="budgetkatalog"),
    "synonyms are emptied": lambda archive: Synonym.objects.all().delete(),
    "an item is indexed anew": lambda archive: index_items([archive.open.items.first().pk]),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_the_archive_is_seen_at_once(archive: Archive, change: str) -> None:
    client, _ = signed_in()
    known = {address: tag(client, address) for address in READ}
    CHANGES[change](archive)
    answers = {address: asked_again(client, address, known[address]) for address in READ}
    assert 304 not in answers.values(), answers


def test_a_change_that_is_taken_back_is_none(archive: Archive) -> None:
    client, _ = signed_in()
    known = tag(client, ITEM)
    with transaction.atomic():
        _confirm_an_item(archive)
        transaction.set_rollback(True)
    with transaction.atomic():
        with transaction.atomic():  # a savepoint
            _confirm_an_item(archive)
            transaction.set_rollback(True)
        assert asked_again(client, ITEM, known) == 304
        _confirm_an_item(archive)
    assert asked_again(client, ITEM, known) == 200


def test_a_page_made_before_another_has_finished_writing_is_not_kept_after_it(archive: Archive) -> None:
    client, _ = signed_in()
    written, finish = threading.Event(), threading.Event()

    def write() -> None:
        with transaction.atomic():
            _confirm_an_item(archive)
            written.set()
            assert finish.wait(30)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    assert written.wait(30)
    known = tag(client, ITEM)  # while the other has written, and not finished
    assert asked_again(client, ITEM, known) == 304
    make_meeting("2018-01-10", [make_item(1, "Nyt punkt")])  # no writer waits for another
    later = tag(client, ITEM)
    finish.set()
    writer.join()
    assert len({known, later, tag(client, ITEM)}) == 3


def _takes_the_role_away(client: Client, person) -> None:
    person.groups.clear()


def _gives_the_closed(client: Client, person) -> None:
    person.user_permissions.add(Permission.objects.get(codename="read_closed"))


def _renames(client: Client, person) -> None:
    person.first_name = "Ny"
    person.save()


def _stops_the_account(client: Client, person) -> None:
    person.is_active = False
    person.save()


PERSON_CHANGES = {
    "logs out": (lambda client, person: client.post("/log-ud/"), 302),
    "has no session any longer": (lambda client, person: client.session.flush(), 302),
    "loses the account": (_stops_the_account, 302),
    "loses the role": (_takes_the_role_away, 403),
    "may read closed items": (_gives_the_closed, 200),
    "gets another name": (_renames, 200),
    "is somebody else now": (lambda client, person: client.force_login(make_person("læser")), 200),
    "loses the cookie against forged forms": (lambda client, person: client.cookies.pop("csrftoken"), 200),
}


@pytest.mark.parametrize("change", PERSON_CHANGES)
def test_a_change_of_who_asks_is_seen_at_once(archive: Archive, change: str) -> None:
    happens, status = PERSON_CHANGES[change]
    answers = {}
    for address in READ:
        client, person = signed_in()
        known = tag(client, address)
        happens(client, person)
        answers[address] = asked_again(client, address, known)
    assert answers == dict.fromkeys(READ, status)


def test_a_role_that_loses_a_right_shows_at_once(archive: Archive) -> None:
    client, _ = signed_in("læser")
    known = tag(client, ITEM)
    Group.objects.get(name=READER).permissions.clear()
    assert asked_again(client, ITEM, known) == 403


@pytest.mark.parametrize("open_to_all", [False, True])
def test_nobody_is_told_to_keep_anothers_page(archive: Archive, settings, open_to_all: bool) -> None:
    settings.OPEN_TO_ALL = open_to_all
    people = [signed_in(role)[0] for role in ("læser", "læser", "redaktør", "læser af lukkede", "superbruger")]
    people.append(Client())
    for address in READ:
        tags = [client.get(address).headers.get("ETag", "") for client in people]
        assert len(set(tags)) == len(people), address
        for place, client in enumerate(people):
            others = ", ".join(tag for other, tag in enumerate(tags) if other != place and tag)
            assert asked_again(client, address, others) != 304, address


def test_each_address_has_its_own(archive: Archive) -> None:
    client, _ = signed_in()
    addresses = (*READ, "/soeg/?q=budget&side=2", "/moeder/2017-06-14/?x=1")
    assert len({tag(client, address) for address in addresses}) == len(addresses)
    elsewhere = client.get(ITEM, headers={"host": "localhost"}, SCRIPT_NAME="")
    assert elsewhere.headers["ETag"] != tag(client, ITEM)


def test_a_new_day_makes_new_pages(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    client, _ = signed_in()
    known = tag(client, ITEM)
    tomorrow = timezone.localdate() + timezone.timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *args: tomorrow)
    assert asked_again(client, ITEM, known) == 200


def test_a_new_edition_of_the_program_makes_new_pages(archive: Archive, settings, tmp_path) -> None:
    settings.BASE_DIR = tmp_path
    conditional.program.cache_clear()
    client, _ = signed_in()
    known = tag(client, ITEM)
    conditional.program.cache_clear()
    assert asked_again(client, ITEM, known) == 304
    for change in ("template", "setting", "static file"):
        known = tag(client, ITEM)
        if change == "template":
            (tmp_path / "templates").mkdir()
            (tmp_path / "templates/new.html").write_text("nyt")
        elif change == "setting":
            settings.ARCHIVE_BODIES = ["Chefforum", "Direktørforum"]
        else:
            settings.STATIC_ROOT = tmp_path
            (tmp_path / "staticfiles.json").write_text("{}")
        conditional.program.cache_clear()
        assert asked_again(client, ITEM, known) == 200, change
    conditional.program.cache_clear()


def test_a_page_that_tells_something_once_is_not_kept(archive: Archive) -> None:
    client, _ = signed_in()
    known = tag(client, ITEM)
    request = RequestFactory().get("/")
    request.session = client.session
    waiting = messages.storage.cookie.CookieStorage(request)
    waiting.add(messages.SUCCESS, "Rettelsen er gemt.")
    client.cookies["messages"] = waiting._encode(waiting._queued_messages)
    telling = client.get(ITEM, headers={"If-None-Match": known})
    assert telling.status_code == 200
    assert "ETag" not in telling.headers


def test_what_is_not_there_is_never_kept(archive: Archive) -> None:
    client, _ = signed_in()
    for address in ("/moeder/2017-06-15/", "/moeder/2015-05-05/", "/soeg/forslag/?q=bud"):
        answer = client.get(address, headers={"If-None-Match": "*"})
        assert answer.status_code != 304, address
        assert "ETag" not in answer.headers, address
        assert "no-store" in answer.headers["Cache-Control"], address


def test_a_search_that_was_stopped_may_be_tried_again(archive: Archive, settings) -> None:
    client, _ = signed_in()
    address = "/soeg/?q=budgettet"
    known = tag(client, address)
    pages.clear()
    settings.SEARCH_SECONDS = 0.2
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN; LOCK TABLE minutes_searchentry IN ACCESS EXCLUSIVE MODE")
            stopped = client.get(address)
    finally:
        other.close()
    assert "Søgningen tog for lang tid" in stopped.content.decode()
    assert "ETag" not in stopped.headers
    settings.SEARCH_SECONDS = 60
    again = client.get(address)
    assert "Søgningen tog for lang tid" not in again.content.decode()
    assert again.headers["ETag"] == known


def test_while_the_program_is_worked_on_nothing_is_kept(archive: Archive, settings) -> None:
    settings.DEBUG = True
    client, _ = signed_in()
    assert "ETag" not in client.get(ITEM).headers


def test_no_table_of_the_archive_is_forgotten() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'leave_stamp'")
        watched = {name for (name,) in cursor.fetchall()}
        tables = {name for name in connection.introspection.table_names(cursor) if name.startswith("minutes_")}
    unseen = {model._meta.db_table for model in (ArchiveStamp, Change, ClosedReading, Erasure, InsightSearch, Upload)}
    assert watched == tables - unseen | {"auth_user"}


def test_logging_in_is_no_change_of_the_archive(archive: Archive) -> None:
    client, _ = signed_in()
    known = tag(client, ITEM)
    signed_in("redaktør")[0].get("/")
    assert asked_again(client, ITEM, known) == 304


def test_emptied_tables_are_a_change(archive: Archive) -> None:
    before = ArchiveStamp.objects.state()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE minutes_synonym")
    assert ArchiveStamp.objects.state() != before
    assert Meeting.objects.exists()
