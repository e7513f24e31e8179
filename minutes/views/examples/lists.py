"""Rows and lists of meetings, items, cases and subjects."""

from __future__ import annotations

import datetime
from types import SimpleNamespace

from django.core.paginator import Paginator

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


def _months() -> SimpleNamespace:
    mark = SimpleNamespace(day=4, words="Møde 4. marts 2031", address="#", is_cancelled=False)
    cancelled = SimpleNamespace(day=18, words="Møde 18. marts 2031", address="#", is_cancelled=True)
    months = [SimpleNamespace(name=name, marks=[]) for name in ("januar", "februar")]
    return SimpleNamespace(year=2031, months=[*months, SimpleNamespace(name="marts", marks=[mark, cancelled])], count=2)


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
    "item_line": [
        Example("med beslutning", {"item": _ITEM, "meeting": _MEETING, "with_decision": True}),
        Example("uden beslutning", {"item": _UNDECIDED, "meeting": _MEETING, "with_decision": True}),
        Example("lukket", {"item": _CLOSED, "meeting": _MEETING, "with_decision": False}),
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
        Example("med punkter", {"meeting": _MEETING, "level": 3, "with_year": True}),
        Example("med beslutninger", {"meeting": _MEETING, "level": 3, "with_decisions": True}),
        Example("aflyst", {"meeting": make_meeting(is_cancelled=True), "level": 3}),
        Example("ingen punkter", {"meeting": make_meeting(), "level": 3}),
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
    "year_months": [Example("et år", {"year": _months(), "leads_to_months": False})],
}
