"""From lines to ParsedMinutes: each recogniser in its turn, and what none of them took is kept as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from minutes.casenumber import find_case_number
from minutes.parsing import attachments, contents, header, items, openings, proposals, sections
from minutes.parsing.errors import NotMinutes
from minutes.parsing.flow import Vocabulary, to_markdown
from minutes.parsing.types import Item, Line, ParsedMinutes, ReadDocument, Section, Span, Warning

_FIRST_LINES = 4


def parse(document: ReadDocument) -> ParsedMinutes:
    """The structure of the minutes in `document`.

    Raises NotMinutes when the text shows neither a meeting's date nor an item. All else that could not be read as
    printed is a warning with its page and line.
    """
    lines = openings.release(document.lines)
    vocabulary = Vocabulary.of(lines)
    listed = contents.recognise(lines, vocabulary)
    headings = items.recognise(_blanked(lines, listed), listed.entries, vocabulary)
    first = headings[0].start if headings else len(lines)
    front = [line for index, line in enumerate(lines[:first]) if not listed.start <= index < listed.end]
    head = header.recognise(front)
    warnings = [*document.warnings, *head.warnings]

    ends = [heading.start for heading in headings[1:]] + [len(lines)] * bool(headings)
    found = [
        _item(heading, lines[heading.start : heading.end], lines[heading.end : end], vocabulary, warnings)
        for heading, end in zip(headings, ends, strict=True)
    ]
    if not found and head.date is None and not (head.kind and head.cancelled):
        raise NotMinutes("Filen ligner ikke et referat: der er hverken fundet en mødedato eller nummererede punkter.")
    warnings += _item_warnings(found, cancelled=head.cancelled)
    warnings += contents.check(listed.entries, found)
    body = head.body or _body_of_items(found)
    if body is None:
        warnings.append(Warning("no_body", "Det fremgår ikke, hvilket forum referatet er fra."))
    if head.date is None:
        warnings.append(Warning("no_date", "Der er ikke fundet en mødedato."))
    kind = head.kind or ("referat" if any(item.decision for item in found) or not found else "dagsorden")
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
    warnings: list[Warning],
) -> Item:
    case_number, closed = None, heading.closed
    rest = list(body)
    while rest and not rest[0].continues:
        number = items.case_number_on(rest[0]) if case_number is None else None
        if number:
            case_number = number.printed
            if not find_case_number(rest[0].text):
                break  # the line says more than the number: it stays as text
        elif items.is_closed_mark(rest[0]):
            closed = True
        else:
            break
        del rest[0]
    if case_number is None:
        case_number = _set_aside(rest)
    split = sections.recognise(rest)
    warnings += split.warnings
    made = tuple(
        Section(part.kind, part.heading, to_markdown(part.lines, vocabulary), _span(part.start, part.lines))
        for part in split.parts
    )
    return Item(
        number=heading.number,
        title=heading.title,
        prefix=heading.prefix,
        closed=closed,
        case_number=case_number,
        span=_span(printed[0], body),
        sections=made,
        proposals=tuple(
            proposal
            for part in split.parts
            if part.kind == sections.RECOMMENDATION
            for proposal in proposals.recognise(part.lines, vocabulary)
        ),
        attachments=tuple(
            name
            for part in split.parts
            if part.kind == sections.ATTACHMENTS
            for name in attachments.recognise(part.lines, vocabulary)
        ),
    )


def _set_aside(rest: list[Line]) -> str | None:
    """Takes out a case number printed at the side, which reading order puts among the item's first lines."""
    for index, line in enumerate(rest[:_FIRST_LINES]):
        if line.marker is None and line.cells is None and (number := find_case_number(line.text)):
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
        warnings.append(Warning("cancelled", "Referatet siger »aflyst«, men har punkter; mødet er regnet som holdt."))
    for before, item in pairwise(found):
        if item.number != before.number + 1:
            message = f"Efter punkt {before.number} følger punkt {item.number}."
            warnings.append(Warning("missing_number", message, item.span.page, item.span.line))
    for item in found:
        where = (item.span.page, item.span.line)
        if item.case_number is None and not item.closed:
            warnings.append(Warning("no_case_number", f"Punkt {item.number} har intet journalnummer.", *where))
        if not item.sections and not item.closed:
            warnings.append(Warning("empty_item", f"Punkt {item.number} har ingen tekst.", *where))
    return warnings


def _body_of_items(found: Sequence[Item]) -> str | None:
    bodies = {header.body_of_prefix(item.prefix) for item in found if item.prefix}
    return bodies.pop() if len(bodies) == 1 else None
