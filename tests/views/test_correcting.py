"""The forms in which an editor puts right what was read, of drafts and of meetings in the archive."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from minutes.ingest.edits import correct
from minutes.ingest.revising import revise
from minutes.models import AgendaItem, Attachment, Correction, Decision, Meeting, Recommendation, Section
from minutes.parsing.types import Warning
from minutes.views.upload_answers import UNSEEN
from tests.archive import make_person
from tests.factories import ingest, make_item, make_meeting, make_minutes, make_section, make_user
from tests.views.page import Page

pytestmark = pytest.mark.django_db

ITEM = "/moeder/2017-06-14/ret/punkt/1/"
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(make_person("redaktør"))
    return client


def budget(**more: Any):
    return make_item(
        1,
        "Budget",
        case_number="00.01.00-S00-6-17",
        sections=[
            make_section("sagsfremstilling", f"Første stykke.\n\n- et\n\n  to\n\nBeslutning\n\nSidste {HOSTILE}")
        ],
        decision="Godkendt.",
        recommendations=["at budgettet drøftes", "at det sendes"],
        attachments=["Notat", "Regneark"],
        **more,
    )


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting("2017-06-14", [budget(), make_item(2, "Mødeplan")])


def filled(client: Client, address: str) -> dict[str, Any]:
    """What a browser sends for the form at `address` when nobody touches it."""
    answer = client.get(address)
    assert answer.status_code == 200
    form = answer.context["form"]
    sent = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in sent.items() if value not in (None, False)}
    texts = {name: value.replace("\n", "\r\n") for name, value in sent.items() if isinstance(value, str)}
    return {**sent, **texts, "set": answer.context["seen"]}


def send(client: Client, address: str, **changes: Any):
    sent = filled(client, address) | changes
    return client.post(address, {name: value for name, value in sent.items() if value is not None}, follow=True)


def said(answer: Any) -> str:
    return Page(answer.content.decode()).main


def test_a_form_that_nobody_touched_changes_nothing(editor: Client, meeting: Meeting) -> None:
    for address in (ITEM, f"{ITEM}graenser/", "/moeder/2017-06-14/ret/moede/"):
        answer = editor.post(address, filled(editor, address), follow=True)
        assert "Intet var ændret." in said(answer)
        assert answer.redirect_chain[0][0].startswith("/moeder/2017-06-14/ret/#")
    assert not Correction.objects.exists()


def test_an_item_is_put_right_all_at_once(editor: Client, meeting: Meeting) -> None:
    sent = filled(editor, ITEM) | {
        "title": "Budget 2018",
        "printed_case_number": "00.01.00-S00-7-17",
        "udfald": ["drøftet"],
        "indstiller-0": "HR",
        "bilag-0-navn": "Notat om budget",
        "bilag-1-lukket": "on",
        "afsnit-0-art": "anledning",
        "afsnit-0-overskrift": "Anledning",
    }
    answer = editor.post(ITEM, sent, follow=True)
    item = AgendaItem.objects.get(number=1)
    assert (item.title, item.case.number) == ("Budget 2018", "00.01.00-S00-7-17")
    assert item.decision.outcomes.get().kind == "drøftet"
    assert set(Recommendation.objects.values_list("proposer", flat=True)) == {"HR"}
    assert list(Attachment.objects.values_list("name", "is_closed")) == [("Notat om budget", False), ("Regneark", True)]
    assert Section.objects.get(kind="anledning").heading == "Anledning"
    assert "Her er nu noget lukket" in said(answer)  # which an editor without that right cannot see


FACTS = "/moeder/2017-06-14/ret/moede/"


def test_the_day_and_time_of_another_meeting_are_refused_in_the_same_words_whether_it_is_seen(
    editor: Client, meeting: Meeting
) -> None:
    make_meeting("2017-06-15", [make_item(1, "Et andet")])
    hidden = make_meeting("2017-06-16", [make_item(1, "Hemmeligt")])
    correct(row=hidden, values={"is_closed": True}, user=None)
    seen, unseen = (said(send(editor, FACTS, date=day)) for day in ("2017-06-15", "2017-06-16"))
    assert "Mødet kan ikke få den dato og det tidspunkt." in seen
    assert seen == unseen.replace("2017-06-16", "2017-06-15")
    trusted = Client()
    trusted.force_login(make_user("redaktør", reads_closed=True))
    assert "Der findes allerede et møde med den dato" in said(send(trusted, FACTS, date="2017-06-16"))


def test_a_draft_that_is_given_the_day_of_something_closed_goes_as_one_in_which_something_is_closed(
    editor: Client, meeting: Meeting
) -> None:
    hidden = make_meeting("2017-06-16", [make_item(1, "Hemmeligt")])
    correct(row=hidden, values={"is_closed": True}, user=None)
    drafts = [ingest(make_minutes(date, [budget()]), draft=True).source for date in ("2018-01-10", "2018-01-24")]
    moved, closed = (f"/kladder/{draft.pk}/" for draft in drafts)
    told = send(editor, f"{moved}moede/", date="2017-06-16"), send(editor, f"{closed}punkt/1/", is_closed="on")
    for answer in told:
        assert answer.redirect_chain == [("/kladder/", 302)]
        assert [str(message) for message in answer.context["messages"]] == [f"Kladden er rettet. {UNSEEN}"]
    for address in (moved, closed):
        assert editor.get(address).status_code == 404
        assert editor.post(f"{address}laeg-i-arkivet/").status_code == 404


def test_a_missing_section_is_added_and_a_false_one_taken_away(editor: Client, meeting: Meeting) -> None:
    places = {kind: place for place, (kind, *_) in enumerate(editor.get(ITEM).context["form"].sections)}
    send(editor, ITEM, **{f"afsnit-{places['bilag']}-tekst": "Notat\n\nRegneark\n\nReferat fra FU"})
    assert list(Attachment.objects.values_list("name", flat=True)) == ["Notat", "Regneark", "Referat fra FU"]
    new = len(places)
    send(editor, ITEM, **{f"afsnit-{new}-art": "økonomi", f"afsnit-{new}-tekst": "Ingen udgift."})
    assert Section.objects.get(kind="økonomi").text == "Ingen udgift."
    send(editor, ITEM, **{f"afsnit-{places['beslutning']}-art": ""})
    assert not Decision.objects.exists()


def test_a_new_section_needs_a_kind(editor: Client, meeting: Meeting) -> None:
    new = len(editor.get(ITEM).context["form"].sections)
    answer = send(editor, ITEM, **{f"afsnit-{new}-tekst": "Mistes ikke."})
    assert answer.status_code == 422
    assert "Vælg, hvad det nye afsnit er." in said(answer)
    assert "Mistes ikke." in said(answer)
    assert not Correction.objects.exists()


def test_borders_are_moved_and_no_word_is_touched(editor: Client, meeting: Meeting) -> None:
    blocks = editor.get(f"{ITEM}graenser/").context["form"].blocks
    assert [block.text for block in blocks[:4]] == ["Første stykke.", "- et\n\n  to", "Beslutning", f"Sidste {HOSTILE}"]
    send(editor, f"{ITEM}graenser/", **{"start-2": "supplerende bemærkninger", "start-1": "anledning"})
    found = list(Section.objects.values_list("kind", "heading", "text"))[:3]
    assert found == [
        ("sagsfremstilling", "Sagsfremstilling", "Første stykke."),
        ("anledning", "", "- et\n\n  to"),
        ("supplerende bemærkninger", "Beslutning", f"Sidste {HOSTILE}"),
    ]


def test_the_meetings_facts(editor: Client, meeting: Meeting) -> None:
    address = "/moeder/2017-06-14/ret/moede/"
    answer = send(editor, address, date="15. juni 2017", start_time="kl. 9.30", place="Rådhuset")
    meeting.refresh_from_db()
    assert (str(meeting.date), str(meeting.start_time), meeting.place) == ("2017-06-15", "09:30:00", "Rådhuset")
    assert answer.status_code == 200


def test_a_draft_is_put_right_before_it_is_in_the_archive(editor: Client) -> None:
    source = ingest(make_minutes("2017-06-14", [budget()]), draft=True).source
    answer = send(editor, f"/kladder/{source.pk}/punkt/1/", title="Rettet")
    assert answer.redirect_chain == [(f"/kladder/{source.pk}/#punkt-1", 302)]
    assert Correction.objects.get().value == "Rettet"
    assert not Meeting.objects.exists()


def test_what_cannot_be_stays_on_the_page(editor: Client, meeting: Meeting) -> None:
    answer = send(editor, ITEM, title="Rettet", printed_case_number="hokus")
    assert answer.status_code == 422
    assert AgendaItem.objects.get(number=1).title == "Budget"
    assert answer.context["form"]["title"].value() == "Rettet"


def test_who_is_late_loses_no_word(editor: Client, meeting: Meeting) -> None:
    sent = filled(editor, ITEM) | {"title": "Min titel"}
    revise(source=meeting.sources.get(), values={(1, "", "title"): "En andens"}, user=None)
    answer = editor.post(ITEM, sent)
    assert answer.status_code == 422
    assert "Min titel" in said(answer)
    assert answer.context["form"]["title"].value() == "En andens"
    assert AgendaItem.objects.get(number=1).title == "En andens"


def test_it_is_put_back_as_read(editor: Client, meeting: Meeting) -> None:
    send(editor, ITEM, title="Rettet")
    send(editor, ITEM, **{"som-laest": "ja"})
    assert AgendaItem.objects.get(number=1).title == "Budget"
    assert not Correction.objects.exists()


def test_text_is_escaped(editor: Client, meeting: Meeting) -> None:
    for address in (ITEM, f"{ITEM}graenser/"):
        assert HOSTILE not in editor.get(address).content.decode()


@pytest.mark.parametrize("page", ["moede/", "punkt/1/", "punkt/1/graenser/"])
def test_what_is_not_there_or_not_for_oneself_is_404(editor: Client, meeting: Meeting, page: str) -> None:
    assert editor.get(f"/moeder/1999-01-01/ret/{page}").status_code == 404
    assert editor.get(f"/moeder/2017-06-14/ret/{page.replace('1', '9')}").status_code == (
        200 if "1" not in page else 404
    )
    closed = ingest(make_minutes("2017-06-15", [make_item(1, "Lukket", closed=True)]), draft=True).source
    assert editor.get(f"/kladder/{closed.pk}/{page}").status_code == 404
    own = ingest(
        make_minutes("2017-06-16", [make_item(1, "En andens")]), draft=True, user=make_person("redaktør")
    ).source
    assert editor.get(f"/kladder/{own.pk}/{page}").status_code == 404


def test_a_draft_without_a_day_gets_one(editor: Client) -> None:
    warning = Warning("no_date", "Der er ikke fundet en mødedato.")
    source = ingest(make_minutes(None, [budget()], warnings=(warning,)), draft=True).source
    assert "1 advarsel" in said(editor.get("/kladder/"))
    assert "uden dato" in said(editor.get("/kladder/"))
    page = said(editor.get(f"/kladder/{source.pk}/"))
    assert "Kladden kan ikke lægges i arkivet endnu." in page
    assert "Chefforum uden dato" in page
    send(editor, f"/kladder/{source.pk}/moede/", date="14. juni 2017")
    page = said(editor.get(f"/kladder/{source.pk}/"))
    assert "Læg i arkivet" in page
    assert "advarsel" not in page
    assert "advarsel" not in said(editor.get("/kladder/"))


def test_an_item_of_a_thousand_paragraphs_is_put_right_too(editor: Client) -> None:
    text = "\n\n".join(f"Stykke {place}" for place in range(1200))
    meeting = make_meeting("2017-06-14", [make_item(1, "Langt", sections=[make_section("sagsfremstilling", text)])])

    send(editor, f"{ITEM}graenser/", **{"start-1199": "beslutning"})

    assert Decision.objects.get(item__meeting=meeting).text == "Stykke 1199"
