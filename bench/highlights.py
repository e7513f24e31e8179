"""What marking a page of results costs.

    python -m bench.highlights

A page is hits of the minutes in fixtures/, each a title and texts, 1,800 characters, with the title marked and the best
passage of each text. "Never seen" begins with nothing remembered of any word; "words known" is a new query where most
words have stood before, as in a server that runs. Beside it: `analyse()` of the same texts, which marks nothing.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chefforum.settings")

import django

from minutes.parsing.assemble import parse
from minutes.parsing.readers import read
from minutes.search import compounds, matching, sieve, words
from minutes.search.analysis import analyse, analyse_query_word, plain_text, warm_up

PROJECT = Path(__file__).resolve().parent.parent
QUERIES = (
    *("budget", "mødekultur", "sygefravær statistik", "chefforum godkender", "kommune", "medarbejder ledelse møde"),
    *("2017", "14. juni 2017", "00.01.10-A00-3-16", "gå", "stor", "it", "hvad blev der besluttet om digitalisering"),
)
CHARACTERS = 1_800  # of a hit


def page() -> list[list[str]]:
    """Twenty hits: titles and texts, cut to CHARACTERS in all."""
    minutes = [parse(read(file.read_bytes())) for file in sorted((PROJECT / "fixtures").glob("*.pdf"))]
    everything = [plain_text(section.text) for each in minutes for item in each.items for section in item.sections]
    pieces = [text for text in everything if text] * 4
    hits: list[list[str]] = []
    for item in [item for each in minutes for item in each.items][:20]:
        texts, left = [item.title], CHARACTERS - len(item.title)
        while left > 0:
            texts.append(pieces.pop(0)[:left])
            left -= len(texts[-1])
        hits.append(texts)
    return hits


def forget() -> None:
    """Forget every word, as in a fresh process; the data and rules stay loaded."""
    remembered = (words._read, words.split, words.suspended, words.continued, compounds._cheapest)
    for cached in (*remembered, sieve.letters, matching._shape):
        cached.cache_clear()


def milliseconds(act: Callable[[], object]) -> float:
    begun = time.process_time()
    act()
    return (time.process_time() - begun) * 1000


def main() -> None:
    django.setup()
    from minutes.search.highlight import Marker  # shows pieces of the answers, which know the models

    hits = page()
    size = sum(len(text) for texts in hits for text in texts)
    warm_up()
    sieve.warm_up()
    print(f"A page: {len(hits)} hits, {size:,} characters. Milliseconds of processor, best of several.")
    print(f"{'':45} {'words known':>12} {'never seen':>12}")

    def mark(query: str) -> None:
        terms = [term for word in query.split() for term in analyse_query_word(word)]
        terms += analyse_query_word(query)
        wholes = {term.text: 1.0 for term in terms if not term.part}
        marker = Marker(matching.Target(wholes, dict.fromkeys(wholes, 0.5)))
        for title, *texts in hits:
            marker.mark(title)
            for text in texts:
                marker.best_passage(text)

    known, fresh = [], []
    for query in QUERIES:
        mark(query)
        warm = min(milliseconds(lambda query=query: mark(query)) for _ in range(15))
        cold = []
        for _ in range(7):
            forget()
            cold.append(milliseconds(lambda query=query: mark(query)))
        known.append(warm)
        fresh.append(min(cold))
        print(f"{query:45} {warm:12.1f} {fresh[-1]:12.1f}")
    print(f"{'median':45} {statistics.median(known):12.1f} {statistics.median(fresh):12.1f}")
    print(f"{'worst':45} {max(known):12.1f} {max(fresh):12.1f}")

    def everything() -> None:
        for texts in hits:
            for text in texts:
                analyse(text)

    everything()
    warm = min(milliseconds(everything) for _ in range(7))
    forget()
    print(f"{'analyse() of the same':45} {warm:12.1f} {milliseconds(everything):12.1f}")


if __name__ == "__main__":
    main()
