"""Drafts at addresses that are known beforehand: one of each that pages must tell apart."""

from __future__ import annotations

from typing import Any, Final

from minutes.ingest.drafts import discard_draft
from minutes.ingest.service import publish_draft
from minutes.models import SourceDocument
from minutes.models.roles import EDITOR
from tests.archive import HOSTILE
from tests.factories import ingest, make_item, make_minutes, make_section, make_user

OPEN: Final = 700_001
CLOSED: Final = 700_002
OF_ANOTHER: Final = 700_003
DISCARDED: Final = 700_004
PUBLISHED: Final = 700_005


def make_drafts() -> None:
    """Lay them beside the archive of `make_archive`. Nobody in particular has brought any but the one OF_ANOTHER."""
    secret = make_item(1, "Lønforhandling med en navngiven", decision="Hemmeligt.", closed=True)
    item = make_item(
        1,
        f"Helhedsplan {HOSTILE}",
        decision=f"Godkendt. {HOSTILE}",
        sections=[make_section("sagsfremstilling", f"[Klik](javascript:alert(1)) {HOSTILE}")],
        attachments=[f"Bilag {HOSTILE}"],
    )
    _draft(OPEN, "2018-01-10", [item], place=f"Rådhuset {HOSTILE}")
    _draft(CLOSED, "2018-01-24", [secret])
    _draft(OF_ANOTHER, "2018-02-07", user=make_user(EDITOR))
    discard_draft(source=_draft(DISCARDED, "2018-02-21"))
    publish_draft(source=_draft(PUBLISHED, "2018-03-07"))


def _draft(key: int, date: str, items: Any = None, **values: Any) -> SourceDocument:
    user = values.pop("user", None)
    made = ingest(make_minutes(date, items, **values), draft=True, user=user).source
    assert made is not None
    SourceDocument.objects.filter(pk=made.pk).update(id=key)
    return SourceDocument.objects.get(pk=key)
