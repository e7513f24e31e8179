"""The test database as it was when it was new, kept in memory: to bring it back, and to lay an archive in it, takes
milliseconds.

Django empties every table after a test that commits, makes anew what `migrate` makes, and takes the longer the more
tables there are. Here only the tables that hold something else than at the start are written to. Rows are written past
all triggers, which only a superuser may; anybody else gets Django's way.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.test import override_settings
from psycopg.sql import SQL, Identifier, Literal

from minutes.models import ArchiveStamp

type Rows = Mapping[str, bytes]  # by table, as COPY writes them; only tables that have any

_STAMP = ArchiveStamp._meta.db_table
_APART = {"django_migrations", _STAMP}  # the stamp is another after every change, also of one back to an earlier state

# `flush`, as a command, starts all numbers anew.
_COUNT_ON = """
    SELECT setval(format('%%I.%%I', schemaname, sequencename)::regclass, kept.value)
    FROM pg_sequences JOIN unnest(%s::text[], %s::bigint[]) AS kept (name, value) ON name = sequencename
    WHERE coalesce(last_value, 0) < kept.value
"""


@dataclass(frozen=True)
class Laid:
    """What something left behind: rows, and original files by their place in ARCHIVE_ROOT."""

    rows: Rows
    files: Mapping[str, bytes]


class Kept:
    """The rows of a database as they are now."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            self.tables = sorted(set(connection.introspection.table_names(cursor)) - _APART)
            self.rows = {table: _rows(cursor, table) for table in self._filled(cursor)}
            self.numbers = _numbers(cursor)

    def bring_back(self) -> None:
        """Make the rows what they were. Waits for transactions that are still writing."""
        with _past_triggers() as cursor:
            cursor.execute(SQL("LOCK TABLE {} IN EXCLUSIVE MODE").format(SQL(", ").join(map(Identifier, self.tables))))
            _empty(cursor, _STAMP)
            changed = [table for table in self._filled(cursor) if table not in self.rows]
            changed += [table for table, rows in self.rows.items() if _rows(cursor, table) != rows]
            for table in changed:
                _empty(cursor, table)
                _write(cursor, table, self.rows.get(table, b""))
            cursor.execute(_COUNT_ON, [list(self.numbers), list(self.numbers.values())])

    def left_by(self, make: Callable[[], object]) -> Laid:
        """What `make` adds to this database, from which it is taken away again."""
        with tempfile.TemporaryDirectory() as root, override_settings(ARCHIVE_ROOT=Path(root)), transaction.atomic():
            make()
            with connection.cursor() as cursor:
                found = {table: _rows(cursor, table) for table in self._filled(cursor)}
                self.numbers = _numbers(cursor)  # no row is given a number that one of these has
            files = {str(path.relative_to(root)): path.read_bytes() for path in Path(root).rglob("*") if path.is_file()}
            transaction.set_rollback(True)
        return Laid({table: rows for table, rows in found.items() if rows != self.rows.get(table)}, files)

    def _filled(self, cursor: CursorWrapper) -> list[str]:
        return _filled(cursor, self.tables)


def lay(laid: Laid) -> bool:
    """Lay it down again, unless something is there already: then nothing is done, and the answer is False."""
    with _past_triggers() as cursor:
        if _filled(cursor, laid.rows):
            return False
        for table, rows in laid.rows.items():
            _write(cursor, table, rows)
        _empty(cursor, _STAMP)
        cursor.execute(SQL("INSERT INTO {} (stamp) VALUES (gen_random_uuid())").format(Identifier(_STAMP)))
    for name, content in laid.files.items():
        path = Path(settings.ARCHIVE_ROOT, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return True


def may_write_past_triggers() -> bool:
    """Whether this database can be kept and brought back."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW is_superuser")
        return cursor.fetchone() == ("on",)


def hurry() -> None:
    """No commit in this database waits for the disk; from the next connection on."""
    database = Identifier(connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        cursor.execute(SQL("ALTER DATABASE {} SET synchronous_commit = off").format(database))
    connection.close()


def end_others() -> None:
    """End what the database still does for others, as for a browser that is gone, so that it can be dropped."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            " AND usename = current_user AND pid <> pg_backend_pid()"
        )


@contextmanager
def _past_triggers() -> Iterator[CursorWrapper]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield cursor
        cursor.execute("SET LOCAL session_replication_role = origin")  # the test may go on in this transaction


def _filled(cursor: CursorWrapper, tables: Rows | list[str]) -> list[str]:
    has_any = SQL("SELECT {} WHERE EXISTS (SELECT FROM {})")
    cursor.execute(SQL(" UNION ALL ").join(has_any.format(Literal(one), Identifier(one)) for one in tables))
    return [name for (name,) in cursor.fetchall()]


def _numbers(cursor: CursorWrapper) -> dict[str, int]:
    cursor.execute("SELECT sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL")
    return dict(cursor.fetchall())


def _rows(cursor: CursorWrapper, table: str) -> bytes:
    with cursor.copy(SQL("COPY {} TO STDOUT").format(Identifier(table))) as copy:
        return b"".join(copy)


def _write(cursor: CursorWrapper, table: str, rows: bytes) -> None:
    if rows:
        with cursor.copy(SQL("COPY {} FROM STDIN").format(Identifier(table))) as copy:
            copy.write(rows)


def _empty(cursor: CursorWrapper, table: str) -> None:
    cursor.execute(SQL("DELETE FROM {}").format(Identifier(table)))
