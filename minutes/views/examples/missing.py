"""What the archive lacks."""

from __future__ import annotations

import datetime
from types import SimpleNamespace

from minutes.models.gaps import Approval, Break, Known, Lacking, Mention, YearGap

from .example import Example
from .made_up import make_item, make_meeting, make_source

_DAY = datetime.date(2031, 3, 4)
_MEETING = make_meeting()
_ITEM = make_item(meeting=_MEETING)
_KNOWN, _LATER = (
    Known(pk, "Chefforum", day, day.isoformat(), False) for pk, day in ((1, _DAY), (2, datetime.date(2031, 4, 1)))
)
_SOURCE = make_source(meeting=_MEETING, warnings=[{"message": "Overskriften Anledning mangler.", "page": 4}])
_SOURCE.warning_count = 1  # type: ignore[attr-defined]


def _rows(state: str, rows: list[object], *, mends: bool = False) -> Example:
    return Example(state, {"rows": rows, "with_body": mends, "mends": mends})


def _both(*rows: object) -> list[Example]:
    return [_rows("for en læser", list(rows)), _rows("for en redaktør, flere udvalg", list(rows), mends=True)]


EXAMPLES = {
    "gap_assumptions": _both(_SOURCE),
    "gap_chain": _both(
        Break(_KNOWN, _LATER, None, ()),
        Break(_KNOWN, _LATER, Approval(1, 1, set()), ((datetime.date(2031, 2, 4), None),)),
    ),
    "gap_figures": [
        Example(
            "noget og intet",
            {
                "parts": [
                    {
                        "count": count,
                        "part": SimpleNamespace(key="stil-gap_figures", one="bilag mangler", many="bilag mangler"),
                    }
                    for count in (1204, 0)
                ]
            },
        )
    ],
    "gap_files": _both(SimpleNamespace(meeting=_MEETING, count=3, attachments=_ITEM.attachments.all(), more=2)),
    "gap_meetings": _both(
        Lacking("Chefforum", _DAY, True, (Mention(_ITEM, True, False), Mention(_ITEM, False, True)), True)
    ),
    "gap_mend": [Example("ved en række", {"address": "#", "what": "mødet 4. marts 2031"})],
    "gap_months": _both(YearGap("Chefforum", 2031, (2, 5), True, True)),
    "gap_undecided": _both(_ITEM),
}
