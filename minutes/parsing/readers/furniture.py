"""Running heads, running feet and page numbers: printed on the page, but no part of the text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from minutes.parsing.readers.pdf_text import PageText, TextLine

ZONE = 0.13  # of the page's height, at the top and at the bottom
SAME_HEIGHT = 2.0  # points
SHARE = 0.6  # of what stands at that height on any page
ODD_AND_EVEN = 0.3  # of all pages: heads may differ between left and right pages
_DIGITS = re.compile(r"\d+")
_NUMBER_ALONE = re.compile(
    r"\W*(?:side|s\.|page|p\.)?\s*(\d{1,4})(?:\s*(?:af|of|/|-|ud af)\s*\d{1,4})?\W*", re.IGNORECASE
)
_SAYS_PAGE = re.compile(r"\W*(?:side|page)\s*\d{1,4}(?:\s*(?:af|of|/|ud af)\s*\d{1,4})?\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a line in a page's upper or lower zone stands, and its text with the numbers blotted out."""

    height: int
    text: str


def drop_furniture(pages: Sequence[PageText]) -> None:
    """Take running heads, feet and page numbers out of the pages' main text.

    A head goes when the same words stand at the same height on several pages, and hardly anything else stands at that
    height on others: a heading such as "Beslutning" may top three pages of ten, but then other text tops the others.
    A head that holds a number found nowhere else, such as the meeting's date, stays on its first page.
    """
    places = [{id(line): place for line in _main(page) if (place := _place(line, page))} for page in pages]
    on_pages: Counter[_Place] = Counter()
    at_height: defaultdict[int, set[int]] = defaultdict(set)
    for index, found in enumerate(places):
        for place in set(found.values()):
            on_pages[place] += 1
            at_height[place.height].add(index)
    furniture = {
        place
        for place, count in on_pages.items()
        if count >= _fewest(len(pages))
        and count >= ODD_AND_EVEN * len(pages)
        and count >= SHARE * _rivals(place, on_pages, at_height, count)
    }
    numbers = _page_numbers(pages, places)
    body_numbers = {
        number
        for page, found in zip(pages, places, strict=True)
        for line in _main(page)
        if found.get(id(line)) not in furniture
        for number in _DIGITS.findall(line.text)
    }
    kept: set[str] = set()
    for page, found in zip(pages, places, strict=True):
        if not page.groups:
            continue
        page.groups[0] = [
            line
            for line in page.groups[0]
            if not (id(line) in numbers or found.get(id(line)) in furniture)
            or _is_only_witness(line, found[id(line)], body_numbers, kept)
        ]


def _main(page: PageText) -> list[TextLine]:
    return page.groups[0] if page.groups else []


def _place(line: TextLine, page: PageText) -> _Place | None:
    first = line.words[0]
    if ZONE * page.height < first.bottom and first.top < (1 - ZONE) * page.height:
        return None
    return _Place(round(first.bottom / SAME_HEIGHT), _DIGITS.sub("#", line.text))


def _fewest(pages: int) -> int:
    """On how many pages a head must stand. With two pages, chance is as likely: only page numbers go."""
    return 3 if pages > 2 else 10**6


def _rivals(place: _Place, on_pages: Counter[_Place], at_height: dict[int, set[int]], count: int) -> int:
    """On how many pages something stands at this height; odd and even heads share it."""
    others = max(
        (n for other, n in on_pages.items() if other.height == place.height and other.text != place.text), default=0
    )
    pages = len(at_height[place.height])
    return pages - others if others > 2 and abs(others - count) <= 1 else pages


def _page_numbers(pages: Sequence[PageText], places: Sequence[dict[int, _Place]]) -> set[int]:
    """The lines that are a page's number and nothing else, and count on from page to page."""
    candidates: defaultdict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
    explicit: set[int] = set()
    for index, (page, found) in enumerate(zip(pages, places, strict=True)):
        for line in _main(page):
            number = _NUMBER_ALONE.fullmatch(line.text) if id(line) in found else None
            if not number:
                continue
            if _SAYS_PAGE.fullmatch(line.text):
                explicit.add(id(line))
            place = found[id(line)]
            candidates[index - int(number[1]), place.text].append((index, id(line)))
    counted = {line for lines in candidates.values() if len({index for index, _ in lines}) > 1 for _, line in lines}
    return explicit | counted


def _is_only_witness(line: TextLine, place: _Place, body_numbers: set[str], kept: set[str]) -> bool:
    """Whether a head says a year or a longer number that the text itself does not, and is the first to say so."""
    numbers = [number for number in _DIGITS.findall(line.text) if len(number) >= 4]
    if place.text in kept or not any(number not in body_numbers for number in numbers):
        return False
    kept.add(place.text)
    return True
