"""What somebody types over a list in order of date: every word must stand where the list shows it.

Search looks everywhere and puts the best first. A list that is not ranked would drown in items that only mention a
word, so here it counts in title, case, proposal and decision alone, in any inflection and as part of a compound.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from minutes.models import Reader
from minutes.search import language, query, spelling, tsquery
from minutes.search.fields import Field
from minutes.search.language import Clause, Day, Month, Number, Query, Word
from minutes.search.matching import Target
from minutes.search.query import Plan
from minutes.search.synonyms import Synonyms
from minutes.search.tsquery import Expression

SHOWN = (Field.TITLE, Field.DECISION, Field.PROPOSAL, Field.CASE)
_YEARS = range(1900, 2200)


@dataclass(frozen=True, slots=True)
class Wording:
    """What was read of the words. `is_blank`: nothing to look for in them. `repaired`: what they were taken for, when
    one of them stands nowhere in the archive."""

    expression: Expression = ""  # "" finds nothing
    is_blank: bool = False
    repaired: str = ""
    target: Target | None = None  # what is to be marked


def read(typed: str, *, reader: Reader) -> Wording:
    """Takes any text and never raises for it. Seven questions at most, whatever is typed."""
    asked = language.parse(typed)
    synonyms = Synonyms.load()
    plan = query.plan(asked, reader=reader, synonyms=synonyms)
    if not plan.required:
        return Wording(is_blank=True)
    repaired = ""
    if found := spelling.repairs(plan.unknown, reader=reader) if plan.unknown else {}:
        asked = language.parse(asked.with_words(found))
        plan = query.plan(asked, reader=reader, synonyms=synonyms)
        repaired = str(asked)
    return Wording(_expression(asked, plan, reader, synonyms), repaired=repaired, target=plan.target())


def _expression(asked: Query, plan: Plan, reader: Reader, synonyms: Synonyms) -> Expression:
    """Every clause in one of the parts that are shown; a date or a number wherever it stands."""
    clauses = [clause for clause in asked.clauses if _is_required(clause)]
    anywhere = [clause for clause in clauses if clause.field is None and _is_exact(clause)]
    met = [_in_what_is_shown(clause, asked, synonyms) for clause in clauses if clause not in anywhere]
    if anywhere:
        exact = query.plan(replace(asked, clauses=tuple(anywhere)), reader=reader, synonyms=synonyms)
        met.append(exact.direct())
    return plan.without_excluded(tsquery.all_of(met))


def _in_what_is_shown(clause: Clause, asked: Query, synonyms: Synonyms) -> Expression:
    alone = replace(asked, clauses=(clause,))
    ways = query.in_fields(alone, Plan(()), also=SHOWN, synonyms=synonyms, beside=True)
    return tsquery.any_of(ways[field] for field in SHOWN)


def _is_required(clause: Clause) -> bool:
    words: Sequence[Word] = [atom for atom in clause.atoms if isinstance(atom, Word)]
    is_small = len(words) == len(clause.atoms) and all(word.is_filler or word.is_weak for word in words)
    return not clause.is_excluded and not is_small


def _is_exact(clause: Clause) -> bool:
    """Whether it names a day, a month, a year or a case, which an item has without printing it."""
    return all(isinstance(atom, Day | Month | Number) or _is_year(atom) for atom in clause.atoms)


def _is_year(atom: object) -> bool:
    return (
        isinstance(atom, Word)
        and len(atom.text) == 4
        and atom.text.isascii()
        and atom.text.isdigit()
        and (int(atom.text) in _YEARS)
    )
