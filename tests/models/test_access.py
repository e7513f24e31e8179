"""Who sees what: every kind of row, for every kind of person, and numbers that do not tell on what is hidden.

One archive: an open meeting with an open and a closed item, each with every kind of part and its own case; a closed
meeting; two editions of the open meeting, a draft, and corrections.
"""

import datetime

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser, User

from minutes.ingest.closed_readings import closed_among, record_openings
from minutes.ingest.edits import correct
from minutes.models import (
    AgendaItem,
    Attachment,
    Case,
    Change,
    ClosedReading,
    Correction,
    Deadline,
    Decision,
    DecisionOutcome,
    Meeting,
    Recommendation,
    Reference,
    SearchEntry,
    SearchText,
    Section,
    SourceDocument,
    Way,
    Word,
    reader_of,
)
from minutes.models.access import VisibleQuerySet
from tests.factories import ingest, make_item, make_meeting, make_minutes, make_section, make_user

pytestmark = pytest.mark.django_db

PEOPLE = [
    "nobody",
    "no role",
    "læser",
    "læser+",
    "redaktør",
    "redaktør+",
    "administrator",
    "administrator+",
    "superuser",
]
ROWS = {
    Meeting: lambda row: row.slug,
    AgendaItem: lambda row: row.title,
    Section: lambda row: row.text,
    Decision: lambda row: row.text,
    DecisionOutcome: lambda row: row.sentence,
    Deadline: lambda row: row.words,
    Recommendation: lambda row: row.text,
    Attachment: lambda row: row.name,
    Case: lambda row: row.number,
    SourceDocument: lambda row: row.filename,
    Correction: lambda row: row.value,
    Reference: lambda row: row.words or str(row.target_item),
    SearchEntry: lambda row: row.item.title,
    SearchText: lambda row: row.parts[0][2],
    Word: lambda row: row.text,
    ClosedReading: lambda row: row.what,
}


@pytest.fixture
def people():
    return {
        "nobody": AnonymousUser(),
        "no role": make_user(None, reads_closed=True),
        "læser": make_user("læser"),
        "læser+": make_user("læser", reads_closed=True),
        "redaktør": make_user("redaktør"),
        "redaktør+": make_user("redaktør", reads_closed=True),
        "administrator": make_user("administrator"),
        "administrator+": make_user("administrator", reads_closed=True),
        "superuser": User.objects.create_superuser("root"),
    }


@pytest.fixture
def archive():
    editor = make_user("redaktør", reads_closed=True)
    parts = {"recommendations": ["at åben"], "decision": "Åben godkendt.", "attachments": ["åbent bilag"]}
    closed = {"recommendations": ["at lukket"], "decision": "Lukket godkendt.", "attachments": ["lukket bilag"]}
    items = [
        make_item(1, "Åbent", case_number="00.01.00-A00-1-17", **parts),
        make_item(2, "Lukket", case_number="81.00.00-A00-2-17", closed=True, **closed),
        make_item(3, "Også åbent", case_number="00.01.00-A00-1-17"),
        make_item(4, "Halvlukket", attachments=["hemmeligt notat"]),
    ]
    make_meeting(
        time=None, date="2017-05-01", items=[make_item(1, "Gammelt", sections=[make_section("anledning", "I dag")])]
    )
    ingest(make_minutes(items=items[:1]), filename="første.pdf")
    meeting = ingest(make_minutes(items=items), filename="anden.pdf").meeting
    correct(row=Attachment.objects.get(name="hemmeligt notat"), values={"is_closed": True}, user=editor)
    correct(row=meeting.items.get(number=2), values={"title": "Lukket, rettet"}, user=editor)
    correct(row=meeting.items.get(number=1), values={"title": "Åbent, rettet"}, user=editor)

    secret = make_meeting("2018-01-01", [make_item(1, "Lukket mødes punkt", case_number="82.00.00-A00-3-17")])
    correct(row=secret, values={"is_closed": True}, user=editor)
    ingest(make_minutes("2019-01-01"), filename="åben kladde.pdf", draft=True)
    ingest(make_minutes("2019-01-02", [make_item(1, "L", closed=True)]), filename="lukket kladde.pdf", draft=True)

    first, second = meeting.items.get(number=1), meeting.items.get(number=2)
    for item, words in ((first, "åben frist"), (second, "lukket frist"), (secret.items.get(), "lukket mødes frist")):
        Deadline.objects.create(item=item, position=1, date=meeting.date, precision="dag", words=words, start=0, end=1)
    Reference.objects.create(item=first, words="til lukket", target_item=second)
    Reference.objects.create(item=first, words="til lukket møde", target_meeting=secret)
    Reference.objects.create(item=first, words="til lukket sag", target_case=second.case)
    Reference.objects.create(item=first, words="til åbent", target_item=meeting.items.get(number=3))
    record_openings(user=editor, openings=closed_among(Way.ITEM, [first, second]))
    Reference.objects.create(item=first, words="endnu ukendt")
    Reference.objects.create(item=second, words="fra lukket", target_meeting=meeting)
    return meeting


