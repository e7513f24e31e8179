"""Who administers."""

import pytest
from django.test import Client

from tests.archive import Archive, make_archive, make_person


@pytest.fixture
def archive(db) -> Archive:
    return make_archive()


def _logged_in(role: str) -> Client:
    client = Client()
    client.force_login(make_person(role))
    return client


@pytest.fixture
def editor(db) -> Client:
    return _logged_in("redaktør")


@pytest.fixture
def administrator(db) -> Client:
    return _logged_in("administrator")


@pytest.fixture
def superuser(db) -> Client:
    return _logged_in("superbruger")
