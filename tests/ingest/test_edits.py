"""Edits of several rows, and taking back. What one edit does is in test_corrections."""

import pytest

from minutes.ingest.edits import correct, correct_all, withdraw
from minutes.ingest.results import InvalidCorrection, Refused
from minutes.models import Correction, Meeting, Section
from tests.factories import ingest, make_item, make_meeting, make_minutes, make_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Meeting:
    sections = [make_section("anledning", "Første."), make_section("sagsfremstilling", "Andet.")]
    return make_meeting("2017-06-14", [make_item(1, "Budget", sections=sections), make_item(2, "Mødeplan")])


def texts() -> list[str]:
    return list(Section.objects.order_by("position").values_list("text", flat=True))


def test_several_rows_of_one_meeting_are_corrected_at_once(meeting):
    first, second = Section.objects.order_by("position")
    item = meeting.items.get(number=1)
    correct_all(edits=[(item, {"title": "Rettet"}), (first, {"text": "En."}), (second, {"text": "To."})], user=None)
    assert texts() == ["En.", "To."]
    assert meeting.items.get(number=1).title == "Rettet"


def test_all_of_them_or_none(meeting):
    first, second = Section.objects.order_by("position")
    second.pk = 0
    with pytest.raises(InvalidCorrection):
        correct_all(edits=[(first, {"text": "En."}), (second, {"text": "To."})], user=None)
    assert texts() == ["Første.", "Andet."]
    assert not Correction.objects.exists()


def test_what_was_corrected_is_taken_back(meeting):
    correct(row=Section.objects.get(kind="anledning"), values={"text": "Rettet."}, user=None)
    withdraw(correction=Correction.objects.get())
    assert texts() == ["Første.", "Andet."]


def test_of_an_earlier_edition_nothing_is_taken_back(meeting):
    correct(row=Section.objects.get(kind="anledning"), values={"text": "Rettet."}, user=None)
    ingest(make_minutes("2017-06-14", [make_item(1, "Budget", sections=[make_section("anledning", "Helt ny.")])]))
    with pytest.raises(Refused):
        withdraw(correction=Correction.objects.get())
    assert Correction.objects.exists()


def test_a_title_is_a_line_and_no_text(meeting):
    with pytest.raises(InvalidCorrection, match="højst 1000 tegn"):
        correct(row=meeting.items.get(number=1), values={"title": "x" * 1_001}, user=None)
    assert not Correction.objects.exists()
