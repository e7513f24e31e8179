"""Whoever watches over the archive is told whether it answers, and nothing else."""

from __future__ import annotations

import logging
from collections.abc import Callable
from unittest import mock

import pytest
from django.db import connection
from django.test import Client

pytestmark = pytest.mark.django_db


def test_all_is_well(client: Client, django_assert_num_queries: Callable) -> None:
    with django_assert_num_queries(1):  # no session, nobody logged in
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.cookies


def test_who_asks_knows_neither_the_hosts_name_nor_https(client: Client, settings) -> None:
    settings.ALLOWED_HOSTS = ["referater.example"]
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/healthz", headers={"host": "10.1.2.3:8000"}).status_code == 200
    assert client.get("/", headers={"host": "10.1.2.3:8000"}).status_code == 400


@pytest.mark.parametrize("address", ["/healthz/", "/healthz/x", "/Healthz"])
def test_nothing_else_is_open(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_database_that_does_not_answer(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    connection.close()
    # Without a pool, which would hand out a connection that it made before.
    options = {name: value for name, value in connection.settings_dict["OPTIONS"].items() if name != "pool"}
    nowhere = {"NAME": "no_such_database_of_ours", "OPTIONS": options}
    with mock.patch.dict(connection.settings_dict, nowhere):
        answer = client.get("/healthz")
        connection.close()
    assert (answer.status_code, answer.content) == (503, b"database\n")
    assert [record.name for record in caplog.records] == ["minutes.views.health"]
    assert client.get("/healthz").status_code == 200  # and well again
