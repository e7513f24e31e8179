"""Rows and lists of meetings, items, cases and subjects."""

from __future__ import annotations

import datetime
from types import SimpleNamespace

from django.core.paginator import Paginator

from minutes.models import OutcomeKind
from minutes.templatetags.items import marks_of

from .example import Example
from .made_up import loaded_meeting, make_case, make_item, make_meeting

_MEETING = loaded_meeting()
_ITEM = make_item(case=make_case())
_CLOSED = make_item(4, "Et punkt, som kun nogle må læse", is_closed=True)
_UNDECIDED = make_item(3, "Punkt uden beslutning", decision="")


def _case(**values: object):
    made = make_case(**values)
    made.latest_items = [_ITEM, _UNDECIDED]
    return made


def _months() -> list[SimpleNamespace]:
    mark = ("4", "Møde 4. marts 2031", "#", False)
    cancelled = ("18", "Møde 18. marts 2031", "#", True)
    months = [SimpleNamespace(name=name, marks=[]) for name in ("januar", "februar")]
    return [*months, SimpleNamespace(name="marts", marks=[mark, cancelled])]


def _row(*lines: tuple[str, str, str, bool, str, str], is_cancelled: bool = False) -> SimpleNamespace:
    meeting = make_meeting(is_cancelled=is_cancelled)
    return SimpleNamespace(meeting=meeting, address="#", items=lines, has_standing=False)


_LINE = ("2", "Ny åbningstid i kantinen", "#", False, marks_of((OutcomeKind.DECIDED,)), "Kantinen åbner en time før.")
_UNDECIDED_LINE = ("3", "Punkt uden beslutning", "#", False, "", "")
_CLOSED_LINE = ("4", "Et punkt, som kun nogle må læse", "#", True, marks_of(()), "")
_CASES = Paginator([_case()], 1).page(1)
_FACTS = {"first": datetime.date(2031, 1, 7), "latest": datetime.date(2031, 3, 4)}

EXAMPLES = {
    "case_facts": [Example("en sag", {"case": make_case(), "facts": _FACTS})],
    "case_list": [Example("én sag", {"page": _CASES, "pages": [1], "address": "", "level": 3})],
    "case_row": [Example("en sag", {"case": _case()}), Example("en samlesag", {"case": _case(is_collective=True)})],
    "glossary": [
        Example(
            "et bogstav",
            {
                "width": "short",
                "letters": [SimpleNamespace(name="B", entries=[("BYG", ["byggesag", "byggetilladelse"])])],
            },
        )
    ],
    "item_of_title": [Example("med beslutning", {"item": _ITEM}), Example("lukket", {"item": _CLOSED})],
    "item_row": [
        Example("med beslutning og sag", {"item": _ITEM, "meeting": _MEETING}),
        Example("kort beslutning", {"item": make_item(decision="Godkendt.", kinds=()), "meeting": _MEETING}),
        Example("uden beslutning", {"item": _UNDECIDED, "meeting": _MEETING}),
        Example("lukket", {"item": _CLOSED, "meeting": _MEETING}),
    ],
    "jump": [
        Example("tom", {"typed": ""}),
        Example("ikke forstået", {"typed": "32/13", "landing": {"is_problem": True, "text": "Det er ingen dato."}}),
        Example(
            "flere veje",
            {"typed": "maj 2031", "landing": {"text": "Ingen møder i maj 2031", "choices": [("4. marts 2031", "#")]}},
        ),
    ],
    "meeting_row": [
        Example("med punkter", {"row": _row(_LINE, _UNDECIDED_LINE, _CLOSED_LINE), "level": 3}),
        Example("aflyst", {"row": _row(is_cancelled=True), "level": 3}),
        Example("ingen punkter", {"row": _row(), "level": 3}),
    ],
    "mentions": [Example("et sted", {"mentions": [_ITEM], "address": "#"})],
    "number_box": [
        Example("tom", {"typed": ""}),
        Example("ikke fundet", {"typed": "99.99", "problem": "Ingen sag har det nummer."}),
    ],
    "story_step": [
        Example(
            "efter en pause",
            {"step": SimpleNamespace(item=_ITEM, pause="4 måneder senere", is_linked=False), "level": 3},
        ),
        Example(
            "knyttet af en redaktør", {"step": SimpleNamespace(item=_UNDECIDED, pause="", is_linked=True), "level": 3}
        ),
    ],
    "subject_row": [
        Example(
            "en hovedgruppe",
            {
                "heading": "00 Kommunens styrelse",
                "address": "#",
                "level": 3,
                "count": SimpleNamespace(cases=310, items=1204, titles=["Ny åbningstid i kantinen"]),
            },
        )
    ],
    "year_months": [Example("et år", {"months": _months(), "leads_to_months": False})],
}
