"""A database with a large archive of made-up minutes, for measuring search.

    python -m bench.large_archive ITEMS [--seed SEED] [--reindex]   builds it, unless it is there
    python -m bench.large_archive ITEMS [--seed SEED] --drop        removes it

It lies beside the archive's own database, on the same server, under a name that begins with "bench_", and stays: the
next run takes what is there when items, seed, tables and analyser are the same. The rows go in by COPY; the index is
written by the product's own code. Both run in as many processes as there are cores.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from itertools import batched
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django
from tqdm import tqdm

from bench import peers
from bench.archive_rows import BODY, PREFIX, Archive, MeetingPlan, Parts

if TYPE_CHECKING:
    from django.db.models import Model

PROJECT = Path(__file__).resolve().parent.parent
PROCESSES = os.cpu_count() or 1
MEETINGS_AT_ONCE, ITEMS_AT_ONCE = 100, 100  # by one process, in one transaction
GENERATION = 1  # raise it when other rows are made
_PARTS_AT_MOST = 32  # sections, or recommendations, … of an item: their keys follow from the item's
_NOW = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a database holds; it is kept as the database's comment. `analyser` is None until the index is whole."""

    items: int
    seed: int
    generation: int
    tables: str
    loading: float = 0  # seconds
    analyser: int | None = None
    indexing: float = 0  # seconds


def database_name(items: int, seed: int = 1) -> str:
    """The name of the database for so many items from a seed."""
    return f"bench_{items}" if seed == 1 else f"bench_{items}_{seed}"


def ensure(items: int, seed: int = 1, *, index: bool = True, reindex: bool = False) -> Stamp:
    """Build the database unless it is there, and make this process's connection one to it."""
    from minutes.search.analysis import VERSION

    name = database_name(items, seed)
    wanted = Stamp(items, seed, GENERATION, _digest_of_tables())
    have = _stamp(name)
    if have is None or (have.items, have.seed, have.generation, have.tables) != (
        *(wanted.items, wanted.seed, wanted.generation, wanted.tables),
    ):
        have = _build(name, wanted)
    use(name)
    if index and (reindex or have.analyser != VERSION):
        have = _index(name, have)
    return have


def use(name: str) -> None:
    """From now on this process works on that database, and no other one."""
    from django.db import connection

    assert name.startswith("bench_"), name
    connection.close()
    if getattr(connection, "pool", None):
        connection.close_pool()
    connection.settings_dict["NAME"] = name


def drop(items: int, seed: int = 1) -> None:
    """Remove the database if it is there, and what others built from it."""
    from django.db import connection

    name = database_name(items, seed)
    with _outside() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)} WITH (FORCE)")
    peers.forget(name)


# Databases and their stamps


def _outside() -> Any:
    """A cursor on the server, in no archive's database."""
    from django.db import connection

    return connection._nodb_cursor()


def _stamp(name: str) -> Stamp | None:
    with _outside() as cursor:
        cursor.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name])
        row = cursor.fetchone()
    return Stamp(**json.loads(row[0])) if row and row[0] else None


def _write_stamp(name: str, stamp: Stamp) -> None:
    from django.db import connection
    from psycopg import sql

    comment = sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), json.dumps(asdict(stamp)))
    with connection.cursor() as cursor:
        cursor.execute(comment.as_string(connection.connection))


