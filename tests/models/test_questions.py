"""The questions that pages ask, and what they cost."""

import datetime

import pytest

from minutes.models import AgendaItem, Attachment, Case, Decision, Meeting, OutcomeKind, Recommendation
from minutes.parsing.outcomes import KINDS
from tests.factories import make_item, make_meeting, make_user

pytestmark = pytest.mark.django_db

RICH = {
    "recommendations": ["at udkastet drøftes", "at udkastet godkendes"],
    "decision": "Chefforum godkendte udkastet.",
    "attachments": ["Notat", "Katalog"],
}


def standing(number=9):
    return make_item(number, "Evt.", decision="Intet.")


def titles(rows):
    return [row.title for row in rows]


def test_meetings_by_year_newest_first():
    for date, time in [("2016-12-31", "09:00"), ("2017-01-01", "09:00"), ("2017-01-01", "13:00"), ("2018-05-05", None)]:
        make_meeting(date, time=time)

    assert Meeting.objects.by_year() == [(2018, 1), (2017, 2), (2016, 1)]
    assert [str(meeting.start_time) for meeting in Meeting.objects.in_year(2017).newest_first()] == [
        "13:00:00",
        "09:00:00",
    ]


def test_the_meetings_before_and_after_one():
    dates = ["2016-12-31", "2017-01-01", "2017-02-01"]
    first, middle, last = (make_meeting(date) for date in dates)
    afternoon = make_meeting("2017-01-01", time="15:00")
    timeless = Meeting.objects.create(body="Andre", date="2017-01-01", slug="2017-01-01-andre")

    assert list(Meeting.objects.before(afternoon)) == [middle, timeless, first]
    assert list(Meeting.objects.after(middle)) == [afternoon, last]
    assert list(Meeting.objects.after(timeless)) == [middle, afternoon, last]
    assert list(Meeting.objects.before(timeless)) == [first]
    assert not Meeting.objects.before(first)
    assert not Meeting.objects.after(last)


def test_lists_leave_out_what_stands_at_every_meeting():
    make_meeting(items=[make_item(1, "Budget", **RICH), make_item(2, "Mødeplan"), standing()])

    assert titles(AgendaItem.objects.not_standing()) == ["Budget", "Mødeplan"]
    assert titles(AgendaItem.objects.with_decision()) == ["Budget", "Evt."]
    assert [decision.item.title for decision in Decision.objects.not_standing()] == ["Budget"]


def test_decisions_newest_first_and_by_kind():
    make_meeting("2017-01-01", [make_item(2, "B", decision="Godkendt."), make_item(1, "A", decision="Drøftet.")])
    make_meeting("2017-02-01", [make_item(1, "C", decision="Xyzzy.")])

    assert [decision.item.title for decision in Decision.objects.newest_first()] == ["C", "A", "B"]
    assert [decision.item.title for decision in Decision.objects.of_kind(OutcomeKind.APPROVED)] == ["B"]
    assert [decision.item.title for decision in Decision.objects.unclear()] == ["C"]


def test_the_kinds_of_outcome_are_those_that_the_rules_know():
    assert set(OutcomeKind.values) == {*KINDS, "ingen beslutning"}


def test_a_case_tells_its_story_from_the_beginning():
    number = "00.01.00-S00-6-17"
    make_meeting("2017-02-01", [make_item(1, "Andet udkast", case_number=number)])
    make_meeting("2017-01-01", [make_item(1, "Første udkast", case_number=number)])
    user = make_user()

    case = Case.objects.visible_to(user).with_item_count(user).with_items(user).get()

    assert titles(case.items.all()) == ["Første udkast", "Andet udkast"]
    assert (case.item_count, case.latest) == (2, datetime.date(2017, 2, 1))


def test_offices_in_danish_order_and_attachments_without_a_file():
    make_meeting(
        items=[
            make_item(n, name, proposer=name, recommendations=["at …"])
            for n, name in enumerate(["Økonomi", "Ældre", "By"])
        ]
    )
    make_meeting("2017-01-01", [make_item(1, "A", attachments=["Notat", "Katalog"])])
    Attachment.objects.filter(name="Notat").update(sha256="a" * 64)

    assert Recommendation.objects.all().offices() == ["By", "Ældre", "Økonomi"]
    assert [row.name for row in Attachment.objects.missing()] == ["Katalog"]


def walk(rows):
    """Touch everything that a page shows."""
    for row in rows:
        str(row)
        items = row.items.all() if hasattr(row, "items") else [row]
        for item in items:
            _ = item.meeting.slug, item.case and item.case.slug
            _ = [part.text for part in item.sections.all()], [part.name for part in item.attachments.all()]
            _ = [one.target_meeting for one in item.references.all()]
            if not isinstance(row, Meeting):  # its page shows the Indstilling as printed
                _ = [part.office for part in item.recommendations.all()]
            if hasattr(item, "decision"):
                _ = [outcome.kind for outcome in item.decision.outcomes.all()]


@pytest.mark.parametrize(
    ("question", "ceiling"),
    [
        (lambda user: Meeting.objects.visible_to(user).with_item_count(user).with_items(user), 6),
        (lambda user: AgendaItem.objects.visible_to(user).with_parts(user).newest_first(), 7),
        (lambda user: Case.objects.visible_to(user).with_item_count(user).with_items(user), 8),
    ],
    ids=["meetings", "items", "cases"],
)
def test_a_page_costs_the_same_however_much_it_shows(question, ceiling, django_assert_max_num_queries):
    user = make_user()
    user.has_perm("minutes.view_meeting")  # a request looks rights up once
    counts = []
    for month in (1, 2, 3):
        items = [make_item(n, f"Sag {n}", case_number=f"00.01.00-S00-{n}-1{month}", **RICH) for n in (1, 2, 3)]
        make_meeting(f"2017-0{month}-01", items)
        with django_assert_max_num_queries(ceiling) as captured:
            walk(question(user))
        counts.append(len(captured))
    assert len(set(counts)) == 1


def test_a_list_of_decisions_costs_the_same_however_long(django_assert_num_queries):
    user = make_user()
    user.has_perm("minutes.view_meeting")
    for month in (1, 2):
        make_meeting(f"2017-0{month}-01", [make_item(n, f"Sag {n}", **RICH) for n in (1, 2)])
        with django_assert_num_queries(3):
            for decision in Decision.objects.visible_to(user).newest_first().with_context(user):
                _ = decision.item.meeting.slug, [row.text for row in decision.item.recommendations.all()]
                _ = [outcome.kind for outcome in decision.outcomes.all()]


def test_a_list_of_sources_leaves_their_readings_in_the_database():
    meeting = make_meeting()

    assert "parsed" in meeting.sources.get().get_deferred_fields()
