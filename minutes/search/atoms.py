"""What a query is made of: frozen values that say what was meant, and with `text` how it was typed."""

from __future__ import annotations

from dataclasses import dataclass

from minutes.casenumber import CaseNumber, PartialCaseNumber
from minutes.parsing.dates import DateMention
from minutes.search.fields import Field


@dataclass(frozen=True, slots=True)
class Word:
    """A word, plain number or e-mail address: one token of the analyser. Of the two flags at most one is set."""

    text: str
    is_filler: bool = False  # says nothing of what is looked for: "hvad", "om"
    is_weak: bool = False  # names the archive's own form: "beslutning", "mødet"; not needed, but may raise the rank


@dataclass(frozen=True, slots=True)
class Prefix:
    """The beginning of words; `text` without the asterisk."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand beside one another; `words` are the tokens in `text`."""

    words: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day. The mention's place is that in `text`, and a weekday is not part of it."""

    mention: DateMention
    text: str


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a year."""

    year: int
    month: int
    text: str


@dataclass(frozen=True, slots=True)
class Number:
    """A case number, or as much of one as was typed."""

    number: CaseNumber | PartialCaseNumber
    text: str


type Atom = Word | Prefix | Phrase | Day | Month | Number


@dataclass(frozen=True, slots=True)
class Clause:
    """Any of the atoms, in `field` where one is given; an excluded clause says that none of them may stand there.

    Several atoms come from OR, and from what can be meant in more than one way: "01.10.16" is a day and a subject.
    """

    atoms: tuple[Atom, ...]
    field: Field | None = None
    is_excluded: bool = False
