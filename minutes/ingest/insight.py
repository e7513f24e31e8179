"""That somebody looked for all that is held about a person, and what an account has done here."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import models

from minutes.models import AgendaItem, ClosedReading, Correction, Erasure, InsightSearch, SourceDocument
from minutes.models.accounts import FailedLogin, hidden_name
from minutes.models.history import Change

_DEEDS: tuple[tuple[type[models.Model], str, str], ...] = (
    (SourceDocument, "added_by", "filer lagt op"),
    (Correction, "corrected_by", "rettelser, der gælder"),
    (AgendaItem, "confirmed_by", "punkter gennemset"),
    (Change, "user", "linjer i ændringsloggen"),
    (ClosedReading, "reader", "åbninger af noget lukket"),
    (LogEntry, "user", "handlinger i administrationen"),
    (Erasure, "erased_by", "filer slettet endeligt"),
    (InsightSearch, "asked_by", "indsigtssøgninger"),
)


def note_search(*, user: Any, found: int, with_closed: bool) -> InsightSearch:
    """Keep that `user` searched, when and how much was found. Not for whom: that would be held about the person too."""
    name = user.get_username()
    return InsightSearch.objects.create(asked_by=user, asked_by_name=name, found=found, with_closed=with_closed)


def deeds_of(account: User) -> list[tuple[str, int]]:
    """What rows name the account, in words, and how many; those of which there are none left out."""
    counts = [(words, model._default_manager.filter(**{key: account}).count()) for model, key, words in _DEEDS]
    failed = FailedLogin.objects.filter(username=hidden_name(account.username)).count()
    return [(words, count) for words, count in [*counts, ("mislykkede login", failed)] if count]
