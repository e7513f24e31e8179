"""How many files are ingested a second, beside reading alone in the same run and with the same number of processes.

    python -m bench.ingesting [FILES]

The files are made from the texts of the minutes in `fixtures/`; database and originals are made for the run and go
with it.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import django

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
FILES = 60
PROCESSES = os.cpu_count() or 1


def main(count: int = FILES) -> None:
    """Make the files, measure, and print."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chefforum.settings")
    django.setup()
    from bench.made_up import write_files
    from minutes.parsing.bounded import parse_bytes

    with tempfile.TemporaryDirectory() as folder, database_of_its_own(Path(folder)):
        texts = [parse_bytes(path.read_bytes()) for path in sorted(FIXTURES.glob("*.pdf"))]
        paths = write_files(Path(folder), texts, count)
        reading = read_all(paths)
        first = ingest_all(paths, expected={"nyt møde": count})
        again = ingest_all(paths, expected={"uændret": count})
    print(f"{count} files, {PROCESSES} processes")
    for name, seconds in [("reading alone", reading), ("ingest", first), ("ingest again", again)]:
        print(f"  {name:14} {count / seconds:7.1f} files/s   {seconds / reading:5.2f} x reading alone")


def read_all(paths: Sequence[Path]) -> float:
    """Seconds to read and parse every file, nothing stored."""
    from minutes.parsing.bounded import parse_bytes

    with ThreadPoolExecutor(PROCESSES) as pool:
        list(pool.map(parse_bytes, [paths[0].read_bytes()] * PROCESSES))  # the children are up
        start = time.perf_counter()
        list(pool.map(lambda path: parse_bytes(path.read_bytes()), paths))
        return time.perf_counter() - start


def ingest_all(paths: Sequence[Path], *, expected: dict[str, int]) -> float:
    """Seconds to ingest every file, the reading processes' start included."""
    from minutes.ingest.bulk import ingest_files

    outcomes: dict[str, int] = {}
    start = time.perf_counter()
    for report in ingest_files(paths, processes=PROCESSES):
        outcome = report.result.outcome.value if report.result else report.message
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
    seconds = time.perf_counter() - start
    assert outcomes == expected, outcomes
    return seconds


@contextmanager
def database_of_its_own(folder: Path) -> Iterator[None]:
    """A new database and store of originals, gone afterwards."""
    from django.conf import settings
    from django.db import connection

    settings.ARCHIVE_ROOT = folder / "originals"
    connection.settings_dict["TEST"]["NAME"] = f"bench_{os.getpid()}"
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
