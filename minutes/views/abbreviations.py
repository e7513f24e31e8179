"""The words that search treats alike: what abbreviations stand for, and what else is the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from minutes.models import Synonym
from minutes.models.sortkeys import danish_sort_key

from .access import reading

_AFTER_Z = {"{": "Æ", "|": "Ø", "}": "Å"}  # as sort keys have them


@dataclass
class Letter:
    """A letter, and the words that begin with it, each with its meanings."""

    name: str
    entries: list[tuple[str, list[str]]] = field(default_factory=list)


@reading
def show(request: HttpRequest) -> HttpResponse:
    synonyms = Synonym.objects.in_danish_order()
    user = request.user
    may_edit = user.is_staff and user.has_perm("minutes.change_synonym")
    return render(
        request,
        "minutes/abbreviations.html",
        {
            "abbreviations": _by_letter(synonym for synonym in synonyms if synonym.is_abbreviation),
            "words": _by_letter(synonym for synonym in synonyms if not synonym.is_abbreviation),
            "edit_address": reverse("admin:minutes_synonym_changelist") if may_edit else "",
        },
    )


def _by_letter(synonyms: Iterable[Synonym]) -> list[Letter]:
    """The letters in Danish order; a word with several meanings stands once."""
    letters = []
    for name, begun in groupby(synonyms, key=lambda synonym: _letter(synonym.word)):
        letter = Letter(name)
        for word, same in groupby(begun, key=lambda synonym: synonym.word):
            letter.entries.append((word, [synonym.meaning for synonym in same]))
        letters.append(letter)
    return letters


def _letter(word: str) -> str:
    first = danish_sort_key(word)[:1]
    return _AFTER_Z.get(first, first.upper()) if not first.isdigit() else "0-9"
