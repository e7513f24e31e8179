"""`manage.py ingest PATH…`: files and folders into the archive."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from minutes.ingest.bulk import FileReport, files_in, ingest_files
from minutes.ingest.filenames import clean_filename
from minutes.ingest.results import NoDatabase

FAILED = "fejl"


class Command(BaseCommand):
    """One line a file on stdout; exit 1 when any failed, the others kept."""

    help = "Lægger referater i arkivet. Mapper gennemgås med undermapper. Samme fil igen ændrer intet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="STI", help="fil eller mappe")
        parser.add_argument("--kladde", action="store_true", help="læg filerne som kladder til en redaktør")
        parser.add_argument(
            "--processes", type=_at_least_one, default=os.cpu_count() or 1, metavar="N", help="læs N filer ad gangen"
        )

    def handle(self, *args: Any, paths: list[Path], kladde: bool, processes: int, **options: Any) -> None:
        found = list(files_in(paths))
        counts: Counter[str] = Counter()
        failed = False
        with tqdm(total=len(found), desc="Lægger i arkivet", unit="fil", disable=None) as bar:
            for report in _reports(found, processes=processes, draft=kladde):
                counts[report.result.outcome.value if report.result else FAILED] += 1
                failed = failed or report.failed
                with tqdm.external_write_mode():
                    self.stdout.write(_line(report))
                bar.update()
        total = ", ".join(f"{outcome}: {count}" for outcome, count in counts.items())
        self.stderr.write(f"Filer: {len(found)}. {total.capitalize()}." if found else "Ingen filer.")
        if failed:
            raise SystemExit(1)


def _reports(found: list[Path], **options: Any) -> Iterator[FileReport]:
    try:
        yield from ingest_files(found, **options)
    except NoDatabase as error:
        raise CommandError(error.message) from error


def _line(report: FileReport) -> str:
    """Name, outcome, meeting or reason, warnings: on one line whatever the file is called."""
    name = clean_filename(report.path.name) or "fil uden navn"
    if report.result is None:
        return f"{name}: {FAILED}. {report.message}"
    result = report.result
    line = f"{name}: {result.outcome.value}. {result.message if result.meeting is None else f'{result.meeting}.'}"
    warnings = "; ".join(" ".join(warning.message.split()) for warning in result.warnings)
    return f"{line} Advarsler: {warnings}" if warnings else line


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number
