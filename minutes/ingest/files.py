"""The store of originals: a file lies under its own SHA-256, is written once and never overwritten.

A file is complete on disk, its name too, before the transaction commits that tells of it. What a failure leaves behind
is a file without a row, which nobody sees and `manage.py sweep` takes away.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from .results import StoreDamaged, StoreUnwritable

CHUNK = 1024 * 1024
FILE_MODE = 0o440
DIRECTORY_MODE = 0o750
_DIGEST = re.compile(r"[0-9a-f]{64}")
_UNFINISHED = ".part"


def digest_of(content: bytes) -> str:
    """The SHA-256 of `content`, as hex."""
    return hashlib.sha256(content).hexdigest()


def digest_of_file(path: Path) -> str:
    """The SHA-256 of the file at `path`, as hex, read piece by piece. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def path_of(sha256: str) -> Path:
    """Where the file with that checksum lies, whether it is there or not."""
    if not _DIGEST.fullmatch(sha256):
        raise ValueError(f"not a SHA-256: {sha256!r}")
    return Path(settings.ARCHIVE_ROOT) / sha256[:2] / sha256


def read(sha256: str) -> bytes:
    """The stored bytes. Raises StoreDamaged when they are gone or are no longer what was stored."""
    try:
        content = path_of(sha256).read_bytes()
    except OSError as error:
        raise StoreDamaged("Originalfilen kan ikke læses i arkivet. Sig det til en administrator.") from error
    if digest_of(content) != sha256:
        raise StoreDamaged("Originalfilen i arkivet er ikke længere den, der blev lagt ind.")
    return content


def write(content: bytes, sha256: str) -> bool:
    """Store `content` durably; whether it was not there before.

    To be called under `locks.archive_lock`. Raises StoreUnwritable, having left nothing, when the disk is full or the
    folder cannot be written, and StoreDamaged when other bytes lie under that checksum.
    """
    path = path_of(sha256)
    try:
        if path.exists():
            if digest_of_file(path) != sha256:
                raise StoreDamaged("I arkivet ligger en beskadiget fil med samme kontrolsum. Kør manage.py verify.")
            return False
        _make_directories(path.parent)
        _write_whole(path, content)
    except OSError as error:
        raise StoreUnwritable(_reason(error)) from error
    return True


def remove(sha256: str) -> None:
    """Take the file away again, if it is there. To be called under `locks.archive_lock`."""
    path_of(sha256).unlink(missing_ok=True)


def unfinished() -> Iterator[Path]:
    """What broken-off writes have left."""
    yield from sorted(Path(settings.ARCHIVE_ROOT).glob(f"[0-9a-f][0-9a-f]/.*{_UNFINISHED}"))


def stored() -> Iterator[tuple[str, Path]]:
    """Every stored file as (checksum, path), in order. Files that do not belong to the store are passed over."""
    for path in sorted(Path(settings.ARCHIVE_ROOT).glob("[0-9a-f][0-9a-f]/*")):
        if _DIGEST.fullmatch(path.name) and path.name.startswith(path.parent.name) and path.is_file():
            yield path.name, path


def _make_directories(directory: Path) -> None:
    root = directory.parent
    if not root.exists():
        root.mkdir(mode=DIRECTORY_MODE, parents=True, exist_ok=True)
        _sync_directory(root.parent)
    if not directory.exists():
        directory.mkdir(mode=DIRECTORY_MODE, exist_ok=True)
        _sync_directory(root)


def _write_whole(path: Path, content: bytes) -> None:
    """Write beside the place under another name, then rename: nobody ever sees half a file."""
    descriptor, name = tempfile.mkstemp(prefix=".", suffix=_UNFINISHED, dir=path.parent)
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), FILE_MODE)
            os.fsync(file.fileno())
        draft.rename(path)
        _sync_directory(path.parent)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _reason(error: OSError) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return "Der er ikke plads på disken til originalfilen. Intet er ændret i arkivet."
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return "Arkivet har ikke lov til at skrive originalfilen. Intet er ændret i arkivet."
    return "Originalfilen kunne ikke gemmes. Intet er ændret i arkivet."
