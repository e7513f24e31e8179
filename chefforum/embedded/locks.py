"""Locks on files: advisory, inherited by forks, and gone when the last process that has them open has gone."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def acquire(path: Path, *, shared: bool = False, wait: bool = True) -> int:
    """Lock `path`, which is made when missing; the lock ends when the descriptor that this returns is closed.

    Raises BlockingIOError if somebody else has it and `wait` is false.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB))
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def acquire_within(seconds: float, path: Path) -> int:
    """As `acquire`, exclusive, for as long as this may take. Raises TimeoutError."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return acquire(path, wait=False)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{path.name} is still held after {seconds:.0f} seconds") from None
            time.sleep(0.02)


@contextmanager
def holding(path: Path) -> Iterator[None]:
    """Hold `path` exclusively inside the `with` block."""
    descriptor = acquire(path)
    try:
        yield
    finally:
        os.close(descriptor)


def is_held(path: Path) -> bool:
    """Whether somebody holds `path` exclusively."""
    try:
        os.close(acquire(path, shared=True, wait=False))
    except BlockingIOError:
        return True
    return False
