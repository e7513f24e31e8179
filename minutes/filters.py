"""What stands in the address of a search: read, checked, and written again.

`SearchFilters` is the one declaration of the filters. What it reads becomes a `Narrowing`; `Asked` keeps that together
with the query, the order and the page, and makes every link of the page from them, so that a link holds what was
understood and nothing else.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from minutes.models import OutcomeKind, SearchEntry
from minutes.models.decisions import UNCLEAR
from minutes.parsing.dates import InvalidDate, parse_date
from minutes.search.answers import Narrowing, Order
from minutes.search.fields import Field

YES, NO = "ja", "nej"
MOST_TYPED = 1000  # characters of a query that links and the search box repeat
MOST_PAGE = 100_000
_MOST_VALUES = 50  # of one filter
_MOST_SHOWN = 40  # characters of a bad value that a message repeats
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


def without_controls(text: str) -> str:
    """`text` with blanks for NUL and other control characters, which neither a page nor the database takes."""
    return _CONTROL.sub(" ", text).strip()


class ManyValues(forms.Field):
    """Any number of values of one filter. `read` makes a value of each text, None of what is none; `problem` then says
    in Danish what is wrong with it."""

    widget = forms.SelectMultiple  # takes every value of that name from the address

    def __init__(self, *, read: Callable[[str], Any], problem: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.read, self.problem = read, problem

    def clean(self, value: Any) -> tuple[Any, ...]:
        typed = list(dict.fromkeys(filter(None, map(without_controls, value or ()))))
        if len(typed) > _MOST_VALUES:
            raise ValidationError(f"Vælg højst {_MOST_VALUES}.")
        read = {text: self.read(text) for text in typed}
        for text, one in read.items():
            if one is None:
                raise ValidationError(f"”{_shortened(text)}” {self.problem}")
        return tuple(dict.fromkeys(read.values()))


class OneAnswer(forms.Field):
    """A filter that is on with one word, and off with anything else."""

    def __init__(self, *, answer: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.answer = answer

    def clean(self, value: Any) -> bool:
        return value == self.answer


class DayField(forms.Field):
    """A day in any form that minutes use; what is wrong is said in Danish."""

    def clean(self, value: Any) -> datetime.date | None:
        typed = without_controls(value or "")
        try:
            return parse_date(_shortened(typed)) if typed else None
        except InvalidDate as error:
            raise ValidationError(str(error)) from error


class ManyFilter(django_filters.Filter):
    field_class = ManyValues


class AnswerFilter(django_filters.Filter):
    field_class = OneAnswer


class DayFilter(django_filters.Filter):
    field_class = DayField


def _year(text: str) -> int | None:
    return int(text) if re.fullmatch("(?:19|20|21)[0-9]{2}", text) else None


def _main_group(text: str) -> str | None:
    return text if re.fullmatch("[0-9]{2}", text) else None


def _outcome(text: str) -> str | None:
    return text if text in {*OutcomeKind.values, UNCLEAR} else None


def _office(text: str) -> str | None:
    return text if len(text) <= 200 else None


def _field(text: str) -> Field | None:
    return Field(text) if text in {field.value for field in Field} else None


class ItemFilters(django_filters.FilterSet):
    """What items are narrowed by everywhere, by the names in the address. Labels begin the names of chosen filters."""

    aar = ManyFilter(label="År", read=_year, problem="er ikke et årstal.")
    gruppe = ManyFilter(label="Emne", read=_main_group, problem="er ikke en hovedgruppe; en hovedgruppe er to cifre.")
    type = ManyFilter(label="Beslutning", read=_outcome, problem="er ikke en beslutningstype.")
    enhed = ManyFilter(label="Indstillet af", read=_office, problem="er ikke en enhed.")

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, queryset=SearchEntry.objects.none())

    def cleaned(self) -> tuple[dict[str, Any], dict[str, str]]:
        """What can be read, and what is wrong with the rest, by filter."""
        self.form.is_valid()
        return self.form.cleaned_data, {name: " ".join(errors) for name, errors in self.form.errors.items()}


class SearchFilters(ItemFilters):
    """The filters of a search."""

    hvor = ManyFilter(label="Fundet i", read=_field, problem="er ikke en del af et punkt.")
    bilag = AnswerFilter(label="Bilag", answer=YES)
    fra = DayFilter(label="Fra")
    til = DayFilter(label="Til")
    faste = AnswerFilter(label="Faste punkter", answer=NO)

    def read(self) -> tuple[Narrowing, dict[str, str]]:
        """What the address asks for, without what cannot be read, and what is wrong with that, by filter."""
        read, problems = self.cleaned()
        narrowing = Narrowing(
            years=read.get("aar", ()),
            main_groups=read.get("gruppe", ()),
            outcomes=read.get("type", ()),
            offices=read.get("enhed", ()),
            fields=read.get("hvor", ()),
            with_attachments=read.get("bilag", False),
            since=read.get("fra"),
            until=read.get("til"),
            without_standing=read.get("faste", False),
        )
        if narrowing.since and narrowing.until and narrowing.since > narrowing.until:
            problems["til"] = "Til-datoen ligger før fra-datoen; ingen af dem er brugt."
            narrowing = replace(narrowing, since=None, until=None)
        return narrowing, problems


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as it stands in the address: `typed` in full, though links repeat no more than MOST_TYPED of it."""

    typed: str = ""
    narrowing: Narrowing = field(default_factory=Narrowing)
    order: Order = Order.BEST
    page: int = 1
    is_literal: bool = False  # look for exactly what was typed
    problems: dict[str, str] = field(default_factory=dict)  # what could not be read, by filter

    @property
    def repeated(self) -> str:
        """What was typed, as far as the page repeats it."""
        return self.typed[:MOST_TYPED]

    def chosen(self) -> Iterator[tuple[str, str]]:
        """The filters that are on, each as it stands in the address, in a fixed order."""
        narrowing = self.narrowing
        yield from (("aar", str(year)) for year in narrowing.years)
        yield from (("gruppe", group) for group in narrowing.main_groups)
        yield from (("type", outcome) for outcome in narrowing.outcomes)
        yield from (("enhed", office) for office in narrowing.offices)
        yield from (("hvor", where.value) for where in narrowing.fields)
        if narrowing.with_attachments:
            yield "bilag", YES
        if narrowing.since:
            yield "fra", narrowing.since.isoformat()
        if narrowing.until:
            yield "til", narrowing.until.isoformat()
        if narrowing.without_standing:
            yield "faste", NO

    def pairs(self) -> list[tuple[str, str]]:
        """All that must stand in an address that asks for the same, but the page."""
        pairs = [("q", self.repeated), *self.chosen()]
        if self.order is not Order.BEST:
            pairs.append(("sort", self.order.value))
        if self.is_literal:
            pairs.append(("ordret", "1"))
        return pairs

    def address(self, page: int = 1) -> str:
        """Where this is asked for."""
        return _address([*self.pairs(), ("side", str(page))] if page > 1 else self.pairs())

    def toggled(self, name: str, value: str) -> str:
        """The address of this with that value of a filter added, or taken away where it is chosen."""
        pairs = self.pairs()
        if (name, value) in pairs:
            return _address([pair for pair in pairs if pair != (name, value)])
        return _address([*pairs, (name, value)])

    def without(self, *names: str) -> list[tuple[str, str]]:
        """What a form must repeat that asks for `names` itself."""
        return [pair for pair in self.pairs() if pair[0] not in names]


def read_asked(data: QueryDict) -> Asked:
    """What the address asks for. Nothing in an address raises; what cannot be read is left out and told."""
    narrowing, problems = SearchFilters(data).read()
    return Asked(
        typed=without_controls(data.get("q", "")),
        narrowing=narrowing,
        order=Order.NEWEST if data.get("sort") == Order.NEWEST.value else Order.BEST,
        page=read_page(data),
        is_literal=data.get("ordret") == "1",
        problems=problems,
    )


def read_page(data: QueryDict) -> int:
    """Which page of a list the address asks for; the first where it says nothing that can be read."""
    side = data.get("side", "")
    return max(1, min(int(side), MOST_PAGE)) if re.fullmatch("[0-9]{1,9}", side) else 1


def search_address(typed: str) -> str:
    """Where `typed` is searched for, in everything."""
    return Asked(typed).address()


def _address(pairs: list[tuple[str, str]]) -> str:
    return f"{reverse('search')}?{urlencode(pairs)}"


def _shortened(text: str) -> str:
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"
