"""Settings come from the environment alone, and fail loudly."""

from __future__ import annotations

import ast
import dataclasses
import logging
import os
import re
import runpy
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.management import call_command
from django.test import Client

PROJECT = Path(__file__).parents[1]
SOURCE = PROJECT / "chefforum/settings.py"
READERS = {"_text", "_flag", "_number", "_list", "_path", "_choice"}
PRODUCTION = {
    "DEBUG": "0",
    "SECRET_KEY": "k3y-" * 3 + "of-fifty-or-more-characters-as-check-deploy-wants",
    "DATABASE_URL": "postgresql://archive:s%40fe@db.example:5433/minutes?sslmode=require",
    "ALLOWED_HOSTS": "referater.example, arkiv.example",
}


def names_read() -> set[str]:
    """The variables that the settings file reads."""
    calls = (node for node in ast.walk(ast.parse(SOURCE.read_text())) if isinstance(node, ast.Call))
    readings = (call for call in calls if isinstance(call.func, ast.Name) and call.func.id in READERS)
    return {call.args[0].value for call in readings if isinstance(call.args[0], ast.Constant)}


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A function that reads the settings file in an environment that holds nothing but its arguments."""

    def read(**environment: str) -> dict[str, Any]:
        for name in names_read():
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(SOURCE))

    return read


def test_every_setting_is_documented_and_every_documented_one_exists() -> None:
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", (PROJECT / "README.md").read_text(), re.M))
    assert documented == names_read()


def test_environment_is_read_nowhere_else() -> None:
    readers = "environ[", "environ.get", "os.getenv"
    handed_to_a_child = {"chefforum/embedded/server.py", "minutes/parsing/bounded.py"}
    modules = [*(PROJECT / "chefforum").rglob("*.py"), *(PROJECT / "minutes").rglob("*.py")]
    found = {path.relative_to(PROJECT).as_posix() for path in modules if any(r in path.read_text() for r in readers)}
    assert found - handed_to_a_child == {"chefforum/settings.py"}


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("DEBUG", "maybe", "DEBUG is 'maybe'; it must be 1 or 0"),
        ("OPEN_TO_ALL", "2", "OPEN_TO_ALL is '2'; it must be 1 or 0"),
        ("MAX_PAGES", "many", "MAX_PAGES is 'many'; it must be a whole number"),
        ("READ_SECONDS", "0", "READ_SECONDS is 0; it must be at least 1"),
        ("READ_SECONDS", "10000000000", "READ_SECONDS is 10000000000; it must be at most 86400"),
        ("READ_MEMORY_BYTES", "1", "READ_MEMORY_BYTES is 1; it must be at least 134217728"),
        ("DATABASE_URL", "postgresql://[/n", "DATABASE_URL cannot be read"),
        ("ARCHIVE_ROOT", "originals", "ARCHIVE_ROOT is 'originals'; it must be an absolute path"),
        ("LOG_LEVEL", "loud", "LOG_LEVEL is 'LOUD'; it must be one of DEBUG, INFO, WARNING, ERROR"),
        ("DATABASE_URL", "sqlite:///db", "DATABASE_URL must begin with postgresql://"),
        ("DATABASE_URL", "postgresql://host", "DATABASE_URL must name a database"),
        ("DATABASE_URL", "postgresql://host:many/name", "DATABASE_URL has a port that is not a number"),
        ("ALLOWED_HOSTS", "example.com", "while DEBUG is on, only this machine is served"),
    ],
)
def test_value_that_cannot_be_read_stops(read: Any, name: str, value: str, complaint: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=re.escape(complaint)):
        read(**{name: value})


def test_short_secret_key_is_refused(read: Any) -> None:
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY must have at least 50 characters"):
        read(**{**PRODUCTION, "SECRET_KEY": "short"})


@pytest.mark.parametrize("missing", ["SECRET_KEY", "DATABASE_URL", "ALLOWED_HOSTS"])
@pytest.mark.parametrize("how", ["unset", "empty"])
def test_without_debug_nothing_is_guessed(read: Any, missing: str, how: str) -> None:
    environment = {**PRODUCTION, missing: ""} if how == "empty" else {**PRODUCTION}
    if how == "unset":
        del environment[missing]
    with pytest.raises(ImproperlyConfigured, match=f"DEBUG is off, so {missing} must be set"):
        read(**environment)


def test_fresh_clone_serves_this_machine_from_a_database_of_its_own(read: Any) -> None:
    values = read()
    assert values["DEBUG"] is True
    assert values["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "[::1]"]
    assert values["DATABASES"]["default"]["ENGINE"] == "chefforum.embedded"
    assert "pool" not in values["DATABASES"]["default"].get("OPTIONS", {})
    assert values["OPEN_TO_ALL"] is False


def test_production_values(read: Any) -> None:
    values = read(**PRODUCTION, DATABASE_POOL_SIZE="3", ARCHIVE_BODIES="Chefforum, Direktørforum")
    assert values["ALLOWED_HOSTS"] == ["referater.example", "arkiv.example"]
    assert values["ARCHIVE_BODIES"] == ["Chefforum", "Direktørforum"]
    assert values["DATABASES"]["default"] == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "minutes",
        "USER": "archive",
        "PASSWORD": "s@fe",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require", "pool": {"min_size": 1, "max_size": 3, "timeout": 10}},
    }


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("postgresql:///name?host=/run/pg%20sql", "/run/pg sql"),
        ("postgres://%2Frun%2Fpostgresql/name", "/run/postgresql"),
    ],
)
def test_database_behind_a_socket(read: Any, url: str, host: str) -> None:
    database = read(DATABASE_URL=url, DATABASE_POOL_SIZE="0")["DATABASES"]["default"]
    assert (database["HOST"], database["PORT"], database["OPTIONS"]) == (host, "", {})


def test_every_limit_of_reading_is_a_setting(read: Any) -> None:
    names = sorted(name for name in names_read() if name.startswith(("MAX_", "READ_")))
    values = {name: 2**30 if name == "READ_MEMORY_BYTES" else number for number, name in enumerate(names, start=11)}
    limits = read(**{name: str(value) for name, value in values.items()})["READ_LIMITS"]
    assert sorted(dataclasses.astuple(limits)) == sorted(values.values())


def test_key_is_made_once_for_a_clone_and_only_its_owner_reads_it(read: Any, tmp_path: Path) -> None:
    make = read()["_key_of_this_clone"]
    path = tmp_path / "var/secret-key"
    with ThreadPoolExecutor(6) as pool:
        keys = set(pool.map(make, [path] * 6))
    assert len(keys) == 1
    assert len(keys.pop()) >= 64
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_check_deploy_has_nothing_to_say() -> None:
    environment = {**os.environ, **PRODUCTION}
    command = [sys.executable, "-W", "error", "manage.py", "check", "--deploy", "--fail-level", "DEBUG"]
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "no issues (0 silenced)" in done.stdout


@pytest.mark.django_db
def test_production_serves_static_files_with_hashed_names_and_compressed(
    settings: Any, tmp_path: Path, client: Client
) -> None:
    source, settings.STATIC_ROOT = tmp_path / "source", tmp_path / "collected"
    source.mkdir()
    (source / "style.css").write_text("main { max-width: 40rem }\n" * 50)
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    collect(settings, "whitenoise.storage.CompressedManifestStaticFilesStorage")
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
    [style] = settings.STATIC_ROOT.glob("style.????????????.css")
    response = client.get(f"/static/{style.name}", headers={"Accept-Encoding": "br"})
    assert response.status_code == 200
    assert response["Content-Encoding"] == "br"
    assert "immutable" in response["Cache-Control"]
    response.close()


def test_every_file_that_a_static_file_names_exists(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    collect(settings, "django.contrib.staticfiles.storage.ManifestStaticFilesStorage")
    assert list(tmp_path.glob("admin/css/base.????????????.css"))


def collect(settings: Any, storage: str) -> None:
    """Run `collectstatic` as production does."""
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": storage}}
    call_command("collectstatic", interactive=False, verbosity=0)


@pytest.mark.parametrize("password", ["kort", "12345678901234", "password1234"])
def test_rules_for_passwords_speak_danish(password: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password(password)
    assert all(re.search("adgangskode", message, re.I) for message in refused.value.messages), refused.value.messages


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/log-ind/", "/", "/findes-ikke/", "/admin/login/", "/static/admin/css/base.css"])
def test_every_answer_has_a_strict_policy_for_content(client: Client, address: str) -> None:
    response = client.get(address)
    policy = response["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert {word for word in policy.split() if "http" in word or word in {"*", "data:"}} == set()
    response.close()


@pytest.mark.django_db
def test_log_tells_the_address_but_not_what_was_searched_for(
    client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("django"), "handlers", [caplog.handler])
    client.get("/findes-ikke/?q=hemmeligt")
    assert "/findes-ikke/" in caplog.text
    assert "hemmeligt" not in caplog.text


def test_language_and_time() -> None:
    assert (settings.LANGUAGE_CODE, settings.TIME_ZONE) == ("da", "Europe/Copenhagen")
