"""Files from people, and drafts."""

from __future__ import annotations

import datetime

from django.contrib.auth.models import User

from minutes.models import SourceDocument
from minutes.views.drafts import Row
from minutes.views.upload_answers import Answer, State, Way

from .example import Example
from .made_up import make_meeting, make_source

_NAME = "Referat af 4. marts 2031.pdf"
_WARNINGS = ("Punkt 2, sagsfremstilling, ser ud til at indeholde et CPR-nummer (070761-****).", "Overskriften mangler.")
_SOON = "slettes inden for et døgn"


def _answer(state: State, heading: str, text: str, *warnings: str, way: Way | None = None) -> Example:
    return Example(state.value, {"answer": Answer(_NAME, state, heading, text, warnings, way)})


def _draft(state: str, row: Row, *, names_people: bool = False) -> Example:
    return Example(state, {"row": row, "names_people": names_people, "csrf_token": "stil"})


def _source(*codes: str, is_closed: bool = False) -> SourceDocument:
    warnings = [{"code": code, "message": "Overskriften mangler."} for code in codes]
    source = make_source(warnings=warnings, is_closed=is_closed, added_by=User(username="redaktør"))
    source.added_at = datetime.datetime(2031, 3, 6, 8, 5, tzinfo=datetime.UTC)
    source.printed_body, source.item_count = "Chefforum", 12  # type: ignore[attr-defined]
    return source


_DAY, _TIME = datetime.date(2031, 3, 4), datetime.time(9, 0)

EXAMPLES = {
    "discard_draft": [
        Example("ved en kladde", {"source": make_source(), "what": "4. marts 2031", "csrf_token": "stil"})
    ],
    "draft_row": [
        _draft("ens egen", Row(_source(), "#", _DAY, None, None, False, "slettes om 12 dage")),
        _draft(
            "en andens, med det hele",
            Row(_source("cpr", "missing_heading", is_closed=True), "#", _DAY, _TIME, make_meeting(), True, _SOON),
            names_people=True,
        ),
    ],
    "upload_line": [
        _answer(
            *(State.READY, "Ny udgave af mødet 4. marts 2031 kl. 9.00"),
            *("12 punkter. Kladden er klar til at blive set igennem.", *_WARNINGS),
            way=Way("Se mødet 4. marts 2031 igennem", "#"),
        ),
        _answer(State.KNOWN, "Filen ligger allerede som kladde", "En anden redaktør har lagt den op."),
        _answer(State.REFUSED, "Filen kan ikke bruges", "Filen er et billede (PNG). Arkivet læser PDF og Word."),
        _answer(State.FAILED, "Filen er ikke lagt op", "Databasen svarer ikke. Prøv igen om lidt."),
    ],
}
