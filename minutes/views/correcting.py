"""An editor puts right what was read: of a draft, or of a meeting's present edition. The same forms for both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from minutes.correcting_forms import BordersForm, FactsForm, ItemForm
from minutes.ingest.plan import Plan, PlannedItem, plan_of, version_of
from minutes.ingest.results import InvalidCorrection, Outdated, Refused
from minutes.ingest.revising import AS_READ, revise
from minutes.models import Meeting, SourceDocument, Way, reader_of
from minutes.models.access import HANDLE_SOURCES
from minutes.templatetags.danish import danish_date

from .meetings import crumbs_to
from .openings import opened
from .original_pages import OriginalPages
from .upload_answers import UNSEEN

SEEN, RESTORE = "set", "som-laest"  # the version that was looked at; the button that takes corrections back

type AnyForm = FactsForm | ItemForm | BordersForm


@dataclass(frozen=True, slots=True)
class Target:
    """What is being put right, and where its pages are."""

    source: SourceDocument
    name: str
    overview: str  # the address of the page that shows the whole reading
    crumbs: list[tuple[str, str]]
    route: str  # what the names of its addresses begin with
    key: Any  # and their first argument
    seen: str  # its version, taken before anything of it is shown

    @property
    def is_draft(self) -> bool:
        """Whether it is not in the archive yet."""
        return self.route == "draft"

    def address(self, page: str, number: int) -> str:
        """That of an item's page "item" or "borders"."""
        return reverse(f"{self.route}-{page}", args=[self.key, number])


@dataclass(frozen=True, slots=True)
class Form:
    """One of the pages: what it asks, how it looks, and where it leads back to on the overview."""

    template: str
    make: Callable[..., AnyForm]
    anchor: str
    context: dict[str, Any] = field(default_factory=dict)


def draft_target(request: HttpRequest, key: int) -> Target:
    """The draft, for whoever may see it. Raises Http404."""
    source = get_object_or_404(SourceDocument.objects.visible_to(request.user).drafts(), pk=key)
    overview = reverse("draft", args=[key])
    name = str(source)
    crumbs = [("Kladder", reverse("drafts")), (name, overview)]
    return Target(source, name, overview, crumbs, "draft", key, version_of(source))


def edition_target(request: HttpRequest, slug: str) -> Target:
    """The meeting's present edition, for whoever may see all of it. Raises Http404."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), slug=slug)
    editions = SourceDocument.objects.visible_to(request.user).current().select_related("meeting")
    source = get_object_or_404(editions, meeting=meeting)
    overview = reverse("correct", args=[slug])
    crumbs = [*crumbs_to(meeting), ("Ret", overview)]
    return Target(source, f"mødet {danish_date(meeting.date)}", overview, crumbs, "correct", slug, version_of(source))


def _page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    view = cache_control(private=True, no_store=True)(view)
    view = permission_required(HANDLE_SOURCES, raise_exception=True)(view)
    return require_http_methods(["GET", "HEAD", "POST"])(view)


@_page
def draft_facts(request: HttpRequest, key: int) -> HttpResponse:
    """When and where a draft's meeting was."""
    return _facts(request, draft_target(request, key))


@_page
def draft_item(request: HttpRequest, key: int, number: int) -> HttpResponse:
    """An item of a draft."""
    return _item(request, draft_target(request, key), number)


@_page
def draft_borders(request: HttpRequest, key: int, number: int) -> HttpResponse:
    """Where the sections of a draft's item begin."""
    return _borders(request, draft_target(request, key), number)


@_page
def facts(request: HttpRequest, slug: str) -> HttpResponse:
    """When and where a meeting in the archive was."""
    return _facts(request, edition_target(request, slug))


