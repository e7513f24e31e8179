"""The rows of one item's parts, made from what was read and what editors have put; nothing is saved here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from copy import copy

from minutes.models import (
    AgendaItem,
    Attachment,
    Decision,
    DecisionOutcome,
    OutcomeKind,
    Recommendation,
    Section,
)
from minutes.models.decisions import Origin
from minutes.parsing.offices import normalise_office
from minutes.parsing.outcomes import find_outcomes
from minutes.parsing.types import Item, ParsedMinutes, Warning

from .corrections import Corrections, attachment_parts, recommendation_part, section_parts

DECISION = "beslutning"
OFFICE_LENGTH = 200
PROPOSER_LENGTH = 500  # characters in which an office is looked for
_NAMELESS = 4  # characters; a closed item's title up to this ("Evt.") would be found everywhere


def sections(item: Item, row: AgendaItem, corrections: Corrections) -> list[Section]:
    """Every section but the Beslutning, with its place among all of them."""
    made = []
    names = section_parts(section.kind for section in item.sections)
    for position, (section, part) in enumerate(zip(item.sections, names, strict=True), start=1):
        if section.kind == DECISION:
            continue
        made.append(
            Section(
                item=row,
                position=position,
                kind=section.kind,
                heading=corrections.over(row.key, part, "heading", section.heading or ""),
                text=corrections.over(row.key, part, "text", section.text),
                page=section.span.page,
                line=section.span.line,
            )
        )
    return made


def decision(item: Item, row: AgendaItem, corrections: Corrections) -> tuple[Decision | None, list[Warning]]:
    """The Beslutning, its parts joined; None where the item has none."""
    found = [(place, one) for place, one in enumerate(item.sections, start=1) if one.kind == DECISION]
    if not found:
        return None, []
    position, first = found[0]
    made = Decision(
        item=row,
        position=position,
        heading=corrections.over(row.key, DECISION, "heading", first.heading or ""),
        text=corrections.over(row.key, DECISION, "text", item.decision or ""),
        page=first.span.page,
        line=first.span.line,
    )
    warnings = [
        Warning(
            "decision_joined",
            f"Punkt {item.number} har {len(found)} beslutningsafsnit; de er lagt sammen.",
            second.span.page,
            second.span.line,
        )
        for _, second in found[1:2]
    ]
    return made, warnings


def outcomes(decision: Decision, corrections: Corrections) -> list[DecisionOutcome]:
    """What the decision did: as an editor has put it, else as the rules read its text."""
    read = [[found.kind, found.sentence] for found in find_outcomes(decision.text, own_body=decision.item.meeting.body)]
    key = decision.item.key
    settled = corrections.over(key, DECISION, "outcomes", read, context=decision.text)
    origin = Origin.EDITOR if corrections.corrects(key, DECISION, "outcomes") else Origin.RULE
    return [
        DecisionOutcome(decision=decision, position=position, kind=OutcomeKind(kind), sentence=sentence, origin=origin)
        for position, (kind, sentence) in enumerate(settled, start=1)
    ]


def recommendations(item: Item, row: AgendaItem, corrections: Corrections) -> list[Recommendation]:
    """Every "at …" with who proposes it."""
    made = []
    printed = [(proposal.proposer, text) for proposal in item.proposals for text in proposal.recommendations]
    for position, (proposer, text) in enumerate(printed, start=1):
        part = recommendation_part(position)
        proposer = corrections.over(row.key, part, "proposer", proposer)
        office = corrections.over(row.key, part, "office", normalise_office(proposer[:PROPOSER_LENGTH])[:OFFICE_LENGTH])
        text = corrections.over(row.key, part, "text", text)
        made.append(Recommendation(item=row, position=position, proposer=proposer, office=office, text=text))
    return made


def attachments(item: Item, row: AgendaItem, corrections: Corrections) -> tuple[list[Attachment], list[Warning]]:
    """The names under Bilag."""
    names = attachment_parts(item.attachments)
    close_all = corrections.closed_attachment_is_gone(row.key, names)
    made, closed = [], 0
    for position, (printed, part) in enumerate(zip(item.attachments, names, strict=True), start=1):
        is_closed = corrections.over(row.key, part, "is_closed", False, context=printed)
        if close_all and not is_closed and not corrections.corrects(row.key, part, "is_closed"):
            is_closed = corrections.close(row.key, part, context=printed)
            closed += 1
        name = corrections.over(row.key, part, "name", printed)
        made.append(Attachment(item=row, position=position, name=name, printed_name=printed, is_closed=is_closed))
    if not closed:
        return made, []
    message = f"Punkt {item.number}: bilag er lukket, fordi et, som en redaktør har lukket, ikke er i den nye udgave."
    return made, [Warning("closed_by_caution", message, item.span.page, item.span.line)]


def save_attachments(made: Sequence[Attachment], stored: Iterable[Attachment]) -> None:
    """Save the new rows over the stored ones, with the identity and the files of those that they replace.

    These are found by item and printed name. A row whose file the new reading no longer names stays: no file is
    dropped for that.
    """
    stored = list(stored)
    before = {(row.item_id, row.printed_name): row for row in reversed(stored)}
    last = Counter(row.item.pk for row in made)
    wanted, kept = list(made), set()
    for row in made:
        row.item = row.item  # which has got its primary key since
        old = before.pop((row.item_id, row.printed_name), None)
        if old is not None:
            row.pk, row.sha256, row.size = old.pk, old.sha256, old.size
            row.media_type, row.text = old.media_type, old.text
            kept.add(old.pk)
    for old in stored:
        if old.pk not in kept and old.sha256:
            last[old.item_id] += 1
            moved = copy(old)
            moved.position = last[old.item_id]
            wanted.append(moved)
    now = {row.pk: row for row in stored}
    fresh = [row for row in wanted if row.pk is None or _told(row) != _told(now[row.pk])]
    staying = {row.pk for row in wanted} - {row.pk for row in fresh}
    # Taken away and put back under the same key: two may have changed places, and a place is one row's.
    Attachment.objects.filter(pk__in=now.keys() - staying).delete()
    Attachment.objects.bulk_create(fresh)


def _told(row: Attachment) -> tuple[object, ...]:
    return row.item_id, row.position, row.name, row.printed_name, row.is_closed


def preamble(parsed: ParsedMinutes, items: Sequence[AgendaItem]) -> tuple[str, list[Warning]]:
    """What stands before the items, without the lines that name a closed one.

    Where the contents were not recognised as such, its lines end up here, and the meeting is open to more people than
    its closed items are. The original keeps them.
    """
    closed = {_folded(title) for row in items if row.is_closed for title in (row.title, row.printed_title)}
    closed = {title for title in closed if len(title) > _NAMELESS}
    lines = parsed.preamble.split("\n")
    shown = [line for line in lines if not any(title in _folded(line) for title in closed)]
    if len(shown) == len(lines):
        return parsed.preamble, []
    message = "Linjer før punkterne, som nævner et lukket punkt, er udeladt."
    return "\n".join(shown).strip(), [Warning("closed_in_preamble", message)]


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
