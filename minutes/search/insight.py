"""Everything that the archive holds in which one person's name stands (indsigtsanmodning).

Rows are read one after another and looked through here, not in the database: it folds no Danish, and the name is in no
statement that a server may log. What is closed is looked through only for who may read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.contrib.auth.models import User

from minutes.search.answers import Marked, Piece
from minutes.search.holdings import CHANGES, Stand, everything_held
from minutes.search.names import Finder, readable

MOST_PLACES = 2_000  # that are kept; the rest are counted
_NEAR = 160  # characters shown on either side of a name
_PASSAGES = 5  # of one text


@dataclass(frozen=True, slots=True)
class Place:
    """A text in which the name stands: `where` within its group, and its passages. `more` are not shown."""

    where: str
    address: str
    passages: tuple[Marked, ...]
    more: int


@dataclass(slots=True)
class Group:
    """The places of one meeting, one file, one kind of row."""

    heading: str
    order: tuple[int, str]
    places: list[Place] = field(default_factory=list)


@dataclass(slots=True)
class Insight:
    """What was found. `count` is of all places, also those beyond MOST_PLACES, which are in no group."""

    accounts: list[User] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    count: int = 0
    with_closed: bool = False

    @property
    def is_cut(self) -> bool:
        """Whether there is more than is kept."""
        return self.count > MOST_PLACES


def find_person(finder: Finder, *, user: User, with_closed: bool) -> Insight:
    """Everything that `user` may see in which `finder` finds its name, and the accounts that bear it."""
    found = Insight(with_closed=with_closed, accounts=list(_accounts(finder, user)))
    groups: dict[str, Group] = {}
    seen: dict[str, set[str]] = {}  # the texts found, by heading
    for held in everything_held(user):
        text = readable(held.text)
        spans = finder.find(text)
        if not spans:
            continue
        stand = held.stand()
        if _is_said(stand, text, seen):
            continue
        seen.setdefault(stand.heading, set()).add(text)
        found.count += 1
        if found.count <= MOST_PLACES:
            group = groups.setdefault(stand.heading, Group(stand.heading, stand.order))
            group.places.append(_place(stand, text, spans))
    found.groups = sorted(groups.values(), key=lambda group: group.order)
    return found


def _is_said(stand: Stand, text: str, seen: dict[str, set[str]]) -> bool:
    """Whether the text stands above: a reading says again what the page says, and the log what is still so."""
    if stand.order[0] == CHANGES:
        return any(text in texts for texts in seen.values())
    return text in seen.get(stand.heading, ())


def _accounts(finder: Finder, user: User) -> Iterator[User]:
    if user.has_perm("auth.view_user"):
        for account in User.objects.prefetch_related("groups").order_by("username").iterator(chunk_size=500):
            if any(map(finder.find, map(readable, _names_of(account)))):
                yield account


def _names_of(account: User) -> tuple[str, ...]:
    name = account.get_full_name()
    return account.username, account.username.replace(".", " "), name, account.email


def _place(stand: Stand, text: str, spans: list[tuple[int, int]]) -> Place:
    passages = list(_passages(text, spans))
    more = len(passages) - _PASSAGES
    return Place(stand.where, stand.address, tuple(passages[:_PASSAGES]), max(0, more))


def _passages(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[Marked]:
    """The stretches of `text` round the names, those that would touch joined."""
    near: list[tuple[int, int]] = []
    for span in spans:
        if near and span[0] - near[-1][1] > 2 * _NEAR:
            yield _marked(text, near)
            near = []
        near.append(span)
    if near:
        yield _marked(text, near)


def _marked(text: str, spans: list[tuple[int, int]]) -> Marked:
    start = _at_word(text, max(0, spans[0][0] - _NEAR), spans[0][0])
    end = min(len(text), spans[-1][1] + _NEAR)
    if end < len(text):
        end = max(spans[-1][1], text.rfind(" ", spans[-1][1], end))
    pieces, reached = [Piece("… " if start else "")], start
    for begin, stop in spans:
        pieces += [Piece(text[reached:begin]), Piece(text[begin:stop], is_marked=True)]
        reached = stop
    pieces += [Piece(text[reached:end]), Piece(" …" if end < len(text) else "")]
    return tuple(piece for piece in pieces if piece.text)


def _at_word(text: str, start: int, before: int) -> int:
    """`start`, or the beginning of the next word."""
    if start == 0:
        return 0
    blank = text.find(" ", start, before)
    return before if blank < 0 else blank + 1
