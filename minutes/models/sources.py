"""The files that minutes came in, and what editors have put right."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast
from django.db.models.lookups import Exact

from .access import GOVERN, Reader, User, VisibleQuerySet, reader_of
from .items import AgendaItem, Attachment, Section
from .meetings import Meeting


class SourceState(models.TextChoices):
    """Where a source is in its life."""

    DRAFT = "kladde", "Kladde"
    CURRENT = "gældende", "Gældende"
    SUPERSEDED = "afløst", "Afløst"
    DISCARDED = "kasseret", "Kasseret"


IN_ARCHIVE = [SourceState.CURRENT, SourceState.SUPERSEDED]
# When the file itself says that the meeting was, as ISO text; an editor may have put another date or time.
PRINTED_DATE = KeyTextTransform("date", "parsed")
PRINTED_TIME = KeyTextTransform("start_time", "parsed")
PRINTED_BODY = KeyTextTransform("body", "parsed")


class SourceDocumentQuerySet(VisibleQuerySet["SourceDocument"]):
    """Questions about original files."""

    def visible_for(self, reader: Reader) -> Self:
        """What is in the archive: whose a draft is does not follow from rights."""
        return super().visible_for(reader).in_archive()

    def visible_to(self, user: User) -> Self:
        """A draft, or what is left of it, is for whoever brought it and for administrators; one that nobody in
        particular brought (`manage.py ingest --kladde`) is for all who handle sources."""
        reader = reader_of(user)
        visible = super().visible_for(reader)
        if user is None or not reader.handles_sources:
            return visible.in_archive()
        if user.has_perm(GOVERN):
            return visible
        return visible.filter(models.Q(state__in=IN_ARCHIVE) | models.Q(added_by=user.pk) | models.Q(added_by=None))

    def open_only(self) -> Self:
        """A source that holds a closed item is closed, and so are the editions before it and drafts for its meeting."""
        later = SourceDocument.objects.filter(meeting=models.OuterRef("meeting"), is_closed=True)
        that_day = Cast(KeyTextTransform("date", models.OuterRef("parsed")), models.DateField())
        # A meeting's date may have been put right since: what any of its editions printed counts too.
        drafted = KeyTextTransform("date", models.OuterRef(models.OuterRef("parsed")))
        printing = SourceDocument.objects.filter(Exact(PRINTED_DATE, drafted), meeting=models.OuterRef("pk"))
        closed_that_day = _meetings_with_something_closed().filter(
            models.Q(date=that_day) | models.Q(models.Exists(printing))
        )
        # So may a draft's.
        moved = Correction.objects.filter(source=models.OuterRef("pk"), meeting=None, item_key=None, field="date")
        return self.filter(
            ~models.Exists(_meetings_with_something_closed().filter(pk=models.OuterRef("meeting"))),
            ~models.Exists(later.filter(edition__gte=models.OuterRef("edition"))),
            ~(models.Q(meeting=None) & models.Exists(closed_that_day)),
            ~(models.Q(meeting=None) & models.Exists(moved.filter(models.Exists(_closed_on_day_put())))),
            is_closed=False,
        )

    def in_archive(self) -> Self:
        """The current and the earlier editions."""
        return self.filter(state__in=IN_ARCHIVE)

    def current(self) -> Self:
        """The edition that each meeting's rows were read from."""
        return self.filter(state=SourceState.CURRENT)

    def with_unreviewed_warnings(self) -> Self:
        """Each with `warning_count`, where something had to be assumed and an editor has not been through the items."""
        items = AgendaItem.objects.filter(meeting=models.OuterRef("meeting"))
        unreviewed = models.Exists(items.filter(confirmed_at=None)) | ~models.Exists(items)
        count = models.Func("warnings", function="jsonb_array_length", output_field=models.IntegerField())
        return self.filter(unreviewed).exclude(warnings=[]).annotate(warning_count=count)

    def drafts(self) -> Self:
        """Waiting for an editor, latest first."""
        return self.filter(state=SourceState.DRAFT).order_by("-added_at", "-pk")

    def readable_for(self, reader: Reader) -> Self:
        """Those in which nothing is closed to `reader`, whosever draft they are: see `visible_to` for what is shown."""
        return super().visible_for(reader)

    def told_shortly(self) -> Self:
        """Each with what a list of drafts says of it: when the meeting was, as printed, whose, and how many items."""
        items = models.Func(
            KeyTransform("items", "parsed"), function="jsonb_array_length", output_field=models.IntegerField()
        )
        return self.annotate(
            printed_date=PRINTED_DATE, printed_time=PRINTED_TIME, printed_body=PRINTED_BODY, item_count=items
        )

    def with_file(self) -> Self:
        """Those whose file is there: what is discarded has none."""
        return self.exclude(state=SourceState.DISCARDED)


def _meetings_with_something_closed() -> models.QuerySet[Meeting]:
    meeting = models.OuterRef("pk")
    items = AgendaItem.objects.filter(meeting=meeting, is_closed=True)
    attachments = Attachment.objects.filter(item__meeting=meeting, is_closed=True)
    return Meeting.objects.filter(models.Q(is_closed=True) | models.Exists(items) | models.Exists(attachments))


def _closed_on_day_put() -> models.QuerySet[Meeting]:
    """Meetings with something closed of the day that an editor has put for a draft, as `Correction.value`."""

    def put(outer: models.OuterRef) -> models.Func:
        return models.Func(outer, template="(%(expressions)s #>> '{}')", output_field=models.TextField())

    printing = SourceDocument.objects.filter(
        Exact(PRINTED_DATE, put(models.OuterRef(models.OuterRef("value")))), meeting=models.OuterRef("pk")
    )
    day = models.Func("date", models.Value("YYYY-MM-DD"), function="to_char", output_field=models.TextField())
    that_day = Exact(day, put(models.OuterRef("value")))
    return _meetings_with_something_closed().filter(models.Q(that_day) | models.Q(models.Exists(printing)))


