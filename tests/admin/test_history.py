"""Historik: the log of every write as it is read in the administration."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.urls import reverse

from minutes.ingest.edits import correct
from minutes.models import AgendaItem, Attachment, Change, Meeting, Synonym
from tests.admin.form import open_form
from tests.archive import CLOSED_CASE, HOSTILE, Archive
from tests.factories import make_item, make_meeting, make_user

LIST = "/admin/minutes/change/"


def _words(html: str) -> str:
    """What a person reads of the list, on one line."""
    listed = html.split('id="result_list"', 1)[-1].split("</table>", 1)[0]
    return " ".join(re.sub(r"<[^>]*>", " ", listed).split())


def _read(client: Client, address: str = LIST, **asked: object) -> str:
    response = client.get(address, asked)
    assert response.status_code == 200, response
    return _words(response.content.decode())


def _raw(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_an_edit_in_the_admin_tells_who_and_what_it_was(editor: Client, archive: Archive) -> None:
    item = archive.open.items.get(number=3)
    address = reverse("admin:minutes_agendaitem_change", args=[item.pk])
    assert open_form(editor, address).send(editor, address, title="Et punkt med ny titel").status_code == 302

    change = Change.objects.of(AgendaItem, [item.pk])[0]
    assert change.user is not None
    told = _read(editor)
    assert change.username in told
    assert "14. juni 2017" in told
    assert "Ændret: punkt 3" in told
    assert "Før: Et punkt uden sagsnummer og uden beslutning → Efter: Et punkt med ny titel" in told


def test_raw_sql_is_read_as_such(editor: Client, archive: Archive) -> None:
    _raw("SET LOCAL application_name = 'psql'")
    _raw("UPDATE minutes_meeting SET place = 'Kantinen' WHERE id = %s", archive.open.pk)
    told = _read(editor, hvem="ingen", action="ændret")
    assert "Direkte i databasen: psql" in told
    assert "Mødelokale 2 → Efter: Kantinen" in told


def test_a_command_is_named(editor: Client, db: None) -> None:
    _raw("SET LOCAL application_name = 'manage.py ingest'")
    make_meeting()
    assert "manage.py ingest" in _read(editor)


def test_what_was_read_is_told_field_by_field_and_without_keys(editor: Client, archive: Archive) -> None:
    told = _read(editor, kind="agendaitem", q="14. juni 2017")
    assert "Oprettet: punkt 2" in told
    assert "Titel: Fjerde udkast til budgetkatalog" in told
    assert "00.01.00-S00-6-17" in told
    assert "Sag: 00.01.00-S00-6-17" in told
    assert not re.search(r"_id|None|null|True|False|\{|\bnøgle\b", told)


def test_nothing_typed_is_taken_for_html(editor: Client, archive: Archive) -> None:
    html = editor.get(LIST).content.decode()
    assert HOSTILE not in html
    for change in Change.objects.filter(kind="decision", after__text__contains=HOSTILE):
        assert HOSTILE not in editor.get(f"{LIST}{change.pk}/change/").content.decode()


def test_a_long_text_is_cut_to_the_difference_and_whole_on_its_page(editor: Client, db: None) -> None:
    text = "Begyndelsen. " + "Ord i midten. " * 40
    meeting = make_meeting(items=[make_item(1, "A", decision=text + "Slut.")])
    correct(row=meeting.items.get().decision, values={"text": text + "Enden."}, user=None)
    told = _read(editor, kind="decision")
    change = Change.objects.filter(kind="decision")[0]
    assert change.action == "ændret"
    assert "midten. Enden." in told.split("Oprettet")[0]
    assert "Begyndelsen." not in told.split("Oprettet")[0]
    whole = editor.get(f"{LIST}{change.pk}/change/").content.decode()
    assert "Begyndelsen." in whole
    assert "Enden." in whole


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ({"kind": "synonym"}, 1),
        ({"kind": "meeting"}, 0),
        ({"action": "slettet"}, 0),
        ({"action": "oprettet", "kind": "synonym"}, 1),
        ({"hvem": "ingen"}, 1),
        ({"kind": "user"}, 0),
        ({"kind": "ukendt"}, 0),
    ],
)
def test_it_is_narrowed(asked: dict[str, str], number: int, editor: Client) -> None:
    Synonym.objects.all().delete()
    with connection.cursor() as cursor:  # only what comes now
        cursor.execute("SELECT minutes_forget_changes(array_agg(id)) FROM minutes_change")
    Synonym.objects.create(word="Prøve", meaning="forsøg")
    assert _read(editor, **asked).count("Prøve") == number


def test_a_meeting_is_searched_by_its_date_as_people_write_it(editor: Client, archive: Archive) -> None:
    for typed in ("2017-06-14", "14. juni 2017", "14/6 2017"):
        told = _read(editor, q=typed)
        assert "14. juni 2017" in told
        assert "11. oktober 2016" not in told


ODD = (
    *("hvem=x", "hvem=99999999999999999999", "q=%00", "item=x", "item=99999999999999999999", "object_id=-1", "e=1"),
    *("at__year=x", "p=99999", "kind=%00", "at__year=99999", "action=%00", "meeting=%00", "source=1e9", "sag=1"),
)


@pytest.mark.parametrize("query", ODD)
def test_odd_questions_are_no_faults(query: str, editor: Client, archive: Archive) -> None:
    assert editor.get(f"{LIST}?{query}").status_code in {200, 302}


def test_a_rows_own_history(editor: Client, administrator: Client, archive: Archive) -> None:
    item = archive.open.items.get(number=2)
    correct(row=item, values={"title": "Rettet titel"}, user=None)
    for row, here, there in (
        (archive.open, "punkt 3", "11. oktober 2016"),
        (item, "Rettet titel", "punkt 3"),
        (item.decision, "beslutning", "Rettet titel"),
        (archive.open.sources.get(), "originalfil", "punkt 3"),
    ):
        told = _read(editor, reverse(f"admin:minutes_{row._meta.model_name}_history", args=[row.pk]))
        assert here in told
        assert there not in told
    person = make_user("læser", username="en-ny-kollega")
    told = _read(administrator, reverse("admin:auth_user_history", args=[person.pk]))
    assert "en-ny-kollega" in told
    assert "læser" in told
    assert "Budget" not in told


def test_rights_are_told_as_people_know_them(administrator: Client, editor: Client) -> None:
    person = make_user(None, username="en-ny-kollega", password="Hemmelig-kode-1")
    person.user_permissions.add(Permission.objects.get(codename="read_closed"))
    person.set_password("Hemmelig-kode-2")
    person.save()
    told = _read(administrator, kind="user")
    assert "Må læse lukkede punkter" in told
    assert "Adgangskode" in told
    assert "Hemmelig-kode" not in told
    assert "en-ny-kollega" not in _read(editor)
    assert "en-ny-kollega" not in _read(editor, kind="user")


def test_what_is_closed_is_on_no_page(editor: Client, superuser: Client, archive: Archive) -> None:
    secrets = ("Hemmeligt", "Lønforhandling", CLOSED_CASE, "Ledelsens vilkår", "5. maj 2015")
    queries = ("", "?q=2015-05-05", "?kind=case", "?kind=agendaitem", "?hvem=ingen", f"?meeting={archive.closed.pk}")
    for query in queries:
        html = editor.get(LIST + query).content.decode()
        assert not [words for words in secrets if words in _words(html)], query
    assert "Lønforhandling" in _read(superuser)
    assert "Ledelsens vilkår" in _read(superuser)
    for change in Change.objects.all():
        seen = editor.get(f"{LIST}{change.pk}/change/")
        assert seen.status_code in {200, 302}
        assert seen.status_code == 302 or not [one for one in secrets if one in seen.content.decode()]


def test_counts_do_not_tell_of_what_is_closed(editor: Client, archive: Archive) -> None:
    before = editor.get(LIST, {"action": "oprettet"}).context["cl"].result_count
    make_meeting("2014-01-01", [make_item(1, "Hemmeligt", closed=True, decision="Hemmeligt.", attachments=["bilag"])])
    after = editor.get(LIST, {"action": "oprettet"}).context["cl"].result_count
    assert after - before == 1  # the meeting; its file holds something closed


def test_nobody_changes_or_deletes_it(superuser: Client, archive: Archive) -> None:
    change = Change.objects.first()
    for page in ("delete/", "change/"):
        assert superuser.post(f"{LIST}{change.pk}/{page}", {"username": "x", "post": "yes"}).status_code == 403
    assert superuser.get(f"{LIST}add/").status_code == 403
    assert superuser.post(LIST, {"action": "delete_selected", "_selected_action": change.pk}).status_code in {200, 302}
    assert Change.objects.filter(pk=change.pk).exists()


def test_the_list_asks_no_more_the_longer_it_is(
    editor: Client, archive: Archive, django_assert_max_num_queries
) -> None:
    for number in range(30):
        Synonym.objects.create(word=f"ord {number}", meaning="x")
    correct(row=Attachment.objects.first(), values={"name": "Nyt navn"}, user=None)
    for address in (LIST, f"{LIST}?kind=agendaitem", f"{LIST}?q=2017"):
        with django_assert_max_num_queries(13):
            editor.get(address)
    assert Meeting.objects.exists()
