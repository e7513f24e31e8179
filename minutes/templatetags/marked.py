"""What is left to say of a hit when some of it stands above already."""

from django import template

from minutes.search.answers import Marked, Piece

register = template.Library()


@register.filter
def beyond(text: Marked, shown: Marked) -> Marked:
    """`text` without what is `shown` at its beginning; empty when nothing in the rest is marked."""
    if not shown or not _words(text).startswith(_words(shown)):
        return text
    skipped, rest = len(_words(shown)), []
    for piece in text:
        left = piece.text[skipped:]
        skipped = max(0, skipped - len(piece.text))
        if left:
            rest.append(Piece(left, piece.is_marked))
    return tuple(rest) if any(piece.is_marked for piece in rest) else ()


@register.filter
def says(text: Marked, shown: Marked) -> bool:
    """Whether the words of `shown` stand in `text`."""
    return bool(shown) and _words(shown) in _words(text)


def _words(text: Marked) -> str:
    return "".join(piece.text for piece in text)
