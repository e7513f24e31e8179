"""`manage.py parse FILE`: what the parser makes of a file, as JSON; no database is touched."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from minutes.parsing import bounded, serialise
from minutes.parsing.errors import ParseError


class Command(BaseCommand):
    """Prints DESIGN's JSON on stdout; a file that cannot be read: one line on stderr and exit code 1."""

    help = "Viser som JSON, hvad programmet læser ud af en fil. Intet gemmes."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FIL")

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            parsed = bounded.parse_file(file, settings.READ_LIMITS)
        except ParseError as error:
            raise CommandError(f"{file}: {error.message}") from error
        self.stdout.write(json.dumps(serialise.to_dict(parsed), ensure_ascii=False, indent=1))
