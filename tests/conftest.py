"""What every test shares: a database for each run and worker, and an archive of originals for each test."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.db import connection
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker, Settings

from minutes.views.shared import pages
from tests import archive, database

# A busy machine is no fault of the code: timings belong in benchmarks.
hypothesis.settings.register_profile("project", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("project")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_blocker: DjangoDbBlocker) -> None:
    """Name the test database after the process that runs the tests, so that two runs in one clone do not meet."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    run = os.getpid() if worker == "main" else os.getppid()
    prefix = f"test_{connection.settings_dict['NAME']}"
    connection.settings_dict["TEST"]["NAME"] = f"{prefix}_{run}_{worker}"
    if connection.settings_dict["ENGINE"] == "chefforum.embedded" and worker in {"main", "gw0"}:
        with django_db_blocker.unblock():
            _drop_databases_of_killed_runs(prefix)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """After a test that commits, the database is brought back to what it is now."""
    with pytest.MonkeyPatch.context() as patch:
        with django_db_blocker.unblock():
            database.hurry()
            if database.may_write_past_triggers():
                kept = database.Kept()
                patch.setattr(archive, "LAID", kept.left_by(archive.make_archive))
                patch.setattr(TransactionTestCase, "_fixture_teardown", lambda test: kept.bring_back())
        yield
        with django_db_blocker.unblock():
            database.end_others()


def _drop_databases_of_killed_runs(prefix: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix])
        for (name,) in cursor.fetchall():
            run = re.fullmatch(rf"{re.escape(prefix)}_(\d+)_\w+", name)
            if run and not _lives(int(run[1])):
                cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)} WITH (FORCE)")


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@pytest.fixture(autouse=True)
def _for_tests_only(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Originals go to a place of the test's own; hashing passwords costs nothing; a search may take its time; no
    page is kept from another test."""
    pages.clear()
    settings.SEARCH_SECONDS = 60
    monkeypatch.setattr("minutes.search.suggest.MOST_MILLISECONDS", 5_000)
    settings.ARCHIVE_ROOT = tmp_path / "originals"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
