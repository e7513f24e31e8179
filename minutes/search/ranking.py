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

from minutes.models import Reader, SearchEntry
from minutes.search.answers import Narrowing, Order
from minutes.search.fields import Field
from minutes.search.query import COUNTED_FIELDS, Plan, Wanted
from minutes.search.tsquery import Expression

POOL = 600  # candidates that are ranked; more are taken by where they match and how new they are
WEIGHTS = "{0.12, 0.35, 0.5, 1.0}"  # of weights D (texts), C (proposals, attachments), B (decision), A (title, case)
PART = 0.45  # a compound in which the word is a part, beside the word itself
ALIKE = 0.6  # a synonym
TOGETHER = 0.4  # the compound's parts beside each other
APART = 0.15  # the compound's parts anywhere
NEAR = 1.25  # words beside each other as they were typed
STANDING = 0.8  # approval of minutes and Evt. stand at every meeting
UNCLEAR = "uafklaret"  # a decision whose outcome no rule recognised


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
    spread: Mapping[str, Counter[str]]  # filter → value → items, were it narrowed to that value instead


@dataclass(frozen=True, slots=True)
class Ranked:
    """An item and what it scored."""

    item: int
    score: float


def matching(expression: Expression, reader: Reader) -> Any:
    """The index rows that `reader` may see and that match."""
    return SearchEntry.objects.visible_for(reader).filter(vector__matches=expression)


def conditions(narrowing: Narrowing, in_field: Mapping[Field, Expression]) -> dict[str, Q]:
    """What each filter asks of an index row; only those that are used."""
    found: dict[str, Q] = {}
    if narrowing.years:
        found["aar"] = Q(date__year__in=narrowing.years)
    if narrowing.main_groups:
        found["gruppe"] = Q(main_group__in=narrowing.main_groups)
    if narrowing.outcomes:
        unclear = Q(has_decision=True, outcomes=[]) if UNCLEAR in narrowing.outcomes else Q(pk__in=[])
        found["type"] = Q(outcomes__overlap=list(narrowing.outcomes)) | unclear
    if narrowing.offices:
        found["enhed"] = Q(offices__overlap=list(narrowing.offices))
    if narrowing.fields:
        queries = [in_field[field] for field in narrowing.fields if in_field.get(field)]
        rows = SearchEntry.objects.filter(vector__matches=" | ".join(f"({query})" for query in queries))
        found["hvor"] = Q(pk__in=rows.values("pk") if queries else [])
    if narrowing.with_attachments:
        found["bilag"] = Q(has_attachments=True)
    if narrowing.without_standing:
        found["faste"] = Q(is_standing=False)
    if narrowing.since or narrowing.until:
        dates = Q(date__gte=narrowing.since) if narrowing.since else Q()
        found["dato"] = dates & Q(date__lte=narrowing.until) if narrowing.until else dates
    return found


def narrowed(entries: Any, narrowing: Narrowing, in_field: Mapping[Field, Expression]) -> Any:
    """`entries` as narrowed."""
    for condition in conditions(narrowing, in_field).values():
        entries = entries.filter(condition)
    return entries


def count(
    expression: Expression, reader: Reader, narrowing: Narrowing, in_field: Mapping[Field, Expression]
) -> Matched:
    """The total and the spread, in one question. Each filter is spread over what all the others leave."""
    asked = conditions(narrowing, in_field)
    flags = {f"ok_{name}": ExpressionWrapper(condition, BooleanField()) for name, condition in asked.items()}
    entries = matching(expression, reader).annotate(**flags)
    columns = ("item_id", "date", "main_group", "outcomes", "offices", "has_decision", "has_attachments", "is_standing")
    sql, params = entries.values_list(*columns, *flags).query.sql_with_params()

    def rest(without: str = "") -> str:
        return " AND ".join([f"ok_{name}" for name in asked if name != without] or ["true"])

    spreads = [
        f"SELECT '', ARRAY[]::text[], count(*) FROM matched WHERE {rest()}",
        f"SELECT 'aar', ARRAY[extract(year FROM date)::text], count(*) FROM matched WHERE {rest('aar')} GROUP BY 2",
        f"SELECT 'gruppe', ARRAY[main_group::text], count(*) FROM matched WHERE {rest('gruppe')} GROUP BY 2",
        f"SELECT 'type', outcomes::text[], count(*) FROM matched WHERE has_decision AND {rest('type')} GROUP BY 2",
        f"SELECT 'enhed', offices::text[], count(*) FROM matched WHERE {rest('enhed')} GROUP BY 2",
        f"SELECT 'bilag', ARRAY['ja'], count(*) FROM matched WHERE has_attachments AND {rest('bilag')}",
        f"SELECT 'faste', ARRAY['nej'], count(*) FROM matched WHERE NOT is_standing AND {rest('faste')}",
    ]
    for field in COUNTED_FIELDS:
        if in_field.get(field):
            rows, row_params = matching(in_field[field], reader).values("pk").query.sql_with_params()
            spreads.append(
                f"SELECT 'hvor', ARRAY['{field.value}'], count(*) FROM matched WHERE item_id IN ({rows}) AND {rest('hvor')}"
            )
            params = (*params, *row_params)
    names = ", ".join([*columns, *flags])
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH matched ({names}) AS MATERIALIZED ({sql}) {' UNION ALL '.join(spreads)}",  # noqa: S608
            params,
        )
        return _matched(cursor.fetchall())


