"""Meetings for tests. They go the way of every file, through `ingest.service`; only the reading of a file is left out,
so that a test says in a few words what the minutes hold.
"""

from __future__ import annotations

import datetime
import itertools
import json
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import Group, Permission, User

from minutes.ingest.reading import Reading
from minutes.ingest.results import IngestResult
from minutes.ingest.service import ingest_file
from minutes.models import Meeting
from minutes.models.roles import READER
from minutes.parsing.serialise import to_dict
from minutes.parsing.types import ContentsEntry, Item, ParsedMinutes, Proposal, Section, Span

_serial = itertools.count(1)


def make_section(kind: str, text: str, *, heading: str | None = "", page: int | None = 3, line: int = 1) -> Section:
    """A section; its heading is its kind with a capital unless given, None where it is inferred."""
    return Section(kind, kind.capitalize() if heading == "" else heading, text, Span(page, line, page, line))


def make_item(
    number: int,
    title: str,
    *,
    case_number: str | None = None,
    decision: str | None = None,
    sections: Sequence[Section] = (),
    proposer: str = "Kommunaldirektøren",
    recommendations: Sequence[str] = (),
    attachments: Sequence[str] = (),
    closed: bool = False,
    prefix: str = "CF",
    page: int | None = 3,
) -> Item:
    """An item as the parser gives it. Sections for recommendations, decision and attachments are made from them."""
    made = list(sections)
    if recommendations:
        lines = "\n".join(f"{place}. {text}" for place, text in enumerate(recommendations, start=1))
        made.append(make_section("indstilling", f"{proposer} indstiller,\n\n{lines}", page=page))
    if decision is not None:
        made.append(make_section("beslutning", decision, page=page))
    if attachments:
        made.append(make_section("bilag", "\n\n".join(attachments), page=page))
    return Item(
        number=number,
        title=title,
        prefix=prefix,
        closed=closed,
        case_number=case_number,
        span=Span(page, 1, page, 40),
        sections=tuple(made),
        proposals=(Proposal(proposer, tuple(recommendations)),) if recommendations else (),
        attachments=tuple(attachments),
    )


def make_minutes(
    date: str | None = "2017-06-14", items: Sequence[Item] | None = None, *, time: str | None = "13:00", **values: Any
) -> ParsedMinutes:
    """What was read from one file; one item unless given. `values` are further fields of ParsedMinutes."""
    items = [make_item(1, "Budget 2018", decision="Godkendt.")] if items is None else items
    known: dict[str, Any] = {
        "kind": "referat",
        "cancelled": False,
        "body": "Chefforum",
        "date": datetime.date.fromisoformat(date) if date else None,
        "start_time": datetime.time.fromisoformat(time) if time else None,
        "place": "Mødelokale 2",
        "contents": tuple(ContentsEntry(f"{item.prefix} - {item.title}", item.span.page) for item in items),
        "items": tuple(items),
    }
    return ParsedMinutes(**{**known, **values})


def ingest(parsed: ParsedMinutes, *, filename: str = "", draft: bool = False, user: User | None = None) -> IngestResult:
    """Store `parsed` as if it had been read from a file that nobody has brought before."""
    serial = next(_serial)
    content = json.dumps([serial, to_dict(parsed)]).encode()
    name = filename or f"referat-{serial}.txt"
    reading = Reading(media_type="text/plain", parsed=parsed)
    return ingest_file(content=content, filename=name, user=user, draft=draft, reading=reading)


def make_meeting(
    date: str = "2017-06-14", items: Sequence[Item] | None = None, *, time: str | None = "13:00", **values: Any
) -> Meeting:
    """A meeting in the archive; arguments as `make_minutes`."""
    result = ingest(make_minutes(date, items, time=time, **values))
    assert result.meeting is not None, result.message
    return result.meeting


def make_user(role: str | None = READER, *, reads_closed: bool = False, **values: Any) -> User:
    """Somebody with a role ("læser", "redaktør", "administrator" or None), who may or may not read closed items."""
    user = User.objects.create_user(username=values.pop("username", f"bruger{next(_serial)}"), **values)
    if role:
        user.groups.add(Group.objects.get(name=role))
    if reads_closed:
        user.user_permissions.add(Permission.objects.get(content_type__app_label="minutes", codename="read_closed"))
    return user
