"""Who has uploaded how much of late, in the one place that all processes share."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Upload(models.Model):
    """A file that somebody sent, for as long as it counts (`ingest.uploads.PERIOD`). It says nothing of the file."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="bruger")
    sent_at = models.DateTimeField("sendt", default=timezone.now)

    class Meta:
        verbose_name = "oplægning"
        verbose_name_plural = "oplægninger"
        indexes = [models.Index(fields=["user", "sent_at"], name="upload_by_user")]

    def __str__(self) -> str:
        return f"{self.user} {self.sent_at:%Y-%m-%d %H:%M}"
