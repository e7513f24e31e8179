"""What stands in the address of the register of decisions: read, checked, and written again.

As `minutes.filters` does for search: a link holds what was understood, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from minutes.filters import MOST_TYPED, YES, AnswerFilter, ItemFilters, read_page, without_controls
from minutes.search.answers import Narrowing

STANDING = "faste"


class WordsField(forms.Field):
    """Words in any number; what is too long to be repeated by a link is cut, and what cannot be shown is left out."""

    def clean(self, value: str | None) -> str:
        typed = without_controls(value or "")
        if len(typed) > MOST_TYPED:
            raise ValidationError(f"Skriv højst {MOST_TYPED} tegn.")
        return typed


class WordsFilter(django_filters.Filter):
    field_class = WordsField


class DecisionFilters(ItemFilters):
    """The filters of the register. What stands at every meeting is left out unless asked for."""

    q = WordsFilter(label="Ord")
    faste = AnswerFilter(label="Faste punkter", answer=YES)


LABELS = {name: str(filter.label) for name, filter in DecisionFilters.base_filters.items()}


@dataclass(frozen=True, slots=True)
class AskedDecisions:
    """The register as it stands in the address."""

    typed: str = ""
    narrowing: Narrowing = field(default_factory=lambda: Narrowing(without_standing=True))
    page: int = 1
    problems: dict[str, str] = field(default_factory=dict)  # what could not be read, by filter

    def chosen(self) -> Iterator[tuple[str, str]]:
        """The filters that are on, each as it stands in the address, in a fixed order."""
        if self.typed:
            yield "q", self.typed
        yield from self._cells()
        yield from (("gruppe", group) for group in self.narrowing.main_groups)
        yield from (("enhed", office) for office in self.narrowing.offices)
        if not self.narrowing.without_standing:
            yield STANDING, YES

    def address(self, page: int = 1, *, route: str = "decisions") -> str:
        """Where this is asked for."""
        pairs = list(self.chosen())
        return _address([*pairs, ("side", str(page))] if page > 1 else pairs, route)

    def toggled(self, name: str, value: str) -> str:
        """The address of this with that value of a filter added, or taken away where it is chosen."""
        pairs = list(self.chosen())
        if (name, value) in pairs:
            return _address([pair for pair in pairs if pair != (name, value)])
        return _address([*pairs, (name, value)])

    def without(self, *names: str) -> list[tuple[str, str]]:
        """What is left when `names` are taken off, as a form repeats it."""
        return [pair for pair in self.chosen() if pair[0] not in names]

    def address_without(self, name: str) -> str:
        return _address(self.without(name))

    def cells(self, years: Sequence[int], outcomes: Sequence[str]) -> str:
        """The address of just these years and outcomes, the other filters kept."""
        return replace(self, narrowing=replace(self.narrowing, years=years, outcomes=outcomes)).address()

    def _cells(self) -> Iterator[tuple[str, str]]:
        yield from (("aar", str(year)) for year in self.narrowing.years)
        yield from (("type", outcome) for outcome in self.narrowing.outcomes)


def read_asked_decisions(data: QueryDict) -> AskedDecisions:
    """What the address asks for. Nothing in an address raises; what cannot be read is left out and told."""
    read, problems = DecisionFilters(data).cleaned()
    return AskedDecisions(
        typed=read.get("q", ""),
        narrowing=Narrowing(
            years=read.get("aar", ()),
            main_groups=read.get("gruppe", ()),
            outcomes=read.get("type", ()),
            offices=read.get("enhed", ()),
            without_standing=not read.get(STANDING, False),
        ),
        page=read_page(data),
        problems=problems,
    )


def _address(pairs: Sequence[tuple[str, str]], route: str = "decisions") -> str:
    address = reverse(route)
    return f"{address}?{urlencode(pairs)}" if pairs else address
