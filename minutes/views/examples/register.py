"""What the registers of decisions and deadlines are made of."""

from __future__ import annotations

import datetime
from types import SimpleNamespace

from minutes.decision_filters import AskedDecisions
from minutes.models import Deadline
from minutes.search.answers import Piece
from minutes.search.decisions import Spread
from minutes.views import chart
from minutes.views.deadlines import Row

from .example import Example
from .made_up import LONG, make_case, make_item, make_meeting

_ITEM = make_item(case=make_case())
_LATER = make_item(3, "Kantinens åbningstid, status", meeting=make_meeting(datetime.date(2031, 6, 24), pk=3))
_DEADLINE = Deadline(
    item=_ITEM, date=datetime.date(2031, 6, 21), words="senest d. 21. juni", sentence=LONG, responsible="Cheferne"
)
_SENTENCE = (Piece("Cheferne indsender tal "), Piece("senest d. 21. juni", is_marked=True), Piece("."))
_CELLS = {(2030, "godkendt"): 12, (2031, "godkendt"): 30, (2031, "drøftet"): 7}
_CHART = chart.make(Spread(45, cells=_CELLS, years={2030: 12, 2031: 33}), AskedDecisions())


def _choice(label: str, number: int | None, *, is_chosen: bool = False) -> SimpleNamespace:
    return SimpleNamespace(label=label, number=number, is_chosen=is_chosen, address="#")


_GROUP = SimpleNamespace(
    label="Type",
    shown=[_choice("Godkendt", 1204, is_chosen=True), _choice("Drøftet", 7)],
    folded=[_choice("Udpeget", 1)],
)


def _decision(state: str, *, text: str, is_cut: bool = False, proposal: str = "", **values: object) -> Example:
    item = make_item(decision=text, case=make_case(), **values)
    row = SimpleNamespace(
        decision=item.decision,
        title=(Piece(item.title),),
        text=(Piece(text),),
        is_cut=is_cut,
        proposal=(Piece(proposal),) if proposal else (),
        offices="Kommunaldirektøren",
    )
    return Example(state, {"row": row})


def _deadline(state: str, **values: object) -> Example:
    row = {"sentence": _SENTENCE, "distance": "om 12 dage", "is_day": True, "later": [], "more_later": False}
    return Example(state, {"row": Row(deadline=_DEADLINE, **{**row, "is_silent": False, **values}), "part": "kommende"})


EXAMPLES = {
    "chart": [Example("to år, to typer", {"chart": _CHART})],
    "chart_table": [Example("de samme tal", {"chart": _CHART})],
    "deadline_filters": [
        Example(
            "en person valgt",
            {
                "asked": SimpleNamespace(typed="tal", who="Cheferne", year=None, part="passerede"),
                "who_choices": ["Cheferne"],
                "years": [2031],
            },
        )
    ],
    "deadline_row": [
        _deadline("kommende"),
        _deadline("passeret, med det, der siden skete", distance="", later=[_LATER], more_later=True),
        _deadline("passeret, intet siden", distance="", is_day=False, is_silent=True),
    ],
    "deadlines": [Example("på et punkts side", {"deadlines": [_DEADLINE]})],
    "decision_row": [
        _decision("lang beslutning, forkortet", text=LONG, is_cut=True),
        _decision(
            "kort beslutning, lukket punkt", text="Godkendt.", proposal="at kantinen åbner klokken 7", is_closed=True
        ),
    ],
    "register_choice": [
        Example("kan vælges", {"choice": _choice("Drøftet", 7)}),
        Example("valgt", {"choice": _choice("Godkendt", 1204, is_chosen=True)}),
        Example("uden tal", {"choice": _choice("Vis faste punkter", None)}),
    ],
    "register_filters": [
        Example(
            "noget valgt",
            {
                "groups": [_GROUP],
                "standing": _choice("Vis faste punkter", None),
                "asked": {"typed": "kantine"},
                "chosen": 1,
                "kept": [],
            },
        )
    ],
}
