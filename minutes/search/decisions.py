"""The register of decisions: how many there are, how they spread over the filters, and which stand on a page.

All is counted in the index, whose rows are narrow; what is closed is left out in the one place for it, by the QuerySet.
"""

from __future__ import annotations

import operator
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.models import BooleanField, ExpressionWrapper, F, Q
from django.db.models.functions import ExtractYear

from minutes.models import Reader, SearchEntry
from minutes.models.decisions import UNCLEAR
from minutes.models.versions import kept_while_unchanged
from minutes.search import wording
from minutes.search.answers import Narrowing
from minutes.search.ranking import Matches
from minutes.search.tsquery import Expression
from minutes.search.wording import Wording

KEPT = 256  # spreads, of some kB each: most people ask for the same
MOST = 1_000_000  # decisions in one file
_COLUMNS = ("year", "main_group", "outcomes", "offices")


@dataclass(frozen=True, slots=True)
class Spread:
    """How many decisions there are, exactly. Each count holds for all filters but the one that it belongs to."""

    total: int = 0
    of: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # filter → value → decisions
    cells: Mapping[tuple[int, str], int] = field(default_factory=dict)  # year and outcome → decisions, for any of them
    years: Mapping[int, int] = field(default_factory=dict)  # year → decisions, with any outcome


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to one address of the register."""

    spread: Spread = Spread()
    items: tuple[int, ...] = ()  # keys of this page's items, in order
    page: int = 1
    without: Mapping[str, int] = field(default_factory=dict)  # of an empty one: how many there are without one filter
    wording: Wording = field(default_factory=Wording)
    gave_up: bool = False  # the database was stopped: other words are needed


class Register:
    """The decisions that `reader` may see, narrowed, and with `words` those that match them."""

    def __init__(self, reader: Reader, narrowing: Narrowing, words: Expression | None = None) -> None:
        self.reader, self.narrowing, self.words = reader, narrowing, words
        self.conditions = _conditions(narrowing)

    def spread(self) -> Spread:
        """Counted once for each state of the archive, unless words were typed."""
        return self._counted() if self.words is not None else _spread_of(self.reader, self.narrowing)

    def keys(self, first: int, number: int) -> tuple[int, ...]:
        """The items of `number` decisions from the `first` on, newest first, within a meeting as numbered."""
        entries = self._entries().filter(*self.conditions.values())
        # Along the meetings by date the first pages are found at once; but there each vector would be fetched.
        day = "item__meeting__date" if self.words is None else "date"
        ordered = entries.order_by(f"-{day}", F("item__meeting__start_time").desc(nulls_last=True), "number", "pk")
        return tuple(ordered.values_list("pk", flat=True)[first : first + number])

    def without_each(self) -> dict[str, int]:
        """By the name of each filter that is on, "q" for the words: how many there would be without it."""
        found = {}
        for name in (*(["q"] if self.words is not None else []), *self.conditions):
            register = Register(self.reader, self.narrowing, None if name == "q" else self.words)
            conditions = (condition for other, condition in self.conditions.items() if other != name)
            found[name] = register._entries().filter(*conditions).count()
        return found

    def _entries(self) -> Any:
        entries = SearchEntry.objects.visible_for(self.reader).filter(facets__has_decision=True)
        if self.narrowing.without_standing:
            entries = entries.filter(facets__is_standing=False)
        if self.words is None:
            return entries
        return entries.filter(Matches(F("vector"), self.words)) if self.words else entries.none()

    def _counted(self) -> Spread:
        """One pass over the index: how many of each year and outcomes, main group and offices, by those filters that
        do not choose among them."""
        if self.words == "":
            return Spread()
        flags = {f"ok_{name}": ExpressionWrapper(one, BooleanField()) for name, one in self.conditions.items()}
        rows = self._entries().annotate(year=ExtractYear("date"), **flags)
        sql, params = rows.values_list(
            "year", "facets__main_group", "facets__outcomes", "facets__offices", *flags
        ).query.sql_with_params()
        left_out = ((), ("aar",), ("type",), ("gruppe",), ("enhed",), ("aar", "type"))
        numbers = [self._number(*names) for names in left_out]
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                SELECT GROUPING(main_group, offices), year::int, main_group, outcomes::text[], offices::text[],
                       {", ".join(numbers)}
                FROM ({sql}) AS decision ({", ".join((*_COLUMNS, *flags))})
                GROUP BY GROUPING SETS ((year, outcomes), (main_group), (offices))
                """,  # noqa: S608 - names of our own, and the ORM's SQL; values are parameters
                params,
            )
            return _spread(cursor.fetchall())

    def _number(self, *left_out: str) -> str:
        flags = [f"ok_{name}" for name in self.conditions if name not in left_out]
        return f"count(*) FILTER (WHERE {' AND '.join(flags)})" if flags else "count(*)"


