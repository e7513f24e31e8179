"""Tables that stand in text as lines of cells with tabs between them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minutes.parsing.readers.cleaning import clean

# Tags that an export leaves in its cells.
_TAG = re.compile(r"</?(?:b|i|u|em|strong|sub|sup|span|p)>|<br\s*/?>", re.IGNORECASE)
_BOLD_CELL = re.compile(r"\s*<(b|strong)>.*</\1>\s*", re.IGNORECASE)
# "Evt.....<tab>12", and also "Evt. <tab>12" with a page number alone after one tab.
_LEADER = re.compile(r"\.{3,}\s*\d*\s*$|\.{3,}\s*\t")
_PAGE = re.compile(r"[^\t]*\S[^\t]*\t+\s*\d{1,4}")
_CONTENTS_HEADING = re.compile(r"\W*(?:indhold|dagsorden|punkter|oversigt)", re.IGNORECASE)


def find_rows(lines: Sequence[str]) -> set[int]:
    """The indexes of those lines that are rows of a table.

    A row has tabs inside it. One line alone, with one tab, is as likely a label and its value; and the lines of a
    contents list end in dots, a tab and a page number.
    """
    rows: set[int] = set()
    block: list[int] = []
    heading = ""
    for index, line in enumerate([*lines, ""]):
        if _has_cells(line):
            block.append(index)
            continue
        if block:
            if _is_table([lines[row] for row in block], heading):
                rows.update(block)
            block = []
        heading = line or heading
    return rows


def _has_cells(line: str) -> bool:
    return "\t" in line.strip() or (line.startswith("\t") and "\t" in line.strip(" "))


def _is_table(block: list[str], heading: str) -> bool:
    if any(_LEADER.search(line) for line in block):
        return False
    if _CONTENTS_HEADING.match(heading) and all(_PAGE.fullmatch(line.rstrip()) for line in block):
        return False
    return len(block) > 1 or block[0].count("\t") > 1 or bool(_BOLD_CELL.match(block[0].split("\t")[0]))


def split_row(line: str) -> tuple[tuple[str, ...], bool]:
    """A row's cells, cleaned and without tags, and whether every cell that is not empty was bold."""
    raw = line.rstrip("\r\n").split("\t")
    bold = [bool(_BOLD_CELL.fullmatch(cell)) for cell in raw if cell.strip()]
    cells = tuple(" ".join(clean(_TAG.sub(" ", cell)).split()) for cell in raw)
    return cells, bool(bold) and all(bold)
