"""What an editor puts right on a draft or on an edition in the archive, and what publishing makes of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from minutes.ingest.plan import Place, plan_of, version_of
from minutes.ingest.results import InvalidCorrection, Outcome, Outdated, Refused
from minutes.ingest.revising import AS_READ, revise
from minutes.ingest.service import ingest_file, publish_draft
from minutes.models import (
    AgendaItem,
    Attachment,
    Change,
    Correction,
    Decision,
    Meeting,
    Recommendation,
    Section,
    SourceDocument,
)
from minutes.parsing.assemble import parse
from minutes.parsing.readers import read
from minutes.parsing.resection import with_sections
from tests.factories import ingest, make_item, make_meeting, make_minutes, make_section, make_user

pytestmark = pytest.mark.django_db
REFERATER = sorted((Path(__file__).parents[1] / "referater").iterdir())


def draft(*items: Any, date: str = "2017-06-14", **facts: Any) -> SourceDocument:
    return ingest(make_minutes(date, list(items), **facts), draft=True).source


def put(source: SourceDocument, values: dict[Place, Any], **more: Any) -> SourceDocument:
    return revise(source=source, values=values, user=None, **more)


def budget(**more: Any):
    parts = [make_section("sagsfremstilling", "Første.\n\nAndet."), make_section("beslutning", "Godkendt.")]
    return make_item(1, "Budget", sections=parts, **more)


def test_a_draft_is_planned_as_it_will_read():
    source = draft(budget(), make_item(2, "Mødeplan"))
    plan = plan_of(source)
    assert [one.row.title for one in plan.items] == ["Budget", "Mødeplan"]
    assert plan.items[0].decision.text == "Godkendt."
    assert [one.kind for one in plan.items[0].outcomes] == ["godkendt"]
    assert plan.meeting.pk is None
    assert not Meeting.objects.exists()
    assert plan.values[1, "", "title"] == "Budget"


def test_what_is_put_in_a_draft_is_in_the_archive_afterwards():
    source = draft(budget(), make_item(2, "Mødeplan"))
    values = {(None, "", "place"): "Rådhuset", (1, "", "title"): "Rettet", (1, "beslutning", "text"): "Drøftet."}
    put(source, values)
    assert plan_of(source).items[0].row.title == "Rettet"
    assert publish_draft(source=source).outcome is Outcome.CREATED
    meeting = Meeting.objects.get()
    assert meeting.place == "Rådhuset"
    assert meeting.items.get(number=1).title == "Rettet"
    assert Decision.objects.get().outcomes.get().kind == "drøftet"
    assert set(Correction.objects.values_list("meeting", flat=True)) == {meeting.pk}


def test_a_draft_of_another_edition_is_corrected_item_by_item_whatever_their_numbers():
    make_meeting("2017-06-14", [make_item(1, "Budget"), make_item(2, "Mødeplan")])
    source = draft(make_item(1, "Mødeplan"), make_item(2, "Budget"), make_item(3, "Helt nyt"))
    put(source, {(1, "", "title"): "Mødeplan 2018", (2, "", "title"): "Budget 2018", (3, "", "title"): "Nyt"})
    assert publish_draft(source=source).outcome is Outcome.NEW_EDITION
    rows = AgendaItem.objects.order_by("number").values_list("number", "key", "title")
    assert list(rows) == [(1, 2, "Mødeplan 2018"), (2, 1, "Budget 2018"), (3, 3, "Nyt")]
    keys = Correction.objects.order_by("item_key").values_list("item_key", "value")
    assert list(keys) == [(1, "Budget 2018"), (2, "Mødeplan 2018"), (3, "Nyt")]


def test_a_drafts_correction_goes_over_one_of_the_edition_before():
    meeting = make_meeting("2017-06-14", [make_item(1, "Budget")])
    put(meeting.sources.get(), {(1, "", "title"): "Budget A"})
    source = draft(make_item(1, "Budget"), make_item(2, "Ny"))
    assert plan_of(source).items[0].row.title == "Budget A"
    put(source, {(1, "", "title"): "Budget B"})
    publish_draft(source=source)
    assert meeting.items.get(number=1).title == "Budget B"


def test_another_day_leads_the_draft_to_another_meeting():
    make_meeting("2017-06-15", [make_item(1, "Budget")])
    source = draft(make_item(1, "Budget"), make_item(2, "Ny"), date="2017-06-14")
    put(source, {(None, "", "date"): "2017-06-15"})
    result = publish_draft(source=source)
    assert result.outcome is Outcome.NEW_EDITION
    assert str(Meeting.objects.get().date) == "2017-06-15"


def test_borders_and_kinds_are_put_and_survive_another_reading():
    meeting = make_meeting("2017-06-14", [budget()])
    sections = [["anledning", "Anledning", "Første.", 0], ["beslutning", "Beslutning", "Andet. Drøftet.", 1]]
    put(meeting.sources.get(), {(1, "", "sections"): sections})
    assert list(Section.objects.values_list("kind", "heading", "text")) == [("anledning", "Anledning", "Første.")]
    assert Decision.objects.get().text == "Andet. Drøftet."
    put(meeting.sources.get(), {(1, "beslutning", "text"): "Godkendt uden videre."})
    assert Decision.objects.get().text == "Godkendt uden videre."
    assert plan_of(meeting.sources.get()).sections_of(plan_of(meeting.sources.get()).items[0])[1][2] == (
        "Godkendt uden videre."
    )


def test_borders_put_back_are_no_correction():
    source = draft(budget())
    before = plan_of(source).values[1, "", "sections"]
    put(source, {(1, "", "sections"): [before[0], ["bilag", "Bilag", "Notat", None]]})
    assert [one.name for one in plan_of(source).items[0].attachments] == ["Notat"]
    put(source, {(1, "", "sections"): before})
    assert not Correction.objects.exists()
    put(source, {(1, "", "sections"): [before[0]]})
    put(source, {(1, "", "sections"): AS_READ})
    assert not Correction.objects.exists()


def test_a_text_that_becomes_an_indstilling_has_recommendations():
    text = "HR indstiller,\n\n1. at punktet drøftes"
    source = draft(make_item(1, "Budget", sections=[make_section("anledning", text)]))
    value = plan_of(source).values[1, "", "sections"]
    put(source, {(1, "", "sections"): [["indstilling", "Indstilling", *value[0][2:]]]})
    publish_draft(source=source)
    assert [(one.proposer, one.text) for one in Recommendation.objects.all()] == [("HR", "at punktet drøftes")]


def test_a_new_edition_keeps_borders_where_it_prints_the_same():
    meeting = make_meeting("2017-06-14", [budget()])
    put(meeting.sources.get(), {(1, "", "sections"): [["anledning", "", "Alt.", 0]]})
    ingest(make_minutes("2017-06-14", [budget(), make_item(2, "Ny")]))
    assert Section.objects.get().kind == "anledning"
    parts = [make_section("sagsfremstilling", "Noget helt andet.")]
    result = ingest(make_minutes("2017-06-14", [make_item(1, "Budget", sections=parts)]))
    assert Section.objects.get().text == "Noget helt andet."
    assert "correction_left" in [warning.code for warning in result.warnings]


def test_who_looked_at_an_older_draft_is_told_and_changes_nothing():
    source = draft(budget())
    seen = version_of(source)
    put(source, {(1, "", "title"): "Den ene"}, seen=seen)
    with pytest.raises(Outdated):
        put(source, {(1, "", "title"): "Den anden"}, seen=seen)
    with pytest.raises(Outdated):
        publish_draft(source=source, seen=seen)
    assert Correction.objects.get().value == "Den ene"
    assert not Meeting.objects.exists()
    publish_draft(source=source, seen=version_of(source))
    assert publish_draft(source=source, seen=seen).outcome is Outcome.UNCHANGED


@pytest.mark.parametrize(
    "values",
    [
        {(9, "", "title"): "x"},
        {(1, "findes ikke", "text"): "x"},
        {(None, "", "date"): "31-02-2017"},
        {(None, "", "date"): "1017-02-01"},
        {(1, "", "printed_case_number"): "hokus"},
        {(1, "beslutning", "outcomes"): [["opfundet", ""]]},
        {(1, "", "sections"): [["", "", "Tekst", 0]]},
        {(1, "", "title"): "Budget " * 200},
        {(None, "", "place"): "Rådhuset " * 200},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(values: dict[Place, Any]):
    source = draft(budget())
    with pytest.raises(InvalidCorrection):
        put(source, {(1, "", "title"): "Rettet", **values})
    assert not Correction.objects.exists()


def test_closing_in_a_draft_closes_the_draft():
    source = draft(budget(attachments=["Notat"]))
    assert put(source, {(1, "bilag Notat", "is_closed"): True}).is_closed
    assert not put(source, {(1, "bilag Notat", "is_closed"): False}).is_closed
    assert put(source, {(1, "", "is_closed"): True}).is_closed
    publish_draft(source=source)
    assert SourceDocument.objects.get().is_closed
    assert AgendaItem.objects.get().is_closed
    assert not Attachment.objects.get().is_closed


def test_an_earlier_edition_is_not_corrected():
    meeting = make_meeting("2017-06-14", [budget()])
    earlier = meeting.sources.get()
    ingest(make_minutes("2017-06-14", [make_item(1, "Budget 2018")]))
    with pytest.raises(Refused):
        put(earlier, {(1, "", "title"): "x"})
    assert [one.row.title for one in plan_of(earlier).items] == ["Budget"]


def test_who_corrected_is_kept():
    editor = make_user("redaktør")
    revise(source=draft(budget()), values={(1, "", "title"): "Rettet"}, user=editor)
    publish_draft(source=SourceDocument.objects.get(), user=editor)
    assert Correction.objects.get().corrected_by == editor


def test_a_meeting_that_says_no_time_on_a_day_with_two_waits_for_one():
    for time in ("09:00", "13:00"):
        make_meeting("2017-06-14", [make_item(1, f"Mødet {time}")], time=time)
    source = draft(budget(), time=None)
    assert "flere møder" in plan_of(source).refusal
    with pytest.raises(Refused):
        publish_draft(source=source)
    put(source, {(None, "", "start_time"): "13:00"})
    assert plan_of(source).refusal == ""
    assert publish_draft(source=source).meeting.start_time.hour == 13


@pytest.mark.parametrize("path", REFERATER, ids=lambda path: path.name)
def test_what_hangs_on_texts_is_the_same_when_read_from_them(path: Path):
    """So that moving one border changes nothing else."""
    for item in parse(read(path.read_bytes())).items:
        bare = with_sections(item, ())
        again = with_sections(bare, item.sections)
        assert again.attachments == item.attachments
        assert again.proposals == item.proposals


def test_a_real_draft_reads_as_the_file_put_in_at_once():
    content = REFERATER[0].read_bytes()
    source = ingest_file(content=content, filename="a", draft=True).source
    plan = plan_of(source)
    expected = [(one.row.title, [section.text for section in one.sections]) for one in plan.items]
    publish_draft(source=source)
    items = AgendaItem.objects.order_by("number")
    assert [(item.title, [section.text for section in item.sections.all()]) for item in items] == expected


def test_a_draft_without_a_day_waits_for_one():
    source = draft(budget(), date=None)
    assert "ikke fundet en mødedato" in plan_of(source).refusal
    with pytest.raises(Refused):
        publish_draft(source=source)
    put(source, {(None, "", "date"): "2017-06-14"})
    assert plan_of(source).refusal == ""
    publish_draft(source=source)
    assert str(Meeting.objects.get().date) == "2017-06-14"
    ingest(make_minutes("2017-06-14", [budget(), make_item(2, "Ny")]))
    assert Meeting.objects.count() == 1


def test_the_log_tells_who_wrote_outside_a_request_too():
    editor = make_user("redaktør")
    source = ingest(make_minutes("2017-06-14", [budget()]), draft=True, user=editor).source
    revise(source=source, values={(1, "", "title"): "Rettet"}, user=editor)
    publish_draft(source=source, user=editor)
    assert set(Change.objects.filter(kind="agendaitem").values_list("user", flat=True)) == {editor.pk}
    assert Change.objects.filter(kind="correction", user=editor.pk).exists()
