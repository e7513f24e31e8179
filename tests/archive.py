"""An archive with one of each thing that pages must show, and the people who look at it."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser, User

from minutes.ingest.edits import correct
from minutes.models import Meeting
from minutes.models.roles import ADMINISTRATOR, EDITOR, READER
from minutes.parsing.types import Warning
from tests.database import Laid, lay
from tests.factories import make_item, make_meeting, make_section, make_user

HOSTILE = "<script>alert(1)</script>"
TABLE = (
    "| (mio kr.) | 2017 | | 2018 | | 2019 | |\n|---|--:|--:|--:|--:|--:|--:|\n"
    "| Besparelser på baggrund af analyser | 12,345 | 12,345 | 11,489 | 20,663 | 21,413 | 21,413 |\n"
)

OPEN_CASE = "00.01.00-S00-6-17"
CLOSED_CASE = "27.00.00-G01-1-17"

ROLES = ("anonym", "uden rolle", "læser", "redaktør", "administrator", "læser af lukkede", "superbruger")


@dataclass(frozen=True)
class Archive:
    """Three meetings: an open one, one with a closed item, and one that is closed altogether."""

    open: Meeting
    mixed: Meeting
    closed: Meeting


LAID: Laid | None = None  # what `make_archive` leaves in an empty archive, when tests run


def make_archive() -> Archive:
    """Lay the three meetings in the archive."""
    if LAID and lay(LAID):
        found = {meeting.slug: meeting for meeting in Meeting.objects.all()}
        return Archive(open=found["2017-06-14"], mixed=found["2016-10-11"], closed=found["2015-05-05"])
    standing = make_item(
        1, "Godkendelse af dagsorden og referat", case_number="00.01.00-A00-3-17", decision="Godkendt."
    )
    budget = make_item(
        2,
        f"Fjerde udkast til budgetkatalog {HOSTILE}",
        case_number=OPEN_CASE,
        decision=f"Chefforum drøftede kataloget. **Kataloget** blev godkendt. {HOSTILE}",
        recommendations=("at budgetkataloget godkendes", "at differencen på 15 mio. kr. drøftes"),
        sections=(
            make_section("anledning", "Budgettet skal på plads inden [sommeren](javascript:alert(1)).", heading=None),
            make_section("sagsfremstilling", f"### Status\n\nSådan ser det ud:\n\n{TABLE}\n\n{HOSTILE}"),
        ),
        attachments=("4. udkast til budgetkatalog.docx", f"Bilag {HOSTILE}"),
    )
    undecided = make_item(3, "Et punkt uden sagsnummer og uden beslutning")
    warnings = (Warning("missing_heading", "Overskriften Anledning mangler.", page=3, line=4),)
    closed_item = make_item(
        2, "Lønforhandling med en navngiven", case_number=CLOSED_CASE, decision="Hemmeligt.", closed=True
    )
    return Archive(
        open=make_meeting("2017-06-14", [standing, budget, undecided], warnings=warnings),
        mixed=make_meeting("2016-10-11", [make_item(1, "Budget 2017", case_number=OPEN_CASE), closed_item]),
        closed=_closed(make_meeting("2015-05-05", [make_item(1, "Ledelsens vilkår", decision="Hemmeligt.")])),
    )


def _closed(meeting: Meeting) -> Meeting:
    correct(row=meeting, values={"is_closed": True}, user=None)
    meeting.refresh_from_db()
    return meeting


def make_person(role: str) -> User | AnonymousUser:
    """Somebody of ROLES."""
    match role:
        case "anonym":
            return AnonymousUser()
        case "uden rolle":
            return make_user(None)
        case "læser":
            return make_user(READER)
        case "redaktør":
            return make_user(EDITOR, is_staff=True)
        case "administrator":
            return make_user(ADMINISTRATOR, is_staff=True)
        case "læser af lukkede":
            return make_user(READER, reads_closed=True)
        case "superbruger":
            return make_user(None, is_staff=True, is_superuser=True)
    raise ValueError(role)
