"""What happens to one file: each outcome, and what is kept."""

import pytest

from minutes.ingest import files
from minutes.ingest.drafts import discard_draft
from minutes.ingest.results import Outcome, Refused
from minutes.models import AgendaItem, Attachment, Case, Decision, Meeting, Section, SourceDocument, SourceState
from tests.factories import ingest, make_item, make_meeting, make_minutes, make_section, make_user

pytestmark = pytest.mark.django_db


def test_a_new_meeting_has_every_part_of_its_minutes():
    parsed = make_minutes(
        items=[
            make_item(
                3,
                "Fjerde udkast til budgetkatalog",
                case_number="00.01.00-S00-6-17",
                sections=[
                    make_section("anledning", "På mødet …"),
                    make_section("økonomi", "27 mio. kr.", heading=None),
                ],
                recommendations=["at udkastet drøftes", "at udkastet godkendes"],
                decision="Chefforum godkendte udkastet.",
                attachments=["4. udkast til budgetkatalog", "Notat.docx"],
            )
        ],
        preamble="Afbud: Jan Eriksen",
    )

    result = ingest(parsed, filename="referat.pdf", user=make_user("redaktør"))

    assert result.outcome is Outcome.CREATED
    meeting = Meeting.objects.get()
    assert (meeting.body, str(meeting.date), str(meeting.start_time)) == ("Chefforum", "2017-06-14", "13:00:00")
    assert (meeting.place, meeting.slug, meeting.preamble) == ("Mødelokale 2", "2017-06-14", "Afbud: Jan Eriksen")
    item = meeting.items.get()
    assert (item.number, item.title, item.prefix, item.page) == (3, "Fjerde udkast til budgetkatalog", "CF", 3)
    assert item.case.normalised == "00.01.00-S00-6-17"
    assert list(item.sections.values_list("position", "kind", "heading")) == [
        (1, "anledning", "Anledning"),
        (2, "økonomi", ""),
        (3, "indstilling", "Indstilling"),
        (5, "bilag", "Bilag"),
    ]
    assert (item.decision.text, item.decision.position) == ("Chefforum godkendte udkastet.", 4)
    assert item.decision.outcomes.get().kind == "godkendt"
    assert [(row.proposer, row.text) for row in item.recommendations.all()] == [
        ("Kommunaldirektøren", "at udkastet drøftes"),
        ("Kommunaldirektøren", "at udkastet godkendes"),
    ]
    assert [row.name for row in item.attachments.all()] == ["4. udkast til budgetkatalog", "Notat.docx"]
    source = meeting.sources.get()
    assert (source.state, source.edition, source.filename) == (SourceState.CURRENT, 1, "referat.pdf")
    assert files.read(source.sha256)


def test_the_same_file_again_changes_nothing():
    parsed = make_minutes()
    first = ingest(parsed)
    content = files.read(first.source.sha256)
    before = list(AgendaItem.objects.values()), list(SourceDocument.objects.values())

    from minutes.ingest.service import ingest_file

    again = ingest_file(content=content, filename="et helt andet navn.pdf")  # known before anything is read

    assert again.outcome is Outcome.UNCHANGED
    assert again.meeting == first.meeting
    assert before == (list(AgendaItem.objects.values()), list(SourceDocument.objects.values()))


def test_a_new_edition_replaces_the_content_and_keeps_source_and_addresses():
    meeting = make_meeting(items=[make_item(1, "Budget", decision="Godkendt."), make_item(2, "Evt.")])
    budget = meeting.items.get(number=1)

    result = ingest(make_minutes(items=[make_item(1, "Budget", decision="Chefforum drøftede budgettet.")]))

    assert result.outcome is Outcome.NEW_EDITION
    assert result.meeting == meeting
    assert Meeting.objects.get().slug == "2017-06-14"
    assert meeting.items.get() == budget
    assert Decision.objects.get().text == "Chefforum drøftede budgettet."
    assert list(meeting.sources.order_by("edition").values_list("edition", "state")) == [
        (1, SourceState.SUPERSEDED),
        (2, SourceState.CURRENT),
    ]
    assert all(files.read(source.sha256) for source in meeting.sources.all())


def test_an_earlier_edition_brought_again_is_known():
    first = ingest(make_minutes())
    ingest(make_minutes(place="Mødelokale 3"))

    from minutes.ingest.service import ingest_file

    result = ingest_file(content=files.read(first.source.sha256), filename="igen.pdf")

    assert result.outcome is Outcome.UNCHANGED
    assert "tidligere udgave" in result.message
    assert Meeting.objects.get().place == "Mødelokale 3"


