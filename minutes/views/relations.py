"""What an item and its meeting have to do with others: the case through time, links by editors, mentions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from minutes.models import AgendaItem, Case, Meeting, OutcomeKind, Reader, Reference, reader_of
from minutes.models.access import User
from minutes.parsing.sentences import split_sentences
from minutes.templatetags.markdown import plain

ADD = "minutes.add_reference"
REMOVE = "minutes.delete_reference"

AROUND = 3  # earlier and later items of a case beside the present one
MOST_OF_CASE = 500  # items of a case whose links are told on each of them
MOST_LINKED = 50
MOST_MENTIONS = 20
MOST_READ = 60  # references; an item may have several
LONGEST = 240  # characters of a sentence that mentions

_MINUTES = re.compile(r"referat|protokol", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Story:
    """An item's case through time: `steps` are the items nearest to it, oldest first, itself among them."""

    case: Case
    steps: tuple[AgendaItem, ...]
    earlier: int  # how many before `steps` are left out
    later: int  # and after


@dataclass(frozen=True, slots=True)
class Linked:
    """An item that belongs together with another; `through` is the item of the same case that the link hangs on, None
    where it is that item itself."""

    item: AgendaItem
    through: AgendaItem | None


@dataclass(frozen=True, slots=True)
class Mention:
    """An item whose text names a meeting or an item, and the sentence that does."""

    item: AgendaItem
    sentence: str
    number: int | None  # of the item that is named

    @property
    def outcomes(self) -> set[str]:
        """What was decided on the item that mentions."""
        decision = getattr(self.item, "decision", None)
        return {outcome.kind for outcome in decision.outcomes.all()} if decision else set()

    @property
    def approves(self) -> bool:
        """Of an approval: whether the minutes were approved there."""
        return OutcomeKind.APPROVED in self.outcomes

    @property
    def rejects(self) -> bool:
        """Of an approval: whether it was refused."""
        return OutcomeKind.NOT_APPROVED in self.outcomes


@dataclass(frozen=True, slots=True)
class Referred:
    """What refers to a meeting: items on which its minutes were to be approved, and others that name it."""

    approvals: tuple[Mention, ...] = ()
    mentions: tuple[Mention, ...] = ()
    has_more: bool = False

    def __bool__(self) -> bool:
        return bool(self.approvals or self.mentions)


@dataclass(frozen=True, slots=True)
class Related:
    """What an item has to do with others. Of a samlesag, and of what stands at every meeting, there is no story."""

    item: AgendaItem
    story: Story | None
    is_in_list: bool  # the case is one to look up rather than a story
    linked: tuple[Linked, ...]
    referred: Referred
    may_link: bool  # the user may say what belongs together

    def __bool__(self) -> bool:
        return bool(self.story or self.is_in_list or self.linked or self.referred or self.may_link)


def related_to(item: AgendaItem, user: User) -> Related:
    """What `user` may know of what has to do with `item`, whose meeting and case are loaded: a fixed number of
    queries."""
    reader = reader_of(user)
    case = item.case
    is_in_list = case is not None and (case.is_collective or item.is_standing)
    of_case = [] if case is None or is_in_list else _items_of_case(case, reader)
    if item.pk not in of_case:  # or no longer: somebody else has just closed it
        of_case = [item.pk]
    place = of_case.index(item.pk)
    shown = of_case[max(0, place - AROUND) : place + AROUND + 1] if len(of_case) > 1 else []
    links = _links(item, of_case, reader)
    references = list(Reference.objects.visible_for(reader).to_item(item).in_sentences(reader)[:MOST_READ])

    wanted = {*shown, *(pk for pair in links for pk in pair), *(reference.item_id for reference in references)}
    items = _loaded(wanted, reader)
    story = None
    if case is not None and shown:
        steps = tuple(items[pk] for pk in shown if pk in items)
        story = Story(case, steps, max(0, place - AROUND), max(0, len(of_case) - place - AROUND - 1))
    return Related(
        item=item,
        story=story,
        is_in_list=is_in_list,
        linked=_linked(item, links, items),
        referred=_referred(item.meeting, references, items),
        may_link=may_link(user),
    )


