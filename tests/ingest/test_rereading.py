"""What an earlier version read is read again."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command

from minutes.ingest import files
from minutes.ingest.edits import correct
from minutes.ingest.reading import PARSER_VERSION
from minutes.ingest.service import ingest_file
from minutes.models import AgendaItem, Deadline, Section, SourceDocument

pytestmark = pytest.mark.django_db

FIXTURE = Path(__file__).parents[1] / "referater" / "2017-06-14.md"


@pytest.fixture
def old() -> SourceDocument:
    """A meeting as the version before deadlines left it."""
    source = ingest_file(content=FIXTURE.read_bytes(), filename=FIXTURE.name).source
    assert source is not None
    Deadline.objects.all().delete()
    SourceDocument.objects.update(parser_version="1")
    return source


def reparse(*options: str) -> str:
    out = StringIO()
    call_command("reparse", *options, stdout=out, stderr=out)
    return out.getvalue()


def warnings() -> list[str]:
    return [warning.id for warning in run_checks(databases=["default"]) if warning.id == "minutes.W002"]


def test_a_meeting_gets_what_the_version_before_did_not_find(old: SourceDocument) -> None:
    correct(row=AgendaItem.objects.get(number=1), values={"title": "Rettet"}, user=None)
    Deadline.objects.all().delete()
    SourceDocument.objects.update(parser_version="1")
    assert warnings() == ["minutes.W002"]

    told = reparse()
    assert "Chefforum 14. juni 2017:\n  punkt 3: ændret (Frister)\n" in told
    assert "Intet er gemt" in told
    assert not Deadline.objects.exists()

    assert "Læst igen: 1 møde, 1 med ændringer." in reparse("--gem")

    assert Deadline.objects.filter(words="senest d. 21.juni").count() == 1
    assert AgendaItem.objects.get(number=1).title == "Rettet"
    old.refresh_from_db()
    assert old.parser_version == PARSER_VERSION
    assert warnings() == []
    assert "Intet at læse igen." in reparse()


def test_a_meeting_whose_file_is_gone_stands_as_it_did(old: SourceDocument) -> None:
    files.path_of(old.sha256).unlink()
    with pytest.raises(CommandError, match="1 fil kunne ikke læses"):
        reparse("--gem")
    assert AgendaItem.objects.count() == 7
    assert not Deadline.objects.exists()


def test_words_are_shown_when_asked_for_only(old: SourceDocument) -> None:
    Section.objects.filter(item__number=3, kind="anledning").update(text="Noget helt andet.")
    assert "helt andet" not in reparse()
    assert "Anledning, fjernet: Noget helt andet." in reparse("--verbosity", "2")


def test_what_reads_the_same_changes_nothing(old: SourceDocument) -> None:
    reparse("--gem")
    before = list(Section.objects.order_by("pk").values_list())
    assert "Intet at læse igen." in reparse()
    assert "Læst igen: 1 møde, 0 med ændringer." in reparse("--alle", "--gem")
    assert list(Section.objects.order_by("pk").values_list()) == before
