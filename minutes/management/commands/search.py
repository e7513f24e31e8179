"""`manage.py search QUERY…`: what the archive answers, for people or as JSON."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from minutes.models.access import Reader
from minutes.search.answers import MOST, Count, Hit, Marked, Results
from minutes.search.results import search
from minutes.templatetags.danish import danish_date, number

MOST_HITS = 1000
STANDARD_INPUT = "-"


class Command(BaseCommand):
    """Answers one query, or each line of a file. Exit 1 only for what cannot be read or was given up."""

    help = (
        "Søger i arkivet og viser de punkter, der svarer bedst, bedste først. Flere ord søges sammen. "
        "Begynder et ord med en bindestreg, så skriv -- foran: search -- budget -2017."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("query", nargs="*", metavar="SØGNING", help="det, der søges efter")
        parser.add_argument(
            "--queries", metavar="FIL", help="søg efter hver linje i filen, UTF-8; - læser fra standard input"
        )
        parser.add_argument("--limit", default="20", metavar="N", help=f"vis højst N punkter, 1-{MOST_HITS} (20)")
        parser.add_argument("--json", action="store_true", help="vis et JSON-objekt på en linje for hver søgning")
        parser.add_argument("--lukkede", action="store_true", help="find også lukkede punkter")

    def handle(self, *args: Any, query: list[str], queries: str | None, limit: str, **options: Any) -> None:
        """Print an answer for each query. Raises CommandError for bad input, SystemExit when a search was given up."""
        most = _limit(limit)
        if bool(query) == (queries is not None):
            raise CommandError("Skriv enten det, der skal søges efter, eller --queries og en fil.")
        reader = Reader(reads=True, reads_closed=options["lukkede"], handles_sources=False)
        gave_up = False
        for typed in _lines(queries) if queries is not None else [" ".join(map(_readable, query))]:
            results = search(typed, reader=reader, size=most)
            if results.gave_up:
                gave_up = True
                self.stderr.write(f"Søgningen tog for lang tid og blev stoppet: {_one_line(typed)}")
            if options["json"]:
                self._print(_as_json(typed, results))
            elif not results.gave_up:
                self._print(_as_text(results) + "\n")
        if gave_up:
            raise SystemExit(1)

    def _print(self, text: str) -> None:
        try:
            self.stdout.write(text)
            self.stdout.flush()
        except BrokenPipeError:  # whoever reads has enough: `search budget | head`
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains again as it ends
            raise SystemExit(1) from None


def _limit(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 9 and 1 <= int(text) <= MOST_HITS):
        raise CommandError(f"--limit skal være et helt tal fra 1 til {MOST_HITS}.")
    return int(text)


def _readable(argument: str) -> str:
    """What was typed in a terminal; bytes that are no UTF-8 become a mark of their own instead of a crash."""
    return os.fsencode(argument).decode("utf-8", "replace")


def _lines(name: str) -> list[str]:
    """The lines of the file that are not blank."""
    try:
        content = sys.stdin.buffer.read() if name == STANDARD_INPUT else Path(name).read_bytes()
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CommandError(f"{_one_line(name)} er ikke tekst i UTF-8.") from error
    except (OSError, ValueError) as error:  # a name with NUL in it is a ValueError
        raise CommandError(f"{_one_line(name)} kan ikke læses.") from error
    return [line for line in (line.removesuffix("\r") for line in text.split("\n")) if line.strip()]


def _as_json(typed: str, results: Results) -> str:
    hits = [
        {
            "meeting": hit.item.meeting.date.isoformat(),
            "item": hit.item.number,
            "title": hit.item.title,
            "score": hit.score,
            "url": _address(hit),
        }
        for hit in results.hits
    ]
    total = max(results.total.number, len(hits))  # hits with only some of the words are not in the count
    return json.dumps({"query": typed, "total": total, "hits": hits}, ensure_ascii=False)


def _as_text(results: Results) -> str:
    """The answer as paragraphs without any colour: they are read in logs and mails too."""
    paragraphs = [_summary(results), *map(_paragraph, results.hits)]
    if results.some_from is not None:
        paragraphs.insert(1 + results.some_from, "Kun nogle af ordene står i:")
    if not results.hits and results.nearest:
        paragraphs += ["Måske mente du et af disse punkter:", *map(_paragraph, results.nearest)]
    return "\n\n".join(paragraphs)


def _summary(results: Results) -> str:
    typed = _one_line(results.typed)
    if results.is_blank:
        return f"Der er ingen ord at søge efter i ”{typed}”."
    lines = []
    if results.repaired:
        lines.append(f"Viser resultater for ”{_one_line(results.repaired)}”. Du skrev ”{typed}”.")
    if results.suggestion:
        lines.append(f"Mente du ”{_one_line(results.suggestion)}”?")
    if not results.hits:
        return "\n".join([*lines, f"Ingen punkter svarer til ”{typed}”."])
    shown = len(results.hits)
    count = f"{_count(results.total)} svarer til ”{_one_line(results.repaired or results.typed)}”"
    return "\n".join([*lines, f"{count}." if shown >= results.total.number else f"{count}. De første {shown}:"])


def _count(count: Count) -> str:
    if not count.is_exact:
        return f"Over {number(MOST)} punkter"
    return f"{number(count.number)} {'punkt' if count.number == 1 else 'punkter'}"


def _paragraph(hit: Hit) -> str:
    """A hit: title, then where it is found, then what was decided."""
    item = hit.item
    place = f"{danish_date(item.meeting.date)}, punkt {item.number}"
    if item.case:
        place += f", sag {_one_line(item.case.number)}"
    if item.is_closed or item.meeting.is_closed:
        place += ", lukket"
    lines = [_one_line(item.title) or "Uden titel", place]
    for label, text in [("Beslutning", hit.decision), ("Indstillet", hit.proposal), (hit.snippet_label, hit.snippet)]:
        if shown := _shown(text):
            lines.append(f"{_one_line(label)}: {shown}" if label else shown)
    return "\n  ".join([*lines, _address(hit)])


def _address(hit: Hit) -> str:
    return reverse("item", args=[hit.item.meeting.slug, hit.item.number])


def _shown(text: Marked) -> str:
    return _one_line("".join(piece.text for piece in text))


def _one_line(text: str) -> str:
    """`text` without line breaks and without characters that a terminal would obey."""
    return " ".join("".join(_instead(character) for character in text).split())


def _instead(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cf":  # soft hyphens and marks of writing direction stand inside words
        return ""
    return " " if category[0] in "CZ" else character
