"""`manage.py reindex`: the index of search, brought up to date."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from minutes.search.index import Step, rebuild_vocabulary, reindex
from minutes.templatetags.danish import counted

INTERRUPTED = 130  # what a shell says of a program that Ctrl-C ended


class Command(BaseCommand):
    """Exit 130 when it is broken off; the next run goes on."""

    help = (
        "Indekserer de punkter, der mangler i søgeindekset eller er indekseret af en anden version. "
        "Der kan søges og lægges i arkivet imens. Afbrydes det, fortsætter næste kørsel."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--alt", action="store_true", help="indekser alle punkter igen")
        parser.add_argument(
            "--efter", type=int, metavar="NØGLE", help="med --alt: fortsæt, hvor en afbrudt kørsel kom til"
        )
        parser.add_argument("--ordforraad", action="store_true", help="tæl kun arkivets ord igen")

    def handle(self, *args: Any, alt: bool, efter: int | None, ordforraad: bool, **options: Any) -> None:
        if ordforraad and alt:
            raise CommandError("Vælg enten --alt eller --ordforraad.")
        if efter is not None and not alt:
            raise CommandError("--efter bruges sammen med --alt.")
        with Bars() as bars:
            try:
                if ordforraad:
                    rebuild_vocabulary(progress=bars.show)
                    said = "Ordene er talt igen."
                else:
                    count = reindex(everything=alt, after=efter or 0, progress=bars.show)
                    said = f"Indekseret: {counted(count, 'punkt', 'punkter')}." if count else "Intet at indeksere."
            except KeyboardInterrupt:
                again = f" med --alt --efter {max(bars.last, efter or 0)}" if alt else ""
                bars.close()
                self.stderr.write(f"Afbrudt. Kør kommandoen igen{again}, så fortsætter den.")
                raise SystemExit(INTERRUPTED) from None
        self.stdout.write(said)


class Bars:
    """A progress bar for each thing that is made, one after the other."""

    def __init__(self) -> None:
        self.last = 0  # the key of the last item that is done
        self._bars: dict[str, tqdm[Any]] = {}

    def show(self, step: Step) -> None:
        """Take the bar of what is made to where it has come."""
        if step.what not in self._bars:
            self.close()
            self._bars = {step.what: tqdm(desc=f"Indekserer {step.what}", total=step.total, disable=None)}
        bar = self._bars[step.what]
        bar.total = step.total
        bar.update(step.done - bar.n)
        self.last = step.last

    def close(self) -> None:
        """Leave the bar as it stands."""
        for bar in self._bars.values():
            bar.close()

    def __enter__(self) -> Bars:
        return self

    def __exit__(self, *reason: object) -> None:
        self.close()
