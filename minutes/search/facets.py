"""Counts over filters → what the page offers to narrow by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from minutes.kle import main_group_name
from minutes.models import OutcomeKind
from minutes.search.answers import MOST, Count, Facet, FacetValue, Narrowing
from minutes.search.fields import Field
from minutes.search.query import COUNTED_FIELDS
from minutes.search.ranking import UNCLEAR, Matched

MOST_OFFICES = 12  # the most frequent; chosen ones are always there

_FIELD_LABELS = {
    Field.TITLE: "Titel",
    Field.DECISION: "Beslutning",
    Field.PROPOSAL: "Indstilling",
    Field.ATTACHMENTS: "Bilag",
}
_OUTCOMES = {**dict(OutcomeKind.choices), UNCLEAR: "Uafklaret"}


def as_count(number: int) -> Count:
    """Exact up to MOST."""
    return Count(number, number <= MOST)


def make(matched: Matched, narrowing: Narrowing) -> tuple[Facet, ...]:
    """The filters with their values, in the order of the page; a filter without values is left out."""
    spread = matched.spread
    years, groups, offices = spread.get("aar", {}), spread.get("gruppe", {}), spread.get("enhed", {})
    chosen_years = {str(year) for year in narrowing.years}
    frequent = sorted(offices, key=lambda office: (-offices[office], office))[:MOST_OFFICES]
    facets = [
        _facet("aar", "År", sorted({*years, *chosen_years}, reverse=True), {}, years, chosen_years),
        _facet("type", "Beslutningstype", _OUTCOMES, _OUTCOMES, spread.get("type", {}), narrowing.outcomes),
        _facet(
            *("hvor", "Hvor ordene står", [field.value for field in COUNTED_FIELDS]),
            *({field.value: label for field, label in _FIELD_LABELS.items()}, spread.get("hvor", {})),
            [field.value for field in narrowing.fields],
        ),
        _facet(
            *("gruppe", "Emne", sorted({*groups, *narrowing.main_groups})),
            *(
                {
                    group: f"{group} {main_group_name(group) or ''}".strip()
                    for group in {*groups, *narrowing.main_groups}
                },
            ),
            *(groups, narrowing.main_groups),
        ),
        _facet(
            "enhed", "Indstillet af", [*dict.fromkeys([*frequent, *narrowing.offices])], {}, offices, narrowing.offices
        ),
        _facet(
            "bilag", "Bilag", ["ja"], {"ja": "Med bilag"}, spread.get("bilag", {}), ["ja"] * narrowing.with_attachments
        ),
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
