"""How fast search answers on large archives, beside SQLite's FTS5 and tantivy on the same texts, in one run.

    python -m bench.searching [ITEMS …] [--seed SEED]       20000 and 300000 items when none is given

Ours answers all that the page shows: the total, the filters' counts, 20 hits, their snippets. FTS5 answers with an
exact count, and 20 hits by bm25 with snippets; tantivy with a count and 20 hits. Each works in a process of its own.
Every query goes to all three, one after the other: once "cold", never asked before in this run, and then three times
"warm", of which the middle one counts. What is missing is built first (`bench.large_archive`, `bench.peers`).
"""

from __future__ import annotations

import argparse
import multiprocessing
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from bench.large_archive import PROCESSES, Stamp, database_name, ensure, set_up, use
from bench.peers import Found, Fts5, Size, Tantivy
from bench.probes import Probe, probes

SIZES = (20_000, 300_000)
ROUNDS = 3  # warm
TOO_SLOW = 300.0  # milliseconds: the aim for every query at every size
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """How one system answered one query once."""

    seconds: float
    total: int
    gave_up: bool = False
    in_database: float = 0  # of the seconds
    processor: float = 0  # seconds that this process computed, the database not counted: other work disturbs it less
    statements: int = 0


class System(Protocol):
    """One way to search, in its own process."""

    name: str

    def answer(self, probe: Probe) -> Answer:
        """Search, and tell how long it took."""


class Ours:
    """The product's own search, as somebody who may read everything that is open."""

    name = "ours"

    def __init__(self, archive: str) -> None:
        from minutes.models import Reader
        from minutes.search.analysis import warm_up
        from minutes.search.results import search

        use(archive)
        warm_up()
        reader = Reader(reads=True, reads_closed=False, handles_sources=False)
        self._search = lambda typed: search(typed, reader=reader)

    def answer(self, probe: Probe) -> Answer:
        """Search, and tell how long it took and how much of it in the database."""
        from django.db import connection

        spent: list[float] = []

        def timed(execute: Callable[..., Any], *arguments: Any) -> Any:
            begin = time.perf_counter()
            try:
                return execute(*arguments)
            finally:
                spent.append(time.perf_counter() - begin)

        with connection.execute_wrapper(timed):
            start, computed = time.perf_counter(), time.process_time()
            results = self._search(probe.typed)
            seconds, computed = time.perf_counter() - start, time.process_time() - computed
        return Answer(seconds, results.total.number, results.gave_up, sum(spent), computed, len(spent))


class Other:
    """FTS5 or tantivy."""

    def __init__(self, peer: Fts5 | Tantivy) -> None:
        self.name, self._peer = peer.name, peer

    def answer(self, probe: Probe) -> Answer:
        """Search, and tell how long it took."""
        start = time.perf_counter()
        found: Found = self._peer.search(probe.words)
        return Answer(time.perf_counter() - start, found.total)


@dataclass(slots=True)
class Timing:
    """What one system took for one query, in milliseconds."""

    probe: Probe
    cold: float
    warm: float
    answer: Answer  # the warm one
    gave_up: bool


def main(sizes: Sequence[int] = SIZES, seed: int = 1) -> None:
    """Measure each size and print its table."""
    set_up()
    for size in sizes:
        stamp = ensure(size, seed)
        asked = probes()
        measured, costs = measure(database_name(size, seed), asdict(stamp), asked)
        _print_table(stamp, asked, measured)
        _print_costs(stamp, costs)
        _print_kinds(measured)


# Measuring

_system: System  # of a process that answers


