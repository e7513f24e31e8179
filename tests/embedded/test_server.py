"""The private server from the outside: programs connect, and it is there."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

import pytest

from tests.embedded.private import PROJECT, Private, name_of_owner

pytestmark = pytest.mark.xdist_group("running server")  # one worker starts it


def test_first_connection_starts_it(running: Private) -> None:
    assert int(running.ask("SHOW server_version_num")) >= 180000
    assert running.ask("SELECT current_database()") == "chefforum"


def test_danish_letters_fold_in_every_database(running: Private) -> None:
    assert running.ask("SELECT lower('ÅRSHJUL PÅ ØEN')") == "årshjul på øen"
    assert running.ask("CREATE DATABASE test_chefforum") == "done"
    assert running.ask("SELECT datlocale FROM pg_database WHERE datname = 'test_chefforum'") == "C.UTF-8"


def test_has_the_extension_that_search_needs(running: Private) -> None:
    assert running.ask("CREATE EXTENSION pg_trgm") == "done"
    assert running.ask("SELECT similarity('budget', 'budgettet') > 0.5") == "True"


def test_no_network_port_and_a_socket_of_its_own(running: Private) -> None:
    assert running.ask("SHOW listen_addresses") == ""
    assert running.sockets.stat().st_mode & 0o777 == 0o700
    assert len(str(running.sockets)) < 40  # a socket's path may have 107 bytes on Linux, 103 elsewhere
    assert PROJECT not in running.sockets.parents
    assert (running.sockets / ".s.PGSQL.5432").is_socket()


def test_nobody_else_can_read_its_files(running: Private) -> None:
    assert running.home.stat().st_mode & 0o777 == 0o700
    assert (running.home / "data").stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs it as somebody else")
def test_root_runs_it_as_a_system_user(running: Private) -> None:
    owner = name_of_owner(running.home / "data")
    assert owner == "chefforum-db"
    assert name_of_owner(Path(f"/proc/{running.postmaster}")) == owner
    assert pwd.getpwnam(owner).pw_shell == "/usr/sbin/nologin"


def test_any_environment(private: Private) -> None:
    languages = dict.fromkeys(("LANG", "LC_ALL", "LC_MESSAGES"), "xx_YY.UTF-8")
    program = private.program(**languages, PGDATA="/nonexistent", PGPORT="1", PGHOST="localhost", PGUSER="nobody")
    assert program.ask("SELECT upper('æøå') || current_user") == "ÆØÅchefforum"


def test_blanks_danish_letters_and_length_in_the_path(tmp_path: Path, private: Private) -> None:
    private.home = tmp_path / "mit arkiv på 'øen'" / ("meget langt " * 15) / "postgres"
    assert private.program().ask("SELECT 1") == "1"


def test_log_holds_no_statement(private: Private) -> None:
    program = private.program()
    assert "died" in program.ask("SELECT 'Hemmeligt navn'::int")
    log = (private.home / "server.log").read_text()
    assert "ERROR:  invalid input syntax for type integer" in log
    assert "SELECT" not in log


def test_below_a_directory_that_nobody_may_enter_and_no_mode_is_changed(private: Private) -> None:
    private.home.parent.chmod(0o700)
    above = {path: path.stat().st_mode for path in private.home.parents}
    assert private.program().ask("SELECT 1") == "1"
    assert {path: path.stat().st_mode for path in private.home.parents} == above


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_root_takes_over_data_of_another_user(private: Private) -> None:
    program = private.program()
    program.ask("CREATE TABLE kept AS SELECT 7 AS number")
    program.end()
    assert private.stopped_within(5)
    for path in (private.home / "data", *(private.home / "data").rglob("*")):
        os.chown(path, 65534, 65534)
    assert private.program().ask("SELECT number FROM kept") == "7"


def test_data_of_another_version_is_refused_with_the_reason(private: Private) -> None:
    program = private.program()
    program.ask("SELECT 1")
    program.end()
    assert private.stopped_within(5)
    (private.home / "data/PG_VERSION").write_text("17\n")
    assert "was made by PostgreSQL 17" in private.program().ask("SELECT 1")
