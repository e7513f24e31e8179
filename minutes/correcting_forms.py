"""The forms in which an editor puts right what was read. Each answers the values that are others than those shown."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.template.loader import render_to_string

from minutes.forms import DanishDateField
from minutes.ingest.borders import Block, blocks_of, put_together
from minutes.ingest.plan import Place, Plan, PlannedItem
from minutes.models import OutcomeKind
from minutes.models.sortkeys import danish_sort_key
from minutes.parsing.sections import KINDS
from minutes.parsing.types import Span

USUAL = ("anledning", "sagsfremstilling", "indstilling", "beslutning", "bilag")
CONTINUES = ""
_TIME = re.compile(r"(?:kl\.?\s*)?([0-9]{1,2})(?:[.:]([0-9]{2}))?")


def kinds(*besides: str) -> list[tuple[str, str]]:
    """The kinds of section to choose from, the usual ones first, and those `besides` that a file printed itself."""
    others = sorted({*KINDS.values(), *besides} - {*USUAL, ""}, key=danish_sort_key)
    return [(kind, kind.capitalize()) for kind in (*USUAL, *others)]


class KindSelect(forms.Select):
    """A choice of kinds, written at once: a page may have hundreds, of half a hundred options each."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> str:
        attributes = flatatt(self.build_attrs(self.attrs, {"name": name, **(attrs or {})}))
        chosen = "" if value is None else str(value)
        context = {"attributes": attributes, "choices": self.choices, "chosen": chosen}
        return render_to_string("forms/kind_select.html", context)


class TimeField(forms.TimeField):
    """A time of day as people type it: 9, 09:00, kl. 9.30."""

    def to_python(self, value: Any) -> datetime.time | None:
        if isinstance(value, str) and (typed := _TIME.fullmatch(value.strip())):
            value = f"{typed[1]}:{typed[2] or '00'}"
        return super().to_python(value)


