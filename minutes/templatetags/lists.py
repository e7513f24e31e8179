"""What a line of a list says of a decision, and of the time between two meetings."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from django import template

from minutes.models import AgendaItem

from .markdown import plain

register = template.Library()

SAYS_NO_MORE = 5  # words: "Indstillingen blev godkendt." says no more than its mark does
MOST_WORDS = 26
_MARKED_UP = re.compile(r"[\n*_`\[\]<>#|\\&~]|^\s*(?:[-+]|\d+[.)]) ")
_QUIET_DAYS = 60  # meetings follow on one another every second week: a break shorter than this tells nothing


@register.filter
def gist(item: AgendaItem) -> str:
    """The sentence that carries the decision on `item`, in plain words, where it says more than its mark; the decision
    comes with `beginning` and outcomes. Blank where nothing more is to say."""
    decision = getattr(item, "decision", None)
    if decision is None:
        return ""
    return gist_of(decision.beginning, [outcome.sentence for outcome in decision.outcomes.all()])


def gist_of(beginning: str, sentences: Sequence[str]) -> str:
    """As `gist`, of a decision that begins so, with the sentences of its outcomes."""
    sentence = sentences[0] if sentences and sentences[0] else beginning
    words = (plain(sentence) if _MARKED_UP.search(sentence) else sentence).split()
    if len(words) > MOST_WORDS:
        return " ".join(words[:MOST_WORDS]) + " …"
    return "" if sentences and len(words) <= SAYS_NO_MORE else " ".join(words)


@register.filter
def time_since(later: datetime.date, earlier: datetime.date) -> str:
    """4 måneder senere, 1 år og 2 måneder senere; blank for a break that is none."""
    if (later - earlier).days < _QUIET_DAYS:
        return ""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    months -= later.day < earlier.day - 15  # to the nearest whole month
    months += later.day > earlier.day + 15
    years, months = divmod(max(months, 1), 12)
    parts = [f"{years} år"] if years else []
    if months:
        parts.append("1 måned" if months == 1 else f"{months} måneder")
    return f"{' og '.join(parts)} senere"
