"""Reading, parsing and drawing in a child process with bounded memory and time.

PDFium is C and not thread-safe, and files come from outside. A child that dies, hangs or swells is a refused file and
nothing more; the next file gets a new child. Each thread keeps one child and uses it again.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import selectors
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from minutes.parsing import errors
from minutes.parsing.errors import OutOfBounds, ParseError
from minutes.parsing.limits import Limits
from minutes.parsing.opening import read_path
from minutes.parsing.readers import too_large
from minutes.parsing.serialise import from_dict
from minutes.parsing.types import ParsedMinutes
from minutes.parsing.worker import LENGTH, NUL

CHUNK = 64 * 1024  # what a pipe takes at once
MOST_FILES = 200  # for one child: whatever PDFium may leak ends with it
LARGEST_ANSWER = 256 * 1024 * 1024
START_SECONDS = 20.0  # on top of the first file's time, for a machine that is busy
PASSED_ON = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "SYSTEMROOT")  # all else, secrets among it, stays here
ROOT = Path(__file__).resolve().parents[2]

type Data = dict[str, Any]
type Understand[Told] = Callable[[Data, bytes], Told]

_logger = logging.getLogger(__name__)
_KINDS = {
    kind.code: kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, ParseError) and kind is not ParseError
}
_DIED = (
    "Filen kunne ikke læses: den brugte for meget hukommelse eller fik læseren til at gå ned. "
    "Hent den igen, eller gem den på ny som PDF eller .docx."
)
_LATE = "Filen tog mere end {seconds:.0f} sekunder at læse og er opgivet. Del den op, eller gem den på ny."


def parse_bytes(content: bytes, limits: Limits | None = None) -> ParsedMinutes:
    """Read and parse a file in this thread's child process.

    Raises a kind of `ParseError`, and nothing else, for a file that cannot be read; OutOfBounds among them when the
    child used up its time or memory, or died.
    """
    return ask({"task": "parse"}, content, limits or Limits(), _minutes)


def ask[Told](question: Data, content: bytes, limits: Limits, understand: Understand[Told]) -> Told:
    """What this thread's child says about a file: `question` names the worker's task, `understand` takes the answer's
    JSON and bytes and raises what such functions raise, ValueError or KeyError or TypeError, where they are odd.

    Raises a kind of `ParseError` and nothing else.
    """
    if len(content) > limits.max_file_bytes:
        raise too_large(len(content), limits)
    return _child_of_this_thread(limits).ask(question, content, limits, understand)


def _minutes(told: Data, _: bytes) -> ParsedMinutes:
    return from_dict(told["parsed"])


def parse_file(path: Path, limits: Limits | None = None) -> ParsedMinutes:
    """Read and parse a file by its path. Raises a kind of `ParseError`, and nothing else."""
    limits = limits or Limits()
    return parse_bytes(read_path(path, limits), limits)


class Child:
    """A child process that reads files one after another. Not to be shared between threads."""

    def __init__(self, limits: Limits) -> None:
        self.memory_bytes = limits.memory_bytes
        self.peak_bytes = 0  # the most memory the present process has held
        self._owner = os.getpid()
        self._process: subprocess.Popen[bytes] | None = None
        self._files = 0

    @property
    def pid(self) -> int | None:
        """The process that is there now, None before the first file and after a crash."""
        return self._process.pid if self._process else None

    def parse(self, content: bytes, limits: Limits) -> ParsedMinutes:
        """The minutes in `content`. Raises a kind of `ParseError` and nothing else."""
        return self.ask({"task": "parse"}, content, limits, _minutes)

    def ask[Told](self, question: Data, content: bytes, limits: Limits, understand: Understand[Told]) -> Told:
        """As the function `ask`, of this child."""
        deadline = time.monotonic() + limits.seconds
        if self._process is None or self._process.poll() is not None or self._files >= MOST_FILES:
            self.close()
            self._start()
            deadline += START_SECONDS
        asked = json.dumps(question | {"limits": asdict(limits)}).encode()
        frames = [LENGTH.pack(len(asked)), asked, LENGTH.pack(len(content)), content]
        try:
            answer = self._exchange(frames, deadline)
        except TimeoutError:
            self.close()
            raise OutOfBounds(_LATE.format(seconds=limits.seconds)) from None
        except (OSError, EOFError):
            self.close()
            raise OutOfBounds(_DIED) from None
        except BaseException:  # Ctrl-C in mid-file: the child's answer would be taken for the next file's
            self.close()
            raise
        self._files += 1
        try:
            return understand(*self._opened(answer))
        except ParseError:
            raise
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
            self.close()
            raise OutOfBounds(_DIED) from None

    def _opened(self, answer: bytes) -> tuple[Data, bytes]:
        """The answer's JSON and bytes. Raises what it tells of, and what `understand` raises for an odd one."""
        told, _, bytes_told = answer.partition(NUL)
        data: Data = json.loads(told)
        self.peak_bytes = int(data["peak_bytes"])
        if "fault" in data:
            _logger.error("Reading a file failed:\n%s", data["fault"])
            raise OutOfBounds(_DIED)
        error = data.get("error")
        if error is None:
            return data, bytes_told
        kind = _KINDS[error["code"]]
        if kind is OutOfBounds:
            self.close()
        raise kind(str(error["message"]), page=error["page"], line=error["line"])

    def _start(self) -> None:
        environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-B", "-s", "-m", "minutes.parsing.worker", str(self.memory_bytes), str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            cwd=ROOT,
            env=environment | {"PYTHONUTF8": "1"},
            close_fds=True,
            start_new_session=True,  # Ctrl-C is for the parent, which then ends its child
        )
        self._files = 0
        self.peak_bytes = 0

    def _exchange(self, frames: list[bytes], deadline: float) -> bytes:
        """Write a request and read its answer, both without waiting longer than the deadline."""
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise EOFError
        writing, reading = process.stdin.fileno(), process.stdout.fileno()
        os.set_blocking(writing, False)
        os.set_blocking(reading, False)
        pending = [memoryview(frame) for frame in frames if frame]
        received = bytearray()
        with selectors.DefaultSelector() as selector:
            selector.register(writing, selectors.EVENT_WRITE)
            selector.register(reading, selectors.EVENT_READ)
            while True:
                remaining = deadline - time.monotonic()
                if remaining <= 0:
                    raise TimeoutError
                for key, _ in selector.select(remaining):
                    if key.fd == reading:
                        if answer := _take_answer(reading, received):
                            return answer
                    elif not _send(writing, pending):
                        selector.unregister(writing)

    def close(self) -> None:
        """End the process; the next file starts another."""
        process, self._process = self._process, None
        if process is None:
            return
        mine = self._owner == os.getpid()  # after a fork it is another process's child
        if mine:
            with contextlib.suppress(OSError):
                process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        if mine:
            process.wait()
        else:
            process.returncode = 0  # nothing for this process to wait for

    def __del__(self) -> None:
        self.close()


def _send(pipe: int, pending: list[memoryview]) -> bool:
    """Write what the pipe takes now; whether there is more to write."""
    with contextlib.suppress(BlockingIOError):
        sent = os.write(pipe, pending[0][:CHUNK])
        pending[0] = pending[0][sent:]
        if not pending[0]:
            pending.pop(0)
    return bool(pending)


def _take_answer(pipe: int, received: bytearray) -> bytes | None:
    """Read what is there now; the answer when it is complete."""
    try:
        chunk = os.read(pipe, CHUNK)
    except BlockingIOError:
        return None
    if not chunk:
        raise EOFError
    received += chunk
    if len(received) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack_from(received)
    if length > LARGEST_ANSWER:
        raise EOFError
    return bytes(received[LENGTH.size :]) if len(received) >= LENGTH.size + length else None


_local = threading.local()


def _child_of_this_thread(limits: Limits) -> Child:
    """This thread's child: a new one in a new process or thread, or when the memory limit has changed."""
    child: Child | None = getattr(_local, "child", None)
    if child is None or child._owner != os.getpid() or child.memory_bytes != limits.memory_bytes:
        if child is not None:
            child.close()
        child = _local.child = Child(limits)
    return child
