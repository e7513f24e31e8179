"""What the container promises. No engine runs in the tests, so the files are read: each promise as a line of them."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
from collections.abc import Iterator
from fnmatch import fnmatch
from itertools import takewhile
from pathlib import Path

import pytest
from django.db import connection

from chefforum.embedded.binaries import installation
from minutes.views.health import ADDRESS

PROJECT = Path(__file__).parents[1]
DOCKERFILE = (PROJECT / "Dockerfile").read_text()
COMPOSE = (PROJECT / "compose.yaml").read_text()
INITIAL = {"DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"}  # compose gives these itself
OF_THE_IMAGE = {"ARCHIVE_ROOT", "STATIC_ROOT"}


def instructions() -> Iterator[tuple[str, str]]:
    """The lines of the Dockerfile: instruction and the rest."""
    lines = re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", DOCKERFILE, flags=re.M)).splitlines()
    for line in filter(None, lines):
        name, rest = line.split(maxsplit=1)
        yield name, rest


def last_stage() -> dict[str, list[str]]:
    """The instructions of what is run."""
    found: dict[str, list[str]] = {}
    for name, rest in instructions():
        if name == "FROM":
            found = {}
        found.setdefault(name, []).append(rest)
    return found


def service(name: str) -> str:
    """What compose says of a service, or of what services share: the lines further in than its name."""
    lines = COMPOSE[re.search(rf"^(?:  )?{name}:", COMPOSE, re.M).start() :].splitlines()
    depth = len(lines[0]) - len(lines[0].lstrip())
    inside = takewhile(lambda line: not line.strip() or len(line) - len(line.lstrip()) > depth, lines[1:])
    return "\n".join(inside) + "\n"


def test_what_is_run_is_nobody_in_particular_and_holds_no_compiler() -> None:
    stage = last_stage()
    [user] = stage["USER"]
    assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", user)
    names = [name for name, _ in instructions()]
    assert names.index("USER") < names.index("CMD")
    assert not any("chown" in rest for rest in stage["COPY"])  # the program belongs to root, who does not run it
    assert "apt-get" not in DOCKERFILE


def test_every_image_has_a_version() -> None:
    images = [rest.split()[0] for name, rest in instructions() if name == "FROM"]
    stages = {rest.split()[-1] for name, rest in instructions() if name == "FROM" and " AS " in rest}
    assert all(re.fullmatch(r"python:3\.\d+-slim-\w+", image) for image in images if image not in stages)
    assert re.findall(r"image: postgres:(\S+)", COMPOSE) == ["18-trixie"]


def test_packages_come_by_hash_and_need_no_compiler() -> None:
    [install] = [rest for name, rest in instructions() if name == "RUN" and "pip install" in rest]
    assert "--require-hashes" in install
    assert "--only-binary=:all:" in install
    assert "requirements-dev" not in DOCKERFILE


def test_no_secret_is_written_down() -> None:
    for text in (DOCKERFILE, COMPOSE):
        for name, value in re.findall(r"\b(SECRET_KEY|\w*PASSWORD)(?:=|: )\s*(\S+)", text):
            thrown_away = value.startswith(("thrown-away", "$(openssl", "${DATABASE"))
            assert thrown_away or value.startswith(f"${{{name}:?"), (name, value)
    assert "SECRET_KEY" not in json.dumps(last_stage())
    for name in ("SECRET_KEY", "DATABASE_PASSWORD", "DATABASE_ADMIN_PASSWORD", "ALLOWED_HOSTS"):
        assert f"${{{name}:?" in COMPOSE
    assert ".env" in (PROJECT / ".gitignore").read_text().split()


def test_the_container_tells_how_it_is() -> None:
    [check] = last_stage()["HEALTHCHECK"]
    code = json.loads(check[check.index("[") :])[2]
    ast.parse(code)
    assert f":8000{ADDRESS}'" in code
    [command] = last_stage()["CMD"]
    assert json.loads(command)[-1] == "0.0.0.0:8000"


def test_services_may_do_as_little_as_they_can() -> None:
    hardened = service("x-hardened")
    for promise in ("cap_drop: [ALL]", "no-new-privileges:true", "read_only: true"):
        assert promise in hardened
    assert "<<: *hardened" in service("x-archive")
    for name in ("migrate", "web"):
        assert "<<: *archive" in service(name)
    assert "<<: *hardened" in service("database")
    assert "privileged" not in COMPOSE.replace("no-new-privileges", "")
    assert "internal: true" in COMPOSE  # the database is on no network that leads out
    assert re.findall(r"ports: (.*)", COMPOSE) == ['["127.0.0.1:${PORT:-8000}:8000"]']


def test_the_archive_starts_on_tables_that_are_there() -> None:
    assert "migrate: {condition: service_completed_successfully}" in service("web")
    assert "database: {condition: service_healthy}" in service("migrate")
    assert "pg_isready" in service("database")
    assert "database:/var/lib/postgresql\n" in service("database")
    assert "originals:/srv/originals" in service("x-archive")
    assert "ARCHIVE_ROOT=/srv/originals" in DOCKERFILE


def test_every_setting_can_be_given() -> None:
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", (PROJECT / "README.md").read_text(), re.M))
    given = set(re.findall(r"^    ([A-Z_]+): ", service("x-archive"), re.M))
    assert given == documented - OF_THE_IMAGE
    empty = set(re.findall(r"^    ([A-Z_]+): \$\{\1:-\}$", service("x-archive"), re.M))
    assert given - empty == INITIAL | {"BEHIND_HTTPS_PROXY"}


def test_what_the_program_reads_is_in_the_image() -> None:
    lines = (PROJECT / ".dockerignore").read_text().splitlines()
    ignored = [line for line in lines if line and not line.startswith("#")]
    needed = ("manage.py", "requirements.txt", "chefforum", "minutes", "templates", "static", "docs", "fixtures")
    for name in (*needed, "docs/brug.md", "LICENSE"):
        assert not [pattern for pattern in ignored if fnmatch(name, pattern)], name
    for name in (".git", "var", "tests", ".env", ".env.production", ".venv", "staticfiles", "requirements-dev.txt"):
        assert [pattern for pattern in ignored if fnmatch(name, pattern)], name


@pytest.mark.django_db
def test_the_database_is_made_for_an_account_that_owns_nothing_else(tmp_path: Path) -> None:
    """The script that PostgreSQL's image runs, on the tests' own server, under names of this test."""
    connection.ensure_connection()
    info = connection.connection.info
    name = f"archive_{os.getpid()}"
    script = (PROJECT / "docker/make-database.sh").read_text()
    script = re.sub(r"\barchive\b", name, script.partition("set -eu")[2])
    script = script.replace("REVOKE CONNECT ON DATABASE postgres FROM PUBLIC;", "")  # others use this server too
    environment = {
        **os.environ,
        "PGHOST": info.host,
        "PGPORT": str(info.port),
        "POSTGRES_USER": info.user,
        "ARCHIVE_PASSWORD": "it's a key",
        "PATH": f"{_programs()}{os.pathsep}{os.environ['PATH']}",
    }

    def ask(sql: str, user: str = info.user, database: str = "postgres") -> str:
        psql = ["psql", "--no-align", "--tuples-only", f"--username={user}", f"--dbname={database}", f"--command={sql}"]
        return subprocess.run(psql, env=environment, check=True, capture_output=True, text=True).stdout.strip()

    try:
        subprocess.run(["sh", "-eu", "-c", script], env=environment, check=True, capture_output=True)
        assert ask("CREATE EXTENSION pg_trgm; CREATE TABLE t (); SELECT current_user", name, name).endswith(name)
        rights = f"SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = '{name}'"  # noqa: S608
        assert ask(rights) == "f|f|f"
    finally:
        ask(f'DROP DATABASE IF EXISTS "{name}"')
        ask(f'DROP ROLE IF EXISTS "{name}"')


def _programs() -> Path:
    """Where psql is."""
    if connection.settings_dict["ENGINE"] == "chefforum.embedded":
        return installation() / "bin"
    return Path("/usr/lib/postgresql/15/bin")
