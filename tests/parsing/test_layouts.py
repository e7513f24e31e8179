"""The same minutes in many layouts are the same minutes."""

import io
import re
from collections.abc import Callable

import pytest
from docx import Document

from minutes.parsing import assemble, readers
from tests.parsing.layouts import DATE, EXPECTED, LAYOUTS, PLACE, POINTS, TITLE, saved
from tests.parsing.test_golden import outline


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_every_layout_says_the_same(layout: Callable[[], bytes]) -> None:
    parsed = outline(assemble.parse(readers.read(layout())))
    assert uncounted(parsed) == uncounted(EXPECTED)


def uncounted(text: str) -> str:
    """Without the numbers of list entries: Word counts on from one list to the next."""
    return re.sub(r"^( +)\d+\. ", r"\1# ", text, flags=re.MULTILINE)


def test_the_whole_agenda_as_one_table() -> None:
    """As trade unions and MED committees write: number, matter, decision, who acts."""
    document = Document()
    for text in (TITLE, f"Mødedato {DATE}", f"Mødested {PLACE}"):
        document.add_paragraph(text)
    table = document.add_table(1, 4)
    for cell, text in zip(table.rows[0].cells, ("Nr.", "Emne", "Beslutning", "Ansvarlig"), strict=True):
        cell.text = text
    for point in POINTS:
        cells = table.add_row().cells
        decision = next(str(lines[0]) for heading, lines in point.sections if heading == "Beslutning")
        for cell, text in zip(cells, (str(point.number), point.title, decision, "HR"), strict=True):
            cell.text = text
    parsed = assemble.parse(readers.read(saved(document)))
    assert [(item.number, item.title, item.decision) for item in parsed.items] == [
        (1, "Godkendelse af dagsorden og referat", "Godkendt."),
        (2, "Ny model for intern rekruttering", "Godkendt med den ændring, at evalueringen rykkes til november."),
        (3, "Evt.", "Intet til referat."),
    ]
    assert all([section.kind for section in item.sections] == ["beslutning", "ansvarlig"] for item in parsed.items)


def test_a_line_break_ends_a_line() -> None:
    """Shift+Enter in Word: heading, case number and text in one paragraph."""
    document = Document()
    for text in (TITLE, f"Mødedato {DATE}"):
        document.add_paragraph(text)
    for text in ("Punkt 1: CF - Budget\n00.30.00-A00-3-24", "Beslutning\nGodkendt.\nDrøftes igen i marts."):
        document.add_paragraph(text)
    (item,) = assemble.parse(readers.read(saved(document))).items
    assert (item.title, item.case_number) == ("Budget", "00.30.00-A00-3-24")
    assert item.decision is not None
    assert item.decision.split() == "Godkendt. Drøftes igen i marts.".split()


def test_a_page_number_for_every_part() -> None:
    layout = next(one for one in LAYOUTS if one.__name__ == "pdf_headings")
    parsed = assemble.parse(readers.read(layout()))
    pages = [section.span.page for item in parsed.items for section in item.sections]
    assert pages == sorted(pages, key=lambda page: page or 0)
    assert None not in pages
    assert {item.span.page for item in parsed.items} <= set(range(1, 4))


def test_the_reader_is_given_whole_files() -> None:
    """A file of several layouts at once would be hard to tell: the fixtures themselves are valid Word files."""
    for layout in LAYOUTS:
        if layout.__name__.startswith("word"):
            assert Document(io.BytesIO(layout())).paragraphs