def test_an_inserted_item_moves_the_others_and_they_stay_themselves():
    meeting = make_meeting(
        items=[make_item(1, "Godkendelse af dagsorden"), make_item(2, "Budget 2018"), make_item(3, "Evt.")]
    )
    budget, other = meeting.items.get(number=2), meeting.items.get(number=3)

    ingest(
        make_minutes(
            items=[
                make_item(1, "Godkendelse af dagsorden"),
                make_item(2, "Ny mødeplan"),
                make_item(3, "Budget 2018 "),
                make_item(4, "Evt"),
            ]
        )
    )

    assert list(meeting.items.values_list("number", "title")) == [
        (1, "Godkendelse af dagsorden"),
        (2, "Ny mødeplan"),
        (3, "Budget 2018 "),
        (4, "Evt"),
    ]
    assert meeting.items.get(number=3) == budget
    assert meeting.items.get(number=4) == other
    assert len(set(meeting.items.values_list("key", flat=True))) == 4


def test_items_may_change_places():
    meeting = make_meeting(items=[make_item(1, "Budget"), make_item(2, "Mødeplan")])
    budget = meeting.items.get(number=1)

    ingest(make_minutes(items=[make_item(1, "Mødeplan"), make_item(2, "Budget")]))

    assert meeting.items.get(number=2) == budget


@pytest.mark.parametrize(
    ("parsed", "words"),
    [
        (make_minutes(kind="dagsorden"), "dagsorden"),
        (make_minutes(body="Direktørforum"), "Direktørforum"),
        (make_minutes(body=None), "hvilket forum"),
        (make_minutes(items=[]), "punkter"),
        (make_minutes(preamble="x" * 5_000_001), "5.000.000 tegn"),
    ],
    ids=["agenda", "another body", "no body", "no items", "a book"],
)
@pytest.mark.parametrize("draft", [False, True])
def test_what_is_not_minutes_of_a_meeting_of_ours_is_refused_and_leaves_nothing(parsed, words, draft, settings):
    result = ingest(parsed, draft=draft)

    assert result.outcome is Outcome.REFUSED
    assert words in result.message
    assert not Meeting.objects.exists()
    assert not SourceDocument.objects.exists()
    assert not list(files.stored())


def test_bodies_are_a_setting_and_spelt_as_there(settings):
    settings.ARCHIVE_BODIES = ["Chefforum", "Direktørforum"]

    assert make_meeting(body="DIREKTØRFORUM").body == "Direktørforum"


@pytest.mark.parametrize(("body", "kinds"), [("Direktørforum", ["godkendt"]), ("Chefforum", [])])
def test_an_outcome_is_what_the_meetings_own_body_did(body, kinds, settings):
    settings.ARCHIVE_BODIES = ["Chefforum", "Direktørforum"]

    meeting = make_meeting(body=body, items=[make_item(1, "Budget", decision="DIF godkendte budgettet.")])

    assert list(meeting.items.get().decision.outcomes.values_list("kind", flat=True)) == kinds


def test_a_cancelled_meeting_has_no_items():
    meeting = make_meeting(items=[], cancelled=True)

    assert meeting.is_cancelled
    assert not meeting.items.exists()


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("13:00", "13:00", True),
        (None, "13:00", True),
        ("13:00", None, True),
        (None, None, True),
        ("9:00", "13:00", False),
    ],
)
def test_the_same_meeting_has_the_same_start_and_a_missing_time_matches(first, second, same):
    first, second = (time and time.rjust(5, "0") for time in (first, second))

    meetings = [make_meeting(time=first), make_meeting(time=second)]

    assert (meetings[0] == meetings[1]) is same
    if same:
        assert Meeting.objects.get().start_time == max(
            filter(None, (meeting.start_time for meeting in meetings)), default=None
        )


def test_minutes_without_time_of_a_day_with_two_meetings_are_refused():
    make_meeting(time="09:00")
    make_meeting(time="13:00")

    result = ingest(make_minutes(time=None))

    assert result.outcome is Outcome.REFUSED
    assert "flere møder den 14-6-2017" in result.message


def test_a_second_meeting_of_the_day_gets_an_address_of_its_own(settings):
    settings.ARCHIVE_BODIES = ["Chefforum", "Forum for sundhed & ældre"]

    slugs = [
        make_meeting(time="09:00").slug,
        make_meeting(time="13:00").slug,
        make_meeting(time="13:00", body="Forum for sundhed & ældre").slug,
        make_meeting(time="15:30", body="Forum for sundhed & ældre").slug,
        make_meeting(time=None, date="2017-06-15").slug,
    ]

    assert slugs == [
        "2017-06-14",
        "2017-06-14-1300",
        "2017-06-14-forum-for-sundhed-aeldre",
        "2017-06-14-1530",
        "2017-06-15",
    ]


def test_an_item_number_that_stands_twice_is_replaced_and_told():
    result = ingest(
        make_minutes(items=[make_item(1, "Budget"), make_item(1, "Evt."), make_item(99_999_999_999, "Ude")])
    )

    assert list(result.meeting.items.values_list("number", "title")) == [(1, "Budget"), (2, "Evt."), (3, "Ude")]
    assert [warning.code for warning in result.warnings].count("number_changed") == 2


def test_two_decisions_are_joined_and_told():
    item = make_item(
        1, "Budget", sections=[make_section("beslutning", "Drøftet."), make_section("beslutning", "Godkendt.")]
    )

    result = ingest(make_minutes(items=[item]))

    assert Decision.objects.get().text == "Drøftet.\n\nGodkendt."
    assert not Section.objects.filter(kind="beslutning").exists()
    assert "decision_joined" in [warning.code for warning in result.warnings]


