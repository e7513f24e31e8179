"""What people see when something is not there, not theirs, or broken."""

import pytest
from django.template import loader
from django.test import Client
from django.urls import clear_script_prefix, set_script_prefix

from tests.archive import Archive, make_person
from tests.views.page import Page, open_page


def test_nothing_there(reader: Client) -> None:
    page = open_page(reader, "/moeder/2017-13-45/", status=404)
    assert page.headings[0] == ("h1", "Siden findes ikke")
    assert {"/moeder/", "/sager/"} <= set(page.addresses())


@pytest.mark.django_db
def test_no_role_no_reading(client: Client) -> None:
    client.force_login(make_person("uden rolle"))
    page = open_page(client, "/", status=403)
    assert page.headings[0] == ("h1", "Det har du ikke adgang til")


def test_a_fault_of_ours_needs_neither_database_nor_request() -> None:
    page = Page(loader.get_template("500.html").render())  # as Django's own view of a fault does
    assert page.headings == [("h1", "Noget gik galt")]
    assert page.addresses() == ["/"]


def test_a_fault_leads_back_to_the_archive_where_it_has_a_path_of_its_own() -> None:
    set_script_prefix("/referater/")
    try:
        assert Page(loader.get_template("500.html").render()).addresses() == ["/referater/"]
    finally:
        clear_script_prefix()


@pytest.mark.django_db
def test_a_fault_shows_that_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("minutes.views.front.render", broken)
    client.force_login(make_person("læser"))
    client.raise_request_exception = False
    assert open_page(client, "/", status=500).headings == [("h1", "Noget gik galt")]


@pytest.mark.django_db
def test_a_wrong_password_is_said_in_danish(client: Client) -> None:
    response = client.post("/log-ind/", {"username": "nogen", "password": "forkert"})
    page = Page(response.content.decode())
    assert "Du blev ikke logget ind Brugernavnet eller adgangskoden er forkert." in page.main
    assert ("input", "form-input") in [(tag, attributes.get("class")) for tag, attributes in page.tags]


@pytest.mark.parametrize("address", ["/ingenting/", "/moeder/2017-06-15/", "/moeder/1999/"])
def test_nothing_there_is_said_in_danish_in_development_too(settings, reader: Client, address: str) -> None:
    settings.DEBUG = True
    assert open_page(reader, address, status=404).headings[0] == ("h1", "Siden findes ikke")


def test_development_keeps_slashes_and_pages_of_faults(
    settings, reader: Client, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("what a developer looks for")

    settings.DEBUG = True
    assert reader.get("/moeder/2017-06-14").headers["Location"] == "/moeder/2017-06-14/"
    monkeypatch.setattr("minutes.views.front.render", broken)
    reader.raise_request_exception = False
    response = reader.get("/")
    assert response.status_code == 500
    assert "what a developer looks for" in response.content.decode()


def test_a_refusal_is_kept_by_nobody(client: Client, reader: Client, archive: Archive) -> None:
    for address in ("/ingenting/", "/moeder/2015-05-05/", "/moeder/2016-10-11/original/"):
        assert _kept_by(reader, address, 404) == {"private", "no-store"}
    client.force_login(make_person("uden rolle"))
    assert _kept_by(client, "/moeder/", 403) == {"private", "no-store"}


def _kept_by(client: Client, address: str, status: int) -> set[str]:
    response = client.get(address)
    assert response.status_code == status
    return set(response.headers.get("Cache-Control", "").split(", "))
