"""The contents: titles and page numbers, found by their leaders, matched to the items by order (DOMAIN 9)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from minutes.casenumber import find_case_number
from minutes.parsing import sections
from minutes.parsing.flow import Vocabulary, join
from minutes.parsing.titles import is_group_mark, prefix_of
from minutes.parsing.types import ContentsEntry, Item, Line, Warning

_HEADING = re.compile(
    r"(?:indhold(?:sfortegnelse|soversigt)?|dagsorden(?:spunkter)?|punkter|(?:sags|punkt)oversigt"
    r"|punkter på dagsordenen|oversigt over (?:punkter|sager)|mødets dagsorden)\s*:?",
    re.IGNORECASE,
)
_PAGE = re.compile(r"\d{1,4}$")
_LEADER = " \t\u00a0.…·"
_PLAIN = re.compile(r"^(?P<title>.*\S) (?P<page>\d{1,3})$")  # the blanks of the leaders folded to one
_DOTS = re.compile(r"[\s.…·]+")
_WORD = r"(?:(?:dagsordens?)?punkt|pkt\.?|sag|ad\.?)\s*(?:nr\.?\s*)?"
_NO_LETTER = re.compile(r"[\W_]+")
_NUMBER = re.compile(rf"^(?:{_WORD}\d{{1,3}}[a-z]?\b\s*[.:)–-]*\s+|\d{{1,3}}\s*[.:)]\s+)", re.IGNORECASE)
_ITEM = re.compile(r"^(?:Punkt|Pkt\.?)\s*\d{1,3}\s*[:.]", re.IGNORECASE)

_COLUMNS = re.compile(r"(?:sag|punkt|pkt\.?)\s*(?:nr\.?)?\s*:?\s*(?:emne|tekst|titel)?\s*(?:side)?:?", re.IGNORECASE)
_MOST_ENTRIES = 400
_CUT = 85  # the agenda system cuts a title at about 95 characters, some layouts earlier
_LIKE = 0.6  # ratio of SequenceMatcher under which two titles are not the same one spelled otherwise


@dataclass(frozen=True, slots=True)
class Contents:
    """The entries, and the lines they stand on as a half-open range; an empty range where there are none."""

    entries: tuple[ContentsEntry, ...]
    start: int
    end: int


def recognise(lines: Sequence[Line], vocabulary: Vocabulary) -> Contents:
    """Find the contents among all lines of the file."""
    for index, line in enumerate(lines):
        if _HEADING.fullmatch(line.text):
            found = _paged(lines, index + 1, vocabulary) or _unpaged(lines, index + 1)
            if found:
                return Contents(found[0], index, found[1])
        elif sections.kind_of(line) or (_ITEM.match(line.text) and not _led(line.text)):
            break
    return _without_heading(lines, vocabulary)


def _without_heading(lines: Sequence[Line], vocabulary: Vocabulary) -> Contents:
    """Two lines or more with dots and a page, before anything that could be an item."""
    for index, line in enumerate(lines):
        if _stops(line) and not _led(line.text):
            break
        if (
            line.cells is None
            and ".." in line.text
            and (found := _paged(lines, index, vocabulary, plain=False))
            and len(found[0]) > 1
        ):
            return Contents(found[0], index, found[1])
    return Contents((), 0, 0)


def _paged(
    lines: Sequence[Line], start: int, vocabulary: Vocabulary, *, plain: bool = True
) -> tuple[tuple[ContentsEntry, ...], int] | None:
    entries: list[ContentsEntry] = []
    pending = ""  # the first lines of a title that wraps
    wraps = 0
    end = start
    for index in range(start, len(lines)):
        line = lines[index]
        if not entries and _COLUMNS.fullmatch(line.text):
            continue
        text = join(pending, line.text, vocabulary) if pending else line.text
        entry = _led(text)
        if entry is None and plain and (loose := _PLAIN.match(text)) and int(loose["page"]) >= _last_page(entries):
            entry = loose["title"], int(loose["page"])
        if entry:
            entries.append(ContentsEntry(numberless(entry[0]), entry[1]))
            pending, wraps, end = "", 0, index + 1
        elif _DOTS.fullmatch(line.text) and entries:
            pending, end = "", index + 1
        elif line.text.endswith("..") and entries and not pending and not _goes_on(lines, index):
            # The page stands on the first line of the title, the leaders on its last.
            entries[-1] = ContentsEntry(numberless(f"{entries[-1].title} {numberless(line.text)}"), entries[-1].page)
            end = index + 1
        elif _stops(line) or wraps == 2 or not (plain or entries):
            break
        else:
            pending, wraps = text, wraps + 1
    return (tuple(entries), end) if entries else None


def _led(text: str) -> tuple[str, int] | None:
    """Title and page of a line with leaders between them: dots, a tab or several blanks."""
    page = _PAGE.search(text)
    if page is None:
        return None
    title = text[: page.start()].rstrip(_LEADER)
    leaders = text[len(title) : page.start()]
    dots = sum(leaders.count(dot) for dot in ".·…")
    if title and (dots > 1 or "…" in leaders or "\t" in leaders or "   " in leaders):
        return title, int(page[0])
    return None


def _goes_on(lines: Sequence[Line], index: int) -> bool:
    return index + 1 < len(lines) and lines[index + 1].continues


def _unpaged(lines: Sequence[Line], start: int) -> tuple[tuple[ContentsEntry, ...], int] | None:
    """A list of titles without pages: it ends where the first of them comes again, and most of them come again."""
    titles: list[str] = []
    keys: set[str] = set()
    for index in range(start, min(len(lines), start + _MOST_ENTRIES)):
        line = lines[index]
        if sections.kind_of(line) or find_case_number(line.text) or len(line.text) > 200:
            return None
        if line.continues and titles:
            titles[-1] += f" {numberless(line.text)}"
            continue
        key = _key(line.text)
        if key in keys or (titles and _counts_anew(line, lines[start])):
            return _coming_again(titles, lines, index)
        if not is_group_mark(line) and not _COLUMNS.fullmatch(line.text):
            titles.append(numberless(line.text))
        keys.add(key)
    return None


def _coming_again(
    titles: Sequence[str], lines: Sequence[Line], end: int
) -> tuple[tuple[ContentsEntry, ...], int] | None:
    later = {_key(line.text) for line in lines[end:] if len(line.text) <= 200}
    again = sum(_key(title) in later for title in titles)
    if not titles or 2 * again < len(titles):
        return None
    return tuple(ContentsEntry(title, None) for title in titles), end


def _key(text: str) -> str:
    return squeeze(prefix_of(numberless(text))[1])


def numberless(text: str) -> str:
    """A printed title without the number and the leaders beside it."""
    return _NUMBER.sub("", " ".join(text.split())).rstrip(" .…·")


def _last_page(entries: Sequence[ContentsEntry]) -> int:
    return entries[-1].page or 0 if entries else 0


def _counts_anew(line: Line, first: Line) -> bool:
    return line.marker is not None and line.marker == first.marker and any(map(str.isdigit, line.marker))


def _stops(line: Line) -> bool:
    return bool(_ITEM.match(line.text) or sections.kind_of(line) or find_case_number(line.text))


def squeeze(title: str) -> str:
    """Letters and digits alone, lower case: what two spellings of a title are compared on."""
    return _NO_LETTER.sub("", title.lower())


def alike(printed: str, title: str) -> bool:
    """Whether a title of the contents, perhaps cut or spelled otherwise, is that of an item."""
    first, second = squeeze(printed), squeeze(title)
    if not first or not second:
        return False
    if len(printed) >= _CUT and second.startswith(first[:-3]):
        return True
    return first == second or SequenceMatcher(None, first, second, autojunk=False).ratio() >= _LIKE


def check(entries: Sequence[ContentsEntry], items: Sequence[Item]) -> list[Warning]:
    """Warnings where the contents and the headings disagree; the headings are the truth."""
    if not entries:
        return []
    warnings: list[Warning] = []
    if len(entries) != len(items):
        message = f"Indholdsfortegnelsen har {len(entries)} punkter, men der er fundet {len(items)}."
        warnings.append(Warning("contents_count", message))
    for entry, item in zip(entries, items, strict=False):
        full = f"{item.prefix} - {item.title}" if item.prefix else item.title
        if not (alike(entry.title, full) or alike(entry.title, item.title)):
            message = (
                f"I indholdsfortegnelsen hedder punkt {item.number} »{entry.title}«, over punktet selv »{item.title}«. "
                "Overskriften over punktet er brugt."
            )
            warnings.append(Warning("contents_title", message, item.span.page, item.span.line))
    return warnings
