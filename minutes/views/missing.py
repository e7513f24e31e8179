"""What the archive lacks, in parts: each with how much it is, its first rows, and all of them on pages of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

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
class Part:
    """A kind of thing that is lacking: `key` in the address, `name` in that of its template.

    `find` gives how many there are, and the rows to choose a page from; `dress` loads what is shown with the rows of
    that page.
    """

    key: str
    name: str
    heading: str
    one: str
    many: str
    find: Callable[[Gaps], tuple[int, QuerySet[Any] | Sequence[Any]]]
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


def _months(gaps: Gaps) -> tuple[int, Sequence[Any]]:
    years = gaps.months()
    return sum(len(year.months) for year in years), years


def _counted[T](rows: Sequence[T]) -> tuple[int, Sequence[T]]:
    return len(rows), rows


def _undecided(gaps: Gaps) -> tuple[int, QuerySet[AgendaItem]]:
    items = AgendaItem.objects.visible_for(gaps.reader).without_decision().not_standing()
    items = items.filter(meeting__date__lte=gaps.today)
    return items.count(), items.select_related("meeting").newest_first()


def _files(gaps: Gaps) -> tuple[int, QuerySet[Any]]:
    missing = Attachment.objects.visible_for(gaps.reader).missing()
    meetings = missing.order_by().values("item__meeting").annotate(count=Count("pk"))
    return missing.count(), meetings.order_by("-item__meeting__date", "-item__meeting")


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


def _warnings(gaps: Gaps) -> tuple[int, QuerySet[SourceDocument]]:
    sources = SourceDocument.objects.visible_for(gaps.reader).current().with_unreviewed_warnings()
    count = sources.aggregate(count=Sum("warning_count", default=0))["count"]
    return count, sources.select_related("meeting").order_by(F("meeting__date").desc(), "-meeting")


_ALL = (
    Part("maaneder", "months", "Måneder uden møde", "måned uden møde", "måneder uden møde", _months),
    Part(
        *("moeder", "meetings", "Møder, som arkivet mangler", "møde, der kun er nævnt", "møder, der kun er nævnt"),
        lambda gaps: _counted(gaps.lacking()),
        Gaps.with_mentions,
    ),
    Part(
        *("raekken", "chain", "Brud i rækken af referater", "brud i rækken", "brud i rækken"),
        lambda gaps: _counted(gaps.breaks()),
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
        _warnings,
    ),
)
PARTS = {part.key: part for part in _ALL}


@reading
def show(request: HttpRequest) -> HttpResponse:
    gaps = Gaps(reader_of(request.user), timezone.localdate())
    part = PARTS.get(request.GET.get("del", ""))
    bodies = {meeting.body for meeting in gaps.meetings}
    context: dict[str, Any] = {"mends": _mends(request), "with_body": len(bodies) > 1}
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
    count, rows = part.find(gaps)
    page = Paginator(rows, size).get_page(number)
    return Shown(part, count, page, part.dress(gaps, list(page.object_list)))
