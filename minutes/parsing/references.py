"""References in a text to other meetings, their items, and cases.

A date refers to a meeting when a body or the word møde stands beside it, and then to that body's meeting:
"Direktørforum d. 6. marts 2017", "CFs møde den 2. maj", "referat for mødet d. 18. maj". "Frist d. 1. juni" and
"budgetseminar den 19. august" are no meetings. A date without year is the nearest that fits the meeting of the text.
"""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from minutes.casenumber import CaseNumber, find_case_numbers
from minutes.parsing.bodies import BodyMention, body_name, find_bodies
from minutes.parsing.dates import DateMention, Direction, find_dates, resolve
from minutes.parsing.sentences import split_sentences

_DIGIT = re.compile("[0-9]")
_LONGEST = 4000  # characters of a sentence that are read, so that no file takes long

_WHICH = (
    r"(?:(?:næste|kommende|næstkommende|førstkommende|seneste|sidste|forrige|tidligere|ordinære|ekstraordinære)\s+)?"
)
_ON = r"(?:\s*,?\s*(?:(?:af|fra|til|for|på)\s+)?(?:(?:man|tirs|ons|tors|fre|lør|søn)dag\s+)?(?:den\s+|d\.?\s*)?)"
_DECIDES = r"(?:besluttede|godkendte|drøftede|behandlede|vedtog|tiltrådte|udsatte)"

# What stands between a meeting's word and its date, a body and its date, two dates, a date and its body.
_MEETING_BEFORE = re.compile(
    rf"\b(?:(?:sit|sine|det|de)\s+)?{_WHICH}(?:møde[rt]?|møderne|dagsorden(?:en)?){_ON}$", re.IGNORECASE
)
_BODY_BEFORE = re.compile(rf"(?:\s+(?:har\s+)?{_DECIDES})?{_ON}", re.IGNORECASE)
_DATE_BEFORE = re.compile(rf"(?:\s*(?:,|og|eller|samt))+{_ON}", re.IGNORECASE)
_BODY_AFTER = re.compile(rf"\s+(?:i|på|{_DECIDES})\s+", re.IGNORECASE)
_BETWEEN_BODY_AND_MEETING = re.compile(r"[^,.;:]{0,60}")
_ADJACENT = re.compile(r"\s+(?:i|på|til)\s+")
_REACH = 100  # characters before a date in which its meeting's word is looked for

_ITEM = re.compile(
    r"\b(?:dagsordens)?(?:punkt|pkt\.?|sag)\s*(?:nr\.?\s*)?(?P<number>[0-9]{1,2})"
    r"(?=(?:,|\s+(?:på|fra|i|til))\s+(?P<here>(?:dagsordenen|dagens\s+(?:møde|dagsorden)|mødet)\b)?)",
    re.IGNORECASE,
)
_ITEM_REACH = 30  # characters between "punkt 3" and the meeting that it belongs to

