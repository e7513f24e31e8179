"""When the private server starts and stops, whoever is killed meanwhile."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.embedded.private import Private, eventually, kill

STARTED = "SELECT pg_postmaster_start_time()"


def test_stops_some_seconds_after_its_last_user_and_leaves_nothing(private: Private) -> None:
    private.linger = 1.0
    first, second = private.program(), private.program()
    first.ask("SELECT 1")
    second.ask("SELECT 1")
    sockets = private.sockets
    first.end()
    time.sleep(private.linger + 1)
    assert private.runs(), "the second program still uses it"
    second.end()
    assert private.runs(), "it waits for the next user"
    assert private.stopped_within(private.linger + 3)
    assert not sockets.exists()
    assert not (private.home / "socket").exists()


def test_keeps_its_data(private: Private) -> None:
    program = private.program()
    program.ask("CREATE TABLE kept AS SELECT 7 AS number")
    program.end()
    assert private.stopped_within(5)
    assert private.program().ask("SELECT number FROM kept") == "7"


def test_six_programs_starting_at_once_share_one_server(private: Private) -> None:
    programs = [private.program() for _ in range(6)]
    for program in programs:
        program.send(STARTED)
    answers = {program.answer() for program in programs}
    assert len(answers) == 1, answers


def test_server_killed(private: Private) -> None:
    program = private.program()
    program.ask("CREATE TABLE kept AS SELECT 7 AS number")
    kill(private.postmaster)
    assert program.ask("SELECT number FROM kept") == "7"


def test_programs_that_all_find_the_server_killed_share_the_next(private: Private) -> None:
    programs = [private.program() for _ in range(3)]
    started = {program.ask(STARTED) for program in programs}
    kill(private.postmaster)
    for program in programs:
        program.send(STARTED)
    answers = {program.answer() for program in programs}
    assert len(answers) == 1
    assert answers != started


def test_keeper_killed(private: Private) -> None:
    program = private.program()
    program.ask("CREATE TABLE kept AS SELECT 7 AS number")
    server = private.postmaster
    kill(private.keeper)
    assert eventually(lambda: not private.runs(), 5), "no server outlives its keeper"
    assert program.ask("SELECT number FROM kept") == "7"
    assert private.postmaster != server


def test_keeper_killed_and_the_next_connection_comes_at_once(private: Private) -> None:
    program = private.program()
    program.ask("SELECT 1")
    kill(private.keeper)
    assert program.ask("SELECT 1") == "1"


def test_owner_killed(private: Private) -> None:
    program = private.program()
    program.ask("SELECT 1")
    program.end(killed=True)
    assert private.stopped_within(private.linger + 3)


def test_everything_killed(private: Private) -> None:
    program = private.program()
    program.ask("CREATE TABLE kept AS SELECT 7 AS number")
    server, keeper = private.postmaster, private.keeper
    kill(program.process.pid, keeper, server)
    assert private.program().ask("SELECT number FROM kept") == "7"


@pytest.mark.parametrize("after", [0.4, 0.8])
def test_owner_killed_while_it_starts(private: Private, after: float) -> None:
    program = private.program()
    program.send("SELECT 1")
    time.sleep(after)
    program.end(killed=True)
    assert private.program().ask("SELECT 1") == "1"


def test_keeper_killed_while_it_makes_the_database(private: Private) -> None:
    program = private.program()
    program.send("SELECT 1")
    draft = private.home / "data.new"
    assert eventually(draft.exists, 5)
    kill(*_keepers_of(private))
    assert "The keeper of the private PostgreSQL" in program.answer()
    assert private.program().ask("SELECT 1") == "1"
    assert not draft.exists()


def test_socket_taken_away_by_a_cleaner(private: Private) -> None:
    program = private.program()
    program.ask("SELECT 1")
    (private.sockets / ".s.PGSQL.5432").unlink()
    assert eventually(lambda: not private.runs(), 5)
    assert program.ask("SELECT 1") == "1"


def test_clone_moved_or_deleted_while_it_runs(private: Private) -> None:
    program = private.program()
    program.ask("SELECT 1")
    sockets, server = private.sockets, Path(f"/proc/{private.postmaster}")
    program.end()
    private.home.rename(private.home.with_name("elsewhere"))
    assert eventually(lambda: not sockets.exists(), 5)
    assert eventually(lambda: not server.exists(), 5)


def test_fork_is_a_user_of_its_own(private: Private) -> None:
    program = private.program("fork")
    started = program.ask(STARTED)
    assert program.ask(STARTED) == started  # by the fork; the parent has ended
    assert eventually(lambda: program.process.poll() is not None, 2)
    time.sleep(private.linger + 0.7)
    assert program.ask(STARTED) == started


def test_spawned_children_use_the_same_server(private: Private) -> None:
    private.linger = 3.0  # between two children there is nobody
    program = private.program("spawn")
    assert program.ask(STARTED) == program.ask(STARTED)


def _keepers_of(private: Private) -> list[int]:
    """The keeper before there is a server: processes that run its module for this home."""
    wanted = ["chefforum.embedded.keeper", str(private.home)]
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_text().split("\0")
        except OSError:
            continue
        if all(word in words for word in wanted):
            found.append(int(process.name))
    return found
