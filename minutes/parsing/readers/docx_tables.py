"""Rows and cells of Word tables, merged cells among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from minutes.parsing.readers.docx_styles import Element, W, number, switch

MOST_COLUMNS = 200  # Word allows 63; a file that states millions is broken
LONG_CELL = 3  # paragraphs in one cell; more, and the table only places text on the page


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in the table's grid. `element` is None where a merged cell goes on: its text stands once."""

    element: Element | None


def rows_of(table: Element) -> Iterator[Element]:
    """The rows of a table, deleted ones left out, those in content controls taken in."""
    for child in table.iterchildren():
        if child.tag == W + "tr":
            properties = child.find(W + "trPr")
            if properties is None or properties.find(W + "del") is None:
                yield child
        elif child.tag in (W + "sdt", W + "sdtContent", W + "ins", W + "customXml"):
            yield from rows_of(child)


def cells_of(row: Element) -> list[Cell]:
    """A row's cells, one for each column that it spans."""
    properties = row.find(W + "trPr")
    before = number(properties.find(W + "gridBefore")) if properties is not None else None
    cells = [Cell(None)] * min(before or 0, MOST_COLUMNS)
    for cell in _cells(row):
        own = cell.find(W + "tcPr")
        span = number(own.find(W + "gridSpan")) if own is not None else None
        merge = own.find(W + "vMerge") if own is not None else None
        goes_on = merge is not None and merge.get(W + "val") != "restart"
        # A cell that goes on from the row above is empty; where a program wrote text into it, nothing is lost.
        has_text = next(cell.iter(W + "t"), None) is not None
        cells.append(Cell(None if goes_on and not has_text else cell))
        cells.extend([Cell(None)] * min(max((span or 1) - 1, 0), MOST_COLUMNS))
    return cells


def _cells(row: Element) -> Iterator[Element]:
    for child in row.iterchildren():
        if child.tag == W + "tc":
            yield child
        elif child.tag in (W + "sdt", W + "sdtContent", W + "customXml"):
            yield from _cells(child)


def is_layout(rows: list[list[Cell]]) -> bool:
    """Whether a table only places paragraphs on the page: one column, tables within it, or long texts."""
    if all(len(cells) <= 1 for cells in rows):
        return True
    for cells in rows:
        for cell in cells:
            if cell.element is None:
                continue
            if next(cell.element.iter(W + "tbl"), None) is not None:
                return True
            filled = sum(
                1 for paragraph in cell.element.iter(W + "p") if next(paragraph.iter(W + "t"), None) is not None
            )
            if filled > LONG_CELL:
                return True
    return False


def is_header(row: Element) -> bool:
    """Whether Word repeats the row at the top of every page."""
    return bool(switch(row.find(W + "trPr"), "tblHeader"))
