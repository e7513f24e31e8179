"""What the archive lacks, as far as a reader can know."""

from __future__ import annotations

import datetime

import pytest

from minutes.ingest.edits import correct
from minutes.models import AgendaItem, Meeting, Reader, SourceDocument
from minutes.models.gaps import MOST_MENTIONS, Gaps
from minutes.parsing.types import Warning
from tests.factories import make_item, make_meeting, make_section

pytestmark = pytest.mark.django_db

READER = Reader(reads=True, reads_closed=False, handles_sources=False)
CLOSED_READER = Reader(reads=True, reads_closed=True, handles_sources=False)
TODAY = datetime.date(2018, 1, 1)
APPROVAL = "Godkendelse af dagsorden og referat"


def gaps(reader: Reader = READER) -> Gaps:
    return Gaps(reader, TODAY)


def day(iso: str) -> datetime.date:
    return datetime.date.fromisoformat(iso)


def approval(words: str | None = None, *, title: str = APPROVAL, number: int = 1):
    sections = [make_section("sagsfremstilling", words)] if words else []
    return make_item(number, title, decision="Godkendt.", sections=sections)


def naming(words: str, number: int = 2):
    return make_item(number, "Budget", decision="Drøftet.", sections=[make_section("sagsfremstilling", words)])


def close(meeting: Meeting) -> None:
    correct(row=meeting, values={"is_closed": True}, user=None)


def lacking(reader: Reader = READER) -> list[str]:
    return [one.date.isoformat() for one in gaps(reader).lacking()]


def broken(reader: Reader = READER) -> list[str]:
    return [one.meeting.date.isoformat() for one in gaps(reader).breaks()]


def test_months_without_a_meeting_lie_between_the_first_and_the_last() -> None:
    for date in ("2016-11-01", "2017-01-10", "2017-01-24", "2017-04-01"):
        make_meeting(date)
    assert [(gap.year, gap.months) for gap in gaps().months()] == [(2017, (2, 3)), (2016, (12,))]


def test_july_alone_is_no_gap_and_is_told_apart_beside_others() -> None:
    for date in ("2016-06-01", "2016-08-01", "2017-06-01", "2017-09-01"):
        make_meeting(date)
    found = {gap.year: (gap.months, gap.lacks_july) for gap in gaps().months()}
    assert found == {2016: ((9, 10, 11, 12), True), 2017: ((1, 2, 3, 4, 5, 8), True)}
    make_meeting("2017-08-01")
    assert {gap.year: gap.months for gap in gaps().months()}[2017] == (1, 2, 3, 4, 5)


def test_a_year_with_nothing_but_july_missing_is_left_out() -> None:
    for month in (6, 8):
        make_meeting(f"2017-0{month}-01")
    assert gaps().months() == []


def test_a_whole_year_without_meetings_has_no_page_to_lead_to() -> None:
    make_meeting("2015-12-01")
    make_meeting("2017-01-01")
    [gap] = gaps().months()
    assert (gap.year, len(gap.months), gap.lacks_july, gap.has_meetings) == (2016, 11, True, False)


def test_each_body_has_months_of_its_own() -> None:
    for body, dates in {"Chefforum": ("01", "03"), "Direktørforum": ("02", "04")}.items():
        for month in dates:
            Meeting.objects.create(body=body, date=f"2017-{month}-01", slug=f"2017-{month}-01")
    assert [(gap.body, gap.months) for gap in gaps().months()] == [("Chefforum", (2,)), ("Direktørforum", (3,))]


def test_meetings_that_items_name_and_the_archive_lacks() -> None:
    make_meeting("2017-05-10")
    make_meeting("2017-06-14", [naming("Se mødet den 10. maj 2017, mødet den 2. maj 2017 og mødet den 21. juni 2017.")])
    assert lacking() == ["2017-06-21", "2017-05-02"]
    make_meeting("2017-05-02")
    assert lacking() == ["2017-06-21"]


def test_meetings_of_other_bodies_and_of_days_to_come_are_not_lacking() -> None:
    make_meeting("2017-06-14", [naming("Økonomiudvalget den 19. juni 2017, og mødet den 2. februar 2018.")])
    assert lacking() == []


def test_who_names_a_meeting_is_told_those_that_approve_it_first() -> None:
    make_meeting("2017-05-01", [naming("Drøftes på mødet den 7. juni 2017.")])
    make_meeting(
        "2017-06-14",
        [approval("Referat for mødet d. 7. juni 2017."), naming("Se mødet den 7. juni. Mødet den 7. juni.")],
    )
    found = gaps()
    [one] = found.with_mentions(found.lacking())
    told = [(str(mention.item.meeting.date), mention.item.number, mention.approves) for mention in one.mentions]
    assert told == [("2017-06-14", 1, True), ("2017-05-01", 2, False), ("2017-06-14", 2, False)]
    assert [mention.is_ahead for mention in one.mentions] == [False, True, False]
    assert one.is_approved
    assert not one.has_more


def test_of_many_that_name_a_meeting_the_first_are_told() -> None:
    items = [naming("Se mødet den 2. maj 2017.", number) for number in range(1, MOST_MENTIONS + 3)]
    make_meeting("2017-06-14", items)
    found = gaps()
    [one] = found.with_mentions(found.lacking())
    assert [mention.item.number for mention in one.mentions] == list(range(1, MOST_MENTIONS + 1))
    assert one.has_more


