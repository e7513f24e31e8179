"""One's own password, changed on the archive's own page."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.factories import make_user
from tests.views.page import Page, open_page

pytestmark = pytest.mark.django_db

PAGE = "/konto/adgangskode/"
OLD, NEW = "en lang adgangskode", "en anden lang adgangskode"


@pytest.fixture
def person() -> User:
    person = make_user("læser", username="anne-marie")
    person.set_password(OLD)
    person.save()
    return person


def logged_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def change(client: Client, old: str = OLD, new: str = NEW, again: str | None = None) -> Page:
    values = {"old_password": old, "new_password1": new, "new_password2": new if again is None else again}
    return Page(client.post(PAGE, values, follow=True).content.decode())


def test_the_header_leads_there(person: User) -> None:
    assert (PAGE, "Skift adgangskode") in open_page(logged_in(person), "/").links


def test_a_change_holds_and_ends_the_other_logins(person: User) -> None:
    here, elsewhere = logged_in(person), logged_in(person)
    assert "Din adgangskode er ændret" in change(here).main
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302
    assert Client().post("/log-ind/", {"username": "anne-marie", "password": OLD}).status_code == 200
    assert Client().post("/log-ind/", {"username": "anne-marie", "password": NEW}).status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "again", "told"),
    [
        ("forkert", NEW, NEW, "Din gamle adgangskode blev ikke indtastet korrekt"),
        (OLD, NEW, "noget andet", "De to adgangskoder var ikke identiske"),
        (OLD, "kort", "kort", "adgangskode er for kort"),
        (OLD, "anne-marie-1", "anne-marie-1", "minder for meget om"),
        (OLD, "1234567890123", "1234567890123", "adgangskode er udelukkende numerisk"),
        (OLD, "q1w2e3r4t5y6", "q1w2e3r4t5y6", "adgangskode er for almindelig"),
        ("", "", "", "Dette felt er påkrævet"),
    ],
)
def test_what_will_not_do_is_said_in_danish(person: User, old: str, new: str, again: str, told: str) -> None:
    page = change(logged_in(person), old, new, again)
    assert "Adgangskoden er ikke ændret" in page.main
    assert told in page.main
    person.refresh_from_db()
    assert person.check_password(OLD)


def test_the_rules_stand_at_the_field(person: User) -> None:
    page = open_page(logged_in(person), PAGE)
    assert "Mindst 12 tegn" in page.main
    fields = {attributes.get("name"): attributes for tag, attributes in page.tags if tag == "input"}
    assert fields["new_password1"]["autocomplete"] == "new-password"
    assert fields["old_password"]["autocomplete"] == "current-password"
    assert fields["new_password1"]["aria-describedby"] in [attributes.get("id") for _, attributes in page.tags]


def test_what_is_wrong_is_told_where_the_rules_are(person: User) -> None:
    page = change(logged_in(person), new="kort")
    fields = {attributes.get("name"): attributes for tag, attributes in page.tags if tag == "input"}
    assert "id_new_password1_error" in (fields["new_password1"]["aria-describedby"] or "").split()
    assert "aria-invalid" not in fields["new_password2"]
