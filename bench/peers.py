"""Two other ways to search the same texts, to measure ours by: SQLite's FTS5, and tantivy.

Both are given the plain texts that our index was made of, in three columns: titel, beslutning, resten. Each keeps its
files in var/bench/ and takes them again while they belong to the same archive.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

DIRECTORY = Path(__file__).resolve().parent.parent / "var/bench"
COLUMNS = ("titel", "beslutning", "resten")
WORTH = (5.0, 2.0, 1.0)  # of the columns, in ranking
HITS = 20
MEGABYTE = 1_000_000
_BATCH = 1_000


class Text(NamedTuple):
    """An item as the others index it."""

    pk: int
    titel: str
    beslutning: str
    resten: str


@dataclass(frozen=True, slots=True)
class Words:
    """What a query asks for, in the terms that all three understand: everything in `all_of`, or any with `is_any`.

    An entry of several words is a phrase; one that ends with `*` is the beginning of a word. None of `none_of`.
    """

    all_of: tuple[str, ...]
    is_any: bool = False
    none_of: tuple[str, ...] = ()
    column: str | None = None  # everything stands in this one


class Found(NamedTuple):
    """The answer to a query."""

    total: int
    hits: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Size:
    """What an index costs."""

    bytes: int
    seconds: float  # to build it


def texts() -> Iterator[Text]:
    """Every open item of the archive that this process is connected to, as it was indexed."""
    from minutes.models import SearchText
    from minutes.search.fields import Field

    rows = SearchText.objects.filter(item__search_entry__is_closed=False).values_list("pk", "parts").order_by("pk")
    for pk, parts in rows.iterator(chunk_size=_BATCH):
        columns: dict[str, list[str]] = {name: [] for name in COLUMNS}
        for field, _, text in parts:
            column = field if field in {Field.TITLE.value, Field.DECISION.value} else "resten"
            columns[column].append(text)
        yield Text(pk, *("\n".join(columns[name]) for name in COLUMNS))


class Fts5:
    """SQLite's FTS5: bm25, an exact count, the best hits with a snippet each."""

    name = "FTS5"

    def __init__(self, archive: str, stamp: dict[str, Any]) -> None:
        path = DIRECTORY / f"{archive}.sqlite"
        self.seconds = _built(path, stamp, self._build)
        self._connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self._connection.execute("PRAGMA mmap_size = 4294967296")
        self._path = path

    def _build(self, path: Path) -> None:
        with sqlite3.connect(path) as connection:
            connection.execute("PRAGMA journal_mode = off")
            connection.execute("PRAGMA synchronous = off")
            connection.execute(
                "CREATE VIRTUAL TABLE entries USING fts5"
                "(titel, beslutning, resten, tokenize = 'unicode61 remove_diacritics 0')"
            )
            connection.execute("INSERT INTO entries (entries, rank) VALUES ('rank', ?)", [f"bm25{WORTH}"])
            statement = "INSERT INTO entries (rowid, titel, beslutning, resten) VALUES (?, ?, ?, ?)"
            connection.executemany(statement, texts())
            connection.execute("INSERT INTO entries (entries) VALUES ('optimize')")
        connection.close()

    def search(self, words: Words) -> Found:
        """Count, and the best hits with their snippets."""
        match = self.match(words)
        (total,) = self._connection.execute("SELECT count(*) FROM entries WHERE entries MATCH ?", [match]).fetchone()
        hits = self._connection.execute(
            "SELECT rowid, titel, snippet(entries, -1, '[', ']', '…', 32) FROM entries"
            " WHERE entries MATCH ? ORDER BY rank LIMIT ?",
            [match, HITS],
        ).fetchall()
        return Found(total, tuple(pk for pk, _, _ in hits))

    @staticmethod
    def match(words: Words) -> str:
        """The query in FTS5's language, every word quoted."""
        asked = (" OR " if words.is_any else " AND ").join(map(_quoted, words.all_of))
        without = "".join(f" NOT {_quoted(each)}" for each in words.none_of)
        column = f"{words.column} : " if words.column else ""
        return f"{column}({asked}){without}"

    def size(self) -> Size:
        """Of the file, which holds the texts too."""
        return Size(self._path.stat().st_size, self.seconds or 0)


