"""A meeting's items and their parts, except the decision."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.formats import date_format

from .access import PartQuerySet, Reader, User, VisibleQuerySet, reader_of, visible_prefetch
from .fields import Placed, SortKeyField
from .sortkeys import danish_sort_key


class AgendaItemQuerySet(VisibleQuerySet["AgendaItem"]):
    """Questions about items."""

    def open_only(self) -> Self:
        return self.filter(is_closed=False, meeting__is_closed=False)

    def not_standing(self) -> Self:
        """Without approval of minutes and Evt., which stand at every meeting."""
        return self.filter(is_standing=False)

    def with_decision(self) -> Self:
        """Those on which something was decided."""
        return self.filter(decision__isnull=False)

    def without_decision(self) -> Self:
        """Those of meetings that were held on which the minutes tell no decision."""
        undecided = models.Q(decision=None) | models.Q(decision__text="")
        return self.filter(undecided, meeting__is_cancelled=False)

    def approving_minutes(self) -> Self:
        """Those by which a meeting approves the minutes of one before."""
        minutes = models.Q(title__icontains="referat") | models.Q(title__icontains="protokol")
        return self.filter(minutes, is_standing=True)

    def newest_first(self) -> Self:
        """By their meeting, latest first; within it as numbered."""
        return self.order_by("-meeting__date", models.F("meeting__start_time").desc(nulls_last=True), "number")

    def oldest_first(self) -> Self:
        """By their meeting, earliest first, as a story is told; within it as numbered."""
        return self.order_by("meeting__date", models.F("meeting__start_time").asc(nulls_first=True), "number")

    def with_parts(self, user: User) -> Self:
        """As `with_texts`, with recommendations and deadlines too."""
        from .deadlines import Deadline

        reader = reader_of(user)
        return self.with_texts(reader).prefetch_related(
            visible_prefetch("recommendations", Recommendation.objects.all(), reader),
            visible_prefetch("deadlines", Deadline.objects.all(), reader),
        )

    def with_texts(self, reader: Reader) -> Self:
        """The visible ones, each with meeting, case, decision with outcomes, sections, attachments and references that
        `reader` may see: a fixed number of queries."""
        from .decisions import DecisionOutcome
        from .references import Reference

        references = Reference.objects.select_related("target_meeting", "target_item__meeting", "target_case")
        return (
            self.visible_for(reader)
            .select_related("meeting", "case", "decision")
            .prefetch_related(
                visible_prefetch("decision__outcomes", DecisionOutcome.objects.all(), reader),
                visible_prefetch("sections", Section.objects.all(), reader),
                visible_prefetch("attachments", Attachment.objects.all(), reader),
                visible_prefetch("references", references, reader),
            )
            .order_by("meeting", "number")
        )

    def told_shortly(self, reader: Reader) -> Self:
        """The visible ones, each with meeting, case, decision, outcomes and recommendations, without its texts."""
        from .decisions import DecisionOutcome

        return (
            self.visible_for(reader)
            .select_related("meeting", "case", "decision")
            .prefetch_related(
                visible_prefetch("decision__outcomes", DecisionOutcome.objects.all(), reader),
                visible_prefetch("recommendations", Recommendation.objects.all(), reader),
            )
        )


class AgendaItem(Placed):
    """A punkt of a meeting."""

    meeting = models.ForeignKey("Meeting", models.CASCADE, related_name="items", verbose_name="møde")
    number = models.PositiveIntegerField("nummer")
    key = models.PositiveIntegerField(
        "nøgle",
        editable=False,
        help_text="Følger punktet, også når en ny udgave giver det et andet nummer",
    )
    title = models.CharField("titel", blank=True)
    prefix = models.CharField("præfiks", blank=True, help_text="Udvalgets forkortelse foran titlen: CF")
    printed_title = models.CharField("titel som trykt", blank=True, editable=False)
    case = models.ForeignKey("Case", models.SET_NULL, null=True, blank=True, related_name="items", verbose_name="sag")
    printed_case_number = models.CharField("sagsnummer som trykt", blank=True)
    is_closed = models.BooleanField("lukket", default=False)
    is_standing = models.BooleanField(
        "fast punkt", default=False, help_text="Godkendelse af dagsorden og referat, Eventuelt"
    )
    confirmed_at = models.DateTimeField(
        "gennemset", null=True, blank=True, editable=False, help_text="Hvornår en redaktør fandt det læst rigtigt"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="gennemset af",
    )

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = "punkt"
        verbose_name_plural = "punkter"
        ordering = ["meeting", "number"]
        constraints = [
            # Checked at the end of the transaction, since a new edition renumbers several items at once.
            models.UniqueConstraint(
                fields=["meeting", "number"], name="item_number_once", deferrable=models.Deferrable.DEFERRED
            ),
            models.UniqueConstraint(fields=["meeting", "key"], name="item_key_once"),
        ]
        indexes = [
            models.Index(fields=["case", "meeting"], name="item_by_case"),
            models.Index(fields=["meeting"], condition=models.Q(is_closed=True), name="item_closed"),
        ]

    def __str__(self) -> str:
        place = f"{date_format(self.meeting.date, 'j. F Y')}, punkt {self.number}"
        return f"{place}: {self.title}" if self.title else place


class SectionQuerySet(PartQuerySet["Section"]):
    """Questions about sections."""

    def open_only(self) -> Self:
        """A Bilag section names its attachments, so it is closed when one of them is."""
        closed = Attachment.objects.filter(item=models.OuterRef("item"), is_closed=True)
        return super().open_only().exclude(models.Q(kind=Section.ATTACHMENTS) & models.Exists(closed))


class Section(Placed):
    """A headed part of an item, as printed. The Beslutning is a `Decision` instead."""

    ATTACHMENTS = "bilag"

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="sections", verbose_name="punkt")
    position = models.PositiveIntegerField("plads")
    kind = models.CharField("art", help_text="Det danske ord med små bogstaver: sagsfremstilling")
    heading = models.CharField("overskrift", blank=True, help_text="Som trykt; tom, når overskriften er udledt")
    text = models.TextField("tekst", blank=True)

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = "afsnit"
        verbose_name_plural = "afsnit"
        ordering = ["item", "position"]
        constraints = [models.UniqueConstraint(fields=["item", "position"], name="section_position_once")]

    def __str__(self) -> str:
        return self.heading or self.kind.capitalize()

    @property
    def is_inferred(self) -> bool:
        """Whether the heading is missing in the source."""
        return not self.heading


class RecommendationQuerySet(PartQuerySet["Recommendation"]):
    """Questions about recommendations."""

    def offices(self) -> list[str]:
        """The proposing offices, in Danish order."""
        names = self.exclude(office="").order_by().values_list("office", flat=True).distinct()
        return sorted(names, key=danish_sort_key)


class Recommendation(models.Model):
    """One "at …" of an Indstilling, and who proposes it."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="recommendations", verbose_name="punkt")
    position = models.PositiveIntegerField("plads")
    proposer = models.CharField("indstiller", blank=True, help_text="Som trykt")
    office = models.CharField(
        "enhed", max_length=200, blank=True, db_index=True, help_text="Enhed eller titel i én stavemåde, aldrig et navn"
    )
    text = models.TextField("indstilling")

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        verbose_name = "indstilling"
        verbose_name_plural = "indstillinger"
        ordering = ["item", "position"]
        constraints = [models.UniqueConstraint(fields=["item", "position"], name="recommendation_position_once")]

    def __str__(self) -> str:
        return f"{self.proposer or 'Ukendt'} indstiller, {self.text}"


