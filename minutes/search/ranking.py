"""Questions to the index: how many items match, how they spread over the filters, and which are best.

The conditions are QuerySets, so that what is closed is left out in the one place for it; the SQL around them counts
and ranks, and takes what was typed as parameters alone.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Lookup, Q

from minutes.models import Reader, SearchEntry, SearchFacets
from minutes.models.decisions import UNCLEAR
from minutes.search.answers import Narrowing, Order
from minutes.search.fields import Field
from minutes.search.query import COUNTED_FIELDS, Plan, Wanted
from minutes.search.tsquery import Expression

POOL = 300  # candidates that are ranked; of more those with the words in title or decision, and the newest
WEIGHTS = "{0.12, 0.5, 0.5, 1.0}"  # of weights D (texts), C (proposals, attachments), B (decision), A (title, case)
PART = 0.45  # a compound in which the word is a part, beside the word itself
ALIKE = 0.6  # a synonym
TOGETHER = 0.12  # the compound's parts beside each other: about what a word in a text is worth
APART = 0.04  # the compound's parts anywhere
NEAR = 1.5  # words beside each other as they were typed
STANDING = 0.8  # approval of minutes and Evt. stand at every meeting
LENGTH = 0.15  # how much a long item needs to have more than a short one

_ENTRY = SearchEntry._meta.db_table
_KINDS = ("id", "main_group", "outcomes", "offices", "has_decision", "has_attachments", "is_standing")


@SearchVectorField.register_lookup
class Matches(Lookup):
    """`vector__matches=expression`, where the expression is one of `tsquery`."""

    lookup_name = "matches"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        return f"{left} @@ %s::tsquery", (*left_params, self.rhs)


@dataclass(frozen=True, slots=True)
class Matched:
    """How many items match a query, narrowed as asked for, and what they spread over."""

    total: int
    everywhere: int  # without the filters
    spread: Mapping[str, Counter[str]]  # filter → value → items, were it narrowed to that value instead


@dataclass(frozen=True, slots=True)
class Ranked:
    """An item and what it scored."""

    item: int
    score: float


class Question:
    """What matches `expression`, narrowed, for one reader. `in_field` are the expressions of the same words in each
    part of an item."""

    def __init__(
        self, expression: Expression, reader: Reader, narrowing: Narrowing, in_field: Mapping[Field, Expression]
    ) -> None:
        self.reader, self.in_field = reader, in_field
        self.matching = self._matching(expression)
        self.on_entry = _conditions_on_entry(narrowing, in_field)
        self.on_kind = _conditions_on_kind(narrowing)

    @property
    def entries(self) -> Any:
        """The index rows that are asked for."""
        return self._narrowed(self.matching)

    def count(self) -> Matched:
        """The total and the spread, in one question. Each filter is spread over what all the others leave."""
        groups, params = self._groups()
        kinds, kind_params = self._kinds()
        fields = [field for field in COUNTED_FIELDS if self.in_field.get(field)]
        counted = [self._in_field(field) for field in fields]
        spreads = [
            "SELECT 'aar', ARRAY[year::text], in_year FROM groups WHERE facets_id IS NULL",
            f"SELECT '', ARRAY[]::text[], sum(number) FROM counted WHERE {self._rest()}",  # noqa: S608 - our own names
            "SELECT 'overalt', ARRAY['overalt'], sum(everywhere) FROM groups WHERE facets_id IS NOT NULL",
            self._spread("gruppe", "main_group"),
            self._spread("type", "outcomes", "has_decision"),
            self._spread("enhed", "offices"),
            self._spread("bilag", "'ja'::text", "has_attachments"),
            self._spread("faste", "'nej'::text", "NOT is_standing"),
            *(
                f"SELECT 'hvor', ARRAY['{field.value}'], ({sql})"
                for field, (sql, _) in zip(fields, counted, strict=True)
            ),
        ]
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                WITH groups AS MATERIALIZED ({groups}),
                kinds ({", ".join((*_KINDS, *self._flags))}) AS ({kinds}),
                counted AS MATERIALIZED (SELECT kinds.*, groups.number FROM groups JOIN kinds ON id = facets_id)
                {" UNION ALL ".join(spreads)}
                """,  # noqa: S608 - names of our own, and the ORM's SQL; values are parameters
                [*params, *kind_params, *(param for _, field_params in counted for param in field_params)],
            )
            return _matched(cursor.fetchall())

    def best(self, plan: Plan, matched: Matched, order: Order, first: int, number: int) -> list[Ranked]:
        """`number` items from the `first` on. Of very many only the likeliest are ranked, and the rest come after them,
        the newest first; so every item has its one place."""
        if order is Order.NEWEST:
            return self._newest(self.entries, first, number)
        pools = self._pools(matched)
        ranked = _ranked(pools, plan, first, number) if first < POOL else []
        if len(ranked) < number and matched.total > POOL:
            pool = [one.item for one in _ranked(pools, plan, 0, POOL)]
            rest = self.entries.exclude(pk__in=pool)
            ranked += self._newest(rest, max(0, first - len(pool)), number - len(ranked))
        return ranked

    def nearest(self, plan: Plan, number: int) -> list[Ranked]:
        """The `number` best of the newest that match at all, without counting them."""
        return _ranked([_newest_first(self.entries)[:POOL].values("pk")], plan, 0, number)

    def some(self, plan: Plan, *, besides: Sequence[int], enough: float, number: int) -> list[Ranked]:
        """The `number` items that have most of what is wanted, by its weight, and more than the share `enough`."""
        return _covering(_newest_first(self.entries.exclude(pk__in=besides))[: 2 * POOL], plan, enough, number)

    def _matching(self, expression: Expression) -> Any:
        return SearchEntry.objects.visible_for(self.reader).filter(vector__matches=expression)

    def _narrowed(self, entries: Any, without: str = "") -> Any:
        for name, condition in self.on_entry.items():
            if name != without:
                entries = entries.filter(condition)
        if self.on_kind:
            entries = entries.filter(facets__in=SearchFacets.objects.filter(*self.on_kind.values()).values("pk"))
        return entries

    def _groups(self) -> tuple[str, list[Any]]:
        """How many there are of each kind, and in each year."""
        of_kind = self.on_entry
        of_year = {name: condition for name, condition in self.on_entry.items() if name != "aar"}
        if self.on_kind:
            kinds = SearchFacets.objects.filter(*self.on_kind.values()).values("pk")
            of_year = {**of_year, "kind": Q(facets__in=kinds)}
        flags = {"ok_of_kind": _all(of_kind), "ok_in_year": _all(of_year)}
        used = {name: ExpressionWrapper(flag, BooleanField()) for name, flag in flags.items() if flag}
        sql, params = self.matching.annotate(**used).values_list("facets_id", "date", *used).query.sql_with_params()
        number, in_year = (f"count(*) FILTER (WHERE {flag})" if flag in used else "count(*)" for flag in flags)
        names = ", ".join(["facets_id", "date", *used])
        return (
            f"SELECT facets_id, extract(year FROM date)::int AS year,"  # noqa: S608
            f" {number} AS number, {in_year} AS in_year, count(*) AS everywhere"
            f" FROM ({sql}) AS matched ({names}) GROUP BY GROUPING SETS ((facets_id), (extract(year FROM date)))",
            list(params),
        )

    @property
    def _flags(self) -> list[str]:
        return [f"ok_{name}" for name in self.on_kind]

    def _kinds(self) -> tuple[str, Sequence[Any]]:
        flags = {f"ok_{name}": ExpressionWrapper(condition, BooleanField()) for name, condition in self.on_kind.items()}
        sql, params = SearchFacets.objects.annotate(**flags).values_list(*_KINDS, *flags).query.sql_with_params()
        return sql, params

    def _rest(self, without: str = "") -> str:
        """What all filters on kinds but one ask for."""
        return " AND ".join([f"ok_{name}" for name in self.on_kind if name != without] or ["true"])

    def _spread(self, name: str, column: str, condition: str = "true") -> str:
        value = f"{column}::text[]" if column in {"outcomes", "offices"} else f"ARRAY[{column}::text]"
        return (
            f"SELECT '{name}', {value}, sum(number) FROM counted"  # noqa: S608 - our own names
            f" WHERE {condition} AND {self._rest(name)} GROUP BY 2"
        )

    def _in_field(self, field: Field) -> tuple[str, Sequence[Any]]:
        rows = self._narrowed(self._matching(self.in_field[field]), without="hvor").values("pk")
        sql, params = rows.query.sql_with_params()
        return f"SELECT count(*) FROM ({sql}) AS matched", params  # noqa: S608 - the ORM's own SQL

    def _pools(self, matched: Matched) -> list[Any]:
        """QuerySets of candidates, together all of them or POOL at least."""
        if matched.total <= POOL:
            return [self.entries.values("pk")]
        pools, have = [], 0
        in_parts = matched.spread.get("hvor", Counter())
        for field in (Field.TITLE, Field.DECISION):
            if have < POOL and in_parts.get(field.value):
                pools.append(_newest_first(self._narrowed(self._matching(self.in_field[field])))[:POOL].values("pk"))
                have += in_parts[field.value]
        return pools if have >= POOL else [*pools, _newest_first(self.entries)[:POOL].values("pk")]

    def _newest(self, entries: Any, first: int, number: int) -> list[Ranked]:
        rows = _newest_first(entries).values_list("pk", flat=True)[first : first + number]
        return [Ranked(pk, 0.0) for pk in rows]


