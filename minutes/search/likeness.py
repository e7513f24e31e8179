"""Items that may belong together with another though their case numbers differ.

What titles share counts by how rare it is in titles; so does the subject of their cases. Attachments of one name, and
case numbers or items that the one's text names, say more than words. Whatever is common says nothing and is not even
counted, so that the answer is as quick in a large archive.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any  # Any: models and what hangs on them, which no checker sees

from django.db.models import F, IntegerField, Q, Value

from minutes.models import AgendaItem, Attachment, Reader, Reference, SearchEntry
from minutes.models.decisions import Origin
from minutes.models.sortkeys import danish_sort_key
from minutes.parsing.samlesag import FILLERS
from minutes.search.analysis import Token, analyse
from minutes.search.document import is_word
from minutes.search.fields import Field
from minutes.search.fillers import FUNCTION_WORDS
from minutes.search.folding import folded
from minutes.search.ranking import Matches
from minutes.search.tsquery import any_of, parts, wholes

MOST = 8  # items that are suggested
OF_A_CASE = 2  # of them, of one case
COMMON = 1_000  # titles: a word in more says nothing
COMMON_SUBJECT = 200  # items: so does a subject, or an attachment's name
FEW = 30  # items of a subject: so few belong together for that alone
_MOST_WORDS = 8
_MOST_NAMES = 20  # of attachments

ENOUGH = 0.34  # of what the title's words weigh
ENOUGH_WITH_SUBJECT = 0.15
INSIDE = 0.5  # the one's word is a part of the other's compound
BOTH_INSIDE = 0.35
SUBJECT = 0.8
NAMED = 0.7  # of what a word weighs that stands in one title


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item with meeting, case, recommendations, decision and outcomes, and why it may belong to the other."""

    item: AgendaItem
    same_title: bool = False
    words: tuple[str, ...] = ()  # of the other's title, that stand in its own too
    similar: tuple[str, ...] = ()  # of which it has a part
    subject: str = ""  # of both cases
    attachments: tuple[str, ...] = ()  # both have
    is_named: bool = False  # the one's text names the other, or its case


@dataclass(slots=True)
class _Found:
    """What speaks for an item, while it is collected."""

    words: dict[int, float] = field(default_factory=dict)  # which of the title's words, and what the match is worth
    subject: float = 0.0
    attachments: dict[str, float] = field(default_factory=dict)
    named: float = 0.0


def alike(item: Any, reader: Reader, *, besides: Collection[int] = (), number: int = MOST) -> tuple[Candidate, ...]:
    """The items that most likely belong together with `item`, best first, with what speaks for each.

    Left out are standing items, those of the same case unless that is a samlesag, and `besides`, given by primary key.
    """
    size = max(2, _size(reader))
    found: defaultdict[int, _Found] = defaultdict(_Found)
    tokens, weights = _by_words(item, reader, size, found)
    subject_count = _by_subject(item, reader, size, found)
    _by_attachments(item, reader, size, found)
    _by_names(item, reader, size, found)

    for pk in (item.pk, *besides, *_of_case(item)):
        found.pop(pk, None)
    own = sum(weights) or 1.0
    scores: dict[int, float] = {}
    for pk, one in found.items():
        matched = sum(weights[at] * worth for at, worth in one.words.items())
        share = matched / own
        enough = one.named or one.attachments or share >= ENOUGH
        enough = enough or (one.subject and (share >= ENOUGH_WITH_SUBJECT or subject_count <= FEW))
        if enough:
            scores[pk] = matched + SUBJECT * one.subject + max(one.attachments.values(), default=0.0) + one.named
    best = sorted(scores, key=lambda pk: (-scores[pk], -pk))[: 4 * number]
    return tuple(_candidates(item, best, found, tokens, reader))[:number]


def _candidates(
    item: Any, best: Sequence[int], found: dict[int, _Found], tokens: Sequence[Token], reader: Reader
) -> Iterator[Candidate]:
    items = _loaded(best, reader)
    of_case: Counter[int] = Counter()
    for other in (items[pk] for pk in best if pk in items):
        if other.case_id and not other.case.is_collective:
            of_case[other.case_id] += 1
            if of_case[other.case_id] > OF_A_CASE:
                continue
        one = found[other.pk]
        words = [(item.title[tokens[at].start : tokens[at].end], worth) for at, worth in sorted(one.words.items())]
        yield Candidate(
            item=other,
            same_title=bool(item.title.strip()) and item.title.casefold().split() == other.title.casefold().split(),
            words=tuple(dict.fromkeys(word for word, worth in words if worth == 1)),
            similar=tuple(dict.fromkeys(word for word, worth in words if worth < 1)),
            subject=item.case.subject if one.subject and item.case else "",
            attachments=tuple(one.attachments),
            is_named=bool(one.named),
        )


def _loaded(ids: Sequence[int], reader: Reader) -> dict[int, Any]:
    items: Any = AgendaItem.objects.not_standing().filter(pk__in=ids).order_by()
    return {one.pk: one for one in items.told_shortly(reader)}


