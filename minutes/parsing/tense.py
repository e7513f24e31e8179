"""Of which time a clause of a Beslutning tells: an earlier meeting's, this one's, or one to come.

Clauses are those of `clauses.main_clauses`: small letters, bodies as OWN and OTHER.
"""

from __future__ import annotations

import re

from minutes.parsing.clauses import OTHER, OWN
from minutes.parsing.dates import MONTHS

_MONTH_OR_SEASON = f"(?:{'|'.join(MONTHS)}|foråret|sommeren|efteråret|vinteren)"
_WHEN = rf"(?:d\.|den)\s*[0-9]|i\s+(?:(?:19|20)[0-9]{{2}}|{_MONTH_OR_SEASON})\b"
_AT_AN_EARLIER_MEETING = (
    rf"på\s+(?:(?:sit|det|et|{OWN}s?|{OTHER}s?)\s+)?"
    rf"(?:(?:seneste|sidste|forrige|tidligere)\s+[a-zæøå]*møde|[a-zæøå]*møde[rt]?\s+(?:{_WHEN}))"
)
_EARLIER_BEFORE = re.compile(
    rf"^(?:{_WHEN}|{_AT_AN_EARLIER_MEETING}|tidligere|sidste\s+år)|\b(?:tidligere|allerede)\s*$"
)
_EARLIER_AFTER = re.compile(
    rf"\s*(?:(?:{OWN}|{OTHER}|udvalget|det|der|man|vi)\s+)?"
    rf"(?:tidligere|allerede|{_WHEN}|{_AT_AN_EARLIER_MEETING})"
)
_AHEAD = re.compile(
    r"\b(?:næste|kommende|efterfølgende|herefter|derefter|inden|senest|senere|fremover|fremadrettet|løbende|igen"
    rf"|(?:i|til|efter|før|ultimo|medio|primo|d\.|den)\s+(?:{_MONTH_OR_SEASON}|sommerferien|det nye år|[0-9]+))\b"
)
_NOT_YET = re.compile(
    r"\b(?:skal|skulle|vil|ville|kan|kunne|bør|burde|må|måtte|forventes|ønskes|bedes|planlægges|afventer|anbefales"
    r"|foreslås)\b"
)


def tells_of_earlier(before: str, after: str) -> bool:
    """Whether the verb between tells of an earlier meeting: "besluttede den 2. maj", "Tidligere drøftede …"."""
    return bool(_EARLIER_BEFORE.search(before) or _EARLIER_AFTER.match(after))


def lies_ahead(clause: str) -> bool:
    """Whether a time to come is named: "på næste møde", "i oktober", "løbende"."""
    return bool(_AHEAD.search(clause))


def is_not_yet(before: str) -> bool:
    """Whether what stands before a verb makes it a plan, a wish or a possibility: "skal", "kan", "forventes"."""
    return bool(_NOT_YET.search(before))
