"""What the archive lacks, in parts: each with how much it is, its first rows, and all of them on pages of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Count, F, QuerySet, Sum, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from minutes.models import AgendaItem, Attachment, Meeting, SourceDocument, reader_of
from minutes.models.gaps import Gaps

from .access import reading

FEW, MANY = 10, 50  # rows of a part among the others, and on a page of its own
MOST_NAMES = 100  # attachments of one meeting that are named


@dataclass(frozen=True)
class Found:
    """Rows, and how many things are lacking in them where that is another number; `length` where it is known."""

    rows: QuerySet[Any] | Sequence[Any]
    count: int | None = None
    length: int | None = None


@dataclass(frozen=True)
class Part:
    """A kind of thing that is lacking: `key` in the address, `name` in that of its template.

    `find` gives the rows to choose a page from; `dress` loads what is shown with the rows of that page.
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
    return Found(items.filter(meeting__date__lte=gaps.today).select_related("meeting").newest_first())


def _files(gaps: Gaps) -> Found:
    missing = Attachment.objects.visible_for(gaps.reader).missing()
    numbers = missing.aggregate(count=Count("pk"), length=Count("item__meeting", distinct=True))
    meetings = missing.order_by().values("item__meeting").annotate(count=Count("pk"))
    return Found(meetings.order_by("-item__meeting__date", "-item__meeting"), **numbers)


def _with_names(gaps: Gaps, rows: list[Any]) -> list[Any]:
    """The meetings of `rows`, each with how many attachments it lacks and the names of the first of them."""
    counts = {row["item__meeting"]: row["count"] for row in rows}
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
    ]


def _assumptions(gaps: Gaps) -> Found:
    sources = SourceDocument.objects.visible_for(gaps.reader).current().with_unreviewed_warnings()
    numbers = sources.aggregate(count=Sum("warning_count", default=0), length=Count("pk"))
    return Found(sources.select_related("meeting").order_by(F("meeting__date").desc(), "-meeting"), **numbers)


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
    ),
    Part("bilag", "files", "Bilag uden fil", "bilag uden fil", "bilag uden fil", _files, _with_names),
    Part(
        "antaget",
        "assumptions",
        "Antaget ved læsningen",
        "antagelse ved læsningen",
        "antagelser ved læsningen",
        _assumptions,
    ),
)
PARTS = {part.key: part for part in _ALL}


@reading
def show(request: HttpRequest) -> HttpResponse:
    gaps = Gaps(reader_of(request.user), timezone.localdate())
    part = PARTS.get(request.GET.get("del", ""))
    context: dict[str, Any] = {"mends": _mends(request), "with_body": len(settings.ARCHIVE_BODIES) > 1}
    if part is None:
        parts = [_shown(gaps, one, FEW, "1") for one in PARTS.values()]
        context |= {
            "parts": parts,
            "meeting_count": len(gaps.meetings),
            "is_whole": not any(one.count for one in parts),
        }
        return render(request, "minutes/missing.html", context)
    shown = _shown(gaps, part, MANY, request.GET.get("side"))
    pages = shown.page.paginator.get_elided_page_range(shown.page.number, on_each_side=1, on_ends=1)
    context |= {"shown": shown, "pages": pages, "crumbs": [("Hvad mangler?", reverse("missing"))]}
    return render(request, "minutes/missing_part.html", context)


def _mends(request: HttpRequest) -> bool:
    """Whether who is looking can put right what stands in the archive."""
    return request.user.is_staff and request.user.has_perms(
        ["minutes.change_agendaitem", "minutes.change_meeting", "minutes.view_sourcedocument"]
    )


def _shown(gaps: Gaps, part: Part, size: int, number: str | None) -> Shown:
    found = part.find(gaps)
    paginator = Paginator(found.rows, size)
    if found.length is not None:
        paginator.count = found.length
    page = paginator.get_page(number)
    count = paginator.count if found.count is None else found.count
    return Shown(part, count, page, part.dress(gaps, list(page.object_list)))
