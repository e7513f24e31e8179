"""Where the words of an item's text lead: to other meetings, their items, and cases."""

from __future__ import annotations

from django import template
from django.urls import reverse

from minutes.models import AgendaItem, Reference

from .danish import danish_date
from .links_in_text import Link
from .markdown import plain

register = template.Library()

_BEGINNING = 600  # characters of a decision; a list shows a line or two


@register.simple_tag
def reference_links(item: AgendaItem, position: int) -> tuple[Link, ...]:
    """The links in the text of `item` that stands at `position`: a section's or the decision's.

    They come from the references that `with_parts` has loaded, so that what the reader may not know of is no link; of
    an item without them there are none.
    """
    loaded = getattr(item, "_prefetched_objects_cache", {}).get("references", ())
    links = (_link(reference) for reference in loaded if reference.position == position)
    return tuple(link for link in links if link)


@register.filter
def first_words(item: AgendaItem) -> str:
    """What was decided on `item`, beyond the outcomes that are shown beside it; of a decision in a word or two what had
    been proposed. Its decision, outcomes and recommendations are loaded."""
    decision = item.decision
    words = plain(decision.text[:_BEGINNING])
    proposed = "; ".join(plain(one.text) for one in item.recommendations.all()) if decision.is_short else ""
    outcomes = {outcome.get_kind_display().casefold() for outcome in decision.outcomes.all()}
    if words.strip(" .").casefold() in outcomes:
        words = ""
    return f"{words} Indstillet: {proposed}".strip() if proposed else words


def _link(reference: Reference) -> Link | None:
    if reference.start is None or reference.end is None:
        return None
    words = " ".join(reference.words.split())
    if target := reference.target_item:
        address = reverse("item", args=[target.meeting.slug, target.number])
        return Link(reference.start, reference.end, address, f"{words}: {target.title}" if target.title else "")
    if meeting := reference.target_meeting:
        address = reverse("meeting", args=[meeting.slug])
        name = "" if str(meeting.date.year) in words else f"{words}: mødet {danish_date(meeting.date)}"
        return Link(reference.start, reference.end, address, name)
    if case := reference.target_case:
        return Link(reference.start, reference.end, reverse("case", args=[case.slug]))
    return None
