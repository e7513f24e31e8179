"""Drafts wait, are discarded, and expire; of one that is gone only that it was there stays."""

from __future__ import annotations

import datetime
import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from minutes.ingest import files
from minutes.ingest.drafts import discard_draft, expire_drafts
from minutes.ingest.results import Outcome, Refused, StoreUnwritable
from minutes.ingest.service import ingest_file, publish_draft
from minutes.ingest.upkeep import checksums, faults, remove_unless_known, sweep
from minutes.models import Attachment, Correction, SourceDocument, SourceState, Upload
from tests.factories import ingest, make_item, make_meeting, make_minutes, make_user

pytestmark = pytest.mark.django_db

CONTENT = (Path(__file__).parents[1] / "referater" / "2023-12-07.txt").read_bytes()


def make_draft(**values: object) -> SourceDocument:
    source = ingest_file(content=CONTENT, filename="Referat 070761-4285.txt", draft=True, **values).source
    assert source is not None
    return source


def test_of_a_discarded_draft_who_and_when_and_the_checksum_stay() -> None:
    person = make_user("redaktør")
    draft = make_draft(user=person)
    Correction.objects.create(source=draft, item_key=1, field="title", value="Ny titel")

    discard_draft(source=draft)

    left = SourceDocument.objects.defer(None).get()
    assert (left.state, left.sha256, left.added_by) == (SourceState.DISCARDED, draft.sha256, person)
    assert left.added_at == draft.added_at
    assert (left.filename, left.parsed, left.warnings) == ("", None, [])
    assert not Correction.objects.exists()
    assert not files.path_of(draft.sha256).exists()
    assert sweep(delete=False) == []
    assert list(faults(checksums())) == []


def test_what_is_no_draft_is_not_discarded() -> None:
    source = make_meeting().sources.get()
    with pytest.raises(Refused):
        discard_draft(source=source)
    source.refresh_from_db()
    assert (source.state, files.path_of(source.sha256).exists()) == (SourceState.CURRENT, True)
    draft = make_draft()
    discard_draft(source=draft)
    with pytest.raises(Refused):
        discard_draft(source=draft)
    with pytest.raises(Refused):
        publish_draft(source=draft)


def test_the_same_file_again_makes_a_draft_anew() -> None:
    first, second = make_user("redaktør"), make_user("redaktør")
    discard_draft(source=make_draft(user=first))

    result = ingest_file(content=CONTENT, filename="igen.txt", user=second, draft=True)

    assert result.outcome is Outcome.DRAFT
    draft = SourceDocument.objects.get()
    assert (draft.state, draft.filename, draft.added_by) == (SourceState.DRAFT, "igen.txt", second)
    assert files.read(draft.sha256) == CONTENT
    assert publish_draft(source=draft).outcome is Outcome.CREATED


def test_bringing_it_again_in_vain_leaves_it_discarded_and_no_file(settings: Settings) -> None:
    draft = make_draft()
    discard_draft(source=draft)
    settings.ARCHIVE_ROOT.rename(settings.ARCHIVE_ROOT.with_name("gone"))
    settings.ARCHIVE_ROOT.write_text("no folder")
    with pytest.raises(StoreUnwritable):
        make_draft()
    assert SourceDocument.objects.get().state == SourceState.DISCARDED


def test_a_file_that_is_an_attachment_too_stays() -> None:
    draft = make_draft()
    make_meeting(items=[make_item(1, "Budget", attachments=["Notat"])])
    Attachment.objects.update(sha256=draft.sha256)

    discard_draft(source=draft)

    assert files.read(draft.sha256) == CONTENT
    Attachment.objects.update(sha256=None)
    remove_unless_known(draft.sha256)
    assert not files.path_of(draft.sha256).exists()


def wait(draft: SourceDocument, days: float) -> None:
    moment = timezone.now() - datetime.timedelta(days=days)
    SourceDocument.objects.filter(pk=draft.pk).update(added_at=moment)


def test_a_draft_expires_and_nothing_else_does(settings: Settings) -> None:
    settings.DRAFT_DAYS = 10
    old, young = make_draft(), ingest(make_minutes(), draft=True).source
    stored = make_meeting("2018-01-01").sources.get()
    wait(stored, 1000)
    wait(young, 9.9)
    assert expire_drafts() == 0

    wait(old, 10.1)
    assert expire_drafts() == 1
    states = dict(SourceDocument.objects.values_list("pk", "state"))
    assert states[old.pk] == SourceState.DISCARDED
    assert states[young.pk] == SourceState.DRAFT
    assert states[stored.pk] == SourceState.CURRENT
    assert [files.path_of(one.sha256).exists() for one in (old, young, stored)] == [False, True, True]
    assert expire_drafts() == 0


def test_the_command_for_every_night() -> None:
    wait(make_draft(), 31)
    person = make_user("redaktør")
    Upload.objects.create(user=person, sent_at=timezone.now() - datetime.timedelta(hours=2))
    Upload.objects.create(user=person)
    for said in ("Kasseret: 1 kladde.\n", "Ingen kladder er udløbet.\n"):
        out = io.StringIO()
        call_command("expire", stdout=out)
        assert out.getvalue() == said
    assert Upload.objects.count() == 1