class SourceDocumentManager(models.Manager.from_queryset(SourceDocumentQuerySet)):
    """Leaves the reading, which is as large as the file's text, in the database."""

    def get_queryset(self) -> SourceDocumentQuerySet:
        return super().get_queryset().defer("parsed")


class SourceDocument(models.Model):
    """An original file: kept unchanged, found by its checksum, and an edition of one meeting's minutes."""

    meeting = models.ForeignKey(
        "Meeting", models.PROTECT, null=True, blank=True, related_name="sources", verbose_name="møde"
    )
    edition = models.PositiveIntegerField("udgave", default=0, help_text="Fra 1 inden for mødet; 0 er en kladde")
    state = models.CharField("tilstand", max_length=12, choices=SourceState.choices)
    filename = models.CharField("filnavn", max_length=255, blank=True)
    sha256 = models.CharField("kontrolsum", max_length=64, unique=True, editable=False)
    size = models.PositiveBigIntegerField("størrelse i byte", editable=False)
    media_type = models.CharField("filtype", max_length=120, editable=False)
    is_closed = models.BooleanField("indeholder et lukket punkt", default=False, editable=False)
    parser_version = models.CharField("læst af version", max_length=40, blank=True, editable=False)
    parsed = models.JSONField("læsning", null=True, editable=False)  # parsing.serialise; not loaded unless asked for
    warnings = models.JSONField("advarsler", default=list, blank=True, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="tilføjet af"
    )
    added_at = models.DateTimeField("tilføjet", auto_now_add=True)
    read_at = models.DateTimeField("sidst læst", null=True, blank=True, editable=False)

    objects = SourceDocumentManager()

    class Meta:
        verbose_name = "originalfil"
        verbose_name_plural = "originalfiler"
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="source_sha256_form"),
            models.CheckConstraint(
                condition=models.Q(state__in=IN_ARCHIVE, meeting__isnull=False, edition__gte=1)
                | models.Q(state__in=[SourceState.DRAFT, SourceState.DISCARDED], meeting=None, edition=0),
                name="source_state_fits_meeting",
            ),
            models.UniqueConstraint(
                fields=["meeting"], condition=models.Q(state=SourceState.CURRENT), name="source_one_current"
            ),
            models.UniqueConstraint(
                fields=["meeting", "edition"], condition=models.Q(meeting__isnull=False), name="source_edition_once"
            ),
        ]
        indexes = [
            models.Index("state", models.F("added_at").desc(), name="source_by_state"),
            models.Index(fields=["meeting"], condition=models.Q(is_closed=True), name="source_closed"),
            models.Index(PRINTED_DATE, name="source_printed_date"),
        ]

    def __str__(self) -> str:
        return self.filename or f"Fil {self.sha256[:12]}"


class CorrectionQuerySet(VisibleQuerySet["Correction"]):
    """Questions about corrections."""

    def visible_for(self, reader: Reader) -> Self:
        """Corrections are for those who handle sources."""
        return super().visible_for(reader) if reader.handles_sources else self.none()

    def visible_to(self, user: User) -> Self:
        """Those of a draft are for whoever sees the draft."""
        return self.visible_for(reader_of(user)).filter(
            models.Q(meeting__isnull=False) | models.Q(source__in=SourceDocument.objects.visible_to(user))
        )

    def open_only(self) -> Self:
        """A part that is called bilag may be, or name, a closed attachment; a draft's are as open as the draft."""
        closed = Attachment.objects.filter(
            item__meeting=models.OuterRef("meeting"), item__key=models.OuterRef("item_key"), is_closed=True
        )
        item = AgendaItem.objects.filter(
            meeting=models.OuterRef("meeting"), key=models.OuterRef("item_key"), is_closed=False
        )
        stored = models.Q(models.Q(item_key=None) | models.Exists(item), meeting__is_closed=False)
        drafted = models.Q(meeting=None, source__in=SourceDocument.objects.open_only())
        names_closed = models.Q(part__startswith=Section.ATTACHMENTS) | models.Q(field="sections")
        return self.filter(stored | drafted).exclude(names_closed & models.Exists(closed))


class Correction(models.Model):
    """A value that an editor has put right. It is laid over every later reading of `source`.

    `item_key` is `AgendaItem.key`, which stays with the item when it is renumbered; null is the meeting itself.
    `part` names the part within it (see `ingest.corrections`), blank is the item or meeting as such. A new edition
    takes the correction over (`source` changes) where it still prints what was corrected (`printed`).
    """

    meeting = models.ForeignKey(
        "Meeting", models.CASCADE, null=True, blank=True, related_name="corrections", verbose_name="møde"
    )
    source = models.ForeignKey(SourceDocument, models.CASCADE, related_name="corrections", verbose_name="originalfil")
    item_key = models.PositiveIntegerField("punktets nøgle", null=True, blank=True)
    part = models.CharField("del", blank=True)
    field = models.CharField("felt", max_length=40)
    printed = models.JSONField("som trykt", null=True)
    value = models.JSONField("værdi", null=True)  # null where an editor took the start time away
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="rettet af"
    )
    corrected_at = models.DateTimeField("rettet", auto_now=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = "rettelse"
        verbose_name_plural = "rettelser"
        ordering = ["-corrected_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "item_key", "part", "field"], nulls_distinct=False, name="correction_once"
            )
        ]

    def __str__(self) -> str:
        place = "mødet" if self.item_key is None else f"punkt {self.item_key}"
        return f"{self.field} i {self.part or place}"
