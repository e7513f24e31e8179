"""Hjælp, and the way to the accessibility statement."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.test import Client

from minutes.search.fields import Field
from minutes.views.search import EXAMPLES
from tests.archive import ROLES, Archive, make_person
from tests.views.page import open_page

STATEMENT = "https://was.example/erklaering/123"


def test_it_is_the_text_in_docs(reader: Client) -> None:
    page = open_page(reader, "/hjaelp/")
    text = (settings.BASE_DIR / "docs" / "brug.md").read_text()
    chapters = [line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")]
    assert [words for rank, words in page.headings if rank == "h2"] == [
        "På denne side",
        *chapters,
        "Genvejstaster",
        "Hvem kan du spørge?",
    ]


def test_its_contents_lead_to_its_chapters(reader: Client) -> None:
    page = open_page(reader, "/hjaelp/")
    places = {attributes["id"] for _, attributes in page.tags if attributes.get("id")}
    led = [address.removeprefix("#") for address in page.addresses() if address.startswith("#")]
    assert len(led) >= 6
    assert set(led) - {"indhold"} <= places
    assert "saadan-soeger-du" in led


def test_its_links_lead_somewhere(reader: Client, archive: Archive) -> None:
    addresses = {address for address in open_page(reader, "/hjaelp/").addresses() if address.startswith("/")}
    tried = {address for address in addresses if address.startswith("/soeg/?")}
    assert len(tried) >= 15
    assert {address: reader.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


def test_every_operator_can_be_tried(reader: Client) -> None:
    addresses = open_page(reader, "/hjaelp/").addresses()
    typed = [parse_qs(urlsplit(address).query)["q"][0] for address in addresses if "?q=" in address]
    for field in Field:
        assert any(words.startswith(f"{field.value}:") for words in typed), field
    for sign in ("-", " ELLER ", '"', "*"):
        assert any(sign in words for words in typed), sign
    assert len(EXAMPLES) <= len(typed)  # the search page shows a few of them


@pytest.mark.parametrize(
    ("contact", "words", "address"),
    [
        ("", "Her er ikke skrevet, hvem du kan spørge", None),
        ("Sekretariatet, lokal 1234", "Sekretariatet, lokal 1234", None),
        ("arkiv@kommune.example", "Skriv til arkiv@kommune.example", "mailto:arkiv@kommune.example"),
        ("<b>Sekretariatet</b>", "<b>Sekretariatet</b>", None),
    ],
)
def test_whom_to_ask(reader: Client, settings, contact: str, words: str, address: str | None) -> None:
    settings.HELP_CONTACT = contact
    page = open_page(reader, "/hjaelp/")
    assert words in page.main
    assert address is None or address in page.addresses()


def test_what_is_typed_leads_there(reader: Client) -> None:
    assert reader.get("/hjælp/").headers["Location"] == "/hjaelp/"


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_the_statement_is_for_everybody(client: Client, settings, role: str) -> None:
    settings.ACCESSIBILITY_STATEMENT_URL = STATEMENT
    if role != "anonym":
        client.force_login(make_person(role))
    response = client.get("/was/")
    assert (response.status_code, response.headers["Location"]) == (302, STATEMENT)
    assert client.get("/was").headers["Location"] == "/was/"


@pytest.mark.django_db
def test_no_statement_is_said_plainly(client: Client, settings) -> None:
    settings.ACCESSIBILITY_STATEMENT_URL = ""
    page = open_page(client, "/was/")
    assert "Arkivet har ikke fået sin tilgængelighedserklæring endnu" in page.main


def test_every_page_links_to_the_statement(reader: Client, archive: Archive) -> None:
    for address in ("/", "/moeder/2017-06-14/", "/hjaelp/", "/soeg/?q=budget", "/log-ind/"):
        assert ("/was/", "Tilgængelighedserklæring") in open_page(reader, address).links
    assert ("/was/", "Tilgængelighedserklæring") in open_page(reader, "/ingenting/", status=404).links


def test_what_it_says_of_keys_holds(reader: Client) -> None:
    """Each key in the list is on a control of the page, but those that follow the links of a list."""
    page = open_page(reader, "/hjaelp/")
    html = page.html
    named = {part.split("<")[0] for part in html.split("<kbd>")[1:]} - {"/"}
    on_controls = {key for _, attributes in page.tags for key in (attributes.get("data-key") or "").split()}
    assert named == on_controls | set("njfk")
