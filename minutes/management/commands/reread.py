"""`manage.py reread`: meetings that an earlier version read, read again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from minutes.ingest.rereading import outdated, reread_outdated
from minutes.ingest.results import Outcome
from minutes.templatetags.danish import counted


class Command(BaseCommand):
    """Exit 1 when a file could not be read; the others are."""

    help = (
        "Læser de møder igen, som en tidligere version har læst, så de også får det, den nye version finder i dem. "
        "Rettelser bliver stående. Afbrydes det, fortsætter næste kørsel."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        read = failed = 0
        for result in tqdm(reread_outdated(), desc="Læser møder", total=outdated().count(), disable=None):
            if result.outcome is Outcome.REFUSED:
                failed += 1
                name = result.source.filename if result.source else ""
                self.stderr.write(f"{name}: {result.message}")
            else:
                read += 1
        self.stdout.write(f"Læst igen: {counted(read, 'møde', 'møder')}." if read or failed else "Intet at læse igen.")
        if failed:
            raise CommandError(f"{counted(failed, 'fil', 'filer')} kunne ikke læses; de møder står, som de stod.")