class _Form(forms.Form):
    """With the design system's classes, and told what is shown to begin with."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, forms.Select):
                field.widget.attrs["class"] = "form-select"
            elif isinstance(field.widget, forms.CheckboxInput):
                field.widget.attrs["class"] = "form-checkbox"
            elif not isinstance(field.widget, forms.CheckboxSelectMultiple):
                field.widget.attrs["class"] = "form-input"


class FactsForm(_Form):
    """The meeting's facts."""

    date = DanishDateField(label="Dato", help_text="For eksempel 14. juni 2017", widget=forms.TextInput)
    start_time = TimeField(
        label="Starttid", help_text="For eksempel 9.30", required=False, widget=forms.TimeInput(format="%H:%M")
    )
    place = forms.CharField(label="Sted", required=False)
    preamble = forms.CharField(
        label="Tekst før punkterne",
        help_text="Deltagere, afbud og andet, der står før punkterne",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    is_closed = forms.BooleanField(
        label="Hele mødet er lukket", help_text="Kun de, der må læse lukkede punkter, kan se det", required=False
    )

    def __init__(self, plan: Plan, data: Mapping[str, Any] | None = None) -> None:
        shown = {field: value for (number, _, field), value in plan.values.items() if number is None}
        if shown["date"]:
            shown["date"] = f"{shown['date']:%d-%m-%Y}"
        self._shown = plan.values
        super().__init__(data, initial=shown)

    def values(self) -> dict[Place, Any]:
        """What was put, of a form that is valid."""
        put = {(None, "", field): value for field, value in self.cleaned_data.items()}
        return {place: value for place, value in put.items() if _plain(value) != _plain(self._shown[place])}


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section's fields, and where in the file it stands; no place for one that is to be added."""

    kind: forms.BoundField
    heading: forms.BoundField
    text: forms.BoundField
    span: Span | None
    number: int


class ItemForm(_Form):
    """An item with its sections, decision, proposers and attachments."""

    title = forms.CharField(label="Titel", required=False)
    printed_case_number = forms.CharField(
        label="Sagsnummer", help_text="Som 00.01.10-A00-3-16; tomt, hvis punktet ikke har et", required=False
    )
    is_closed = forms.BooleanField(label="Punktet er lukket", required=False)

    def __init__(self, plan: Plan, planned: PlannedItem, data: Mapping[str, Any] | None = None) -> None:
        self._number = planned.row.number
        self._shown = plan.values
        self._planned = planned
        self.sections = plan.sections_of(planned)
        self.base_fields = self.base_fields | dict(self._fields())
        row = planned.row
        facts = {"title": row.title, "printed_case_number": row.printed_case_number, "is_closed": row.is_closed}
        super().__init__(data, initial=facts)

    def _fields(self) -> Iterator[tuple[str, forms.Field]]:
        """The fields of what this item has, and of one section more."""
        for place, (kind, heading, text, _) in enumerate([*self.sections, ["", "", "", None]]):
            nothing = ("", "Fjern afsnittet" if place < len(self.sections) else "Intet nyt afsnit")
            choices = [*kinds(kind), nothing] if kind else [nothing, *kinds()]
            yield (
                f"afsnit-{place}-art",
                forms.ChoiceField(label="Art", choices=choices, initial=kind, required=False, widget=KindSelect),
            )
            yield (
                f"afsnit-{place}-overskrift",
                forms.CharField(label="Overskrift, som trykt", initial=heading, required=False),
            )
            rows = min(24, 3 + len(text) // 80 + text.count("\n"))
            area = forms.Textarea(attrs={"rows": rows})
            yield f"afsnit-{place}-tekst", forms.CharField(label="Tekst", initial=text, required=False, widget=area)
        if self._planned.decision is not None:
            yield (
                "udfald",
                forms.MultipleChoiceField(
                    label="Beslutningstyper",
                    choices=OutcomeKind.choices,
                    initial=[one.kind for one in self._planned.outcomes],
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                ),
            )
        for place, positions in self._proposers():
            proposer = self._planned.recommendations[positions[0]].proposer
            yield f"indstiller-{place}", forms.CharField(label="Indstiller", initial=proposer, required=False)
        for place, attachment in enumerate(self._planned.attachments):
            yield f"bilag-{place}-navn", forms.CharField(label="Navn", initial=attachment.name)
            closed = forms.BooleanField(label="Lukket", initial=attachment.is_closed, required=False)
            yield f"bilag-{place}-lukket", closed

    def _proposers(self) -> Iterator[tuple[int, list[int]]]:
        """Each proposal, and the places of its recommendations."""
        first = 0
        for place, proposal in enumerate(self._planned.item.proposals):
            positions = list(range(first, first + len(proposal.recommendations)))
            first += len(positions)
            if positions:
                yield place, positions

    @property
    def section_rows(self) -> list[SectionRow]:
        """The sections' fields in printed order, that of a new one last."""
        read = self._planned.read
        rows = []
        for place in range(len(self.sections) + 1):
            origin = self.sections[place][3] if place < len(self.sections) else None
            span = read.sections[origin].span if origin is not None and origin < len(read.sections) else None
            names = (self[f"afsnit-{place}-{name}"] for name in ("art", "overskrift", "tekst"))
            rows.append(SectionRow(*names, span, place + 1))
        return rows

    @property
    def proposer_rows(self) -> list[forms.BoundField]:
        """The proposers' fields."""
        return [self[f"indstiller-{place}"] for place, _ in self._proposers()]

    @property
    def attachment_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The attachments' names, each with whether it is closed."""
        places = range(len(self._planned.attachments))
        return [(self[f"bilag-{place}-navn"], self[f"bilag-{place}-lukket"]) for place in places]

    def clean(self) -> dict[str, Any]:
        """A text without a kind would be lost."""
        last = len(self.sections)
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get(f"afsnit-{last}-tekst") and not cleaned.get(f"afsnit-{last}-art"):
            self.add_error(f"afsnit-{last}-art", ValidationError("Vælg, hvad det nye afsnit er."))
        return cleaned

    def values(self) -> dict[Place, Any]:
        """What was put, of a form that is valid."""
        put = {(self._number, "", name): self.cleaned_data[name] for name in ItemForm.declared_fields}
        put |= dict(self._parts())
        changed = {place: value for place, value in put.items() if _plain(value) != _plain(self._shown.get(place))}
        sections = self._sections()
        if _plain(sections) != _plain(self.sections):
            changed[self._number, "", "sections"] = sections
        return changed

    def _sections(self) -> list[list[Any]]:
        found = []
        for place, origin in enumerate([*(entry[3] for entry in self.sections), None]):
            kind, heading, text = (
                self.cleaned_data[f"afsnit-{place}-{name}"] for name in ("art", "overskrift", "tekst")
            )
            if kind:
                found.append([kind, heading, text, origin])
        return found

    def _parts(self) -> Iterator[tuple[Place, Any]]:
        number, planned = self._number, self._planned
        chosen = self.cleaned_data.get("udfald")
        if chosen is not None and set(chosen) != {one.kind for one in planned.outcomes}:
            sentences = {one.kind: one.sentence for one in planned.outcomes}
            yield (number, "beslutning", "outcomes"), [[kind, sentences.get(kind, "")] for kind in chosen]
        for place, positions in self._proposers():
            for position in positions:
                yield (number, f"at {position + 1}", "proposer"), self.cleaned_data[f"indstiller-{place}"]
        parts = [part for at, part, field in self._shown if at == number and field == "name"]
        for place, part in enumerate(parts):
            yield (number, part, "name"), self.cleaned_data[f"bilag-{place}-navn"]
            yield (number, part, "is_closed"), self.cleaned_data[f"bilag-{place}-lukket"]


class BordersForm(_Form):
    """An item's text, piece by piece: at each it is chosen whether a section begins there, and of what kind."""

    def __init__(self, plan: Plan, planned: PlannedItem, data: Mapping[str, Any] | None = None) -> None:
        self._number = planned.row.number
        self.sections = plan.sections_of(planned)
        self.blocks: list[Block] = blocks_of(self.sections)
        printed = [kind for kind, *_ in self.sections]
        self.base_fields = {
            f"start-{place}": forms.ChoiceField(
                label=f"Stykke {place + 1}",
                choices=[*([] if place == 0 else [(CONTINUES, "Fortsætter")]), *kinds(*printed)],
                initial=block.starts,
                required=place == 0,
                widget=KindSelect,
            )
            for place, block in enumerate(self.blocks)
        }
        super().__init__(data)

    @property
    def rows(self) -> list[tuple[Block, forms.BoundField]]:
        """The pieces, each with its choice."""
        return [(block, self[f"start-{place}"]) for place, block in enumerate(self.blocks)]

    def values(self) -> dict[Place, Any]:
        """What was put, of a form that is valid."""
        starts = [self.cleaned_data[f"start-{place}"] for place in range(len(self.blocks))]
        if starts == [block.starts for block in self.blocks]:
            return {}
        return {(self._number, "", "sections"): put_together(self.blocks, starts)}


def _plain(value: Any) -> Any:
    """`value` as it comes back from a form that nobody touched: browsers send other line ends, forms strip."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
