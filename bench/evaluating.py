"""How good search is: judged queries on known minutes, the archive's own search beside others.

    python -m bench.evaluating [--ours] [--verbose] [--items N]

The queries and what answers them lie in tests/search/judged/. Each set is asked of an archive that holds its minutes
alone, and again of one that also holds N made-up items (20,000; 0 leaves this out). Those are of other months than the
judged ones, but made of the same words, and there only queries with an answer count: what has none among the judged
minutes may have one among the others.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

import django

from bench.rivals import SHOWN, Danish, Fts5, System, Texts

PROJECT = Path(__file__).resolve().parent.parent
JUDGED = PROJECT / "tests" / "search" / "judged"
DISTRACTION = 20_000
WEAK = 0.8  # queries below are listed by --verbose

_ROW = "{:14} {:30} {:>8} {:>8} {:>10} {:>8}"


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody types, and how relevant which item is ("2017-06-14#3": 2 the very item, 1 relevant)."""

    typed: str
    kind: str
    relevant: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Minutes, and the sets of queries that are judged on them."""

    files: tuple[Path, ...]
    sets: tuple[str, ...]


def corpora() -> tuple[Corpus, ...]:
    """The known minutes and the others, which are never in one archive: each set is judged on its own minutes alone."""
    return (
        Corpus(tuple(sorted((PROJECT / "fixtures").glob("*.pdf"))), ("known", "known_more")),
        Corpus(tuple(sorted((JUDGED / "other").glob("*.md"))), ("other", "other_unseen")),
    )


def load_queries(name: str) -> list[Query]:
    """The queries of a set."""
    rows = json.loads((JUDGED / f"{name}.json").read_text(encoding="utf-8"))
    return [Query(row["q"], row["kind"], row["relevant"]) for row in rows]


# Scores


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for a query, best first."""

    query: Query
    found: Sequence[str]

    @property
    def score(self) -> float:
        """nDCG@10; without anything relevant, whether nothing was found."""
        if not self.query.relevant:
            return float(not self.found)
        return _gain(self.query.relevant.get(key, 0) for key in self.found) / _gain(
            sorted(self.query.relevant.values(), reverse=True)
        )


@dataclass(frozen=True, slots=True)
class Scores:
    """A system's means over a set."""

    ndcg: float
    first: float
    recall: float
    negatives: int
    negatives_empty: int


def score(answers: Sequence[Answer]) -> Scores:
    """The means over the answers."""
    answered = [answer for answer in answers if answer.query.relevant]
    negatives = [answer for answer in answers if not answer.query.relevant]
    return Scores(
        ndcg=fmean(answer.score for answer in answers),
        first=fmean(bool(answer.found) and answer.found[0] in answer.query.relevant for answer in answered),
        recall=fmean(
            len(set(answer.found[:SHOWN]) & set(answer.query.relevant)) / min(SHOWN, len(answer.query.relevant))
            for answer in answered
        ),
        negatives=len(negatives),
        negatives_empty=sum(not answer.found for answer in negatives),
    )