@_page
def item(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """An item in the archive."""
    return _item(request, edition_target(request, slug), number)


@_page
def borders(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Where the sections of an item in the archive begin."""
    return _borders(request, edition_target(request, slug), number)


def _facts(request: HttpRequest, target: Target) -> HttpResponse:
    plan = plan_of(target.source)

    def make(data: Any = None) -> FactsForm:
        return FactsForm(plan, data)

    return _answer(request, target, plan, Form("minutes/correct_facts.html", make, "moede"), None)


def _item(request: HttpRequest, target: Target, number: int) -> HttpResponse:
    plan, planned = _planned(target, number)

    def make(data: Any = None) -> ItemForm:
        return ItemForm(plan, planned, data)

    form = Form("minutes/correct_item.html", make, f"punkt-{number}", {"borders": target.address("borders", number)})
    return _answer(request, target, plan, form, planned)


def _borders(request: HttpRequest, target: Target, number: int) -> HttpResponse:
    plan, planned = _planned(target, number)

    def make(data: Any = None) -> BordersForm:
        return BordersForm(plan, planned, data)

    form = Form("minutes/correct_borders.html", make, f"punkt-{number}", {"texts": target.address("item", number)})
    return _answer(request, target, plan, form, planned)


def _planned(target: Target, number: int) -> tuple[Plan, PlannedItem]:
    plan = plan_of(target.source)
    planned = plan.item(number)
    if planned is None:
        raise Http404
    return plan, planned


def _answer(request: HttpRequest, target: Target, plan: Plan, page: Form, planned: PlannedItem | None) -> HttpResponse:
    """The form, or what came of it: what was typed stays on the page until it is kept."""
    opened(request, Way.DRAFT if target.is_draft else Way.ADMIN, target.source)
    number = planned.row.number if planned else None
    status, typed = 200, []
    form = page.make(request.POST) if request.method == "POST" else page.make()
    corrected = {place: AS_READ for place in plan.corrected if place[0] == number}
    if request.method == "POST":
        try:
            if RESTORE in request.POST:
                return _keep(request, target, page, corrected) or redirect(request.path)
            if form.is_valid() and (done := _keep(request, target, page, form.values())):
                return done
        except Outdated as error:  # what was typed may be about other sections than there are now
            messages.warning(request, error.message)
            typed, form = _typed(form), page.make()
        status = 422
    context = {
        "target": target,
        "form": form,
        "planned": planned,
        "pages": OriginalPages(target.source).of(planned.read.span, f"punkt {number}") if planned else [],
        "seen": target.seen,
        "typed": typed,
        "is_corrected": bool(corrected),
        "closing_hides": not reader_of(request.user).reads_closed,
        "back": f"{target.overview}#{page.anchor}",
        **page.context,
    }
    return render(request, page.template, context, status=status)


def _typed(form: AnyForm) -> list[tuple[str, str]]:
    """What somebody typed into a form that is no longer that of the page, so that it is not lost."""
    changed = [form[name] for name in form.changed_data]
    return [(str(field.label), str(field.value())) for field in changed if isinstance(field.value(), str)]


def _keep(request: HttpRequest, target: Target, page: Form, values: dict[Any, Any]) -> HttpResponse | None:
    """Keep what was put and lead back to the whole; None, with a message, where that cannot be. Raises Outdated."""
    if not values:
        messages.info(request, "Intet var ændret.", extra_tags=page.anchor)
        return redirect(f"{target.overview}#{page.anchor}")
    try:
        kept = revise(source=target.source, values=values, user=request.user, seen=request.POST.get(SEEN, ""))
    except Outdated:
        raise
    except (InvalidCorrection, Refused) as error:
        messages.error(request, error.message)
    else:
        return _after(request, target, page, kept)
    return None


def _after(request: HttpRequest, target: Target, page: Form, kept: SourceDocument) -> HttpResponse:
    """Back to the whole; to somebody who has closed what he may not read himself it is gone, and so is a draft that
    he has given the day of a meeting with something closed: he hears the same words."""
    if not SourceDocument.objects.visible_to(request.user).filter(pk=kept.pk).exists():
        here = "Rettelsen er gemt. Her er nu noget lukket, som din bruger ikke må læse."
        messages.success(request, f"Kladden er rettet. {UNSEEN}" if target.is_draft else here)
        return redirect("drafts") if target.is_draft else redirect("meetings")
    messages.success(request, "Rettelsen er gemt.", extra_tags=page.anchor)
    return redirect(f"{target.overview}#{page.anchor}")
