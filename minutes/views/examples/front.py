"""What the front page is made of."""

from __future__ import annotations

import datetime

from minutes.models import Deadline
from minutes.search.overview import Overview

from .example import Example
from .made_up import LONG, loaded_meeting, make_item, make_meeting

_MEETING = loaded_meeting()
_CHOICES = [{"label": str(year), "address": "#", "count": count} for year, count in ((2031, 1204), (2030, 24))]

EXAMPLES = {
    "due": [
        Example(
            "en frist",
            {
                "deadline": Deadline(
                    item=make_item(),
                    date=datetime.date(2031, 6, 21),
                    words="senest d. 21. juni",
                    responsible="Cheferne",
                    sentence=LONG,
                )
            },
        )
    ],
    "figures": [
        Example(
            "arkivets omfang",
            {"whole": Overview({2031: 20, 2030: 24}, {"00": 310, "": 12}, {}, 20_412, 18_007), "first_year": 2030},
        )
    ],
    "news": [
        Example(
            "et møde med beslutninger",
            {"meeting": _MEETING, "decisions": [make_item().decision], "left": 2, "level": 3},
        ),
        Example(
            "en kort beslutning med det, der blev indstillet",
            {
                "meeting": _MEETING,
                "decisions": [make_item(decision="Godkendt.", kinds=()).decision],
                "left": 1,
                "level": 3,
            },
        ),
        Example("intet andet end faste punkter", {"meeting": make_meeting(), "decisions": [], "left": 2, "level": 3}),
    ],
    "way_in": [
        Example(
            "efter år",
            {
                "name": "eksempel-aar",
                "icon": "calendar-month",
                "heading": "Efter år",
                "address": "#",
                "all": "Alle år",
                "choices": _CHOICES,
                "single": "møde",
                "several": "møder",
                "is_short": True,
            },
        )
    ],
}
