"""The labels of the head ("Mødedato", "Sted:") and their values: behind them, in the next cell, or on the next line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from minutes.parsing.types import Line

# Labels that say enough by themselves, and those that also begin sentences and so need a colon, a tab or a line alone.
_LABELS = {
    "when": (r"møde(?:dato|dag)|dato for møde(?:t)?", r"dato|dag|tid og sted|dato og tid|dato/tid|tid/sted"),
    "time": (
        r"(?:start)?tidspunkt for møde(?:t)?|møde(?:tid(?:spunkt)?|start)(?=\s*[:\t\d]|\s+kl|$)|starttidspunkt",
        r"tid|tidspunkt|klokken|kl\.?|start|mødets start",
    ),
    "place": (r"mødested|mødelokale(?=\s*[:\t]|$)", r"sted|lokale|lokation|hvor"),
    "body": (r"udvalgets? navn", r"udvalg|forum|gremium|organ|møde i|råd|nævn|mødeforum|mødenavn"),
}
_INNER_LABEL = re.compile(rf"\s+(?=(?:{'|'.join('|'.join(pair) for pair in _LABELS.values())})\s*:)", re.IGNORECASE)
_LONGEST = 300  # characters of a line with several labels


def labelled_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines of the head, so that no line has more than one label."""
    return [piece for line in _paired(lines) for piece in _pieces(line)]


def value_of(text: str, name: str) -> str | None:
    """The value behind a label of that name, blank when it stands alone; None when the line has no such label."""
    plain, guarded = _LABELS[name]
    match = re.match(rf"(?:{plain})\s*(?:[:\t]\s*|\s+|$)(.*)$", text, re.IGNORECASE) or re.match(
        rf"(?:{guarded})\s*(?:[:\t]\s*(.*)|)$", text, re.IGNORECASE
    )
    return (match[1] or "").strip() if match else None


def label_of(text: str) -> str | None:
    return next((name for name in _LABELS if value_of(text, name) is not None), None)


def _own_value(text: str) -> str | None:
    name = label_of(text)
    return value_of(text, name) if name else None


def _paired(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, a row of labels and the row of their values beneath it turned into pairs."""
    labels: Line | None = None
    for line in lines:
        if labels is not None and labels.cells and line.cells and len(labels.cells) == len(line.cells):
            pairs = zip(labels.cells, line.cells, strict=True)
            yield from (replace(line, text=f"{label}: {value}", cells=None) for label, value in pairs if label or value)
            labels = None
            continue
        if labels is not None:
            yield labels
        labels = line if line.cells and sum(_own_value(cell) == "" for cell in line.cells) > 1 else None
        if labels is None:
            yield line
    if labels is not None:
        yield labels


def _pieces(line: Line) -> Iterator[Line]:
    """A line of several labels ("Dato: …  Sted: …"), in cells or one behind the other, as a line each."""
    texts = [line.text]
    if line.cells is None and len(line.text) < _LONGEST and label_of(line.text):
        texts = _INNER_LABEL.split(line.text)
    elif line.cells is not None and any(label_of(cell) for cell in line.cells):
        texts = []
        for cell in filter(None, line.cells):
            if texts and label_of(texts[-1]) and _own_value(texts[-1]) == "" and not label_of(cell):
                texts[-1] += f"\t{cell}"
            else:
                texts.append(cell)
    if texts == [line.text]:
        yield line
    else:
        yield from (replace(line, text=text, markdown=None, cells=None) for text in texts)
