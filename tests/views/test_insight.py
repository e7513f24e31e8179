"""Everything held for one person's name, for administrators: whole, marked, and with no trace of the name."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from minutes.ingest.edits import correct
from minutes.models import InsightSearch, Synonym
from minutes.models.roles import ADMINISTRATOR, EDITOR
from tests.factories import ingest, make_item, make_meeting, make_minutes, make_section, make_user
from tests.ingest.test_erasing import columns_with
from tests.views.page import Page, open_page

ADDRESS = "/indsigt/"
NAME = "Zarifa Kvistgård"


@pytest.fixture
def administrator(client: Client, db: None) -> Client:
    client.force_login(make_user(ADMINISTRATOR, username="en.administrator"))
    return client


def asked(client: Client, status: int = 200, **fields: Any) -> Page:
    response = client.post(ADDRESS, {"name": NAME, "spellings": ""} | fields)
    assert response.status_code == status
    return Page(response.content.decode())


def wheres(page: Page) -> list[str]:
    return [words for rank, words in page.headings if rank == "h4"]


def test_it_looks_everywhere(administrator: Client) -> None:
    editor = make_user(EDITOR, username="zkv", first_name="Zarifa", last_name="Kvistgaard", email="zkv@albertslund.dk")
    item = make_item(
        1,
        f"Velkommen til {NAME}",
        decision="Z. Kvistgård deltager.",
        proposer=f"Direktør {NAME}",
        recommendations=("at Kvistgård, Zarifa udpeges",),
        sections=(make_section("anledning", f"**{NAME.upper()}S** plan"),),
        attachments=(f"CV {NAME}.pdf",),
    )
    told = {"place": f"Hos {NAME}", "preamble": f"Afbud: {NAME}"}
    meeting = ingest(make_minutes("2017-06-14", [item], **told), filename="Zarifa-Kvistgård.pdf", user=editor).meeting
    ingest(make_minutes("2017-06-14", [make_item(1, "Velkommen", decision="Godkendt.")]))
    correct(row=meeting.items.get().decision, values={"text": f"Godkendt af {NAME}."}, user=editor)
    ingest(make_minutes("2017-08-17", [make_item(1, f"Farvel til {NAME}")]), draft=True, filename="k.txt")
    Synonym.objects.create(word="ZK", meaning=NAME)

    page = asked(administrator)
    assert ("h3", "Konto: zkv") in page.headings
    assert "zkv@albertslund.dk" in page.main
    assert "2 filer lagt op" not in page.main
    assert "1 filer lagt op" in page.main
    assert {"Chefforum 14. juni 2017", "Kladde: k.txt", "Synonymer"} <= {words for _, words in page.headings}
    found = set(wheres(page))
    assert {
        "Chefforum 14. juni 2017, Punkt 1, beslutning",
        "Chefforum 14. juni 2017, Udgave 1, filnavn",
        "Chefforum 14. juni 2017, Udgave 1, sted",
        "Chefforum 14. juni 2017, Udgave 1, indledning",
        "Chefforum 14. juni 2017, Udgave 1, punkt 1, titel",
        "Chefforum 14. juni 2017, Udgave 1, punkt 1, anledning",
        "Chefforum 14. juni 2017, Udgave 1, punkt 1, indstiller",
        "Chefforum 14. juni 2017, Udgave 1, punkt 1, bilag",
        "Chefforum 14. juni 2017, Rettelse, punkt 1, rettet til",
    } - {one if one.startswith("Chef") else f"Chefforum 14. juni 2017, {one}" for one in found} <= {
        "Chefforum 14. juni 2017, Rettelse, punkt 1, rettet til"  # said already by the decision itself
    }
    marked = re.findall(r"<mark>(.*?)</mark>", page.html)
    assert {"Zarifa Kvistgård", "ZARIFA KVISTGÅRDS", "Kvistgård, Zarifa", "Z. Kvistgård"} <= set(marked)


def test_what_was_said_before_stands_in_the_log_of_changes(administrator: Client) -> None:
    meeting = make_meeting(items=[make_item(1, "Budget", decision="Godkendt.")])
    correct(row=meeting.items.get().decision, values={"text": f"Godkendt af {NAME}."}, user=None)
    correct(row=meeting.items.get().decision, values={"text": "Godkendt."}, user=None)
    assert ("h3", "Ændringsloggen") in asked(administrator).headings


def test_the_name_is_left_nowhere(administrator: Client, caplog: Any) -> None:
    make_meeting()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        asked(administrator)
        administrator.post(ADDRESS, {"name": NAME, "hent": "ja"})
    assert not [query for query in captured.captured_queries if "kvistg" in query["sql"].lower()]
    assert columns_with("Kvistg") == set()
    assert "Kvistg" not in caplog.text
    noted = InsightSearch.objects.values_list("asked_by_name", "found", "with_closed")
    assert list(noted) == [("en.administrator", 0, False)] * 2


def test_what_is_closed_only_for_who_may_read_it(administrator: Client) -> None:
    make_meeting(items=[make_item(1, "Løn", decision=f"{NAME} får mere.", closed=True), make_item(2, "Evt.")])
    page = asked(administrator)
    assert "Navnet står ingen steder" in page.main
    assert "Du må ikke læse lukkede punkter, så de bliver ikke gennemsøgt." in page.main
    client = Client()
    client.force_login(make_user(ADMINISTRATOR, reads_closed=True))
    page = asked(client)
    assert "Du må ikke læse lukkede punkter" not in page.main
    assert "får mere." in page.main


def test_a_file_to_hand_over(administrator: Client) -> None:
    make_meeting(items=[make_item(1, "Budget", decision=f"Godkendt af {NAME}.")])
    response = administrator.post(ADDRESS, {"name": NAME, "hent": "ja"})
    assert re.fullmatch(r'attachment; filename="indsigt-\d{4}-\d\d-\d\d.txt"', response.headers["Content-Disposition"])
    assert "no-store" in response.headers["Cache-Control"]
    text = response.content.decode("utf-8-sig")
    assert text.startswith(f"Oplysninger om {NAME} i Chefforum-arkivet\r\n")
    assert "CHEFFORUM 14. JUNI 2017" in text
    assert "Punkt 1, beslutning (http://testserver/moeder/2017-06-14/punkt/1/)" in text
    assert f"Godkendt af {NAME}." in text
    assert "Lukkede punkter er ikke gennemsøgt." in text


def test_another_spelling_and_a_line_too_many(administrator: Client) -> None:
    make_meeting(items=[make_item(1, "Budget", decision="Godkendt af ZKV.")])
    assert "Navnet står ingen steder" in asked(administrator).main
    assert "Navnet står 1 sted" in asked(administrator, spellings="zkv\n\n").main
    assert "højst 20 linjer" in asked(administrator, 422, spellings="ab\n" * 21).main


@pytest.mark.parametrize("name", ["", "x", "\0", "<script>alert(1)</script>", "a" * 101, "((("])
def test_whatever_is_typed(administrator: Client, name: str) -> None:
    response = administrator.post(ADDRESS, {"name": name})
    assert response.status_code in {200, 422}
    assert "<script>alert" not in response.content.decode()


def test_many_places_are_cut_and_said(administrator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minutes.views.insight.ON_THE_PAGE", 3)
    make_meeting(items=[make_item(n, f"Om {NAME} nr. {n}") for n in range(1, 6)])
    page = asked(administrator)
    assert len(wheres(page)) == 3
    assert "Her er kun de første" in page.main


def test_a_long_text_shows_what_stands_near(administrator: Client) -> None:
    far = "Ord efter ord. " * 100
    make_meeting(items=[make_item(1, "Budget", decision=f"{far}Så {NAME}. {far}")])
    page = asked(administrator)
    passage = re.search(r'<p class="insight-passage">(.*?)</p>', page.html, re.S)
    assert passage and len(passage[1]) < 500
    assert "Så <mark>Zarifa Kvistgård</mark>" in passage[1]


@pytest.mark.parametrize("role", ["læser", EDITOR])
def test_for_administrators_alone(role: str, client: Client, db: None) -> None:
    person: User = make_user(role)
    client.force_login(person)
    assert client.get(ADDRESS).status_code == client.post(ADDRESS, {"name": NAME}).status_code == 403


def test_the_page_before_the_search(administrator: Client) -> None:
    page = open_page(administrator, ADDRESS)
    assert [words for rank, words in page.headings if rank == "h1"] == ["Indsigt: alt om én person"]
    assert InsightSearch.objects.count() == 0
