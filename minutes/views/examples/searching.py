"""What the page of hits is made of."""

from __future__ import annotations

from types import SimpleNamespace

from minutes.search.answers import Count, Hit, Piece, Results, Tier

from .example import Example
from .made_up import make_case, make_item, make_meeting

_MARKED = (Piece("Ny åbningstid i "), Piece("kantine", is_marked=True), Piece("n"))
_FEW, _MANY = Count(12), Count(10_000, is_exact=False)


def _choice(label: str, count: Count | None, *, is_chosen: bool = False) -> SimpleNamespace:
    return SimpleNamespace(label=label, count=count, is_chosen=is_chosen, address="#")


_GROUP = SimpleNamespace(
    label="Beslutningstype",
    shown=[_choice("Godkendt", _FEW, is_chosen=True), _choice("Drøftet", _MANY)],
    folded=[_choice("Orienteret", Count(1))],
)
_DATES = [("fra", "Fra", None, None), ("til", "Til", None, "Det er ingen dato.")]

EXAMPLES = {
    "chips": [Example("to filtre", {"chips": [("År: 2031", "#"), ("Med bilag", "#")], "everything": "#"})],
    "facet": [Example("et filter", {"group": _GROUP})],
    "facet_choice": [
        Example("kan vælges", {"choice": _choice("Drøftet", _MANY)}),
        Example("valgt", {"choice": _choice("Godkendt", _FEW, is_chosen=True)}),
        Example("uden tal", {"choice": _choice("Udelad faste punkter", None)}),
    ],
    "filters": [
        Example("med en fejl", {"groups": [_GROUP], "asked": {"problems": {"til": "x"}}, "dates": _DATES, "chips": []})
    ],
    "found_cards": [
        Example(
            "mødet og sagen, der blev skrevet",
            {
                "results": Results(
                    "4. marts 2031", meeting=make_meeting(), case=make_case(is_collective=True), cases=(make_case(),)
                )
            },
        )
    ],
    "hit": [
        Example(
            "med beslutning og uddrag",
            {
                "hit": Hit(
                    item=make_item(case=make_case()),
                    score=1,
                    tier=Tier.ALL,
                    title=_MARKED,
                    decision=(Piece("Chefforum drøftede forslaget."),),
                    proposal=(),
                    snippet=(Piece("… spurgt, om "), Piece("kantinen", is_marked=True), Piece(" kan åbne før …")),
                    snippet_label="Sagsfremstilling",
                )
            },
        ),
        Example(
            "kort beslutning, lukket punkt",
            {
                "hit": Hit(
                    item=make_item(decision="Godkendt.", kinds=(), is_closed=True),
                    score=1,
                    tier=Tier.ALL,
                    title=_MARKED,
                    decision=(Piece("Godkendt."),),
                    proposal=(Piece("at kantinen åbner klokken 7"),),
                    snippet=(),
                    snippet_label="",
                )
            },
        ),
    ],
    "marked": [Example("med en fremhævning", {"pieces": _MARKED})],
}
