"""What is read by a program only says so, until an editor has looked it through."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from minutes.ingest.confirming import confirm_item
from minutes.models import AgendaItem, Meeting
from minutes.models.roles import EDITOR
from tests.factories import ingest, make_item, make_meeting, make_minutes, make_user
from tests.views.page import Page, open_page

MEETING = "/moeder/2017-06-14/"
ITEM = f"{MEETING}punkt/1/"
UNSEEN = "Maskinlæst, ikke gennemset"


@pytest.fixture
def meeting(db) -> Meeting:
    items = [make_item(1, "Budget", decision="Godkendt."), make_item(2, "Løn", closed=True), make_item(3, "Evt.")]
    return make_meeting("2017-06-14", items)


@pytest.fixture
def person(db) -> User:
    return make_user(EDITOR, username="en.redaktør")


@pytest.fixture
def editor(person: User) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    return client


def press(client: Client, address: str, button: str) -> Page:
    """Send the form of `button` on the page at `address`, as it stands there, and answer the page that follows."""
    page = open_page(client, address)
    form = next(part for part in page.html.split("<form ")[1:] if button in part.split("</form>")[0])
    sent = Page("<form " + form.split("</form>")[0] + "</form>")
    fields = [attributes for tag, attributes in sent.tags if tag in {"input", "button"} and "name" in attributes]
    response = client.post(sent.tags[0][1]["action"], {field["name"]: field["value"] for field in fields})
    assert response.status_code == 302
    return open_page(client, response.url)


def confirmed() -> list[int]:
    return list(AgendaItem.objects.exclude(confirmed_at=None).order_by("number").values_list("number", flat=True))


def test_until_then_the_pages_say_so(reader: Client, meeting: Meeting) -> None:
    assert UNSEEN in open_page(reader, ITEM).main
    assert UNSEEN in open_page(reader, MEETING).main


def test_an_editor_confirms_an_item_and_takes_it_back(editor: Client, reader: Client, meeting: Meeting) -> None:
    page = press(editor, ITEM, "Markér punktet som gennemset")
    assert "Punktet er nu gennemset." in page.main
    assert "af en.redaktør" in page.main
    assert confirmed() == [1]
    for_readers = open_page(reader, ITEM).main
    assert UNSEEN not in for_readers
    assert "Gennemsyn Gennemset " in for_readers
    assert "en.redaktør" not in for_readers
    page = press(editor, ITEM, "Fortryd gennemsyn")
    assert "Punktet er igen ikke gennemset." in page.main
    assert UNSEEN in page.main
    assert confirmed() == []


def test_an_editor_confirms_what_they_may_read_of_a_meeting(editor: Client, reader: Client, meeting: Meeting) -> None:
    press(editor, ITEM, "Markér punktet som gennemset")
    assert "Maskinlæst, 1 af 2 punkter er gennemset" in open_page(reader, MEETING).main
    page = press(editor, MEETING, "Markér hele mødet som gennemset")
    assert "Mødet er nu gennemset." in page.main
    assert confirmed() == [1, 3]
    assert "Gennemsyn Gennemset " in open_page(reader, MEETING).main
    press(editor, MEETING, "Fortryd gennemsyn")
    assert confirmed() == []


def test_a_closed_item_counts_only_for_who_may_read_it(
    editor: Client, closed_reader: Client, meeting: Meeting, person: User
) -> None:
    press(editor, MEETING, "Markér hele mødet som gennemset")
    assert "2 af 3 punkter er gennemset" in open_page(closed_reader, MEETING).main
    closed = f"{MEETING}punkt/2/gennemset/"
    token = editor.cookies["csrftoken"].value
    assert editor.post(closed, {"csrfmiddlewaretoken": token}).status_code == 404
    confirm_item(item=meeting.items.get(number=2), user=make_user(EDITOR, reads_closed=True))
    assert editor.post(closed, {"csrfmiddlewaretoken": token, "fortryd": "ja"}).status_code == 404
    assert confirmed() == [1, 2, 3]


def test_what_changed_meanwhile_is_looked_at_again(editor: Client, meeting: Meeting) -> None:
    before = open_page(editor, ITEM)
    ingest(make_minutes("2017-06-14", [make_item(1, "Budget", decision="Udsat.")]))
    seen = next(attributes["value"] for _, attributes in before.tags if attributes.get("name") == "set")
    fields = {"csrfmiddlewaretoken": editor.cookies["csrftoken"].value, "set": seen}
    page = Page(editor.post(f"{ITEM}gennemset/", fields, follow=True).content.decode())
    assert "Referatet er læst ind igen, imens du så på det." in page.main
    assert confirmed() == []


@pytest.mark.parametrize("seen", ["i går", "2017-13-45T99:00", "2017-06-14T13:00:00", "\0", "9" * 5000])
def test_a_form_that_says_nonsense_of_when_it_was_made(
    client: Client, meeting: Meeting, person: User, seen: str
) -> None:
    client.force_login(person)
    assert client.post(f"{ITEM}gennemset/", {"set": seen}).status_code == 302


def test_readers_have_no_button_and_no_say(reader: Client, meeting: Meeting) -> None:
    for address in (ITEM, MEETING):
        assert "gennemset/" not in open_page(reader, address).html
        assert reader.post(f"{address}gennemset/").status_code == 403
    assert confirmed() == []


def test_it_takes_the_forms_own_token(editor: Client, meeting: Meeting) -> None:
    assert editor.post(f"{ITEM}gennemset/").status_code == 403
    assert editor.get(f"{ITEM}gennemset/").status_code == 405


def test_with_nothing_to_confirm_there_is_no_button(editor: Client, db) -> None:
    make_meeting("2017-08-17", [], cancelled=True)
    page = open_page(editor, "/moeder/2017-08-17/")
    assert "Gennemsyn" not in page.main
    token = {"csrfmiddlewaretoken": editor.cookies.get("csrftoken").value} if "csrftoken" in editor.cookies else {}
    response = editor.post("/moeder/2017-08-17/gennemset/", token, follow=True)
    assert "Her er intet punkt, som du kan gennemse." in response.content.decode()