def _digest_of_tables() -> str:
    """Changes with every migration, also with one that is rewritten while it is new."""
    files = sorted((PROJECT / "minutes/migrations").glob("*.py"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def _build(name: str, wanted: Stamp) -> Stamp:
    from django.core.management import call_command
    from django.db import connection

    with _outside() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {connection.ops.quote_name(name)}")
    use(name)
    call_command("migrate", verbosity=0)
    start = time.perf_counter()
    _load(name, wanted.items, wanted.seed)
    stamp = Stamp(**{**asdict(wanted), "loading": time.perf_counter() - start})
    _write_stamp(name, stamp)
    return stamp


def _index(name: str, stamp: Stamp) -> Stamp:
    from django.db import connection

    from minutes.models import AgendaItem, SearchEntry, SearchText, Word
    from minutes.search.analysis import VERSION
    from minutes.search.index import rebuild_vocabulary

    with connection.cursor() as cursor:  # what a broken run left, or an earlier analyser: it would swell the index
        tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in (SearchEntry, SearchText, Word))
        cursor.execute(f"TRUNCATE {tables}")
    start = time.perf_counter()
    batches = list(batched(AgendaItem.objects.order_by("pk").values_list("pk", flat=True), ITEMS_AT_ONCE))
    _in_processes(name, None, index_batch, batches, stamp.items, "indexing")
    rebuild_vocabulary()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    stamp = Stamp(**{**asdict(stamp), "analyser": VERSION, "indexing": time.perf_counter() - start})
    _write_stamp(name, stamp)
    return stamp


# Processes

_archive: Archive | None = None  # of a loading process


def _in_processes(
    name: str,
    archive: tuple[int, int] | None,
    work: Callable[[Any], int],
    batches: Sequence[Any],
    total: int,
    doing: str,
) -> None:
    """Have processes of their own do `work` on each batch; it answers how many items are done."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, context, _begin, (name, archive)) as pool, tqdm(total=total, desc=doing) as bar:
        for done in pool.map(work, batches):
            bar.update(done)


def _begin(name: str, archive: tuple[int, int] | None) -> None:
    global _archive
    threading.Thread(target=_end_with_parent, daemon=True).start()
    set_up()
    use(name)
    if archive:
        _archive = Archive(*archive)


def _end_with_parent() -> None:
    """A killed parent leaves its processes waiting for ever."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def set_up() -> None:
    """Make Django ready in this process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chefforum.settings")
    django.setup()


def index_batch(ids: Sequence[int]) -> int:
    """Index the items, in a process of `_in_processes`. Returns how many."""
    from minutes.search.index import index_items

    index_items(ids, vocabulary=False)
    return len(ids)


# Loading


def _load(name: str, items: int, seed: int) -> None:
    from django.core.management.color import no_style
    from django.db import connection, transaction

    from minutes import models

    archive = Archive(items, seed)
    cases = Table(models.Case, "id", "number", "normalised", "slug", "sort_key", *_CASE_COLUMNS)
    for case in archive.cases:
        row = models.Case(**{name: getattr(case.number, name) for name in _CASE_COLUMNS}, number=case.number.printed)
        key = models.sortkeys.danish_sort_key(row.order_text)
        known = (getattr(case.number, name) for name in _CASE_COLUMNS)
        cases.add(case.pk, row.number, case.number.normalised, case.number.slug, key, *known)
    with transaction.atomic(), connection.cursor() as cursor:
        cases.copy(cursor)
    batches = list(batched(archive.meetings, MEETINGS_AT_ONCE))
    _in_processes(name, (items, seed), load_batch, batches, items, "loading")
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(django.apps.apps.get_models())):
            cursor.execute(statement)
        cursor.execute("VACUUM (ANALYZE)")


def load_batch(meetings: Sequence[MeetingPlan]) -> int:
    """Make the meetings and store them, in a process of `_in_processes`. Returns the number of items."""
    from django.db import connection, transaction

    assert _archive is not None
    tables = Tables()
    for meeting in meetings:
        tables.add_meeting(meeting)
        for item in _archive.items(meeting):
            tables.add_item(item)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
        for table in tables.in_order():
            table.copy(cursor)
    return sum(meeting.items for meeting in meetings)


_CASE_COLUMNS = ("main_group", "subject", "facet", "serial", "year")


class Table:
    """Rows of a model for COPY: some columns are given, all others have the field's default."""

    def __init__(self, model: type[Model], *given: str) -> None:
        fields = {field.attname: field for field in model._meta.concrete_fields}
        self._rest = tuple(field.get_default() for name, field in fields.items() if name not in given)
        columns = [fields[name].column for name in given]
        columns += [field.column for name, field in fields.items() if name not in given]
        self._table, self._columns = model._meta.db_table, columns
        self._rows: list[tuple[Any, ...]] = []

    def add(self, *values: Any) -> None:
        """A row, its values in the order of the given columns."""
        self._rows.append((*values, *self._rest))

    def copy(self, cursor: Any) -> None:
        """Store the rows."""
        from psycopg import sql

        columns = sql.SQL(", ").join(map(sql.Identifier, self._columns))
        with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(self._table), columns)) as copy:
            for row in self._rows:
                copy.write_row(row)