def find(typed: str, *, reader: Reader, narrowing: Narrowing, page: int, size: int) -> Found:
    """`page` (from 1; the last one where there are fewer) of `size` decisions, and how all of them spread.

    Takes any text and never raises for it; words that cost the database too much are given up.
    """
    return _asked(typed, reader, narrowing, lambda register, words: _found(register, words, page, size)) or Found(
        gave_up=True
    )


def find_all(typed: str, *, reader: Reader, narrowing: Narrowing) -> tuple[int, ...] | None:
    """The items of all decisions that are asked for, in order; None where the words were given up."""
    return _asked(typed, reader, narrowing, lambda register, words: register.keys(0, MOST))


def _asked[Answer](
    typed: str, reader: Reader, narrowing: Narrowing, answer: Callable[[Register, Wording], Answer]
) -> Answer | None:
    if not typed:
        return answer(Register(reader, narrowing), Wording())
    try:
        with _guarded():
            words = wording.read(typed, reader=reader)
            if not words.is_blank:
                return answer(Register(reader, narrowing, words.expression), words)
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) != "57014":  # query_canceled
            raise
        return None
    return answer(Register(reader, narrowing), words)


def _found(register: Register, words: Wording, page: int, size: int) -> Found:
    spread = register.spread()
    page = min(page, max(1, -(-spread.total // size)))
    if not spread.total:
        return Found(spread, without=register.without_each(), wording=words)
    return Found(spread, register.keys((page - 1) * size, size), page, wording=words)


@kept_while_unchanged(most=KEPT)
def _spread_of(reader: Reader, narrowing: Narrowing) -> Spread:
    return Register(reader, narrowing)._counted()


@contextmanager
def _guarded() -> Iterator[None]:
    """A transaction in which no question may take long, and the index of words is always used."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT set_config('statement_timeout', %s, true), set_config('enable_seqscan', 'off', true),
                   set_config('jit', 'off', true)
            """,
            [str(round(settings.SEARCH_SECONDS * 1000))],
        )
        yield


def _conditions(narrowing: Narrowing) -> dict[str, Q]:
    """What each filter asks of an index row; several values of one mean any of them."""
    found: dict[str, Q] = {}
    if narrowing.years:
        found["aar"] = _any(Q(date__year=year) for year in narrowing.years)
    if narrowing.outcomes:
        kinds = [kind for kind in narrowing.outcomes if kind != UNCLEAR]
        unclear = [Q(facets__outcomes=[])] if UNCLEAR in narrowing.outcomes else []
        found["type"] = _any([*([Q(facets__outcomes__overlap=kinds)] if kinds else []), *unclear])
    if narrowing.main_groups:
        found["gruppe"] = Q(facets__main_group__in=narrowing.main_groups)
    if narrowing.offices:
        found["enhed"] = Q(facets__offices__overlap=list(narrowing.offices))
    return found


def _any(conditions: Iterable[Q]) -> Q:
    return reduce(operator.or_, conditions)


type _Row = tuple[int, int, str, Sequence[str], Sequence[str], int, int, int, int, int, int]

_BY_OFFICES, _BY_GROUP, _BY_YEAR_AND_OUTCOMES = 2, 1, 3  # which of (main_group, offices) a row does not tell apart


def _spread(rows: Iterable[_Row]) -> Spread:
    total = 0
    of: defaultdict[str, Counter[str]] = defaultdict(Counter)
    cells: Counter[tuple[int, str]] = Counter()
    years: Counter[int] = Counter()
    for (
        grouping,
        year,
        group,
        outcomes,
        offices,
        everything,
        any_year,
        any_type,
        any_group,
        any_office,
        any_cell,
    ) in rows:
        if grouping == _BY_GROUP:
            of["gruppe"][group] += any_group
        elif grouping == _BY_OFFICES:
            of["enhed"].update(dict.fromkeys(offices, any_office))
        else:
            total += everything
            of["aar"][str(year)] += any_year
            years[year] += any_cell
            for kind in outcomes or (UNCLEAR,):
                of["type"][kind] += any_type
                cells[year, kind] += any_cell
    del of["gruppe"][""]  # the numbers of other bodies have no group
    return Spread(total, {name: +counts for name, counts in of.items()}, +cells, +years)
