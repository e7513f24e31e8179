"""Files from people: received, read, and laid among the drafts. Nothing is in the archive by that."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from minutes.ingest.filenames import clean_filename
from minutes.ingest.results import IngestError, StoreUnwritable
from minutes.ingest.uploads import Busy, TooManyUploads, check_upload, count_upload, upload
from minutes.models import SourceDocument, reader_of
from minutes.models.locks import leave_dead_connection
from minutes.parsing.limits import MEGABYTE

from .receiving import Receiver
from .upload_answers import NAMELESS, Answer, State, answer_for

logger = logging.getLogger(__name__)

FILES, END = "filer", "slut"  # the fields of the form; the last one tells that all came in
SUFFIXES = (".pdf", ".docx", ".md", ".markdown", ".txt")
AT_ONCE = 4  # times the largest file that one request may be: more would wait on the disk for its turn

_BROKEN_OFF = "Forbindelsen blev afbrudt, før det hele var sendt. Intet er gemt. Prøv igen."
_TOO_MUCH = "Filerne fylder for meget tilsammen. Send færre ad gangen. Intet er gemt."
_NOTHING = "Vælg mindst én fil."
_NO_DATABASE = "Databasen svarer ikke. Filen er ikke gemt. Prøv igen om lidt."
_NO_READER = "Serveren kunne ikke begynde at læse filen. Den er ikke gemt. Prøv igen om lidt."


@csrf_exempt  # until it is known whether the files are to be received at all; then `_receive` asks
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def show(request: HttpRequest) -> HttpResponseBase:
    """The form; and what became of the files that were sent with it, as a page or as JSON."""
    if not reader_of(request.user).handles_sources:
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, [])
    if int(request.META.get("CONTENT_LENGTH") or 0) > AT_ONCE * settings.READ_LIMITS.max_file_bytes + MEGABYTE:
        return _say(request, [_failed("", _TOO_MUCH, 413)])
    try:
        check_upload(user=request.user)
    except TooManyUploads as error:
        return _say(request, [_failed("", error.message, 429, seconds=error.seconds)])
    receiver = Receiver(request)
    request.upload_handlers = [receiver]
    try:
        has_all = request.POST.get(END) == "ja"
    except (UnreadablePostError, MultiPartParserError, SuspiciousOperation):
        has_all = False
    return _receive(request, receiver, has_all=has_all)


@csrf_protect
def _receive(request: HttpRequest, receiver: Receiver, *, has_all: bool) -> HttpResponseBase:
    if not has_all:
        return _say(request, [_failed("", _BROKEN_OFF, 400)])
    answers = [_take(file, request.user) for file in request.FILES.getlist(FILES)]
    answers += [_failed(one.name, one.message, one.status) for one in receiver.rejected]
    return _say(request, answers or [_failed("", _NOTHING, 400)])


def _take(file: UploadedFile, user: Any) -> Answer:
    """Lay one file among the drafts, and tell `user` what they may know of it."""
    name = clean_filename(file.name or "")
    try:
        count_upload(user=user)
        return answer_for(upload(content=file.read(), filename=name, user=user), name, user)
    except TooManyUploads as error:
        return _failed(name, error.message, 429, seconds=error.seconds)
    except Busy as error:
        return _failed(name, error.message, 503, seconds=5)
    except IngestError as error:
        return _failed(name, error.message, 507 if isinstance(error, StoreUnwritable) else 500)
    except (DatabaseError, InterfaceError):
        logger.exception("Storing a file failed")
        leave_dead_connection()
        return _failed(name, _NO_DATABASE, 503, seconds=30)
    except OSError:
        logger.exception("Receiving a file failed")
        return _failed(name, _NO_READER, 503, seconds=30)


def _failed(name: str, message: str, status: int, *, seconds: int | None = None) -> Answer:
    heading = "Filen er ikke lagt op" if name else "Ingen filer er lagt op"
    return Answer(clean_filename(name) or NAMELESS, State.FAILED, heading, message, status=status, seconds=seconds)


def _say(request: HttpRequest, answers: list[Answer]) -> HttpResponseBase:
    """One answer has its own status; several are 200, whatever became of each."""
    status = answers[0].status if len(answers) == 1 else 200
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        response: HttpResponseBase = JsonResponse({"filer": [answer.as_json() for answer in answers]}, status=status)
    elif len(answers) == 1 and answers[0].preview:
        response = redirect(answers[0].preview)
    else:
        response = _page(request, answers, status)
    waits = [answer.seconds for answer in answers if answer.seconds]
    if waits:
        response.headers["Retry-After"] = str(max(waits))
    return response


def _page(request: HttpRequest, answers: Iterable[Answer], status: int = 200) -> HttpResponse:
    limits = settings.READ_LIMITS
    context = {
        "answers": answers,
        "suffixes": ",".join(SUFFIXES),
        "most_bytes": limits.max_file_bytes,
        "most_megabytes": limits.max_file_bytes // MEGABYTE,
        "most_files": settings.UPLOAD_MAX_FILES,
        "draft_days": settings.DRAFT_DAYS,
        "draft_count": SourceDocument.objects.visible_to(request.user).drafts().count(),
    }
    return render(request, "minutes/upload.html", context, status=status)
