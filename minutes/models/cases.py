"""Cases (sager), known by their case number."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models.functions import Left, RowNumber

from minutes.casenumber import PartialCaseNumber

from .access import Reader, User, VisibleQuerySet, reader_of, visible_prefetch
from .fields import SortKeyField

if TYPE_CHECKING:
    from .items import AgendaItemQuerySet

LATEST = 6  # items of a case that a list looks at for its titles
TITLES = 3  # of a subject, that tell what its cases are about


@dataclass(frozen=True, slots=True)
class SubjectCount:
    """A main group ("00"), group ("00.01") or subject ("00.01.10") of KLE, or "" for other bodies' numbers, and what
    somebody may see of it. `titles` are the latest, different ones."""

    code: str
    cases: int
    items: int
    latest: datetime.date
    titles: tuple[str, ...] = ()


class CaseQuerySet(VisibleQuerySet["Case"]):
    """Questions about cases."""

    def everything(self) -> Self:
        """Cases that stand on an item now; one that a new edition took away keeps its address for later."""
        return self.filter(models.Exists(_items()))

    def open_only(self) -> Self:
        """A case known only from closed items is not known at all."""
        return self.filter(models.Exists(_items().open_only()))

    def in_order(self) -> Self:
        """By subject, facet, year and serial; other bodies' numbers after them."""
        return self.order_by("sort_key", "pk")

    def in_main_group(self, main_group: str) -> Self:
        """Of a main group of KLE, "00" to "88"."""
        return self.filter(main_group=main_group)

    def below(self, code: str) -> Self:
        """Of a main group ("00"), a group ("00.01") or a subject ("00.01.10"); "" for other bodies' numbers."""
        return self.filter(main_group=code[:2], subject__startswith=code)

    def by_subject(self, reader: Reader, length: int, *, with_titles: bool = False) -> list[SubjectCount]:
        """What `reader` may see of these cases and their items by the first `length` characters of the subject, in
        order. What is known from closed items alone is not in it."""
        items = _items_of(self, reader).annotate(code=Left("case__subject", length))
        counts = (
            items.order_by()
            .values("code")
            .annotate(
                cases=models.Count("case", distinct=True), items=models.Count("pk"), latest=models.Max("meeting__date")
            )
        )
        titles = _latest_titles(items) if with_titles else {}
        return sorted(
            (SubjectCount(**count, titles=titles.get(count["code"], ())) for count in counts),
            key=lambda count: count.code,
        )

    def latest_treated(self, user: User, most: int) -> list[Case]:
        """The cases of the latest items that do not stand at every meeting, as `with_latest_items`."""
        items = _items_of(self, reader_of(user)).not_standing().newest_first().values_list("case", flat=True)
        latest = list(dict.fromkeys(items[: most * LATEST]))[:most]
        found = self.visible_to(user).with_item_count(user).with_latest_items(user).in_bulk(latest)
        return [found[case] for case in latest if case in found]

    def with_part(self, part: PartialCaseNumber) -> Self:
        """Those in whose number everything stands that was typed."""
        typed = models.Q(main_group=part.subject) if part.subject and len(part.subject) == 2 else models.Q()
        if part.subject and len(part.subject) > 2:
            typed = models.Q(main_group=part.subject[:2], subject__startswith=part.subject)
        for column in ("facet", "serial", "year"):
            if (value := getattr(part, column)) is not None:
                typed &= models.Q(**{column: value})
        return self.filter(typed)

    def by_main_group(self) -> list[tuple[str, int]]:
        """(main group, number of cases) of cases with a KLE number."""
        groups = self.exclude(main_group="").order_by().values_list("main_group").annotate(count=models.Count("pk"))
        return sorted(groups)

    def with_item_count(self, user: User) -> Self:
        """Each with `item_count` and the `latest` date on which it was treated, as far as `user` may see."""
        items = _items().visible_to(user).order_by().values("case")
        count = items.annotate(count=models.Count("pk")).values("count")
        latest = items.annotate(latest=models.Max("meeting__date")).values("latest")
        return self.annotate(
            item_count=models.functions.Coalesce(models.Subquery(count), 0), latest=models.Subquery(latest)
        )

    def with_items(self, user: User) -> Self:
        """Each with its visible items, oldest first, and all their parts loaded: a fixed number of queries."""
        from .items import AgendaItem

        items = AgendaItem.objects.visible_for(reader_of(user)).with_parts(user).oldest_first()
        return self.prefetch_related(models.Prefetch("items", items))

    def with_latest_items(self, user: User) -> Self:
        """Each with `latest_items`: a few visible ones with their decisions, newest first, for lists."""
        from .items import AgendaItem

        items = AgendaItem.objects.visible_for(reader_of(user)).select_related("meeting").newest_first()
        return self.prefetch_related(models.Prefetch("items", items[:LATEST], to_attr="latest_items"))


def _items() -> AgendaItemQuerySet:
    from .items import AgendaItem

    return AgendaItem.objects.filter(case=models.OuterRef("pk"))


def _items_of(cases: CaseQuerySet, reader: Reader) -> AgendaItemQuerySet:
    from .items import AgendaItem

    return AgendaItem.objects.visible_for(reader).filter(case__in=cases.order_by().values("pk"))


