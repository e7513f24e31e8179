"""What a file may cost to read. Over it, reading stops with an error that says which bound it met."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one file. The settings of the program overrule these defaults."""

    max_file_bytes: int = 100 * MEGABYTE
    max_pages: int = 2_000
    max_line_characters: int = 50_000  # the longest paragraph known has 1,200
    max_unpacked_bytes: int = 200 * MEGABYTE  # of a Word file, which is a zip archive
    max_archive_entries: int = 5_000
    seconds: float = 60.0  # wall time of the child process for one file
    memory_bytes: int = 768 * MEGABYTE  # data of the child process, on Linux
