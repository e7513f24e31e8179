"""A reading before it is put into the archive, and what is new between two editions."""

from __future__ import annotations

import datetime
from types import SimpleNamespace

from django.templatetags.static import static
from django.utils.functional import lazy

from minutes.ingest.comparing import Change, Difference, ItemDifference, PartDifference
from minutes.ingest.differing import Kind, Piece
from minutes.ingest.plan import PlannedItem
from minutes.models import AgendaItem, Attachment, Deadline, OutcomeKind
from minutes.parsing.types import Item, Span
from minutes.views.original_pages import ShownPage
from minutes.views.preview import Replacing
from minutes.views.preview_cautions import Caution, Cautions
from minutes.views.preview_parts import CaseNumber, Fix, NamedAttachment, Proposal, ShownItem, ShownPart

from .example import Example
from .made_up import LONG, NOON, make_item, make_meeting, make_source

_NUMBER = 72
_IMAGE = lazy(static, str)("img/eksempelside.png")  # when it is asked for: its name may not be known before
_PAGE = ShownPage(
    "Side 4 af 9, fra linje 12", "punkt 72", page=4, src=_IMAGE, large=_IMAGE, width=900, height=1273, large_width=900
)
_GUESSED = Caution("Overskriften »Indstilling« mangler.", "Side 4, linje 12", False, _NUMBER)
_CPR = Caution(
    "Punkt 72, sagsfremstilling, ser ud til at indeholde et CPR-nummer (070761-xxxx).", "Side 4", True, _NUMBER
)
_CAUTIONS = Cautions((_CPR, _GUESSED), {})
_FIXES = (
    Fix("titel", was="Ny åbningstid i katinen"),
    Fix("lukket", says="lukket af en redaktør"),
    Fix("tekst", was=LONG),
    Fix("sted"),
)
_PROPOSAL = Proposal(
    "Kommunaldirektøren",
    "Direktionen",
    ("at kantinen åbner klokken 7", "at forsøget varer tre måneder"),
    (Fix("indstiller", was="Kommunaldirektøren v/ sekretariatet"),),
)
_DEADLINE = Deadline(date=datetime.date(2031, 6, 1), words="senest den 1. juni", responsible="HR")


def _part(kind: str, text: str = LONG, **values: object) -> ShownPart:
    known = {"is_inferred": False, "page": None, "cautions": (), "fixes": ()}
    heading = kind.capitalize()
    anchor = f"stil-{kind}-{len(values)}"
    return ShownPart(kind, heading, anchor, f"{heading}, punkt {_NUMBER}", text, **{**known, **values})  # type: ignore[arg-type]


_ROW = make_item(_NUMBER)
_DECIDED = _part(
    "beslutning",
    decision=_ROW.decision,
    outcomes=(OutcomeKind.DISCUSSED, OutcomeKind.DECIDED),
    deadlines=(_DEADLINE,),
)
_ATTACHED = _part(
    "bilag", "", attachments=(NamedAttachment(Attachment(name="Forslag.docx", is_closed=True), _FIXES[:1]),)
)


def _item(row: AgendaItem, *parts: ShownPart, **values: object) -> ShownItem:
    read = Item(row.number, row.title, "CF", False, None, Span(4, 1, 4, 30))
    known = {
        "anchor": f"stil-punkt-{row.number}",
        "correct_address": "#",
        "borders_address": "#",
        "case": CaseNumber("00.01.00-A00-7-31", "#"),
        "pages": (_PAGE,),
        "cautions": (),
        "caution_count": 0,
        "fixes": (),
        "difference": None,
    }
    return ShownItem(planned=PlannedItem(row, read, read), parts=parts, **{**known, **values})  # type: ignore[arg-type]


