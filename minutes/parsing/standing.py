"""Standing items: those on every agenda, which lists of decisions leave out (DOMAIN, "What users expect")."""

from __future__ import annotations

import re

_PREFIX = r"(?i:(?:punkt\s*)?[0-9]+\s*[.:)]\s*)?(?:[A-ZÆØÅ]{2,5}(?:/[A-ZÆØÅ]{2,5})*\s*[-–:]\s*)?"

# What is approved: the agenda and the minutes, by any name, and of which meeting.
_PAPER = (
    r"(?:(?:mødets|dagens|den|det|udsendte|sidste|seneste|forrige|tidligere|udkast\s+til)\s+)*"
    r"(?:møde)?(?:dagsorden(?:en|er|erne)?|referat(?:et|er|erne)?|(?:beslutnings)?protokol(?:len|ler|lerne)?)"
)
_MEETING = (
    r"(?:\s+(?:af|fra|for|til|på|den|det|d\.?|dette|de|sidste|seneste|forrige|foregående|ekstraordinære?t?|ordinære?t?"
    r"|[a-zæøå]*møde[rt]?|mødet|møderne|dagens|i|og|samt|[a-zæøå]*(?:forums?|udvalgets?|bestyrelsens?|direktionens?)"
    r"|januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|[0-9][0-9./-]*))*"
)
_PAPERS = rf"{_PAPER}{_MEETING}(?:(?:\s*,|\s+og|\s+samt|\s*/|\s+&)\s*{_PAPER}{_MEETING})*"
_APPROVAL = (
    r"(?:velkomst\s+og\s+)?(?:(?:godkendelse|vedtagelse|underskrift|underskrivelse)\s+af\s+)?"
    rf"{_PAPERS}(?:\s*[-–:]\s*godkendelse)?"
)
_SIGNING = r"(?:digital\s+)?underskrift(?:er|sark|sblad|sside)?"
_ANY_OTHER = r"(?:evt|eventuelt)\.?(?:\s*(?:og|/)\s*næste\s+møde)?"
_STANDING = re.compile(rf"{_PREFIX}(?i:{_APPROVAL}|{_SIGNING}|{_ANY_OTHER})(?:\s*\([^()]{{1,20}}\))?\s*\.*")


def is_standing(title: str) -> bool:
    """Whether an item of this title stands at every meeting: approval of agenda and minutes, Evt.

    The body's prefix ("CF - ") may still be there. The whole title has to say it: "Evt. salg af Herstedøster Skole"
    and "Godkendelse af dagsorden for udviklingsdagen" are items like others.
    """
    return _STANDING.fullmatch(title.strip()) is not None
