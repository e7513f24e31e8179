"""An item as plain text to be put into a mail or a case: where it stands, and what was decided."""

import re
from collections.abc import Iterator

from minutes.models import AgendaItem
from minutes.templatetags.danish import danish_date
from minutes.templatetags.items import proposed
from minutes.templatetags.markdown import plain

_ENTRY = re.compile(r"\s*(\d{1,9}[.)]|[-*+])\s+(?=\S)")


def citation(item: AgendaItem, address: str) -> str:
    """Chefforum 14. juni 2017, punkt 3: Titel (sag 00.01.00-P35-9-22) – https://arkiv.example/moeder/…"""
    return f"{_place(item)} – {address}"


def answer(item: AgendaItem, address: str) -> str:
    """The same with the decision between, and what was proposed where the decision says too little by itself."""
    decision = getattr(item, "decision", None)
    if decision is None:
        decided = "Der står ingen beslutning i referatet."
    else:
        decided = "Beslutning:\n" + "\n".join(_lines(decision.text))
    parts = [_place(item), decided]
    proposal = proposed(item)
    if proposal and (decision is None or decision.is_short):
        parts.append(f"Indstillet: {proposal}")
    return "\n\n".join([*parts, address])


def _place(item: AgendaItem) -> str:
    number = item.case.number if item.case else item.printed_case_number
    case = f" (sag {number})" if number else ""
    title = item.title or "Uden titel"
    return f"{item.meeting.body} {danish_date(item.meeting.date)}, punkt {item.number}: {title}{case}"


def _lines(markdown: str) -> Iterator[str]:
    """Line by line, so that paragraphs stay apart and a list keeps its numbers."""
    for line in markdown.splitlines():
        entry = _ENTRY.match(line)
        mark = entry[0].replace("*", "-").replace("+", "-") if entry else ""
        yield mark + plain(line[entry.end() :] if entry else line)
