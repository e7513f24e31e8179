"""What somebody is told of a file that they have sent.

They have the file, so its own words are no secret to them; whether the archive has it, or what it has of its meeting,
may be. Of a file that they may not read here, be it because it holds something closed or its meeting does, they hear
the same words whether it is new, a draft already, or in the archive.
"""

from __future__ import annotations

import datetime
import enum
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.urls import reverse

from minutes.ingest.results import IngestResult, Outcome
from minutes.models import Meeting, SourceDocument, SourceState, reader_of
from minutes.models.access import User
from minutes.templatetags.danish import clock, counted, danish_date

NAMELESS = "Fil uden navn"
CPR = "cpr"
# For whatever reason: that it holds something closed, or that its meeting does.
UNSEEN = "Du har ikke ret til at se den i arkivet. En administrator, der må læse lukkede punkter, kan se den igennem."
NO_DATE = "no_date"


class State(enum.StrEnum):
    """What a file's line looks like."""

    READY = "klar"
    KNOWN = "kendt"
    REFUSED = "afvist"
    FAILED = "fejl"


@dataclass(frozen=True, slots=True)
class Way:
    """A link."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one file. `preview` is the page to go on to when it was sent alone; `seconds` is how long to wait
    before it is worth trying again."""

    name: str
    state: State
    heading: str
    text: str = ""
    warnings: tuple[str, ...] = ()
    way: Way | None = None
    preview: str = ""
    status: int = 200
    seconds: int | None = None

    def as_json(self) -> dict[str, Any]:
        """The same for a script."""
        return asdict(self)


def answer_for(result: IngestResult, name: str, user: User) -> Answer:
    """What `user`, who sent the file called `name`, is told of it."""
    name = name or NAMELESS
    source = result.source
    if result.outcome is Outcome.REFUSED or source is None:
        return Answer(name, State.REFUSED, "Filen kan ikke bruges", result.message, status=422)
    seen = SourceDocument.objects.visible_to(user).filter(pk=source.pk).defer(None).select_related("meeting").first()
    if seen is None:
        return _answer_for_unseen(source, name, user)
    if seen.meeting is not None:
        return _answer_for_stored(seen, seen.meeting, name)
    return _answer_for_draft(seen, result.meeting, name, user, is_new=result.outcome is Outcome.DRAFT)


def _answer_for_unseen(source: SourceDocument, name: str, user: User) -> Answer:
    readable = SourceDocument.objects.filter(pk=source.pk).readable_for(reader_of(user))
    if readable.exists():  # then it is a draft, and what keeps it from them is whose it is
        return Answer(name, State.KNOWN, "Filen ligger allerede som kladde", "En anden redaktør har lagt den op.")
    return Answer(name, State.KNOWN, "Filen er modtaget", UNSEEN)


def _answer_for_draft(
    source: SourceDocument, meeting: Meeting | None, name: str, user: User, *, is_new: bool
) -> Answer:
    parsed = source.parsed or {}
    date, day = _day_of(parsed)
    what = f"mødet {day}" if day else "et møde uden dato"
    known = meeting is not None and Meeting.objects.visible_to(user).filter(pk=meeting.pk).exists()
    heading = f"Ny udgave af {what}" if known else what.capitalize()
    count = len(parsed.get("items", ()))
    text = "mødet er aflyst" if parsed.get("cancelled") and not count else counted(count, "punkt", "punkter")
    if is_new:
        text = f"{text.capitalize()}. Kladden er klar til at blive set igennem."
    else:
        heading, text = "Filen ligger allerede som kladde", f"{heading}, {text}."
    preview = draft_address(source)
    return Answer(
        name,
        State.READY if is_new else State.KNOWN,
        heading,
        text,
        tuple(one["message"] for one in sorted(source.warnings, key=lambda one: one["code"] != CPR)),
        Way(f"Se mødet {danish_date(date)} igennem" if date else "Se det igennem, og skriv datoen", preview),
        preview if is_new else "",
    )


def _answer_for_stored(source: SourceDocument, meeting: Meeting, name: str) -> Answer:
    day = danish_date(meeting.date)
    text = f"Den er en tidligere udgave af mødet {day}." if source.state == SourceState.SUPERSEDED else ""
    way = Way(f"Gå til mødet {day}", reverse("meeting", args=[meeting.slug]))
    return Answer(name, State.KNOWN, "Filen er allerede i arkivet", text, way=way)


def draft_address(source: SourceDocument) -> str:
    """Where a draft is looked through."""
    return reverse("draft", args=[source.pk])


def _day_of(parsed: Mapping[str, Any]) -> tuple[datetime.date | None, str]:
    """When the meeting was, as the file prints it: as a date, and as 14. juni 2017 kl. 13.00; blank where unknown."""
    if not parsed["date"]:
        return None, ""
    date = datetime.date.fromisoformat(parsed["date"])
    time = parsed.get("start_time")
    day = danish_date(date)
    return date, f"{day} {clock(datetime.time.fromisoformat(time))}" if time else day
