"""What search answers: frozen values, ready to be shown. Nothing in them may be seen only by others than the asker."""

from __future__ import annotations

import datetime
import enum
from dataclasses import dataclass, field

from minutes.models import AgendaItem, Case, Meeting
from minutes.search.fields import Field

MOST = 10_000  # counts are exact up to here, beyond it they are "over 10.000"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of plain text, to be escaped and, when `is_marked`, put in a <mark>."""

    text: str
    is_marked: bool = False


type Marked = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """A number of items: exact when `is_exact`, else at least that many (and more than MOST)."""

    number: int
    is_exact: bool = True


class Order(enum.Enum):
    """In which order hits come. The value stands in the address (`sort`)."""

    BEST = "relevans"
    NEWEST = "nyeste"


class Tier(enum.Enum):
    """How much of the query the hits have."""

    ALL = "alle ord"  # every word, directly or as a part of a compound, or a compound's parts together
    SCATTERED = "dele hver for sig"  # a compound's parts only apart from each other
    SOME = "nogle af ordene"  # some of the words, the rarest first


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the hits are narrowed to; within one filter several values mean any of them.

    The names of filters in addresses: aar, gruppe, type, enhed, hvor, bilag (=ja), fra, til, faste (=nej).
    """

    years: tuple[int, ...] = ()  # aar
    main_groups: tuple[str, ...] = ()  # gruppe: "00"
    outcomes: tuple[str, ...] = ()  # type: a value of OutcomeKind
    offices: tuple[str, ...] = ()  # enhed: as in Recommendation.office
    fields: tuple[Field, ...] = ()  # hvor: every word of the query stands in this part
    with_attachments: bool = False  # bilag
    since: datetime.date | None = None  # fra, that day included
    until: datetime.date | None = None  # til, that day included
    without_standing: bool = False  # faste=nej: leave out approval of minutes and Evt.


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value that hits can be narrowed to, and how many there would be then."""

    value: str  # as in the address
    label: str
    count: Count
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter with its values. Each count holds for the query and all other filters; values without hits are left out
    unless chosen."""

    name: str  # in the address: aar, gruppe, type, enhed, hvor, bilag
    label: str  # "År"
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """An item that answers. `item` comes with meeting, case, and decision with its outcomes loaded."""

    item: AgendaItem
    score: float
    tier: Tier
    title: Marked
    decision: Marked  # the decision's first sentence, empty when nothing was decided
    proposal: Marked  # what was proposed, only where the decision is a word or two
    snippet: Marked  # from the part that matches best; empty when nothing but what is shown already matches
    snippet_label: str  # that part's heading: "Sagsfremstilling", "Bilag"
    subtitle: Marked = ()  # of Evt. and the like: the sentence that matches, since the title says nothing


@dataclass(frozen=True, slots=True)
class Repair:
    """A word that the archive has not, and the nearest that it has."""

    typed: str
    meant: str


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to one query and page. Without a word to look for `is_blank`, and everything else empty."""

    typed: str
    is_blank: bool = False
    total: Count = Count(0)
    tier: Tier = Tier.ALL  # of the first hit
    some_from: int | None = None  # index in `hits` of the first that has only some of the words (Tier.SOME)
    hits: tuple[Hit, ...] = ()
    facets: tuple[Facet, ...] = ()
    page: int = 1
    pages: int = 0
    repairs: tuple[Repair, ...] = ()  # "Viser resultater for …": the hits are those of the repaired query
    repaired: str = ""  # the whole query as it was repaired
    suggestion: str = ""  # "Mente du …": another query that would have hits; the hits are of what was typed
    unknown: tuple[str, ...] = ()  # words that the archive has not, for the page without hits
    nearest: tuple[Hit, ...] = ()  # for the page without hits: items that come nearest
    meeting: Meeting | None = None  # of the day that was typed
    case: Case | None = None  # of the whole case number that was typed
    cases: tuple[Case, ...] = ()  # that begin with the fragment that was typed, at most a few
    is_cut: bool = False  # more was typed than is read
    gave_up: bool = False  # the database was stopped: the query must be narrowed
    words: tuple[str, ...] = field(default=())  # what was looked for, without fillers, as typed
