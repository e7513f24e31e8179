"""The head of the minutes: what they are, of which body, when and where, and whether the meeting was cancelled."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from minutes.parsing.bodies import ABBREVIATIONS, find_bodies
from minutes.parsing.dates import MONTHS, WEEKDAYS, MeetingTime, parse_meeting_time
from minutes.parsing.flow import Vocabulary, paragraphs
from minutes.parsing.labels import label_of, labelled_lines, value_of
from minutes.parsing.naming import WHEN, Kind, beside_date, close_up, name_of, read_meeting, read_title
from minutes.parsing.titles import is_group_mark
from minutes.parsing.types import Line, Warning

_CANCELLED = re.compile(
    r"\b(?:aflyst|aflyses|aflysning)\b|\bmødet\s+(?:udgår|bortfalder|afholdes ikke|blev ikke afholdt)", re.IGNORECASE
)
_CANCELLED_MARK = re.compile(r"[\s:,(–-]*\b(?:er\s+)?aflyst\b[).!]*", re.IGNORECASE)

_NO_NAME = re.compile(r"(?:den|det|de|der|en|et|til|fra|kære|på|i|ved|alle)\b", re.IGNORECASE)
_NO_START = re.compile(r"slut|hævet|formøde|næste møde|pause|frokost|udsend", re.IGNORECASE)
_CERTAIN = re.compile(r"møde|dato for møde", re.IGNORECASE)
_ANY_LABEL = re.compile(r"[A-ZÆØÅ][^.:]{1,30}:")
_PLACE = re.compile(r"(?:i|på|ved|sted:?)\s+(?P<place>\S+(?: \S+){0,5})", re.IGNORECASE)
# "Torsdag den 25. januar 2024 kl. 9.00-11.00, Mødelokale 2"
_WEEKDAY = re.compile(rf"(?:{'|'.join(WEEKDAYS)})\b", re.IGNORECASE)
_BEHIND_COMMA = re.compile(r"\d{4}\b.*\d[.:]\d\d(?:\s*[-–]\s*[\d.:]+)?,\s*(?P<place>[^\W\d]\S*(?: \S+){0,5})$")
_OF_MEETING = re.compile(r"kl\b|(?:ekstra)?ordinært møde\b", re.IGNORECASE)
_SPAN_OF_TIME = re.compile(r"\b(\d{1,2})[.:](\d{2})\s*(?:-|–|til)\s*\d")

_HEAD_LINES = 40  # labels and dates further down belong to the text
_LONGEST_LABEL = 30
_LONGEST_TITLE = 4  # lines
_TOP_LINES = 12  # as far down as a title's own lines reach
# Words of the head that the parse carries in its fields.
_CARRIED = frozenset(
    (
        "referat mødereferat beslutningsreferat beslutningsprotokol protokol dagsorden beslutninger "
        "og med fra af for til i på ved d den det kl klokken møde mødet møder møderne ordinært ordinære nr åben åbent "
        "lukket udvalg forum gremium organ mødedato mødedag mødested mødelokale mødetid mødetidspunkt dato dag tid "
        "sted lokale lokation tidspunkt starttidspunkt start klokkeslæt udvalgets navn aflyst er"
    ).split()
)
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Header:
    """What the head says. `rest` is what it says besides: lines that belong to the meeting and to no item."""

    kind: Kind | None = None
    closed: bool = False
    cancelled: bool = False
    body: str | None = None
    date: datetime.date | None = None
    start_time: datetime.time | None = None
    place: str | None = None
    rest: tuple[Line, ...] = ()
    warnings: tuple[Warning, ...] = ()


@dataclass(slots=True)
class _Reading:
    kind: Kind | None = None
    closed: bool = False
    body: str | None = None
    cancelled: bool = False
    place: str | None = None
    place_beside: str | None = None  # "… kl. 16.00 i Borgmesterens kontor": where no label says it
    titled: tuple[MeetingTime, Line] | None = None
    dated: tuple[MeetingTime, Line] | None = None
    stray: tuple[MeetingTime, Line] | None = None  # a date without a word that says what it is of
    time: datetime.time | None = None
    kept: list[tuple[Line, bool]] = field(default_factory=list)  # each line, and whether the fields carry it


def body_of_prefix(prefix: str) -> str | None:
    """The body that an item's prefix names: CF is Chefforum."""
    return ABBREVIATIONS.get(prefix)