def _size(reader: Reader) -> int:
    return int(SearchEntry.objects.visible_for(reader).count())


def _of_case(item: Any) -> list[int]:
    """The items of the same matter. A samlesag is none."""
    if item.case is None or item.case.is_collective:
        return []
    return list(AgendaItem.objects.filter(case=item.case).order_by().values_list("pk", flat=True))


def _by_words(
    item: Any, reader: Reader, size: int, found: dict[int, _Found]
) -> tuple[Sequence[Token], Sequence[float]]:
    """Items with the same words in their titles; answers the title's words that count, and what each weighs."""
    tokens = [token for token in analyse(item.title[:1000]) if _counts(token)][:_MOST_WORDS]
    titles = SearchEntry.objects.visible_for(reader).filter(facets__is_standing=False).order_by()
    ways = [(at, worth, expression) for at, token in enumerate(tokens) for worth, expression in _ways(token)]
    if not ways:
        return [], []
    asked = [
        titles.filter(Matches(F("vector"), expression)).values_list("pk", Value(number, output_field=IntegerField()))[
            : COMMON + 1
        ]
        for number, (_, _, expression) in enumerate(ways)
    ]
    rows = list(asked[0].union(*asked[1:], all=True) if asked[1:] else asked[0])
    counts = Counter(number for _, number in rows)
    weights = [0.0] * len(tokens)
    for number, (at, worth, _) in enumerate(ways):
        if worth == 1:
            weights[at] = math.log(1 + size / max(1, counts[number]))
    for pk, number in rows:
        at, worth, _ = ways[number]
        if counts[number] <= COMMON:
            # A part is worth no more than it is rare itself.
            worth *= min(1.0, math.log(1 + size / counts[number]) / weights[at])
            words = found[pk].words
            words[at] = max(words.get(at, 0.0), worth)
    return tokens, weights


def _counts(token: Token) -> bool:
    is_filler = token.word in FILLERS or folded(token.word) in FUNCTION_WORDS
    return is_word(token) and not is_filler and any(not term.part for term in token.terms)


def _ways(token: Token) -> Iterator[tuple[float, str]]:
    """How a title may have the word or a piece of it, and what that is worth."""
    whole = [term.text for term in token.terms if not term.part]
    pieces = [term.text for term in token.terms if term.part]
    yield 1, wholes(whole, Field.TITLE)
    yield INSIDE, any_of([parts(whole, Field.TITLE), wholes(pieces, Field.TITLE)])
    for piece in pieces:
        yield BOTH_INSIDE, parts([piece], Field.TITLE)


def _by_subject(item: Any, reader: Reader, size: int, found: dict[int, _Found]) -> int:
    """Items of cases with the same subject; answers how many there are, 0 where they are too many to say anything."""
    case = item.case
    if case is None or not case.subject:
        return 0
    others = AgendaItem.objects.visible_for(reader).filter(case__main_group=case.main_group, case__subject=case.subject)
    others = others.exclude(case=case).order_by()
    ids = list(others.values_list("pk", flat=True)[: COMMON_SUBJECT + 1])
    if len(ids) > COMMON_SUBJECT:
        return 0
    for pk in ids:
        found[pk].subject = math.log(1 + size / len(ids))
    return len(ids)


def _by_attachments(item: Any, reader: Reader, size: int, found: dict[int, _Found]) -> None:
    """Items with attachments of the same name."""
    visible = Attachment.objects.visible_for(reader)
    names = {danish_sort_key(one.name): one.name for one in visible.filter(item=item)[:_MOST_NAMES]}
    if not names:
        return
    same = visible.filter(sort_key__in=names).exclude(item=item).order_by()
    rows = list(same.values_list("item", "sort_key")[: COMMON_SUBJECT + 1])
    counts = Counter(key for _, key in rows)
    for pk, key in rows:
        if len(rows) <= COMMON_SUBJECT:
            found[pk].attachments[names[key]] = math.log(1 + size / counts[key])


def _by_names(item: Any, reader: Reader, size: int, found: dict[int, _Found]) -> None:
    """Items that the text names, by their case or themselves, and those whose text names this one."""
    named = Reference.objects.visible_for(reader).filter(origin=Origin.RULE)
    here = Q(target_item=item)
    if item.case is not None and not item.case.is_collective:
        here |= Q(target_case=item.case)
    pairs = named.filter(here).order_by().values_list("item", flat=True)[:COMMON_SUBJECT]
    cases = named.filter(item=item, target_case__is_collective=False).order_by().values("target_case")
    there = Q(case__in=cases) | Q(pk__in=named.filter(item=item).order_by().values("target_item"))
    others = AgendaItem.objects.visible_for(reader).filter(there).order_by().values_list("pk", flat=True)
    for pk in {*pairs, *others[:COMMON_SUBJECT]}:
        found[pk].named = NAMED * math.log(1 + size)