_PIECES = (
    Piece(Kind.SKIPPED, "", 24),
    Piece(Kind.SAME, "Kantinen åbner"),
    Piece(Kind.REMOVED, "klokken 8."),
    Piece(Kind.ADDED, "en time før."),
)
_CHANGED = PartDifference("Beslutning", pieces=_PIECES)
_MOVED = PartDifference("Bilag")
_SAME = ItemDifference(Change.SAME, 1, "Eventuelt", 73, 73)
_DIFFERENCE = Difference(
    (PartDifference("Sted", pieces=(Piece(Kind.REMOVED, "Mødelokale 2"), Piece(Kind.ADDED, "Rådhuset"))),),
    (
        ItemDifference(Change.NEW, 2, "Cykelparkering", 71, None),
        ItemDifference(Change.CHANGED, 3, "Ny åbningstid i kantinen", _NUMBER, 71, (_CHANGED, _MOVED)),
        ItemDifference(Change.GONE, 4, "Gæstekort", None, _NUMBER),
        _SAME,
    ),
)
_UNTOUCHED = Difference((), (_SAME,))
_WHOLE = _item(
    _ROW,
    _part("anledning", is_inferred=True, cautions=(_GUESSED,), page=_PAGE),
    _part("indstilling", proposals=(_PROPOSAL,), cautions=(_CPR,)),
    _DECIDED,
    _ATTACHED,
    cautions=(_GUESSED,),
    caution_count=3,
    fixes=_FIXES[:2],
    difference=_DIFFERENCE.items[1],
)
_FOLDED = _item(make_item(73, "Eventuelt", is_closed=True), _part("sagsfremstilling"), difference=_SAME)
_BARE = _item(make_item(74, "", decision=""), case=CaseNumber("Sag 12", is_number=False), pages=())
_REPLACING = Replacing(make_meeting(), 2, _DIFFERENCE)


def _draft(**values: object) -> dict[str, object]:
    source = make_source()
    source.added_at = NOON
    known = {
        "source": source,
        "plan": SimpleNamespace(meeting=make_meeting(), refusal=""),
        "cautions": Cautions((), {}),
        "items": [_FOLDED, _BARE],
        "who_sees": "Kun du og administratorer kan se kladden.",
        "expires_in": 12,
        "seen": "x",
        "facts_address": "#",
        "replacing": None,
        "csrf_token": "stil",
        "place": "stil",
    }
    return {**known, **values}


_REFUSED = SimpleNamespace(meeting=make_meeting(), refusal="Chefforum holdt flere møder den dag.")

EXAMPLES = {
    "difference": [
        Example("alt, hvad der kan være nyt", {"difference": _DIFFERENCE, "links_items": False}),
        Example("intet nyt", {"difference": _UNTOUCHED, "links_items": False}),
    ],
    "difference_part": [
        Example("andre ord", {"part": _CHANGED}),
        Example("stillet anderledes op", {"part": _MOVED}),
        Example("kommet til", {"part": PartDifference("Økonomi", is_new=True, pieces=(Piece(Kind.ADDED, "Ingen."),))}),
        Example("udgået", {"part": PartDifference("Anledning", is_gone=True, pieces=(Piece(Kind.REMOVED, "Kort."),))}),
    ],
    "preview_caution": [Example("gættet", {"caution": _GUESSED}), Example("CPR-nummer", {"caution": _CPR})],
    "preview_caution_line": [Example("med vej til stedet", {"caution": _GUESSED})],
    "preview_cautions": [Example("CPR-nummer og andet", {"cautions": _CAUTIONS})],
    "preview_contents": [Example("ændret, uændret og nøgent", {"items": [_WHOLE, _FOLDED, _BARE]})],
    "preview_facts": [
        Example(
            "med en rettelse",
            {"meeting": make_meeting(preamble="Til stede: alle."), "fixes": _FIXES[3:], "count": 3, "address": "#"},
        )
    ],
    "preview_fixes": [Example("kort, lang og uden før", {"fixes": _FIXES})],
    "preview_item": [
        Example("med det hele", {"item": _WHOLE}),
        Example("uændret", {"item": _FOLDED}),
        Example("næsten tomt", {"item": _BARE}),
    ],
    "preview_item_body": [Example("uden original", {"item": _BARE})],
    "preview_marks": [Example("ændret, med advarsler", {"item": _WHOLE}), Example("lukket", {"item": _FOLDED})],
    "preview_news": [Example("en ny udgave", {"replacing": _REPLACING})],
    "preview_part": [
        Example("beslutning med frist", {"part": _part("beslutning", decision=_ROW.decision, deadlines=(_DEADLINE,))}),
        Example("uden tekst", {"part": _part("økonomi", "", is_inferred=True)}),
    ],
    "preview_proposal": [Example("to indstillinger", {"proposal": _PROPOSAL})],
    "preview_publish": [
        Example("klar", _draft()),
        Example("kan ikke", _draft(plan=_REFUSED)),
    ],
    "preview_state": [
        Example("læst uden forbehold", _draft()),
        Example("ny udgave med advarsler", _draft(cautions=_CAUTIONS, replacing=_REPLACING)),
    ],
}
