""" "Slet endeligt": what would go, erasing it, and the list of what has gone. For administrators."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from minutes.forms import DanishDateField
from minutes.ingest.erasing import Changed, Gone, erase, is_left_behind, lift, preview, remove_files
from minutes.ingest.results import Refused
from minutes.models import Erasure, Meeting, SourceDocument
from minutes.models.access import User
from minutes.models.erasures import ERASE, ErasureReason
from minutes.models.sources import PRINTED_DATE
from minutes.parsing.cpr import find_cpr
from minutes.templatetags.danish import counted, danish_date

from .meetings import crumbs_to

AT_ONCE = 50  # erasures on a page
LIFT, REMOVE = "ophæv", "fjern"  # what the buttons of the list do


class ErasureForm(forms.Form):
    """Why, and the date of what goes, typed by hand."""

    reason = forms.ChoiceField(
        label="Hvorfor",
        choices=[("", "Vælg"), *ErasureReason.choices],
        widget=forms.Select({"class": "form-select"}),
        error_messages={"required": "Vælg, hvorfor det slettes."},
    )
    note = forms.CharField(
        label="Uddyb, hvis det er nødvendigt",
        help_text="Begrundelsen bliver stående for altid. Skriv ikke navne eller andet om personer.",
        max_length=300,
        required=False,
        widget=forms.TextInput({"class": "form-input", "autocomplete": "off"}),
    )
    date = DanishDateField(
        widget=forms.TextInput({"class": "form-input", "autocomplete": "off"}),
        error_messages={"required": "Skriv datoen for at bekræfte."},
    )

    def __init__(self, expected: datetime.date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected
        self.fields["date"].label = f"Skriv mødets dato, {danish_date(expected)}, for at bekræfte"

    def clean_note(self) -> str:
        note = " ".join(self.cleaned_data["note"].split())
        if find_cpr(note):
            raise forms.ValidationError("Her ser ud til at stå et CPR-nummer. Tag det ud.")
        return note

    def clean_date(self) -> datetime.date:
        typed = self.cleaned_data["date"]
        if typed != self.expected:
            raise forms.ValidationError(f"Det er ikke den dato. Skriv {danish_date(self.expected)}.")
        return typed

    def clean(self) -> None:
        if self.cleaned_data.get("reason") == ErasureReason.OTHER and not self.cleaned_data.get("note"):
            self.add_error("note", "Skriv, hvorfor det slettes.")


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a page is about: `key` says it to the service."""

    key: dict[str, int]
    meeting: Meeting | None
    source: SourceDocument | None
    date: datetime.date
    address: str

    @property
    def name(self) -> str:
        """As in "Slet … endeligt"."""
        if self.source is None:
            return f"mødet {danish_date(self.date)}"
        return f"udgave {self.source.edition} af mødet {danish_date(self.date)}" if self.meeting else "kladden"


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(ERASE, raise_exception=True)
@cache_control(private=True, no_store=True)
def meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """A meeting with all its editions."""
    found = get_object_or_404(Meeting.objects.visible_to(request.user), slug=slug)
    return _page(request, _Subject({"meeting": found.pk}, found, None, found.date, request.path))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(ERASE, raise_exception=True)
@cache_control(private=True, no_store=True)
def source(request: HttpRequest, key: int) -> HttpResponse:
    """One edition, or a draft. The only edition of a meeting goes with the meeting."""
    found = get_object_or_404(_sources(request.user), pk=key)
    if found.meeting is None:
        day = datetime.date.fromisoformat(found.printed) if found.printed else found.added_at.date()
        return _page(request, _Subject({"source": key}, None, found, day, request.path))
    if found.meeting.sources.count() == 1:
        return redirect("erase-meeting", found.meeting.slug)
    return _page(request, _Subject({"source": key}, found.meeting, found, found.meeting.date, request.path))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(ERASE, raise_exception=True)
