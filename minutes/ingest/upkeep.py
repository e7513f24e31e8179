"""Keeping the store of originals in step with the database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from minutes.models import Attachment, SourceDocument
from minutes.models.locks import archive_lock

from . import files
from .results import StoreDamaged


@dataclass(frozen=True, slots=True)
class Fault:
    """An original that is not as it should be. `message` is Danish."""

    sha256: str
    name: str
    message: str


def sweep(*, delete: bool) -> list[Path]:
    """The files that no row tells of, and what broken-off writes have left; with `delete` they are taken away.

    It waits for whoever is storing, and holds up who wants to: a file that is being stored has no row yet.
    Raises StoreDamaged instead of deleting when no row tells of any file: that is the wrong database or the wrong
    folder, rather than a store full of leavings.
    """
    with archive_lock():
        known = set(checksums())
        if delete and not known:
            raise StoreDamaged("Databasen kender ingen originaler, så intet er slettet. Er det den rigtige database?")
        found = [*files.unfinished(), *(path for sha256, path in files.stored() if sha256 not in known)]
        if delete:
            for path in found:
                path.unlink()
    return found


def remove_unless_known(sha256: str) -> None:
    """Take a file away that no row tells of. It waits for whoever is storing, who may be bringing the same file."""
    with archive_lock():
        attached = Attachment.objects.filter(sha256=sha256).exists()
        if not attached and not SourceDocument.objects.with_file().filter(sha256=sha256).exists():
            files.remove(sha256)


def checksums() -> dict[str, str]:
    """The checksum of every file that there should be, with a name that people know."""
    attachments = Attachment.objects.exclude(sha256=None).order_by("pk").values_list("sha256", "name")
    sources = SourceDocument.objects.with_file().order_by("pk").values_list("sha256", "filename")
    return {sha256: name or "uden navn" for sha256, name in [*attachments, *sources]}


def faults(known: Mapping[str, str]) -> Iterator[Fault | None]:
    """For each of `known` what is wrong with its file, or None."""
    for sha256, name in known.items():
        message = _fault_of(sha256)
        yield Fault(sha256, name, message) if message else None


def _fault_of(sha256: str) -> str | None:
    try:
        if files.digest_of_file(files.path_of(sha256)) != sha256:
            return "Indholdet er ændret"
    except FileNotFoundError:
        return "Filen mangler"
    except OSError:
        return "Filen kan ikke læses"
    return None