def _gain(grades: Iterable[int]) -> float:
    return sum((2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(list(grades)[:SHOWN]))


# Archives


class Ours:
    """The archive's own search, as somebody with all rights to open items meets it."""

    name = "this archive"

    def ranked(self, typed: str) -> list[int]:
        """As `System.ranked`."""
        from minutes.models.access import Reader
        from minutes.search.results import search

        reader = Reader(reads=True, reads_closed=False, handles_sources=False)
        return [hit.item.pk for hit in search(typed, reader=reader, size=SHOWN).hits]


@contextmanager
def archive_with(files: Iterable[Path]) -> Iterator[None]:
    """The files are in the archive inside, and gone afterwards. Generated meetings of their months are away too."""
    from django.db import transaction
    from django.test import override_settings

    from minutes.ingest.service import ingest_file

    files = tuple(files)
    with (
        tempfile.TemporaryDirectory() as folder,
        override_settings(ARCHIVE_ROOT=Path(folder)),
        transaction.atomic(),
    ):
        _clear_months({path.stem[:7] for path in files})
        for path in files:
            result = ingest_file(content=path.read_bytes(), filename=path.name)
            assert result.meeting is not None, (path, result.message)
        yield
        transaction.set_rollback(True)


def _clear_months(months: Iterable[str]) -> None:
    from django.db.models import Q

    from minutes.models import AgendaItem, Meeting
    from minutes.search.index import forget_items

    those = Q()
    for month in months:
        those |= Q(date__year=int(month[:4]), date__month=int(month[5:]))
    meetings = Meeting.objects.filter(those)
    if meetings.exists():
        forget_items(list(AgendaItem.objects.filter(meeting__in=meetings).values_list("pk", flat=True)))
        meetings.delete()


def ask(system: System, queries: Iterable[Query]) -> list[Answer]:
    """The system's answers, items named as in the judgements."""
    from minutes.models import AgendaItem

    found = [(query, system.ranked(query.typed)) for query in queries]
    items = AgendaItem.objects.select_related("meeting").in_bulk({pk for _, ranked in found for pk in ranked})
    names = {pk: f"{item.meeting.date}#{item.number}" for pk, item in items.items()}
    return [Answer(query, [names[pk] for pk in ranked]) for query, ranked in found]


def texts() -> list[Texts]:
    """Every open item as the rivals get it."""
    from minutes.models import AgendaItem, SearchText
    from minutes.search.fields import Field

    made = []
    items = AgendaItem.objects.open_only().values_list("pk", flat=True)
    for pk, parts in SearchText.objects.filter(item__in=items).values_list("item", "parts").iterator():
        by_field: dict[Field, list[str]] = {}
        for value, _, text in parts:
            field = Field(value)
            by_field.setdefault(Field.TITLE if field is Field.CASE else field, []).append(text)
        title, decision = (" ".join(by_field.pop(field, [])) for field in (Field.TITLE, Field.DECISION))
        made.append(Texts(pk, title, decision, " ".join(" ".join(more) for more in by_field.values())))
    return made


# Printing


def evaluate(*, ours_only: bool, verbose: bool, answered_only: bool = False) -> None:
    """Ask every set of the connection's database, with the set's minutes in it for as long, and print the table."""
    print(_ROW.format("queries", "system", "nDCG@10", "first", "recall@10", "none"))
    for corpus in corpora():
        with archive_with(corpus.files):
            systems: list[System] = [Ours()]
            if not ours_only:
                items = texts()
                systems += [Danish(items), Fts5(items, any_word=False), Fts5(items, any_word=True)]
            for name in corpus.sets:
                queries = [query for query in load_queries(name) if query.relevant or not answered_only]
                for system in systems:
                    _print_row(f"{name}", system, ask(system, queries), verbose=verbose)


def _print_row(name: str, system: System, answers: Sequence[Answer], *, verbose: bool) -> None:
    means = score(answers)
    none = f"{means.negatives_empty}/{means.negatives}" if means.negatives else "-"
    columns = (f"{value:.3f}" for value in (means.ndcg, means.first, means.recall))
    print(_ROW.format(name, system.name, *columns, none), flush=True)
    if verbose and isinstance(system, Ours) and "unseen" not in name:
        for answer in answers:
            if answer.score < WEAK:
                query = answer.query
                print(
                    f"    {answer.score:.2f} {query.kind:14} {query.typed!r}"
                    f" wants {dict(query.relevant)} got {list(answer.found[:4])}"
                )


@contextmanager
def database_of_its_own() -> Iterator[None]:
    """A new database, gone afterwards."""
    from django.db import connection

    connection.settings_dict["TEST"]["NAME"] = f"bench_{os.getpid()}"
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def main(arguments: Sequence[str] | None = None) -> None:
    """Evaluate as the command line says."""
    parser = argparse.ArgumentParser(prog="python -m bench.evaluating", description="How good search is.")
    parser.add_argument("--ours", action="store_true", help="leave out the other systems and the made-up items")
    parser.add_argument("--verbose", action="store_true", help=f"list our queries below {WEAK}, unless unseen")
    parser.add_argument("--items", type=int, default=DISTRACTION, help="made-up items; 0 for none")
    options: Any = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chefforum.settings")
    django.setup()
    with database_of_its_own():
        evaluate(ours_only=options.ours, verbose=options.verbose)
    if options.items and not options.ours:
        from bench.large_archive import ensure

        ensure(options.items)
        print(f"\nAmong {options.items} made-up items, queries with an answer only")
        evaluate(ours_only=False, verbose=options.verbose, answered_only=True)


if __name__ == "__main__":
    main()
