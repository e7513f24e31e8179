"""What a meeting's and an item's pages are made of."""

from __future__ import annotations

from types import SimpleNamespace

from django.templatetags.static import static
from django.utils.functional import lazy

from minutes.models import OutcomeKind
from minutes.views.original_pages import ShownPage
from minutes.views.parts import parts_of

from .example import Example
from .made_up import NOON, loaded_meeting, make_case, make_item, make_meeting, make_source

_MEETING = loaded_meeting()
_STANDING, _ITEM, _UNDECIDED = _MEETING.items.all()
_PARTS = parts_of(_ITEM)
_SOURCE = make_source(warnings=[{"message": "Overskriften Anledning mangler.", "page": 4}])
_PLACE = {"meeting": _MEETING, "source": _SOURCE}
_IMAGE = lazy(static, str)("img/eksempelside.png")  # when it is asked for: its name may not be known before
_PAGE = ShownPage(
    "Side 4 af 9, fra linje 12",
    "beslutningen",
    page=4,
    src=_IMAGE,
    large=_IMAGE,
    width=900,
    height=1273,
    large_width=900,
    original="#",
)
_CONFIRM = {"what": "punktet", "address": "#", "seen": NOON, "csrf_token": "x"}


def _confirmed(state: str, **values: object) -> Example:
    return Example(state, {**_CONFIRM, "is_all": False, "may_confirm": False, **values}, is_fact=True)


EXAMPLES = {
    "anchor": [Example("ved en overskrift", {"anchor": "stil-anchor", "words": "beslutningen", "number": 2})],
    "attachments": [
        Example("navne", {"attachments": _ITEM.attachments.all(), "anchor": "eksempel-bilag", "rank": 3, "number": 2})
    ],
    "confirmed": [
        _confirmed("ikke gennemset"),
        _confirmed("noget gennemset, for en redaktør", count=2, of=5, may_confirm=True),
        _confirmed("gennemset, for en redaktør", is_all=True, last=NOON, may_confirm=True),
    ],
    "contents": [Example("et møde med tre punkter", {"items": [parts_of(item) for item in _MEETING.items.all()]})],
    "copies": [
        Example(
            "svar og henvisning",
            {"answer": "4. marts 2031, punkt 2: Drøftet.", "citation": "Chefforum 4. marts 2031, punkt 2"},
        )
    ],
    "decision": [
        Example("besluttet", {"parts": _PARTS, "rank": 3, **_PLACE}),
        Example("ingen beslutning", {"parts": parts_of(_UNDECIDED), "rank": 3, **_PLACE}),
    ],
    "item_facts": [Example("med sag og original", {"item": make_item(case=make_case()), **_PLACE})],
    "machine_read": [Example("noget er antaget", _PLACE)],
    "meeting_facts": [
        Example("alt kendt", {**_PLACE, "confirmed": SimpleNamespace(is_all=False, count=1, of=3, last=None)})
    ],
    "meeting_item": [
        Example("et punkt", {"parts": _PARTS, **_PLACE}),
        Example("et fast punkt", {"parts": parts_of(_STANDING), **_PLACE}),
    ],
    "meeting_marks": [
        Example("aflyst", {"meeting": make_meeting(is_cancelled=True)}),
        Example("lukket", {"meeting": make_meeting(is_closed=True)}),
    ],
    "original_link": [Example("hele filen", _PLACE), Example("en side", {**_PLACE, "page": 4})],
    "outcomes": [
        *(Example(kind.label, {"outcomes": [kind]}) for kind in OutcomeKind),
        Example("ingen genkendt", {"outcomes": []}),
    ],
    "page_image": [
        Example("siden med stedet", {"shown": _PAGE}),
        Example("uden billede", {"shown": ShownPage("Side 4 af 9, fra linje 12", page=4, original="#")}),
        Example(
            "linjer af en tekst",
            {"shown": ShownPage("Linje 31–33 i filen", excerpt="Beslutning\n\nChefforum drøftede, om kantinen …")},
        ),
        Example("af en Word-fil", {"shown": ShownPage("Afsnit 31–33 i filen")}),
    ],
    "printed_from": [Example("kun på papir", {"address": "https://arkiv.example/moeder/2031-03-04/"})],
    "section": [
        Example("udledt overskrift", {"part": _PARTS.others[0], "item": _ITEM, "rank": 3, **_PLACE}),
        Example("med tabel", {"part": _PARTS.others[1], "item": _ITEM, "rank": 3, **_PLACE}),
    ],
    "section_ways": [
        Example(
            "siden og stedet",
            {**_PLACE, "page": 4, "anchor": "stil-section_ways", "words": "Sagsfremstilling", "number": 2},
        )
    ],
}
