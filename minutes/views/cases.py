"""Cases, and a case with its items: as a story, or for a samlesag as a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from minutes.filters import search_address, without_controls
from minutes.models import AgendaItem, Case, reader_of
from minutes.models.cases import CaseQuerySet
from minutes.templatetags.lists import time_since

from .access import reading
from .lookup import find_case, find_cases, read_typed
from .subjects import MAIN_GROUP, counts_by_subject, crumbs_to, page_of_cases

LATEST = 6  # cases on the page of all of them
ON_A_PAGE = 40  # items of a story, or titles of a samlesag
OF_A_TITLE = 5  # items that a samlesag shows of each title
MENTIONS = 8


@dataclass(frozen=True, slots=True)
class Step:
    """An item in a case's story. `pause` tells how long after the one before it, where that is long."""

    item: AgendaItem
    pause: str
    is_linked: bool  # it stands under another number; an editor has said that it belongs here


@dataclass(slots=True)
class Titled:
    """The items of a samlesag that have the same title: the latest of `count`."""

    title: str
    count: int
    address: str  # of all of them
    items: list[AgendaItem] = field(default_factory=list)


@reading
def index(request: HttpRequest) -> HttpResponse:
    cases = Case.objects.visible_to(request.user)
    typed = read_typed(request.GET.get("nummer", ""))
    if typed:
        return _looked_up(request, typed, cases)
    groups = counts_by_subject(reader_of(request.user), MAIN_GROUP)
    return render(
        request,
        "minutes/cases.html",
        {
            "groups": [group for group in groups if group.code],
            "others": next((group for group in groups if not group.code), None),
            "case_count": sum(group.cases for group in groups),
            "latest": Case.objects.latest_treated(request.user, LATEST),
        },
    )


@reading
def show(request: HttpRequest, slug: str) -> HttpResponse:
    case = get_object_or_404(Case.objects.visible_to(request.user), slug=slug)
    mentions = list(case.mentioned_in(request.user)[: MENTIONS + 1])
    context = {
        "case": case,
        "facts": case.items.visible_to(request.user).aggregate(
            count=Count("pk"), first=Min("meeting__date"), latest=Max("meeting__date")
        ),
        "mentions": mentions[:MENTIONS],
        "all_mentions": search_address(case.number) if len(mentions) > MENTIONS else "",
        "crumbs": crumbs_to(case.subject),
    }
    if not case.is_collective:
        return render(request, "minutes/case.html", {**context, **_story(request, case)})
    if (title := request.GET.get("titel")) is not None:
        return render(request, "minutes/case_title.html", {**context, **_one_title(request, case, title)})
    return render(request, "minutes/case_collective.html", {**context, **_titles(request, case)})


def _looked_up(request: HttpRequest, typed: str, cases: CaseQuerySet) -> HttpResponse:
    """The case or the subject that was typed, or all cases in whose number it stands."""
    if case := find_case(typed, cases):
        return redirect("case", case.slug)
    found, part = find_cases(typed, cases)
    if part and part.subject and str(part) == part.subject and found.exists():
        return redirect("subject", part.subject)
    context = {"typed": typed, "search": search_address(typed), "crumbs": [("Sager", reverse("cases"))]}
    address = f"?{urlencode({'nummer': typed})}"
    return render(request, "minutes/cases_found.html", {**context, "address": address, **page_of_cases(request, found)})


def _story(request: HttpRequest, case: Case) -> dict[str, Any]:
    page = _page(request, case.story(request.user))
    latest = case.items.visible_to(request.user).newest_first().first()
    return {
        "steps": list(_steps(case, page.object_list)),
        "latest_title": latest.title if latest else "",
        **_ways(page),
    }


def _steps(case: Case, items: Iterable[AgendaItem]) -> Iterator[Step]:
    before = None
    for item in items:
        pause = time_since(item.meeting.date, before.meeting.date) if before else ""
        yield Step(item, pause, is_linked=item.case_id != case.pk)
        before = item


def _titles(request: HttpRequest, case: Case) -> dict[str, Any]:
    page = _page(request, case.titles(request.user))
    titled = {
        row["title"]: Titled(row["title"], row["count"], f"?{urlencode({'titel': row['title']})}")
        for row in page.object_list
    }
    items = defaultdict(list)
    for item in case.entitled(list(titled), request.user, most=OF_A_TITLE):
        items[item.title].append(item)
    for title, one in titled.items():
        one.items = items[title]
    return {"titled": list(titled.values()), **_ways(page)}


def _one_title(request: HttpRequest, case: Case, title: str) -> dict[str, Any]:
    title = without_controls(title)
    page = _page(request, case.entitled([title], request.user))
    if not page.paginator.count:
        raise Http404("Ingen punkter med den titel")
    crumbs = [*crumbs_to(case.subject), (case.number, reverse("case", args=[case.slug]))]
    return {
        "title": title,
        "crumbs": crumbs,
        "items": page.object_list,
        "address": f"?{urlencode({'titel': title})}",
        **_ways(page),
    }


def _page(request: HttpRequest, rows: Any) -> Page:
    return Paginator(rows, ON_A_PAGE).get_page(request.GET.get("side"))


def _ways(page: Page) -> dict[str, Any]:
    return {"page": page, "pages": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)}
