"""From lines to ParsedMinutes: each recogniser in its turn, and what none of them took is kept as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from minutes.parsing import (
    attachments,
    contents,
    decisions,
    header,
    items,
    layout_tables,
    openings,
    proposals,
    sections,
    titles,
)
from minutes.parsing.dates import parse_meeting_time
from minutes.parsing.errors import NotMinutes
from minutes.parsing.flow import Vocabulary, to_markdown
from minutes.parsing.types import Item, Line, ParsedMinutes, ReadDocument, Section, Span, Warning

_MEETING_DATE = re.compile(r"Mødedato\b.{0,80}$", re.IGNORECASE)
_FIRST_LINES = 8  # as far as an item's head reaches at most


def parse(document: ReadDocument) -> ParsedMinutes:
    """The structure of the minutes in `document`.

    Raises NotMinutes when the text shows neither a meeting's date nor an item. All else that could not be read as
    printed is a warning with its page and line.
    """
    lines = openings.release(layout_tables.unfold(document.lines))
    vocabulary = Vocabulary.of(lines)
    listed = contents.recognise(lines, vocabulary)
    headings = items.recognise(_blanked(lines, listed), listed.entries, vocabulary)
    first = headings.found[0].start if headings.found else len(lines)
    front = [line for index, line in enumerate(lines[:first]) if not listed.start <= index < listed.end]
    head = header.recognise(front, vocabulary)
    warnings = [*document.warnings, *head.warnings]

    ends = [heading.start for heading in headings.found[1:]] + [len(lines)]
    found = [
        _item(heading, lines[heading.printed : heading.end], lines[heading.end : end], vocabulary, head, warnings)
        for heading, end in zip(headings.found, ends, strict=False)
    ]
    if headings.guessed:
        message = "Punkterne er fundet alene på deres numre. Kontrollér, at de er de rigtige."
        warnings.append(Warning("guessed_items", message, found[0].span.page, found[0].span.line))
    if not found and head.date is None and not (head.kind and head.cancelled):
        raise NotMinutes("Filen ligner ikke et referat: der er hverken fundet en mødedato eller nummererede punkter.")
    warnings += _item_warnings(found, cancelled=head.cancelled)
    warnings += _other_meetings(lines[first:], head)
    warnings += contents.check(listed.entries, found)
    body = head.body or _body_of_items(found)
    if body is None:
        warnings.append(Warning("no_body", "Det fremgår ikke, hvilket forum referatet er fra."))
    if head.date is None:
        warnings.append(Warning("no_date", "Der er ikke fundet en mødedato."))
    kind, assumed = _kind(head, found)
    warnings += assumed
    return ParsedMinutes(
        kind=kind,
        cancelled=head.cancelled and not found,
        body=body,
        date=head.date,
        start_time=head.start_time,
        place=head.place,
        preamble=to_markdown(head.rest, vocabulary),
        contents=listed.entries,
        items=tuple(found),
        warnings=tuple(warnings),
    )


def _blanked(lines: Sequence[Line], listed: contents.Contents) -> list[Line]:
    """The lines, those of the contents emptied, so that indexes stay and no entry is taken for an item."""
    return [
        replace(line, text="", marker=None, heading=None) if listed.start <= index < listed.end else line
        for index, line in enumerate(lines)
    ]


def _item(
    heading: items.Heading,
    printed: Sequence[Line],
    body: Sequence[Line],
    vocabulary: Vocabulary,
    head: header.Header,
    warnings: list[Warning],
) -> Item:
    case_number, closed, rest = _beneath(body)
    found = sections.recognise(rest)
    parts, settled = decisions.settle(found.parts, body=head.body, date=head.date)
    warnings += [*found.warnings, *settled]
    made = tuple(
        Section(part.kind, part.heading, to_markdown(part.lines, vocabulary), _span(part.start, part.lines))
        for part in parts
    )
    return Item(
        number=heading.number,
        title=heading.title,
        prefix=heading.prefix,
        closed=closed or heading.closed or head.closed,
        case_number=case_number or heading.case_number,
        span=_span(printed[0], body),
        sections=made,
        proposals=tuple(
            proposal
            for part in parts
            if part.kind == sections.RECOMMENDATION
            for proposal in proposals.recognise(part.lines, vocabulary)
        ),
        attachments=tuple(
            name
            for part in parts
            if part.kind == sections.ATTACHMENTS
            for name in attachments.recognise(part.lines, vocabulary)
        ),
    )


def _beneath(body: Sequence[Line]) -> tuple[str | None, bool, list[Line]]:
    """What stands beneath a heading: the case number, whether the item is closed, and the lines that are left."""
    case_number, closed = None, False
    rest = list(body)
    while rest and not rest[0].continues:
        if titles.is_case_label(rest[0]) and len(rest) > 1 and titles.is_case_number(rest[1]):
            del rest[0]
        number = titles.case_number_on(rest[0]) if case_number is None else None
        if number:
            case_number = number.printed
            if not titles.is_case_number(rest[0]):
                break  # the line says more than the number: it stays as text
        elif titles.is_closed_mark(rest[0]):
            closed = True
        elif not titles.is_open_mark(rest[0]):
            break
        del rest[0]
    if case_number is None:
        case_number = _set_aside(rest)
    for line in rest[:_FIRST_LINES]:
        if sections.kind_of(line):
            break
        closed = closed or titles.says_closed(line)
    return case_number, closed, rest


def _set_aside(rest: list[Line]) -> str | None:
    """Takes out a case number printed at the side, which reading order puts among the item's first lines."""
    for index, line in enumerate(rest[:_FIRST_LINES]):
        if line.marker is None and line.cells is None and (number := titles.case_number_on(line)):
            if titles.is_case_number(line):
                del rest[index]
            return number.printed
    return None


