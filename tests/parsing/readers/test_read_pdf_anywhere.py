"""PDF: wherever text stands on a page, it is read without an error, and none of it is lost."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from tests.parsing.readers.typeset import lines_of

WORDS = "budget", "møde", "sag", "Ål"


@st.composite
def layouts(draw: st.DrawFn) -> list[tuple[float, float, str, int, bool]]:
    """Texts with place, size and weight: few wide columns or many narrow ones, none drawn over another."""
    columns, width, most = draw(st.sampled_from([(2, 260, 8), (3, 170, 5), (6, 86, 2)]))
    leading = draw(st.sampled_from([14, 18, 26]))
    slots = st.tuples(st.integers(0, columns - 1), st.integers(0, 24))
    found = []
    for column, row in draw(st.lists(slots, min_size=1, max_size=50, unique=True)):
        text = " ".join(WORDS[(column + row + index) % len(WORDS)] for index in range(draw(st.integers(1, most))))
        left = 40 + width * column + draw(st.sampled_from([0, 0, 0, 4, 9]))
        top = 760 - leading * row - draw(st.sampled_from([0, 0, 0, 2, 4]))
        found.append((left, top, text, draw(st.sampled_from([9, 9, 9, 7])), draw(st.booleans())))
    return found


@settings(max_examples=80, deadline=None)
@given(layouts())
def test_no_letter_is_lost(layout: list[tuple[float, float, str, int, bool]]) -> None:
    def page(canvas: Canvas) -> None:
        for left, top, text, size, bold in layout:
            canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
            canvas.drawString(left, top, text)

    read = " ".join(f"{line.marker or ''} {line.text}" for line in lines_of(page))
    assert _letters(read) == _letters(" ".join(text for _, _, text, _, _ in layout))


def _letters(text: str) -> Counter[str]:
    return Counter(character for character in text if character.isalpha())
