"""PDF: running heads, feet and page numbers go; what only looks like them stays."""

from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.parsing.readers.typeset import LEFT, RIGHT, lines_of, write

BODY = ["Chefforum drøftede sagen.", "Den tages op igen på næste møde."]


def page(
    body: list[str], *, head: str = "", foot: str = "", size: float = 8, heading: str = ""
) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", size)
        canvas.drawString(LEFT, 810, head)
        canvas.drawCentredString((LEFT + RIGHT) / 2, 30, foot)
        canvas.setFont("Helvetica-Bold", 11)
        canvas.drawString(LEFT, 775, heading)
        canvas.setFont("Helvetica", 11)
        write(canvas, body, top=740)

    return draw


def texts(*pages: Callable[[Canvas], None]) -> list[str]:
    return [line.text for line in lines_of(*pages)]


@pytest.mark.parametrize("foot", ["{n}", "Side {n} af 4", "- {n} -", "{n}/4", "Referat side {n}"])
@pytest.mark.parametrize("size", [8, 11])
def test_heads_and_page_numbers(foot: str, size: float) -> None:
    pages = [page([f"Side {'abcd'[n]}"], head="Albertslund", foot=foot.format(n=n + 1), size=size) for n in range(4)]
    assert texts(*pages) == ["Side a", "Side b", "Side c", "Side d"]


def test_heads_of_left_and_right_pages() -> None:
    pages = [page([f"Side {'abcdef'[n]}"], head="Referat" if n % 2 else "Chefforum", size=11) for n in range(6)]
    assert texts(*pages) == [f"Side {letter}" for letter in "abcdef"]


def test_page_numbers_that_do_not_count_the_cover() -> None:
    pages = [page([f"Side {'abc'[n]}"], foot=str(n) if n else "") for n in range(3)]
    assert texts(*pages) == ["Side a", "Side b", "Side c"]


def test_case_numbers_at_one_height_stay() -> None:
    pages = [page(BODY, heading=f"00.01.10-A00-{n}-17") for n in (3, 5, 8, 9)]
    assert texts(*pages)[::3] == ["00.01.10-A00-3-17", "00.01.10-A00-5-17", "00.01.10-A00-8-17", "00.01.10-A00-9-17"]


def test_headings_at_the_top_of_some_pages_stay() -> None:
    tops = ["Beslutning", "Anledning", "Beslutning", "Bilag", "Beslutning", "Indstilling"]
    assert [text for text in texts(*[page(BODY, heading=top) for top in tops]) if text in tops] == tops


def test_large_headings_at_the_top_of_every_page_stay() -> None:
    assert texts(*[page([f"Tekst {n}"], head="Beslutning", size=14) for n in "abc"]).count("Beslutning") == 3


def test_in_a_file_of_two_pages_only_small_print_goes() -> None:
    assert texts(*[page([f"Tekst {n}"], head="Anledning", size=11) for n in "ab"]).count("Anledning") == 2
    assert texts(*[page([f"Tekst {n}"], head="Albertslund", size=7) for n in "ab"]) == ["Tekst a", "Tekst b"]


def test_a_date_that_only_the_head_tells_is_kept_once() -> None:
    pages = [page([f"Tekst {n}"], head="Chefforum 14. juni 2017", foot=f"Side {n}") for n in (1, 2, 3)]
    assert texts(*pages) == ["Chefforum 14. juni 2017", "Tekst 1", "Tekst 2", "Tekst 3"]


def test_a_number_in_the_text_is_no_page_number() -> None:
    assert texts(page(["I alt", "27"])) == ["I alt", "27"]
