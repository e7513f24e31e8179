"""Counts over filters → what the page offers to narrow by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from minutes.kle import main_group_name
from minutes.models import OutcomeKind
from minutes.models.decisions import UNCLEAR
from minutes.search.answers import MOST, Count, Facet, FacetValue, Narrowing
from minutes.search.fields import Field
from minutes.search.query import COUNTED_FIELDS
from minutes.search.ranking import Matched

MOST_OFFICES = 12  # the most frequent; chosen ones are always there

_FIELD_LABELS = {
    Field.TITLE.value: "Titel",
    Field.DECISION.value: "Beslutning",
    Field.PROPOSAL.value: "Indstilling",
    Field.ATTACHMENTS.value: "Bilag",
}
_OUTCOMES = {**{kind: str(label) for kind, label in OutcomeKind.choices}, UNCLEAR: "Uafklaret"}


def as_count(number: int) -> Count:
    """Exact up to MOST."""
    return Count(number, number <= MOST)


def make(matched: Matched, narrowing: Narrowing) -> tuple[Facet, ...]:
    """The filters with their values, in the order of the page; a filter without values is left out."""
    years, outcomes, parts, groups, offices, attachments = (
        matched.spread.get(name, Counter()) for name in ("aar", "type", "hvor", "gruppe", "enhed", "bilag")
    )
    chosen_years = {str(year) for year in narrowing.years}
    fields = [field.value for field in COUNTED_FIELDS]
    chosen_fields = [field.value for field in narrowing.fields]
    all_years = sorted({*years, *chosen_years}, reverse=True)
    all_groups = sorted({*groups, *narrowing.main_groups})
    group_labels = {group: f"{group} {main_group_name(group) or ''}".strip() for group in all_groups}
    frequent = sorted(offices, key=lambda office: (-offices[office], office))[:MOST_OFFICES]
    all_offices = dict.fromkeys([*frequent, *narrowing.offices])
    facets = [
        _facet("aar", "År", all_years, {}, years, chosen_years),
        _facet("type", "Beslutningstype", _OUTCOMES, _OUTCOMES, outcomes, narrowing.outcomes),
        _facet("hvor", "Hvor ordene står", fields, _FIELD_LABELS, parts, chosen_fields),
        _facet("gruppe", "Emne", all_groups, group_labels, groups, narrowing.main_groups),
        _facet("enhed", "Indstillet af", all_offices, {}, offices, narrowing.offices),
        _facet("bilag", "Bilag", ["ja"], {"ja": "Med bilag"}, attachments, ["ja"] * narrowing.with_attachments),
    ]
    return tuple(facet for facet in facets if facet.values)


def _facet(
    name: str,
    label: str,
    values: Iterable[str],
    labels: Mapping[str, str],
    counts: Mapping[str, int],
    chosen: Iterable[str],
) -> Facet:
    picked = set(chosen)
    return Facet(
        name,
        label,
        tuple(
            FacetValue(value, labels.get(value, value), as_count(counts.get(value, 0)), value in picked)
            for value in values
            if counts.get(value) or value in picked
        ),
    )
