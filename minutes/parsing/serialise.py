"""ParsedMinutes as plain data and back: what `manage.py parse` prints, and what crosses from the bounded child.

The form is DESIGN's ("Interfaces that must hold"); `preamble`, `end_page` and `end_line` come on top of it.
"""

from __future__ import annotations

import datetime
from typing import Any

from minutes.parsing.types import ContentsEntry, Item, ParsedMinutes, Proposal, Section, Span, Warning

Data = dict[str, Any]


def to_dict(parsed: ParsedMinutes) -> Data:
    """Dates ISO, times HH:MM, texts Markdown; nothing in it but what JSON knows."""
    return {
        "kind": parsed.kind,
        "cancelled": parsed.cancelled,
        "body": parsed.body,
        "date": parsed.date.isoformat() if parsed.date else None,
        "start_time": parsed.start_time.strftime("%H:%M") if parsed.start_time else None,
        "place": parsed.place,
        "preamble": parsed.preamble,
        "contents": [{"title": entry.title, "page": entry.page} for entry in parsed.contents],
        "items": [_item_to_dict(item) for item in parsed.items],
        "warnings": [
            {"code": warning.code, "message": warning.message, "page": warning.page, "line": warning.line}
            for warning in parsed.warnings
        ],
    }


def from_dict(data: Data) -> ParsedMinutes:
    """The inverse of `to_dict`. Raises KeyError, TypeError or ValueError when `data` is not of that form.

    Every value is checked: the data comes from a process that has handled a stranger's file.
    """
    date, start_time = _optional(data["date"], str), _optional(data["start_time"], str)
    return ParsedMinutes(
        kind="dagsorden" if _of(data["kind"], str) == "dagsorden" else "referat",
        cancelled=_of(data["cancelled"], bool),
        body=_optional(data["body"], str),
        date=datetime.date.fromisoformat(date) if date else None,
        start_time=datetime.time.fromisoformat(start_time) if start_time else None,
        place=_optional(data["place"], str),
        preamble=_of(data["preamble"], str),
        contents=tuple(
            ContentsEntry(_of(entry["title"], str), _optional(entry["page"], int)) for entry in data["contents"]
        ),
        items=tuple(_item_from_dict(item) for item in data["items"]),
        warnings=tuple(
            Warning(
                _of(one["code"], str),
                _of(one["message"], str),
                _optional(one["page"], int),
                _optional(one["line"], int),
            )
            for one in data["warnings"]
        ),
    )


def _of[T](value: object, kind: type[T]) -> T:
    """`value`, which must be of just that type: True is no number."""
    if type(value) is not kind:
        raise TypeError(f"{kind.__name__} expected, {type(value).__name__} found")
    return value


def _optional[T](value: object, kind: type[T]) -> T | None:
    return None if value is None else _of(value, kind)


def _texts(values: object) -> tuple[str, ...]:
    return tuple(_of(value, str) for value in _of(values, list))


def _item_to_dict(item: Item) -> Data:
    return {
        "number": item.number,
        "title": item.title,
        "prefix": item.prefix,
        "closed": item.closed,
        "case_number": item.case_number,
        **_span_to_dict(item.span),
        "sections": [
            {"kind": section.kind, "heading": section.heading, "text": section.text, **_span_to_dict(section.span)}
            for section in item.sections
        ],
        "proposals": [
            {"proposer": proposal.proposer, "recommendations": list(proposal.recommendations)}
            for proposal in item.proposals
        ],
        "decision": item.decision,
        "attachments": list(item.attachments),
    }


def _item_from_dict(data: Data) -> Item:
    return Item(
        number=_of(data["number"], int),
        title=_of(data["title"], str),
        prefix=_of(data["prefix"], str),
        closed=_of(data["closed"], bool),
        case_number=_optional(data["case_number"], str),
        span=_span_from_dict(data),
        sections=tuple(
            Section(
                _of(section["kind"], str),
                _optional(section["heading"], str),
                _of(section["text"], str),
                _span_from_dict(section),
            )
            for section in data["sections"]
        ),
        proposals=tuple(
            Proposal(_of(one["proposer"], str), _texts(one["recommendations"])) for one in data["proposals"]
        ),
        attachments=_texts(data["attachments"]),
    )


def _span_to_dict(span: Span) -> Data:
    return {"page": span.page, "line": span.line, "end_page": span.end_page, "end_line": span.end_line}


def _span_from_dict(data: Data) -> Span:
    page, line, end_page, end_line = (_optional(data[name], int) for name in ("page", "line", "end_page", "end_line"))
    return Span(page, line, end_page, end_line)
