"""Whoever is shown something closed is written down, and the log stays as it was written."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from minutes.ingest.edits import correct
from minutes.ingest.links import link_items
from minutes.models import AgendaItem, Attachment, ClosedReading, Correction, Meeting
from tests.archive import Archive, make_archive
from tests.factories import ingest, make_item, make_meeting, make_minutes, make_user

# Pages are kept, and so may hide who looks at them, only outside a test's own transaction.
pytestmark = pytest.mark.django_db(transaction=True)

CLOSED_ITEM = "/moeder/2016-10-11/punkt/2/"
MIXED = "/moeder/2016-10-11/"
CLOSED_MEETING = "/moeder/2015-05-05/"


@pytest.fixture
def archive() -> Archive:
    return make_archive()


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    client.get("/hjaelp/")  # gives the browser its cookie against forged forms
    return client


@pytest.fixture
def trusted() -> Client:
    return signed_in(make_user("læser", reads_closed=True, username="trine"))


@pytest.fixture
def editor() -> Client:
    return signed_in(make_user("redaktør", reads_closed=True, username="rie", is_staff=True))


def log() -> list[str]:
    return [f"{row} ({row.way})" for row in ClosedReading.objects.order_by("pk")]


OPENINGS = {
    CLOSED_ITEM: ["trine: 11. oktober 2016, punkt 2 (punkt)"],
    MIXED: ["trine: 11. oktober 2016, punkt 2 (møde)"],
    f"{MIXED}original/": ["trine: 11. oktober 2016, udgave 1 (originalfil)"],
    CLOSED_MEETING: ["trine: 5. maj 2015, hele mødet (møde)"],
    f"{CLOSED_MEETING}punkt/1/": ["trine: 5. maj 2015, punkt 1 (punkt)"],
    f"{CLOSED_MEETING}original/": ["trine: 5. maj 2015, udgave 1 (originalfil)"],
    "/beslutninger/csv/": [
        "trine: 11. oktober 2016, punkt 2 (udtræk)",
        "trine: 5. maj 2015, punkt 1 (udtræk)",
    ],
}
OPEN = ("/", "/moeder/2017-06-14/", "/moeder/2017-06-14/punkt/2/", "/moeder/2017-06-14/original/", f"{MIXED}punkt/1/")
LISTS = ("/moeder/", "/moeder/2016/", "/beslutninger/", "/soeg/?q=hemmeligt", "/sager/27.00.00-G01-1-17/", "/mangler/")


def read(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200, address
    answer.getvalue()  # to its end, which closes a file


@pytest.mark.parametrize("address", OPENINGS)
def test_an_opening_is_written_down(archive: Archive, trusted: Client, address: str) -> None:
    read(trusted, address)
    assert sorted(log()) == sorted(OPENINGS[address])


def test_what_is_open_and_what_is_only_listed_is_not(archive: Archive, trusted: Client) -> None:
    for address in (*OPEN, *LISTS):
        read(trusted, address)
    assert log() == []


def test_who_may_not_read_it_opens_nothing(archive: Archive) -> None:
    client = signed_in(make_user("læser"))
    for address in OPENINGS:
        client.get(address).close()
    assert log() == []


def test_a_deadline_that_is_taken_along_in_a_calendar_is_written_down(trusted: Client) -> None:
    coming = timezone.localdate() + datetime.timedelta(days=20)
    decision = f"Godkendt. HR følger op senest den {coming.day}-{coming.month}-{coming.year}."
    make_meeting("2017-06-14", [make_item(1, "Budget", decision=decision)])
    read(trusted, "/frister/kalender.ics")
    assert log() == []
    correct(row=AgendaItem.objects.get(), values={"is_closed": True}, user=None)
    read(trusted, "/frister/kalender.ics")
    assert log() == ["trine: 14. juni 2017, punkt 1 (udtræk)"]


def test_an_item_with_a_closed_attachment_is_one(archive: Archive, trusted: Client) -> None:
    attachment = Attachment.objects.filter(item__meeting=archive.open).first()
    correct(row=attachment, values={"is_closed": True}, user=None)
    read(trusted, "/moeder/2017-06-14/punkt/2/")
    assert log() == ["trine: 14. juni 2017, punkt 2 (punkt)"]


def test_it_says_who_when_and_which(archive: Archive) -> None:
    person = make_user("læser", reads_closed=True, username="trine")
    before = timezone.now()
    read(signed_in(person), CLOSED_ITEM)
    row = ClosedReading.objects.get()
    item = archive.mixed.items.get(number=2)
    assert (row.reader, row.item, row.meeting, row.source) == (person, item, archive.mixed, None)
    assert before <= row.opened_at <= timezone.now()
    told = " ".join(str(getattr(row, field.attname)) for field in ClosedReading._meta.fields)
    assert "Lønforhandling" not in told


def test_once_an_hour_for_each_person_thing_and_way(
    archive: Archive, trusted: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now().replace(minute=5)
    monkeypatch.setattr(timezone, "now", lambda: now)
    for _ in range(3):
        read(trusted, CLOSED_ITEM)
    assert len(log()) == 1
    read(trusted, MIXED)
    read(signed_in(make_user("læser", reads_closed=True)), CLOSED_ITEM)
    assert len(log()) == 3
    now += datetime.timedelta(hours=1)
    read(trusted, CLOSED_ITEM)
    assert len(log()) == 4


def test_no_browser_keeps_it_and_nobody_shares_it(archive: Archive, trusted: Client) -> None:
    other = signed_in(make_user("læser", reads_closed=True, username="ulla"))
    for address in (CLOSED_ITEM, MIXED, CLOSED_MEETING):
        for client in (trusted, other):
            answer = client.get(address)
            assert "no-store" in answer.headers["Cache-Control"]
            assert "ETag" not in answer.headers
            assert client.get(address, headers={"If-None-Match": "*"}).status_code == 200
    assert len(log()) == 6
    assert "ETag" in trusted.get("/moeder/2017-06-14/").headers


def test_asking_for_no_more_than_the_headers_opens_nothing(archive: Archive, trusted: Client) -> None:
    answer = trusted.head(CLOSED_ITEM)
    assert (answer.status_code, answer.content) == (200, b"")
    assert log() == []


def test_where_nothing_can_be_written_nothing_is_shown(archive: Archive, trusted: Client) -> None:
    trusted.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE minutes_closedreading RENAME TO minutes_elsewhere")
        try:
            answer = trusted.get(CLOSED_ITEM)
            assert trusted.get("/moeder/2017-06-14/punkt/2/").status_code == 200
        finally:
            cursor.execute("ALTER TABLE minutes_elsewhere RENAME TO minutes_closedreading")
    assert answer.status_code == 500
    assert "Hemmeligt" not in answer.content.decode()


# The administration


def admin_address(row) -> str:
    return reverse(f"admin:minutes_{row._meta.model_name}_change", args=[row.pk])


def test_a_form_of_the_administration_is_an_opening(archive: Archive, editor: Client) -> None:
    item = archive.mixed.items.get(number=2)
    correct(row=item, values={"title": "Løn"}, user=None)
    item = AgendaItem.objects.get(pk=item.pk)
    link = link_items(item=archive.open.items.get(number=2), target=item)
    rows = {
        "11. oktober 2016, punkt 2": (item, item.decision, Correction.objects.latest("pk"), link),
        "11. oktober 2016, udgave 1": (archive.mixed.sources.get(),),
        "5. maj 2015, hele mødet": (archive.closed,),
    }
    for place, opened in rows.items():
        for row in opened:
            connection.cursor().execute("TRUNCATE minutes_closedreading")
            read(editor, admin_address(row))
            assert log() == [f"rie: {place} (administration)"], row


def test_a_form_that_was_filled_in_wrongly_shows_what_is_closed_too(archive: Archive, editor: Client) -> None:
    assert editor.post(reverse("correct-facts", args=["2016-10-11"]), {"date": "i morgen"}).status_code == 422
    assert log() == ["rie: 11. oktober 2016, udgave 1 (administration)"]


def test_open_rows_and_lists_of_the_administration_are_none(archive: Archive, editor: Client) -> None:
    item = archive.open.items.get(number=2)
    for row in (archive.open, item, item.decision, item.case, archive.open.sources.get()):
        read(editor, admin_address(row))
    read(editor, reverse("admin:minutes_agendaitem_changelist"))
    assert log() == []


# Who reads the log


PEOPLE: dict[str, Callable[[], User | AnonymousUser | None]] = {
    "nobody": AnonymousUser,
    "læser+": lambda: make_user("læser", reads_closed=True),
    "redaktør+": lambda: make_user("redaktør", reads_closed=True),
    "administrator": lambda: make_user("administrator"),
    "administrator+": lambda: make_user("administrator", reads_closed=True),
    "superuser": lambda: User.objects.create_superuser("root"),
}


def test_the_log_is_for_administrators_who_may_read_what_is_closed(archive: Archive, trusted: Client) -> None:
    read(trusted, CLOSED_ITEM)
    seen = {name: ClosedReading.objects.visible_to(make()).count() for name, make in PEOPLE.items()}
    assert seen == dict.fromkeys(PEOPLE, 0) | {"administrator+": 1, "superuser": 1}


def test_it_is_read_in_the_administration_and_changed_nowhere(archive: Archive, trusted: Client) -> None:
    read(trusted, CLOSED_ITEM)
    read(trusted, CLOSED_MEETING)
    client = signed_in(make_user("administrator", reads_closed=True, is_staff=True))
    address = reverse("admin:minutes_closedreading_changelist")
    html = client.get(address).content.decode()
    assert "11. oktober 2016, punkt 2" in html
    assert "5. maj 2015, hele mødet" in html
    for query, found in (("?q=2016-10-11", 1), ("?q=trine", 2), ("?username=trine", 2), ("?way=punkt", 1)):
        assert client.get(address + query).context["cl"].result_count == found, query
    row = ClosedReading.objects.first()
    assert client.get(admin_address(row)).status_code == 200
    assert client.post(admin_address(row), {"username": "en anden"}).status_code == 403
    assert client.get(reverse("admin:minutes_closedreading_delete", args=[row.pk])).status_code == 403
    assert "Åbnede lukkede punkter" in client.get("/admin/").content.decode()


@pytest.mark.parametrize("role", ["redaktør", "administrator"])
def test_others_find_no_sign_of_the_log(archive: Archive, role: str) -> None:
    client = signed_in(make_user(role, is_staff=True, reads_closed=role == "redaktør"))
    assert client.get(reverse("admin:minutes_closedreading_changelist")).status_code == 403
    assert "closedreading" not in client.get("/admin/").content.decode()


# It stays


def test_the_database_refuses_to_change_or_delete_a_row(archive: Archive, trusted: Client) -> None:
    read(trusted, CLOSED_ITEM)
    rows = ClosedReading.objects.all()
    for change in (lambda: rows.update(username="en anden"), rows.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert rows.get().username == "trine"


def test_it_outlives_the_account_and_what_was_opened(archive: Archive, trusted: Client) -> None:
    read(trusted, CLOSED_ITEM)
    read(trusted, f"{MIXED}original/")
    before = log()
    User.objects.filter(username="trine").delete()
    archive.mixed.sources.all().delete()
    Meeting.objects.filter(pk=archive.mixed.pk).delete()
    assert log() == before
    administrator = signed_in(make_user("administrator", reads_closed=True, is_staff=True))
    for row in ClosedReading.objects.all():
        read(administrator, admin_address(row))
        assert row.slug == "2016-10-11"


def test_a_draft_is_told_by_its_checksum(editor: Client) -> None:
    draft = ingest(make_minutes("2019-01-02", [make_item(1, "Løn", closed=True)]), draft=True).source
    read(editor, admin_address(draft))
    assert log() == [f"rie: kladde {draft.sha256[:12]} (administration)"]
