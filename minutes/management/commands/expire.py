"""`manage.py expire`: drafts that have waited too long are discarded."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from minutes.ingest.drafts import expire_drafts
from minutes.ingest.uploads import forget_uploads
from minutes.templatetags.danish import counted


class Command(BaseCommand):
    """To be run every night; opening the list of drafts does the same."""

    help = "Kasserer kladder, som har ventet længere end DRAFT_DAYS, og sletter deres filer."

    def handle(self, *args: Any, **options: Any) -> None:
        forget_uploads()
        try:
            gone = expire_drafts()
        except OSError as error:
            raise CommandError(f"En fil kunne ikke slettes ({error.strerror}). Kør sweep --slet senere.") from error
        self.stdout.write(f"Kasseret: {counted(gone, 'kladde', 'kladder')}." if gone else "Ingen kladder er udløbet.")
