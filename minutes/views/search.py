"""Searching: the page of hits, and what is suggested while somebody types."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from minutes.filters import Asked, SearchFilters, read_asked, search_address, without_controls
from minutes.models import OutcomeKind, reader_of
from minutes.search.answers import Count, Facet, Hit, Narrowing, Order, Results, Tier
from minutes.search.results import search
from minutes.search.suggest import suggest
from minutes.templatetags.casenumbers import main_group_heading
from minutes.templatetags.danish import danish_date

from .access import reading

ON_A_PAGE = 20
SHOWN_VALUES = 7  # of a filter; the others unfold
LABELS = {name: filter.label for name, filter in SearchFilters.base_filters.items()}
DATES = ("fra", "til")

# What can be typed, and what it finds. None depends on what the archive holds.
EXAMPLES = (
    ("sygefravær", "finder også sygefraværet og sygefraværsstatistik"),
    ("hvad blev der besluttet om budgettet", "spørg, som du ville spørge en kollega"),
    ('"digital strategi"', "ordene lige efter hinanden"),
    ("ferie -sommerferie", "det ene ord uden det andet"),
    ("budget ELLER regnskab", "mindst et af ordene"),
    ("rekrut*", "alt, der begynder sådan"),
    ("titel:budget", "kun i titlen; også beslutning:, indstilling:, bilag: og sag:"),
    ("14. juni 2017", "mødet den dag øverst"),
    ("00.01", "sager, hvis nummer begynder sådan"),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter as a link that turns it on or off."""

    label: str
    count: Count | None
    is_chosen: bool
    address: str


@dataclass(frozen=True, slots=True)
class Group:
    """A filter on the page: the values that are shown, and those that unfold."""

    label: str
    shown: list[Choice]
    folded: list[Choice]


@dataclass(frozen=True, slots=True)
class Block:
    """Hits under a heading of their own; the heading is read out only where `is_quiet`."""

    heading: str
    hits: tuple[Hit, ...]
    is_quiet: bool = False


@reading
def show(request: HttpRequest) -> HttpResponse:
    asked = read_asked(request.GET)
    results = search(
        asked.typed,
        reader=reader_of(request.user),
        narrowing=asked.narrowing,
        order=asked.order,
        page=asked.page,
        size=ON_A_PAGE,
        literal=asked.is_literal,
    )
    page = _page(results)
    return render(
        request,
        "minutes/search.html",
        {
            "asked": asked,
            "results": results,
            "blocks": list(_blocks(results)),
            "groups": [] if results.is_blank else list(_groups(asked, results)),
            "chips": list(_chips(asked, results)),
            "problems": [
                (LABELS[name], text) for name, text in asked.problems.items() if not (name in DATES and results.hits)
            ],
            "links": _links(asked, results),
            "examples": [(typed, search_address(typed), words) for typed, words in EXAMPLES],
            "dates": [(name, LABELS[name], day, asked.problems.get(name)) for name, day in _dates(asked)],
            "kept_by_box": asked.without("q", "ordret"),
            "kept_by_dates": asked.without(*DATES),
            "page": page,
            "pages": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        },
    )


@reading
@cache_control(no_store=True)
def suggestions(request: HttpRequest) -> JsonResponse:
    typed = without_controls(request.GET.get("q", ""))
    found = suggest(typed, reader=reader_of(request.user))
    return JsonResponse({"suggestions": [{"kind": one.kind, "text": one.text, "url": one.url} for one in found]})


def _dates(asked: Asked) -> Iterator[tuple[str, datetime.date | None]]:
    return zip(DATES, (asked.narrowing.since, asked.narrowing.until), strict=True)


def _page(results: Results) -> Page:
    """Where we are among the pages of hits, for the links between them."""
    return Paginator(range(results.pages), 1).get_page(results.page)


def _blocks(results: Results) -> Iterator[Block]:
    """The hits of this page: those that have all words, then those that have some."""
    place = len(results.hits) if results.some_from is None else results.some_from
    whole, some = results.hits[:place], results.hits[place:]
    if whole and results.tier is Tier.SCATTERED:
        yield Block("Ordets dele står hver for sig i disse punkter", whole)
    elif whole:
        yield Block("Punkter", whole, is_quiet=True)
    if some:
        yield Block("Har kun nogle af ordene", some)


def _groups(asked: Asked, results: Results) -> Iterator[Group]:
    """The filters with their values. The first are shown, and what is chosen wherever it stands."""
    for facet in results.facets:
        choices = [
            Choice(value.label, value.count, value.is_chosen, asked.toggled(facet.name, value.value))
            for value in facet.values
        ]
        most = SHOWN_VALUES if len(choices) > SHOWN_VALUES + 1 else len(choices)
        folded = [choice for choice in choices[most:] if not choice.is_chosen]
        if choices:
            yield Group(facet.label, [choice for choice in choices if choice not in folded], folded)
    if any(facet.name == "faste" for facet in results.facets):
        return
    is_chosen = asked.narrowing.without_standing
    standing = Choice("Udelad godkendelse af referat og evt.", None, is_chosen, asked.toggled("faste", "nej"))
    yield Group(LABELS["faste"], [standing], [])


def _chips(asked: Asked, results: Results) -> Iterator[tuple[str, str]]:
    """Each filter that is on, in words, and the address without it."""
    labels = _labels(results.facets)
    for name, value in asked.chosen():
        match name:
            case "bilag":
                words = "Med bilag"
            case "faste":
                words = "Uden faste punkter"
            case "fra":
                words = f"Fra {danish_date(asked.narrowing.since)}"
            case "til":
                words = f"Til {danish_date(asked.narrowing.until)}"
            case _:
                words = f"{LABELS[name]}: {labels.get((name, value)) or _own_label(name, value)}"
        yield words, asked.toggled(name, value)


def _labels(facets: tuple[Facet, ...]) -> dict[tuple[str, str], str]:
    return {(facet.name, value.value): value.label for facet in facets for value in facet.values}


def _own_label(name: str, value: str) -> str:
    """For a value that is not among those counted, as on a page without hits."""
    if name == "gruppe":
        return main_group_heading(value)
    return (
        dict(OutcomeKind.choices).get(value, value.capitalize())
        if name == "type"
        else value.capitalize()
        if name == "hvor"
        else value
    )


def _links(asked: Asked, results: Results) -> dict[str, str]:
    """Addresses of the same search, changed in one way."""
    return {
        "everything": replace(asked, narrowing=Narrowing()).address(),
        "best": replace(asked, order=Order.BEST).address(),
        "newest": replace(asked, order=Order.NEWEST).address(),
        "literal": replace(asked, is_literal=True).address(),
        "suggestion": replace(asked, typed=results.suggestion, is_literal=False).address(),
        "pages": asked.address(),
    }
