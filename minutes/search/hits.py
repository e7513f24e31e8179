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
_WORTH = {Field.DECISION: 1.1, Field.PROPOSAL: 1.0, Field.TEXT: 1.0, Field.ATTACHMENTS: 0.8}


def make(ranked: Sequence[Ranked], plan: Plan, reader: Reader) -> list[Hit]:
    """The hits in order; an item that is gone since, or may no longer be seen, is left out. Four questions in all."""
    if not ranked:
        return []
    shower = _Shower(plan)
    items = {item.pk: item for item in _items([one.item for one in ranked], reader)}
    parts = dict(SearchText.objects.visible_for(reader).filter(pk__in=items).values_list("pk", "parts"))
    proposals = _proposals(items, reader)
    return [
        _hit(items[one.item], one, parts.get(one.item, []), proposals[one.item], shower)
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


def _hit(item: Any, ranked: Ranked, parts: Sequence[Sequence[str]], proposal: str, shower: _Shower) -> Hit:
    texts = [(Field(field), label, text) for field, label, text in parts]
    sentence = _first_sentence(next((text for field, _, text in texts if field is Field.DECISION), ""))
    snippet, label = shower.snippet(texts, shown=sentence)
    marker = shower.marker
    return Hit(
        item=item,
        score=ranked.score,
        tier=Tier.ALL,
        title=marker.mark(item.title),
        decision=marker.mark(sentence),
        proposal=marker.mark(proposal),
        snippet=snippet,
        snippet_label=label,
        subtitle=shower.subtitle(texts) if item.is_standing and not marker.weight(item.title) else (),
    )


class _Shower:
    """Chooses what to show of the texts of one page's hits."""

    def __init__(self, plan: Plan) -> None:
        self.marker = Marker(plan.target())
        self.everything = sum(one.rarity for one in plan.wanted)  # the weight of a part that has all that is wanted

    def snippet(self, texts: Sequence[_Text], *, shown: str) -> tuple[Marked, str]:
        """The best stretch of the best part, and the part's name, unless it says no more than what is `shown`. Of long
        texts the beginnings are enough, and the first part that has everything, where anything stands there at all."""
        parts = [part for part in texts if _WORTH.get(part[0])]
        return self._best([(field, label, _beginning(text)) for field, label, text in parts], shown) or (
            self._best(parts, shown) or ((), "")
        )

    def subtitle(self, texts: Sequence[_Text]) -> Marked:
        """The sentence that matches best."""
        parts = [part for part in texts if _WORTH.get(part[0])]
        best = max(parts, key=lambda part: self.marker.weight(part[2]), default=None)
        return self.marker.best_sentence(best[2]) if best else ()

    def _best(self, parts: Sequence[_Text], shown: str) -> tuple[Marked, str] | None:
        found: list[tuple[float, int]] = []
        for at, (field, _, text) in enumerate(parts):
            weight = self.marker.rough_weight(text)
            if weight:
                found.append((-weight * _WORTH[field], at))
            if weight >= self.everything and (passage := self._passage(parts[at], shown)):
                return passage
        passages = (self._passage(parts[at], shown) for _, at in sorted(found))
        return next(filter(None, passages), None) or (((), "") if found else None)

    def _passage(self, part: _Text, shown: str) -> tuple[Marked, str] | None:
        field, label, text = part
        passage, weight = self.marker.best_passage(text)
        is_said = field is Field.DECISION and _says(shown, passage)
        return None if is_said or not weight else (passage, label)


type _Text = tuple[Field, str, str]  # a part, its name, its text


def _beginning(text: str) -> str:
    return text if len(text) <= WINDOW else text[:WINDOW].rsplit(None, 1)[0]


def _first_sentence(text: str) -> str:
    beginning = text[: 3 * LONGEST_SENTENCE]
    sentence = next((sentence.text for sentence in split_sentences(beginning)), "").strip()
    return sentence if len(sentence) <= LONGEST_SENTENCE else f"{sentence[:LONGEST_SENTENCE].rsplit(' ', 1)[0]} …"


def _says(shown: str, passage: Marked) -> bool:
    said = "".join(piece.text for piece in passage).strip("… ")
    return said in " ".join(shown.split())
