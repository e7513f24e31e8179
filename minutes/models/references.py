"""What an item's text points to."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Self

from django.db import models

from .access import PartQuerySet, Reader
from .decisions import Origin

if TYPE_CHECKING:
    from .items import AgendaItem
    from .meetings import Meeting

NEAR = 500  # characters round a reference in which its sentence is looked for


class ReferenceQuerySet(PartQuerySet["Reference"]):
    """Questions about references."""

    def open_only(self) -> Self:
        """Where the target is closed, the words may be read but lead nowhere: the row is left out."""
        from .cases import Case

        closed_target = models.Q(target_meeting__is_closed=True) | models.Q(target_item__is_closed=True)
        closed_target |= models.Q(target_item__meeting__is_closed=True)
        known_case = Case.objects.open_only().filter(pk=models.OuterRef("target_case"))
        return super().open_only().exclude(closed_target).filter(models.Q(target_case=None) | models.Exists(known_case))

    def readable_for(self, reader: Reader) -> Self:
        """Those whose words `reader` may read, wherever they lead: for telling what the archive lacks, which must not
        differ between a meeting that is closed and one that is not there."""
        if not reader.reads:
            return self.none()
        return self.everything() if reader.reads_closed else super().open_only()

    def naming_meetings(self) -> Self:
        """Those whose words name a meeting by its date; an editor's own links say nothing that can be read."""
        return self.filter(origin=Origin.RULE, date__isnull=False)

    def linking(self, items: Collection[int]) -> Self:
        """Editors' links between one of `items`, given by primary key, and any other, whichever way they were made."""
        ends = models.Q(item__in=items) | models.Q(target_item__in=items)
        return self.filter(ends, origin=Origin.EDITOR, target_item__isnull=False).order_by("pk")

    def to_meeting(self, meeting: Meeting) -> Self:
        """Words on other meetings that name `meeting` or one of its items, approvals of its minutes first."""
        return self.filter(origin=Origin.RULE, target_meeting=meeting).exclude(item__meeting=meeting)._told()

    def to_item(self, item: AgendaItem) -> Self:
        """Words that name `item`, or on another meeting its meeting as a whole; approvals of minutes first."""
        whole = models.Q(target_meeting=item.meeting_id, item_number=None) & ~models.Q(item__meeting=item.meeting_id)
        named = models.Q(target_item=item) & ~models.Q(item=item)
        return self.filter(whole | named, origin=Origin.RULE)._told()

    def _told(self) -> Self:
        return self.order_by("-item__is_standing", "item__meeting__date", "item__number", "item", "position", "start")

    def in_sentences(self, reader: Reader) -> Self:
        """Each with `near`, the text of its part round its words as far as `reader` may see it, and `near_from`, where
        in the part that begins."""
        from .decisions import Decision
        from .items import Section

        begins = models.functions.Greatest(models.F("start") - NEAR, 0)
        here = {"item": models.OuterRef("item"), "position": models.OuterRef("position")}
        stretch = models.functions.Substr("text", models.OuterRef("near_from") + 1, 3 * NEAR)
        parts = [
            models.Subquery(part.objects.visible_for(reader).filter(**here).order_by().values(near=stretch)[:1])
            for part in (Section, Decision)
        ]
        return self.annotate(near_from=begins).annotate(near=models.functions.Coalesce(*parts))

    def resolved(self) -> Self:
        """Those that lead somewhere."""
        return self.exclude(target_meeting=None, target_item=None, target_case=None)

    def unresolved(self) -> Self:
        """Those whose target has not arrived."""
        return self.filter(target_meeting=None, target_item=None, target_case=None)


class Reference(models.Model):
    """Words in an item that name a meeting, an item or a case; resolved when the target arrives, also later.

    `position` is that of the section or decision whose text holds the words, from `start` to `end`. An editor's link
    between items that belong together has no words.
    """

    item = models.ForeignKey("AgendaItem", models.CASCADE, related_name="references", verbose_name="punkt")
    position = models.PositiveIntegerField("afsnittets plads", null=True, blank=True)
    start = models.PositiveIntegerField("fra tegn", null=True, blank=True)
    end = models.PositiveIntegerField("til tegn", null=True, blank=True)
    words = models.CharField("ord", blank=True)
    body = models.CharField("nævnt udvalg", max_length=120, blank=True)
    date = models.DateField("nævnt dato", null=True, blank=True)
    item_number = models.PositiveIntegerField("nævnt punkt", null=True, blank=True)
    case_number = models.CharField("nævnt sagsnummer", max_length=120, blank=True, help_text="I fast form")
    origin = models.CharField("fra", max_length=10, choices=Origin.choices, default=Origin.EDITOR, editable=False)
    target_meeting = models.ForeignKey(
        "Meeting", models.SET_NULL, null=True, blank=True, related_name="referred_from", verbose_name="møde"
    )
    target_item = models.ForeignKey(
        "AgendaItem", models.SET_NULL, null=True, blank=True, related_name="referred_from", verbose_name="til punkt"
    )
    target_case = models.ForeignKey(
        "Case", models.SET_NULL, null=True, blank=True, related_name="referred_from", verbose_name="sag"
    )

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = "henvisning"
        verbose_name_plural = "henvisninger"
        ordering = ["item", "position", "start", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(origin__in=Origin.values), name="reference_origin_known"),
            models.CheckConstraint(
                condition=models.Q(start=None, end=None) | models.Q(start__lt=models.F("end")),
                name="reference_span_order",
            ),
        ]
        indexes = [
            models.Index(fields=["date", "body"], name="reference_by_date"),
            models.Index(fields=["case_number"], name="reference_by_case_number"),
        ]

    def __str__(self) -> str:
        return self.words or f"Hører sammen med {self.target_item}"
