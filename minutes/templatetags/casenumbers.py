"""Words about case numbers."""

from django import template

from minutes.kle import main_group_name

register = template.Library()


@register.filter
def main_group_heading(main_group: str) -> str:
    """00 Kommunens styrelse; the digits alone where KLE has no such group, and a word for other bodies' numbers."""
    if not main_group:
        return "Andre numre"
    return " ".join(filter(None, (main_group, main_group_name(main_group))))