class AttachmentQuerySet(PartQuerySet["Attachment"]):
    """Questions about attachments."""

    def open_only(self) -> Self:
        return super().open_only().filter(is_closed=False)

    def missing(self) -> Self:
        """Named in the minutes, but the archive has no file."""
        return self.filter(sha256=None)

    def by_name(self) -> Self:
        """In Danish order."""
        return self.order_by("sort_key", "pk")


class Attachment(models.Model):
    """A bilag: at first only a name, once uploaded also a file in the store of originals."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="attachments", verbose_name="punkt")
    position = models.PositiveIntegerField("plads")
    name = models.CharField("navn")
    printed_name = models.CharField("navn som trykt", blank=True, editable=False)
    sort_key = SortKeyField("sorteringsnøgle", of="name")
    is_closed = models.BooleanField("lukket", default=False)
    sha256 = models.CharField("kontrolsum", max_length=64, null=True, blank=True, editable=False, db_index=True)
    size = models.PositiveBigIntegerField("størrelse i byte", null=True, blank=True, editable=False)
    media_type = models.CharField("filtype", max_length=120, blank=True, editable=False)
    text = models.TextField("tekst i filen", blank=True, editable=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "bilag"
        verbose_name_plural = "bilag"
        ordering = ["item", "position"]
        constraints = [
            models.UniqueConstraint(fields=["item", "position"], name="attachment_position_once"),
            models.CheckConstraint(
                condition=models.Q(sha256=None) | models.Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="attachment_sha256_form",
            ),
        ]
        indexes = [
            models.Index(fields=["sort_key"], name="attachment_by_name"),
            models.Index(fields=["item"], condition=models.Q(is_closed=True), name="attachment_closed"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_missing(self) -> bool:
        """Whether the archive has only its name."""
        return self.sha256 is None
