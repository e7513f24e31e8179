"""How much the archive holds, and how it spreads: counted in the index, whose rows are narrow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count

from minutes.models import Case, Meeting, SearchEntry
from minutes.models.access import Reader
from minutes.models.decisions import UNCLEAR
from minutes.models.versions import kept_while_unchanged


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts of what somebody may see. `outcomes` are those of decisions that do not stand at every meeting."""

    years: Mapping[int, int]  # to meetings, latest first
    subjects: Mapping[str, int]  # main groups, "" for the numbers of other bodies, to cases
    outcomes: Mapping[str, int]
    items: int
    decisions: int

    @property
    def meetings(self) -> int:
        return sum(self.years.values())

    @property
    def cases(self) -> int:
        return sum(self.subjects.values())


@kept_while_unchanged(most=8)
def overview(reader: Reader) -> Overview:
    """What `reader` may see, counted with three questions, once for each state of the archive."""
    cases = Case.objects.visible_for(reader).order_by().values_list("main_group").annotate(count=Count("pk"))
    entries = SearchEntry.objects.visible_for(reader).order_by()
    items = decisions = 0
    outcomes: Counter[str] = Counter()
    kinds = ("facets__has_decision", "facets__is_standing", "facets__outcomes")
    for has_decision, is_standing, found, count in entries.values_list(*kinds).annotate(count=Count("pk")):
        items += count
        decisions += count if has_decision else 0
        if has_decision and not is_standing:
            outcomes.update(dict.fromkeys(found or [UNCLEAR], count))
    return Overview(
        years=dict(Meeting.objects.visible_for(reader).by_year()),
        subjects=dict(sorted(cases)),
        outcomes=outcomes,
        items=items,
        decisions=decisions,
    )