def _span(start: Line, lines: Sequence[Line]) -> Span:
    last = lines[-1] if lines else start
    return Span(start.page, start.number, last.page, last.number)


def _item_warnings(found: Sequence[Item], *, cancelled: bool) -> list[Warning]:
    warnings: list[Warning] = []
    if not found and not cancelled:
        warnings.append(Warning("no_items", "Der er ikke fundet nogen punkter."))
    if found and cancelled:
        warnings.append(Warning("cancelled", "Referatet siger »aflyst«, men har punkter. Mødet regnes som afholdt."))
    for before, item in pairwise(found):
        if item.number != before.number + 1:
            message = f"Efter punkt {before.number} følger punkt {item.number}. Mangler der et punkt?"
            warnings.append(Warning("missing_number", message, item.span.page, item.span.line))
    unnumbered = len(found) > 2 and all(item.case_number is None for item in found)
    if unnumbered:
        warnings.append(Warning("no_case_number", "Ingen af punkterne har et journalnummer."))
    for item in found:
        where = (item.span.page, item.span.line)
        if item.case_number is None and not item.closed and not unnumbered:
            warnings.append(Warning("no_case_number", f"Punkt {item.number} har intet journalnummer.", *where))
        if not item.sections and not item.closed:
            warnings.append(Warning("empty_item", f"Punkt {item.number} har ingen tekst.", *where))
    return warnings


def _other_meetings(lines: Sequence[Line], head: header.Header) -> list[Warning]:
    """A warning where the head of another meeting stands among the items."""
    for line in lines:
        if _MEETING_DATE.match(line.text) and head.date:
            other = parse_meeting_time(line.text).date
            if other and other != head.date:
                message = f"Her begynder vist et andet møde ({other:%d-%m-%Y}). Del filen, så hvert møde får sin egen."
                return [Warning("several_meetings", message, line.page, line.number)]
    return []


def _kind(head: header.Header, found: Sequence[Item]) -> tuple[Literal["referat", "dagsorden"], list[Warning]]:
    """What the paper is: what it calls itself, unless it holds the decisions that make an agenda minutes."""
    decided = sum(bool(re.search(r"\w{2}", item.decision or "")) for item in found)
    if head.kind == "dagsorden" and decided and 2 * decided >= len(found):
        message = "Filen kalder sig dagsorden, men punkterne har beslutninger; den er læst som referat."
        return "referat", [Warning("agenda_with_decisions", message)]
    return head.kind or ("referat" if decided or not found else "dagsorden"), []


def _body_of_items(found: Sequence[Item]) -> str | None:
    bodies = {header.body_of_prefix(item.prefix) for item in found if item.prefix}
    return bodies.pop() if len(bodies) == 1 else None