def recognise(lines: Sequence[Line], vocabulary: Vocabulary) -> Header:
    """Read the lines before the first item, contents taken out."""
    lines = paragraphs([_released(line) for line in lines], vocabulary)
    reading = _Reading()
    top = labelled_lines(lines[:_HEAD_LINES])
    index = 0
    while index < len(top):
        index += _take(top, index, reading)
    if reading.body is None:
        reading.body = _body_beside_title(reading)
    reading.place = reading.place or reading.place_beside
    found = [one for one in (reading.dated, reading.titled, reading.stray) if one]
    when = next((one for one, _ in found if one.date), None)
    return Header(
        kind=reading.kind,
        closed=reading.closed,
        cancelled=reading.cancelled,
        body=reading.body,
        date=when.date if when else None,
        start_time=next((one.start_time for one, _ in found if one.start_time), None) or reading.time,
        place=reading.place,
        rest=(*_rest(reading), *lines[_HEAD_LINES:]),
        warnings=tuple(_date_warnings(reading)),
    )


def _released(line: Line) -> Line:
    """A line that begins with a label goes on with nothing."""
    labelled = label_of(line.text) or _ANY_LABEL.match(line.text)
    return replace(line, continues=False) if line.continues and labelled else line


def _take(lines: Sequence[Line], index: int, reading: _Reading) -> int:
    """Read the line at `index` into `reading`; how many lines that used."""
    line = lines[index]
    if _CANCELLED.search(line.text) and len(line.text) < 120:
        reading.cancelled = True
    used = _take_title(lines, index, reading) if reading.kind is None else 0
    if not used:
        used = _take_labelled(lines, index, reading)
    if not used and index < _TOP_LINES:
        used = _take_unlabelled(line, lines[index - 1] if index else None, reading)
    carried = bool(used) or _CANCELLED_MARK.fullmatch(line.text) is not None or is_group_mark(line)
    reading.kept.extend((one, carried) for one in lines[index : index + max(used, 1)])
    return max(used, 1)


def _take_title(lines: Sequence[Line], index: int, reading: _Reading) -> int:
    whole, used = lines[index].text, 1
    title = read_title(whole)
    while title and title.open_ended and index + used < len(lines) and used < _LONGEST_TITLE:
        whole += f" {lines[index + used].text}"
        used += 1
        title = read_title(whole) or title
    if title is None:
        return 0
    reading.kind, reading.closed = title.kind, title.closed
    rest = _CANCELLED_MARK.sub("", title.rest)
    named = read_title(_CANCELLED_MARK.sub("", whole).strip(" –-:,")) or title
    reading.body = named.body or reading.body
    if when := WHEN.search(rest):
        reading.titled = (_time_of(rest), lines[index])
        _take_beside(when[0], reading)
    return used


def _take_labelled(lines: Sequence[Line], index: int, reading: _Reading) -> int:
    line = lines[index]
    for name, take in _TAKERS.items():
        value = value_of(line.text, name)
        if value is None:
            continue
        used = 1
        if not value and index + 1 < len(lines) and label_of(lines[index + 1].text) is None:
            value, used = lines[index + 1].text, 2
        if value and take(reading, value, line):
            return used
    return 0


def _take_unlabelled(line: Line, above: Line | None, reading: _Reading) -> int:
    """A line near the top that is a date, a time, or "Møde i Økonomiudvalget den …"."""
    text = line.text
    body, beside = read_meeting(text), beside_date(text)
    if _NO_START.search(text) or (above and len(above.text) < _LONGEST_LABEL and _NO_START.search(above.text)):
        return 0  # "Sluttidspunkt", also above its value
    where = _PLACE.fullmatch(beside) or (_WEEKDAY.match(text) and _BEHIND_COMMA.search(text))
    if not (body or not beside or where or _OF_MEETING.match(text)):
        return 0
    reading.body = reading.body or body
    when = _time_of(text)
    if when.date and reading.stray is None:
        reading.stray = (when, line)
    elif when.start_time and reading.time is None:
        reading.time = when.start_time
    else:
        return 1 if body else 0
    _take_beside(text, reading)
    return 1


def _take_beside(text: str, reading: _Reading) -> None:
    """The place behind date and time: "… kl. 16.00 i Borgmesterens kontor"."""
    place = _PLACE.fullmatch(beside_date(text)) or (_WEEKDAY.match(text.strip(" ,-–")) and _BEHIND_COMMA.search(text))
    if reading.place_beside is None and place:
        reading.place_beside = place["place"].strip()


