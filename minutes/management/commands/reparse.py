"""`manage.py reparse`: what today's parser would read otherwise, and reading it again when told."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from minutes.ingest.comparing import Difference
from minutes.ingest.differing import Kind
from minutes.ingest.rereading import Reread, chosen, preview, reread
from minutes.models import SourceDocument
from minutes.templatetags.danish import counted


class Command(BaseCommand):
    """Exit 1 when a file could not be read; the others are. Texts are shown with `--verbosity 2` only."""

    help = (
        "Viser, hvad programmet nu ville læse anderledes i de møder, som en tidligere version har læst. Med --gem "
        "læses de igen; rettelser bliver stående, og afbrydes det, fortsætter næste kørsel."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--gem", action="store_true", help="Gem det, der læses anderledes.")
        parser.add_argument("--alle", action="store_true", help="Alle møder, også dem denne version selv har læst.")

    def handle(self, *args: Any, **options: Any) -> None:
        keys = list(chosen(every=options["alle"]).values_list("pk", flat=True))
        if not keys:
            self.stdout.write("Intet at læse igen.")
            return
        act = reread if options["gem"] else preview
        done = [self._tell(act(key), options["verbosity"]) for key in tqdm(keys, desc="Læser møder", disable=None)]
        changed, failed = sum(one.has_changed for one in done), sum(bool(one.fault) for one in done)
        read = counted(len(done) - failed, "møde", "møder")
        if options["gem"]:
            self.stdout.write(f"Læst igen: {read}, {changed} med ændringer.")
        else:
            self.stdout.write(f"Set efter i {read}, {changed} med ændringer. Intet er gemt; det gør --gem.")
        if failed:
            raise CommandError(f"{counted(failed, 'fil', 'filer')} kunne ikke læses; de møder står, som de stod.")

    def _tell(self, one: Reread, verbosity: int) -> Reread:
        if one.fault:
            self.stderr.write(f"{_name(one.source)}: {one.fault}")
        elif one.difference is not None and not one.difference.is_none:
            self.stdout.write(f"{_name(one.source)}:")
            for line in _lines(one.difference, with_words=verbosity > 1):
                self.stdout.write(f"  {line}")
        return one


def _name(source: SourceDocument | None) -> str:
    """Without the file's name, which may say more than a console should."""
    return str(source.meeting) if source else "Et møde"


def _lines(difference: Difference, *, with_words: bool) -> list[str]:
    lines = [f"mødet: {part.label}" for part in difference.facts]
    for item in difference.changed:
        number = item.number if item.number is not None else item.was
        lines.append(f"punkt {number}: {item.change}{f' ({item.labels})' if item.parts else ''}")
        if with_words:
            lines += [
                f"  {part.label}, {piece.kind}: {piece.text}"
                for part in item.parts
                for piece in part.pieces
                if piece.kind in (Kind.REMOVED, Kind.ADDED)
            ]
    return lines
