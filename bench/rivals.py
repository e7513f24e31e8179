"""Searches that the archive's own is measured against: PostgreSQL's `danish` configuration, and SQLite FTS5.

Each gets the same texts (title with case number, decision, everything else, the first weighing most) and the same
queries. What is typed as an operator is said in their own language as far as they have one.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from typing import NamedTuple, Protocol

SHOWN = 10

_TABLE = "bench_danish"
_ATOM = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')
_FIELD = re.compile(r"^\w+:")


class Texts(NamedTuple):
    """An item as the rivals get it."""

    item: int
    title: str
    decision: str
    rest: str


class System(Protocol):
    """Something that searches."""

    name: str

    def ranked(self, typed: str) -> list[int]:
        """The items that answer, best first, at most SHOWN."""


class Danish:
    """PostgreSQL alone: `danish`, websearch_to_tsquery, ts_rank. Lives in the transaction that it was made in."""

    name = "PostgreSQL danish, websearch"

    def __init__(self, items: Iterable[Texts]) -> None:
        from django.db import connection

        self._cursor = connection.cursor()
        self._cursor.execute(f"CREATE TEMPORARY TABLE {_TABLE} (item bigint, vector tsvector) ON COMMIT DROP")
        self._cursor.executemany(
            f"INSERT INTO {_TABLE} VALUES (%s, setweight(to_tsvector('danish', %s), 'A')"  # noqa: S608
            " || setweight(to_tsvector('danish', %s), 'B') || setweight(to_tsvector('danish', %s), 'D'))",
            list(items),
        )
        self._cursor.execute(f"CREATE INDEX ON {_TABLE} USING gin (vector)")

    def ranked(self, typed: str) -> list[int]:
        """As `System.ranked`."""
        self._cursor.execute(
            f"SELECT item FROM {_TABLE}, websearch_to_tsquery('danish', %s) AS query"  # noqa: S608
            " WHERE vector @@ query ORDER BY ts_rank(vector, query) DESC, item LIMIT %s",
            [typed, SHOWN],
        )
        return [item for (item,) in self._cursor.fetchall()]


class Fts5:
    """SQLite FTS5 in memory with bm25; the words must all be there, or any of them."""

    def __init__(self, items: Iterable[Texts], *, any_word: bool) -> None:
        self.name = "SQLite FTS5, any word" if any_word else "SQLite FTS5, every word"
        self._between = " OR " if any_word else " AND "
        self._database = sqlite3.connect(":memory:")
        self._database.execute("CREATE VIRTUAL TABLE items USING fts5(item UNINDEXED, title, decision, rest)")
        self._database.executemany("INSERT INTO items VALUES (?, ?, ?, ?)", list(items))

    def ranked(self, typed: str) -> list[int]:
        """As `System.ranked`."""
        query = fts5_query(typed, self._between)
        if not query:
            return []
        rows = self._database.execute(
            "SELECT item FROM items WHERE items MATCH ? ORDER BY bm25(items, 0, 10, 4, 1), item LIMIT ?",
            [query, SHOWN],
        )
        return [item for (item,) in rows]


def fts5_query(typed: str, between: str) -> str:
    """`typed` in FTS5's language: phrases, beginnings, OR and NOT stay what they are. Blank without a word to find."""
    wanted: list[list[str]] = []
    unwanted: list[str] = []
    joins = excludes = False
    for minus, phrase, word in _ATOM.findall(typed):
        if word in {"OR", "ELLER"}:
            joins = True
        elif word == "IKKE":
            excludes = True
        else:
            text = phrase or _FIELD.sub("", word)
            if words := " ".join(re.findall(r"\w+", text)):
                atom = f'"{words}"' + ("*" if not phrase and text.endswith("*") else "")
                if minus or excludes:
                    unwanted.append(atom)
                elif joins and wanted:
                    wanted[-1].append(atom)
                else:
                    wanted.append([atom])
            joins = excludes = False
    query = between.join(f"({' OR '.join(atoms)})" for atoms in wanted)
    return f"({query}) NOT ({' OR '.join(unwanted)})" if query and unwanted else query
