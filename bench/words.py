"""How well words meet and come apart, and what the analyser costs.

    python -m bench.words

The tables lie in tests/search/words/. The tables called "unseen" were written down before the analyser saw them, and
nothing was tuned on them. Throughput is processor time over the minutes in fixtures/, first with nothing remembered and
then again, as in a large archive, where most words have stood before.
"""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
import time
from pathlib import Path

from minutes.parsing.assemble import parse
from minutes.parsing.readers import read
from minutes.search.analysis import analyse, analyse_query_word, plain_text, split_compound

PROJECT = Path(__file__).resolve().parent.parent
TABLES = PROJECT / "tests" / "search" / "words"
_START = """
import time
from pathlib import Path
import minutes.parsing.dates, minutes.casenumber, markdown_it
resident = lambda: int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6
before = resident()
start = time.process_time()
from minutes.search import analysis
analysis.warm_up()
seconds = time.process_time() - start
print(seconds, resident() - before)
"""


def table(name: str) -> list[list[str]]:
    """The lines of a table of words, without remarks."""
    lines = (TABLES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines if not line.startswith("#")]


def directly(word: str) -> set[str]:
    """What finds a word as a whole."""
    return {term.text for term in analyse_query_word(word) if not term.part}


def joined(families: list[list[str]]) -> tuple[int, list[tuple[str, str]]]:
    """How many pairs of one word's forms there are, and those that do not meet."""
    pairs = [pair for family in families for pair in itertools.combinations(family, 2)]
    return len(pairs), [(one, other) for one, other in pairs if not directly(one) & directly(other)]


def merged(pairs: list[list[str]]) -> list[tuple[str, str]]:
    """Pairs of different words that meet."""
    return [(one, other) for one, other in pairs if directly(one) & directly(other)]


def divided(compounds: list[list[str]], simple: list[list[str]]) -> tuple[float, float, list[str]]:
    """Precision and recall of splitting, and the words that went wrong. Every part must be right."""
    wrong, right, split = [], 0, 0
    for word, *parts in compounds:
        found = split_compound(word)
        split += bool(found)
        if len(found) == len(parts) and all(directly(a) & directly(b) for a, b in zip(found, parts, strict=True)):
            right += 1
        else:
            wrong.append(f"{word}: {' + '.join(found) or 'whole'}")
    for (word,) in simple:
        if found := split_compound(word):
            split += 1
            wrong.append(f"{word}: {' + '.join(found)}")
    return right / split, right / len(compounds), wrong


def start() -> tuple[float, float]:
    """Seconds and megabytes that loading the analyser adds to a fresh process."""
    output = subprocess.run([sys.executable, "-c", _START], cwd=PROJECT, check=True, capture_output=True, text=True)
    seconds, megabytes = map(float, output.stdout.split())
    return seconds, megabytes


def throughput(text: str, rounds: int) -> float:
    """Kilobytes of text a second of processor time, over some rounds of it."""
    begun = time.process_time()
    for _ in range(rounds):
        analyse(text)
    return len(text.encode()) * rounds / 1000 / (time.process_time() - begun)


def main() -> None:
    minutes = [parse(read(file.read_bytes())) for file in sorted((PROJECT / "fixtures").glob("*.pdf"))]
    markdown = "\n\n".join(section.text for each in minutes for item in each.items for section in item.sections)
    text = plain_text(markdown)
    cold, warm = throughput(text, 1), throughput(text, 5)
    for suffix in ("", "_unseen"):
        count, apart = joined(table(f"families{suffix}"))
        precision, recall, wrong = divided(table(f"compounds{suffix}"), table(f"simple{suffix}"))
        print(f"{'Tuned on' if not suffix else 'Unseen'}:")
        print(f"  joined pairs     {count - len(apart)} of {count}  {apart or ''}")
        print(f"  split precision  {precision:.3f}   recall {recall:.3f}   ({'; '.join(wrong)})")
    pairs = table("different")
    print(f"false merges       {len(merged(pairs))} of {len(pairs)}  {merged(pairs)}")
    seconds, megabytes = start()
    print(f"load               {seconds:.2f} s, {megabytes:.0f} MB")
    words = len(re.findall(r"\w+", text))
    print(f"throughput         {cold:.0f} kB/s at first, {warm:.0f} kB/s again   ({words} words)")


if __name__ == "__main__":
    main()
