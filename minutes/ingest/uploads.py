"""Files that people upload: counted for each person, read a few at a time, and laid among the drafts."""

from __future__ import annotations

import concurrent.futures
import datetime
import functools
import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from minutes.models.uploads import Upload
from minutes.parsing.errors import ParseError

from . import files
from .reading import Reading, read
from .results import IngestError, IngestResult
from .service import ingest_file, known_file

PERIOD = datetime.timedelta(hours=1)
WAIT_SECONDS = 20.0  # for one's turn; most files are read in less than one


class TooManyUploads(IngestError):
    """Somebody has sent as many files as they may for now. `seconds` is how long until the next."""

    def __init__(self, seconds: int) -> None:
        minutes = -(-seconds // 60)
        wait = "et minut" if minutes == 1 else f"{minutes} minutter"
        super().__init__(
            f"Du har lagt {settings.UPLOADS_PER_HOUR} filer op den seneste time, og flere går der ikke på en time. "
            f"Prøv igen om {wait}."
        )
        self.seconds = seconds


class Busy(IngestError):
    """Others' files are being read. The archive is as before."""


def upload(*, content: bytes, filename: str, user: Any) -> IngestResult:
    """Lay a file among the drafts, for `user`. Answers and raises as `ingest_file`; also raises Busy."""
    known = known_file(files.digest_of(content), draft=True)
    reading = None if known else _read_in_turn(content)
    return ingest_file(content=content, filename=filename, user=user, draft=True, reading=reading)


def count_upload(*, user: Any) -> None:
    """Note that `user` sends a file. Raises TooManyUploads, having noted nothing, when there were too many of late.

    Two at once wait for each other, whichever process they are in.
    """
    with transaction.atomic():
        get_user_model().objects.select_for_update(no_key=True).get(pk=user.pk)
        now = timezone.now()
        sent = Upload.objects.filter(user=user.pk)
        sent.filter(sent_at__lte=now - PERIOD).delete()
        if seconds := _seconds_until_next(user, now):
            raise TooManyUploads(seconds)
        Upload.objects.create(user=user, sent_at=now)


def check_upload(*, user: Any) -> None:
    """Raise TooManyUploads where the next file would be too many: before it is received."""
    if seconds := _seconds_until_next(user, timezone.now()):
        raise TooManyUploads(seconds)


def forget_uploads() -> None:
    """Take away what counts no more."""
    Upload.objects.filter(sent_at__lte=timezone.now() - PERIOD).delete()


def _seconds_until_next(user: Any, now: datetime.datetime) -> int:
    """0 when it may come now."""
    sent = Upload.objects.filter(user=user.pk, sent_at__gt=now - PERIOD).order_by("-sent_at")
    first_of_most = sent.values_list("sent_at", flat=True)[settings.UPLOADS_PER_HOUR - 1 : settings.UPLOADS_PER_HOUR]
    return max((int((moment + PERIOD - now).total_seconds()) + 1 for moment in first_of_most), default=0)


def _read_in_turn(content: bytes) -> Reading | ParseError:
    """The reading of a file, as soon as few enough others are being read. Raises Busy when that takes too long."""
    reading = _readers(os.getpid(), settings.UPLOADS_AT_ONCE).submit(read, content)
    try:
        return reading.result(WAIT_SECONDS)
    except concurrent.futures.TimeoutError:
        if reading.cancel():
            raise Busy("Serveren er i gang med at læse andres filer. Prøv igen om et øjeblik.") from None
        return reading.result()  # it is being read, which has an end of its own


@functools.lru_cache(maxsize=1)
def _readers(process: int, at_once: int) -> ThreadPoolExecutor:
    """The threads of this process that read: each keeps one child, whichever request a file comes with."""
    return ThreadPoolExecutor(at_once, thread_name_prefix="uploaded")
