"""The rows of a large archive of made-up minutes: the same for a size and a seed, whoever makes them.

Twenty years of meetings with about eight items each. Every meeting is made from a seed of its own, so any process may
make any of them.
"""

from __future__ import annotations

import datetime
import math
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.danish import Danish, Draw
from minutes.casenumber import CaseNumber
from minutes.kle import MAIN_GROUPS
from minutes.parsing.dates import MONTHS
from minutes.parsing.offices import normalise_office

FIRST_YEAR, YEARS = 2006, 20
BODY, PREFIX = "Chefforum", "CF"
FEWEST_ITEMS, MOST_ITEMS = 5, 11  # of a meeting
CLOSED_SHARE = 0.02
MEAN_WORDS, SPREAD = 360, 0.8  # of an item that does not stand at every meeting: lognormal
ITEMS_A_CASE = 3
_FIRST_START, _BETWEEN = 8 * 60, 10  # minutes: of a day's first meeting, and from each to the next

# The commonest first; the others follow in their own order.
_GROUPS = list(dict.fromkeys([*"00 81 27 17 28 85 29 15 03 82 05 01 88 87 54 20 18".split(), *MAIN_GROUPS]))
_FACETS = "A00 P20 G01 A00 P35 S00 P22 A26 K04 I04 P05 A21 S29 G00 P16".split()
_PROPOSERS = (
    "Kommunaldirektøren",
    "Direktøren for By, Kultur, Miljø & Beskæftigelse",
    "Chefen for Økonomi & Stab",
    "Direktøren for Børn & Familie",
    "Afdelingschefen for Borger & Arbejdsmarked",
    "Afdelingschefen for Skole & Uddannelse",
    "Afdelingschefen for Sundhed, Pleje & Omsorg",
    "Afdelingschefen for Social & Familie",
    "Afdelingschefen for Miljø & Teknik",
    "IT & Digitalisering",
    "Ledelse & Organisationsudvikling",
    "Sekretariatet",
)
_TITLES = (
    *("Orientering om {}", "Status på {}", "Opfølgning på {}", "Drøftelse af {} og {}", "{} {year}", "Budget {year}"),
    *(
        "Temadrøftelse om {}",
        "Valg af deltagere til {}",
        "Evaluering af {}",
        "{} udkast til {}",
        "Strategi for {} {year}",
    ),
    *(
        "Strategi for {} {year}",
        "Samarbejdet om {} og {}",
        "Den strategiske ramme for {}",
        "Forslag til {} og {}",
        "Proces for {}",
    ),
)
_RECOMMENDATIONS = (
    *("at {} drøftes.", "at orienteringen om {} tages til efterretning.", "at chefforum godkender {}."),
    *("at chefforum beslutter, hvordan {} og {} prioriteres.", "at status på {} drøftes.", "at {} i {year} godkendes."),
    *("at afdelingerne afsætter ressourcer til {}.", "at udkast til {} sendes videre til Direktørforum."),
)
# What stands first in a decision, and the outcome of each.
DECISIONS = (
    ("Chefforum godkendte {}.", "godkendt"),
    ("Godkendt.", "godkendt"),
    ("Indstillingen blev godkendt med bemærkning om {}.", "godkendt"),
    ("Chefforum drøftede {} og {}.", "drøftet"),
    ("Drøftet.", "drøftet"),
    ("Orienteringen blev taget til efterretning.", "taget til efterretning"),
    ("Taget til efterretning.", "taget til efterretning"),
    ("Chefforum besluttede, at {} skal indgå i {}.", "besluttet"),
    ("Punktet genoptages på næste møde.", "genoptages"),
    ("Sagen sendes videre til Direktørforum.", "sendt videre"),
    ("Indstillingen blev ikke godkendt.", "ikke godkendt"),
)
_FILES = (
    "{} {}.pptx",
    "Bilag {n} - {}",
    "{} {year}",
    "Notat om {}.docx",
    "{}_{}.pdf",
    "{n}. udkast til {}",
    "Oplæg om {}",
)


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case: its number, and its key in the database."""

    pk: int
    number: CaseNumber


@dataclass(frozen=True, slots=True)
class MeetingPlan:
    """When a meeting is held, and the keys of its items, which begin after `before`."""

    pk: int
    date: datetime.date
    start_time: datetime.time
    slug: str
    before: int
    items: int


@dataclass(frozen=True, slots=True)
class Parts:
    """An item as it is to be stored; sections without the decision. A recommendation is (proposer, office, text)."""

    pk: int
    meeting: int
    number: int
    title: str
    case: CaseRow
    is_closed: bool
    is_standing: bool
    sections: tuple[tuple[int, str, str], ...]  # position, kind, text
    recommendations: tuple[tuple[str, str, str], ...]
    decision: tuple[int, str] | None  # position, text
    outcomes: tuple[tuple[str, str], ...]  # kind, sentence
    attachments: tuple[str, ...]


class Archive:
    """So many items from a seed. Making one takes a second; making meetings of it is up to the caller."""

    def __init__(self, items: int, seed: int) -> None:
        self.seed = seed
        self.danish = Danish()
        self.meetings = list(_plan(items, seed))
        self._pool = max(4, items // (YEARS * ITEMS_A_CASE))  # cases a year
        self.cases = list(self._cases())

    def items(self, meeting: MeetingPlan) -> Iterator[Parts]:
        """The items of a meeting, in order; the first approves the minutes, the last is Evt."""
        draw = random.Random(f"{self.seed} {meeting.pk}").random  # of this meeting alone
        for number in range(1, meeting.items + 1):
            if number == 1:
                yield self._approval(meeting, draw)
            elif number == meeting.items:
                yield self._any_other(meeting, number, draw)
            else:
                yield self._item(meeting, number, draw)

    def _cases(self) -> Iterator[CaseRow]:
        draw = random.Random(f"{self.seed} cases").random
        taken: set[tuple[str, str, int, int]] = set()
        for pk in range(1, YEARS * self._pool + 1):
            year = FIRST_YEAR + (pk - 1) // self._pool
            group = _GROUPS[int(len(_GROUPS) * draw() ** 2.5)]
            subject = f"{group}.{int(8 * draw() ** 2):02}.{int(20 * draw() ** 2):02}"
            facet = _FACETS[int(len(_FACETS) * draw() ** 2)]
            first_in_year = (pk - 1) % self._pool == 0  # the approvals of the year
            if first_in_year:
                subject, facet = "00.01.10", "A00"
            serial = 1 + int(60 * draw() ** 4)
            while (subject, facet, serial, year) in taken:
                serial += 1
            taken.add((subject, facet, serial, year))
            yield CaseRow(pk, CaseNumber(f"{subject}-{facet}-{serial}-{year % 100:02}"))

    def _case(self, year: int, draw: Draw) -> CaseRow:
        """Of that year or one of the two before it; some cases come back more often than others."""
        at = draw()
        began = max(0, year - FIRST_YEAR - (0 if at < 0.7 else 1 if at < 0.9 else 2))
        return self.cases[began * self._pool + 1 + int((self._pool - 1) * draw() ** 1.5)]

    def _of_the_year(self, meeting: MeetingPlan) -> CaseRow:
        return self.cases[(meeting.date.year - FIRST_YEAR) * self._pool]

    def _approval(self, meeting: MeetingPlan, draw: Draw) -> Parts:
        before = meeting.date - datetime.timedelta(days=7 + int(draw() * 21))
        texts = (
            "at chefforum godkender dagsordenen for mødet",
            f"at chefforum godkender referat for mødet d. {before.day}. {MONTHS[before.month - 1]} {before.year}",
        )
        return Parts(
            meeting.before + 1,
            meeting.pk,
            1,
            "Godkendelse af dagsorden og referat",
            self._of_the_year(meeting),
            is_closed=False,
            is_standing=True,
            sections=((1, "anledning", "Godkendelse af dagsorden og referat"), (2, *_proposal(_PROPOSERS[0], texts))),
            recommendations=tuple((_PROPOSERS[0], normalise_office(_PROPOSERS[0]), text) for text in texts),
            decision=(3, "Chefforum godkendte dagsorden og referat."),
            outcomes=(("godkendt", "Chefforum godkendte dagsorden og referat."),),
            attachments=(),
        )

    def _any_other(self, meeting: MeetingPlan, number: int, draw: Draw) -> Parts:
        text = self.danish.paragraphs(10 + int(60 * draw()), draw, self.danish.topic(draw, 4), meeting.date.year)
        return Parts(
            meeting.before + number,
            meeting.pk,
            number,
            "Evt." if draw() < 0.5 else "Eventuelt",
            self._of_the_year(meeting),
            is_closed=False,
            is_standing=True,
            sections=(),
            recommendations=(),
            decision=(1, text),
            outcomes=(),
            attachments=(),
        )

    def _item(self, meeting: MeetingPlan, number: int, draw: Draw) -> Parts:
        year = meeting.date.year
        case = self._case(year, draw)
        about = self.danish.topic(random.Random(f"{self.seed} case {case.pk}").random, 8)
        words = max(30, min(6_000, _lognormal(draw)))
        sections: list[tuple[int, str, str]] = []

        def add(kind: str, text: str) -> None:
            sections.append((len(sections) + 1, kind, text))

        if draw() < 0.75:
            add("anledning", self.danish.paragraphs(int(words * 0.12), draw, about, year))
        if draw() < 0.9:
            add("sagsfremstilling", self._account(int(words * 0.55), draw, about, year, case))
        recommendations: tuple[tuple[str, str, str], ...] = ()
        if draw() < 0.92:
            proposer = _PROPOSERS[int(len(_PROPOSERS) * draw() ** 2)]
            texts = [self._phrase(_RECOMMENDATIONS, draw, about, year) for _ in range(1 + int(4 * draw() ** 2))]
            sections.append((len(sections) + 1, *_proposal(proposer, texts)))
            recommendations = tuple((proposer, normalise_office(proposer), text) for text in texts)
        decision, outcomes = self._decision(words, draw, about, year, len(sections) + 1)
        attachments: tuple[str, ...] = ()
        if draw() < 0.45:
            attachments = tuple(self._phrase(_FILES, draw, about, year) for _ in range(1 + int(5 * draw() ** 2)))
            sections.append((len(sections) + 1 + (decision is not None), "bilag", "\n\n".join(attachments)))
        return Parts(
            meeting.before + number,
            meeting.pk,
            number,
            self._phrase(_TITLES, draw, about, year),
            case,
            is_closed=draw() < CLOSED_SHARE,
            is_standing=False,
            sections=tuple(sections),
            recommendations=recommendations,
            decision=decision,
            outcomes=outcomes,
            attachments=attachments,
        )

    def _account(self, words: int, draw: Draw, about: Sequence[int], year: int, case: CaseRow) -> str:
        text = self.danish.paragraphs(words, draw, about, year)
        if draw() < 0.04:
            text += f"\n\nSagen har været behandlet før under sagsnummer {case.number}."
        return text

    def _decision(
        self, words: int, draw: Draw, about: Sequence[int], year: int, position: int
    ) -> tuple[tuple[int, str] | None, tuple[tuple[str, str], ...]]:
        if draw() < 0.04:
            return None, ()
        pattern, kind = DECISIONS[int(len(DECISIONS) * draw() ** 1.4)]
        sentence = self._fill(pattern, draw, about, year)
        if draw() < 0.4:
            return (position, sentence), ((kind, sentence),)
        more = self.danish.paragraphs(int(words * 0.3), draw, about, year)
        return (position, f"{sentence}\n\n{more}"), ((kind, sentence),)

    def _phrase(self, patterns: Sequence[str], draw: Draw, about: Sequence[int], year: int) -> str:
        text = self._fill(patterns[int(len(patterns) * draw())], draw, about, year)
        return text[0].upper() + text[1:] if patterns is not _RECOMMENDATIONS else text

    def _fill(self, pattern: str, draw: Draw, about: Sequence[int], year: int) -> str:
        """A pattern's holes filled with words, mostly of the topic."""
        words = [self.danish.a_word(draw, about if draw() < 0.4 else about[:1]) for _ in range(pattern.count("{}"))]
        return pattern.format(*words, year=year + int(draw() * 2), n=1 + int(draw() * 9))