def _latest_titles(items: AgendaItemQuerySet) -> dict[str, tuple[str, ...]]:
    """Of items with a `code`: the latest titles of each, none twice, without those that say nothing."""
    place = models.Window(RowNumber(), partition_by="code", order_by=models.F("meeting__date").desc())
    rows = items.not_standing().exclude(title="").annotate(place=place).filter(place__lte=2 * LATEST)
    titles: dict[str, dict[str, None]] = defaultdict(dict)
    for code, title in rows.order_by("code", "place").values_list("code", "title"):
        titles[code][title] = None
    return {code: tuple(found)[:TITLES] for code, found in titles.items()}


class Case(models.Model):
    """A sag. A KLE number is split into columns; of another body's number only `number` is known."""

    number = models.CharField("sagsnummer", max_length=120, help_text="Som trykt")
    normalised = models.CharField("sagsnummer i fast form", max_length=120, unique=True, editable=False)
    slug = models.CharField("adresse", max_length=320, unique=True, editable=False)
    sort_key = SortKeyField("sorteringsnøgle", of="order_text")
    main_group = models.CharField("hovedgruppe", max_length=2, blank=True, editable=False, help_text="00")
    subject = models.CharField("emne", max_length=8, blank=True, editable=False, help_text="00.01.10")
    facet = models.CharField("handlingsfacet", max_length=3, blank=True, editable=False, help_text="A00")
    serial = models.PositiveBigIntegerField("løbenummer", null=True, blank=True, editable=False)
    year = models.PositiveSmallIntegerField(
        "år", null=True, blank=True, editable=False, help_text="Sagens, ikke mødets"
    )
    is_collective = models.BooleanField(
        "samlesag",
        default=False,
        editable=False,
        help_text="Nummeret bruges til sager, der intet har med hinanden at gøre",
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = "sag"
        verbose_name_plural = "sager"
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(slug="") & ~models.Q(slug__contains="/"), name="case_slug_form"),
            models.CheckConstraint(
                condition=models.Q(main_group="", subject="", facet="", serial=None)
                | models.Q(main_group__regex=r"^[0-9]{2}$", subject__startswith=models.F("main_group")),
                name="case_columns_together",
            ),
        ]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="case_in_order"),
            models.Index(fields=["main_group", "subject", "facet", "year", "serial"], name="case_by_columns"),
            models.Index(fields=["facet", "year"], name="case_by_facet"),
            models.Index(fields=["year", "serial"], name="case_by_year"),
        ]

    def __str__(self) -> str:
        return self.number

    def story(self, user: User) -> AgendaItemQuerySet:
        """Its items that `user` may see and those of other cases that an editor has linked to one of them, with their
        decisions and what was proposed; oldest first."""
        from .items import AgendaItem

        items = AgendaItem.objects.visible_to(user).filter(models.Q(case=self) | models.Q(pk__in=self._linked(user)))
        return _with_decisions(items, user).oldest_first()

    def titles(self, user: User) -> models.QuerySet:
        """What its visible items are called, as rows of `title`, `count` and `latest`: the latest first."""
        items = self.items.visible_to(user).order_by().values("title")
        counts = items.annotate(count=models.Count("pk"), latest=models.Max("meeting__date"))
        return counts.order_by("-latest", "title")

    def entitled(self, titles: list[str], user: User, *, most: int | None = None) -> AgendaItemQuerySet:
        """Its visible items of those titles, newest first, with their decisions; `most` of each title."""
        items = self.items.visible_to(user).filter(title__in=titles)
        if most is not None:
            order = (models.F("meeting__date").desc(), models.F("pk").desc())
            items = items.annotate(place=models.Window(RowNumber(), partition_by="title", order_by=order))
            items = items.filter(place__lte=most)
        return _with_decisions(items, user).newest_first()

    def mentioned_in(self, user: User) -> AgendaItemQuerySet:
        """The visible items of other cases whose text names it, newest first."""
        from .items import AgendaItem
        from .references import Reference

        naming = Reference.objects.visible_to(user).filter(target_case=self).values("item")
        items = AgendaItem.objects.visible_to(user).filter(pk__in=naming)
        other = models.Q(case=None) | ~models.Q(case=self)
        return items.filter(other).select_related("meeting").newest_first()

    def _linked(self, user: User) -> set[int]:
        """The items of other cases that an editor has said belong to one of its own."""
        from .references import Reference

        own = list(self.items.visible_to(user).order_by().values_list("pk", flat=True))
        linked = Reference.objects.visible_to(user).linking(own)
        return {item for pair in linked.values_list("item", "target_item") for item in pair}

    @property
    def order_text(self) -> str:
        """What cases are ordered by: subject, facet, year and serial; other bodies' numbers after all of KLE's."""
        return f"{self.subject} {self.facet} {self.year} {self.serial}" if self.subject else f"z {self.number}"


def _with_decisions(items: AgendaItemQuerySet, user: User) -> AgendaItemQuerySet:
    """Each with meeting, case, decision with outcomes, and what was proposed: a fixed number of queries."""
    from .decisions import Decision, DecisionOutcome
    from .items import Recommendation, Section

    reader = reader_of(user)
    decisions = Decision.objects.prefetch_related(visible_prefetch("outcomes", DecisionOutcome.objects.all(), reader))
    proposals = Section.objects.filter(kind="indstilling")
    return items.select_related("meeting", "case").prefetch_related(
        visible_prefetch("decision", decisions, reader),
        visible_prefetch("recommendations", Recommendation.objects.all(), reader),
        visible_prefetch("sections", proposals, reader),
    )
