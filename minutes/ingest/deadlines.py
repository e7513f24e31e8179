"""The rows of a decision's deadlines, made from its text as it stands, corrections and all; nothing is saved here."""

from __future__ import annotations

from minutes.models import Deadline, Decision
from minutes.parsing.deadlines import find_deadlines


def deadlines(decision: Decision) -> list[Deadline]:
    """Every deadline that the decision sets, counted from the day of its meeting."""
    item = decision.item
    return [
        Deadline(
            item=item,
            position=position,
            date=found.date,
            precision=found.precision,
            words=found.words,
            start=found.start,
            end=found.end,
            sentence=found.sentence,
            responsible=found.responsible,
        )
        for position, found in enumerate(find_deadlines(decision.text, meeting_date=item.meeting.date), start=1)
    ]
