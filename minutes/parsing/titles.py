"""What an item's heading says: the bodies' prefix, the title, whether it is closed; and the marks beneath it."""

from __future__ import annotations

import re

from minutes.casenumber import CaseNumber, find_case_number, find_case_numbers
from minutes.parsing.types import Line

# "CF - ", "ØU/KB - ", "MBU/17.4 Albertslund Midtby/ØU/KB - ": bodies, at least one of them abbreviated.
_PREFIX = re.compile(r"^(?P<prefix>[^\s–-][^–-]{1,59}?)\s+[-–]\s+(?=\S)")
_ABBREVIATED = re.compile(r"[A-ZÆØÅ]{2,6}")
# Capitals that begin a title of their own ("IT - status") and are no body.
_NO_BODY = frozenset({"IT", "AI", "HR", "EU", "MED", "GDPR", "APV", "KLE", "PR", "ESDH", "COVID", "KL"})

_LONGEST_MARK = 200  # characters of a line beneath a heading that says anything about the item
_DIGIT = re.compile(r"\d")
_CASE_WORD = re.compile(r"^sag\s*:?\s+(?=\d)", re.IGNORECASE)
_CASE_LABEL = re.compile(r"(?:sags?|journal|j\.?|eDoc|acadre)\s?-?(?:nr|nummer|id)\b", re.IGNORECASE)
_NUMBER_LEAD = re.compile(r"[\s,;–-]*[(\[]?(?:(?:sags|journal|j\.\s?)(?:nr|nummer)\.?:?)?\s*$", re.IGNORECASE)
_CASE_LABEL_ALONE = re.compile(
    r"(?:(?:sags|journal|j\.?\s?)(?:nr|nummer|id)\.?|sagsnr\./journalnr\.)\s*:?", re.IGNORECASE
)

_MOST_MARKS = 8  # a title has one prefix and one mark; some say it twice
_CLOSED_WORD = (
    r"(?:lukke(?:t|de)(?:\s+(?:punkt|sag|dagsordens?punkt|møde|behandling|dagsorden))?"
    r"|fortrolig(?:t|\s+sag|t\s+punkt)?|ikke[\s-]offentlig(?:t|\s+sag)?|for lukkede døre|lukkede døre)"
)
_CLOSED_FIRST = re.compile(rf"^(?:[(\[]{_CLOSED_WORD}[)\]]\s*[:–-]?|{_CLOSED_WORD}\s*[:–-])\s*(?=\S)", re.IGNORECASE)
_CLOSED_LAST = re.compile(rf"\s*(?:[-–:,/]\s*[(\[]?{_CLOSED_WORD}[)\]]?|[(\[]{_CLOSED_WORD}[)\]])\.?$", re.IGNORECASE)
# "Lukket behandling af tilbud": the words are the title's own, and stay in it.
_CLOSED_SAID = re.compile(r"lukket (?:behandling|sag|punkt|orientering|drøftelse|møde)\b", re.IGNORECASE)
_CLOSED_ALONE = re.compile(rf"[(\[]?{_CLOSED_WORD}[)\]]?\.?", re.IGNORECASE)
# "Sagsnr.: 330-2018-3619  Dok.nr.: 330-2018-500301  Lukket"
_CLOSED_BEHIND_NUMBER = re.compile(
    r"(?:sags?|journal|dok|j)\w*\.?\s?(?:nr|nummer|id)\b.*[\d:.]\s+(?:lukket|fortrolig)\w*(?: \w+)?\.?", re.IGNORECASE
)
_CLOSED_LABELLED = re.compile(
    r"(?:(?:sags|punkt|møde)?type|status|adgang|offentlig(?:hed)?|publicering|åbe[nt]+\s*/\s*lukket)\s*[:\t]\s*"
    r"(?:lukket|fortrolig|ikke[\s-]offentlig)\b.*"
    r"|(?:lukket|fortrolig)\w*\s*[:\t]\s*ja\b.*",
    re.IGNORECASE,
)
# What agendas print between an item's title and its first section, besides the case number.
_DETAIL = re.compile(
    r"(?:dok(?:ument)?|sagsb(?:eh(?:andler)?)?|j|journal|sags?)\.?\s?(?:nr|id|nummer)?\.?\s*:?\s+\S*\d.{0,120}"
    r"|(?:dok(?:ument)?\.?\s?nr|sagsbeh(?:andler)?|sags(?:nr|id)|journalnr|initialer|kompetence|forum|udvalg|(?:sags|punkt)?type"
    r"|form|ansvarlig|tid(?:sramme)?|status|kategori|deltage(?:re|r)|oplæg(?:sholder)?|gæst(?:er)?|behandles|forvaltning"
    r"|afdeling|fagområde|kle|åbe[nt]+/lukket|lukket)\.?\s*(?:[:\t].{0,100}|(?<=\.)\s.{0,40})"
    r"|(?:åbe[nt]+|lukket)(?: (?:sag|punkt))?|(?:beslutnings|orienterings|drøftelses)(?:sag|punkt)",
    re.IGNORECASE,
)
_OPEN_FIRST = re.compile(r"^\(åbe(?:n|nt)(?:\s+(?:punkt|sag))?\)\s*[:–-]?\s*", re.IGNORECASE)

