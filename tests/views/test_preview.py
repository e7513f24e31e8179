"""A draft as it will read: what is said of it, and what the one click does. The same page for an edition."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from minutes.ingest import files
from minutes.ingest.drafts import discard_draft
from minutes.ingest.plan import version_of
from minutes.ingest.revising import revise
from minutes.ingest.service import ingest_file, publish_draft
from minutes.models import AgendaItem, ClosedReading, Meeting, SourceDocument, SourceState
from minutes.models.roles import ADMINISTRATOR, EDITOR
from minutes.parsing.types import Warning
from tests.factories import ingest, make_item, make_meeting, make_minutes, make_section, make_user
from tests.views.page import Page, open_page

pytestmark = pytest.mark.django_db

REFERATER = Path(__file__).parents[1] / "referater"


@pytest.fixture
def person() -> User:
    return make_user(EDITOR, username="en.redaktør")


@pytest.fixture
def editor(person: User) -> Client:
    return client_of(person)


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def make_draft(person: User, *items: Any, date: str = "2017-06-14", **values: Any) -> SourceDocument:
    source = ingest(make_minutes(date, list(items) or None, **values), draft=True, user=person).source
    assert source is not None
    return source


def address(draft: SourceDocument) -> str:
    return f"/kladder/{draft.pk}/"


def publish(client: Client, draft: SourceDocument, seen: str | None = None) -> Any:
    seen = version_of(draft) if seen is None else seen
    return client.post(f"/kladder/{draft.pk}/laeg-i-arkivet/", {"set": seen})


def test_a_clean_draft_says_so_and_takes_one_click(person: User, editor: Client) -> None:
    draft = make_draft(person, make_item(1, "Budget", decision="Godkendt."), make_item(2, "Eventuelt"))
    page = open_page(editor, address(draft))
    assert page.headings[0] == ("h1", "Chefforum 14. juni 2017 kl. 13.00")
    assert "2 punkter · Læst uden forbehold" in page.main
    assert "Kun du og administratorer kan se kladden. Intet er i arkivet endnu." in page.main
    assert "slettes om 30 dage" in page.main
    [token] = {tag["value"] for _, tag in page.tags if tag.get("name") == "set"}
    response = publish(editor, draft, token)
    assert response.headers["Location"] == "/moeder/2017-06-14/"
    meeting = open_page(editor, "/moeder/2017-06-14/")
    assert "Lagt i arkivet. Næste skridt: Gennemse punkterne" in meeting.main
    assert ("/moeder/2017-06-14/punkt/1/", "Gennemse punkterne") in meeting.links


def test_everything_of_an_item_is_there(person: User, editor: Client) -> None:
    make_meeting("2017-01-11", [make_item(1, "Budget", case_number="00.01.00-S00-6-17")])
    item = make_item(
        4,
        "Helhedsplanen",
        case_number="00.01.00-S00-6-17",
        sections=[make_section("anledning", "Planen udløber.", heading=None), make_section("økonomi", "**Ingen.**")],
        proposer="Direktøren for Børn",
        recommendations=["at planen godkendes", "at den sendes videre"],
        decision="Godkendt. Der følges op senest den 1. december 2017.",
        attachments=["Helhedsplan.pdf"],
    )
    page = open_page(
        editor, address(make_draft(person, item, make_item(5, "Mødeplan", case_number="00.01.00-S00-9-17")))
    )
    headings = [words for rank, words in page.headings if rank in {"h2", "h3"}]
    expected = ["4: Helhedsplanen", "Anledning", "Økonomi", "Indstilling", "Beslutning", "Bilag", "5: Mødeplan"]
    assert [words for words in headings if words in expected] == expected
    assert "Overskrift udledt" in page.main
    assert ("/sager/00.01.00-S00-6-17/", "00.01.00-S00-6-17") in page.links
    assert "Sag 00.01.00-S00-9-17 ny sag" in page.main
    assert "Indstiller: Direktøren for Børn (2 indstillinger" in page.main
    assert "Frist: 1. december 2017" in page.main
    assert "Beslutning Godkendt" in page.main
    assert "Helhedsplan.pdf" in page.main
    assert "Der er ikke fundet en beslutning." in page.main
    links = dict(page.links)
    root = address(SourceDocument.objects.drafts().get())
    assert links[f"{root}punkt/4/"] == "Ret punktet, punkt 4"
    assert links[f"{root}punkt/4/graenser/"] == "Flyt grænser mellem afsnittene i punkt 4"
    assert f"{root}moede/" in links


def test_an_unclear_decision_is_called_so(person: User, editor: Client) -> None:
    page = open_page(editor, address(make_draft(person, make_item(1, "Budget", decision="Som forrige gang vi sås."))))
    assert "Beslutning Uafklaret" in page.main


def test_warnings_stand_on_top_and_at_their_place(person: User, editor: Client) -> None:
    items = [
        make_item(1, "Først", sections=[make_section("anledning", "Et.", page=3, line=5)], page=3),
        make_item(2, "Så", sections=[make_section("sagsfremstilling", "To.", page=5, line=9)], page=5),
    ]
    warnings = (
        Warning("inferred_heading", "Noget er gættet.", 5, 12),
        Warning("no_case_number", "Punkt 1 har intet journalnummer.", 3, 1),
        Warning("contents_count", "Indholdsfortegnelsen passer ikke."),
    )
    page = open_page(editor, address(make_draft(person, *items, warnings=warnings)))
    assert "2 punkter · 3 advarsler" in page.main
    assert "Læst uden forbehold" not in page.main
    assert ("#punkt-2", "Gå til punkt 2: Noget er gættet.") in page.links
    assert "Noget er gættet. Side 5, linje 12." in page.main
    at_place = page.main.index("Advarsel: Noget er gættet.")
    assert page.main.index("Sagsfremstilling", page.main.index("2: Så", page.main.index("1: Først"))) < at_place
    assert page.main.index("Advarsel: Punkt 1 har intet") < at_place
    assert "Indholdsfortegnelsen passer ikke." in page.main
    assert "Advarsel: Indholdsfortegnelsen passer ikke." not in page.main  # it is about no item


def test_a_cpr_number_is_said_strongly_and_masked(person: User, editor: Client) -> None:
    text = "REFERAT Chefforum d. 14-06-2017\n\nPunkt 1: CF - Budget\n\nBeslutning\n\nGælder 010190-1234.\n"
    draft = ingest_file(content=text.encode(), filename="a.txt", draft=True, user=person).source
    page = open_page(editor, address(draft))
    assert "CPR-nummer i filen" in page.main
    assert "010190-xxxx" in page.main
    assert page.main.index("CPR-nummer i filen") < page.main.index("Bed om en fil uden nummeret")


def test_what_an_editor_has_put_is_marked_with_what_stood_before(person: User, editor: Client) -> None:
    draft = make_draft(person, make_item(1, "Budjet", decision="Godkendt.", attachments=["Notat.docx"]))
    values = {
        (1, "", "title"): "Budget",
        (1, "beslutning", "text"): "Drøftet.",
        (1, "bilag Notat.docx", "name"): "Notat om budget.docx",
        (1, "", "is_standing"): True,
        (None, "", "place"): "Rådhuset",
    }
    revise(source=draft, values=values, user=person)
    page = open_page(editor, address(draft))
    assert "Rettet: titel (før: »Budjet«)" in page.main
    assert "Rettet: tekst (før: »Godkendt.«)" in page.main
    assert "Rettet: navn (før: »Notat.docx«)" in page.main
    assert "Rettet: fast punkt, siger en redaktør" in page.main
    assert "Rettet: sted (før: »Mødelokale 2«)" in page.main


def test_a_new_edition_says_what_is_new(person: User, editor: Client) -> None:
    make_meeting(items=[make_item(1, "Budget", decision="Godkendt."), make_item(2, "Mødeplan for året")])
    draft = make_draft(
        person,
        make_item(1, "Budget", decision="Godkendt med ændringer."),
        make_item(2, "Mødeplan for året"),
        make_item(3, "Nyt byggeri"),
    )
    page = open_page(editor, address(draft))
    assert "Mødet er allerede i arkivet; denne fil bliver udgave 2." in page.main
    assert "1 nyt" in page.main and "1 ændret" in page.main and "1 uændret" in page.main
    assert "Fjernet: Godkendt. . Tilføjet: Godkendt med ændringer." in page.main.replace("Godkendt..", "Godkendt. .")
    assert {"del", "ins"} <= {tag for tag, _ in page.tags}
    assert "Uændret. Vis punktet, punkt 2" in page.main
    publish(editor, draft)
    assert "Udgave 2 er lagt i arkivet." in open_page(editor, "/moeder/2017-06-14/").main


def test_a_draft_that_may_not_go_in_says_why_instead(person: User, editor: Client) -> None:
    make_meeting(time="09:00")
    make_meeting(time="13:00")
    draft = make_draft(person, time=None)
    page = open_page(editor, address(draft))
    assert "Kladden kan ikke lægges i arkivet endnu. Chefforum holdt flere møder" in page.main
    assert (f"{address(draft)}moede/", "Ret mødets dato og tid") in page.links
    assert "Læg i arkivet" not in page.main
    publish(editor, draft)
    assert "holdt flere møder" in open_page(editor, address(draft)).main


def test_an_outdated_page_leads_back_to_the_draft(person: User, editor: Client) -> None:
    draft = make_draft(person)
    seen = version_of(draft)
    revise(source=draft, values={(1, "", "title"): "Et andet"}, user=None)
    assert publish(editor, draft, seen).headers["Location"] == address(draft)
    assert "imens du så på den. Se den igennem" in open_page(editor, address(draft)).main
    assert not Meeting.objects.exists()


def test_to_click_twice_is_harmless(person: User, editor: Client) -> None:
    draft = make_draft(person)
    seen = version_of(draft)
    assert publish(editor, draft, seen).headers["Location"] == "/moeder/2017-06-14/"
    assert publish(editor, draft, seen).headers["Location"] == "/moeder/2017-06-14/"
    assert Meeting.objects.count() == 1
    assert "Kladden var allerede lagt i arkivet." in open_page(editor, "/moeder/2017-06-14/").main


def test_what_became_of_a_draft_is_told_at_its_address(person: User, editor: Client) -> None:
    published, discarded = make_draft(person), make_draft(person, date="2017-06-28")
    publish_draft(source=published)
    discard_draft(source=discarded)
    assert editor.get(address(published)).headers["Location"] == "/moeder/2017-06-14/"
    assert "Kladden er kasseret" in open_page(editor, address(discarded), 410).main
    assert publish(editor, discarded, "").headers["Location"] == address(discarded)
    assert editor.get("/kladder/999999/").status_code == 404


def test_a_draft_is_nobody_elses(person: User) -> None:
    draft = make_draft(person)
    other = client_of(make_user(EDITOR))
    assert other.get(address(draft)).status_code == 404
    assert publish(other, draft).status_code == 404
    administrator = open_page(client_of(make_user(ADMINISTRATOR)), address(draft))
    assert "Kun en.redaktør og administratorer kan se kladden." in administrator.main


def test_a_closed_draft_is_for_those_who_may_and_is_written_down() -> None:
    person = make_user(EDITOR, reads_closed=True)
    draft = make_draft(person, make_item(1, "Lønforhandling", closed=True))
    assert client_of(make_user(ADMINISTRATOR)).get(address(draft)).status_code == 404
    page = open_page(client_of(person), address(draft))
    assert "Indeholder noget lukket" in page.main
    assert ClosedReading.objects.get().sha256 == draft.sha256


def test_whose_login_ended_comes_back_to_the_preview(person: User) -> None:
    draft = make_draft(person)
    response = Client().post(
        f"/kladder/{draft.pk}/laeg-i-arkivet/",
        {"set": version_of(draft)},
        headers={"referer": f"http://testserver{address(draft)}"},
    )
    assert response.headers["Location"] == f"/log-ind/?next={address(draft)}&slut=formular"
    assert not Meeting.objects.exists()


def test_an_original_that_is_gone_is_the_machines_fault(person: User, editor: Client) -> None:
    draft = make_draft(person)
    files.path_of(draft.sha256).unlink()
    assert open_page(editor, address(draft)).headings[0][1] == "Chefforum 14. juni 2017 kl. 13.00"
    response = publish(editor, draft)
    assert response.status_code == 500
    page = Page(response.content.decode())
    assert page.headings == [("h1", "Kladden er ikke lagt i arkivet")]
    assert (address(draft), "Tilbage til kladden") in page.links
    assert SourceDocument.objects.get().state == SourceState.DRAFT


def test_a_database_that_fails_leaves_the_draft(person: User, editor: Client) -> None:
    draft = make_draft(person)
    seen = version_of(draft)

    def broken(execute: Any, sql: str, *arguments: Any) -> Any:
        if "pg_advisory_xact_lock" in sql:
            raise DatabaseError
        return execute(sql, *arguments)

    with connection.execute_wrapper(broken):
        response = publish(editor, draft, seen)
    assert response.status_code == 503
    assert "Databasen svarer ikke" in Page(response.content.decode()).main


@pytest.mark.parametrize("name", ["2016-10-11.pdf", "2017-06-14.docx", "2016-10-11.md", "2023-12-07.txt"])
def test_real_minutes_are_shown_beside_their_original(person: User, editor: Client, name: str) -> None:
    content = (REFERATER / name).read_bytes()
    draft = ingest_file(content=content, filename=name, draft=True, user=person).source
    page = open_page(editor, address(draft))
    ids = [tag["id"] for _, tag in page.tags if "id" in tag]
    assert len(ids) == len(set(ids))
    images = [tag for name, tag in page.tags if name == "img"]
    assert bool(images) == name.endswith(".pdf")
    assert all(tag["loading"] == "lazy" for tag in images)
    places = [tag for _, tag in page.tags if "data-part" in tag]
    assert all(f"{address(draft)}side/" in tag["data-src"] for tag in places)
    assert "Originalen: " in page.main


def test_many_items_ask_no_more_of_the_database(person: User, editor: Client) -> None:
    def asked(count: int, date: str) -> int:
        items = [
            make_item(n, f"Punkt om emne {n}", case_number=f"00.01.00-S00-{n}-17", decision="Godkendt.")
            for n in range(1, count + 1)
        ]
        make_meeting(date, items)
        changed = [make_item(n, f"Punkt om emne {n}", decision="Udsat.") for n in range(1, count + 1)]
        draft = make_draft(person, *changed, date=date)
        with CaptureQueriesContext(connection) as captured:
            assert editor.get(address(draft)).status_code == 200
        return len(captured)

    asked(1, "2017-01-01")
    assert asked(2, "2017-02-01") == asked(40, "2017-03-01")


def test_a_meetings_edition_is_corrected_from_the_same_page(person: User, editor: Client) -> None:
    make_meeting(items=[make_item(1, "Budget", decision="Godkendt.")])
    page = open_page(editor, "/moeder/2017-06-14/ret/")
    assert page.headings[0] == ("h1", "Ret mødet 14. juni 2017")
    assert "Læg i arkivet" not in page.main
    assert ("/moeder/2017-06-14/", "Færdig") in page.links
    assert ("/moeder/2017-06-14/ret/punkt/1/", "Ret punktet, punkt 1") in page.links
    assert "ny sag" not in page.main


def test_editors_find_the_way_to_correcting(person: User, editor: Client, reader: Client) -> None:
    make_meeting(items=[make_item(1, "Budget", decision="Godkendt.")])
    assert "/moeder/2017-06-14/ret/" in open_page(editor, "/moeder/2017-06-14/").addresses()
    assert "/moeder/2017-06-14/ret/punkt/1/" in open_page(editor, "/moeder/2017-06-14/punkt/1/").addresses()
    for where in ("/moeder/2017-06-14/", "/moeder/2017-06-14/punkt/1/"):
        assert not [one for one in open_page(reader, where).addresses() if "/ret/" in one]


def test_who_may_not_see_the_source_is_led_nowhere(editor: Client) -> None:
    make_meeting(items=[make_item(1, "Budget"), make_item(2, "Løn", closed=True)])
    assert not [one for one in open_page(editor, "/moeder/2017-06-14/").addresses() if "/ret/" in one]
    assert editor.get("/moeder/2017-06-14/ret/").status_code == 404
    assert AgendaItem.objects.count() == 2


@pytest.mark.parametrize("seen", ["", "\x00", "x" * 5000])
def test_odd_tokens_are_outdated(person: User, editor: Client, seen: str) -> None:
    draft = make_draft(person)
    assert publish(editor, draft, seen).headers["Location"] == address(draft)
