"""The style guide: every component with its states, on one page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from .access import reading
from .examples import Example, all_examples

COMPONENTS = Path(settings.BASE_DIR, "templates", "components")
COLOURS = (
    *("ink", "ink-soft", "ink-quiet", "paper", "surface", "line", "line-strong", "link", "visited", "accent"),
    *("accent-strong", "accent-surface", "good", "good-surface", "bad", "bad-surface", "note", "note-surface"),
    *("warn", "warn-surface", "mark", "focus"),
)
_COMMENT = re.compile(r"\{# (.*?) #\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Shown:
    """A component: what its file says of it, and its states, each with how it looks."""

    name: str
    words: str
    states: list[tuple[Example, SafeString]]


def components() -> list[str]:
    """The names of all there are."""
    return sorted(path.stem for path in COMPONENTS.glob("*.html"))


@reading
def show(request: HttpRequest) -> HttpResponse:
    return render(request, "minutes/style_guide.html", {"components": list(_shown(request)), "colours": COLOURS})


def _shown(request: HttpRequest) -> Iterator[Shown]:
    examples = all_examples()
    for name in components():
        comment = _COMMENT.match((COMPONENTS / f"{name}.html").read_text(encoding="utf-8"))
        states = [
            (example, render_to_string(f"components/{name}.html", {"user": None, **example.context}, request))
            for example in examples.get(name, ())
        ]
        yield Shown(name, comment[1] if comment else "", states)
