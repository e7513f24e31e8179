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
    """The inverse of `to_dict`. Raises KeyError, TypeError or ValueError when `data` is not of that form."""
    return ParsedMinutes(
        kind="dagsorden" if data["kind"] == "dagsorden" else "referat",
        cancelled=bool(data["cancelled"]),
        body=data["body"],
        date=datetime.date.fromisoformat(data["date"]) if data["date"] else None,
        start_time=datetime.time.fromisoformat(data["start_time"]) if data["start_time"] else None,
        place=data["place"],
        preamble=data["preamble"],
        contents=tuple(ContentsEntry(entry["title"], entry["page"]) for entry in data["contents"]),
        items=tuple(_item_from_dict(item) for item in data["items"]),
        warnings=tuple(Warning(one["code"], one["message"], one["page"], one["line"]) for one in data["warnings"]),
    )


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
        number=data["number"],
        title=data["title"],
        prefix=data["prefix"],
        closed=bool(data["closed"]),
        case_number=data["case_number"],
        span=_span_from_dict(data),
        sections=tuple(
            Section(section["kind"], section["heading"], section["text"], _span_from_dict(section))
            for section in data["sections"]
        ),
        proposals=tuple(Proposal(one["proposer"], tuple(one["recommendations"])) for one in data["proposals"]),
        attachments=tuple(data["attachments"]),
    )


def _span_to_dict(span: Span) -> Data:
    return {"page": span.page, "line": span.line, "end_page": span.end_page, "end_line": span.end_line}


def _span_from_dict(data: Data) -> Span:
    return Span(data["page"], data["line"], data["end_page"], data["end_line"])
