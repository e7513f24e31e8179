"""The original file of a meeting, byte for byte as it came."""

import codecs
import logging
import re
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from minutes.ingest.files import CHUNK, path_of
from minutes.models import SourceDocument, Way

from .access import reading
from .openings import opened

logger = logging.getLogger(__name__)

SUFFIXES = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "text/markdown": "md",
    "text/plain": "txt",
}
SHOWN_BY_BROWSERS = {"application/pdf", "text/plain"}


@reading
def show(request: HttpRequest, slug: str) -> HttpResponse | FileResponse:
    """Send the edition that the meeting's page was read from, in pieces; PDF and text to be shown, others to be saved.

    A source that holds something closed is not there for those who may not read that.
    """
    sources = SourceDocument.objects.visible_to(request.user).current().select_related("meeting")
    return send(request, get_object_or_404(sources, meeting__slug=slug), Way.ORIGINAL)


def send(request: HttpRequest, source: SourceDocument, way: Way) -> HttpResponse | FileResponse:
    """The file of `source`, which must be one that the reader may see, its meeting loaded; the opening is noted."""
    path = path_of(source.sha256)
    try:
        file = path.open("rb")
    except OSError:
        logger.exception("The original %s cannot be read", source.sha256)
        return render(request, "minutes/original_missing.html", {"meeting": source.meeting}, status=404)
    opened(request, way, source)
    return FileResponse(
        file,
        filename=_clean_name(source),
        content_type=_content_type(source.media_type, path),
        as_attachment=source.media_type not in SHOWN_BY_BROWSERS,
        headers={"Content-Length": str(source.size)},
    )


def _clean_name(source: SourceDocument) -> str:
    """Chefforum 2017-06-14.pdf: the name a file came with may say anything."""
    body = re.sub(r"[^\w -]", "", source.meeting.body)
    return f"{body} {source.meeting.slug}.{SUFFIXES.get(source.media_type, 'bin')}"


def _content_type(media_type: str, path: Path) -> str:
    """With the encoding of a text, which browsers would otherwise guess."""
    if not media_type.startswith("text/"):
        return media_type if media_type in SUFFIXES else "application/octet-stream"
    return f"{media_type}; charset={'utf-8' if _is_utf_8(path) else 'windows-1252'}"


def _is_utf_8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while piece := file.read(CHUNK):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True
