"""Which meeting minutes belong to."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.db.models.lookups import Exact

from minutes.models import Correction, Meeting, SourceDocument
from minutes.models.meetings import check_meeting_date
from minutes.models.sources import PRINTED_DATE, PRINTED_TIME
from minutes.parsing.types import ParsedMinutes

from .corrections import IDENTIFYING, decoded
from .results import Refused
from .slugs import new_slug

type Moment = tuple[datetime.date, datetime.time | None]


@dataclass(frozen=True, slots=True)
class MeetingKey:
    """What makes a meeting the same meeting (DESIGN, "Rows")."""

    body: str
    date: datetime.date
    start_time: datetime.time | None

    @classmethod
    def of(cls, parsed: ParsedMinutes) -> MeetingKey:
        """The key that minutes print. Raises Refused where they do not say whose they are, or no day that can be."""
        if parsed.body is None:
            raise Refused("Det fremgår ikke af filen, hvilket forum referatet er fra.")
        if parsed.date is None:
            raise Refused("Der er ikke fundet en mødedato i filen, så referatet kan ikke lægges på et møde.")
        try:
            check_meeting_date(parsed.date)
        except ValidationError as error:
            raise Refused(" ".join(error.messages)) from error
        return cls(parsed.body, parsed.date, parsed.start_time)


def key_of_draft(source: SourceDocument, parsed: ParsedMinutes) -> MeetingKey:
    """The key of a draft's meeting: what its file prints, unless an editor has put another day or time. Raises Refused
    where there is none."""
    put = Correction.objects.filter(source=source, meeting=None, item_key=None, field__in=IDENTIFYING)
    values = {row.field: decoded(row.field, row.value) for row in put}
    return MeetingKey.of(replace(parsed, **values))


@dataclass(frozen=True, slots=True)
class _Known:
    """A stored meeting with every moment that its editions printed: an editor may have put another."""

    meeting: Meeting
    printed: Sequence[Moment]

    def likeness(self, key: MeetingKey) -> int:
        """0 for another meeting, else the higher the surer. Its body, and one of its dates, are those of `key`."""
        if key.start_time is None:
            return 1
        moment = (key.date, key.start_time)
        if moment == (self.meeting.date, self.meeting.start_time):
            return 4
        if moment in self.printed:
            return 3
        if key.start_time == self.meeting.start_time or key.start_time in {time for _, time in self.printed}:
            return 2  # of date and time one is as printed, the other as put right
        return 1 if self.meeting.start_time is None else 0


def find_meeting(key: MeetingKey) -> Meeting | None:
    """The stored meeting with that body, date and start time; a missing time matches, on either side.

    A meeting is found by the date and the time that it has, and by those that any of its editions printed, as a new
    edition may print again what an editor has put right. Where both lead to a meeting, the one that has them is meant.
    Raises Refused when the minutes give no time and the body met more than once that day.
    """
    alike = [(known.likeness(key), known.meeting.date == key.date, known) for known in _known_on(key)]
    alike = [one for one in alike if one[0]]
    best = max((one[:2] for one in alike), default=None)
    found = [known.meeting for *surety, known in alike if tuple(surety) == best]
    if key.start_time is None and len(found) > 1:
        day = f"{key.date.day}-{key.date.month}-{key.date.year}"
        raise Refused(f"{key.body} holdt flere møder den {day}, og filen siger ikke, hvornår dette begyndte.")
    return max(found, key=lambda meeting: meeting.pk, default=None)


def printed_times(meeting: Meeting, besides: SourceDocument) -> list[datetime.time]:
    """The start times that editions of `meeting` printed, the one `besides` left out; latest edition last."""
    if meeting.pk is None:
        return []
    editions = SourceDocument.objects.exclude(pk=besides.pk)
    return [time for _, time in _printed([meeting], editions)[meeting.pk] if time is not None]


def _known_on(key: MeetingKey) -> list[_Known]:
    """The body's meetings of that date, and those of which an edition printed it."""
    editions = SourceDocument.objects.in_archive()
    printing = editions.filter(Exact(PRINTED_DATE, key.date.isoformat())).values_list("meeting", flat=True)
    of_date = Q(date=key.date) | Q(pk__in=list(printing))
    meetings = list(Meeting.objects.filter(of_date, body=key.body).order_by("pk"))
    printed = _printed(meetings, editions)
    return [_Known(meeting, printed[meeting.pk]) for meeting in meetings]


def _printed(meetings: Sequence[Meeting], editions: QuerySet[SourceDocument]) -> dict[int, list[Moment]]:
    """Of each meeting, by primary key, what its `editions` printed, latest last."""
    moments: dict[int, list[Moment]] = {meeting.pk: [] for meeting in meetings}
    rows = editions.filter(meeting__in=meetings).order_by("edition").values_list("meeting", PRINTED_DATE, PRINTED_TIME)
    for meeting, date, time in rows.exclude(parsed__date=None) if meetings else ():
        moments[meeting].append((datetime.date.fromisoformat(date), time and datetime.time.fromisoformat(time)))
    return moments


def make_meeting(key: MeetingKey) -> Meeting:
    """A new meeting with an address of its own, not saved. To be called under `locks.archive_lock`."""
    slug = new_slug(key.body, key.date, key.start_time)
    return Meeting(body=key.body, date=key.date, start_time=key.start_time, slug=slug)
