"""One run of PostgreSQL on the data in a directory: made, started, stopped."""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

from .binaries import account, major_version, programs
from .server import PORT

RECOVERY = 120.0  # seconds that a start may take, after a crash for example
DATABASE = "chefforum"  # also the name of its superuser
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "PATH": os.defpath, "TZ": "UTC"}  # nothing of the user's: any LANG will do
OPTIONS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "log_min_error_statement": "panic",  # the log holds no statement and no row: they are people's texts
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
}


class Postgres:
    """PostgreSQL on the data in `home`, run by a system user if this process is root's.

    Every process that is started here has the descriptor `lock` open: the lock ends with the last of them.
    """

    def __init__(self, home: Path, lock: int) -> None:
        self.home = home
        self.lock = lock
        self.data = home / "data"
        self.log = home / "server.log"
        self.runner = account()
        self.programs = programs(self.runner)

    def make_data(self) -> None:
        """Make an empty database, unless there is one. What an earlier try left unfinished is thrown away."""
        if self.data.exists():
            return
        draft = self.home / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        self._give(draft)
        initdb = ["initdb", f"--username={DATABASE}", "--auth=trust", "--encoding=UTF8", "--no-instructions"]
        self._run([*initdb, "--locale-provider=builtin", "--builtin-locale=C.UTF-8"], draft)
        self._run(["postgres", "--single", "postgres"], draft, entry=f"CREATE DATABASE {DATABASE};\n")
        draft.rename(self.data)

    def start(self) -> None:
        """Start the server, which then holds the lock alone; once it is ready, write down where its socket is.

        Raises OSError, with the end of the server's log, if it does not start.
        """
        made_by, ours = (self.data / "PG_VERSION").read_text(encoding="ascii").strip(), major_version()
        if made_by != ours:
            raise OSError(f"{self.data} was made by PostgreSQL {made_by}, which {ours} cannot read: move it away.")
        (self.data / "postmaster.pid").unlink(missing_ok=True)  # of a server that was killed: we have its lock
        if self.runner and self.data.stat().st_uid != self.runner.uid:  # a clone from another machine or user
            for path in (self.data, *self.data.rglob("*")):
                self._give(path)
        self._forget()
        self.sockets = Path(tempfile.mkdtemp(prefix="chefforum-", dir="/tmp"))  # short, and of mode 0700
        self._give(self.sockets)
        if self.log.exists():
            self.log.replace(self.home / "server.log.1")
        options = {**OPTIONS, "unix_socket_directories": str(self.sockets)}
        with self.log.open("wb") as log:
            command = ["postgres", *(word for name, value in options.items() for word in ("-c", f"{name}={value}"))]
            self.process = self._spawn(command, self.data, stdin=subprocess.DEVNULL, stdout=log)
        os.close(self.lock)
        self._wait_until_ready()
        record = self.home / "socket.new"
        record.write_text(str(self.sockets), encoding="utf-8")
        record.replace(self.home / "socket")

    def runs(self) -> bool:
        """Whether the server lives and can be reached: a cleaner of /tmp may have taken its socket away."""
        return self.process.poll() is None and (self.sockets / f".s.PGSQL.{PORT}").exists()

    def stop(self) -> None:
        """Disconnect everybody, write everything to disk, end, and leave nothing in /tmp."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait()
        shutil.rmtree(self.sockets, ignore_errors=True)
        (self.home / "socket").unlink(missing_ok=True)

    def _forget(self) -> None:
        """Remove the socket of an earlier server that was killed."""
        record = self.home / "socket"
        if record.exists():
            shutil.rmtree(record.read_text(encoding="utf-8"), ignore_errors=True)
            record.unlink()

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + RECOVERY
        while not self._is_ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.process.kill()
                self.process.wait()
                shutil.rmtree(self.sockets)
                said = self.log.read_text(encoding="utf-8", errors="replace")[-2000:]
                raise OSError(f"PostgreSQL does not start. {self.log} ends so:\n{said}")
            time.sleep(0.01)

    def _is_ready(self) -> bool:
        try:
            return "ready" in (self.data / "postmaster.pid").read_text(encoding="utf-8")
        except FileNotFoundError:
            return False

    def _run(self, command: list[str], directory: Path, entry: str = "") -> None:
        """Run one of PostgreSQL's programs to its end, with `entry` on its standard input. Raises OSError."""
        process = self._spawn(command, directory, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        said, _ = process.communicate(entry.encode())
        if process.returncode != 0 or b"ERROR:" in said:  # after an error in SQL, `postgres --single` exits with 0
            raise OSError(f"{command[0]} failed:\n{said.decode(errors='replace')[-2000:]}")

    def _spawn(self, command: list[str], data: Path, *, stdin: int, stdout: int | IO[bytes]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - the wheel's own programs
            [self.programs / command[0], *command[1:]],
            stdin=stdin,
            stdout=stdout,
            stderr=subprocess.STDOUT,
            cwd=data,
            env={**ENVIRONMENT, "PGDATA": _here(data)},
            umask=0o077,
            user=self.runner.uid if self.runner else None,
            group=self.runner.gid if self.runner else None,
            extra_groups=[] if self.runner else None,
            pass_fds=[self.lock],
            preexec_fn=_ends_with_its_parent(),  # the keeper has one thread, so this is safe
        )

    def _give(self, path: Path) -> None:
        if self.runner:
            os.chown(path, self.runner.uid, self.runner.gid, follow_symlinks=False)


def _here(data: Path) -> str:
    """How the server names its working directory `data`.

    Linux opens this path without walking down to it, so that the server's user needs no right to enter any directory
    above, and no path is too long or holds a character that PostgreSQL would trip over.
    """
    return "/proc/self/cwd" if Path("/proc/self/cwd").exists() else str(data)


def _ends_with_its_parent() -> Callable[[], None] | None:
    """What a child does so that it is told to stop when its parent is killed: no server outlives its keeper (Linux)."""
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    set_signal_at_parents_death = 1  # PR_SET_PDEATHSIG of <linux/prctl.h>
    return lambda: library.prctl(set_signal_at_parents_death, signal.SIGINT)
