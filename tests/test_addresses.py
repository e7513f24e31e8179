"""Every address, for every role: what may be opened, and that no address was forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.encoding import iri_to_uri

from tests.addresses import TABLE
from tests.archive import ROLES, make_archive, make_person
from tests.drafts import make_drafts

pytestmark = pytest.mark.django_db

PREFIXES = {"admin/"}  # what lies behind it: tests/admin/test_admin_access.py


def test_every_address_has_a_row() -> None:
    routes = set(_routes(get_resolver()))
    assert routes == {row.route for row in TABLE if row.route is not None}


def _routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern) or route in PREFIXES:
            yield route
        else:
            yield from _routes(pattern, route)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("open_to_all", [False, True], ids=["login", "OPEN_TO_ALL"])
def test_each_role_gets_what_the_table_says(settings, role: str, open_to_all: bool) -> None:
    settings.OPEN_TO_ALL = open_to_all
    make_archive()
    make_drafts()
    person = make_person(role)
    answers, expected = {}, {}
    for row in TABLE:
        client = Client()
        if role != "anonym":
            client.force_login(person)
        answers[row.address] = _answer(client, row.method, row.address)
        expected[row.address] = (row.open_to_all if open_to_all else row.by_default).split()[ROLES.index(role)]
    assert answers == expected


def _answer(client: Client, method: str, address: str) -> str:
    response = getattr(client, method)(address)
    response.getvalue()  # reads an original to its end, which closes the file
    if response.status_code not in {301, 302}:
        return str(response.status_code)
    target = response.headers["Location"]
    back = {"next": iri_to_uri(address)} if method == "get" else {"next": "/", "slut": "formular"}
    if target == f"/log-ind/?{urlencode(back, safe='/')}":
        return "login"
    return "staff" if target.startswith("/admin/login/?") else f"->{target}"


def test_a_page_that_reads_takes_nothing() -> None:
    client = Client()
    client.force_login(make_person("læser"))
    assert client.post("/moeder/").status_code == 405


def test_after_login_one_is_where_one_wanted_to_be() -> None:
    make_archive()
    make_drafts()
    person = make_person("læser")
    person.set_password("en lang adgangskode")
    person.save()
    client = Client()
    asked = client.get("/moeder/2017-06-14/punkt/2/")
    answer = client.post(asked.url, {"username": person.username, "password": "en lang adgangskode"})
    assert answer.status_code == 302
    assert answer.url == "/moeder/2017-06-14/punkt/2/"
