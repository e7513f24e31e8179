"""The page on which editors link items that belong together."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from minutes.ingest.links import link_items
from minutes.models import AgendaItem, Reference
from tests.archive import make_person
from tests.factories import make_item, make_meeting
from tests.views.page import Page, open_page

pytestmark = pytest.mark.django_db

HERE = "/moeder/2016-10-11/punkt/2/sammen/"
HOUSING, HOUSING_AGAIN = "03.30.05-A00-1-15", "03.30.05-A00-1-21"


@pytest.fixture
def editor(db) -> Client:
    client = Client()
    client.force_login(make_person("redaktør"))
    return client


@pytest.fixture
def items() -> tuple[AgendaItem, AgendaItem]:
    """An item, and the one under another number that belongs to it; others, one of them closed."""
    first = make_item(2, "Boligsocial helhedsplan", case_number=HOUSING, decision="Godkendt.")
    earlier = make_meeting("2016-10-11", [make_item(1, "Godkendelse af referat"), first, make_item(3, "Mødeplan")])
    again = make_item(2, "Den boligsociale helhedsplan 2022-2025", case_number=HOUSING_AGAIN, decision="Drøftet.")
    closed = make_item(3, "Boligsocial helhedsplan, forhandling", closed=True)
    later = make_meeting("2021-03-04", [again, closed, make_item(4, "Kantinen")])
    return earlier.items.get(number=2), later.items.get(number=2)


def act(client: Client, action: str, other: object, **more: str):
    return client.post(HERE, {"handling": action, "punkt": getattr(other, "pk", other), **more}, follow=True)


def test_a_suggestion_with_its_reasons(editor: Client, items) -> None:
    main = open_page(editor, HERE).main
    suggestions = main[main.index("Forslag") :]
    assert "4. marts 2021, punkt 2, sag 03.30.05-A00-1-21 Den boligsociale helhedsplan 2022-2025" in suggestions
    assert "Fælles ord: Boligsocial, helhedsplan" in suggestions
    assert "Sager med samme emne: 03.30.05" in suggestions
    assert "Hører sammen med Den boligsociale helhedsplan 2022-2025, 4. marts 2021" in suggestions
    assert "Kantinen" not in main
    assert "Forslag" not in main[: main.index("Find et punkt")]


def test_linking_and_unlinking(editor: Client, items) -> None:
    first, again = items
    answer = act(editor, "knyt", again)
    assert answer.redirect_chain == [(HERE, 302)]
    page = Page(answer.content.decode())
    assert "Punktet hører nu sammen med punkt 2 på mødet 4. marts 2021." in page.main
    now = page.main[page.main.index("Hører sammen nu") : page.main.index("Find et punkt")]
    assert "Den boligsociale helhedsplan 2022-2025" in now and "Fjern" in now
    assert "Den boligsociale helhedsplan 2022-2025" not in page.main[page.main.index("Forslag") :]
    assert Reference.objects.linking([first.pk]).get().target_item == again

    answer = act(editor, "fjern", again)
    page = Page(answer.content.decode())
    assert "Punktet hører ikke længere sammen med punkt 2 på mødet 4. marts 2021." in page.main
    assert "Hører sammen nu" not in page.main
    assert not Reference.objects.linking([first.pk])


def test_from_the_other_side_too(editor: Client, items) -> None:
    first, again = items
    link_items(item=again, target=first)
    assert "Hører sammen nu" in open_page(editor, HERE).main
    act(editor, "fjern", again)
    assert not Reference.objects.linking([first.pk])


@pytest.mark.parametrize(
    "typed",
    [
        "kantinen",
        "kantine",
        "https://arkiv.example/moeder/2021-03-04/punkt/4/",
        "/møder/2021-03-04/punkt/4/#beslutning",
        "4. marts 2021 punkt 4",
        "4/3 2021, pkt. 4",
        "2021-03-04 punkt 4",
        "punkt 4 på mødet d. 4. marts 2021",
    ],
)
def test_an_item_is_found(editor: Client, items, typed: str) -> None:
    page = Page(editor.get(HERE, {"q": typed}).content.decode())
    found = page.main[page.main.index("Find et punkt") : page.main.index("Forslag")]
    assert "1 punkt fundet" in found and "Kantinen" in found
    value = next(attributes["value"] for tag, attributes in page.tags if attributes.get("id") == "q")
    assert value == typed


def test_all_items_of_a_day(editor: Client, items) -> None:
    page = Page(editor.get(HERE, {"q": "4. marts 2021"}).content.decode())
    assert "2 punkter fundet" in page.main
    assert "forhandling" not in page.main


def test_what_is_found_is_not_suggested_too(editor: Client, items) -> None:
    main = Page(editor.get(HERE, {"q": "helhedsplan"}).content.decode()).main
    assert main.count("Fælles ord") == 0
    assert main.count("Den boligsociale helhedsplan 2022-2025") == 2  # the title, and the button's name


def test_what_has_the_same_number_needs_no_link(editor: Client, items) -> None:
    make_meeting("2017-05-18", [make_item(1, "Boligsocial helhedsplan, status", case_number=HOUSING)])
    main = Page(editor.get(HERE, {"q": "18. maj 2017"}).content.decode()).main
    assert "Samme sagsnummer" in main[main.index("1 punkt fundet") : main.index("Forslag")]


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("4. marts 2021 punkt 99", "Arkivet har intet andet punkt 99 fra 4. marts 2021."),
        ("4. marts 2021 punkt 3", "Arkivet har intet andet punkt 3 fra 4. marts 2021."),  # closed
        ("24. december 2021", "Arkivet har intet andet punkt fra 24. december 2021."),
        ("/moeder/1999-01-01/punkt/1/", "Arkivet har intet andet punkt 1 på den adresse."),
        ("/moeder/2016-10-11/punkt/2/", "Arkivet har intet andet punkt 2 på den adresse."),  # itself
        ("punkt 999999999 4. marts 2021", "Arkivet har intet andet punkt 999999999 fra 4. marts 2021."),
        ("xyzzyplugh", "Ingen andre punkter har de ord."),
        ("\0", ""),
        ("31. februar 2021", ""),
        ("'); DROP TABLE --", ""),
        ("\" ' & | ! ( <script>", ""),
        ("a" * 5000, ""),
        ("punkt 99999999999999999999 4. marts 2021", ""),
    ],
)
def test_nothing_is_found(editor: Client, items, typed: str, reason: str) -> None:
    answer = editor.get(HERE, {"q": typed})
    assert answer.status_code == 200
    assert reason in Page(answer.content.decode()).main


@pytest.mark.parametrize("key", ["", "x", "-1", "0", "9" * 18, "9" * 40, "1\0", "1.5", "٣"])
def test_a_key_that_is_none(editor: Client, items, key: str) -> None:
    for action in ("knyt", "fjern"):
        assert "Punktet findes ikke længere." in act(editor, action, key).content.decode()
    assert not Reference.objects.exists()


def test_other_actions_and_itself(editor: Client, items) -> None:
    first, again = items
    assert "Der skete ikke noget." in act(editor, "slet", again).content.decode()
    assert "Et punkt kan ikke høre sammen med sig selv." in act(editor, "knyt", first).content.decode()
    assert not Reference.objects.exists()


def test_a_closed_item_is_there_only_for_who_may_read_it(editor: Client, items) -> None:
    closed = AgendaItem.objects.get(is_closed=True)
    assert "forhandling" not in open_page(editor, HERE).words
    assert "Punktet findes ikke længere." in act(editor, "knyt", closed).content.decode()
    link_items(item=items[0], target=closed)
    assert "forhandling" not in open_page(editor, HERE).words
    act(editor, "fjern", closed)
    assert Reference.objects.linking([closed.pk]).exists()
    client = Client()
    client.force_login(make_person("superbruger"))
    assert "forhandling" in open_page(client, HERE).words


@pytest.mark.parametrize("role", ["uden rolle", "læser", "læser af lukkede"])
def test_only_editors_link(role: str, items) -> None:
    client = Client()
    client.force_login(make_person(role))
    assert act(client, "knyt", items[1]).status_code == 403
    assert not Reference.objects.exists()


def test_another_site_cannot_link(items) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_person("redaktør"))
    assert act(client, "knyt", items[1]).status_code == 403
    fields = [attributes for tag, attributes in open_page(client, HERE).tags if tag == "input"]
    token = next(field["value"] for field in fields if field["name"] == "csrfmiddlewaretoken")
    assert act(client, "knyt", items[1], csrfmiddlewaretoken=token).status_code == 200
    assert Reference.objects.exists()


def test_what_was_searched_for_stays(editor: Client, items) -> None:
    answer = act(editor, "knyt", items[1], q="helhedsplan & mere")
    assert answer.redirect_chain == [(f"{HERE}?q=helhedsplan+%26+mere", 302)]


def test_other_methods_and_addresses(editor: Client, items) -> None:
    assert editor.put(HERE).status_code == 405
    assert editor.head(HERE).status_code == 200
    assert editor.get("/moeder/2016-10-11/punkt/77/sammen/").status_code == 404
    assert editor.post("/moeder/2016-10-11/punkt/77/sammen/").status_code == 404
    assert "no-store" in editor.get(HERE).headers["Cache-Control"]


def test_a_fixed_number_of_questions(editor: Client, items) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert editor.get(HERE).status_code == 200
        return len(captured)

    for day in (1, 2):
        link_items(item=items[0], target=make_meeting(f"2018-01-0{day}", [more(1)]).items.get())
    before = questions()
    for day in range(1, 9):
        made = make_meeting(f"2018-02-0{day}", [more(1), more(2)])
        link_items(item=items[0], target=made.items.get(number=1))
    assert questions() == before


def more(number: int):
    return make_item(number, "Helhedsplan", decision="Godkendt.", recommendations=("at den godkendes",))
