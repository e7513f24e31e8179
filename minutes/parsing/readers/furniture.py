"""Running heads, running feet and page numbers: printed on the page, but no part of the text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from minutes.parsing.readers.pdf_geometry import PageText, TextLine

ZONE = 0.13  # of the page's height, at the top and at the bottom
SAME_HEIGHT = 2.0  # points
SHARE = 0.6  # of all pages, and of the pages that have anything at that height
EVERY_OTHER = 0.4  # of all pages: left and right pages may have heads of their own
FEWEST = 3  # pages: on two, chance is as likely
FEWEST_SMALL = 2  # but not in small type
SMALL = 0.92  # of the text's type size
OFFSETS = (0, -1, -2, 1)  # from the file's page to the number printed on it: covers may not count
_LONG_NUMBER = re.compile(r"\d{4,}")
_NUMBER_ALONE = re.compile(
    r"\W*(?:side|s\.|page|p\.)?\s*(\d{1,4})(?:\s*(?:af|of|/|-|ud af)\s*\d{1,4})?\W*", re.IGNORECASE
)
_SAYS_PAGE = re.compile(r"\W*(?:side|page)\s*\d{1,4}(?:\s*(?:af|of|/|ud af)\s*\d{1,4})?\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a line in a page's upper or lower zone stands, and its text with the page's number blotted out.

    No other number is: case numbers stand at the same height on every page that begins an item.
    """

    height: int
    text: str
    size: float


Places = dict[int, tuple[_Place, ...]]  # by the identity of a line


def drop_furniture(pages: Sequence[PageText]) -> None:
    """Take running heads, feet and page numbers out of the pages' main text.

    A head goes when the same words stand at the same height on several pages, and hardly anything else stands at that
    height on others: a heading such as "Beslutning" may top three pages of ten, but then other text tops the others.
    No head is larger than the text, and none stands inside it. One that holds a number found nowhere else, such as
    the meeting's date, stays on its first page.
    """
    places = [
        {id(line): _places(line, index) for line in _outer_lines(page)} for index, page in enumerate(pages, start=1)
    ]
    furniture = _repeated(places, _body_size(pages))
    numbers = _page_numbers(pages, places)
    gone = {
        id(line)
        for page, found in zip(pages, places, strict=True)
        for line in _from_the_edges(page, found, numbers, furniture)
    }
    if gone:
        _drop(pages, gone)


def _drop(pages: Sequence[PageText], gone: set[int]) -> None:
    """Take lines away, but for the first that says a number found nowhere in the text."""
    said: set[str] | None = None
    for page in pages:
        kept = []
        for line in _main(page):
            if id(line) in gone:
                numbers = set(_LONG_NUMBER.findall(line.text))
                if numbers and said is None:
                    said = _numbers_of_the_text(pages, gone)
                if not numbers or said is None or numbers <= said:
                    continue
                said |= numbers
            kept.append(line)
        if page.groups:
            page.groups[0] = kept


def _numbers_of_the_text(pages: Sequence[PageText], gone: set[int]) -> set[str]:
    return {
        number
        for page in pages
        for line in _main(page)
        if id(line) not in gone
        for number in _LONG_NUMBER.findall(line.text)
    }


def _main(page: PageText) -> list[TextLine]:
    return page.groups[0] if page.groups else []


def _outer_lines(page: PageText) -> Iterator[TextLine]:
    upper, lower = ZONE * page.height, (1 - ZONE) * page.height
    for line in _main(page):
        first = line.chunks[0]
        if first.bottom <= upper or first.top >= lower:
            yield line


def _from_the_edges(page: PageText, found: Places, numbers: set[int], furniture: set[_Place]) -> Iterator[TextLine]:
    """The furniture of a page: nothing of its text stands between it and the page's edge."""
    outer = sorted(_outer_lines(page), key=lambda line: line.chunks[0].top)
    middle = page.height / 2
    upper = [line for line in outer if line.chunks[0].top < middle]
    lower = [line for line in reversed(outer) if line.chunks[0].top >= middle]
    for lines in (upper, lower):
        for line in lines:
            if id(line) not in numbers and furniture.isdisjoint(found[id(line)]):
                break
            yield line


def _places(line: TextLine, index: int) -> tuple[_Place, ...]:
    """The line's place as it stands, and with the number blotted out that may be the page's."""
    height, text, size = round(line.chunks[0].bottom / SAME_HEIGHT), line.text, line.size
    places = [_Place(height, text, size)]
    for offset in OFFSETS:
        number = str(index + offset)
        if number in text:
            blotted = re.sub(rf"(?<!\d){number}(?!\d)", f"#{offset}", text)
            places.append(_Place(height, blotted, size))
    return tuple(places)


def _body_size(pages: Sequence[PageText]) -> float:
    sizes: defaultdict[float, int] = defaultdict(int)
    for page in pages:
        for line in _main(page):
            sizes[line.size] += line.words
    return max(sizes, key=lambda size: sizes[size], default=0.0)


def _repeated(places: Sequence[Places], body: float) -> set[_Place]:
    """The places whose words stand there page after page, or on every other page."""
    on_pages: defaultdict[_Place, set[int]] = defaultdict(set)
    at_height: defaultdict[int, set[int]] = defaultdict(set)
    for index, found in enumerate(places):
        for place in {place for candidates in found.values() for place in candidates}:
            on_pages[place].add(index)
            at_height[place.height].add(index)
    repeated: set[_Place] = set()
    for place, pages in on_pages.items():
        is_small = place.size < SMALL * body
        if place.size > body or len(pages) < (FEWEST_SMALL if is_small else FEWEST):
            continue
        others = at_height[place.height] - pages
        everywhere = len(pages) >= SHARE * len(places) and len(pages) >= SHARE * len(pages | others)
        rivals = [found for rival, found in on_pages.items() if rival.height == place.height and rival != place]
        if everywhere or (len(pages) >= EVERY_OTHER * len(places) and _is_on_one_side(pages, others, rivals, is_small)):
            repeated.add(place)
    return repeated


def _is_on_one_side(pages: set[int], others: set[int], rivals: Sequence[set[int]], is_small: bool) -> bool:
    """Whether a head stands on left or right pages alone, and the pages that face them have a head of their own.

    Where the facing pages have none, only small print counts: text may begin at that height on every other page, too.
    """
    side = {index % 2 for index in pages}
    if len(side) > 1 or any(index % 2 in side for index in others):
        return False
    return any(others <= found for found in rivals) if others else is_small


def _page_numbers(pages: Sequence[PageText], places: Sequence[Places]) -> set[int]:
    """The lines that are a page's number and nothing else, and count on from page to page."""
    counting: defaultdict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    explicit: set[int] = set()
    for index, (page, found) in enumerate(zip(pages, places, strict=True)):
        for line in _main(page):
            number = _NUMBER_ALONE.fullmatch(line.text) if id(line) in found else None
            if not number:
                continue
            if _SAYS_PAGE.fullmatch(line.text):
                explicit.add(id(line))
            counting[index - int(number[1]), found[id(line)][0].height].append((index, id(line)))
    counted = {line for lines in counting.values() if len({index for index, _ in lines}) > 1 for _, line in lines}
    return explicit | counted
