"""The register of decisions."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from minutes.decision_filters import LABELS, STANDING, AskedDecisions, read_asked_decisions
from minutes.filters import YES
from minutes.models import Decision, reader_of
from minutes.models.access import Reader, User
from minutes.models.versions import kept_while_unchanged
from minutes.search.analysis import plain_text
from minutes.search.answers import Marked, Narrowing, Piece
from minutes.search.decisions import Found, Register, Spread, find
from minutes.search.highlight import Marker
from minutes.templatetags.casenumbers import main_group_heading
from minutes.templatetags.items import proposed

from . import chart
from .access import reading

ON_A_PAGE = 20
SHOWN_VALUES = 7  # of a filter; the others unfold
LONGEST = 320  # characters of a decision, or of what was proposed, before it is cut
HEADINGS = {**LABELS, "type": "Beslutningstype"}
KEPT = 64  # charts with filters, of at most some hundred kB each
READ = 3 * LONGEST  # of its Markdown that are read for that


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter as a link that turns it on or off."""

    label: str
    number: int | None
    is_chosen: bool
    address: str


@dataclass(frozen=True, slots=True)
class Group:
    """A filter on the page: the values that are shown, and those that unfold."""

    label: str
    shown: list[Choice]
    folded: list[Choice]


@dataclass(frozen=True, slots=True)
class Row:
    """A decision in the list. `proposal` is what was proposed, where the decision alone says too little."""

    decision: Decision
    title: Marked
    text: Marked
    is_cut: bool
    proposal: Marked
    offices: str


@reading
def show(request: HttpRequest) -> HttpResponse:
    asked = read_asked_decisions(request.GET)
    reader = reader_of(request.user)
    found = find(asked.typed, reader=reader, narrowing=asked.narrowing, page=asked.page, size=ON_A_PAGE)
    page = Paginator(range(found.spread.total), ON_A_PAGE).get_page(found.page)
    chips = list(_chips(asked))
    return render(
        request,
        "minutes/decisions.html",
        {
            "asked": asked,
            "found": found,
            "rows": _rows(found, request.user),
            **_beside(asked, found.spread, reader),
            "chips": chips,
            "narrowed_by": [words for words, _ in chips],
            "ways_out": list(_ways_out(asked, found)),
            "problems": [(LABELS[name], text) for name, text in asked.problems.items()],
            "everything": reverse("decisions"),
            "file": asked.address(route="decisions-file"),
            "address": asked.address() if any(asked.chosen()) else "",
            "page": page,
            "pages": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        },
    )


def _beside(asked: AskedDecisions, spread: Spread, reader: Reader) -> dict[str, str]:
    """The filters and the chart. They are most of the page and the same for everybody with the same rights, so they
    are made once for each state of the archive; of words that were typed, nothing is kept."""
    if asked.typed or asked.problems or settings.DEBUG:
        return _drawn(asked, spread)
    return _drawn_for(reader, asked.narrowing)


@kept_while_unchanged(most=KEPT)
def _drawn_for(reader: Reader, narrowing: Narrowing) -> dict[str, str]:
    return _drawn(AskedDecisions(narrowing=narrowing), Register(reader, narrowing).spread())


def _drawn(asked: AskedDecisions, spread: Spread) -> dict[str, str]:
    drawing = chart.make(spread, asked)
    filters = {
        "asked": asked,
        "groups": list(_groups(asked, spread)),
        "standing": _standing(asked),
        "chosen": len(list(asked.chosen())),
        "kept": asked.without("q"),
    }
    return {
        "filters": render_to_string("components/register_filters.html", filters),
        "chart": render_to_string("components/chart.html", {"chart": drawing}) if drawing else "",
    }


def _rows(found: Found, user: User) -> list[Row]:
    decisions = Decision.objects.visible_to(user).filter(item__in=found.items).with_proposals(user)
    by_item = {decision.item_id: decision for decision in decisions}
    marker = Marker(found.wording.target) if found.wording.target else None
    return [_row(by_item[key], marker) for key in found.items if key in by_item]


