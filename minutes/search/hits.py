"""Ranked items → hits with what a person wants to read, matching words marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from minutes.models import AgendaItem, DecisionOutcome, Reader, Recommendation, SearchText
from minutes.models.access import visible_prefetch
from minutes.parsing.sentences import split_sentences
from minutes.search.answers import Hit, Marked, Tier
from minutes.search.fields import Field
from minutes.search.highlight import Marker
from minutes.search.query import Plan
from minutes.search.ranking import Ranked

WINDOW = 1_500  # characters of a part that are looked at first
LONGEST_SENTENCE = 300  # characters of a decision's first sentence
# What a match is worth as a snippet: the title is shown anyway, and attachments' names say less than sentences.
_WORTH = {Field.DECISION: 1.1, Field.PROPOSAL: 1.0, Field.TEXT: 1.0, Field.ATTACHMENTS: 0.8, Field.CASE: 0.0}


def make(ranked: Sequence[Ranked], plan: Plan, reader: Reader) -> list[Hit]:
    """The hits in order; an item that is gone since, or may no longer be seen, is left out. Four questions in all."""
    if not ranked:
        return []
    marker = Marker(plan.target())
    items = {item.pk: item for item in _items([one.item for one in ranked], reader)}
    parts = dict(SearchText.objects.visible_for(reader).filter(pk__in=items).values_list("pk", "parts"))
    proposals = _proposals(items, reader)
    return [
        _hit(items[one.item], one, parts.get(one.item, []), proposals[one.item], marker)
        for one in ranked
        if one.item in items
    ]


def _proposals(items: Mapping[int, Any], reader: Reader) -> Mapping[int, str]:
    """What was proposed where the decision is a word or two, which alone tell nobody anything."""
    short = [pk for pk, item in items.items() if hasattr(item, "decision") and item.decision.is_short]
    rows = Recommendation.objects.visible_for(reader).filter(item__in=short).order_by("item", "position")
    found: defaultdict[int, str] = defaultdict(str)
    for pk, text in rows.values_list("item", "text"):
        found[pk] = f"{found[pk]} {text}".strip()
    return found


def _items(ids: Sequence[int], reader: Reader) -> Any:
    items = AgendaItem.objects.visible_for(reader).filter(pk__in=ids)
    return items.select_related("meeting", "case", "decision").prefetch_related(
        visible_prefetch("decision__outcomes", DecisionOutcome.objects.all(), reader)
    )


def _hit(item: Any, ranked: Ranked, parts: Sequence[Sequence[str]], proposal: str, marker: Marker) -> Hit:
    texts = [(Field(field), label, text) for field, label, text in parts]
    weights = _weighed(texts, marker)
    decided = next((text for field, _, text in texts if field is Field.DECISION), "")
    sentence = _first_sentence(decided)
    snippet, label = _snippet(weights, marker, shown=sentence)
    return Hit(
        item=item,
        score=ranked.score,
        tier=Tier.ALL,
        title=marker.mark(item.title),
        decision=marker.mark(sentence),
        proposal=marker.mark(proposal),
        snippet=snippet,
        snippet_label=label,
        matched=tuple(dict.fromkeys(field for weight, field, _, _ in weights if weight)),
        subtitle=_subtitle(weights, marker) if item.is_standing else (),
    )


type _Weighed = tuple[float, Field, str, str]  # weight, part, its name, its text as far as it was looked at


def _weighed(texts: Sequence[tuple[Field, str, str]], marker: Marker) -> list[_Weighed]:
    """What each part has of the query. Of long texts the beginnings are enough, unless nothing stands there."""
    found = [(marker.weight(text[:WINDOW]), field, label, text[:WINDOW]) for field, label, text in texts]
    if not any(weight for weight, field, _, _ in found if _WORTH.get(field)):
        found = [(marker.weight(text), field, label, text) for field, label, text in texts]
    return found


def _first_sentence(text: str) -> str:
    sentence = next((sentence.text for sentence in split_sentences(text)), "").strip()
    return sentence if len(sentence) <= LONGEST_SENTENCE else f"{sentence[:LONGEST_SENTENCE].rsplit(' ', 1)[0]} …"


def _snippet(weights: Sequence[_Weighed], marker: Marker, *, shown: str) -> tuple[Marked, str]:
    """The best stretch of the best part, unless it says no more than what is `shown` already."""
    ordered = sorted(weights, key=lambda one: -one[0] * _WORTH.get(one[1], 0))
    for weight, field, label, text in ordered:
        if not weight or not _WORTH.get(field):
            continue
        passage, found = marker.best_passage(text)
        if found and not (field is Field.DECISION and _says(shown, passage)):
            return passage, label
    return (), ""


def _says(shown: str, passage: Marked) -> bool:
    said = "".join(piece.text for piece in passage).strip("… ")
    return said in " ".join(shown.split())


def _subtitle(weights: Sequence[_Weighed], marker: Marker) -> Marked:
    if any(weight for weight, field, _, _ in weights if field is Field.TITLE):
        return ()
    best = max(weights, key=lambda one: one[0], default=None)
    return marker.best_sentence(best[3]) if best and best[0] else ()
