"""What an editor has put right, through readings and editions."""

import datetime

import pytest

from minutes.ingest.edits import correct, correct_outcomes
from minutes.ingest.results import InvalidCorrection
from minutes.ingest.service import store_again
from minutes.models import AgendaItem, Attachment, Correction, Decision, Meeting, Recommendation, Section
from minutes.models.locks import archive_lock
from tests.factories import ingest, make_item, make_meeting, make_minutes, make_section, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_user("redaktør")


def budget(number=1, **values):
    known = {
        "case_number": "00.01.00-S00-6-17",
        "sections": [make_section("sagsfremstilling", "Første."), make_section("sagsfremstilling", "Andet.")],
        "recommendations": ["at udkastet drøftes"],
        "decision": "Chefforum godkendte udkastet.",
        "attachments": ["Notat"],
    }
    return make_item(number, "Budget 2018", **{**known, **values})


def read_again():
    with archive_lock():
        store_again(Meeting.objects.get().sources.current().get())


def test_every_field_that_may_be_corrected_is_and_stays_so_when_read_again(editor):
    make_meeting(items=[budget()])
    values = {
        Meeting: {
            "date": datetime.date(2017, 6, 15),
            "start_time": datetime.time(9, 30),
            "place": "Kantinen",
            "preamble": "Afbud: ingen",
        },
        AgendaItem: {
            "title": "Budget 2018-2021",
            "prefix": "",
            "printed_case_number": "00.01.00-S00-7-17",
            "is_closed": True,
            "is_standing": True,
        },
        Section: {"heading": "Sag", "text": "Rettet."},
        Decision: {"heading": "Beslutninger", "text": "Chefforum drøftede udkastet."},
        Recommendation: {"proposer": "By, Kultur, Miljø & Beskæftigelse", "office": "BKMB", "text": "at rettet"},
        Attachment: {"name": "Notat.docx", "is_closed": True},
    }
    for model, changes in values.items():
        correct(row=model.objects.first(), values=changes, user=editor)

    def stored():
        return {model: {field: getattr(model.objects.first(), field) for field in values[model]} for model in values}

    assert stored() == values
    read_again()
    assert stored() == values
    assert set(Correction.objects.values_list("corrected_by", flat=True)) == {editor.pk}


def test_the_right_one_of_two_sections_is_corrected(editor):
    make_meeting(items=[budget()])

    correct(row=Section.objects.get(text="Andet."), values={"text": "Rettet."}, user=editor)

    texts = Section.objects.filter(kind="sagsfremstilling").values_list("text", flat=True)
    assert list(texts) == ["Første.", "Rettet."]


def test_what_hangs_on_a_value_follows_it(editor):
    meeting = make_meeting(items=[budget(), make_item(2, "Evt.")])

    correct(row=meeting.items.get(number=1), values={"printed_case_number": "81.00.00-A00-1-17"}, user=editor)
    correct(row=Decision.objects.get(), values={"text": "Chefforum drøftede udkastet."}, user=editor)
    correct(row=meeting.items.get(number=2), values={"title": "Mødeplan"}, user=editor)

    assert meeting.items.get(number=1).case.normalised == "81.00.00-A00-1-17"
    assert [outcome.kind for outcome in Decision.objects.get().outcomes.all()] == ["drøftet"]
    assert not meeting.items.get(number=2).is_standing


def test_the_address_of_a_meeting_stays_when_its_date_is_corrected_and_new_editions_find_it(editor):
    meeting = make_meeting()
    correct(row=meeting, values={"date": datetime.date(2017, 6, 15)}, user=editor)

    ingest(make_minutes(place="Kantinen"))  # still prints the wrong date

    meeting = Meeting.objects.get()
    assert (meeting.slug, str(meeting.date), meeting.place) == ("2017-06-14", "2017-06-15", "Kantinen")


