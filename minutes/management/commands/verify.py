"""`manage.py verify`: originals that are gone or no longer what was stored."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from minutes.ingest import upkeep


class Command(BaseCommand):
    """One line for each; exit 1 when there is any."""

    help = "Efterprøver, at hver original findes og stadig har sin kontrolsum."

    def handle(self, *args: Any, **options: Any) -> None:
        checksums = upkeep.checksums()
        faults = 0
        bar = tqdm(upkeep.faults(checksums), desc="Efterprøver", unit="fil", disable=None, total=len(checksums))
        for fault in bar:
            if fault is not None:
                faults += 1
                with tqdm.external_write_mode():
                    self.stdout.write(f"{fault.message}: {fault.name} ({fault.sha256})")
        if faults:
            self.stderr.write(f"{faults} af {len(checksums)} originaler er ikke, som de skal være.")
            raise SystemExit(1)
        self.stdout.write(f"Alle {len(checksums)} originaler er, som de skal være.")