def measure(
    archive: str, stamp: dict[str, Any], asked: Sequence[Probe]
) -> tuple[dict[str, list[Timing]], dict[str, tuple[Size, int]]]:
    """The timings of each system, and the size of its index and its process's memory in bytes."""
    stamp = {name: value for name, value in stamp.items() if name not in {"loading", "indexing"}}
    for peer in (Fts5, Tantivy):
        peer(archive, stamp)  # builds it here, so that building takes no memory in the process that answers
    context = multiprocessing.get_context("spawn")
    with ExitStack() as stack:
        pools = {
            name: stack.enter_context(ProcessPoolExecutor(1, context, _begin, (name, archive, stamp)))
            for name in (Ours.name, Fts5.name, Tantivy.name)
        }
        for pool in pools.values():  # up, connected, and with its code read
            pool.submit(_answer, Probe("", "zzzz", asked[0].words)).result()
        timings: dict[str, list[Timing]] = {name: [] for name in pools}
        for number, probe in enumerate(asked):
            names = list(pools)[number % 3 :] + list(pools)[: number % 3]  # nobody always comes first
            rounds = [
                [(name, pools[name].submit(_answer, probe).result()) for name in names] for _ in range(ROUNDS + 1)
            ]
            for name in names:
                cold, *warm = (answer for each in rounds for other, answer in each if other == name)
                middle = sorted(warm, key=lambda answer: answer.seconds)[len(warm) // 2]
                gave_up = cold.gave_up or any(answer.gave_up for answer in warm)
                timings[name].append(Timing(probe, 1000 * cold.seconds, 1000 * middle.seconds, middle, gave_up))
        costs = {name: pool.submit(_cost, archive, stamp).result() for name, pool in pools.items()}
    return timings, costs


def _begin(name: str, archive: str, stamp: dict[str, Any]) -> None:
    global _system
    set_up()
    if name == Ours.name:
        _system = Ours(archive)
    else:
        _system = Other(Fts5(archive, stamp) if name == Fts5.name else Tantivy(archive, stamp))


def _answer(probe: Probe) -> Answer:
    return _system.answer(probe)


def _cost(archive: str, stamp: dict[str, Any]) -> tuple[Size, int]:
    """The size of the system's index, and the most memory that this process has held."""
    status = Path("/proc/self/status").read_text(encoding="ascii")  # getrusage would count what the parent held
    peak = 1024 * int(status.partition("VmHWM:")[2].split()[0])
    if isinstance(_system, Ours):
        return Size(sum(_table_sizes().values()), 0), peak
    return (Fts5 if _system.name == Fts5.name else Tantivy)(archive, stamp).size(), peak


def _table_sizes() -> dict[str, int]:
    """Bytes of our tables with their indexes and what lies out of line."""
    from django.db import connection

    from minutes.models import SearchEntry, SearchText, Word

    sizes = {}
    with connection.cursor() as cursor:
        for model in (SearchEntry, SearchText, Word):
            cursor.execute("SELECT pg_total_relation_size(%s::regclass)", [model._meta.db_table])
            sizes[model.__name__] = cursor.fetchone()[0]
    return sizes


# Printing


def _print_table(stamp: Stamp, asked: Sequence[Probe], measured: dict[str, list[Timing]]) -> None:
    print(f"\n{stamp.items:,} items, {len(asked)} queries, milliseconds")
    print(f"  {'':10}{'cold p50':>10}{'p95':>8}{'worst':>8}{'warm p50':>12}{'p95':>8}{'worst':>8}   slowest when warm")
    for name, timings in measured.items():
        cold = [timing.cold for timing in timings]
        warm = [timing.warm for timing in timings]
        slowest = max(timings, key=lambda timing: timing.warm).probe.typed
        print(
            f"  {name:10}{statistics.median(cold):10.1f}{_p95(cold):8.1f}{max(cold):8.1f}"
            f"{statistics.median(warm):12.1f}{_p95(warm):8.1f}{max(warm):8.1f}   {slowest[:60]}"
        )
    ours, fts5 = measured[Ours.name], measured[Fts5.name]
    cold, warm = (
        _p95([getattr(timing, which) for timing in ours]) / _p95([getattr(timing, which) for timing in fts5])
        for which in ("cold", "warm")
    )
    print(f"  our p95 / FTS5's: {cold:.2f} cold, {warm:.2f} warm")
    slow = [timing for timing in ours if max(timing.cold, timing.warm) > TOO_SLOW]
    print(f"  over {TOO_SLOW:.0f} ms: {len(slow)}")
    for timing in sorted(slow, key=lambda timing: -max(timing.cold, timing.warm)):
        print(f"    {timing.cold:8.0f} cold {timing.warm:8.0f} warm   {timing.probe.typed[:80]}")
    gave_up = [timing.probe.typed[:80] for timing in ours if timing.gave_up]
    print(f"  gave up: {len(gave_up)}{''.join(f'{chr(10)}    {typed}' for typed in gave_up)}")


def _print_costs(stamp: Stamp, costs: dict[str, tuple[Size, int]]) -> None:
    tables = _table_sizes()
    print(f"  {'':10}{'index MB':>10}{'built in s':>12}{'memory MB':>11}")
    for name, (size, peak) in costs.items():
        seconds = stamp.indexing if name == Ours.name else size.seconds
        print(f"  {name:10}{size.bytes / MEGABYTE:10.0f}{seconds:12.0f}{peak / MEGABYTE:11.0f}")
    parts = ", ".join(f"{name} {size / MEGABYTE:.0f}" for name, size in tables.items())
    without = (sum(tables.values()) - tables["SearchText"]) / MEGABYTE
    print(f"  ours: {parts} MB; without SearchText {without:.0f} MB; built by {PROCESSES} processes")
    print("  FTS5's file holds the texts too, tantivy's does not. Memory is the asking process's, with the files that")
    print("  it maps, without the database server's")


def _print_kinds(measured: dict[str, list[Timing]]) -> None:
    """Medians of each kind of query, warm; and where our time goes: waiting for the database, and computing here."""
    ours, fts5, tantivy = (_by_kind(measured[name]) for name in (Ours.name, Fts5.name, Tantivy.name))
    heads = ("ours", "database", "processor", "statements", "FTS5", "tantivy", "our hits", "FTS5's")
    print(f"  {'':22}{''.join(f'{head:>11}' for head in heads)}")
    for kind, timings in ours.items():
        others = fts5[kind]
        columns = (
            f"{_median(timing.warm for timing in timings):.1f}",
            f"{_median(1000 * timing.answer.in_database for timing in timings):.1f}",
            f"{_median(1000 * timing.answer.processor for timing in timings):.1f}",
            f"{_median(timing.answer.statements for timing in timings):.0f}",
            f"{_median(timing.warm for timing in others):.1f}",
            f"{_median(timing.warm for timing in tantivy[kind]):.1f}",
            f"{_median(timing.answer.total for timing in timings):.0f}",
            f"{_median(timing.answer.total for timing in others):.0f}",
        )
        print(f"  {kind:18}{len(timings):4}{''.join(f'{column:>11}' for column in columns)}")


def _by_kind(timings: Iterable[Timing]) -> dict[str, list[Timing]]:
    kinds: defaultdict[str, list[Timing]] = defaultdict(list)
    for timing in timings:
        kinds[timing.probe.kind].append(timing)
    return dict(sorted(kinds.items()))


def _median(values: Iterator[float]) -> float:
    return statistics.median(values)


def _p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.searching", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("items", type=int, nargs="*", default=SIZES)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    main(options.items, options.seed)
