"""The keeper: a detached process that starts the private server, and stops it some seconds after its last user.

    python -m chefforum.embedded.keeper HOME SECONDS

ends when the server accepts connections (exit 0) or cannot be started (exit 1, with the reason on stderr). The keeper
itself goes on in the background, and ends with the server.
"""

import os
import sys
import time
from contextlib import suppress
from pathlib import Path

from . import locks
from .postgres import Postgres
from .server import Server

PATIENCE = 60.0  # seconds for an earlier keeper and server to end
READY = b"ready"


def main(arguments: list[str]) -> int:
    """Detach a keeper for the home and the seconds that `arguments` name; return the exit status."""
    home, linger = Path(arguments[0]), float(arguments[1])
    read_end, write_end = os.pipe()
    if os.fork() == 0:
        os.close(read_end)
        _detach()
        try:
            keep(home, linger, write_end)
        except Exception as problem:
            with suppress(OSError):  # whoever asked has been answered, or has gone
                os.write(write_end, str(problem).encode())
        os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as report:
        said = report.read()
    if said == READY:
        return 0
    sys.stderr.write(said.decode() or "The keeper of the private PostgreSQL was killed while it started the server.")
    return 1


def keep(home: Path, linger: float, report: int) -> None:
    """Run the server, unless another keeper's runs: start it, say so to the pipe `report`, watch and stop it.

    Raises OSError if it cannot be started.
    """
    keeper_lock = _become_keeper(home)
    if keeper_lock is not None:
        postgres = Postgres(home, locks.acquire_within(PATIENCE, home / "server.lock"))
        postgres.make_data()
        postgres.start()
    os.write(report, READY)
    os.close(report)
    if keeper_lock is not None:
        try:
            _watch(postgres, home / "users.lock", linger)
        finally:  # also when the clone was deleted, and the lock with it
            postgres.stop()


def _become_keeper(home: Path) -> int | None:
    """The lock of the keeper; None if there is another, and its server answers. Raises TimeoutError."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return locks.acquire_within(0.1, home / "keeper.lock")
        except TimeoutError:
            if Server(home).answering():
                return None
            if time.monotonic() > deadline:
                raise


def _watch(postgres: Postgres, users_lock: Path, linger: float) -> None:
    """Return when the server has ended by itself, or `linger` seconds after its last user."""
    alone_since: float | None = None
    while postgres.runs():
        time.sleep(0.25)
        try:
            users = locks.acquire(users_lock, wait=False)
        except BlockingIOError:
            alone_since = None
            continue
        alone_since = alone_since or time.monotonic()
        if time.monotonic() - alone_since >= linger:
            return  # with the lock held: whoever comes now waits until the server has stopped, and starts it anew
        os.close(users)


def _detach() -> None:
    """Leave the terminal and close stdio, so that nobody waits for it."""
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