def _conditions_on_entry(narrowing: Narrowing, in_field: Mapping[Field, Expression]) -> dict[str, Q]:
    found: dict[str, Q] = {}
    if narrowing.years:
        found["aar"] = Q(date__year__in=narrowing.years)
    if narrowing.fields:
        queries = [in_field[field] for field in narrowing.fields if in_field.get(field)]
        rows = SearchEntry.objects.filter(vector__matches=" | ".join(f"({query})" for query in queries))
        found["hvor"] = Q(pk__in=rows.values("pk"))
    if narrowing.since or narrowing.until:
        dates = Q(date__gte=narrowing.since) if narrowing.since else Q()
        found["dato"] = dates & Q(date__lte=narrowing.until) if narrowing.until else dates
    return found


def _conditions_on_kind(narrowing: Narrowing) -> dict[str, Q]:
    found: dict[str, Q] = {}
    if narrowing.main_groups:
        found["gruppe"] = Q(main_group__in=narrowing.main_groups)
    if narrowing.outcomes:
        unclear = Q(has_decision=True, outcomes=[]) if UNCLEAR in narrowing.outcomes else Q(pk__in=[])
        found["type"] = Q(outcomes__overlap=list(narrowing.outcomes)) | unclear
    if narrowing.offices:
        found["enhed"] = Q(offices__overlap=list(narrowing.offices))
    if narrowing.with_attachments:
        found["bilag"] = Q(has_attachments=True)
    if narrowing.without_standing:
        found["faste"] = Q(is_standing=False)
    return found


