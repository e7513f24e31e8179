"""Putting right what was read, and editions beside one another."""

from __future__ import annotations

from types import SimpleNamespace

from django import forms
from django.contrib.auth.models import User
from django.contrib.messages import SUCCESS
from django.contrib.messages.storage.base import Message

from minutes.ingest.comparing import PartDifference
from minutes.ingest.differing import Kind, Piece
from minutes.models import OutcomeKind, SourceState
from minutes.parsing.types import Span
from minutes.views.editions import Row
from minutes.views.original_pages import ShownPage

from .example import Example
from .made_up import LONG, NOON, make_meeting, make_source

_SOME = {"udfald": [OutcomeKind.DISCUSSED, OutcomeKind.DECIDED], "afsnit-0-art": "anledning", "afsnit-0-tekst": LONG}
_LINES = "Punkt 2: CF - Ny åbningstid i kantinen\n\nAnledning\n\nFlere har spurgt."


class _Form(forms.Form):
    """Fields of each kind that the forms of corrections have."""

    titel = forms.CharField(label="Titel", widget=forms.TextInput({"class": "form-input"}))
    lukket = forms.BooleanField(
        label="Punktet er lukket", required=False, widget=forms.CheckboxInput({"class": "form-checkbox"})
    )
    udfald = forms.MultipleChoiceField(
        label="Beslutningstyper", required=False, choices=OutcomeKind.choices, widget=forms.CheckboxSelectMultiple
    )


_SECTION = {
    "art": forms.ChoiceField(
        label="Art",
        choices=[("anledning", "Anledning"), ("beslutning", "Beslutning")],
        widget=forms.Select({"class": "form-select"}),
    ),
    "overskrift": forms.CharField(label="Overskrift, som trykt", widget=forms.TextInput({"class": "form-input"})),
    "tekst": forms.CharField(label="Tekst", widget=forms.Textarea({"class": "form-input", "rows": 4})),
}
_Section = type("_Section", (forms.Form,), _SECTION)
_Attachment = type(
    "_Attachment",
    (forms.Form,),
    {
        "navn": forms.CharField(widget=forms.TextInput({"class": "form-input"})),
        "lukket": forms.BooleanField(widget=forms.CheckboxInput({"class": "form-checkbox"})),
    },
)


def _attachment(place: int, name: str, *, is_closed: bool) -> tuple[forms.BoundField, forms.BoundField]:
    form = _Attachment(initial={"navn": name, "lukket": is_closed}, prefix=f"stil-bilag-{place}")
    return form["navn"], form["lukket"]


def _section(state: str, number: int, span: Span | None, **shown: str) -> Example:
    form = _Section(initial=shown, prefix=f"stil-afsnit-{number}")
    row = SimpleNamespace(kind=form["art"], heading=form["overskrift"], text=form["tekst"], span=span, number=number)
    return Example(state, {"row": row, "is_new": span is None})


def _row(edition: int, before: int | None, state: SourceState) -> Row:
    source = make_source(edition=edition, state=state, added_at=NOON, added_by=User(username="redaktør"))
    return Row(source, before)


_LATEST, _FIRST = _row(2, 1, SourceState.CURRENT), _row(1, None, SourceState.SUPERSEDED)
_CHOICE = {"meeting": make_meeting(), "editions": [SimpleNamespace(edition=number) for number in (3, 2, 1)]}
_PIECES = (
    Piece(Kind.SKIPPED, "", 24),
    Piece(Kind.SAME, "Kantinen åbner"),
    Piece(Kind.REMOVED, "klokken 8."),
    Piece(Kind.ADDED, "en time før."),
)


def _compared(state: str, part: PartDifference) -> Example:
    return Example(state, {"part": part, "older": 1, "newer": 2})


EXAMPLES = {
    "checkbox": [Example("ja eller nej", {"field": _Form()["lukket"]})],
    "checkboxes": [Example("to valgt", {"field": _Form(initial=_SOME)["udfald"], "hint": "Vælg alle, der passer."})],
    "compared_part": [
        _compared("andre ord", PartDifference("Beslutning", pieces=_PIECES)),
        _compared("stillet anderledes op", PartDifference("Bilag")),
        _compared("kommet til", PartDifference("Økonomi", is_new=True, pieces=(Piece(Kind.ADDED, "Ingen."),))),
        _compared("udgået", PartDifference("Anledning", is_gone=True, pieces=(Piece(Kind.REMOVED, "Kort."),))),
    ],
    "correct_attachments": [
        Example(
            "åbent og lukket",
            {
                "rows": [
                    _attachment(1, "Forslag til åbningstider.docx", is_closed=False),
                    _attachment(2, "Løn.xlsx", is_closed=True),
                ]
            },
        )
    ],
    "correct_buttons": [
        Example("intet rettet endnu", {"back": "#", "is_corrected": False, "what": "punktet"}),
        Example("noget er rettet", {"back": "#", "is_corrected": True, "what": "punktet"}),
    ],
    "correct_original": [Example("en teksts linjer", {"pages": [ShownPage("Linje 12–16 i filen", excerpt=_LINES)]})],
    "correct_section": [
        _section("læst", 1, Span(4, 12, 4, 20), art="anledning", overskrift="Anledning", tekst=LONG),
        _section("et nyt", 2, None),
    ],
    "done_here": [
        Example(
            "efter en rettelse",
            {"messages": [Message(SUCCESS, "Rettelsen er gemt.", "punkt-2")], "anchor": "punkt-2"},
        )
    ],
    "edition_choice": [Example("blandt tre", {**_CHOICE, "older": _FIRST.source, "newer": _LATEST.source})],
    "edition_row": [
        Example("den gældende, for redaktører", {"row": _LATEST, "meeting": make_meeting(), "shows_people": True}),
        Example("en tidligere", {"row": _FIRST, "meeting": make_meeting(), "shows_people": False}),
    ],
    "form_errors": [
        Example("noget mangler", {"form": _Form({"titel": ""})}),
        Example("formularen er en anden nu", {"typed": [("Titel", "Ny åbningstid i kantinen")]}),
    ],
}
