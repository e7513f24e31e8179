"""What is known of a PDF page's text: lines, the runs they are made of, and where these stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

WIDE = 0.5  # of the type size: a gap that may part two columns; a blank is 0.25-0.33 wide
LONGEST_MARKER = 5  # characters: "viii.", "(12)"

# Between two words: a blank; a wide gap that begins with a blank of the run before; a wide gap without a blank. Text
# set to both margins has gaps of the second kind. So have tables of some programs; others make the third kind there.
Jump = Literal[0, 1, 2]
Place = tuple[float, float, float, float]  # left, top, right, bottom from the upper left corner


@dataclass(frozen=True, slots=True)
class Font:
    """What the name of a font tells."""

    bold: bool = False
    italic: bool = False
    symbol: bool = False


@dataclass(slots=True)
class Chunk:
    """Words of one font with plain blanks between them. Tops and bottoms count from the page's upper edge."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    font: Font
    jump: Jump = 0  # how it was set apart from the chunk before
    first_right: float = 0.0  # the right edge of its first word
    second_left: float | None = None  # the left edge of its second word, where it was looked up


@dataclass(slots=True)
class TextLine:
    """What PDFium takes for one line."""

    chunks: list[Chunk]
    size: float
    order: int  # of its first character in the page's stream
    words: int
    even: bool = False  # its gaps are wide and alike, as when a line is stretched to fill its measure

    @property
    def text(self) -> str:
        """The words with blanks between them."""
        return " ".join([chunk.text for chunk in self.chunks])


@dataclass(slots=True)
class PageText:
    """The lines of a page by direction: the first list is the one most characters run in."""

    groups: list[list[TextLine]] = field(default_factory=list)
    width: float = 0.0
    height: float = 0.0
    characters: int = 0
    meaningless: int = 0  # of them
    upright: bool = True  # neither the page nor its main text is turned
    checked: int = 0  # lines of which it was asked whether their font tells what its characters mean
    unmapped: int = 0  # and how many did not


@dataclass(frozen=True, slots=True)
class Frame:
    """From PDF coordinates to what a reader sees, for text that runs in one of four directions."""

    left: float
    bottom: float
    right: float
    top: float

    def turn(self, quadrant: int, box: Place) -> Place:
        """A box as seen where text was turned by so many times 90° against the clock."""
        left, top, right, bottom = box
        if quadrant == 1:
            return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
        if quadrant == 2:
            return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
        if quadrant == 3:
            return self.top - top, self.right - right, self.top - bottom, self.right - left
        return left - self.left, self.top - top, right - self.left, self.top - bottom