def _all(conditions: Mapping[str, Q]) -> Q:
    together = Q()
    for condition in conditions.values():
        together &= condition
    return together


def _newest_first(entries: Any) -> Any:
    return entries.order_by("-date", "number", "pk")


def _matched(rows: Sequence[tuple[str, list[str], int | None]]) -> Matched:
    total = 0
    spread: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, values, number in rows:
        if not name:
            total = int(number or 0)
        for value in values or ([UNCLEAR] if name == "type" else []):
            if value and number:
                spread[name][value] += int(number)
    return Matched(total, spread["overalt"]["overalt"], spread)


def _candidates(pools: Sequence[Any]) -> tuple[str, list[Any]]:
    """The pools' items with their vectors, each fetched once: what an array holds lies no longer out of line."""
    compiled = [pool.query.sql_with_params() for pool in pools]
    union = " UNION ".join(f"({sql})" for sql, _ in compiled)
    return (
        f"""
        pool (item_id) AS MATERIALIZED ({union}),
        candidate AS MATERIALIZED (
            SELECT item_id, date, entry.number, is_standing, (ARRAY[vector])[1] AS vector
            FROM pool JOIN {_ENTRY} AS entry USING (item_id)
            JOIN {SearchFacets._meta.db_table} AS kind ON kind.id = facets_id
        )
        """,  # noqa: S608
        [param for _, params in compiled for param in params],
    )


