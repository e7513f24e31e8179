"""References lead to their target when it is there, whichever comes first."""

import datetime

import pytest

from minutes.ingest.edits import correct
from minutes.models import Meeting, Reference
from tests.factories import ingest, make_item, make_meeting, make_minutes, make_section, make_user

pytestmark = pytest.mark.django_db


def naming(text, **values):
    return make_item(1, "Budget", sections=[make_section("anledning", text)], **values)


def targets():
    return {reference.words: reference.target_meeting or reference.target_case for reference in Reference.objects.all()}


def test_a_meeting_that_is_there_is_found():
    earlier = make_meeting("2017-05-18")
    make_meeting(items=[naming("Se mødet den 18. maj 2017 i chefforum.")])

    assert set(targets().values()) == {earlier}
    reference = Reference.objects.get()
    assert reference.item.sections.get().text[reference.start : reference.end] == reference.words


def test_a_meeting_that_arrives_later_is_found():
    make_meeting(items=[naming("Chefforum drøfter sagen igen på mødet den 17. august 2017.")])
    assert set(targets().values()) == {None}

    later = make_meeting("2017-08-17")

    assert set(targets().values()) == {later}


def test_a_date_on_which_the_body_met_twice_leads_nowhere():
    make_meeting("2017-05-18", time="09:00")
    make_meeting(items=[naming("Se mødet den 18. maj 2017 i chefforum.")])

    make_meeting("2017-05-18", time="13:00")

    assert set(targets().values()) == {None}


def test_a_meeting_does_not_refer_to_itself():
    make_meeting(items=[naming("På chefforums møde den 14. juni 2017 …")])

    assert not Reference.objects.exists()


def test_an_item_that_is_named_by_its_number_is_found_also_when_it_gets_another():
    make_meeting(items=[naming("Se punkt 2 på mødet den 18. maj 2017 i chefforum.")])

    def target():
        return [reference.target_item and reference.target_item.title for reference in Reference.objects.all()]

    assert target() == [None]
    make_meeting("2017-05-18", [make_item(1, "Evt."), make_item(2, "Mødeplan")])
    assert target() == ["Mødeplan"]
    ingest(make_minutes("2017-05-18", [make_item(1, "Mødeplan"), make_item(2, "Evt.")]))
    assert target() == ["Evt."]


def test_when_a_meeting_gets_another_date_what_meant_it_no_longer_does():
    make_meeting(items=[naming("Se punkt 1 på mødet den 18. maj 2017 i chefforum.")])
    wrong = make_meeting("2017-05-18")
    assert set(targets().values()) == {wrong}

    correct(row=wrong, values={"date": datetime.date(2017, 5, 19)}, user=make_user("redaktør"))

    assert set(targets().values()) == {None}
    assert not Reference.objects.exclude(target_item=None)


def test_a_case_is_found_now_or_later():
    make_meeting(items=[naming("Jf. sag 81.00.00-A00-1-17.", case_number="00.01.00-S00-6-17")])
    assert set(targets().values()) == {None}

    other = make_meeting("2017-07-01", [make_item(1, "Personale", case_number="81.00.00-A00-1-17")])

    assert set(targets().values()) == {other.items.get().case}


def test_a_new_edition_has_only_its_own_references_and_editors_links_stay():
    meeting = make_meeting(items=[naming("Se mødet den 18. maj 2017 i chefforum.")])
    item = meeting.items.get()
    other = make_meeting("2016-01-01").items.get()
    Reference.objects.create(item=item, target_item=other)

    ingest(make_minutes(items=[naming("Se mødet den 19. maj 2017 i chefforum.")]))

    assert Meeting.objects.count() == 2
    dates = [str(reference.date) for reference in item.references.exclude(date=None)]
    assert dates == ["2017-05-19"]
    assert item.references.get(target_item=other)
