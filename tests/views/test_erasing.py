""" "Slet endeligt" as an administrator meets it: what would go, the date typed by hand, and what is left."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from minutes.ingest import files
from minutes.models import Erasure, Meeting, SourceDocument
from minutes.models.roles import ADMINISTRATOR
from tests.factories import ingest, make_item, make_meeting, make_minutes, make_section, make_user
from tests.views.page import Page, open_page

ADDRESS = "/moeder/2017-06-14/slet-endeligt/"


@pytest.fixture
def person(db: None) -> User:
    return make_user(ADMINISTRATOR, username="en.administrator", is_staff=True)


@pytest.fixture
def administrator(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


def seen_on(page: Page) -> str:
    return next(attributes["value"] or "" for _, attributes in page.tags if attributes.get("name") == "seen")


def sent(client: Client, address: str, status: int = 302, **fields: Any) -> Any:
    """Fill in the form of the page at `address`, and send it."""
    told = {"seen": seen_on(open_page(client, address)), "reason": "fejl", "note": "", "date": "14-06-2017"} | fields
    response = client.post(address, told)
    assert response.status_code == status, response.content.decode()
    return response


def test_the_preview_says_exactly_what_goes(administrator: Client) -> None:
    source = ingest(make_minutes(items=[make_item(1, "Budget", decision="Godkendt."), make_item(2, "Løn")])).source
    told = make_item(1, "Opfølgning", sections=(make_section("anledning", "Se mødet den 14. juni 2017."),))
    make_meeting("2017-08-17", [told])
    draft = ingest(make_minutes(items=[make_item(1, "Anden fil")]), draft=True, filename="kladden.txt").source
    page = open_page(administrator, ADDRESS)
    assert ("h1", "Slet mødet 14. juni 2017 endeligt") in page.headings
    assert source.filename in page.main
    assert source.sha256 in page.main
    assert "Punkter 2 0" in page.main
    assert "Beslutninger 1 0" in page.main
    assert "Henvisninger hertil fra andre møder 1 0" in page.main
    assert "1. Budget" in page.main
    assert (f"/slet-endeligt/{draft.pk}/", "kladden.txt") in page.links
    assert "Er det kun én af udgaverne" not in page.main
    assert Meeting.objects.count() == 2


def test_a_meeting_goes(administrator: Client, django_capture_on_commit_callbacks: Any) -> None:
    source = ingest(make_minutes()).source
    with django_capture_on_commit_callbacks(execute=True):
        response = sent(administrator, ADDRESS, reason="andet", note="Dobbelt", date="14. juni 2017")
    assert response.url == "/slet-endeligt/"
    page = open_page(administrator, response.url)
    assert "Mødet er slettet endeligt med 1 fil." in page.main
    assert "Andet: Dobbelt" in page.main
    assert "slettet af en.administrator" in page.main
    assert source.sha256 in page.main
    assert not files.path_of(source.sha256).exists()
    for address in ("/moeder/2017-06-14/", "/moeder/2017-06-14/original/", ADDRESS):
        assert administrator.get(address).status_code == 404


def test_one_of_several_editions(administrator: Client) -> None:
    earlier = ingest(make_minutes(items=[make_item(1, "Budget")])).source
    later = ingest(make_minutes(items=[make_item(1, "Løn")])).source
    page = open_page(administrator, ADDRESS)
    assert [words for address, words in page.links if address.startswith("/slet-endeligt/")][:2] == [
        *("Slet kun udgave 2", "Slet kun udgave 1"),
    ]
    address = f"/slet-endeligt/{later.pk}/"
    page = open_page(administrator, address)
    assert ("h1", "Slet udgave 2 af mødet 14. juni 2017 endeligt") in page.headings
    assert "Udgave 1 bliver den gældende" in page.main
    response = sent(administrator, address)
    assert response.url == "/moeder/2017-06-14/"
    page = open_page(administrator, response.url)
    assert "Udgaven er slettet endeligt. Udgave 1 gælder nu." in page.main
    assert "Budget" in page.main
    assert administrator.get(f"/slet-endeligt/{earlier.pk}/").url == ADDRESS


def test_a_draft(administrator: Client) -> None:
    draft = ingest(make_minutes(), draft=True, filename="kladden.txt").source
    address = f"/slet-endeligt/{draft.pk}/"
    assert ("h1", "Slet kladden endeligt") in open_page(administrator, address).headings
    assert sent(administrator, address).url == "/slet-endeligt/"
    assert not SourceDocument.objects.exists()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"reason": ""}, "Vælg, hvorfor det slettes."),
        ({"reason": "fordi"}, "fordi"),
        ({"reason": "andet"}, "Skriv, hvorfor det slettes."),
        ({"note": "010190-1234"}, "CPR-nummer"),
        ({"note": "x" * 301}, "300"),
        ({"date": ""}, "Skriv datoen for at bekræfte."),
        ({"date": "15-06-2017"}, "Det er ikke den dato. Skriv 14. juni 2017."),
        ({"date": "\0 hokus"}, "Intet er slettet"),
    ],
)
def test_what_is_not_filled_in_rightly(administrator: Client, fields: dict[str, str], message: str) -> None:
    make_meeting()
    page = Page(sent(administrator, ADDRESS, 422, **fields).content.decode())
    assert message in page.main
    assert "Intet er slettet" in page.main
    assert Meeting.objects.exists()


@pytest.mark.parametrize("seen", ["", "0" * 64, "\0", "x" * 10_000])
def test_nothing_goes_that_was_not_previewed(administrator: Client, seen: str) -> None:
    make_meeting()
    response = sent(administrator, ADDRESS, seen=seen)
    assert response.url == ADDRESS
    assert "Intet er slettet. Se det igennem igen." in open_page(administrator, ADDRESS).main
    assert Meeting.objects.exists()


def test_what_came_in_meanwhile_is_shown_first(administrator: Client) -> None:
    make_meeting()
    seen = seen_on(open_page(administrator, ADDRESS))
    ingest(make_minutes(items=[make_item(1, "En ny udgave")]))
    sent(administrator, ADDRESS, seen=seen)
    page = open_page(administrator, ADDRESS)
    assert "Arkivet er ændret" in page.main
    assert "1. En ny udgave" in page.main
    assert Meeting.objects.exists()


def test_it_takes_the_forms_own_token(person: User) -> None:
    make_meeting()
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    told = {"seen": seen_on(open_page(client, ADDRESS)), "reason": "fejl", "date": "14-06-2017"}
    assert client.post(ADDRESS, told).status_code == 403
    assert Meeting.objects.exists()


@pytest.mark.parametrize("role", ["læser", "redaktør"])
def test_nobody_else(role: str, client: Client, db: None) -> None:
    make_meeting()
    client.force_login(make_user(role, reads_closed=True))
    for address in (ADDRESS, "/slet-endeligt/", f"/slet-endeligt/{SourceDocument.objects.get().pk}/"):
        assert client.get(address).status_code == client.post(address, {"seen": "x"}).status_code == 403
    assert Meeting.objects.exists()


def test_closed_things_are_not_there_for_who_may_not_read_them(administrator: Client) -> None:
    source = ingest(make_minutes(items=[make_item(1, "Løn", closed=True), make_item(2, "Evt.")])).source
    draft = ingest(make_minutes(items=[make_item(1, "Løn", closed=True)]), draft=True).source
    for address in (ADDRESS, f"/slet-endeligt/{source.pk}/", f"/slet-endeligt/{draft.pk}/"):
        assert administrator.get(address).status_code == administrator.post(address, {}).status_code == 404
    client = Client()
    client.force_login(make_user(ADMINISTRATOR, reads_closed=True))
    assert "Løn" in open_page(client, ADDRESS).main


@pytest.mark.parametrize("key", ["0", "9999999999", "99999999999999999999"])
def test_a_file_that_is_not_there(administrator: Client, key: str) -> None:
    assert administrator.get(f"/slet-endeligt/{key}/").status_code == 404


def test_an_erased_file_may_be_let_in_again(administrator: Client) -> None:
    make_meeting()
    sent(administrator, ADDRESS)
    erasure = Erasure.objects.get()
    assert "Ophæv spærringen" in open_page(administrator, "/slet-endeligt/").main
    response = administrator.post("/slet-endeligt/", {"sletning": erasure.pk, "handling": "ophæv"})
    page = open_page(administrator, response.url)
    assert "Filen må nu lægges i arkivet igen." in page.main
    assert "af en.administrator" in page.main
    assert "Ophæv spærringen" not in page.main


def test_a_file_left_behind_is_said_and_can_be_removed(administrator: Client) -> None:
    source = ingest(make_minutes()).source
    sent(administrator, ADDRESS)  # the test's transaction never commits, so the file stays
    page = open_page(administrator, "/slet-endeligt/")
    assert "Filen ligger stadig i lageret" in page.main
    key = Erasure.objects.get().pk
    administrator.post("/slet-endeligt/", {"sletning": key, "handling": "fjern"})
    assert "Filen er fjernet fra lageret." in open_page(administrator, "/slet-endeligt/").main
    assert not files.path_of(source.sha256).exists()


@pytest.mark.parametrize(
    "fields", [{}, {"sletning": "x"}, {"sletning": "²"}, {"sletning": "9" * 30}, {"sletning": "1"}]
)
def test_a_button_that_means_nothing(administrator: Client, fields: dict[str, str]) -> None:
    assert administrator.post("/slet-endeligt/", fields).status_code == 302


@pytest.mark.parametrize("page", ["1", "0", "-1", "x", "99999999999999999999", "\0"])
def test_any_page_of_the_list(administrator: Client, page: str) -> None:
    assert administrator.get("/slet-endeligt/", {"side": page}).status_code == 200


def test_the_list_asks_the_same_of_few_and_many(
    administrator: Client, person: User, django_assert_num_queries: Any
) -> None:
    def add(count: int) -> None:
        when = {"erased_at": person.date_joined, "erased_by": person, "erased_by_name": person.username}
        sums = [f"{Erasure.objects.count() + number:064x}" for number in range(count)]
        Erasure.objects.bulk_create(Erasure(sha256=one, kind="originalfil", reason="fejl", **when) for one in sums)

    add(1)
    administrator.get("/slet-endeligt/")
    with django_assert_num_queries(6) as captured:
        administrator.get("/slet-endeligt/")
    add(60)
    with django_assert_num_queries(len(captured)):
        administrator.get("/slet-endeligt/")


def test_the_administration_leads_there(administrator: Client) -> None:
    source = ingest(make_minutes()).source
    admin = open_page(administrator, f"/admin/minutes/sourcedocument/{source.pk}/change/")
    assert (f"/slet-endeligt/{source.pk}/", "Slet endeligt") in admin.links
    admin = open_page(administrator, f"/admin/minutes/meeting/{source.meeting.pk}/change/")
    assert (ADDRESS, "Slet endeligt") in admin.links
    assert (ADDRESS, "Slet endeligt mødet 14. juni 2017") in open_page(administrator, "/moeder/2017-06-14/").links
    editor = Client()
    editor.force_login(make_user("redaktør", is_staff=True))
    assert "Slet endeligt" not in open_page(editor, "/moeder/2017-06-14/").words
    assert "Slet endeligt" not in open_page(editor, f"/admin/minutes/meeting/{source.meeting.pk}/change/").words