# A line above several items that says of all of them whether they are open.
_GROUP = re.compile(
    r"(?:(?:sager|punkter|dagsorden(?:spunkter)?|til \w+)\b[\s:,–-]*)?(?:behandlet\s+)?"
    r"(?:(?P<closed>lukket (?:tillægs)?dagsorden|lukket møde|lukket del|lukkede (?:dagsordens)?(?:punkter|sager)"
    r"|(?:for|bag) lukkede døre)"
    r"|åben (?:tillægs)?dagsorden|åbent møde|åben del|åbne (?:dagsordens)?(?:punkter|sager)|for åbne døre)[.:]?",
    re.IGNORECASE,
)


def prefix_of(title: str) -> tuple[str, str]:
    """A printed title as the bodies' prefix, blank where there is none, and the title without it."""
    match = _PREFIX.match(title)
    if match is None:
        return "", title
    if _CLOSED_ALONE.fullmatch(match["prefix"]):
        return "", title
    bodies = match["prefix"].split("/")
    abbreviated = [body for body in bodies if _ABBREVIATED.fullmatch(body) and body not in _NO_BODY]
    if not abbreviated or (len(bodies) == 1 and bodies != abbreviated):
        return "", title
    return match["prefix"], title[match.end() :]


def take_apart(printed: str) -> tuple[str, str, bool]:
    """The title without the body's prefix and without the mark of a closed item; the prefix; whether closed."""
    title, prefix, closed = " ".join(printed.split()), "", False
    for _ in range(_MOST_MARKS):
        if match := _CLOSED_FIRST.match(title):
            closed, title = True, title[match.end() :]
        elif not prefix and prefix_of(title)[0]:
            prefix, title = prefix_of(title)
        elif (match := _CLOSED_LAST.search(title)) and match.start() > 0:
            closed, title = True, title[: match.start()]
        elif match := _OPEN_FIRST.match(title):
            title = title[match.end() :]
        else:
            break
    said = _CLOSED_ALONE.fullmatch(title) or _CLOSED_SAID.match(title)
    return title, prefix, closed or said is not None


def split_case_number(title: str) -> tuple[str, str | None]:
    """A title without the KLE number that is printed behind it, in brackets or not, and that number as printed."""
    found = find_case_numbers(title[-_LONGEST_MARK:])
    if not found or found[-1][2].subject is None:
        return title, None
    start, end, number = found[-1]
    cut = len(title) - len(title[-_LONGEST_MARK:])
    before, behind = title[: cut + start].rstrip(), title[cut + end :].strip()
    if behind not in ("", ")", "]") or not before:
        return title, None
    before = _NUMBER_LEAD.sub("", before)
    return (before, number.printed) if before else (title, None)


def is_closed_title(printed: str) -> bool:
    """Whether a printed title says that its item is closed."""
    return take_apart(printed)[2]


def case_number_on(line: Line) -> CaseNumber | None:
    """The case number that a line is, or that it begins with behind a label ("Sagsnr.: 330-2018-3619  Dok.nr.: …")."""
    if number := _whole_case_number(line.text):
        return number
    labelled = find_case_numbers(line.text[:_LONGEST_MARK]) if _CASE_LABEL.match(line.text) else []
    return labelled[0][2] if labelled else None


def is_case_number(line: Line) -> bool:
    """Whether a line is a case number and nothing else."""
    return _whole_case_number(line.text) is not None


def is_case_label(line: Line) -> bool:
    """Whether a line is "Journalnummer" and leaves the number to the next."""
    return _CASE_LABEL_ALONE.fullmatch(line.text) is not None


def _whole_case_number(text: str) -> CaseNumber | None:
    if len(text) > _LONGEST_MARK or not _DIGIT.search(text):
        return None
    return find_case_number(_CASE_WORD.sub("Sagsnr.: ", text, count=1))


def is_closed_mark(line: Line) -> bool:
    """Whether the line says only that the item is closed."""
    return _CLOSED_ALONE.fullmatch(line.text.strip()) is not None


def is_detail(line: Line) -> bool:
    """Whether a line beneath a heading only labels the item: "Dok.nr. 12", "Ansvarlig: HR", "Åbent"."""
    text = line.text.strip()
    return line.cells is None and len(text) <= _LONGEST_MARK and _DETAIL.fullmatch(text) is not None


def is_open_mark(line: Line) -> bool:
    """Whether the line says only that the item is open."""
    return (
        re.fullmatch(r"\(?åbe(?:n|nt)(?: (?:sag|punkt|dagsordenspunkt))?\)?\.?", line.text, re.IGNORECASE) is not None
    )


def says_closed(line: Line) -> bool:
    """Whether a line beneath a heading says, among other things, that the item is closed."""
    text = line.text.strip()
    if len(text) > _LONGEST_MARK:
        return False
    return bool(is_closed_mark(line) or _CLOSED_BEHIND_NUMBER.fullmatch(text) or _CLOSED_LABELLED.fullmatch(text))


def is_group_mark(line: Line) -> bool:
    """Whether a line says of the items below it that they are open or closed ("Lukket dagsorden", "For åbne døre")."""
    return line.marker is None and len(line.text) < 60 and _GROUP.fullmatch(line.text.strip()) is not None


def group_is_closed(line: Line) -> bool:
    """What a group mark says."""
    match = _GROUP.fullmatch(line.text.strip())
    return match is not None and match["closed"] is not None
