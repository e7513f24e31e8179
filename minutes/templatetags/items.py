"""What lists say about items."""

import functools

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from minutes.models import AgendaItem, Decision, OutcomeKind

from .markdown import plain

register = template.Library()

PROPOSAL = "indstilling"


@register.filter
def proposed(item: AgendaItem) -> str:
    """What was proposed on `item`, whose parts are loaded, in plain words on one line: its "at …" lines, or the whole
    Indstilling where it has none; blank where nothing was proposed."""
    lines = [recommendation.text for recommendation in item.recommendations.all()]
    if lines:
        return "; ".join(map(plain, lines))
    return " ".join(plain(section.text) for section in item.sections.all() if section.kind == PROPOSAL)


@register.simple_tag
def outcome_marks(decision: Decision) -> SafeString:
    """What `decision` did, in a word each, as components/outcomes.html shows it; its outcomes are loaded."""
    return marks_of(tuple(outcome.kind for outcome in decision.outcomes.all()))


@register.simple_tag
def marks_of(kinds: tuple[str, ...]) -> SafeString:
    """The same for outcomes of those kinds."""
    return (_drawn.__wrapped__ if settings.DEBUG else _drawn)(kinds)  # in development templates change


@functools.lru_cache(maxsize=1024)
def _drawn(kinds: tuple[str, ...]) -> SafeString:
    """A page may have hundreds, and most of them say the same."""
    return render_to_string("components/outcomes.html", {"outcomes": [OutcomeKind(kind) for kind in kinds]})
