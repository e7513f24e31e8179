"""The head of the minutes: what they are, of which body, when and where, and whether the meeting was cancelled."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from minutes.parsing.dates import MeetingTime, parse_meeting_time
from minutes.parsing.types import Line, Warning

_TITLE = re.compile(
    r"^(?:(?:åbe[nt]+|lukket|udkast til|ekstraordinær[t]?)\s+)*(?:(?P<before>[^\d–:-]{3,60}?)\s*[–:-]\s*)?"
    r"(?P<kind>dagsorden\s*(?:og|/|med)\s*referat|(?:beslutnings|møde)?referat|beslutningsprotokol|protokol|dagsorden)\b"
    r"[\s:–-]*(?P<rest>.*)$",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:(?:fra|af|for|til|over)\s+)?(?:(?:ordinært|ekstraordinært|lukket|åbent|det|et)\s+)*"
    r"(?:møde(?:t)?\b\s*(?:nr\.?\s*\d+\s*)?)?(?:(?:i|med|for|af|afholdt i)\s+)?",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"[\s,;:–-]*(?:\(?\b(?:d\.|den|dato)\s*:?\s*\d|\b(?:man|tirs|ons|tors|fre|lør|søn)dag\b|\b\d{1,2}[-./]\s?\d{1,2}\b"
    r"|\b\d{1,2}\.?\s?(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)|\b\d{4}-\d{2}-\d{2}|\bkl\.).*$",
    re.IGNORECASE,
)
_MEETING_OF = re.compile(r"^(?P<body>.+(?:forum|udvalg|råd|bestyrelse|gruppe|ledelse))s?møde(?:t)?$", re.IGNORECASE)
_CANCELLED = re.compile(r"\b(?:aflyst|aflyses|aflysning)\b", re.IGNORECASE)
_CANCELLED_MARK = re.compile(r"[\s:,(–-]*\b(?:er\s+)?aflyst\b[).!]*", re.IGNORECASE)

# Labels that say enough by themselves, and those that also begin sentences and so need a colon, a tab or a line alone.
_LABELS = {
    "when": (r"møde(?:dato|dag)|dato for møde(?:t)?", r"dato|dag|tid og sted"),
    "time": (r"(?:start)?tidspunkt for møde(?:t)?|mødetid(?:spunkt)?|starttidspunkt", r"tid|tidspunkt|klokken|start"),
    "place": (r"mødested|mødelokale(?=\s*[:\t]|$)", r"sted|lokale|lokation"),
    "body": (r"udvalgets? navn", r"udvalg|forum|gremium|organ|møde i"),
}
_BODIES = {"CF": "Chefforum", "DIF": "Direktørforum", "ØU": "Økonomiudvalget", "KB": "Kommunalbestyrelsen"}


@dataclass(frozen=True, slots=True)
class Header:
    """What the head says. `rest` is what it says besides: lines that belong to the meeting and to no item."""

    kind: Literal["referat", "dagsorden"] | None = None
    cancelled: bool = False
    body: str | None = None
    date: datetime.date | None = None
    start_time: datetime.time | None = None
    place: str | None = None
    rest: tuple[Line, ...] = ()
    warnings: tuple[Warning, ...] = ()


@dataclass(slots=True)
class _Reading:
    kind: Literal["referat", "dagsorden"] | None = None
    body: str | None = None
    cancelled: bool = False
    place: str | None = None
    titled: tuple[MeetingTime, Line] | None = None
    dated: tuple[MeetingTime, Line] | None = None
    time: datetime.time | None = None
    rest: list[Line] = field(default_factory=list)


def body_of_prefix(prefix: str) -> str | None:
    """The body that an item's prefix names: CF is Chefforum."""
    return _BODIES.get(prefix)


def recognise(lines: Sequence[Line]) -> Header:
    """Read the lines before the first item, contents taken out."""
    reading = _Reading()
    index = 0
    while index < len(lines):
        index += _take(lines, index, reading)
    if reading.body is None:
        reading.body = _body_beside_title(reading)
    when = reading.dated or reading.titled
    warnings = _date_warnings(reading)
    times = [found[0].start_time for found in (reading.dated, reading.titled) if found]
    return Header(
        kind=reading.kind,
        cancelled=reading.cancelled,
        body=reading.body,
        date=when[0].date if when else None,
        start_time=next((time for time in times if time), None) or reading.time,
        place=reading.place,
        rest=tuple(reading.rest),
        warnings=tuple(warnings),
    )