def referred_to(meeting: Meeting, user: User) -> Referred:
    """What `user` may know of what refers to `meeting` or to one of its items: a fixed number of queries."""
    reader = reader_of(user)
    references = Reference.objects.visible_for(reader).to_meeting(meeting).in_sentences(reader)
    found = list(references[:MOST_READ])
    return _referred(meeting, found, _loaded({reference.item_id for reference in found}, reader))


def may_link(user: User) -> bool:
    """Whether `user` may say which items belong together."""
    return user is not None and reader_of(user).reads and user.has_perms([ADD, REMOVE])


def linked_items(item: AgendaItem, user: User) -> tuple[AgendaItem, ...]:
    """The items that editors have linked to `item` itself and that `user` may see, oldest first."""
    reader = reader_of(user)
    links = _links(item, [item.pk], reader)
    items = _loaded({pk for pair in links for pk in pair}, reader)
    return tuple(one.item for one in _linked(item, links, items))


def _items_of_case(case: Case, reader: Reader) -> list[int]:
    items = AgendaItem.objects.visible_for(reader).filter(case=case)
    return list(items.oldest_first().values_list("pk", flat=True))


def _links(item: AgendaItem, of_case: Sequence[int], reader: Reader) -> list[tuple[int, int]]:
    """Pairs of an item of the case and one that belongs together with it, those of `item` itself first."""
    here = {item.pk, *of_case[:MOST_OF_CASE]}
    rows = Reference.objects.visible_for(reader).linking(here).values_list("item", "target_item")
    pairs = dict.fromkeys((one, other) if one in here else (other, one) for one, other in rows)
    own = [pair if pair[0] == item.pk else pair[::-1] for pair in pairs if item.pk in pair]
    through = [pair for pair in pairs if item.pk not in pair and pair[1] not in here]
    return [*own, *through][:MOST_LINKED]


def _linked(item: AgendaItem, links: Iterable[tuple[int, int]], items: Mapping[int, AgendaItem]) -> tuple[Linked, ...]:
    found: dict[int, Linked] = {}
    for here, there in links:
        if there in items and (here == item.pk or here in items):
            found.setdefault(there, Linked(items[there], None if here == item.pk else items[here]))
    return tuple(sorted(found.values(), key=lambda one: (one.item.meeting.date, one.item.number)))


def _loaded(ids: Collection[int], reader: Reader) -> dict[int, AgendaItem]:
    if not ids:
        return {}
    return {item.pk: item for item in AgendaItem.objects.filter(pk__in=ids).told_shortly(reader).order_by()}


def _referred(meeting: Meeting, references: Sequence[Reference], items: Mapping[int, AgendaItem]) -> Referred:
    """Each item that mentions is told of once, with its first sentence."""
    approvals: dict[int, Mention] = {}
    mentions: dict[int, Mention] = {}
    for reference in references:
        item = items.get(reference.item_id)
        if item is None or reference.near is None:
            continue
        is_approval = item.is_standing and item.meeting.date > meeting.date and bool(_MINUTES.search(item.title))
        found = approvals if is_approval and reference.target_item_id is None else mentions
        found.setdefault(item.pk, Mention(item, _sentence(reference), reference.item_number))
    shown = tuple(mentions.values())[:MOST_MENTIONS]
    has_more = len(mentions) > len(shown) or len(references) == MOST_READ
    return Referred(tuple(approvals.values())[:MOST_MENTIONS], shown, has_more)


def _sentence(reference: Reference) -> str:
    """The sentence that holds the words, from the stretch of text round them that was loaded."""
    near, begins = reference.near, reference.near_from
    start, end = reference.start - begins, reference.end - begins
    sentence = next((one for one in split_sentences(near) if one.start <= start < one.end), None)
    text, offset = (sentence.text, sentence.start) if sentence else (near, 0)
    is_cut = bool(begins) and offset == 0
    first = max(0, end - offset - LONGEST * 2 // 3)
    if len(text) > LONGEST and first:
        text, is_cut = text[first:].partition(" ")[2] or text[first:], True
    if len(text) > LONGEST:
        text = f"{text[:LONGEST].rsplit(' ', 1)[0]} …"
    return f"… {plain(text)}" if is_cut else plain(text)
