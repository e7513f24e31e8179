"""An item whose sections are put otherwise than they were read: what hangs on their texts is read from these anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from minutes.parsing import attachments, proposals
from minutes.parsing.flow import Vocabulary
from minutes.parsing.limits import Limits
from minutes.parsing.readers.markdown import read_markdown
from minutes.parsing.sections import ATTACHMENTS, RECOMMENDATION
from minutes.parsing.types import Item, Line, Section


def with_sections(item: Item, sections: tuple[Section, ...]) -> Item:
    """`item` with `sections` for its own; proposals and attachments are read anew where their texts are others."""
    changed = replace(item, sections=sections)
    if _texts(sections, RECOMMENDATION) != _texts(item.sections, RECOMMENDATION):
        changed = replace(changed, proposals=_read(sections, RECOMMENDATION, proposals.recognise))
    if _texts(sections, ATTACHMENTS) != _texts(item.sections, ATTACHMENTS):
        changed = replace(changed, attachments=_read(sections, ATTACHMENTS, attachments.recognise))
    return changed


def _texts(sections: Sequence[Section], kind: str) -> list[str]:
    return [section.text for section in sections if section.kind == kind]


def _read[T](
    sections: Sequence[Section], kind: str, recognise: Callable[[Sequence[Line], Vocabulary], tuple[T, ...]]
) -> tuple[T, ...]:
    found: list[T] = []
    for text in _texts(sections, kind):
        lines = lines_of(text)
        found.extend(recognise(lines, Vocabulary.of(lines)))
    return tuple(found)


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a section's text, which is Markdown. A text of any length is one that the archive holds already."""
    limits = Limits(max_line_characters=max(1, len(text)))
    return read_markdown(text.encode(), limits).lines