class Tables:
    """The rows of some meetings."""

    def __init__(self) -> None:
        from minutes import models

        place = ("id", "item_id", "position")
        self.meetings = Table(
            *(models.Meeting, "id", "body", "date", "start_time", "place", "slug", "created_at", "changed_at")
        )
        self.items = Table(
            *(models.AgendaItem, "id", "meeting_id", "number", "key", "title", "prefix", "printed_title", "case_id"),
            *("printed_case_number", "is_closed", "is_standing", "page"),
        )
        self.sections = Table(models.Section, *place, "kind", "heading", "text", "page")
        self.recommendations = Table(models.Recommendation, *place, "proposer", "office", "text")
        self.decisions = Table(models.Decision, *place, "heading", "text", "page")
        self.outcomes = Table(models.DecisionOutcome, "id", "decision_id", "position", "kind", "sentence")
        self.attachments = Table(models.Attachment, *place, "name", "printed_name", "sort_key")

    def in_order(self) -> Iterable[Table]:
        """Every table after those that it refers to."""
        return (
            *(self.meetings, self.items, self.sections, self.recommendations),
            *(self.decisions, self.outcomes, self.attachments),
        )

    def add_meeting(self, plan: MeetingPlan) -> None:
        """The row of a meeting."""
        self.meetings.add(plan.pk, BODY, plan.date, plan.start_time, "Mødelokale 1", plan.slug, _NOW, _NOW)

    def add_item(self, item: Parts) -> None:
        """The rows of an item."""
        from minutes.models.sortkeys import danish_sort_key

        page = item.number + 2
        number = item.case.number.printed
        self.items.add(
            *(item.pk, item.meeting, item.number, item.number, item.title, PREFIX, item.title, item.case.pk),
            *(number, item.is_closed, item.is_standing, page),
        )
        for position, kind, text in item.sections:
            self.sections.add(_key(item, position), item.pk, position, kind, kind.capitalize(), text, page)
        for position, (proposer, office, text) in enumerate(item.recommendations, start=1):
            self.recommendations.add(_key(item, position), item.pk, position, proposer, office, text)
        if item.decision:
            position, text = item.decision
            self.decisions.add(item.pk, item.pk, position, "Beslutning", text, page)
        for position, (kind, sentence) in enumerate(item.outcomes, start=1):
            self.outcomes.add(_key(item, position), item.pk, position, kind, sentence)
        for position, name in enumerate(item.attachments, start=1):
            self.attachments.add(_key(item, position), item.pk, position, name, name, danish_sort_key(name))


def _key(item: Parts, position: int) -> int:
    return item.pk * _PARTS_AT_MOST + position


def main() -> None:
    """Build or drop, as the command line says."""
    parser = argparse.ArgumentParser(prog="python -m bench.large_archive", description=__doc__.split("\n")[0])
    parser.add_argument("items", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reindex", action="store_true", help="write the index anew")
    parser.add_argument("--load-only", action="store_true", help="write no index")
    parser.add_argument("--drop", action="store_true", help="remove the database")
    options = parser.parse_args()
    set_up()
    if options.drop:
        drop(options.items, options.seed)
        return
    stamp = ensure(options.items, options.seed, index=not options.load_only, reindex=options.reindex)
    name = database_name(options.items, options.seed)
    print(f"{name}: loaded in {stamp.loading:.0f} s, indexed in {stamp.indexing:.0f} s")


if __name__ == "__main__":
    main()
