"""Everything held for one person's name (indsigtsanmodning), for administrators. The name is sent with POST, so that it
stands in no address, no history of a browser and no log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from minutes.ingest.insight import deeds_of, note_search
from minutes.models import reader_of
from minutes.models.erasures import INSIGHT
from minutes.search.insight import MOST_PLACES, Insight, Place, find_person
from minutes.search.names import MOST_CHARACTERS, MOST_SPELLINGS, Finder
from minutes.templatetags.danish import counted, danish_date

ON_THE_PAGE = 200  # places; the file has all that are kept
DOWNLOAD = "hent"


class InsightForm(forms.Form):
    """A name, and other ways in which it is written."""

    name = forms.CharField(
        label="Navn",
        help_text="Fornavn og efternavn. Store og små bogstaver, rækkefølge og æ/ø/å er lige meget.",
        max_length=MOST_CHARACTERS,
        widget=forms.TextInput({"class": "form-input", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Skriv et navn."},
    )
    spellings = forms.CharField(
        label="Andre skrivemåder",
        help_text="En på hver linje: et tidligere efternavn, initialer, brugernavn eller mailadresse.",
        max_length=MOST_SPELLINGS * MOST_CHARACTERS,
        required=False,
        widget=forms.Textarea({"class": "form-input", "rows": 4, "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean(self) -> None:
        lines = [line for line in self.cleaned_data.get("spellings", "").splitlines() if line.strip()]
        if len(lines) > MOST_SPELLINGS:
            self.add_error("spellings", f"Skriv højst {MOST_SPELLINGS} linjer.")
        elif "name" in self.cleaned_data:
            try:
                self.finder = Finder(self.cleaned_data["name"], lines)
            except ValueError as error:
                self.add_error("name", str(error))


@dataclass(frozen=True, slots=True)
class _Account:
    """Somebody with that name who can log in, and what they have done here."""

    user: User
    deeds: list[tuple[str, int]]

    @property
    def facts(self) -> list[tuple[str, str]]:
        user = self.user
        groups = ", ".join(group.name for group in user.groups.all())
        facts = [
            ("Brugernavn", user.username),
            ("Navn", user.get_full_name()),
            ("Mail", user.email),
            ("Roller", groups),
            ("Oprettet", danish_date(timezone.localtime(user.date_joined))),
            ("Sidst logget ind", danish_date(timezone.localtime(user.last_login)) if user.last_login else "Aldrig"),
            ("Kan logge ind", "Ja" if user.is_active else "Nej"),
            ("Har lavet", ", ".join(f"{count} {words}" for words, count in self.deeds)),
        ]
        return [(label, value) for label, value in facts if value]


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(INSIGHT, raise_exception=True)
@cache_control(private=True, no_store=True)
@sensitive_post_parameters()
def show(request: HttpRequest) -> HttpResponse:
    with_closed = reader_of(request.user).reads_closed
    context: dict[str, Any] = {"form": InsightForm(request.POST or None), "with_closed": with_closed}
    form = context["form"]
    if request.method != "POST":
        return render(request, "minutes/insight.html", context)
    if not form.is_valid():
        return render(request, "minutes/insight.html", context, status=422)
    found = find_person(form.finder, user=request.user, with_closed=with_closed)
    accounts = [_Account(account, deeds_of(account)) for account in found.accounts]
    note_search(user=request.user, found=found.count + len(accounts), with_closed=with_closed)
    if DOWNLOAD in request.POST:
        return _file(request, form.cleaned_data["name"], found, accounts)
    context |= {
        "found": found,
        "accounts": accounts,
        "groups": list(_first(found)),
        "not_shown": max(0, min(found.count, MOST_PLACES) - ON_THE_PAGE),
        "most": MOST_PLACES,
    }
    return render(request, "minutes/insight.html", context)


def _first(found: Insight) -> Iterator[tuple[str, list[Place]]]:
    """The groups as far as the page takes them."""
    left = ON_THE_PAGE
    for group in found.groups:
        if left > 0:
            yield group.heading, group.places[:left]
        left -= len(group.places)


def _file(request: HttpRequest, name: str, found: Insight, accounts: list[_Account]) -> HttpResponse:
    """As a text to hand over. The file's name does not say whom it is about."""
    lines = _lines(request.build_absolute_uri("/").rstrip("/"), name, found, accounts)
    response = HttpResponse("\ufeff" + "\r\n".join(lines), content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="indsigt-{timezone.localdate().isoformat()}.txt"'
    return response


def _lines(site: str, name: str, found: Insight, accounts: list[_Account]) -> Iterator[str]:
    yield f"Oplysninger om {name} i Chefforum-arkivet"
    yield f"Søgt frem {danish_date(timezone.localdate())}. {counted(found.count, 'sted', 'steder')} i alt."
    if not found.with_closed:
        yield "Lukkede punkter er ikke gennemsøgt."
    if found.is_cut:
        yield f"Her er de første {MOST_PLACES}."
    for account in accounts:
        yield from ("", f"KONTO: {account.user.username}", *(f"{label}: {value}" for label, value in account.facts))
    for group in found.groups:
        yield from ("", group.heading.upper())
        for place in group.places:
            yield from ("", f"{place.where}{f' ({site}{place.address})' if place.address else ''}")
            for passage in place.passages:
                yield "  " + " ".join("".join(piece.text for piece in passage).split())
            if place.more:
                yield f"  og {counted(place.more, 'sted', 'steder')} til i samme tekst"
