"""Who looks at the pages."""

import pytest
from django.test import Client

from tests.archive import Archive, make_archive, make_person


@pytest.fixture
def archive(db) -> Archive:
    return make_archive()


@pytest.fixture
def reader(client: Client, db) -> Client:
    """A browser in which somebody with the role læser is logged in."""
    client.force_login(make_person("læser"))
    return client


@pytest.fixture
def closed_reader(db) -> Client:
    """The same for somebody who may read closed items too."""
    client = Client()
    client.force_login(make_person("læser af lukkede"))
    return client
