"""What the archive lacks, in parts: each with how much it is, its first rows, and all of them on pages of its own."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from minutes.models import AgendaItem, Attachment, Meeting, Reader, SourceDocument, reader_of
from minutes.models.gaps import Gaps
from minutes.models.versions import kept_while_unchanged

from .access import reading

FEW, MANY = 10, 50  # rows of a part among the others, and on a page of its own
MOST_NAMES = 100  # attachments of one meeting that are named


@dataclass(frozen=True)
class Found:
    """Rows, or the keys of rows, and how many things are lacking in them where that is another number."""

    rows: Sequence[Any]
    count: int | None = None


@dataclass(frozen=True)
class Part:
    """A kind of thing that is lacking: `key` in the address, `name` in that of its template.

    `find` gives the rows to choose a page from, without what is shown of them; `dress` loads that for one page.
    """

    key: str
    name: str
    heading: str
    one: str
    many: str
    find: Callable[[Gaps], Found]
    dress: Callable[[Gaps, list[Any]], list[Any]] = lambda gaps, rows: rows

    @property
    def template(self) -> str:
        return f"components/gap_{self.name}.html"


@dataclass
class Shown:
    """A part with its count and the rows of one page."""

    part: Part
    count: int
    page: Page[Any]
    rows: list[Any] = field(default_factory=list)


def _months(gaps: Gaps) -> Found:
    years = gaps.months()
    return Found(years, count=sum(len(year.months) for year in years))


def _undecided(gaps: Gaps) -> Found:
    items = AgendaItem.objects.visible_for(gaps.reader).without_decision().not_standing()
    return Found(list(items.filter(meeting__date__lte=gaps.today).newest_first().values_list("pk", flat=True)))


def _with_meetings(gaps: Gaps, keys: list[int]) -> list[AgendaItem]:
    items = AgendaItem.objects.visible_for(gaps.reader).select_related("meeting").in_bulk(keys)
    return [items[key] for key in keys if key in items]


def _files(gaps: Gaps) -> Found:
    missing = Attachment.objects.visible_for(gaps.reader).missing()
    counts = missing.order_by().values_list("item__meeting").annotate(count=Count("pk"))
    rows = list(counts.order_by("-item__meeting__date", "-item__meeting"))
    return Found(rows, count=sum(count for _, count in rows))


def _with_names(gaps: Gaps, rows: list[Any]) -> list[Any]:
    """The meetings of `rows`, each with how many attachments it lacks and the names of the first of them."""
    counts = dict(rows)
    place = Window(RowNumber(), partition_by=["item__meeting"], order_by=["item__number", "position"])
    missing = Attachment.objects.visible_for(gaps.reader).missing().filter(item__meeting__in=counts)
    named = missing.annotate(place=place).filter(place__lte=MOST_NAMES).defer("text").select_related("item")
    meetings = Meeting.objects.visible_for(gaps.reader).in_bulk(counts)
    names: dict[int, list[Attachment]] = {pk: [] for pk in counts}
    for attachment in named.order_by("place"):
        names[attachment.item.meeting_id].append(attachment)
    return [
        {"meeting": meetings[pk], "count": count, "attachments": names[pk], "more": count - len(names[pk])}
        for pk, count in counts.items()
        if pk in meetings
    ]


def _assumptions(gaps: Gaps) -> Found:
    sources = SourceDocument.objects.visible_for(gaps.reader).current().with_unreviewed_warnings()
    rows = list(sources.order_by(F("meeting__date").desc(), "-meeting").values_list("pk", "warning_count"))
    return Found([key for key, _ in rows], count=sum(count for _, count in rows))


def _with_warnings(gaps: Gaps, keys: list[int]) -> list[SourceDocument]:
    sources = SourceDocument.objects.visible_for(gaps.reader).current().with_unreviewed_warnings()
    found = sources.select_related("meeting").in_bulk(keys)
    return [found[key] for key in keys if key in found]


_ALL = (
    Part("maaneder", "months", "Måneder uden møde", "måned uden møde", "måneder uden møde", _months),
    Part(
        *("moeder", "meetings", "Møder, som arkivet mangler", "møde, der kun er nævnt", "møder, der kun er nævnt"),
        lambda gaps: Found(gaps.lacking()),
        Gaps.with_mentions,
    ),
    Part(
        *("raekken", "chain", "Brud i rækken af referater", "brud i rækken", "brud i rækken"),
        lambda gaps: Found(gaps.breaks()),
    ),
    Part(
        *("beslutninger", "undecided", "Punkter uden beslutning", "punkt uden beslutning", "punkter uden beslutning"),
        _undecided,
        _with_meetings,
    ),
    Part("bilag", "files", "Bilag uden fil", "bilag uden fil", "bilag uden fil", _files, _with_names),
    Part(
        "antaget",
        "assumptions",
        "Antaget ved læsningen",
        "antagelse ved læsningen",
        "antagelser ved læsningen",
        _assumptions,
        _with_warnings,
    ),
)
PARTS = {part.key: part for part in _ALL}


class Kept:
    """What `reader` is told that the archive lacks, each part looked for when it is asked for, and once."""

    def __init__(self, reader: Reader, today: datetime.date) -> None:
        self.gaps = Gaps(reader, today)
        self._found: dict[str, Found] = {}

    def found(self, part: Part) -> Found:
        """The rows of a part."""
        if part.key not in self._found:
            self._found[part.key] = part.find(self.gaps)
        return self._found[part.key]


@kept_while_unchanged(most=4)
def _kept(reader: Reader, today: datetime.date) -> Kept:
    """The same for all with these rights until the archive changes, or the day."""
    return Kept(reader, today)


@reading
def show(request: HttpRequest) -> HttpResponse:
    kept = _kept(reader_of(request.user), timezone.localdate())
    part = PARTS.get(request.GET.get("del", ""))
    context: dict[str, Any] = {"mends": _mends(request), "with_body": len(settings.ARCHIVE_BODIES) > 1}
    if part is None:
        parts = [_shown(kept, one, FEW, "1") for one in PARTS.values()]
        context |= {
            "parts": parts,
            "meeting_count": len(kept.gaps.meetings),
            "is_whole": not any(one.count for one in parts),
        }
        return render(request, "minutes/missing.html", context)
    shown = _shown(kept, part, MANY, request.GET.get("side"))
    pages = shown.page.paginator.get_elided_page_range(shown.page.number, on_each_side=1, on_ends=1)
    context |= {"shown": shown, "pages": pages, "crumbs": [("Hvad mangler?", reverse("missing"))]}
    return render(request, "minutes/missing_part.html", context)


def _mends(request: HttpRequest) -> bool:
    """Whether who is looking can put right what stands in the archive."""
    return request.user.is_staff and request.user.has_perms(
        ["minutes.change_agendaitem", "minutes.change_meeting", "minutes.view_sourcedocument"]
    )


def _shown(kept: Kept, part: Part, size: int, number: str | None) -> Shown:
    found = kept.found(part)
    paginator = Paginator(found.rows, size)
    page = paginator.get_page(number)
    count = paginator.count if found.count is None else found.count
    return Shown(part, count, page, part.dress(kept.gaps, list(page.object_list)))
