"""Many files: read side by side in several processes, stored one after another in the order given.

Each thread here waits for a reading process of its own (`parsing.bounded`); the files are stored by the calling thread.
The order matters: of two editions of one meeting the later in the list is the one that holds, however long each took
to read. Storing takes one writer at a time anyway (see `locks`): more processes help until that is the slower half.
"""

from __future__ import annotations

import logging
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection

from minutes.models.locks import leave_dead_connection
from minutes.parsing.errors import ParseError, Unopenable
from minutes.parsing.opening import read_path

from . import files
from .reading import Reading, read
from .results import IngestError, IngestResult, NoDatabase, Outcome
from .service import ingest_file, known_file

_logger = logging.getLogger(__name__)

AHEAD = 2  # files being read or waiting, for each process


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file. `failed` is also a file that could not be opened, or that the machine could not keep."""

    path: Path
    failed: bool
    result: IngestResult | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class _Waiting:
    path: Path
    content: bytes
    reading: Future[Reading | ParseError]


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """The files that `paths` name, folders searched through in sorted order; hidden files in folders are left out.

    A folder that cannot be opened is answered as if it were a file, so that it is reported and not passed over.
    """
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises where a folder above may not be entered
            yield from sorted(_files_below(path))
        else:
            yield path


def _files_below(path: Path) -> list[Path]:
    found: list[Path] = []

    def note(error: OSError) -> None:
        found.append(Path(error.filename))

    for folder, folders, names in os.walk(path, onerror=note):
        folders[:] = [name for name in folders if not _is_hidden(name)]
        found += [Path(folder, name) for name in names if not _is_hidden(name)]
    return found


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$"))


def ingest_files(
    paths: Iterable[Path], *, processes: int = 1, draft: bool = False, user: Any = None
) -> Iterator[FileReport]:
    """Ingest each file, and report on each in the order given. A file that fails does not stop the others.

    Raises NoDatabase when there is no connection to be had any more; what was reported stands.
    """
    waiting: deque[_Waiting | FileReport] = deque()
    pool = ThreadPoolExecutor(processes, thread_name_prefix="reading")
    try:
        for path in paths:
            waiting.append(_begin(path, pool, draft=draft))
            while waiting and (len(waiting) > AHEAD * processes or isinstance(waiting[0], FileReport)):
                yield _finish(waiting.popleft(), draft=draft, user=user)
        while waiting:
            yield _finish(waiting.popleft(), draft=draft, user=user)
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(path: Path, pool: ThreadPoolExecutor, *, draft: bool) -> _Waiting | FileReport:
    if os.path.isdir(path):  # noqa: PTH112 - as above
        return FileReport(path, failed=True, message="Mappen må ikke læses af den konto, som programmet kører under.")
    try:
        content = read_path(path, settings.READ_LIMITS)
    except Unopenable as error:
        return FileReport(path, failed=True, message=error.message)
    except ParseError as error:
        return FileReport(path, failed=True, result=IngestResult(Outcome.REFUSED, error.message))
    sha256 = files.digest_of(content)
    try:
        known = known_file(sha256, draft=draft)
    except DatabaseError:
        known = None  # storing will find the fault again, and tell
        _connect_again()
    if known is not None and files.path_of(sha256).exists():
        return FileReport(path, failed=False, result=known)
    return _Waiting(path, content, pool.submit(read, content, settings.READ_LIMITS))


def _finish(waiting: _Waiting | FileReport, *, draft: bool, user: Any) -> FileReport:
    if isinstance(waiting, FileReport):
        return waiting
    try:
        result = ingest_file(
            content=waiting.content,
            filename=waiting.path.name,
            user=user,
            draft=draft,
            reading=waiting.reading.result(),
        )
    except IngestError as error:
        return FileReport(waiting.path, failed=True, message=error.message)
    except OSError as error:
        return FileReport(waiting.path, failed=True, message=f"Læseprocessen kunne ikke startes ({error.strerror}).")
    except DatabaseError:
        _logger.exception("Storing a file failed")
        _connect_again()
        return FileReport(waiting.path, failed=True, message="Databasen kunne ikke gemme den. Prøv filen igen.")
    return FileReport(waiting.path, failed=result.outcome is Outcome.REFUSED, result=result)


def _connect_again() -> None:
    """Leave a dead connection. Raises NoDatabase where there is no other: the next file would fare no better."""
    leave_dead_connection()
    try:
        connection.ensure_connection()
    except (DatabaseError, InterfaceError) as error:
        raise NoDatabase(
            "Databasen svarer ikke. Resten af filerne er ikke prøvet; kør igen, når den er tilbage."
        ) from error
