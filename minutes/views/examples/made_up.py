"""A made-up meeting with its items: rows of no database, with what one would give standing in their caches."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.db.models import Model

from minutes.models import (
    AgendaItem,
    Attachment,
    Case,
    Decision,
    DecisionOutcome,
    OutcomeKind,
    Recommendation,
    Section,
    SourceDocument,
)
from minutes.models import Meeting as MeetingRow

NOON = datetime.datetime(2031, 4, 2, 12, tzinfo=datetime.UTC)
LONG = (
    "Chefforum drøftede, om kantinen skal åbne en time før, og hvad det betyder for dem, der møder tidligt. Forslaget "
    "bliver prøvet i tre måneder. Derefter kommer punktet på igen med tal for, hvor mange der har brugt det."
)
TABLE = "| Måned | Gæster |\n|---|--:|\n| Marts | 210 |\n| April | 265 |\n"


def with_related[M: Model](row: M, **related: Sequence[Model]) -> M:
    """`row` as if its related rows had been loaded."""
    row._prefetched_objects_cache = related  # type: ignore[attr-defined]
    return row


def make_meeting(day: datetime.date = datetime.date(2031, 3, 4), pk: int = 1, **values: Any) -> MeetingRow:
    made = MeetingRow(
        pk=pk,
        body="Chefforum",
        date=day,
        start_time=datetime.time(9),
        place="Mødelokale 3",
        slug=day.isoformat(),
        changed_at=NOON,
        **values,
    )
    made.item_count = 3  # type: ignore[attr-defined]
    return with_related(made, items=())


def make_case(number: str = "00.01.00-A00-7-31", pk: int = 1, **values: Any) -> Case:
    subject, facet, serial, year = number.split("-")
    made = Case(
        pk=pk,
        number=number,
        normalised=number,
        slug=number,
        main_group=subject[:2],
        subject=subject,
        facet=facet,
        serial=int(serial),
        year=2000 + int(year),
        **values,
    )
    made.item_count = 2  # type: ignore[attr-defined]
    made.latest = datetime.date(2031, 3, 4)  # type: ignore[attr-defined]
    return made


def make_item(
    number: int = 2,
    title: str = "Ny åbningstid i kantinen",
    *,
    decision: str = LONG,
    kinds: Sequence[OutcomeKind] = (OutcomeKind.DISCUSSED, OutcomeKind.DECIDED),
    meeting: MeetingRow | None = None,
    case: Case | None = None,
    **values: Any,
) -> AgendaItem:
    made = AgendaItem(
        pk=number,
        meeting=meeting or make_meeting(),
        number=number,
        key=number,
        title=title,
        case=case,
        page=4,
        **values,
    )
    AgendaItem.decision.related.set_cached_value(made, None)  # type: ignore[attr-defined]
    if decision:
        _decide(made, decision, kinds)
    proposals = ("at kantinen åbner klokken 7", "at forsøget varer tre måneder")
    recommendations = [
        Recommendation(pk=place, item=made, position=place, proposer="Kommunaldirektøren", text=text)
        for place, text in enumerate(proposals, start=1)
    ]
    sections = [
        Section(pk=1, item=made, position=1, kind="anledning", heading="", text="Flere har spurgt.", page=4),
        Section(
            pk=2,
            item=made,
            position=2,
            kind="sagsfremstilling",
            heading="Sagsfremstilling",
            text=f"Kantinen åbner i dag klokken 8.\n\n{TABLE}",
            page=5,
        ),
        Section(
            pk=3,
            item=made,
            position=3,
            kind="indstilling",
            heading="Indstilling",
            text="Kommunaldirektøren indstiller,\n\n"
            + "\n".join(f"{n}. {text}" for n, text in enumerate(proposals, 1)),
            page=5,
        ),
    ]
    attachments = [Attachment(pk=1, item=made, position=1, name="Forslag til åbningstider.docx")]
    return with_related(
        made, recommendations=recommendations, sections=sections, attachments=attachments, references=()
    )


def _decide(item: AgendaItem, text: str, kinds: Sequence[OutcomeKind]) -> None:
    decision = Decision(pk=item.pk, item=item, position=4, heading="Beslutning", text=text, page=5)
    decision.beginning = text  # type: ignore[attr-defined]
    outcomes = [
        DecisionOutcome(pk=place, decision=decision, position=place, kind=kind, sentence=text)
        for place, kind in enumerate(kinds)
    ]
    with_related(decision, outcomes=outcomes)


def make_source(**values: Any) -> SourceDocument:
    return SourceDocument(pk=1, media_type="application/pdf", size=151_000, filename="referat.pdf", **values)


def loaded_meeting() -> MeetingRow:
    """A meeting with three items: one that stands at every meeting, one with a decision, one without."""
    meeting = make_meeting()
    standing = make_item(
        1, "Godkendelse af referat", decision="Godkendt.", kinds=(OutcomeKind.APPROVED,), meeting=meeting
    )
    standing.is_standing = True
    items = [
        standing,
        make_item(meeting=meeting, case=make_case()),
        make_item(3, "Punkt uden beslutning", decision="", meeting=meeting),
    ]
    return with_related(meeting, items=items)