def test_outcomes_put_by_an_editor_stand_until_the_decision_is_another(editor):
    make_meeting(items=[budget()])
    put = [("genoptages", "Sagen genoptages."), ("drøftet", "")]
    correct_outcomes(decision=Decision.objects.get(), outcomes=put, user=editor)

    def outcomes():
        return list(Decision.objects.get().outcomes.values_list("kind", "sentence"))

    read_again()
    assert outcomes() == put
    ingest(make_minutes(items=[budget()], place="Kantinen"))
    assert outcomes() == put
    result = ingest(make_minutes(items=[budget(decision="Chefforum godkendte noget andet.")]))
    assert outcomes() == [("godkendt", "Chefforum godkendte noget andet.")]
    assert "correction_left" in [warning.code for warning in result.warnings]


def test_a_correction_follows_its_item_through_renumbering(editor):
    meeting = make_meeting(items=[make_item(1, "Evt."), budget(2)])
    correct(row=Decision.objects.get(), values={"text": "Rettet."}, user=editor)

    ingest(make_minutes(items=[make_item(1, "Evt."), make_item(2, "Mødeplan", decision="Drøftet."), budget(3)]))

    decisions = meeting.items.values_list("number", "decision__text")
    assert list(decisions) == [(1, None), (2, "Drøftet."), (3, "Rettet.")]
    read_again()
    assert list(decisions.all()) == [(1, None), (2, "Drøftet."), (3, "Rettet.")]


def test_a_new_edition_that_prints_something_else_stands_and_says_so(editor):
    make_meeting(items=[budget()])
    correct(row=Decision.objects.get(), values={"text": "Rettet."}, user=editor)

    result = ingest(make_minutes(items=[budget(decision="Chefforum godkendte det nye udkast.")]))

    assert Decision.objects.get().text == "Chefforum godkendte det nye udkast."
    assert "beslutning i punkt 1" in next(w.message for w in result.warnings if w.code == "correction_left")
    read_again()
    assert Decision.objects.get().text == "Chefforum godkendte det nye udkast."


def test_a_key_of_a_corrected_item_that_is_gone_is_not_given_to_another(editor):
    meeting = make_meeting(items=[budget()])
    correct(row=Decision.objects.get(), values={"text": "Rettet."}, user=editor)

    ingest(make_minutes(items=[make_item(1, "Mødeplan", decision="Drøftet.")]))

    assert Decision.objects.get().text == "Drøftet."
    assert meeting.items.get().key != 1


def test_a_value_put_back_takes_its_correction_away(editor):
    meeting = make_meeting()
    correct(row=meeting, values={"place": "Kantinen"}, user=editor)
    correct(row=meeting, values={"place": "Mødelokale 2"}, user=editor)

    assert not Correction.objects.exists()


def test_an_item_that_an_editor_closed_stays_closed(editor):
    meeting = make_meeting(items=[make_item(1, "Opsigelse"), make_item(2, "Budget")])
    correct(row=meeting.items.get(number=1), values={"is_closed": True}, user=editor)

    ingest(make_minutes(items=[make_item(1, "Opsigelser"), make_item(2, "Budget")]))

    assert list(meeting.items.values_list("title", "is_closed")) == [("Opsigelser", True), ("Budget", False)]


def test_where_a_closed_item_cannot_be_found_again_what_is_new_is_closed(editor):
    meeting = make_meeting(items=[make_item(1, "Opsigelse"), make_item(2, "Budget")])
    correct(row=meeting.items.get(number=1), values={"is_closed": True}, user=editor)

    result = ingest(make_minutes(items=[make_item(1, "Personaleforhold"), make_item(2, "Budget")]))

    closed = meeting.items.values_list("title", "is_closed")
    assert list(closed) == [("Personaleforhold", True), ("Budget", False)]
    assert "closed_by_caution" in [warning.code for warning in result.warnings]
    read_again()
    assert list(closed.all()) == [("Personaleforhold", True), ("Budget", False)]
    correct(row=meeting.items.get(number=1), values={"is_closed": False}, user=editor)
    assert list(closed.all()) == [("Personaleforhold", False), ("Budget", False)]


