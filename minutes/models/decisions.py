"""What was decided."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models.functions import Length

from .access import PartQuerySet, User, VisibleQuerySet, reader_of, visible_prefetch
from .fields import Placed


class OutcomeKind(models.TextChoices):
    """Beslutningstype. Where none was recognised a decision shows as uafklaret."""

    APPROVED = "godkendt", "Godkendt"
    NOT_APPROVED = "ikke godkendt", "Ikke godkendt"
    NOTED = "taget til efterretning", "Taget til efterretning"
    DISCUSSED = "drøftet", "Drøftet"
    DECIDED = "besluttet", "Besluttet"
    APPOINTED = "udpeget", "Udpeget"
    INFORMED = "orienteret", "Orienteret"
    PASSED_ON = "sendt videre", "Sendt videre"
    COMES_BACK = "genoptages", "Genoptages"
    NONE = "ingen beslutning", "Ingen beslutning"


UNCLEAR = "uafklaret"  # in filters: a decision in which no outcome was recognised


class Origin(models.TextChoices):
    """Where a derived row comes from. What an editor has set is never replaced by a rule."""

    RULE = "regel", "Regel"
    EDITOR = "redaktør", "Redaktør"


class DecisionQuerySet(PartQuerySet["Decision"]):
    """Questions about decisions."""

    def newest_first(self) -> Self:
        """By their meeting, latest first; within it as numbered."""
        return self.order_by(
            "-item__meeting__date", models.F("item__meeting__start_time").desc(nulls_last=True), "item__number"
        )

    def not_standing(self) -> Self:
        """Without approval of minutes and Evt., which stand at every meeting."""
        return self.filter(item__is_standing=False)

    def unclear(self) -> Self:
        """No outcome was recognised."""
        return self.filter(~models.Exists(DecisionOutcome.objects.filter(decision=models.OuterRef("pk"))))

    def of_kind(self, kind: str) -> Self:
        """With an outcome of that kind (`OutcomeKind`)."""
        outcomes = DecisionOutcome.objects.filter(decision=models.OuterRef("pk"), kind=kind)
        return self.filter(models.Exists(outcomes))

    def with_context(self, user: User) -> Self:
        """Each with item, meeting, case, outcomes, and what was proposed: "Godkendt." alone tells nobody anything."""
        from .items import Recommendation

        reader = reader_of(user)
        return self.select_related("item__meeting", "item__case").prefetch_related(
            visible_prefetch("outcomes", DecisionOutcome.objects.all(), reader),
            visible_prefetch("item__recommendations", Recommendation.objects.all(), reader),
        )

    def with_proposals(self, user: User) -> Self:
        """As `with_context`, also with the whole Indstilling where a short decision has none of its "at …" lines."""
        from .items import Section

        sections = Section.objects.filter(kind="indstilling", item__recommendations=None)
        of_short = sections.alias(length=Length("item__decision__text")).filter(length__lte=Decision.SHORT)
        return self.with_context(user).prefetch_related(visible_prefetch("item__sections", of_short, reader_of(user)))


class Decision(Placed):
    """The Beslutning of an item: at most one, a second part is joined to it."""

    SHORT = 60  # characters; a decision up to this is shown with what was proposed

    item = models.OneToOneField("AgendaItem", models.CASCADE, related_name="decision", verbose_name="punkt")
    position = models.PositiveIntegerField("plads", default=0, help_text="Blandt punktets afsnit")
    heading = models.CharField("overskrift", blank=True, help_text="Som trykt; tom, når overskriften er udledt")
    text = models.TextField("tekst", blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "beslutning"
        verbose_name_plural = "beslutninger"

    def __str__(self) -> str:
        return self.text if len(self.text) <= self.SHORT else f"{self.text[: self.SHORT - 1].rstrip()}…"

    @property
    def kind(self) -> str:
        """Named as `Section.kind`, so that both can be listed in printed order."""
        return "beslutning"

    @property
    def is_short(self) -> bool:
        """Whether it says too little without what was proposed."""
        return len(self.text) <= self.SHORT


class DecisionOutcomeQuerySet(VisibleQuerySet["DecisionOutcome"]):
    """Questions about outcomes."""

    def open_only(self) -> Self:
        return self.filter(decision__item__is_closed=False, decision__item__meeting__is_closed=False)


class DecisionOutcome(models.Model):
    """One thing that a decision did, and the sentence that says so. A decision may have several."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="outcomes", verbose_name="beslutning")
    position = models.PositiveIntegerField("plads")
    kind = models.CharField("beslutningstype", max_length=40, choices=OutcomeKind.choices)
    sentence = models.TextField("sætning", blank=True)
    origin = models.CharField("fra", max_length=10, choices=Origin.choices, default=Origin.RULE, editable=False)

    objects = DecisionOutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = "beslutningstype"
        verbose_name_plural = "beslutningstyper"
        ordering = ["decision", "position"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "position"], name="outcome_position_once"),
            models.CheckConstraint(condition=models.Q(kind__in=OutcomeKind.values), name="outcome_kind_known"),
            models.CheckConstraint(condition=models.Q(origin__in=Origin.values), name="outcome_origin_known"),
        ]
        indexes = [models.Index(fields=["kind", "decision"], name="outcome_by_kind")]

    def __str__(self) -> str:
        return self.get_kind_display()
