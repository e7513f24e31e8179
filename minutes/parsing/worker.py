"""The bounded child process: reads the files that its parent, `bounded`, hands it, and draws their pages.

Requests and answers are frames: eight bytes that say how long, then so many bytes. A request is two frames, what is
asked with the limits as JSON, and the file; an answer is one frame, JSON and behind a NUL what a picture holds. Never a
pickle: a child that a hostile file has taken over can send wrong data, but nothing that runs in its parent.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import math
import os
import signal
import struct
import sys
import traceback
from pathlib import Path
from typing import Any, BinaryIO

from minutes.parsing.errors import OutOfBounds, ParseError
from minutes.parsing.limits import Limits

LENGTH = struct.Struct(">Q")
NUL = b"\0"  # which JSON never holds
PR_SET_PDEATHSIG = 1  # of Linux's prctl
OPEN_FILES = 64
TOO_MUCH_MEMORY = (
    "Filen bruger for meget hukommelse at læse. Del den op, eller gem den på ny uden store billeder og bilag."
)


def main(memory_bytes: int, parent: int) -> None:
    """Answer requests until the parent closes its end."""
    _die_with(parent)
    _bound(memory_bytes)
    requests, answers = _take_pipes()
    os.chdir("/")
    gc.disable()  # a file's lines hold no circles; looking for some, again and again, costs a tenth of the time
    while (asked := _read_frame(requests)) is not None:
        content = _read_frame(requests)
        if content is None:
            return
        question = json.loads(asked)
        limits = Limits(**question["limits"])
        _bound_time(limits.seconds)
        told, bytes_told = _answer(question, content, limits)
        answer = json.dumps(told | {"peak_bytes": peak_bytes()}).encode() + NUL + bytes_told
        del content, bytes_told
        answers.write(LENGTH.pack(len(answer)) + answer)
        answers.flush()
        gc.collect()


def _answer(question: dict[str, Any], content: bytes, limits: Limits) -> tuple[dict[str, Any], bytes]:
    """What is told as JSON, and in bytes."""
    try:
        return _TASKS[question["task"]](question, content, limits)
    except MemoryError:
        error: ParseError = OutOfBounds(TOO_MUCH_MEMORY)
    except ParseError as caught:
        error = caught
    except Exception as mistake:  # of the program: one file is refused, and whoever runs it is told where it lies
        # Without the exception's own words, which may quote the file.
        where = "".join(traceback.format_tb(mistake.__traceback__, limit=-8))
        return {"fault": f"{where}{type(mistake).__name__}"}, b""
    return {"error": {"code": error.code, "message": error.message, "page": error.page, "line": error.line}}, b""


# What is needed is imported when it is first asked for: a process that reads text never loads PDFium.


def _parsed(question: dict[str, Any], content: bytes, limits: Limits) -> tuple[dict[str, Any], bytes]:
    from minutes.parsing.assemble import parse
    from minutes.parsing.readers import read
    from minutes.parsing.serialise import to_dict

    return {"parsed": to_dict(parse(read(content, limits)))}, b""


def _sizes(question: dict[str, Any], content: bytes, limits: Limits) -> tuple[dict[str, Any], bytes]:
    from minutes.parsing.page_image import page_sizes

    return {"sizes": [(size.width, size.height) for size in page_sizes(content, limits)]}, b""


def _picture(question: dict[str, Any], content: bytes, limits: Limits) -> tuple[dict[str, Any], bytes]:
    from minutes.parsing.page_image import render
    from minutes.parsing.places import Place

    places = [Place(first, last) for first, last in question["places"]]
    picture = render(content, question["page"], width=question["width"], places=places, limits=limits)
    return {"size": (picture.width, picture.height), "coloured": picture.coloured}, picture.packed


_TASKS = {"parse": _parsed, "sizes": _sizes, "picture": _picture}


def _read_frame(stream: BinaryIO) -> bytes | None:
    """The next frame, None when the parent is done or gone."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    body = stream.read(length)
    return body if len(body) == length else None


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes, under numbers of their own: what prints or asks by mistake gets nothing."""
    requests, answers = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.close(nowhere)
    return os.fdopen(requests, "rb"), os.fdopen(answers, "wb")


def _die_with(parent: int) -> None:
    """Have Linux end this process when its parent ends in any way; elsewhere it ends when it next reads its pipe."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        raise SystemExit


def _bound(memory_bytes: int) -> None:
    """No core dump, no files written, few opened, and on Linux no more data than the limit."""
    import resource

    wanted = {resource.RLIMIT_CORE: 0, resource.RLIMIT_FSIZE: 0, resource.RLIMIT_NOFILE: OPEN_FILES}
    if sys.platform == "linux":
        # Data, not address space: PDFium and Python reserve far more addresses than they use.
        wanted[resource.RLIMIT_DATA] = memory_bytes
    for kind, limit in wanted.items():
        hard = resource.getrlimit(kind)[1]
        value = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (value, value))


def _bound_time(seconds: float) -> None:
    """Processor time for one file: the parent's deadline comes first, this holds when the parent is gone."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = math.ceil(used.ru_utime + used.ru_stime + seconds) + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (limit, hard))


def peak_bytes() -> int:
    """The most memory this process has held. Linux's getrusage would count in what its parent held before the start."""
    with contextlib.suppress(OSError, StopIteration, ValueError):
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return int(next(line for line in status.splitlines() if line.startswith("VmHWM:")).split()[1]) * 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # in bytes on a Mac


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
