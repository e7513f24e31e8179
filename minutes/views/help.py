"""Help, which is docs/brug.md with what only a page can do, and the way to the accessibility statement."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import get_script_prefix
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from .access import reading

_CHAPTER = re.compile(r"^## (.+)$", re.MULTILINE)
_ASCII = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the help. `slug` is its place on the page, `text` Markdown."""

    slug: str
    heading: str
    text: str


def _read(path: Path) -> tuple[str, tuple[Chapter, ...]]:
    """What stands before the first chapter, without the title, and the chapters."""
    opening, *parts = _CHAPTER.split(path.read_text(encoding="utf-8"))
    pairs = zip(parts[::2], parts[1::2], strict=True)
    chapters = tuple(Chapter(slugify(heading.lower().translate(_ASCII)), heading, text) for heading, text in pairs)
    return opening.partition("\n")[2], chapters


_OPENING, _CHAPTERS = _read(settings.BASE_DIR / "docs" / "brug.md")


@reading
def show(request: HttpRequest) -> HttpResponse:
    chapters = [(chapter, _placed(chapter.text)) for chapter in _CHAPTERS]
    context = {"opening": _OPENING, "chapters": chapters, "contact": settings.HELP_CONTACT}
    return render(request, "minutes/help.html", context)


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """To the statement, wherever it lies; nobody needs to log in to read it."""
    if settings.ACCESSIBILITY_STATEMENT_URL:
        return HttpResponseRedirect(settings.ACCESSIBILITY_STATEMENT_URL)
    return render(request, "minutes/accessibility.html")


def _placed(text: str) -> str:
    """`text` with its links below the address under which the site lies."""
    return text.replace("](/", f"]({get_script_prefix()}")
