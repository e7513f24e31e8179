"""Many files: read side by side in several processes, stored one after another in the order given.

Each thread here waits for a reading process of its own (`parsing.bounded`); the files are stored by the calling thread.
The order matters: of two editions of one meeting the later in the list is the one that holds, however long each took
to read. Storing takes one writer at a time anyway (see `locks`): more processes help until that is the slower half.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError

from minutes.parsing.errors import ParseError
from minutes.parsing.readers import too_large

from . import files
from .reading import Reading, read
from .results import IngestError, IngestResult, Outcome
from .service import ingest_file, known_file

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
    """The files that `paths` name, folders searched through in sorted order; hidden files in folders are left out."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for found in sorted(path.rglob("*")):
            hidden = any(part.startswith((".", "~$")) for part in found.relative_to(path).parts)
            if not hidden and found.is_file():
                yield found


def ingest_files(
    paths: Iterable[Path], *, processes: int = 1, draft: bool = False, user: Any = None
) -> Iterator[FileReport]:
    """Ingest each file, and report on each in the order given. A file that fails does not stop the others."""
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
    try:
        size = path.stat().st_size
        if not path.is_file():
            return FileReport(path, failed=True, message="Det er ikke en fil.")
        if size > settings.READ_LIMITS.max_file_bytes:
            refusal = IngestResult(Outcome.REFUSED, too_large(size, settings.READ_LIMITS).message)
            return FileReport(path, failed=True, result=refusal)
        content = path.read_bytes()
    except FileNotFoundError:
        return FileReport(path, failed=True, message="Filen findes ikke.")
    except OSError as error:
        return FileReport(path, failed=True, message=f"Filen kan ikke læses ({error.strerror}).")
    sha256 = files.digest_of(content)
    known = known_file(sha256, draft=draft)
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
    except DatabaseError as error:
        return FileReport(waiting.path, failed=True, message=f"Databasen kunne ikke gemme den: {error}".strip())
    return FileReport(waiting.path, failed=result.outcome is Outcome.REFUSED, result=result)
