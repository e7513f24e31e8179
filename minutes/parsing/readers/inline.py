"""Runs of characters with emphasis and links, written as plain text and as inline CommonMark."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

LINK_SCHEMES = frozenset({"http", "https", "mailto"})


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that share one look."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Inline:
    """A line's text, its CommonMark where it carries emphasis or links, and whether all of it is bold."""

    text: str
    markdown: str | None
    bold: bool


def escape(text: str) -> str:
    """Text in which no character reads as inline CommonMark; an underscore inside a word needs nothing."""
    text = re.sub(r"([\\`*\[\]<])", r"\\\1", text)
    text = re.sub(r"(?<!\w)_|_(?!\w)", r"\\_", text)
    return re.sub(r"&(?=#?\w+;)", r"\\&", text)


def join(runs: Iterable[Run]) -> Inline:
    """Runs of one line → its text and CommonMark. Blanks at both ends of the line go."""
    merged = _merge(runs)
    text = "".join(run.text for run in merged)
    shown = [run for run in merged if run.text.strip()]
    bold = bool(shown) and all(run.bold for run in shown)
    if not any(run.bold or run.italic or run.link for run in shown):
        return Inline(text, None, bold=False)
    return Inline(text, _markdown(merged), bold)


def _merge(runs: Iterable[Run]) -> list[Run]:
    """Neighbours of one look made one, blanks between them given to the run before, ends trimmed."""
    looks: list[tuple[bool, bool, str | None]] = []
    texts: list[str] = []
    for run in runs:
        if not run.text:
            continue
        look = (run.bold, run.italic, run.link)
        if texts and (look == looks[-1] or run.text.isspace()):
            texts[-1] += run.text
        else:
            looks.append(look)
            texts.append(run.text)
    while texts and texts[0].isspace():
        del looks[0], texts[0]
    if texts:
        texts[0] = texts[0].lstrip()
        texts[-1] = texts[-1].rstrip()
    return [Run(text, *look) for text, look in zip(texts, looks, strict=True)]


def _markdown(runs: list[Run]) -> str:
    written: list[str] = []
    for position, run in enumerate(runs):
        core = run.text.strip()
        if not core:
            written.append(run.text)
            continue
        start = run.text.index(core)
        lead, trail = run.text[:start], run.text[start + len(core) :]
        before = lead[-1:] or (runs[position - 1].text[-1:] if position else "")
        after = trail[:1] or (runs[position + 1].text[:1] if position + 1 < len(runs) else "")
        shown = escape(core)
        if run.link and urlsplit(run.link).scheme.lower() in LINK_SCHEMES:
            target = re.sub(r"[\s<>\\]", lambda found: f"%{ord(found[0]):02X}", run.link)
            shown = f"[{shown}](<{target}>)"
            core = "[]"
        marks = "*" * (2 * run.bold + run.italic)
        if marks and _opens(before, core[0]) and _closes(core[-1], after):
            shown = f"{marks}{shown}{marks}"
        written.append(f"{lead}{shown}{trail}")
    return "".join(written)


def _opens(before: str, first: str) -> bool:
    """Whether CommonMark reads asterisks between these two characters as an opening (left-flanking) run."""
    return not before or not _is_punctuation(first) or before.isspace() or _is_punctuation(before)


def _closes(last: str, after: str) -> bool:
    return not after or not _is_punctuation(last) or after.isspace() or _is_punctuation(after)


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"