def _plan(items: int, seed: int) -> Iterator[MeetingPlan]:
    """Every meeting, spread over the weekdays of the years."""
    draw = random.Random(f"{seed} meetings").random
    sizes: list[int] = []
    left = items
    while left > 0:
        sizes.append(min(left, FEWEST_ITEMS + int((MOST_ITEMS - FEWEST_ITEMS + 1) * draw())))
        left -= sizes[-1]
    days = list(_weekdays())
    before = 0
    earlier: Counter[datetime.date] = Counter()
    for index, size in enumerate(sizes):
        date = days[index * len(days) // len(sizes)]
        start = _FIRST_START + _BETWEEN * earlier[date]
        time = datetime.time(start // 60, start % 60)
        slug = f"{date}-{time:%H%M}" if earlier[date] else str(date)
        earlier[date] += 1
        yield MeetingPlan(index + 1, date, time, slug, before, size)
        before += size


def _weekdays() -> Iterator[datetime.date]:
    day = datetime.date(FIRST_YEAR, 1, 1)
    while day.year < FIRST_YEAR + YEARS:
        if day.weekday() < 5:
            yield day
        day += datetime.timedelta(days=1)


def _proposal(proposer: str, texts: Sequence[str]) -> tuple[str, str]:
    """The Indstilling as it is printed: kind and text."""
    entries = "\n".join(f"{number}. {text}" for number, text in enumerate(texts, start=1))
    return "indstilling", f"{proposer} indstiller,\n\n{entries}"


def _lognormal(draw: Draw) -> int:
    normal = math.sqrt(-2 * math.log(1 - draw())) * math.cos(2 * math.pi * draw())
    return int(math.exp(math.log(MEAN_WORDS) - SPREAD**2 / 2 + SPREAD * normal))
