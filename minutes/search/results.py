"""The answer to what somebody typed: the one way to search, for the page and the command alike."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from django.conf import settings
from django.db import OperationalError, connection, transaction

from minutes.casenumber import CaseNumber, PartialCaseNumber
from minutes.models import Case, Meeting, Reader
from minutes.search import facets, hits, language, query, spelling
from minutes.search.answers import Hit, Narrowing, Order, Repair, Results, Tier
from minutes.search.fields import Field
from minutes.search.language import Day, Number, Query
from minutes.search.ranking import Matched, Question, Ranked
from minutes.search.synonyms import Synonyms
from minutes.search.tsquery import Expression

logger = logging.getLogger(__name__)

ENOUGH = 0.5  # of the query's weight: less of it is no answer
FEW = 20  # hits; with fewer than these more is looked for that comes near
RARE = 2  # items; a word in no more may be a slip
NEAREST = 3  # items for the page without hits
CASES = 5  # for a fragment of a number
MOST_HITS = 10_000  # beyond these nobody turns the pages


def search(
    typed: str,
    *,
    reader: Reader,
    narrowing: Narrowing = Narrowing(),  # noqa: B008 - frozen
    order: Order = Order.BEST,
    page: int = 1,
    size: int = 20,
    literal: bool = False,
) -> Results:
    """What `reader` may see of what was `typed`: `page` (from 1) of `size` hits, with counts for the whole.

    `literal` looks for just what was typed, without repairing its spelling. Takes any text and never raises for it; a
    query that costs the database too much is stopped, and the answer says so.
    """
    asked = language.parse(typed)
    if asked.is_blank or not reader.reads:
        return Results(typed, is_blank=asked.is_blank, is_cut=asked.is_cut)
    try:
        with _guarded():
            return _Search(asked, reader, narrowing, order, page, size, literal).results(typed)
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) != "57014":  # query_canceled
            raise
        logger.warning("A search was stopped by its time limit")
        return Results(typed, gave_up=True, is_cut=asked.is_cut)


@contextmanager
def _guarded() -> Iterator[None]:
    """A transaction in which no question may take long, and the index is always used."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT set_config('statement_timeout', %s, true), set_config('enable_seqscan', 'off', true),
                   set_config('jit', 'off', true), set_config('work_mem', '64MB', true)
            """,
            [str(round(settings.SEARCH_SECONDS * 1000))],
        )
        yield


@dataclass(frozen=True, slots=True)
class _Answer:
    """What one way of asking gave."""

    question: Question | None
    tier: Tier
    matched: Matched


class _Search:
    def __init__(
        self, asked: Query, reader: Reader, narrowing: Narrowing, order: Order, page: int, size: int, literal: bool
    ) -> None:
        self.reader, self.narrowing, self.order = reader, narrowing, order
        self.page, self.size = max(1, page), size
        self.literal = literal
        self.synonyms = Synonyms.load()
        self.asked = asked
        self.plan = query.plan(asked, reader=reader, synonyms=self.synonyms)
        self.repairs: tuple[Repair, ...] = ()
        if not literal and self.plan.unknown:
            self._repair()
        self.in_field = self._in_fields(beside=False)

    def results(self, typed: str) -> Results:
        """Everything that the page shows."""
        answer = self._answer()
        total = answer.matched.total
        last = max(1, -(-min(total, MOST_HITS) // self.size))
        page = min(self.page, last)
        ranked = self._best(answer, (page - 1) * self.size)
        tiers = dict.fromkeys((one.item for one in ranked), answer.tier)
        if total < min(FEW, self.size):  # all of it stands on this page
            more = self._more(ranked)
            ranked, tiers = [*ranked, *more], {**{one.item: Tier.SOME for one in more}, **tiers}
        made = hits.make(ranked, self.plan, self.reader)
        found = tuple(replace(hit, tier=tiers[hit.item.pk]) for hit in made)
        some_from = next((at for at, hit in enumerate(found) if hit.tier is Tier.SOME), None)
        if not total:
            total = len(found)
        meeting, case, cases = self._known()
        return Results(
            typed,
            total=facets.as_count(total),
            tier=found[0].tier if found else Tier.ALL,
            some_from=some_from,
            hits=found,
            facets=facets.make(answer.matched, self.narrowing),
            page=page,
            pages=last if total else 0,
            repairs=self.repairs,
            repaired=str(self.asked) if self.repairs else "",
            suggestion=self._suggestion(answer.matched.total),
            unknown=self.plan.unknown,
            nearest=() if found else self._nearest(),
            meeting=meeting,
            case=case,
            cases=cases,
            is_cut=self.asked.is_cut,
            words=tuple(one.typed for one in self.plan.wanted),
        )

    def _repair(self) -> None:
        found = spelling.repairs(self.plan.unknown, reader=self.reader)
        if found:
            self.repairs = tuple(Repair(typed, meant) for typed, meant in found.items())
            self.asked = language.parse(self.asked.with_words(found))
            self.plan = query.plan(self.asked, reader=self.reader, synonyms=self.synonyms)

    def _suggestion(self, total: int) -> str:
        """Another query that is likely meant; the words that were typed stay what is looked for."""
        if self.repairs or total > RARE:
            return ""
        if self.plan.unknown:  # else they were tried already, and have no repair
            found = spelling.repairs(self.plan.unknown, reader=self.reader) if self.literal else {}
        else:
            seldom = [one.typed for one in self.plan.required if one.groups and 0 < one.count <= RARE]
            found = spelling.likelier(seldom, reader=self.reader)
        return self.asked.with_words(found) if found else ""

    def _answer(self) -> _Answer:
        """Every word directly or as a part; where that is little, compounds said otherwise; where it is nothing, a
        compound's parts wherever they stand."""
        plan = self.plan
        answer = self._asked(plan.direct(), Tier.ALL)
        if answer.matched.everywhere < FEW and plan.has_compounds:
            self.in_field = self._in_fields(beside=True)
            answer = self._asked(plan.beside(), Tier.ALL)
        if not answer.matched.everywhere and plan.has_loose:
            answer = self._asked(plan.anywhere(), Tier.SCATTERED)
        return answer

    def _in_fields(self, *, beside: bool) -> dict[Field, Expression]:
        fields = self.narrowing.fields
        return query.in_fields(self.asked, self.plan, also=fields, synonyms=self.synonyms, beside=beside)

    def _asked(self, expression: Expression, tier: Tier) -> _Answer:
        if not expression:
            return _Answer(None, tier, Matched(0, 0, {}))
        question = self._question(expression)
        return _Answer(question, tier, question.count())

    def _question(self, expression: Expression) -> Question:
        return Question(expression, self.reader, self.narrowing, self.in_field)

    def _best(self, answer: _Answer, first: int) -> list[Ranked]:
        if answer.question is None or not answer.matched.total:
            return []
        return answer.question.best(self.plan, answer.matched, self.order, first, self.size)

    def _more(self, ranked: Sequence[Ranked]) -> list[Ranked]:
        """After what has every word: items with some of them, the rarest first."""
        plan, room = self.plan, min(self.size, FEW) - len(ranked)
        known = [one for one in plan.required if one.count]
        if self.asked.has_operators or len(plan.required) < 2 or not known or room <= 0:
            return []
        question = self._question(plan.some(query.rarest(known, ENOUGH)))
        return question.some(plan, besides=[one.item for one in ranked], enough=ENOUGH, number=room)

    def _nearest(self) -> tuple[Hit, ...]:
        """For the page without hits: what has at least something of it."""
        expression = self.plan.any_piece()
        if not expression:
            return ()
        question = Question(expression, self.reader, Narrowing(), {})
        return tuple(hits.make(question.nearest(self.plan, NEAREST), self.plan, self.reader))

    def _known(self) -> tuple[Meeting | None, Case | None, tuple[Case, ...]]:
        """The meeting of the day and the case of the number that were typed."""
        meeting: Meeting | None = None
        case: Case | None = None
        cases: tuple[Case, ...] = ()
        for atom in (atom for clause in self.asked.clauses if not clause.is_excluded for atom in clause.atoms):
            match atom:
                case Day(mention=mention) if mention.year is not None and meeting is None:
                    day = f"{mention.year:04}-{mention.month:02}-{mention.day:02}"
                    meeting = Meeting.objects.visible_for(self.reader).filter(date=day).newest_first().first()
                case Number(number=CaseNumber() as number) if case is None:
                    case = Case.objects.visible_for(self.reader).filter(normalised=number.normalised).first()
                case Number(number=PartialCaseNumber() as number) if not cases:
                    found = Case.objects.visible_for(self.reader).with_part(number).in_order()
                    cases = tuple(found[:CASES])
        return meeting, case, cases