def _time_of(text: str) -> MeetingTime:
    """Date and time of a text; "09.00 - 11.00" is a time also without "kl."."""
    when = parse_meeting_time(text)
    if when.start_time is None and (span := _SPAN_OF_TIME.search(text)) and int(span[1]) < 24 and int(span[2]) < 60:
        return replace(when, start_time=datetime.time(int(span[1]), int(span[2])))
    return when


def _rest(reading: _Reading) -> list[Line]:
    """The lines that say something which no field carries."""
    carried = set(_CARRIED) | {name for names in (WEEKDAYS, MONTHS) for name in names}
    stems = [word[:-2] if len(word) > 5 else word for word in _WORD.findall(f"{reading.body} {reading.place}".lower())]
    rest = []
    for line, is_carried in reading.kept:
        words = [word for word in _WORD.findall(close_up(line.text).lower()) if word not in carried]
        if not is_carried or not all(word.startswith(tuple(stems)) for word in words):
            rest.append(line)
    return rest


def _body_beside_title(reading: _Reading) -> str | None:
    """A body's name on a line of its own near the title: short, without digits, and not the municipality."""
    near = [(place, line) for place, (line, carried) in enumerate(reading.kept[:_TOP_LINES]) if not carried]
    plain = [
        (place, line.text.strip())
        for place, line in near
        if re.fullmatch(r"[A-ZÆØÅ][\w&/,\- ]{2,60}", line.text.strip())
        and not any(map(str.isdigit, line.text))
        and len(line.text.split()) <= 6
        and not re.search(r"\b(?:kommune|region|udkast)$", line.text.strip(), re.IGNORECASE)
    ]
    named = [(place, text) for place, text in plain if find_bodies((name_of(text) or "").capitalize())[:1]]
    named = [(place, text) for place, text in named if find_bodies((name_of(text) or "").capitalize())[0].start == 0]
    for place, text in (named or plain[:1])[:1]:
        if named or (place < 4 and reading.kind and not _NO_NAME.match(text)):
            reading.kept[place] = (reading.kept[place][0], True)
            return name_of(text)
    return None


def _take_when(reading: _Reading, value: str, line: Line) -> bool:
    if not any(map(str.isdigit, value)):
        return False
    if reading.dated:
        earlier = reading.dated[1]
        if _CERTAIN.match(earlier.text) or not _CERTAIN.match(line.text):
            return False
        # "Dato:" of a letter's head gives way to "Mødedato:", and is kept as text.
        reading.kept = [(one, carried and one is not earlier) for one, carried in reading.kept]
    reading.dated = (_time_of(value), line)
    _take_beside(value, reading)
    return True


def _take_time(reading: _Reading, value: str, line: Line) -> bool:
    when = parse_meeting_time(value)
    if when.date is not None:
        return _take_when(reading, value, line)
    if when.start_time is None and re.match(r"\d", value):
        when = parse_meeting_time(f"kl. {value}")
    reading.time = reading.time or when.start_time
    _take_beside(value, reading)
    return when.start_time is not None


def _take_place(reading: _Reading, value: str, line: Line) -> bool:
    if reading.place:
        return False
    reading.place = value
    return True


def _take_body(reading: _Reading, value: str, line: Line) -> bool:
    name = name_of(WHEN.sub("", value))
    if name is None or (reading.body and reading.body != name):
        return False
    reading.body = name
    return True


_TAKERS: dict[str, Callable[[_Reading, str, Line], bool]] = {
    "when": _take_when,
    "time": _take_time,
    "place": _take_place,
    "body": _take_body,
}


def _date_warnings(reading: _Reading) -> list[Warning]:
    warnings: list[Warning] = []
    for found in (reading.dated, reading.titled):
        if found and found[0].problem and not (found[0].date is None and reading.dated and reading.dated[0].date):
            warnings.append(Warning("date_problem", found[0].problem, found[1].page, found[1].number))
            break
    if reading.dated and reading.titled and reading.dated[0].date and reading.titled[0].date:
        dated, titled = reading.dated[0].date, reading.titled[0].date
        if dated != titled:
            line = reading.titled[1]
            message = f"Titlen siger {titled:%d-%m-%Y}, mødedatoen {dated:%d-%m-%Y}; mødedatoen er brugt."
            warnings.append(Warning("date_conflict", message, line.page, line.number))
    return warnings
