"""What a title says: the kind of paper, the body whose meeting it was, and what stands beside the date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from minutes.parsing.bodies import find_bodies
from minutes.parsing.dates import MONTHS, WEEKDAYS, find_dates

Kind = Literal["referat", "dagsorden"]

_QUALITY = (
    r"(?:(?P<closed>lukket|fortroligt?)|åbe[nt]+|udkast til|foreløbigt?|endeligt?|godkendt|revideret"
    r"|(?:ekstra)?ordinært?)"
)
_PAPER = (
    r"(?:tillægs)?dagsorden\s*(?:og|/|med|&|\+)\s*(?:referat|beslutning(?:er|sprotokol))"
    r"|referat\s*(?:og|/|&)\s*dagsorden|(?:tillægs|beslutnings|møde|kort\s)?referat|beslutningsprotokol|protokol"
    r"|beslutninger fra møde|(?:tillægs)?dagsorden"
)
_BODY_WORD = (
    r"[\w&/,. -]{0,50}?"
    r"(?:forum|udvalg(?:et)?|råd(?:et)?|bestyrelsen?|direktionen?|gruppen?|ledelsen?|MED|nævn(?:et)?)s?"
)
_TITLE = re.compile(
    rf"(?:{_QUALITY}\s+)*(?:(?P<before>[^\d:]{{3,60}}?)(?:\s+[–-]\s*|\s*[–:]\s*)|(?P<body>{_BODY_WORD})\s+)?"
    rf"(?:{_QUALITY.replace('closed', 'closed_too')}\s+)*(?P<kind>{_PAPER})\b[\s:–-]*(?P<rest>.*)",
    re.IGNORECASE,
)
# "Møde i Kommunalbestyrelsen mandag den 25. september 2006", "Teknik og Miljøs møde den 17. april 2023"
_MEETING = re.compile(
    r"(?:(?:ekstra)?ordinært\s+)?møde\s+(?:nr\.?\s*\d+\s+)?(?:i|med)\s+(?P<of>\S.*)"
    r"|(?!(?:på|i|fra|til|ved|efter|inden|om|under|før)\s)(?P<whose>\w[^\d:]{2,60}?s)\s+(?:(?:ekstra)?ordinære\s+)?møde\b.*",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:(?:fra|af|for|til|over|i)\b\s*)?(?:(?:(?:ekstra)?ordinært|lukket|åbent|det|et|\d+\.)\s+)*"
    r"(?:møde(?:t)?\b\s*(?:nr\.?\s*\d+\s*)?)?(?:(?:afholdt i|i|med|for|af)(?:\s+|$))?",
    re.IGNORECASE,
)
WHEN = re.compile(
    r"[\s,;:(–-]*(?:\b(?:d\.|den|dato)\s*:?\s*\d|\b(?:man|tirs|ons|tors|fre|lør|søn)dag\b|\b\d{1,2}[-./]\s?\d{1,2}\b"
    r"|\b\d{1,2}\.?\s?(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)|\b\d{4}-\d{2}-\d{2}|\bkl\.?\s?\d).*$",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"(?:\bkl(?:okken)?\b\.?\s*\d{1,2}(?:[.:]\d{2})*|\b\d{1,2}[.:]\d{2}(?::\d{2})?)"
    r"(?:\s*(?:-|–|til)\s*(?:kl\.?\s*)?\d{1,2}(?:[.:]\d{2})*)?",
    re.IGNORECASE,
)
_TIME_WORDS = re.compile(
    rf"\b(?:{'|'.join(WEEKDAYS)}|{'|'.join(MONTHS)}|den|fra|til|dato|tid|klokken|kl)\b|\bd\.", re.I
)
_MOST_BESIDE = 5  # words of a place; more are a sentence about a meeting
_OF_MEETING = re.compile(r"(?P<whose>.*\S)s (?:(?:ekstra)?ordinære )?møder?(?:t)?", re.IGNORECASE)
_COMPOUND = re.compile(
    r"(?P<stem>.*(?:forum|udvalg|råd|bestyrelse|gruppe|ledelse|direktion))s?møde(?:t)?", re.IGNORECASE
)
_DEFINITE = {
    "udvalg": "et", "råd": "et", "bestyrelse": "n", "gruppe": "n", "ledelse": "n", "direktion": "en", "forum": "",
}  # fmt: skip
_OF_MUNICIPALITY = re.compile(r"(?:,|\s+i|\s+[–-])\s+[A-ZÆØÅ][\w-]+(?:-\w+)? kommune$", re.IGNORECASE)
_SPACED = re.compile(r"(?:[A-ZÆØÅ] ){3,}[A-ZÆØÅ]\b")


@dataclass(frozen=True, slots=True)
class Title:
    """What a title line says. `open_ended`: the body is to come on the next line ("Referat fra møde i")."""

    kind: Kind
    body: str | None
    rest: str
    closed: bool
    open_ended: bool


def read_title(text: str) -> Title | None:
    """The title that a line is, None when it is none."""
    text = close_up(text)
    match = _TITLE.fullmatch(text) if len(text) < 200 else None
    if match is None:
        return None
    paper, rest = match["kind"].lower(), match["rest"]
    only_agenda = paper.endswith("dagsorden") and "referat" not in paper
    without_date = WHEN.sub("", rest)
    lead = _LEAD.match(without_date)
    return Title(
        "dagsorden" if only_agenda else "referat",
        name_of(match["before"] or match["body"] or "") or name_of(without_date),
        rest,
        bool(match["closed"] or match["closed_too"]),
        bool(without_date.strip()) and lead is not None and lead.end() == len(without_date),
    )


def read_meeting(text: str) -> str | None:
    """The body of a line such as "Møde i Kommunalbestyrelsen den …", None when it is no such line."""
    match = _MEETING.fullmatch(text) if len(text) < 160 else None
    when = WHEN.search(text)
    if match is None or when is None or len(beside_date(when[0]).split()) > _MOST_BESIDE:
        return None
    return name_of(WHEN.sub("", match["of"] or text))


def name_of(text: str) -> str | None:
    """The body's name in `text`, without "fra møde i" before it and "s møde" after it; None when there is none."""
    lead = _LEAD.match(text.strip())
    text = text.strip()[lead.end() if lead else 0 :].strip(" ,.:;–-")
    text = _OF_MUNICIPALITY.sub("", text)
    if match := _OF_MEETING.fullmatch(text):
        text = match["whose"]
    elif match := _COMPOUND.fullmatch(text):
        stem = match["stem"]
        text = stem + next(ending for word, ending in _DEFINITE.items() if stem.lower().endswith(word))
    if not text or len(text) > 80 or not any(character.isalpha() for character in text):
        return None
    if text.isupper() and len(text) > 4:
        text = text.capitalize()
    known = find_bodies(text)
    if len(known) == 1 and (known[0].start, known[0].end) == (0, len(text)):
        return known[0].name
    return text[0].upper() + text[1:]


def close_up(text: str) -> str:
    """ "R E F E R A T" as a word."""
    return _SPACED.sub(lambda spaced: spaced[0].replace(" ", ""), text)


def beside_date(text: str) -> str:
    """What `text` says besides its first date, its times and the words that go with them."""
    for mention in find_dates(text)[:1]:
        text = text[: mention.start] + " " + text[mention.end :]
    text = _TIME_WORDS.sub(" ", _TIMES.sub(" ", text, count=2))
    return " ".join(text.split()).strip(" ,.:;()–-")
