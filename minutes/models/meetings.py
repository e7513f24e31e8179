"""Meetings."""

from __future__ import annotations

import datetime
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import date_format

from .access import Reader, User, VisibleQuerySet, reader_of, visible_prefetch

FIRST_DAY, LAST_DAY = datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)  # the years that `parsing.dates` reads
LATEST_FIRST = (
    models.F("date").desc(),
    models.F("start_time").desc(nulls_last=True),
    models.F("id").desc(),
)


def check_meeting_date(date: datetime.date) -> None:
    """Raises ValidationError, in Danish, for a day on which no meeting can have been held: a slip of the fingers."""
    if not FIRST_DAY <= date <= LAST_DAY:
        years = f"mellem {FIRST_DAY.year} og {LAST_DAY.year}"
        raise ValidationError(f"Mødet kan ikke være holdt i år {date.year}. Årstallet skal ligge {years}.")


class MeetingQuerySet(VisibleQuerySet["Meeting"]):
    """Questions about meetings."""

    def open_only(self) -> Self:
        return self.filter(is_closed=False)

    def newest_first(self) -> Self:
        """Latest date first; of one day the latest start first, and a meeting without a known time last."""
        return self.order_by(*LATEST_FIRST)

    def by_body_earliest_first(self) -> Self:
        """Each body's meetings together, as they followed one another."""
        return self.order_by("body", "date", models.F("start_time").asc(nulls_first=True), "pk")

    def in_year(self, year: int) -> Self:
        """The meetings held in `year`."""
        return self.filter(date__range=(datetime.date(year, 1, 1), datetime.date(year, 12, 31)))

    def by_year(self) -> list[tuple[int, int]]:
        """(year, number of meetings), latest year first."""
        years = self.order_by().values_list("date__year").annotate(count=models.Count("pk"))
        return sorted(years, reverse=True)

    def before(self, meeting: Meeting) -> Self:
        """The meetings before `meeting`, nearest first."""
        return self.filter(_earlier_than(meeting)).order_by(*LATEST_FIRST)

    def after(self, meeting: Meeting) -> Self:
        """The meetings after `meeting`, nearest first."""
        return self.filter(_later_than(meeting)).order_by(*LATEST_FIRST).reverse()

    def with_item_count(self, user: User) -> Self:
        """Each with `item_count`: the items that `user` may see, standing ones too."""
        from .items import AgendaItem

        items = AgendaItem.objects.visible_to(user).filter(meeting=models.OuterRef("pk")).order_by()
        count = items.values("meeting").annotate(count=models.Count("pk")).values("count")
        return self.annotate(item_count=models.functions.Coalesce(models.Subquery(count), 0))

    def with_items(self, user: User) -> Self:
        """Each with its visible items and their texts loaded: a fixed number of queries."""
        from .items import AgendaItem

        return self.prefetch_related(models.Prefetch("items", AgendaItem.objects.with_texts(reader_of(user))))

    def with_titles(self, user: User) -> Self:
        """Each with its visible items and their cases, without the items' texts: for lists."""
        return self.prefetch_related(_items_in_order(reader_of(user)))


def _items_in_order(reader: Reader) -> models.Prefetch:
    from .items import AgendaItem

    return visible_prefetch("items", AgendaItem.objects.select_related("case").order_by("number"), reader)


def _earlier_than(meeting: Meeting) -> models.Q:
    """A missing time counts as the start of the day; what is left is decided by which was stored first."""
    earlier = models.Q(date__lt=meeting.date)
    same_day = models.Q(date=meeting.date)
    if meeting.start_time is None:
        return earlier | same_day & models.Q(start_time=None, pk__lt=meeting.pk)
    return (
        earlier
        | same_day & (models.Q(start_time=None) | models.Q(start_time__lt=meeting.start_time))
        | same_day & models.Q(start_time=meeting.start_time, pk__lt=meeting.pk)
    )


def _later_than(meeting: Meeting) -> models.Q:
    """What is neither `meeting` nor earlier."""
    later = models.Q(date__gt=meeting.date)
    same_day = models.Q(date=meeting.date)
    if meeting.start_time is None:
        return later | same_day & (models.Q(start_time__isnull=False) | models.Q(pk__gt=meeting.pk))
    later_start = models.Q(start_time__gt=meeting.start_time)
    return later | same_day & (later_start | models.Q(start_time=meeting.start_time, pk__gt=meeting.pk))


class Meeting(models.Model):
    """A meeting of a body. The same meeting has the same body, date and start time; a missing time matches."""

    body = models.CharField("udvalg", max_length=120)
    date = models.DateField("dato", validators=[check_meeting_date])
    start_time = models.TimeField("starttid", null=True, blank=True)
    place = models.CharField("sted", blank=True)
    slug = models.CharField(
        "adresse",
        max_length=180,
        unique=True,
        editable=False,
        help_text="Datoen, om nødvendigt med tid eller udvalg. Ændres aldrig, når den først er givet.",
    )
    preamble = models.TextField("indledning", blank=True, help_text="Hvad der står før punkterne: deltagere og afbud")
    is_closed = models.BooleanField("lukket", default=False)
    is_cancelled = models.BooleanField("aflyst", default=False)
    created_at = models.DateTimeField("lagt i arkivet", auto_now_add=True)
    changed_at = models.DateTimeField("sidst ændret", auto_now=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "møde"
        verbose_name_plural = "møder"
        ordering = LATEST_FIRST
        permissions = [
            ("read_closed", "Må læse lukkede punkter"),
            ("erase", "Må slette endeligt"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "date", "start_time"],
                nulls_distinct=False,
                name="meeting_once",
                violation_error_message="Mødet findes allerede.",
            ),
            models.CheckConstraint(condition=~models.Q(body=""), name="meeting_has_body"),
            models.CheckConstraint(
                condition=models.Q(date__range=(FIRST_DAY, LAST_DAY)),
                name="meeting_date_possible",
            ),
            models.CheckConstraint(
                condition=models.Q(slug__regex=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(-[a-z0-9]+)*$"),
                name="meeting_slug_form",
            ),
        ]
        indexes = [
            models.Index(*LATEST_FIRST, name="meeting_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.body} {date_format(self.date, 'j. F Y')}"

    @property
    def year(self) -> int:
        """The year it was held."""
        return self.date.year
