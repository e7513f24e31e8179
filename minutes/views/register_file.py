"""The register as a file for a spreadsheet: the decisions that the address asks for, and that the reader may see."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import batched

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from minutes.decision_filters import read_asked_decisions
from minutes.models import Decision, Section, reader_of
from minutes.models.access import User, visible_prefetch
from minutes.search.decisions import find_all
from minutes.templatetags.casenumbers import main_group_heading
from minutes.templatetags.items import proposed
from minutes.templatetags.markdown import plain

from .access import reading
from .openings import taken_away

AT_ONCE = 500  # decisions in memory
HEADS = (
    *("Dato", "Punkt", "Titel", "Sag", "Emne", "Beslutningstype", "Beslutning", "Indstillet af", "Indstilling"),
    "Adresse",
)
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet calculates what begins so
_MARK = "\ufeff"  # tells Excel that the file is UTF-8


class _Echo:
    """What csv writes to: it hands each line on."""

    def write(self, line: str) -> str:
        return line


@reading
def show(request: HttpRequest) -> HttpResponseBase:
    asked = read_asked_decisions(request.GET)
    keys = find_all(asked.typed, reader=reader_of(request.user), narrowing=asked.narrowing)
    if keys is None:
        return redirect(asked.address())  # which says that the words took too long
    taken_away(request, keys)
    site = request.build_absolute_uri("/").rstrip("/")
    response = StreamingHttpResponse(_lines(keys, request.user, site), content_type="text/csv; charset=utf-8")
    name = f"beslutninger-{timezone.localdate().isoformat()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _lines(keys: tuple[int, ...], user: User, site: str) -> Iterator[str]:
    writer = csv.writer(_Echo(), delimiter=";")
    proposals = visible_prefetch("item__sections", Section.objects.filter(kind="indstilling"), reader_of(user))
    yield _MARK + writer.writerow(HEADS)
    for part in batched(keys, AT_ONCE):
        decisions = Decision.objects.visible_to(user).filter(item__in=part).with_context(user)
        by_item = {one.item_id: one for one in decisions.prefetch_related(proposals)}
        for key in part:
            if key in by_item:
                yield writer.writerow(map(_harmless, _cells(by_item[key], site)))


def _cells(decision: Decision, site: str) -> tuple[str, ...]:
    item, meeting = decision.item, decision.item.meeting
    outcomes = [outcome.get_kind_display() for outcome in decision.outcomes.all()]
    offices = dict.fromkeys(one.office for one in item.recommendations.all() if one.office)
    return (
        meeting.date.isoformat(),
        str(item.number),
        item.title,
        item.case.number if item.case else "",
        main_group_heading(item.case.main_group) if item.case else "",
        ", ".join(outcomes or ["Uafklaret"]),
        plain(decision.text),
        "; ".join(offices),
        proposed(item),
        f"{site}{reverse('item', args=[meeting.slug, item.number])}",
    )


def _harmless(cell: str) -> str:
    """As text where a spreadsheet would calculate."""
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell
