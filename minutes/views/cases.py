"""Cases, and a case with its items."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from minutes.kle import main_group_name
from minutes.models import Case

from .access import reading

ON_A_PAGE = 50


@reading
def index(request: HttpRequest) -> HttpResponse:
    cases = Case.objects.visible_to(request.user).in_order()
    paginator = Paginator(cases.with_item_count(request.user).with_titles(request.user), ON_A_PAGE)
    page = paginator.get_page(request.GET.get("side"))
    return render(
        request,
        "minutes/cases.html",
        {"page": page, "pages": paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)},
    )


@reading
def show(request: HttpRequest, slug: str) -> HttpResponse:
    case = get_object_or_404(Case.objects.visible_to(request.user).with_items(request.user), slug=slug)
    return render(
        request,
        "minutes/case.html",
        {
            "case": case,
            "items": list(case.items.all()),
            "main_group_name": main_group_name(case.main_group),
            "crumbs": [("Sager", reverse("cases"))],
        },
    )