class Tantivy:
    """tantivy: bm25, an exact count, and the keys of the best hits; it makes no snippets here."""

    name = "tantivy"

    def __init__(self, archive: str, stamp: dict[str, Any]) -> None:
        import tantivy

        self._tantivy = tantivy
        path = DIRECTORY / f"{archive}.tantivy"
        self.seconds = _built(path, stamp, self._build)
        self._path = path
        self._index = tantivy.Index.open(str(path))
        self._searcher = self._index.searcher()

    def _build(self, path: Path) -> None:
        builder = self._tantivy.SchemaBuilder()
        builder.add_unsigned_field("pk", stored=True)
        for column in COLUMNS:
            builder.add_text_field(column)
        path.mkdir(parents=True)
        writer = self._tantivy.Index(builder.build(), path=str(path)).writer(heap_size=256 * MEGABYTE)
        for pk, *columns in texts():
            document = self._tantivy.Document()
            document.add_unsigned("pk", pk)
            for column, text in zip(COLUMNS, columns, strict=True):
                document.add_text(column, text)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def search(self, words: Words) -> Found:
        """Count, and the best hits."""
        result = self._searcher.search(self._query(words), HITS, count=True)
        return Found(result.count, tuple(self._searcher.doc(address)["pk"][0] for _, address in result.hits))

    def _query(self, words: Words) -> Any:
        occur, query = self._tantivy.Occur, self._tantivy.Query
        how = occur.Should if words.is_any else occur.Must
        clauses = [(how, self._clause(each, words.column)) for each in words.all_of]
        return query.boolean_query(
            [
                (occur.Must, query.boolean_query(clauses)),
                *((occur.MustNot, self._clause(each, None)) for each in words.none_of),
            ]
        )

    def _clause(self, words: str, column: str | None) -> Any:
        """A word, phrase or beginning in any column."""
        query, schema = self._tantivy.Query, self._index.schema
        columns = [column] if column else list(COLUMNS)
        if words.endswith("*"):
            found = [query.regex_query(schema, name, f"{words[:-1].lower()}.*") for name in columns]
            return query.boolean_query([(self._tantivy.Occur.Should, each) for each in found])
        boosts = dict(zip(COLUMNS, WORTH, strict=True))
        return self._index.parse_query(_quoted(words), columns, {name: boosts[name] for name in columns})

    def size(self) -> Size:
        """Of the directory; the texts are not in it."""
        return Size(sum(file.stat().st_size for file in self._path.iterdir()), self.seconds or 0)


def forget(archive: str) -> None:
    """Remove what was built for an archive."""
    _clear(*DIRECTORY.glob(f"{archive}.*"))


def _quoted(words: str) -> str:
    if words.endswith("*"):
        return f'"{words[:-1]}"*'
    return f'"{words}"'


def _built(path: Path, stamp: dict[str, Any], build: Callable[[Path], None]) -> float:
    """The seconds that building `path` took: now, or before when it is there and was built from the same."""
    record = path.with_suffix(f"{path.suffix}.json")
    seconds = _seconds(record, stamp)
    if seconds is None:
        _clear(path, record)
        start = time.perf_counter()
        build(path)
        seconds = time.perf_counter() - start
        record.write_text(json.dumps({"stamp": stamp, "seconds": seconds}))
    return seconds


def _seconds(record: Path, stamp: dict[str, Any]) -> float | None:
    """How long building took, when what was built belongs to this archive."""
    if not record.exists():
        return None
    known = json.loads(record.read_text())
    return known["seconds"] if known["stamp"] == stamp else None


def _clear(*paths: Path) -> None:
    DIRECTORY.mkdir(parents=True, exist_ok=True)
    for path in paths:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
