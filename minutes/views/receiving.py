"""Files on their way in: how much of them is taken, and what is said of those that are not.

A file over the limit is passed over from there on, and what was written of it taken away; the others are received. No
page but the one for it takes files at all, so that nobody fills a disk by way of the login form.
"""

from __future__ import annotations

import contextlib
import errno
import tempfile
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from minutes.parsing.readers import too_large


class NoFiles(FileUploadHandler):
    """For every other page: files are read past."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Never called."""

    def file_complete(self, file_size: int) -> None:
        """None."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file that was not taken in whole, and why, in Danish."""

    name: str
    message: str
    status: int


class Receiver(FileUploadHandler):
    """Writes each file to a temporary one, as far as the limits go. `rejected` are the others.

    Such a file has no name: whatever becomes of this process, it is gone when it is closed.
    """

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.rejected: list[Rejected] = []
        self._files = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._files += 1
        if self._files > settings.UPLOAD_MAX_FILES:
            most = settings.UPLOAD_MAX_FILES
            raise self._rejects(f"Der kan højst sendes {most} filer ad gangen, og denne kom ikke med. Send den igen.")
        try:
            self.file = tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115 - outlives this
        except OSError as error:
            raise self._rejects(_reason(error), 507) from error

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Takes the next piece of the file."""
        size = start + len(raw_data)
        if size > settings.READ_LIMITS.max_file_bytes:
            raise self._rejects(too_large(size, settings.READ_LIMITS).message)
        try:
            self.file.write(raw_data)
        except OSError as error:
            raise self._rejects(_reason(error), 507) from error

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """The file, to be read from its beginning."""
        try:
            self.file.seek(0)
        except OSError as error:  # what was still to be written of it
            self._rejects(_reason(error), 507)
            return None
        return UploadedFile(self.__dict__.pop("file"), self.file_name, self.content_type, file_size, self.charset)

    def upload_interrupted(self) -> None:
        """The last file did not come in whole."""
        self._drop()

    def _rejects(self, message: str, status: int = 413) -> SkipFile:
        self._drop()
        self.rejected.append(Rejected(self.file_name or "", message, status))
        return SkipFile()

    def _drop(self) -> None:
        """Take away what there is of the file. What it still had to write may find no room."""
        if file := self.__dict__.pop("file", None):
            with contextlib.suppress(OSError):
                file.close()


def _reason(error: OSError) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return "Der er ikke plads på serverens disk til filen lige nu. Sig det til en administrator, og prøv senere."
    return "Serveren kunne ikke tage imod filen. Sig det til en administrator, og prøv senere."