OPEN = {
    Meeting: {"2017-05-01", "2017-06-14"},
    AgendaItem: {"Gammelt", "Åbent, rettet", "Også åbent", "Halvlukket"},
    Section: {"I dag", "Kommunaldirektøren indstiller,\n\n1. at åben", "åbent bilag"},
    Decision: {"Åben godkendt."},
    DecisionOutcome: {"Åben godkendt."},
    Deadline: {"åben frist"},
    Recommendation: {"at åben"},
    Attachment: {"åbent bilag"},
    Case: {"00.01.00-A00-1-17"},
    SourceDocument: {"referat-old"},
    Correction: set(),
    Reference: {"til åbent", "endnu ukendt"},
    SearchEntry: {"Gammelt", "Åbent, rettet", "Også åbent", "Halvlukket"},
    SearchText: {"Gammelt", "Åbent, rettet", "Også åbent", "Halvlukket"},
    Word: set(
        "gammelt i dag åbent rettet kommunaldirektøren indstiller at åben godkendt bilag også halvlukket".split()
    ),
    ClosedReading: set(),
}
CLOSED = {
    Meeting: {"2018-01-01"},
    AgendaItem: {"Lukket, rettet", "Lukket mødes punkt"},
    Section: {"Kommunaldirektøren indstiller,\n\n1. at lukket", "lukket bilag", "hemmeligt notat"},
    Decision: {"Lukket godkendt."},
    DecisionOutcome: {"Lukket godkendt."},
    Deadline: {"lukket frist", "lukket mødes frist"},
    Recommendation: {"at lukket"},
    Attachment: {"lukket bilag", "hemmeligt notat"},
    Case: {"81.00.00-A00-2-17", "82.00.00-A00-3-17"},
    SourceDocument: {"første.pdf", "anden.pdf", "referat-secret"},
    Correction: set(),
    Reference: {"til lukket", "til lukket møde", "til lukket sag", "fra lukket"},
    SearchEntry: {"Lukket, rettet", "Lukket mødes punkt"},
    SearchText: {"Lukket, rettet", "Lukket mødes punkt"},
    Word: {"lukket", "mødes", "punkt"},
    ClosedReading: set(),
}
EDITORS_OPEN = {SourceDocument: {"åben kladde.pdf"}, Correction: {"Åbent, rettet"}}
GOVERNORS_CLOSED = {ClosedReading: {"14. juni 2017, punkt 2"}}
EDITORS_CLOSED = {SourceDocument: {"lukket kladde.pdf"}, Correction: {"Lukket, rettet", True}}


def expected(model, person):
    """What `person` may see of `model`, by the names of ROWS."""
    if person in {"nobody", "no role"}:
        return set()
    seen = set(OPEN[model])
    closed = person.endswith("+") or person == "superuser"
    if closed:
        seen |= CLOSED[model]
    if not person.startswith("læser"):
        seen |= EDITORS_OPEN.get(model, set())
        if closed:
            seen |= EDITORS_CLOSED.get(model, set())
    if person in {"administrator+", "superuser"}:
        seen |= GOVERNORS_CLOSED.get(model, set())
    return seen


def named(model, rows):
    """Rows by their names; the two files whose names tests did not give are called by their meeting."""
    names = {ROWS[model](row) for row in rows}
    if model is SourceDocument:
        meetings = {"2017-05-01": "referat-old", "2018-01-01": "referat-secret"}
        names = {meetings.get(row.meeting.slug, row.filename) if row.meeting else row.filename for row in rows}
    return names


def test_everybody_sees_what_is_theirs_to_see(archive, people):
    for name, person in people.items():
        for model in ROWS:
            assert named(model, model.objects.visible_to(person)) == expected(model, name), (name, model.__name__)


def test_the_table_knows_every_model_that_holds_or_reaches_something_closed():
    reaching = {
        model
        for model in apps.get_app_config("minutes").get_models()
        if isinstance(model.objects.all(), VisibleQuerySet)
    }
    others = {model.__name__ for model in apps.get_app_config("minutes").get_models()} - {
        model.__name__ for model in reaching
    }

    assert reaching - {Change} == set(ROWS)  # the log of changes has tests of its own
    # Facets are read through an entry alone; who may see the others is a right of its own, whatever they are about.
    assert others == {"ArchiveStamp", "Erasure", "FailedLogin", "InsightSearch", "SearchFacets", "Synonym", "Upload"}


def test_with_reading_open_to_all_nobody_sees_what_is_closed_without_the_right(archive, people, settings):
    settings.OPEN_TO_ALL = True

    for model in ROWS:
        assert named(model, model.objects.visible_to(AnonymousUser())) == OPEN[model], model.__name__
        assert named(model, model.objects.visible_to(None)) == OPEN[model], model.__name__
    assert reader_of(people["no role"]).reads_closed