def _matched(rows: Sequence[tuple[str, list[str], int]]) -> Matched:
    total = 0
    spread: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, values, number in rows:
        if not name:
            total = number
        for value in values or ([UNCLEAR] if name == "type" else []):
            if value:
                spread[name][value] += number
    return Matched(total, spread)


def best(
    entries: Any, wanted: Sequence[Wanted], near: Expression, *, order: Order, first: int, number: int
) -> list[Ranked]:
    """`number` of `entries` from the `first` on, ordered. Of very many only the likeliest are compared."""
    if order is Order.NEWEST:
        rows = entries.order_by("-date", "number", "pk").values_list("pk", flat=True)[first : first + number]
        return [Ranked(pk, 0.0) for pk in rows]
    pool, params = _pool(entries, wanted, max(POOL, first + number))
    score, score_params = _score(wanted, near)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH pool AS MATERIALIZED ({pool}),
            candidate AS MATERIALIZED (
                SELECT item_id, vector || ''::tsvector AS vector, date, number, is_standing
                FROM {SearchEntry._meta.db_table} JOIN pool USING (item_id)
            )
            SELECT item_id, {score} AS score FROM candidate
            ORDER BY score DESC, date DESC, number, item_id LIMIT %s OFFSET %s
            """,  # noqa: S608
            [*params, *score_params, number, first],
        )
        return list(itertools.starmap(Ranked, cursor.fetchall()))


def covering(entries: Any, plan: Plan, *, enough: float, number: int) -> list[Ranked]:
    """The `number` of `entries` that have most of what is wanted, by its weight, and at least the share `enough`."""
    pool, params = _pool(entries, plan.wanted, POOL)
    score, score_params = _score(plan.wanted, plan.near)
    required = [one for one in plan.required if one.beside and one.count]
    has = " + ".join(["CASE WHEN vector @@ %s::tsquery THEN %s ELSE 0 END"] * len(required))
    known = sum(one.rarity for one in required)
    # A word that stands nowhere counts as one like the others: what lacks it may still be meant.
    whole = known + known / max(1, len(required)) * (len(plan.required) - len(required))
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH pool AS MATERIALIZED ({pool}),
            candidate AS MATERIALIZED (
                SELECT item_id, vector || ''::tsvector AS vector, date, number, is_standing
                FROM {SearchEntry._meta.db_table} JOIN pool USING (item_id)
            ),
            scored AS (SELECT item_id, ({has}) / %s AS share, {score} AS score, date, number FROM candidate)
            SELECT item_id, score * share FROM scored WHERE share > %s
            ORDER BY share * share * score DESC, date DESC, number, item_id LIMIT %s
            """,  # noqa: S608
            [*params, *(value for one in required for value in (one.beside, one.rarity)), whole, *score_params]
            + [enough, number],
        )
        return list(itertools.starmap(Ranked, cursor.fetchall()))


def _pool(entries: Any, wanted: Sequence[Wanted], size: int) -> tuple[str, Sequence[Any]]:
    """The rows that are ranked: those with a word in the title before others, and the newest of them."""
    newest = entries.order_by("-date", "number").values("item_id")[:size]
    sql, params = newest.query.sql_with_params()
    return sql, params


def _score(wanted: Sequence[Wanted], near: Expression) -> tuple[str, list[Any]]:
    """Each thing that is wanted counts by how rare it is, and by how well and where it is met."""
    terms: list[str] = []
    params: list[Any] = []
    for one in wanted:
        ways = [(one.whole, 1.0), (one.parts, PART), (one.alike, ALIKE), (one.together, TOGETHER), (one.apart, APART)]
        met = [(expression, worth) for expression, worth in ways if expression]
        terms.append(f"%s * greatest({', '.join(['%s * ts_rank(%s::float4[], vector, %s::tsquery)'] * len(met))})")
        params.append(one.rarity)
        for expression, worth in met:
            params += [worth, WEIGHTS, expression]
    score = f"({' + '.join(terms) or '0'}) / (1 + 0.15 * ln(1 + length(vector)))"
    score += f" * CASE WHEN is_standing THEN {STANDING} ELSE 1 END"
    if near:
        score += f" * CASE WHEN vector @@ %s::tsquery THEN {NEAR} ELSE 1 END"
        params.append(near)
    return score, params
