"""Every address of the administration, for every role: the part of `tests.addresses` that goes by rows.

A model that is registered without standing here fails, and so does an address that Django adds.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver

from minutes.ingest.closed_readings import closed_among, record_openings
from minutes.ingest.edits import correct
from minutes.ingest.links import link_items
from minutes.models import ClosedReading, Reference, Synonym, Way
from tests.archive import ROLES, Archive, make_person

PAGES = ("", "add/", "<path:object_id>/change/", "<path:object_id>/delete/", "<path:object_id>/history/")
BY_ROLE = ("redaktør", "administrator", "superbruger")  # all others are sent to a login
AWAY = ("anonym", "uden rolle", "læser", "læser af lukkede")

# What each page of PAGES answers: to the editor, the administrator, the superuser
SEEN = ("200 200 200", "403 403 403", "200 200 200", "403 403 403", "200 200 200")
MADE = ("200 200 200", "200 200 200", "200 200 200", "200 200 200", "200 200 200")
TAKEN_BACK = ("200 200 200", "403 403 403", "200 200 200", "200 200 200", "200 200 200")
GOVERNED = ("403 200 200", "403 200 200", "403 200 200", "403 200 200", "403 200 200")
LOGGED = ("403 403 200", "403 403 403", "403 403 200", "403 403 403", "403 403 200")
UNLOCKED = ("403 200 200", "403 403 403", "403 200 200", "403 200 200", "403 200 200")
NEVER_DELETED = ("403 200 200", "403 200 200", "403 200 200", "403 403 403", "403 200 200")
MODELS = {
    "minutes.agendaitem": SEEN,
    "minutes.attachment": SEEN,
    "minutes.case": SEEN,
    "minutes.change": SEEN,
    "minutes.closedreading": LOGGED,
    "minutes.correction": TAKEN_BACK,
    "minutes.decision": SEEN,
    "minutes.failedlogin": UNLOCKED,
    "minutes.meeting": SEEN,
    "minutes.recommendation": SEEN,
    "minutes.reference": MADE,
    "minutes.section": SEEN,
    "minutes.sourcedocument": SEEN,
    "minutes.synonym": MADE,
    "minutes.word": SEEN,
    "auth.group": GOVERNED,
    "auth.user": NEVER_DELETED,
}
REST = {
    "": ("/admin/", "200 200 200"),
    "password_change/": ("/admin/password_change/", "200 200 200"),
    "password_change/done/": ("/admin/password_change/done/", "200 200 200"),
    "jsi18n/": ("/admin/jsi18n/", "200 200 200"),
    "^(?P<app_label>minutes|auth)/$": ("/admin/auth/", "404 200 200"),
    "(?P<url>.*)$": ("/admin/ingenting/", "404 404 404"),
    "r/<path:content_type_id>/<path:object_id>/": ("/admin/r/1/1/", "404 404 404"),
    "auth/user/<id>/password/": ("/admin/auth/user/{user}/password/", "403 200 200"),
}
AUTOCOMPLETE = {
    "app_label=minutes&model_name=reference&field_name=item": "200 200 200",
    "app_label=minutes&model_name=reference&field_name=target_item": "200 200 200",
    "app_label=minutes&model_name=agendaitem&field_name=case": "200 200 200",
}
LOGGING_IN_AND_OUT = {"login/", "logout/"}
LEADS_ON = "<path:object_id>/"  # to change/, as all of them


@pytest.fixture
def rows(archive: Archive) -> dict[str, int]:
    """An open row of each model, by its label."""
    item = archive.open.items.get(number=2)
    correct(row=item, values={"title": "Rettet"}, user=None)
    link_items(item=item, target=archive.mixed.items.get(number=1))
    openings = closed_among(Way.ITEM, archive.mixed.items.all())
    record_openings(user=User.objects.create_user("en læser"), openings=openings)
    Synonym.objects.create(word="MED", meaning="medudvalg")
    User.objects.create_user("nogen")
    Group.objects.create(name="nogle")
    Client().post("/log-ind/", {"username": "nogen", "password": "forkert"})
    return {label: _row(model) for label, model in _models().items()}


def _models() -> dict[str, type[Model]]:
    return {model._meta.label_lower: model for model in admin.site._registry}


def _row(model: type[Model]) -> int:
    found = model._default_manager.all()
    found = found.open_only() if hasattr(found, "open_only") and model is not ClosedReading else found
    return (found.filter(origin="redaktør") if model is Reference else found).latest("pk").pk


def test_every_address_of_the_administration_is_here() -> None:
    routes = {f"{label.replace('.', '/')}/{page}" for label in MODELS for page in (*PAGES, LEADS_ON)}
    assert set(MODELS) == set(_models())
    assert set(_routes(admin.site.urls[0])) == {*routes, *REST, "autocomplete/", *LOGGING_IN_AND_OUT}


def _routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from _routes(pattern.url_patterns, route)


@pytest.mark.parametrize(
    ("role", "open_to_all"), [*((role, False) for role in ROLES), *((role, True) for role in AWAY)]
)
def test_each_role_gets_what_the_tables_say(settings, rows: dict[str, int], role: str, open_to_all: bool) -> None:
    settings.OPEN_TO_ALL = open_to_all
    client = Client()
    if role != "anonym":
        client.force_login(make_person(role))
    expected = {address: "away" if role in AWAY else answers for address, answers in _table(rows)}
    if role in BY_ROLE:
        expected = {address: answers.split()[BY_ROLE.index(role)] for address, answers in expected.items()}
    assert {address: _answer(client, address) for address in expected} == expected


def _table(rows: dict[str, int]) -> Iterator[tuple[str, str]]:
    for label, answers in MODELS.items():
        for page, answer in zip(PAGES, answers, strict=True):
            yield f"/admin/{label.replace('.', '/')}/{page.replace('<path:object_id>', str(rows[label]))}", answer
    for address, answer in REST.values():
        yield address.format(user=rows["auth.user"]), answer
    for asked, answer in AUTOCOMPLETE.items():
        yield f"/admin/autocomplete/?{asked}", answer


def _answer(client: Client, address: str) -> str:
    response = client.get(address)
    logins = ("/admin/login/?", "/log-ind/?")
    return "away" if response.get("Location", "").startswith(logins) else str(response.status_code)
