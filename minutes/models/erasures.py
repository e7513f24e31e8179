"""What is left of what was erased, and of searches for what is held about a person: who, when, why."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format

ERASE = "minutes.erase"
INSIGHT = "minutes.insight"


class ErasureReason(models.TextChoices):
    """Why a file was erased."""

    MISTAKE = "fejl", "Lagt i arkivet ved en fejl"
    NOT_TO_BE_HERE = "må ikke ligge her", "Rummer oplysninger, der ikke må ligge i arkivet"
    RIGHT_TO_ERASURE = "ret til sletning", "En person har ret til at få oplysningerne slettet"
    EXPIRED = "opbevaringsfrist", "Opbevaringsfristen er udløbet"
    OTHER = "andet", "Andet"


class ErasedKind(models.TextChoices):
    """What an erased file was."""

    SOURCE = "originalfil", "Originalfil"
    ATTACHMENT = "bilag", "Bilag"


class ErasureQuerySet(models.QuerySet["Erasure"]):
    """Questions about what was erased."""

    def newest_first(self) -> Self:
        """The latest erasure first; files that went together stay together."""
        return self.order_by("-erased_at", "pk")

    def refusing(self, sha256: str) -> Erasure | None:
        """The erasure because of which a file of that checksum may not come into the archive again; None if it may."""
        return self.filter(sha256=sha256, lifted_at=None).newest_first().first()


class Erasure(models.Model):
    """A file that an administrator erased with all that came from it.

    Nothing here says whose minutes they were or of which day: the checksum tells it to whoever holds the file.
    """

    sha256 = models.CharField("kontrolsum", max_length=64, editable=False, db_index=True)
    kind = models.CharField("fil", max_length=12, choices=ErasedKind.choices, editable=False)
    reason = models.CharField("hvorfor", max_length=20, choices=ErasureReason.choices, editable=False)
    note = models.CharField("uddybning", max_length=300, blank=True, editable=False)
    erased_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="slettet af",
    )
    erased_by_name = models.CharField("slettet af", max_length=150, editable=False)  # outlives the account
    erased_at = models.DateTimeField("slettet", editable=False)
    lifted_by_name = models.CharField("spærring ophævet af", max_length=150, blank=True, editable=False)
    lifted_at = models.DateTimeField("spærring ophævet", null=True, editable=False)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        verbose_name = "endelig sletning"
        verbose_name_plural = "endelige sletninger"
        ordering = ["-erased_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="erasure_sha256_form"),
            models.CheckConstraint(condition=models.Q(reason__in=ErasureReason.values), name="erasure_reason_known"),
            models.CheckConstraint(condition=models.Q(kind__in=ErasedKind.values), name="erasure_kind_known"),
        ]
        indexes = [models.Index(models.F("erased_at").desc(), "id", name="erasure_newest")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.sha256[:12]}"

    @property
    def refusal(self) -> str:
        """What is said to somebody who brings the file again."""
        when = date_format(timezone.localtime(self.erased_at), "j. F Y")
        return f"Filen blev slettet endeligt {when}. En administrator kan give lov til, at den lægges i arkivet igen."


class InsightSearch(models.Model):
    """That somebody searched everything for one person's name (indsigtsanmodning). For whom is not kept: the name
    would be one more thing held about that person."""

    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="søgt af"
    )
    asked_by_name = models.CharField("søgt af", max_length=150, editable=False)
    asked_at = models.DateTimeField("søgt", auto_now_add=True, editable=False)
    found = models.PositiveIntegerField("steder fundet", editable=False)
    with_closed = models.BooleanField("også lukkede punkter", editable=False)

    class Meta:
        verbose_name = "indsigtssøgning"
        verbose_name_plural = "indsigtssøgninger"
        ordering = ["-asked_at", "-pk"]
        permissions = [("insight", "Må søge alt frem om en person")]

    def __str__(self) -> str:
        return f"Indsigtssøgning {self.pk}"
