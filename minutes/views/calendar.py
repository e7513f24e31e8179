"""Deadlines to come, as a file that calendars take in (iCalendar, RFC 5545)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from minutes.deadline_filters import read_asked_deadlines
from minutes.models import Deadline
from minutes.templatetags.danish import danish_date

from .access import reading
from .deadlines import narrowed
from .openings import taken_away

MOST = 1000
_LINE = 75  # octets
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@reading
def download(request: HttpRequest) -> HttpResponse:
    """Those that the address asks for and the reader may see, nearest first."""
    asked, today = read_asked_deadlines(request.GET), timezone.localdate()
    coming = narrowed(Deadline.objects.visible_to(request.user), asked).coming(today)
    rows = list(coming.select_related("item__meeting")[:MOST])
    taken_away(request, {row.item_id for row in rows})
    answer = HttpResponse("".join(_calendar(rows, request)), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="frister.ics"'
    return answer


def _calendar(deadlines: Iterable[Deadline], request: HttpRequest) -> Iterator[str]:
    made = timezone.now().astimezone(datetime.UTC).strftime("%Y%m%dT%H%M%SZ")
    yield from map(_folded, ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Chefforum-arkiv//Frister//DA"))
    for deadline in deadlines:
        yield from map(_folded, _event(deadline, made, request))
    yield _folded("END:VCALENDAR")


def _event(deadline: Deadline, made: str, request: HttpRequest) -> Iterator[str]:
    item, meeting = deadline.item, deadline.item.meeting
    address = request.build_absolute_uri(reverse("item", args=[meeting.slug, item.number]))
    who = f"Hvem: {deadline.responsible}\n" if deadline.responsible else ""
    told = f"{deadline.sentence}\n{who}Besluttet {danish_date(meeting.date)}, punkt {item.number}\n{address}"
    yield "BEGIN:VEVENT"
    yield f"UID:{meeting.slug}-{item.key}-{deadline.position}@{request.get_host().partition(':')[0]}"
    yield f"DTSTAMP:{made}"
    yield f"DTSTART;VALUE=DATE:{deadline.date:%Y%m%d}"
    yield f"SUMMARY:{_text(f'Frist: {item.title or "Uden titel"}')}"
    yield f"DESCRIPTION:{_text(told)}"
    yield f"URL:{address}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(words: str) -> str:
    return words.translate(_ESCAPED)


def _folded(line: str) -> str:
    """A line of the file: what is longer than 75 octets goes on in the next, which begins with a blank."""
    pieces, piece, size = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + letter, size + octets
    return "\r\n".join([*pieces, piece]) + "\r\n"