_PAST = re.compile(
    r"\b(?:sidst|sidste|seneste|forrige|tidligere|siden|referat(?:er|et)?)\b|\b(?:var|blev|har)\b(?:(?!\btil\b)[^,]){0,40}$"
    rf"|{_DECIDES}{_ON}$",
    re.IGNORECASE,
)
_PAST_AFTER = re.compile(rf"\s*,?\s*(?:blev|var|gav|fik|tog|{_DECIDES})\b", re.IGNORECASE)
_COMING = re.compile(r"\b(?:kommende|næstkommende|førstkommende|næste|igen)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundReference:
    """Words that point to a meeting (body and date), to an item of it (number too), or to a case (case_number)."""

    words: str
    start: int
    end: int
    body: str | None = None
    date: datetime.date | None = None
    item_number: int | None = None
    case_number: CaseNumber | None = None


def find_references(text: str, *, own_body: str, meeting_date: datetime.date) -> list[FoundReference]:
    """Every reference in `text`, which belongs to the meeting of `own_body` on `meeting_date`, in order.

    A reference of the meeting to itself as a whole is left out.
    """
    found = [
        FoundReference(text[start:end], start, end, case_number=number)
        for start, end, number in find_case_numbers(text)
    ]
    own = body_name(own_body)
    for sentence in split_sentences(text):
        if not _DIGIT.search(sentence.text):
            continue
        for reference in _in_sentence(sentence.text[:_LONGEST], own, meeting_date):
            start, end = sentence.start + reference.start, sentence.start + reference.end
            found.append(dataclasses.replace(reference, start=start, end=end))
    return sorted(found, key=lambda reference: reference.start)


def _in_sentence(text: str, own: str, meeting_date: datetime.date) -> list[FoundReference]:
    """The meetings and items that a sentence refers to, with places in the sentence."""
    meetings = list(_meetings(text, own, meeting_date))
    found: list[FoundReference] = []
    for match in _ITEM.finditer(text):
        number = int(match["number"])
        meeting = next((meeting for meeting in meetings if 0 <= meeting.start - match.end() <= _ITEM_REACH), None)
        if meeting:
            meetings.remove(meeting)
            words = text[match.start() : meeting.end]
            found.append(dataclasses.replace(meeting, words=words, start=match.start(), item_number=number))
        elif match["here"]:
            end = match.end("here")
            found.append(FoundReference(text[match.start() : end], match.start(), end, own, meeting_date, number))
    return found + [meeting for meeting in meetings if (meeting.body, meeting.date) != (own, meeting_date)]


def _meetings(text: str, own: str, meeting_date: datetime.date) -> Iterator[FoundReference]:
    """The meetings that a sentence names, the one that it belongs to among them."""
    bodies = find_bodies(text)
    last: tuple[DateMention, str] | None = None  # the date before, and whose meeting it is
    for mention in find_dates(text):
        beside = _meeting_beside(text, mention, bodies, own)
        if beside is None and last and _DATE_BEFORE.fullmatch(text, last[0].end, mention.start):
            beside = last[1], mention.start, mention.end
        date = resolve(mention, meeting_date, _direction(text, mention))
        last = (mention, beside[0]) if beside else None
        if beside and date:
            body, start, end = beside
            yield FoundReference(text[start:end], start, end, body, date)


def _meeting_beside(
    text: str, mention: DateMention, bodies: list[BodyMention], own: str
) -> tuple[str, int, int] | None:
    """Whose meeting a date names, with the start and end of the words that say so; None when it names none."""
    before = [body for body in bodies if body.end <= mention.start]
    body_before = before[-1] if before else None
    body_after = next((body for body in bodies if body.start >= mention.end), None)
    if body_after and not _BODY_AFTER.fullmatch(text, mention.end, body_after.start):
        body_after = None
    meeting = _MEETING_BEFORE.search(text, max(0, mention.start - _REACH), mention.start)
    if meeting and body_before and not text[body_before.end : meeting.start()].strip():
        return body_before.name, body_before.start, mention.end  # "CFs møde den 2. maj"
    if body_after and (meeting or not body_before or not _is_beside(text, body_before, mention)):
        return body_after.name, meeting.start() if meeting else mention.start, body_after.end
    if meeting:
        if body_before and _acts(text, body_before):
            if _ADJACENT.fullmatch(text, body_before.end, meeting.start()):
                return body_before.name, body_before.start, mention.end
            if _BETWEEN_BODY_AND_MEETING.fullmatch(text, body_before.end, meeting.start()):
                return body_before.name, meeting.start(), mention.end
        return own, meeting.start(), mention.end
    if body_before and _is_beside(text, body_before, mention):
        return body_before.name, body_before.start, mention.end
    return None


def _is_beside(text: str, body: BodyMention, mention: DateMention) -> bool:
    return _acts(text, body) and bool(_BODY_BEFORE.fullmatch(text, body.end, mention.start))


def _acts(text: str, body: BodyMention) -> bool:
    """Whether the body is named itself, not by its genitive: "KBs budgetseminar" is no meeting of KB."""
    return text[body.end - 1] != "s" or body.name.endswith("s")


def _direction(text: str, mention: DateMention) -> Direction:
    """Whether the words round a date tell of what was or of what comes."""
    before = text[max(0, mention.start - _REACH) : mention.start]
    if _PAST_AFTER.match(text, mention.end):
        return "past"
    if _COMING.search(before) or _COMING.match(text[mention.end : mention.end + 10].strip()):
        return "coming"
    return "past" if _PAST.search(before) else "nearest"