@pytest.mark.parametrize(
    "item",
    [
        approval("Referatet for mødet d. 7. juni 2017 godkendes."),
        approval(title="Godkendelse af referat fra mødet den 7. juni"),
        approval(title="Godkendelse af dagsorden og referat af 7. juni 2017"),
    ],
    ids=["in its text", "in its title", "in a title without the word"],
)
def test_the_meeting_whose_minutes_are_approved_is_named(item) -> None:
    make_meeting("2017-05-24")
    make_meeting("2017-06-14", [item])
    assert lacking() == ["2017-06-07"]
    [one] = gaps().breaks()
    assert (one.meeting.date, one.later.date) == (day("2017-05-24"), day("2017-06-14"))
    assert one.named == ((day("2017-06-07"), None),)
    assert one.names_nothing_held
    make_meeting("2017-06-07", [approval("Referatet for mødet d. 24. maj 2017 godkendes.")])
    assert (lacking(), broken()) == ([], [])


def test_a_meeting_that_approves_without_a_date_means_the_one_before() -> None:
    make_meeting("2017-05-24")
    make_meeting("2017-06-14", [approval("Referatet fra seneste møde godkendes.")])
    assert broken() == []


def test_a_meeting_that_approves_nothing_breaks_the_chain_unless_a_later_one_does() -> None:
    make_meeting("2017-05-24")
    make_meeting("2017-06-14", [naming("Budgettet.")])
    [one] = gaps().breaks()
    assert (one.meeting.date, one.approval, one.named) == (day("2017-05-24"), None, ())
    make_meeting("2017-06-21", [approval("Referater for mødet d. 24. maj 2017 og mødet d. 14. juni 2017.")])
    assert broken() == []


def test_a_meeting_that_approves_older_minutes_than_those_before_it_breaks_the_chain() -> None:
    make_meeting("2017-05-10")
    make_meeting("2017-05-24", [approval()])
    make_meeting("2017-06-14", [approval("Referatet for mødet d. 10. maj 2017.")])
    [one] = gaps().breaks()
    assert one.meeting.date == day("2017-05-24")
    assert [(named, held and held.slug) for named, held in one.named] == [(day("2017-05-10"), "2017-05-10")]
    assert not one.names_nothing_held


def test_the_last_meeting_and_cancelled_ones_need_nobody_to_approve_them() -> None:
    make_meeting("2017-05-10")
    make_meeting("2017-05-24", [], cancelled=True)
    make_meeting("2017-06-14", [approval("Referatet for mødet d. 10. maj 2017.")])
    assert broken() == []


def test_minutes_of_another_body_are_not_of_the_chain() -> None:
    make_meeting("2017-05-24")
    title = "Godkendelse af referat fra Direktørforums møde den 7. juni"
    item = approval(title=title)
    make_meeting("2017-06-14", [item])
    AgendaItem.objects.filter(title=title).update(is_standing=True)
    assert (lacking(), broken()) == ([], [])


def test_a_closed_meeting_is_as_absent_as_one_that_never_came() -> None:
    """What a reader is told does not change when the closed meeting comes, so its coming is not told."""

    def told(reader: Reader = READER):
        found = gaps(reader)
        named = [(one, [str(mention.item) for mention in one.mentions]) for one in found.with_mentions(found.lacking())]
        return found.months(), [(one.date, one.is_approved, items) for one, items in named], found.breaks()

    make_meeting("2017-03-15")
    make_meeting(
        "2017-05-10", [approval("Referatet for mødet d. 12. april 2017."), naming("Se mødet den 12. april 2017.")]
    )
    before = told()
    assert before == told(CLOSED_READER)
    closed = make_meeting(
        "2017-04-12", [approval("Referatet for mødet d. 15. marts 2017."), naming("Mødet 3. marts 2017.")]
    )
    close(closed)
    assert told() == before
    months, named, breaks = told(CLOSED_READER)
    assert months == breaks == []
    assert [date for date, _, _ in named] == [day("2017-03-03")]


def test_a_closed_item_says_nothing() -> None:
    item = make_item(
        2,
        "Løn",
        decision="Hemmeligt.",
        sections=[make_section("sagsfremstilling", "Mødet d. 2. maj 2017.")],
        closed=True,
    )
    make_meeting("2017-06-14", [item])
    assert lacking() == []
    assert lacking(CLOSED_READER) == ["2017-05-02"]


def test_who_may_not_read_is_told_nothing() -> None:
    make_meeting("2017-06-14", [naming("Se mødet den 2. maj 2017.")])
    nobody = Reader(reads=False, reads_closed=False, handles_sources=False)
    assert (gaps(nobody).meetings, lacking(nobody), broken(nobody)) == ([], [], [])


def test_items_without_decision_are_those_of_meetings_that_were_held() -> None:
    make_meeting("2017-06-14", [make_item(1, "Budget"), make_item(2, "Løn", decision="Godkendt.")])
    make_meeting("2017-06-21", [make_item(1, "Aflyst budget")], cancelled=True)
    assert [item.title for item in AgendaItem.objects.without_decision()] == ["Budget"]


def test_warnings_are_over_when_every_item_has_been_confirmed() -> None:
    warning = Warning("missing_heading", "Overskriften Anledning mangler.", page=3, line=4)
    meeting = make_meeting("2017-06-14", [make_item(1, "A"), make_item(2, "B")], warnings=(warning, warning))
    make_meeting("2017-06-21")
    make_meeting("2017-06-28", [], cancelled=True, warnings=(warning,))

    def found() -> list[tuple[str, int]]:
        sources = SourceDocument.objects.current().with_unreviewed_warnings().order_by("meeting__date")
        return [(source.meeting.slug, source.warning_count) for source in sources.select_related("meeting")]

    assert found() == [("2017-06-14", 2), ("2017-06-28", 1)]
    meeting.items.filter(number=1).update(confirmed_at=datetime.datetime.now(datetime.UTC))
    assert len(found()) == 2
    meeting.items.update(confirmed_at=datetime.datetime.now(datetime.UTC))
    assert found() == [("2017-06-28", 1)]
