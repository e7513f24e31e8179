"""Which meeting minutes belong to."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from minutes.models import Correction, Meeting, SourceState
from minutes.models.meetings import check_meeting_date
from minutes.parsing.types import ParsedMinutes

from .results import Refused
from .slugs import new_slug


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


def find_meeting(key: MeetingKey) -> Meeting | None:
    """The stored meeting with that body, date and start time; a missing time matches, on either side.

    Where an editor has put a date right, the printed one finds the meeting too. Raises Refused when the minutes give
    no time and the body met more than once that day.
    """
    corrected = Correction.objects.filter(
        item_key=None, field="date", printed=key.date.isoformat(), source__state=SourceState.CURRENT
    )
    of_body = Meeting.objects.filter(body=key.body)
    same_day = list(of_body.filter(date=key.date) | of_body.filter(pk__in=corrected.values("meeting")))
    if key.start_time is None and len(same_day) > 1:
        day = f"{key.date.day}-{key.date.month}-{key.date.year}"
        raise Refused(f"{key.body} holdt flere møder den {day}, og filen siger ikke, hvornår dette begyndte.")
    exact = [meeting for meeting in same_day if meeting.start_time == key.start_time]
    timeless = [meeting for meeting in same_day if meeting.start_time is None or key.start_time is None]
    return next(iter([*exact, *timeless]), None)


def make_meeting(key: MeetingKey) -> Meeting:
    """A new meeting with an address of its own, not saved. To be called under `locks.archive_lock`."""
    slug = new_slug(key.body, key.date, key.start_time)
    return Meeting(body=key.body, date=key.date, start_time=key.start_time, slug=slug)
