"""What an item has to do with others."""

from __future__ import annotations

import datetime

from minutes.models import OutcomeKind
from minutes.search.likeness import Candidate
from minutes.views.relations import Linked, Mention, Referred, Related, Story

from .example import Example
from .made_up import make_case, make_item, make_meeting

_CASE = make_case()
_EARLIER = make_item(5, "Kantinen, første drøftelse", meeting=make_meeting(datetime.date(2031, 1, 7), pk=2), case=_CASE)
_HERE = make_item(case=_CASE)
_APPROVAL = make_item(1, "Godkendelse af referat", decision="Godkendt.", kinds=(OutcomeKind.APPROVED,))
_REFERRED = Referred(
    approvals=(Mention(_APPROVAL, "Referatet blev godkendt.", None),),
    mentions=(Mention(_EARLIER, "Som nævnt på mødet den 4. marts.", 2),),
    has_more=True,
)
_CANDIDATE = Candidate(_EARLIER, words=("kantine",), subject="00.01.00", is_named=True)

EXAMPLES = {
    "candidates": [
        Example("et forslag", {"candidates": [_CANDIDATE], "typed": "", "csrf_token": "x"}),
        Example("ingen", {"candidates": []}),
    ],
    "link_choice": [
        Example("kan knyttes", {"other": _EARLIER, "candidate": _CANDIDATE, "csrf_token": "x"}),
        Example("er knyttet", {"other": _EARLIER, "is_linked": True, "csrf_token": "x"}),
        Example("hører sammen i forvejen", {"other": _EARLIER, "matter": _CASE}),
    ],
    "referred": [Example("godkendt og nævnt", {"referred": _REFERRED, "heading": "Nævnt andre steder"})],
    "related": [
        Example(
            "et forløb, for en redaktør",
            {
                "related": Related(
                    _HERE, Story(_CASE, (_EARLIER, _HERE), 1, 2), False, (Linked(_EARLIER, _HERE),), Referred(), True
                )
            },
        )
    ],
    "related_item": [
        Example("et andet punkt", {"item": _EARLIER}),
        Example("dette punkt", {"item": _HERE, "is_here": True}),
    ],
}