def _take(lines: Sequence[Line], index: int, reading: _Reading) -> int:
    """Read the line at `index` into `reading`; how many lines that used."""
    line = lines[index]
    if _CANCELLED.search(line.text) and len(line.text) < 120:
        reading.cancelled = True
    title = _TITLE.match(line.text)
    if title and reading.kind is None and len(line.text) < 160:
        reading.kind = "dagsorden" if title["kind"].lower() == "dagsorden" else "referat"
        reading.body = _body(title["before"] or "")
        return _take_title(lines, index, title["rest"], reading)
    for name, take in _TAKERS.items():
        value = _labelled(line.text, name)
        if value is None:
            continue
        used = 1
        if not value and index + 1 < len(lines) and _label_of(lines[index + 1].text) is None:
            value, used = lines[index + 1].text, 2
        if value and take(reading, value, line):
            return used
    if reading.kind is None and _title_is_elsewhere(line, reading):
        return 1
    if not _CANCELLED_MARK.fullmatch(line.text):
        reading.rest.append(line)
    return 1


def _take_title(lines: Sequence[Line], index: int, rest: str, reading: _Reading) -> int:
    used = 1
    while index + used < len(lines) and lines[index + used].continues:
        rest += f" {lines[index + used].text}"
        used += 1
    rest = _CANCELLED_MARK.sub("", rest)
    if _WHEN.search(rest):
        reading.titled = (parse_meeting_time(rest), lines[index])
    reading.body = reading.body or _body(_WHEN.sub("", rest))
    return used


def _title_is_elsewhere(line: Line, reading: _Reading) -> bool:
    """A line before any title that is only a date belongs to the head and says nothing else."""
    when = parse_meeting_time(line.text)
    if when.date is None or reading.dated or _WHEN.sub("", line.text).strip():
        return False
    reading.dated = (when, line)
    return True


def _body(text: str) -> str | None:
    text = _LEAD.sub("", text.strip()).strip(" ,.:;–-")
    if match := _MEETING_OF.match(text):
        text = match["body"]
    if not text or len(text) > 80 or not any(character.isalpha() for character in text):
        return None
    return text.capitalize() if text.isupper() and len(text) > 4 else text[0].upper() + text[1:]


def _body_beside_title(reading: _Reading) -> str | None:
    """A body's name on a line of its own near the title: short, without digits, and not the municipality."""
    for line in reading.rest[:4]:
        text = line.text.strip()
        plain = re.fullmatch(r"[A-ZÆØÅ][\w&/,\- ]{2,60}", text) and not any(map(str.isdigit, text))
        if plain and len(text.split()) <= 6 and not re.search(r"\b(?:kommune|region|udkast)$", text, re.IGNORECASE):
            reading.rest.remove(line)
            return _body(text)
    return None


def _labelled(text: str, name: str) -> str | None:
    """The value behind a label of that name, blank when it stands alone; None when the line has no such label."""
    plain, guarded = _LABELS[name]
    match = re.match(rf"(?:{plain})\s*(?:[:\t]\s*|\s+|$)(.*)$", text, re.IGNORECASE) or re.match(
        rf"(?:{guarded})\s*(?:[:\t]\s*(.*)|)$", text, re.IGNORECASE
    )
    return (match[1] or "").strip() if match else None


def _label_of(text: str) -> str | None:
    return next((name for name in _LABELS if _labelled(text, name) is not None), None)


def _take_when(reading: _Reading, value: str, line: Line) -> bool:
    if not any(map(str.isdigit, value)):
        return False
    when = parse_meeting_time(value)
    reading.dated = reading.dated or (when, line)
    return True


def _take_time(reading: _Reading, value: str, line: Line) -> bool:
    when = parse_meeting_time(value if re.search(r"\bkl", value, re.IGNORECASE) else f"kl. {value}")
    if when.date is not None:
        return _take_when(reading, value, line)
    reading.time = reading.time or when.start_time
    return when.start_time is not None


def _take_place(reading: _Reading, value: str, line: Line) -> bool:
    reading.place = reading.place or value
    return True


def _take_body(reading: _Reading, value: str, line: Line) -> bool:
    reading.body = reading.body or _body(_WHEN.sub("", value))
    return reading.body is not None


_TAKERS: dict[str, Callable[[_Reading, str, Line], bool]] = {
    "when": _take_when,
    "time": _take_time,
    "place": _take_place,
    "body": _take_body,
}


def _date_warnings(reading: _Reading) -> list[Warning]:
    warnings: list[Warning] = []
    for found in (reading.dated, reading.titled):
        if found and found[0].problem:
            warnings.append(Warning("date_problem", found[0].problem, found[1].page, found[1].number))
            break
    if reading.dated and reading.titled and reading.dated[0].date and reading.titled[0].date:
        dated, titled = reading.dated[0].date, reading.titled[0].date
        if dated != titled:
            line = reading.titled[1]
            message = f"Titlen siger {titled:%d-%m-%Y}, mødedatoen {dated:%d-%m-%Y}; mødedatoen er brugt."
            warnings.append(Warning("date_conflict", message, line.page, line.number))
    return warnings
