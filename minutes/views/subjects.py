"""Cases by what KLE says they are about: main group, group and subject."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from minutes.kle import levels_of
from minutes.models import Case, Reader, reader_of
from minutes.models.cases import CaseQuerySet, SubjectCount
from minutes.models.versions import kept_while_unchanged
from minutes.templatetags.casenumbers import subject_heading

from .access import reading

ON_A_PAGE = 50
MAIN_GROUP, GROUP, SUBJECT = 2, 5, 8  # characters of a code


@dataclass(frozen=True, slots=True)
class Branch:
    """A main group or group of KLE and what lies right below it."""

    code: str
    cases: int
    items: int
    below: list[SubjectCount]


@reading
def index(request: HttpRequest) -> HttpResponse:
    counts = counts_by_subject(reader_of(request.user), GROUP)
    return render(
        request,
        "minutes/subjects.html",
        {
            "branches": _branches([count for count in counts if count.code], MAIN_GROUP),
            "crumbs": [("Sager", reverse("cases"))],
        },
    )


@reading
def show(request: HttpRequest, code: str) -> HttpResponse:
    if len(code) == SUBJECT:
        return _cases_of(request, code)
    cases = Case.objects.below(code).exclude(main_group="")
    branches = _branches(cases.by_subject(reader_of(request.user), SUBJECT, with_titles=True), GROUP)
    if not branches:
        raise Http404(f"Ingen sager under {code}")
    return render(
        request,
        "minutes/subject.html",
        {
            "code": code,
            "branches": branches,
            "case_count": sum(branch.cases for branch in branches),
            "item_count": sum(branch.items for branch in branches),
            "crumbs": crumbs_to(code)[:-1],
        },
    )


@reading
def others(request: HttpRequest) -> HttpResponse:
    return _cases_of(request, "")


def crumbs_to(code: str) -> list[tuple[str, str]]:
    """The way to a main group, group or subject ("" for other bodies' numbers) and to it, for what lies below it."""
    crumbs = [("Sager", reverse("cases"))]
    if not code:
        return [*crumbs, (subject_heading(""), reverse("other_cases"))]
    return [*crumbs, *((subject_heading(level), reverse("subject", args=[level])) for level in levels_of(code))]


def page_of_cases(request: HttpRequest, cases: CaseQuerySet) -> dict[str, object]:
    """The page of `cases` that the address asks for (`side`), ready for components/case_list.html."""
    loaded = cases.in_order().with_item_count(request.user).with_latest_items(request.user)
    paginator = Paginator(loaded, ON_A_PAGE)
    page = paginator.get_page(request.GET.get("side"))
    return {"page": page, "pages": paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)}


def _cases_of(request: HttpRequest, code: str) -> HttpResponse:
    cases = Case.objects.visible_to(request.user)
    found = page_of_cases(request, cases.below(code) if code else cases.filter(main_group=""))
    if not found["page"].paginator.count:  # type: ignore[attr-defined]
        raise Http404(f"Ingen sager under {code or 'andre numre'}")
    return render(
        request,
        "minutes/subject_cases.html",
        {"code": code, "heading": subject_heading(code), "crumbs": crumbs_to(code)[:-1], **found},
    )


@kept_while_unchanged(most=16)
def counts_by_subject(reader: Reader, length: int) -> tuple[SubjectCount, ...]:
    """What `reader` may see of all cases, as `by_subject`, counted once for each state of the archive."""
    return tuple(Case.objects.by_subject(reader, length))


def _branches(counts: Iterable[SubjectCount], above: int) -> list[Branch]:
    """The counts by the first `above` characters of their codes."""
    grouped = ((code, list(group)) for code, group in groupby(counts, key=lambda count: count.code[:above]))
    return [
        Branch(code, sum(count.cases for count in group), sum(count.items for count in group), group)
        for code, group in grouped
    ]