@cache_control(private=True, no_store=True)
def index(request: HttpRequest) -> HttpResponse:
    """What has been erased, latest first, and what still refuses a file that somebody brings again."""
    if request.method == "POST":
        return _act(request)
    page = Paginator(Erasure.objects.newest_first(), AT_ONCE).get_page(request.GET.get("side"))
    pages = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    left_behind = {one.pk for one in page if is_left_behind(one)}
    return render(request, "minutes/erasures.html", {"page": page, "pages": pages, "left_behind": left_behind})


def _page(request: HttpRequest, subject: _Subject) -> HttpResponse:
    form = ErasureForm(subject.date, request.POST or None)
    try:
        if request.method == "POST" and form.is_valid():
            return _erased(request, subject, form)
        gone = preview(user=request.user, **subject.key)
    except Changed as changed:
        messages.warning(request, changed.message)
        return redirect(subject.address)
    except Refused as refusal:
        raise Http404(refusal.message) from refusal
    return render(
        request,
        "minutes/erase.html",
        {
            "subject": subject,
            "gone": gone,
            "form": form,
            "seen": gone.digest,
            "editions": _editions(request.user, subject),
            "same_day": _same_day(request.user, subject),
            "crumbs": crumbs_to(subject.meeting) if subject.meeting else [("Slettet endeligt", reverse("erasures"))],
        },
        status=200 if request.method != "POST" else 422,
    )


def _erased(request: HttpRequest, subject: _Subject, form: ErasureForm) -> HttpResponse:
    told = {name: form.cleaned_data[name] for name in ("reason", "note")}
    gone = erase(user=request.user, seen=request.POST.get("seen", ""), **told, **subject.key)
    messages.success(request, _done(gone, subject))
    return redirect("meeting", subject.meeting.slug) if _stays(gone, subject) else redirect("erasures")


def _stays(gone: Gone, subject: _Subject) -> bool:
    return subject.meeting is not None and not gone.is_whole_meeting


def _done(gone: Gone, subject: _Subject) -> str:
    """What a person is told, without what it was: the message may be kept for a while."""
    files = counted(len(gone.files), "fil", "filer")
    if gone.is_whole_meeting:
        return f"Mødet er slettet endeligt med {files}."
    if gone.takes_over:
        return f"Udgaven er slettet endeligt. Udgave {gone.takes_over} gælder nu."
    return "Udgaven er slettet endeligt." if subject.meeting else "Kladden er slettet endeligt."


def _act(request: HttpRequest) -> HttpResponse:
    key = request.POST.get("sletning", "")
    erasure = Erasure.objects.filter(pk=int(key)).first() if key.isascii() and key.isdigit() and len(key) < 19 else None
    match request.POST.get("handling"):
        case _ if erasure is None:
            messages.error(request, "Sletningen findes ikke. Genindlæs siden, og prøv en gang til.")
        case str(action) if action == LIFT:
            lift(erasure=erasure, user=request.user)
            messages.success(request, "Filen må nu lægges i arkivet igen.")
        case str(action) if action == REMOVE:
            remove_files([erasure.sha256])
            if is_left_behind(erasure):
                messages.error(request, "Filen kan stadig ikke fjernes. Sig det til driften: manage.py sweep --slet.")
            else:
                messages.success(request, "Filen er fjernet fra lageret.")
        case _:
            messages.error(request, "Der skete ikke noget. Prøv en gang til.")
    return redirect("erasures")


def _sources(user: User) -> QuerySet[SourceDocument]:
    return SourceDocument.objects.visible_to(user).select_related("meeting").annotate(printed=PRINTED_DATE)


def _editions(user: User, subject: _Subject) -> list[SourceDocument]:
    """Where a whole meeting is to go: its editions, each of which may go alone."""
    if subject.meeting is None or subject.source is not None:
        return []
    editions = list(_sources(user).filter(meeting=subject.meeting).order_by("-edition"))
    return editions if len(editions) > 1 else []


def _same_day(user: User, subject: _Subject) -> list[SourceDocument]:
    """Files with the same date that are no edition of it, and so stay."""
    waiting = _sources(user).filter(meeting=None, printed=subject.date.isoformat())
    return list(waiting.exclude(pk=subject.key.get("source")).order_by("-added_at")[:AT_ONCE])
