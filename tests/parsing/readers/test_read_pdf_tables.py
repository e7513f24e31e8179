"""PDF: tables, made out from gaps that stand above each other; what is none stays text, and no word is lost."""

from collections.abc import Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas

from minutes.parsing.readers.pdf_geometry import Chunk, Font, Jump, TextLine
from minutes.parsing.readers.pdf_rows import pieces_of, rows_of
from minutes.parsing.readers.pdf_tables import arrange
from tests.parsing.readers.typeset import LEFT, RIGHT, lines_of, wrap

BUDGET = [
    ("Område", "2023", "2024", "Bemærkning"),
    ("Skoler", "12,5", "13,0", "Stiger"),
    ("Dagtilbud og klubber", "8,1", "8,0", ""),
    ("I alt", "20,6", "21,0", "Uændret"),
]


def draw_rows(canvas: Canvas, rows: Sequence[Sequence[str]], edges: Sequence[float], *, top: float = 745) -> float:
    for row in rows:
        for edge, text in zip(edges, row, strict=True):
            canvas.drawString(edge, top, text)
        top -= 18
    return top


@pytest.mark.parametrize("ruled", [False, True])
def test_columns_of_short_cells(ruled: bool) -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(LEFT, 770, "Økonomien ser sådan ud i år og de næste:")
        canvas.setFont("Helvetica-Bold", 11)
        draw_rows(canvas, BUDGET[:1], (80, 220, 280, 340))
        canvas.setFont("Helvetica", 11)
        below = draw_rows(canvas, BUDGET[1:], (80, 220, 280, 340), top=727)
        if ruled:
            canvas.grid([76, 210, 270, 330, 450], [759 - 18 * row for row in range(5)])
        wrap(canvas, "Efter tabellen fortsætter teksten.", top=below - 10)

    found = lines_of(page)
    assert [line.cells for line in found] == [None, *BUDGET, None]
    assert [line.header for line in found] == [False, True, False, False, False, False]


def test_cells_of_several_lines() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(LEFT, 770, "Fordeling af opgaver:")
        top = 745
        for left, right in (
            (["Udarbejdelse af plan for", "det kommende år"], ["Økonomi & Stab"]),
            (["Opfølgning"], ["Afdelingscheferne i", "fællesskab"]),
            (["Evaluering"], ["Direktionen"]),
        ):
            for edge, lines in ((80, left), (300, right)):
                for index, text in enumerate(lines):
                    canvas.drawString(edge, top - 13 * index, text)
            top -= 13 * max(len(left), len(right)) + 8

    assert [line.cells for line in lines_of(page)[1:]] == [
        ("Udarbejdelse af plan for det kommende år", "Økonomi & Stab"),
        ("Opfølgning", "Afdelingscheferne i fællesskab"),
        ("Evaluering", "Direktionen"),
    ]


def test_cells_that_stand_in_the_middle_of_their_row() -> None:
    def page(canvas: Canvas) -> None:
        for top, left, right in (
            (745, ["Skrive en mail ud til", "alle ansatte"], "1 time"),
            (705, ["Tilmelding"], "30"),
        ):
            for index, text in enumerate(left):
                canvas.drawString(80, top - 12 * index, text)
            canvas.drawString(300, top - 6 * (len(left) - 1), right)
        draw_rows(canvas, [("Hjælpe deltagere", "30 minutter"), ("I alt", "2 timer")], (80, 300), top=680)

    assert [line.cells for line in lines_of(page)] == [
        ("Skrive en mail ud til alle ansatte", "1 time"),
        ("Tilmelding", "30"),
        ("Hjælpe deltagere", "30 minutter"),
        ("I alt", "2 timer"),
    ]


def test_a_line_across_parts_two_tables() -> None:
    def page(canvas: Canvas) -> None:
        below = draw_rows(canvas, BUDGET, (80, 220, 280, 340))
        canvas.drawString(80, below, "Status på øvrige besparelsesforslag er pt. følgende:")
        draw_rows(canvas, [row[:3] for row in BUDGET], (80, 250, 310), top=below - 18)

    assert [line.cells for line in lines_of(page)] == [*BUDGET, None, *[row[:3] for row in BUDGET]]


def test_a_table_right_below_another_has_columns_of_its_own() -> None:
    people = [("Til stede:", "Anne Hansen og Bo Jensen"), ("Afbud:", "Ingen"), ("Referent:", "Carl Petersen")]

    def page(canvas: Canvas) -> None:
        below = draw_rows(canvas, BUDGET, (80, 220, 280, 340))
        draw_rows(canvas, people, (80, 150), top=below - 9)

    assert [line.cells for line in lines_of(page)] == [*BUDGET, *people]


def test_justified_text_is_no_table() -> None:
    words = [
        "Afdelingerne drøfter forslaget og sender svar inden",
        "sommerferien til direktionen som samler dem op",
        "og fremlægger en samlet indstilling til beslutning",
        "på det første møde efter ferien i august måned",
    ]

    def page(canvas: Canvas) -> None:
        for index, line in enumerate(words):
            parts = line.split()
            width = sum(canvas.stringWidth(part, "Helvetica", 11) for part in parts)
            gap = (RIGHT - LEFT - width) / (len(parts) - 1)
            left = float(LEFT)
            for part in parts:
                canvas.drawString(left, 750 - 14 * index, part)
                left += canvas.stringWidth(part, "Helvetica", 11) + gap

    assert [(line.cells, line.text) for line in lines_of(page)] == [(None, line) for line in words]


def test_one_line_with_a_gap_is_text_with_a_tab() -> None:
    found = lines_of(lambda canvas: draw_rows(canvas, [("Mødedato", "14. juni 2017")], (LEFT, 200)))
    assert [(line.cells, line.text) for line in found] == [(None, "Mødedato\t14. juni 2017")]


def test_words_whose_font_gives_them_no_width() -> None:
    """Found by changing bytes of a real file: words that end before they begin."""

    def line(row: int, *words: tuple[float, float]) -> TextLine:
        top = 14.0 * row
        jumps: tuple[Jump, ...] = (0, *[2] * (len(words) - 1))
        text = "et langt ord uden den bredde det skal have"
        chunks = [
            Chunk(text, left, top, right, top + 11, Font(), jump)
            for (left, right), jump in zip(words, jumps, strict=True)
        ]
        return TextLine(chunks, 9, 10 * row, 8 * len(words))

    lines = [line(row, (155 + row, 300), (320, 500)) for row in range(4)]
    lines += [line(4, (155, 456), (466, 517), (527, 72)), line(5, (82, 495), (501, 607))]
    blocks = arrange(rows_of(pieces_of(lines)))
    assert sum(len(block.pieces) for block in blocks) == 13
