"""Who is to do something, as a Beslutning prints it: "Cheferne", "Direktøren for Børn, Unge & Velfærd", "HR".

Only who is said to act counts: the subject of the verb, who it is done by ("af afdelingerne"), or who was asked ("bad
HR om"). A plan or a report that "skal være færdig" is nobody.
"""

from __future__ import annotations

import re

_REACH = 160  # characters in which somebody is looked for
LONGEST = 200  # characters of what is answered

_NAME = r"[A-ZÆØÅ][\wé.-]*"
_UNIT = rf"(?:{_NAME}(?:(?:,\s+|\s+&\s+|\s+og\s+|\s+){_NAME}){{0,6}})"
_PEOPLE = (
    r"(?:chef|direktør|leder|afdeling|forvaltning|sekretariat|udvalg|forum|(?<!om)råd|gruppe|team|stab|konsulent"
    r"|medarbejder|administration|organisation|center|borgmester|bestyrelse|direktion|formand|tovholder|ansvarlige?"
    r"|kontaktperson|koordinator|skole|institution|jobcent|forsyning|bibliotek|enhed|område|lærer|pædagog|museum"
    r"|planlægger|repræsentant)"
)
_ENDING = r"(?:en|et|er|erne|ne|e|me|met|mer|mene|ret|rne|re|r|ene|ner|nerne|n)?"
_EACH = r"(?:(?:[Hh]ver|[Aa]lle|[Bb]egge|[Dd]en|[Dd]e|[Dd]et|[Ee]n|[Dd]en enkelte)\s+)?"
_OF = rf"(?:\s+(?:(?:for|i|fra|bag|på|hos|af)\s+{_UNIT}|(?:for|af)\s+[a-zæøå]{{4,30}}))?"
_GROUP = rf"{_EACH}[\wé-]{{0,30}}(?i:{_PEOPLE}){_ENDING}{_OF}"
_TITLED = rf"{_GROUP}(?:,?\s+{_NAME}\s+{_NAME})?"
_TWO_PARTS = rf"{_NAME}(?:,\s+{_NAME}){{0,4}}\s+(?:&|og)\s+{_NAME}"
_PERSON = rf"{_NAME}\s+{_NAME}(?:\s+{_NAME})?"
_ACTOR = rf"(?:{_TITLED}|[A-ZÆØÅ]{{2,5}}(?![a-zæøå])|{_TWO_PARTS}|{_PERSON})"
_ACTORS = rf"(?P<who>{_ACTOR}(?:(?:,|\s+og|\s+samt|\s+i\s+samarbejde\s+med)\s+{_ACTOR}){{0,3}})(?!\w)"

# As a subject they stand first in a clause.
_BEGINS = (
    r"(?:^[\W\d]*|[,.;:]\s+|\b(?:at|og|men|samt|når|så|mens|idet|da|hvor|som|hvorefter)\s+)"
    r"(?:(?:herefter|derefter|derudover|desuden|endvidere|samtidig|i\s+stedet),?\s+)?"
)
_BEFORE_VERB = re.compile(rf"{_BEGINS}{_ACTORS}(?:\s+(?:herefter|derefter|også|selv|løbende))?\s+$")
_AFTER_VERB = re.compile(rf"\s+{_ACTORS}\b(?!s\b)")
_BY = re.compile(rf"\baf\s+{_ACTORS}")
_ASKED = re.compile(
    r"\b(?:bad|beder|bedt|anmode(?:de|r|s)?|pålagde|pålægger|opfordre(?:de|r)|bemyndige(?:de|r))\s+(?:samtidig\s+)?"
    rf"{_ACTORS}\s+(?:om|til)\b"
)
_DECIDED_TO = re.compile(
    rf"{_BEGINS}{_ACTORS}\s+(?:har\s+)?(?:besluttede|besluttet|aftalte|aftalt|valgte|vil|ønsker|skal|bør|forventer|sørger\s+for|sikrer)"
    r"(?:\s+\w+){0,2},?\s+at\s*$"
)
_NOBODY = re.compile(
    r"(?:\b(?:den|det|de)|sagen|punktet|emnet|\w*(?:møde|plan|ordning|kurset|strategi|politik|skoleår)\w*)$", re.I
)


def subject(text: str, start: int, verb: int) -> str:
    """Who stands as the subject right before the verb at `verb`; blank when it is nobody. Nothing before `start`."""
    return _who(_BEFORE_VERB.search(text[max(start, verb - _REACH) : verb]))


def inverted(text: str, verb_end: int) -> str:
    """Who stands right after the verb that ends there: "I uge 34 indkalder HR …"."""
    return _who(_AFTER_VERB.match(text[verb_end : verb_end + _REACH]))


def agent(text: str, start: int, end: int) -> str:
    """By whom something is done: "godkendes af Kommunalbestyrelsen"."""
    return _who(_BY.search(text[start : min(end, start + _REACH)]))


def asked(text: str, start: int, end: int) -> str:
    """Who was asked to do something: "bad HR om en status"."""
    return _who(_ASKED.search(text[max(start, end - _REACH) : end]))


def decided(text: str, start: int, infinitive: int) -> str:
    """Who decided to do it themselves: "Chefforum aftalte at mødes"."""
    return _who(_DECIDED_TO.search(text[max(start, infinitive - _REACH) : infinitive]))


def _who(match: re.Match[str] | None) -> str:
    if match is None:
        return ""
    who = " ".join(match["who"].split())
    return "" if _NOBODY.search(who.split(" for ")[0]) or len(who) > LONGEST else who
