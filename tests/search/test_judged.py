"""Judged queries: how good search is on minutes that are known. `make evaluate` shows the same numbers, and others'."""

from __future__ import annotations

import math
from functools import cache

import pytest

from bench.evaluating import Answer, Corpus, Ours, Query, Scores, archive_with, ask, corpora, load_queries, score
from minutes.models import AgendaItem

# (nDCG@10, first hit relevant) at least
AIMS = {"known": (0.97, 0.97), "known_more": (0.95, 0.95), "other": (0.95, 0.95), "other_unseen": (0.95, 0.95)}
SETS = [(corpus, name) for corpus in corpora() for name in corpus.sets]


@cache
def answers(corpus: Corpus) -> dict[str, list[Answer]]:
    """What our search answers to every set of the corpus; the minutes are read once."""
    with archive_with(corpus.files):
        return {name: ask(Ours(), load_queries(name)) for name in corpus.sets}


@pytest.mark.django_db
@pytest.mark.xdist_group("judged")
@pytest.mark.parametrize(("corpus", "name"), SETS, ids=[name for _, name in SETS])
def test_search_is_as_good_as_it_aims_to_be(corpus: Corpus, name: str) -> None:
    found = answers(corpus)[name]
    means = score(found)
    weak = [(answer.query.kind, answer.query.typed, answer.found[:3]) for answer in found if answer.score < 0.8]
    if "unseen" in name:  # nothing is tuned on them, so nobody reads them
        weak.clear()

    ndcg, first = AIMS[name]
    assert means.ndcg >= ndcg and means.first >= first, (means, weak)


@pytest.mark.django_db
@pytest.mark.xdist_group("judged")
@pytest.mark.parametrize(("corpus", "name"), SETS, ids=[name for _, name in SETS])
def test_a_query_without_an_answer_finds_nothing(corpus: Corpus, name: str) -> None:
    without = [answer for answer in answers(corpus)[name] if not answer.query.relevant]

    assert without
    assert {answer.query.typed: answer.found for answer in without if answer.found} == {}


@pytest.mark.django_db
@pytest.mark.parametrize("corpus", corpora(), ids=lambda corpus: corpus.sets[0])
def test_judgements_name_items_that_exist(corpus: Corpus) -> None:
    judged = {key for name in corpus.sets for query in load_queries(name) for key in query.relevant}

    with archive_with(corpus.files):
        there = {f"{date}#{number}" for date, number in AgendaItem.objects.values_list("meeting__date", "number")}

    assert judged - there == set()


def test_no_query_is_judged_twice() -> None:
    for corpus in corpora():
        typed = [query.typed for name in corpus.sets for query in load_queries(name)]
        assert len(typed) == len(set(typed))


def test_scores() -> None:
    query = Query("budget", "word", {"2017-06-14#3": 2, "2016-10-11#3": 1})
    best = Answer(query, ["2017-06-14#3", "2016-10-11#3"])
    second = Answer(query, ["2023-12-07#1", "2017-06-14#3"])
    rightly_empty, wrongly_full = (Answer(Query("kloak", "negative", {}), found) for found in ([], ["2017-06-14#3"]))

    assert best.score == 1
    assert second.score == pytest.approx((3 / math.log2(3)) / (3 + 1 / math.log2(3)))
    assert score([best, second, rightly_empty, wrongly_full]) == Scores(
        ndcg=pytest.approx((1 + second.score + 1 + 0) / 4), first=0.5, recall=0.75, negatives=2, negatives_empty=1
    )