def test_other_bodies_case_numbers_are_kept_as_printed():
    meeting = make_meeting(items=[make_item(1, "A", case_number="14/45987"), make_item(2, "B", case_number="?!")])

    case = Case.objects.get()
    assert (case.number, case.subject, case.year) == ("14/45987", "", None)
    assert "/" not in case.slug
    assert list(meeting.items.values_list("printed_case_number", "case")) == [("14/45987", case.pk), ("?!", None)]


def test_a_case_number_that_is_none_is_kept_as_printed_and_told():
    result = ingest(
        make_minutes(items=[make_item(1, "A", case_number="14/45987"), make_item(2, "B", case_number="?!")])
    )

    assert list(result.meeting.items.values_list("printed_case_number", flat=True)) == ["14/45987", "?!"]
    told = [warning.message for warning in result.warnings if warning.code == "case_number_invalid"]
    assert len(told) == 1
    assert told[0].startswith("Punkt 2 er ikke lagt på en sag: ”?!” er ikke et sagsnummer")


def test_what_postgresql_cannot_hold_is_left_out():
    meeting = make_meeting(items=[make_item(1, "Bud\x00get \ud800", decision="Godkendt\x00.")])

    assert meeting.items.get().title == "Budget ?"
    assert Decision.objects.get().text == "Godkendt."


def test_a_cpr_number_gives_a_warning_with_the_number_masked():
    item = make_item(
        2, "Personalesag", sections=[make_section("sagsfremstilling", "Borger 010190-1234 har …", page=4, line=7)]
    )

    result = ingest(make_minutes(items=[item]), filename="010190-1234.pdf")

    found = [warning for warning in result.warnings if warning.code == "cpr"]
    assert [(warning.page, warning.line) for warning in found] == [(None, None), (4, 7)]
    assert "010190-1234" not in str(result.warnings)
    assert "010190-1234" not in str(result.source.warnings)
    assert "Punkt 2, sagsfremstilling" in found[1].message


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/referat.pdf", "referat.pdf"),
        ("C:\\referater\\juni.docx", "juni.docx"),
        ("referat\u202efdp.exe", "referat fdp.exe"),
        ("a\x00b\nc.md", "a b c.md"),
        ("..", ""),
        ("bud\udcffget.txt", "bud get.txt"),
        ("å" * 300 + ".pdf", "å" * 251 + ".pdf"),
    ],
)
def test_of_the_file_name_only_what_can_be_shown_is_kept(name, kept):
    assert ingest(make_minutes(), filename=name).source.filename == kept


def test_a_draft_is_a_file_and_a_source_and_nothing_else():
    result = ingest(make_minutes(items=[make_item(1, "Personalesag", closed=True)]), draft=True)

    assert result.outcome is Outcome.DRAFT
    source = SourceDocument.objects.get()
    assert (source.state, source.meeting, source.is_closed) == (SourceState.DRAFT, None, True)
    assert files.read(source.sha256)
    assert not Meeting.objects.exists()


def test_a_draft_of_a_meeting_that_holds_something_closed_is_closed():
    make_meeting(items=[make_item(1, "Personalesag", closed=True)])

    assert ingest(make_minutes(items=[make_item(1, "Budget")]), draft=True).source.is_closed


def test_a_draft_may_be_discarded_and_brought_again():
    source = ingest(make_minutes(), draft=True).source
    discard_draft(source=source)
    assert SourceDocument.objects.get().state == SourceState.DISCARDED
    with pytest.raises(Refused):
        discard_draft(source=source)


def test_attachments_that_have_a_file_keep_it():
    meeting = make_meeting(items=[make_item(1, "Budget", attachments=["Notat", "Katalog"])])
    Attachment.objects.filter(name="Katalog").update(sha256="a" * 64)
    Attachment.objects.filter(name="Notat").update(sha256="b" * 64)
    notat = Attachment.objects.get(name="Notat")

    ingest(make_minutes(items=[make_item(1, "Budget", attachments=["Ny plan", "Notat"])]))

    rows = Attachment.objects.filter(item__meeting=meeting).order_by("position")
    assert [(row.name, row.sha256) for row in rows] == [("Ny plan", None), ("Notat", "b" * 64), ("Katalog", "a" * 64)]
    assert Attachment.objects.get(name="Notat") == notat


@pytest.mark.parametrize(
    ("parsed", "words"),
    [(make_minutes(None), "mødedato"), (make_minutes("3024-03-20"), "mellem 1900 og 2099")],
    ids=["no date", "no such year"],
)
def test_minutes_of_no_day_wait_as_a_draft_at_most(parsed, words):
    result = ingest(parsed)
    assert result.outcome is Outcome.REFUSED
    assert words in result.message
    assert ingest(parsed, draft=True).outcome is Outcome.DRAFT
    assert not Meeting.objects.exists()