def _row(decision: Decision, marker: Marker | None) -> Row:
    item = decision.item
    proposal = proposed(item) if decision.is_short else ""
    offices = dict.fromkeys(one.office for one in item.recommendations.all() if one.office)
    title = item.title or "Uden titel"
    if marker is None:
        text, is_cut = _beginning(decision.text)
        return Row(decision, _piece(title), _piece(text), is_cut, _piece(_cut(proposal)), "; ".join(offices))
    whole = plain_text(decision.text)
    text, is_cut = marker.best_passage(whole, LONGEST)[0], len(whole) > LONGEST
    shown = marker.best_passage(proposal, LONGEST)[0] if proposal else ()
    return Row(decision, marker.mark(title), text, is_cut, shown, "; ".join(offices))


@functools.lru_cache(maxsize=1_000)
def _beginning(markdown: str) -> tuple[str, bool]:
    """The beginning of a decision in plain words, and whether there is more."""
    text = " ".join(plain_text(markdown[:READ]).split())
    return _cut(text), len(text) > LONGEST or len(markdown) > READ


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]} …"


def _piece(text: str) -> Marked:
    return (Piece(text),) if text else ()


def _groups(asked: AskedDecisions, spread: Spread) -> Iterator[Group]:
    """The filters with their values, those that would give something, and what is chosen."""
    counts = spread.of
    narrowing = asked.narrowing
    years = sorted({*counts.get("aar", ()), *map(str, narrowing.years)}, reverse=True)
    groups = sorted({*counts.get("gruppe", ()), *narrowing.main_groups})
    offices = counts.get("enhed", {})
    frequent = sorted({*offices, *narrowing.offices}, key=lambda office: (-offices.get(office, 0), office))
    for name, values in (("aar", years), ("type", chart.OUTCOMES), ("gruppe", groups), ("enhed", frequent)):
        chosen = {value for other, value in asked.chosen() if other == name}
        of = counts.get(name, {})
        choices = [
            Choice(_label(name, value), of.get(value, 0), value in chosen, asked.toggled(name, value))
            for value in values
            if of.get(value) or value in chosen
        ]
        if choices:
            yield _group(HEADINGS[name], choices)


def _group(label: str, choices: list[Choice]) -> Group:
    most = SHOWN_VALUES if len(choices) > SHOWN_VALUES + 1 else len(choices)
    folded = [choice for choice in choices[most:] if not choice.is_chosen]
    return Group(label, [choice for choice in choices if choice not in folded], folded)


def _standing(asked: AskedDecisions) -> Choice:
    is_chosen = not asked.narrowing.without_standing
    return Choice("Også godkendelse af referat og evt.", None, is_chosen, asked.toggled(STANDING, YES))


def _label(name: str, value: str) -> str:
    match name:
        case "type":
            return chart.OUTCOMES[value]
        case "gruppe":
            return main_group_heading(value)
    return value


def _in_words(name: str, value: str) -> str:
    match name:
        case "q":
            return f"Ord: {value if len(value) <= 60 else value[:60] + '…'}"
        case "faste":
            return "Også faste punkter"
    return f"{LABELS[name]}: {_label(name, value)}"


def _chips(asked: AskedDecisions) -> Iterator[tuple[str, str]]:
    """Each filter that is on, in words, and the address without it."""
    for name, value in asked.chosen():
        yield _in_words(name, value), asked.toggled(name, value)


def _ways_out(asked: AskedDecisions, found: Found) -> Iterator[tuple[str, int, str]]:
    """For an empty page: each filter that it helps to take off, how many decisions there are then, and where."""
    without: Mapping[str, int] = found.without
    for name, number in without.items():
        if number:
            values = [_label(name, value) for other, value in asked.chosen() if other == name]
            yield f"{LABELS[name]}: {' eller '.join(values)[:200]}", number, asked.address_without(name)
