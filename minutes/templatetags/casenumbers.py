"""Words about case numbers."""

from collections.abc import Iterable

from django import template

from minutes.kle import main_group_name
from minutes.models import AgendaItem

register = template.Library()

OTHERS = "Andre numre"


@register.filter
def main_group_heading(main_group: str) -> str:
    """00 Kommunens styrelse; the digits alone where KLE has no such group, and a word for other bodies' numbers."""
    if not main_group:
        return OTHERS
    return " ".join(filter(None, (main_group, main_group_name(main_group))))


@register.filter
def subject_heading(code: str) -> str:
    """As `main_group_heading`, for groups and subjects too: they are named by their code alone, as their titles are
    KL's."""
    return code if len(code) > 2 else main_group_heading(code)


@register.filter
def titles(items: Iterable[AgendaItem]) -> str:
    """The first two different titles of `items`, and a word when there are more."""
    different = list(dict.fromkeys(item.title or "Uden titel" for item in items))
    return " · ".join(different[:2]) + (" m.fl." if len(different) > 2 else "")