def test_a_right_is_worth_nothing_once_the_account_is_closed(archive, people):
    reader = people["superuser"]
    reader.is_active = False

    assert not Meeting.objects.visible_to(reader)


def test_counts_and_groups_do_not_tell_of_what_is_closed(archive, people):
    reader, trusted = people["læser"], people["læser+"]

    def counts(person):
        meetings = Meeting.objects.visible_to(person)
        cases = Case.objects.visible_to(person)
        return (
            meetings.by_year(),
            {meeting.slug: meeting.item_count for meeting in meetings.with_item_count(person)},
            cases.by_main_group(),
            {case.number: case.item_count for case in cases.with_item_count(person)},
        )

    assert counts(reader) == (
        [(2017, 2)],
        {"2017-05-01": 1, "2017-06-14": 3},
        [("00", 1)],
        {"00.01.00-A00-1-17": 2},
    )
    assert counts(trusted)[0] == [(2018, 1), (2017, 2)]
    assert counts(trusted)[1]["2017-06-14"] == 4
    assert counts(trusted)[2] == [("00", 1), ("81", 1), ("82", 1)]


def test_what_is_loaded_along_is_filtered_too(archive, people):
    reader = people["læser"]

    meeting = Meeting.objects.visible_to(reader).with_items(reader).get(pk=archive.pk)
    first, *_, last = meeting.items.all()
    case = Case.objects.visible_to(reader).with_items(reader).get()

    assert [item.number for item in meeting.items.all()] == [1, 3, 4]
    assert [item.number for item in Meeting.objects.with_titles(reader).get(pk=archive.pk).items.all()] == [1, 3, 4]
    assert {reference.words for reference in first.references.all()} == {"til åbent", "endnu ukendt"}
    assert not last.attachments.all()
    assert not last.sections.all()
    assert [item.number for item in case.items.all()] == [1, 3]


def test_a_case_on_open_and_closed_items_shows_its_open_ones(people):
    number = "00.01.00-A00-1-17"
    make_meeting(
        items=[make_item(1, "Åbent", case_number=number), make_item(2, "Lukket", case_number=number, closed=True)]
    )
    reader = people["læser"]

    case = Case.objects.visible_to(reader).with_item_count(reader).with_latest_items(reader).get()

    assert case.item_count == 1
    assert [item.title for item in case.latest_items] == ["Åbent"]


def test_an_opened_item_opens_its_source_and_the_editions_before_it_stay_closed(people):
    meeting = make_meeting(items=[make_item(1, "Personalesag", closed=True)])
    ingest(make_minutes(items=[make_item(1, "Personalesag", closed=True)], place="Kantinen"))
    correct(row=meeting.items.get(), values={"is_closed": False}, user=people["redaktør+"])

    assert AgendaItem.objects.visible_to(people["læser"]).count() == 1
    sources = SourceDocument.objects.visible_to(people["læser"])
    assert [source.edition for source in sources] == [2]


def test_an_edition_before_a_closed_one_is_closed(people):
    """The first edition printed openly what the second closes, and the third leaves out."""
    make_meeting(items=[make_item(1, "Budget"), make_item(2, "Personalesag")])
    ingest(make_minutes(items=[make_item(1, "Budget"), make_item(2, "Personalesag", closed=True)]))
    ingest(make_minutes(items=[make_item(1, "Budget")]))

    assert [source.edition for source in SourceDocument.objects.visible_to(people["læser"])] == [3]


def test_a_draft_for_a_meeting_in_which_something_was_closed_later_is_closed(people):
    meeting = make_meeting(items=[make_item(1, "Opsigelse")])
    ingest(make_minutes(place="Kantinen"), draft=True)
    ingest(make_minutes("2017-07-01"), draft=True)
    drafts = SourceDocument.objects.visible_to(people["redaktør"]).drafts()
    assert drafts.count() == 2

    correct(row=meeting.items.get(), values={"is_closed": True}, user=people["redaktør"])

    assert drafts.count() == 1
    assert SourceDocument.objects.visible_to(people["redaktør+"]).drafts().count() == 2


def test_what_stands_before_the_items_does_not_name_a_closed_one():
    """Contents that were not recognised as such end up there."""
    meeting = make_meeting(
        items=[make_item(1, "Budget"), make_item(2, "Opsigelse af NN", closed=True)],
        preamble="Afbud: ingen\nCF - Budget 3\nCF - Opsigelse  af NN 4",
    )

    assert meeting.preamble == "Afbud: ingen\nCF - Budget 3"


def test_a_draft_that_prints_a_date_since_put_right_is_as_closed_as_its_meeting(people):
    meeting = make_meeting()
    ingest(make_minutes(place="Kantinen"), draft=True)
    correct(row=meeting, values={"date": datetime.date(2017, 6, 13)}, user=None)
    correct(row=meeting.items.first(), values={"is_closed": True}, user=None)

    assert not SourceDocument.objects.visible_to(people["redaktør"]).drafts().exists()
    assert SourceDocument.objects.visible_to(people["redaktør+"]).drafts().exists()
