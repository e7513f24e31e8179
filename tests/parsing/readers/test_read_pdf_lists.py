"""PDF: list entries by their markers, set or drawn, and their nesting by where they stand."""

import pytest
from reportlab.pdfgen.canvas import Canvas

from minutes.parsing.types import Line
from tests.parsing.readers.typeset import LEFT, lines_of, wrap


def entries(lines: tuple[Line, ...]) -> list[tuple[str | None, int, str]]:
    return [(line.marker, line.depth, line.text) for line in lines]


def test_bullets_set_as_characters() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(LEFT, 770, "Der arbejdes med:")
        for top, left, font, bullet, text in (
            (750, 10, "Helvetica", "•", "første punkt"),
            (736, 30, "Courier", "o", "underpunkt"),
            (722, 10, "Symbol", "\u00b7", "andet punkt"),
            (708, 10, "Helvetica", "–", "tredje punkt"),
        ):
            canvas.setFont(font, 11)
            canvas.drawString(LEFT + left, top, bullet)
            canvas.setFont("Helvetica", 11)
            canvas.drawString(LEFT + left + 14, top, text)

    assert entries(lines_of(page)) == [
        (None, 0, "Der arbejdes med:"),
        ("-", 0, "første punkt"),
        ("-", 1, "underpunkt"),
        ("-", 0, "andet punkt"),
        ("-", 0, "tredje punkt"),
    ]


def test_bullets_drawn_as_dots() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(LEFT, 770, "Der arbejdes med:")
        for top, left, text in ((750, 0, "Første punkt"), (722, 0, "Andet punkt"), (708, 20, "Underpunkt")):
            canvas.circle(LEFT + left + 14, top + 3.5, 1.5, stroke=0, fill=1)
            canvas.drawString(LEFT + left + 24, top, text)
        canvas.drawString(LEFT + 24, 736, "uden prik")
        canvas.line(LEFT + 12, 690, LEFT + 12, 670)
        canvas.drawString(LEFT + 24, 680, "ved en streg")

    assert entries(lines_of(page)) == [
        (None, 0, "Der arbejdes med:"),
        ("-", 0, "Første punkt"),
        (None, 0, "uden prik"),
        ("-", 0, "Andet punkt"),
        ("-", 1, "Underpunkt"),
        (None, 0, "ved en streg"),
    ]


@pytest.mark.parametrize("gap", [18, 40])
def test_numbers_and_the_lines_below_them(gap: int) -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(LEFT, 770, "Kommunaldirektøren indstiller,")
        top = 750.0
        for number, text in (
            (9, "at Chefforum godkender planen for samarbejdet i alle afdelinger"),
            (10, "at det sker"),
        ):
            canvas.drawString(LEFT + 10, top, f"{number}.")
            top = wrap(canvas, text, top=top, left=LEFT + 10 + gap, right=400)

    found = lines_of(page)
    assert entries(found)[1:] == [
        ("9.", 0, found[1].text),
        (None, 0, found[2].text),
        ("10.", 0, "at det sker"),
    ]
    assert f"{found[1].text} {found[2].text}" == "at Chefforum godkender planen for samarbejdet i alle afdelinger"
    assert [line.continues for line in found] == [False, False, True, False]


def test_a_date_opens_no_list() -> None:
    found = lines_of(lambda canvas: canvas.drawString(LEFT, 700, "14. juni 2017 besluttede Chefforum det samme"))
    assert entries(found) == [(None, 0, "14. juni 2017 besluttede Chefforum det samme")]
