"""A private server as tests see it, and the programs that use it."""

from __future__ import annotations

import os
import pwd
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from chefforum.embedded import locks

PROGRAM = Path(__file__).with_name("program.py")
PROJECT = PROGRAM.parents[2]


class Program:
    """A running `program.py`."""

    def __init__(self, home: Path, linger: float, way: str, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, PROGRAM, str(home), str(linger), *filter(None, [way])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(PROJECT), **environment},
        )

    def send(self, sql: str) -> None:
        """Give it `sql` to run, without waiting for the answer."""
        assert self.process.stdin
        self.process.stdin.write(f"{sql}\n")
        self.process.stdin.flush()

    def answer(self) -> str:
        """The answer to what was sent; what the program said last if it has died."""
        assert self.process.stdout and self.process.stderr
        patience = threading.Timer(60, self.process.kill)
        patience.start()
        line = self.process.stdout.readline()
        patience.cancel()
        return line.removesuffix("\n") if line else f"died: {self.process.stderr.read()}"

    def ask(self, sql: str) -> str:
        """The first column of the first row."""
        self.send(sql)
        return self.answer()

    def end(self, *, killed: bool = False) -> None:
        """End it by closing its input, or at once."""
        if killed:
            self.process.kill()
        _, complaint = self.process.communicate()
        assert killed or complaint == ""


class Private:
    """A private server's home, with what a test wants to know of it."""

    def __init__(self, home: Path, linger: float = 0.3) -> None:
        self.home = home
        self.linger = linger
        self.programs: list[Program] = []

    def program(self, way: str = "", **environment: str) -> Program:
        """Start a program that uses it."""
        self.programs.append(Program(self.home, self.linger, way, environment))
        return self.programs[-1]

    def ask(self, sql: str) -> str:
        """What the first program answers."""
        return self.programs[0].ask(sql)

    def close(self) -> None:
        """Kill the programs, and wait until the server has stopped."""
        for program in self.programs:
            program.end(killed=True)
        assert self.stopped_within(self.linger + 10)

    @property
    def sockets(self) -> Path:
        return Path((self.home / "socket").read_text())

    @property
    def postmaster(self) -> int:
        return int((self.home / "data/postmaster.pid").read_text().split()[0])

    @property
    def keeper(self) -> int:
        """The server's parent."""
        return int(Path(f"/proc/{self.postmaster}/stat").read_text().rpartition(")")[2].split()[1])

    def runs(self) -> bool:
        """Whether any process of the server or its keeper lives."""
        held = (self.home / name for name in ("server.lock", "keeper.lock"))
        return any(path.exists() and locks.is_held(path) for path in held)

    def stopped_within(self, seconds: float) -> bool:
        """Wait for the server and its keeper to end, but not longer."""
        return eventually(lambda: not self.runs(), seconds)


def eventually(holds: Callable[[], bool], seconds: float) -> bool:
    """Whether `holds` becomes true in this time."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def kill(*processes: int) -> None:
    """kill -9"""
    for process in processes:
        os.kill(process, signal.SIGKILL)


def name_of_owner(path: Path) -> str:
    """The name of the user whom `path` belongs to."""
    return pwd.getpwuid(path.stat().st_uid).pw_name
