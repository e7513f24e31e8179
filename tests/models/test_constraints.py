"""What the database itself refuses, whoever writes."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from minutes.models import (
    AgendaItem,
    Attachment,
    Case,
    Correction,
    Decision,
    DecisionOutcome,
    Meeting,
    Recommendation,
    Reference,
    Section,
    SourceDocument,
    SourceState,
    Synonym,
    Word,
)
from minutes.models.meetings import FIRST_DAY, LAST_DAY
from tests.factories import make_item, make_meeting, make_section

pytestmark = pytest.mark.django_db

DAY = datetime.date(2017, 6, 14)
KNOWN = datetime.time(13)


@pytest.fixture
def meeting():
    sections = [make_section("anledning", "I dag")]
    parts = {"recommendations": ["at …"], "decision": "Godkendt.", "attachments": ["Notat"], "sections": sections}
    return make_meeting(items=[make_item(1, "Budget", case_number="00.01.00-S00-6-17", **parts)])


def source(**values):
    known = {"sha256": "a" * 64, "size": 1, "media_type": "text/plain", "state": SourceState.DRAFT}
    return SourceDocument(**{**known, **values})


REFUSED = {
    "the same meeting": lambda m: Meeting(body=m.body, date=DAY, start_time=KNOWN, slug="2017-06-14-2"),
    "two meetings without time": lambda m: [
        Meeting(body=m.body, date=DAY, slug="2017-06-14-2"),
        Meeting(body=m.body, date=DAY, slug="2017-06-14-3"),
    ],
    "the same address": lambda m: Meeting(body="Andre", date=DAY, slug=m.slug),
    "an address of another form": lambda m: Meeting(body="Andre", date=DAY, slug="14. juni"),
    "a year of three thousand": lambda m: Meeting(body="Andre", date=datetime.date(3017, 3, 20), slug="2017-06-14-x"),
    "the year 17": lambda m: Meeting(body="Andre", date=datetime.date(17, 6, 14), slug="2017-06-14-x"),
    "no body": lambda m: Meeting(body="", date=DAY, slug="2017-06-14-x"),
    "the same number": lambda m: AgendaItem(meeting=m, number=1, key=2),
    "the same key": lambda m: AgendaItem(meeting=m, number=2, key=1),
    "the same place of a section": lambda m: Section(item=m.items.get(), position=1, kind="økonomi"),
    "a second decision": lambda m: Decision(item=m.items.get(), text="Drøftet."),
    "the same place of a recommendation": lambda m: Recommendation(item=m.items.get(), position=1, text="at …"),
    "the same place of an attachment": lambda m: Attachment(item=m.items.get(), position=1, name="Katalog"),
    "an attachment's checksum": lambda m: Attachment(item=m.items.get(), position=2, name="Katalog", sha256="A1"),
    "an unknown outcome": lambda m: DecisionOutcome(decision=Decision.objects.get(), position=9, kind="afgjort"),
    "the same place of an outcome": lambda m: DecisionOutcome(
        decision=Decision.objects.get(), position=1, kind="drøftet"
    ),
    "the same case": lambda m: Case(number="x", normalised="00.01.00-S00-6-17", slug="x"),
    "a case's address with a slash": lambda m: Case(number="14/4", normalised="14/4", slug="14/4"),
    "half a KLE number": lambda m: Case(number="x", normalised="x", slug="x", main_group="00", subject="27.00.00"),
    "the same file": lambda m: source(sha256=m.sources.get().sha256),
    "a checksum that is none": lambda m: source(sha256="g" * 64),
    "a draft with a meeting": lambda m: source(meeting=m),
    "a current source without one": lambda m: source(state=SourceState.CURRENT, edition=1),
    "a second current source": lambda m: source(meeting=m, state=SourceState.CURRENT, edition=2),
    "the same edition": lambda m: source(meeting=m, state=SourceState.SUPERSEDED, edition=1),
    "an unknown state": lambda m: source(state="ukendt"),
    "the same correction": lambda m: [
        Correction(meeting=m, source=m.sources.get(), field="place", value="Her"),
        Correction(meeting=m, source=m.sources.get(), field="place", value="Der"),
    ],
    "a reference that ends before it begins": lambda m: Reference(item=m.items.get(), start=5, end=5),
    "a word in more open items than there are": lambda m: Word(text="budget", open_count=2, total_count=1),
    "the same synonym": lambda m: [Synonym(word="MED", meaning="medudvalg"), Synonym(word="MED", meaning="medudvalg")],
}


@pytest.mark.parametrize("wrong", REFUSED.values(), ids=REFUSED.keys())
def test_the_database_refuses(wrong, meeting):
    rows = wrong(meeting)
    *before, last = rows if isinstance(rows, list) else [rows]
    for row in before:
        row.save()

    with pytest.raises(IntegrityError), transaction.atomic():
        last.save()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_same_number_is_no_fault_until_the_transaction_ends(meeting):
    """A new edition moves several items at once."""
    item = AgendaItem.objects.create(meeting=meeting, number=2, key=2)
    AgendaItem.objects.filter(key=1).update(number=2)
    AgendaItem.objects.filter(pk=item.pk).update(number=1)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    assert list(meeting.items.values_list("number", "key")) == [(1, 2), (2, 1)]


def test_a_meeting_with_a_source_is_not_deleted_by_the_way(meeting):
    with pytest.raises(IntegrityError):
        meeting.delete()


def test_the_vector_lies_outside_its_row():
    """Counting reads every row that matches, and few vectors."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attstorage, reloptions FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid"
            " WHERE relname = 'minutes_searchentry' AND attname = 'vector'"
        )
        storage, options = cursor.fetchone()

    assert (storage, options) == ("e", ["toast_tuple_target=128"])


@pytest.mark.parametrize("date", [FIRST_DAY, LAST_DAY])
def test_every_year_that_a_meeting_can_have_has_an_address(date):
    meeting = make_meeting(date.isoformat())

    assert reverse("year", args=[meeting.year])
