"""The side of a process that uses the private server."""

import os
import socket
import subprocess
import sys
from functools import cache
from pathlib import Path

from . import locks

LINGER = 5.0  # seconds that the server outlives its last user: longer than a restart of the development server takes
PORT = 5432  # names the socket; nothing listens on the network
PROJECT = Path(__file__).resolve().parents[2]


class ServerNotStarted(Exception):
    """The private PostgreSQL cannot be started; the message says why."""


class Server:
    """The private server whose files lie in `home`, as one process sees it."""

    def __init__(self, home: Path, linger: float = LINGER) -> None:
        self.home = home
        self.linger = linger
        self._user: tuple[int, int] | None = None  # the process that took the lock of a user, and its descriptor

    def socket_directory(self) -> str:
        """Where the server's socket is. Starts the server if none was started; raises ServerNotStarted."""
        self._be_a_user()
        return self._recorded() or self.ensure()

    def ensure(self) -> str:
        """As `socket_directory`, after making sure that the server still answers."""
        self._be_a_user()
        with locks.holding(self.home / "start.lock"):
            if directory := self.answering():
                return directory
            self._start()
            if directory := self.answering():
                return directory
        raise ServerNotStarted(f"PostgreSQL stopped as soon as it had started; see {self.home / 'server.log'}")

    def _be_a_user(self) -> None:
        """Keep the server running until this process ends. A fork is a user of its own, from its first connection."""
        if self._user and self._user[0] == os.getpid():
            return
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._user = os.getpid(), locks.acquire(self.home / "users.lock", shared=True)  # waits while it is stopped

    def _recorded(self) -> str | None:
        try:
            return (self.home / "socket").read_text(encoding="utf-8")
        except FileNotFoundError:
            return None

    def answering(self) -> str | None:
        """Where the server's socket is, if it accepts connections and has a keeper."""
        directory = self._recorded()
        if directory is None or not locks.is_held(self.home / "keeper.lock"):
            return None
        return directory if listens(directory) else None

    def _start(self) -> None:
        command = [sys.executable, "-m", "chefforum.embedded.keeper", str(self.home), str(self.linger)]
        path = os.pathsep.join([str(PROJECT), *filter(None, [os.environ.get("PYTHONPATH")])])
        done = subprocess.run(  # noqa: S603 - our own module and paths
            command,
            cwd="/",  # the keeper outlives us and must hold no directory
            env={**os.environ, "PYTHONPATH": path},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            check=False,
        )
        if done.returncode != 0:
            said = done.stderr.strip()
            raise ServerNotStarted(said or f"The keeper of the private PostgreSQL ended with {done.returncode}.")


def listens(directory: str) -> bool:
    """Whether a server accepts connections on the socket in `directory`."""
    with socket.socket(socket.AF_UNIX) as client:
        try:
            client.connect(f"{directory}/.s.PGSQL.{PORT}")
        except OSError:
            return False
    return True


@cache
def server_at(home: Path, linger: float = LINGER) -> Server:
    """The one `Server` of this process for `home`."""
    return Server(home, linger)
