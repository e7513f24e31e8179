"""What lists say about items."""

from collections.abc import Iterable

from django import template

from minutes.models import AgendaItem

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


@register.filter
def not_standing(items: Iterable[AgendaItem]) -> list[AgendaItem]:
    """Those that do not stand at every meeting, as approval of minutes and Evt. do."""
    return [item for item in items if not item.is_standing]
