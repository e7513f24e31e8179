"""The data of the analyser, read once at the first use: the words of Danish, and the endings of their forms.

`scripts/make_lexicon.py` made the files and says how; data/README.md says what they are made of.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import NamedTuple

NAME = "."
DATA = Path(__file__).resolve().parent / "data"


class Entry(NamedTuple):
    """What the lexicon knows of a word, for splitting."""

    links: str  # how it joins the next word, letters as in compounds.py; "" when it begins no compound, NAME for a name
    as_first: int  # 0-9, how many compounds it begins
    as_last: int  # 0-9, how many it ends; -1 when it ends none
    first_letters: int  # of its own first part; 0 when it is no compound


@functools.cache
def words() -> dict[str, Entry]:
    """Every word in its basic form."""
    fields = (DATA / "lexicon.txt").read_text(encoding="utf-8").split()
    entries = {codes: _entry(codes) for codes in set(fields[1::2])}  # some hundred for a hundred thousand words
    return dict(zip(fields[::2], map(entries.__getitem__, fields[1::2]), strict=True))


@functools.cache
def endings() -> dict[str, str]:
    """Endings of forms with the endings of their basic forms, those separated by commas."""
    fields = (DATA / "lemmas.txt").read_text(encoding="utf-8").split("\n")
    rules = (line.partition(" ") for line in fields if line)
    return {ending: replacements for ending, _, replacements in rules}


def _entry(codes: str) -> Entry:
    links, as_first, as_last, first_letters = codes.split(",")
    return Entry(
        "" if links == "-" else links, int(as_first), -1 if as_last == "-" else int(as_last), int(first_letters)
    )
