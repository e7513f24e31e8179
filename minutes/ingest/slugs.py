"""A meeting's address: its date, with the time or the body appended when a second meeting has that date.

Once given, a slug never changes (DESIGN, "Rows").
"""

from __future__ import annotations

import datetime
import itertools
import re
import unicodedata

from minutes.models import Meeting

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_BODY_LENGTH = 100


def new_slug(body: str, date: datetime.date, start_time: datetime.time | None) -> str:
    """A slug that no meeting has. To be called under `locks.archive_lock`."""
    plain = date.isoformat()
    same_day = Meeting.objects.filter(slug__startswith=plain).values_list("slug", "body")
    taken = {slug for slug, _ in same_day}
    if plain not in taken:
        return plain
    same_body = any(other == body for _, other in same_day)
    tail = f"{start_time:%H%M}" if same_body and start_time else _plain(body)
    candidates = itertools.chain([f"{plain}-{tail}"], (f"{plain}-{tail}-{n}" for n in itertools.count(2)))
    return next(candidate for candidate in candidates if candidate not in taken)


def _plain(body: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", body.lower().translate(_LETTERS)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:_BODY_LENGTH].strip("-") or "forum"