def test_an_attachment_that_an_editor_closed_stays_closed_wherever_it_stands(editor):
    make_meeting(items=[budget(attachments=["Notat", "Katalog"])])
    correct(row=Attachment.objects.get(name="Katalog"), values={"is_closed": True}, user=editor)

    def stored():
        return list(Attachment.objects.order_by("position").values_list("name", "is_closed"))

    ingest(make_minutes(items=[budget(attachments=["Katalog", "Plan", "Notat"])]))
    assert stored() == [("Katalog", True), ("Plan", False), ("Notat", False)]
    result = ingest(make_minutes(items=[budget(attachments=["Plan", "Katalog (endeligt)"])]))
    assert stored() == [("Plan", True), ("Katalog (endeligt)", True)]
    assert "closed_by_caution" in [warning.code for warning in result.warnings]
    read_again()
    assert stored() == [("Plan", True), ("Katalog (endeligt)", True)]


def test_an_item_that_an_editor_opened_is_open_only_under_the_same_title(editor):
    meeting = make_meeting(items=[make_item(1, "Personalesag A", closed=True)])
    correct(row=meeting.items.get(), values={"is_closed": False}, user=editor)

    ingest(make_minutes(items=[make_item(1, "Personalesag A", closed=True)], place="Kantinen"))
    assert not meeting.items.get().is_closed

    ingest(make_minutes(items=[make_item(1, "Personalesag B", closed=True)]))
    assert meeting.items.get().is_closed
    read_again()
    assert meeting.items.get().is_closed


@pytest.mark.parametrize("values", [{"slug": "x"}, {"date": None}, {"date": "i går"}, {"body": "Andre"}])
def test_what_cannot_be_is_said_and_changes_nothing(values, editor):
    meeting = make_meeting()

    with pytest.raises(InvalidCorrection):
        correct(row=meeting, values=values, user=editor)

    assert Meeting.objects.get() == meeting
    assert not Correction.objects.exists()


@pytest.mark.parametrize("typed", ["..", "///", "<b>", "æøå", "00.01.10", "x" * 200])
def test_a_case_number_that_is_none_is_refused_and_the_item_stays_in_its_case(typed, editor):
    item = make_meeting(items=[budget()]).items.get()

    with pytest.raises(InvalidCorrection, match="er ikke et sagsnummer"):
        correct(row=item, values={"title": "Rettet", "printed_case_number": typed}, user=editor)

    assert AgendaItem.objects.get().case == item.case
    assert AgendaItem.objects.get().title == "Budget 2018"
    assert not Correction.objects.exists()


def test_an_item_without_a_case_number_has_no_case(editor):
    item = make_meeting(items=[budget()]).items.get()

    correct(row=item, values={"printed_case_number": ""}, user=editor)

    assert AgendaItem.objects.get().case is None


def test_a_case_number_may_be_put_back_to_what_the_file_prints_whatever_that_is(editor):
    item = make_meeting(items=[budget(case_number="?!")]).items.get()

    correct(row=item, values={"printed_case_number": "?!", "title": "Rettet"}, user=editor)
    correct(row=item, values={"printed_case_number": "14/45987"}, user=editor)
    correct(row=item, values={"printed_case_number": "?!"}, user=editor)

    assert list(AgendaItem.objects.values_list("printed_case_number", "title", "case")) == [("?!", "Rettet", None)]


@pytest.mark.parametrize("date", ["0017-06-14", "1899-12-31", "2100-01-01", "3017-03-20"])
def test_a_date_on_which_no_meeting_can_have_been_held_is_refused(date, editor):
    """Typed such, it had no address among the years, and the list of meetings failed for everybody."""
    meeting = make_meeting()

    with pytest.raises(InvalidCorrection, match="Årstallet skal ligge mellem 1900 og 2099"):
        correct(row=meeting, values={"date": datetime.date.fromisoformat(date)}, user=editor)

    assert Meeting.objects.get().date == meeting.date
    assert not Correction.objects.exists()


def test_a_date_that_another_meeting_has_is_refused(editor):
    meeting = make_meeting()
    make_meeting("2017-06-15")

    with pytest.raises(InvalidCorrection, match="Mødet kan ikke få den dato"):
        correct(row=meeting, values={"date": datetime.date(2017, 6, 15)}, user=editor)

    assert not Correction.objects.exists()


def test_a_row_that_is_gone_is_said_to_be(editor):
    make_meeting()
    old = Decision.objects.get()
    ingest(make_minutes(items=[make_item(1, "Budget 2018")]))

    with pytest.raises(InvalidCorrection, match="ændret mødet imens"):
        correct(row=old, values={"text": "x"}, user=editor)
