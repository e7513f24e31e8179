"""What happens when an editor saves."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from minutes.ingest.service import store_again
from minutes.models import AgendaItem, Attachment, Correction, Decision, Meeting, Recommendation, Reference, Section
from minutes.models.locks import archive_lock
from tests.admin.form import Form, open_form
from tests.archive import Archive
from tests.factories import make_meeting


def _address(row) -> str:
    return reverse(f"admin:minutes_{row._meta.model_name}_change", args=[row.pk])


def _read_again(meeting: Meeting) -> None:
    with archive_lock():
        store_again(meeting.sources.current().get())


def _budget(archive: Archive) -> AgendaItem:
    return archive.open.items.get(number=2)


def test_an_item_and_its_parts_are_saved_together_and_survive_a_reading(editor: Client, archive: Archive) -> None:
    address = _address(_budget(archive))
    form = open_form(editor, address)
    sections = {form.fields[name]: name for name in form.fields if name.startswith("sections-") and "heading" in name}
    response = form.send(
        editor,
        address,
        **{
            "title": "Budget 2018",
            "printed_case_number": "81.00.00-A00-1-17",
            "decision-0-text": "Sagen genoptages.\n\nDen drøftes igen.",
            sections["Sagsfremstilling"]: "Redegørelse",
            "attachments-0-name": "Udkast.docx",
        },
    )
    assert response.status_code == 302
    for _ in range(2):
        item = _budget(archive)
        assert (item.title, item.case.number) == ("Budget 2018", "81.00.00-A00-1-17")
        assert item.decision.text == "Sagen genoptages.\n\nDen drøftes igen."
        assert item.sections.filter(heading="Redegørelse", kind="sagsfremstilling").exists()
        assert item.attachments.get(position=1).name == "Udkast.docx"
        assert Correction.objects.filter(meeting=archive.open).count() == 5
        _read_again(archive.open)


def test_what_hangs_on_a_text_follows_it(editor: Client, archive: Archive) -> None:
    decision = _budget(archive).decision
    before = {outcome.kind for outcome in decision.outcomes.all()}
    open_form(editor, _address(decision)).send(editor, _address(decision), text="Chefforum tog det til efterretning.")
    after = {outcome.kind for outcome in _budget(archive).decision.outcomes.all()}
    assert "taget til efterretning" in after
    assert before != after


def test_an_editor_says_what_a_decision_did(editor: Client, archive: Archive) -> None:
    address = _address(_budget(archive).decision)
    form = open_form(editor, address)
    count = int(form.fields["outcomes-INITIAL_FORMS"])
    removed = {f"outcomes-{number}-DELETE": "on" for number in range(count)}
    added = {
        "outcomes-TOTAL_FORMS": str(count + 1),
        f"outcomes-{count}-kind": "sendt videre",
        f"outcomes-{count}-sentence": "Sendes til Økonomiudvalget.",
        f"outcomes-{count}-decision": form.fields["outcomes-__prefix__-decision"],
    }
    assert form.send(editor, address, **removed, **added).status_code == 302
    for _ in range(2):
        outcomes = [(one.kind, one.sentence, one.origin) for one in _budget(archive).decision.outcomes.all()]
        assert outcomes == [("sendt videre", "Sendes til Økonomiudvalget.", "redaktør")]
        _read_again(archive.open)


@pytest.mark.parametrize("model", [Section, Decision, Attachment])
def test_one_stays_at_a_part_that_was_saved_though_its_row_is_new(editor: Client, archive: Archive, model) -> None:
    part = model.objects.filter(item=_budget(archive)).first()
    field = "name" if model is Attachment else "text"
    form = open_form(editor, _address(part))
    response = form.send(editor, _address(part), **{field: "Rettet.", "_continue": "1"})
    assert open_form(editor, response.url).fields[field] == "Rettet."


def test_a_meeting_moved_onto_another_is_refused_in_words(editor: Client, archive: Archive) -> None:
    make_meeting("2017-06-15")
    address = _address(archive.open)
    response = open_form(editor, address).send(editor, address, date="2017-06-15")
    page = editor.get(response.url).content.decode()
    assert "Mødet kan ikke få den dato og det tidspunkt. Se, om arkivet allerede har et møde da." in page
    assert Meeting.objects.get(pk=archive.open.pk).date.day == 14


def test_a_correction_is_taken_back_by_deleting_it(editor: Client, archive: Archive) -> None:
    address = _address(archive.open)
    open_form(editor, address).send(editor, address, place="Kantinen")
    correction = Correction.objects.get(meeting=archive.open)
    editor.post(reverse("admin:minutes_correction_delete", args=[correction.pk]), {"post": "yes"})
    assert Meeting.objects.get(pk=archive.open.pk).place == "Mødelokale 2"
    assert not Correction.objects.filter(meeting=archive.open).exists()


def test_items_that_belong_together_are_linked(editor: Client, archive: Archive) -> None:
    address = reverse("admin:minutes_reference_add")
    source, target = _budget(archive), archive.mixed.items.get(number=1)
    open_form(editor, address).send(editor, address, item=str(source.pk), target_item=str(target.pk))
    _read_again(archive.open)
    link = Reference.objects.get(origin="redaktør")
    assert (link.item, link.target_item) == (source, target)
    editor.post(reverse("admin:minutes_reference_delete", args=[link.pk]), {"post": "yes"})
    assert not Reference.objects.filter(origin="redaktør").exists()


def test_the_history_tells_places_not_words(editor: Client, archive: Archive) -> None:
    address = _address(archive.open)
    form = open_form(editor, address)
    names = [name for name in form.fields if name.endswith("-title") and form.fields[name].startswith("Fjerde")]
    form.send(editor, address, **{names[0]: "Budget 2018"})
    assert LogEntry.objects.get().get_change_message() == "Ændrede titel for punkt “2”."


def test_the_history_names_no_title(editor: Client, archive: Archive) -> None:
    item = _budget(archive)
    open_form(editor, _address(item)).send(editor, _address(item), title="Lønforhandling")
    decision = _budget(archive).decision
    open_form(editor, _address(decision)).send(editor, _address(decision), text="Godkendt.")
    correction = Correction.objects.get(field="title")
    editor.post(reverse("admin:minutes_correction_delete", args=[correction.pk]), {"post": "yes"})
    target = archive.mixed.items.get(number=1)
    address = reverse("admin:minutes_reference_add")
    open_form(editor, address).send(editor, address, item=str(item.pk), target_item=str(target.pk))
    assert [entry.object_repr for entry in LogEntry.objects.order_by("pk")] == [
        "14. juni 2017, punkt 2",
        "14. juni 2017, punkt 2",
        "14. juni 2017, rettelse",
        "14. juni 2017, punkt 2, henvisning",
    ]


def test_who_saves_last_is_told_and_loses_nothing(editor: Client, archive: Archive) -> None:
    address = _address(_budget(archive))
    first, second = open_form(editor, address), open_form(editor, address)
    assert first.send(editor, address, **{"decision-0-text": "Udskudt."}).status_code == 302
    response = second.send(editor, address, title="Budget <2018>")
    html = response.content.decode()
    assert response.status_code == 409
    assert "En anden har ændret mødet imens" in html
    told = html[: html.index("<fieldset")]
    assert escape("Budget <2018>") in told
    assert "Beslutning: tekst" in told
    assert _budget(archive).title.startswith("Fjerde")
    assert _budget(archive).decision.text == "Udskudt."
    assert Form(html).send(editor, address, title="Budget 2018").status_code == 302
    assert (_budget(archive).title, _budget(archive).decision.text) == ("Budget 2018", "Udskudt.")


def test_who_saves_last_is_told_on_a_meeting_too(editor: Client, archive: Archive) -> None:
    address = _address(archive.open)
    first, second = open_form(editor, address), open_form(editor, address)
    first.send(editor, address, place="Kantinen")
    assert second.send(editor, address, preamble="Afbud: ingen").status_code == 409
    assert Meeting.objects.get(pk=archive.open.pk).place == "Kantinen"


@pytest.mark.parametrize("model", [Section, Decision, Recommendation, Attachment])
def test_a_part_whose_row_was_made_anew_is_found_again(editor: Client, archive: Archive, model) -> None:
    part = model.objects.filter(item=_budget(archive)).first()
    field = "name" if model is Attachment else "text"
    form = open_form(editor, _address(part))
    _read_again(archive.open)
    response = form.send(editor, _address(part), **{field: "Rettet af mig."})
    html = response.content.decode()
    assert response.status_code == 409
    assert "Rettet af mig." in html
    now = model.objects.get(item=_budget(archive), position=part.position)
    assert f'action="{_address(now)}"' in html
    assert Form(html).send(editor, _address(now), **{field: "Rettet af mig."}).status_code == 302
    assert getattr(model.objects.get(item=_budget(archive), position=part.position), field) == "Rettet af mig."


@pytest.mark.parametrize(
    "typed", ["20. marts 2025", "20/3 2025", "20-03-2025", "20.03.2025", "2025-03-20", "20.3.2025"]
)
def test_a_date_is_typed_as_danes_write_it(editor: Client, archive: Archive, typed: str) -> None:
    address = _address(archive.open)
    assert open_form(editor, address).send(editor, address, date=typed).status_code == 302
    assert Meeting.objects.get(pk=archive.open.pk).date == datetime.date(2025, 3, 20)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("i morgen", "er ikke en dato"), ("30. februar 2025", "februar"), ("20. marts", "mangler et år")],
)
def test_what_is_no_date_is_said_in_danish(editor: Client, archive: Archive, typed: str, said: str) -> None:
    address = _address(archive.open)
    response = open_form(editor, address).send(editor, address, date=typed)
    assert response.status_code == 200
    assert said in str(response.context["adminform"].form.errors["date"])