def _ranked(pools: Sequence[Any], plan: Plan, first: int, number: int) -> list[Ranked]:
    candidates, params = _candidates(pools)
    score, score_params = _score(plan.wanted, plan.near)
    number = min(number, POOL - first)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH {candidates}
            SELECT item_id, {score} AS score FROM candidate
            ORDER BY score DESC, date DESC, number, item_id LIMIT %s OFFSET %s
            """,  # noqa: S608 - names of our own, and the ORM's SQL; values are parameters
            [*params, *score_params, number, first],
        )
        return list(itertools.starmap(Ranked, cursor.fetchall()))


def _covering(entries: Any, plan: Plan, enough: float, number: int) -> list[Ranked]:
    candidates, params = _candidates([entries.values("pk")])
    score, score_params = _score(plan.wanted, plan.near)
    required = [one for one in plan.required if one.beside and one.count]
    has = " + ".join(["CASE WHEN vector @@ %s::tsquery THEN %s ELSE 0 END"] * len(required))
    known = sum(one.rarity for one in required)
    # A word that stands nowhere counts as one like the others: what lacks it may still be meant.
    whole = known + known / max(1, len(required)) * (len(plan.required) - len(required))
    shares = [value for one in required for value in (one.beside, one.rarity)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH {candidates},
            scored AS (SELECT item_id, ({has}) / %s AS share, {score} AS score, date, number FROM candidate)
            SELECT item_id, score * share FROM scored WHERE share >= %s
            ORDER BY share * share * score DESC, date DESC, number, item_id LIMIT %s
            """,  # noqa: S608 - names of our own, and the ORM's SQL; values are parameters
            [*params, *shares, whole, *score_params, enough, number],
        )
        return list(itertools.starmap(Ranked, cursor.fetchall()))


def _score(wanted: Sequence[Wanted], near: Expression) -> tuple[str, list[Any]]:
    """Each thing that is wanted counts by how rare it is, and by how well and where it is met."""
    terms: list[str] = []
    params: list[Any] = []
    for one in wanted:
        ways = ["0"]
        params.append(one.rarity)
        for expression, worth in ((one.ranked, 1.0), (one.parts, PART)):
            if expression:
                ways.append("%s * ts_rank(%s::float4[], vector, %s::tsquery)")
                params += [worth, WEIGHTS, expression]
        if one.alike:
            ways.append("CASE WHEN vector @@ %s::tsquery THEN %s * ts_rank(%s::float4[], vector, %s::tsquery) END")
            params += [one.alike, ALIKE, WEIGHTS, one.ranked_alike]
        for expression, worth in ((one.together, TOGETHER), (one.apart, APART)):
            if expression:
                ways.append("CASE WHEN vector @@ %s::tsquery THEN %s END")
                params += [expression, worth]
        terms.append(f"%s * greatest({', '.join(ways)})")
    score = f"({' + '.join(terms) or '0'}) / (1 + {LENGTH} * ln(1 + length(vector)))"
    score += f" * CASE WHEN is_standing THEN {STANDING} ELSE 1 END"
    if near:
        score += f" * CASE WHEN vector @@ %s::tsquery THEN {NEAR} ELSE 1 END"
        params.append(near)
    return score, params
