"""Decisions by outcome and year: a row of bars for each outcome, all on one scale, each bar a way to filter.

Rows of bars rather than one bar in many colours: a decision may have several outcomes, so its parts would not add up,
and nothing here is said by colour alone. Lengths are shares of what there is room for, as SVG takes them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from minutes.decision_filters import AskedDecisions
from minutes.models import OutcomeKind
from minutes.models.decisions import UNCLEAR
from minutes.search.decisions import Spread
from minutes.templatetags import danish

OUTCOMES = {**{kind: str(label) for kind, label in OutcomeKind.choices}, UNCLEAR: "Uafklaret"}
LONGEST = 40  # years in a row; where there are more, those without decisions are left out
FEW, MANY = 8, 24  # years whose names all fit on a phone, on a desk
WIDTH = 4.4  # rem for each year, where there is room
LOWEST, HIGHEST = 8, 84  # percent of a row's height: the least is still seen
SHARE = 0.7  # of a year's width that its bar takes


@dataclass(frozen=True, slots=True)
class Bar:
    """The decisions of a year with an outcome: what it says, where it leads, and where it stands in its row."""

    number: str
    name: str
    address: str
    is_on: bool  # among what is chosen, or nothing is
    is_chosen: bool  # alone
    left: str  # of the whole place of its year
    x: str
    y: str
    height: str


@dataclass(frozen=True, slots=True)
class Row:
    """An outcome; of a year without it there is None. `total` is a bar that leads to all years."""

    label: str
    bars: list[Bar | None]
    total: Bar


@dataclass(frozen=True, slots=True)
class Chart:
    """`years` are pairs of a year and where its name stands, `is_major` tells which names stay where room is short."""

    rows: list[Row]
    years: list[tuple[int, str, bool]]
    sums: list[Bar | None]  # of each year: its decisions, whatever their outcomes
    total: Bar
    width: str  # of the row, where there is room
    place: str  # a year's part of it
    bar: str  # the bar's part of it
    is_crowded: bool  # not all names of years fit on a phone
    is_dense: bool  # nor on a desk


def make(spread: Spread, asked: AskedDecisions) -> Chart | None:
    """The chart of `spread`; None where there is nothing to draw."""
    if not spread.cells:
        return None
    years = _years(spread.years)
    return _Drawing(spread, asked, years).chart()


class _Drawing:
    def __init__(self, spread: Spread, asked: AskedDecisions, years: Sequence[int]) -> None:
        self.spread, self.asked, self.years = spread, asked, years
        self.chosen = (asked.narrowing.years, asked.narrowing.outcomes)
        self.place = 100 / len(years)
        self.most = max(spread.cells.values())

    def chart(self) -> Chart:
        kinds = {kind for _, kind in self.spread.cells}
        every = -(-len(self.years) // 5)
        return Chart(
            rows=[self._row(kind, label) for kind, label in OUTCOMES.items() if kind in kinds],
            years=[
                (year, _percent((at + 0.5) * self.place), (len(self.years) - 1 - at) % every == 0)
                for at, year in enumerate(self.years)
            ],
            sums=[self._bar(at, (year,), (), self.spread.years.get(year, 0)) for at, year in enumerate(self.years)],
            total=self._made(0, (), (), sum(self.spread.years.values())),
            width=f"{len(self.years) * WIDTH:.1f}rem",
            place=_percent(self.place),
            bar=_percent(self.place * SHARE),
            is_crowded=len(self.years) > FEW,
            is_dense=len(self.years) > MANY,
        )

    def _row(self, kind: str, label: str) -> Row:
        cells = self.spread.cells
        bars = [self._bar(at, (year,), (kind,), cells.get((year, kind), 0)) for at, year in enumerate(self.years)]
        total = sum(number for (_, other), number in cells.items() if other == kind)
        return Row(label, bars, self._made(0, (), (kind,), total))

    def _bar(self, at: int, years: tuple[int, ...], kinds: tuple[str, ...], number: int) -> Bar | None:
        return self._made(at, years, kinds, number) if number else None

    def _made(self, at: int, years: tuple[int, ...], kinds: tuple[str, ...], number: int) -> Bar:
        height = LOWEST + (HIGHEST - LOWEST) * min(1, number / self.most)
        is_chosen = bool(years or kinds) and self.chosen == (years, kinds)
        return Bar(
            number=danish.number(number),
            name=_name(years, kinds, number, is_chosen),
            address=self.asked.cells((), ()) if is_chosen else self.asked.cells(years, kinds),
            is_on=all(_is_among(mine, theirs) for mine, theirs in zip((years, kinds), self.chosen, strict=True)),
            is_chosen=is_chosen,
            left=_percent(at * self.place),
            x=_percent((at + (1 - SHARE) / 2) * self.place),
            y=_percent(100 - height),
            height=_percent(height),
        )


def _is_among(mine: tuple[object, ...], chosen: tuple[object, ...]) -> bool:
    return not chosen or not set(mine).isdisjoint(chosen)


def _name(years: tuple[int, ...], kinds: tuple[str, ...], number: int, is_chosen: bool) -> str:
    """2017, Godkendt: 12 beslutninger."""
    where = [str(years[0]) if years else "Alle år", OUTCOMES[kinds[0]] if kinds else "alle typer"]
    name = f"{', '.join(where)}: {danish.counted(number, 'beslutning', 'beslutninger')}"
    return f"{name} (valgt; fjern valget)" if is_chosen else name


def _years(counts: Mapping[int, int]) -> list[int]:
    first, last = min(counts), max(counts)
    return list(range(first, last + 1)) if last - first < LONGEST else sorted(counts)


def _percent(share: float) -> str:
    return f"{share:.2f}%"
