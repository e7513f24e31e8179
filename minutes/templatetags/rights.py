"""What templates ask about who is looking. What may be seen is decided in `minutes.models.access`."""

from django import template

from minutes.models import reader_of
from minutes.models.access import User

register = template.Library()


@register.filter
def reads(user: User) -> bool:
    """Whether `user` may read open items at all; None and blank are nobody, as on a page without a request."""
    return reader_of(user or None).reads


@register.filter
def handles_sources(user: User) -> bool:
    """Whether `user` may upload, and sees drafts."""
    return reader_of(user or None).handles_sources


@register.filter
def may(user: User, right: str) -> bool:
    """Whether `user` has that right ("minutes.erase")."""
    return bool(user) and user.has_perm(right)
