"""Cases (sager), known by their case number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from minutes.casenumber import PartialCaseNumber

from .access import User, VisibleQuerySet, reader_of
from .fields import SortKeyField

if TYPE_CHECKING:
    from .items import AgendaItemQuerySet


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

    def with_titles(self, user: User) -> Self:
        """Each with its visible items and their meetings, newest first, without the items' texts: for lists."""
        from .items import AgendaItem

        items = AgendaItem.objects.visible_for(reader_of(user)).select_related("meeting").newest_first()
        return self.prefetch_related(models.Prefetch("items", items))


def _items() -> AgendaItemQuerySet:
    from .items import AgendaItem

    return AgendaItem.objects.filter(case=models.OuterRef("pk"))


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

    @property
    def order_text(self) -> str:
        """What cases are ordered by: subject, facet, year and serial; other bodies' numbers after all of KLE's."""
        return f"{self.subject} {self.facet} {self.year} {self.serial}" if self.subject else f"z {self.number}"
