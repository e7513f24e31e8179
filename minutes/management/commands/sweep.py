"""`manage.py sweep`: files in the store of originals that no row tells of."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from minutes.ingest import upkeep
from minutes.ingest.results import StoreDamaged


class Command(BaseCommand):
    """Lists them; with --slet takes them away."""

    help = "Finder filer i arkivets lager, som ingen post i databasen hører til."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--slet", action="store_true", help="slet filerne; uden dette vises de kun")

    def handle(self, *args: Any, slet: bool, **options: Any) -> None:
        try:
            found = upkeep.sweep(delete=slet)
        except StoreDamaged as error:
            raise CommandError(error.message) from error
        for path in found:
            self.stdout.write(str(path))
        if not found:
            self.stdout.write("Ingen filer uden post.")
        elif slet:
            self.stdout.write(f"Slettet: {len(found)}.")
        else:
            self.stdout.write(f"Filer uden post: {len(found)}. Intet er slettet; kør igen med --slet.")
