"""Links between items that belong together: made once, taken away, kept by every new reading."""

import pytest

from minutes.ingest.edits import correct
from minutes.ingest.links import link_items, unlink_items
from minutes.ingest.results import InvalidCorrection
from minutes.ingest.service import store_again
from minutes.models import AgendaItem, Meeting, Reference
from minutes.models.locks import archive_lock
from tests.factories import ingest, make_item, make_meeting, make_minutes, make_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting("2017-06-14", [make_item(1, "Budget"), make_item(2, "Mødeplan")])


@pytest.fixture
def items(meeting: Meeting) -> tuple[AgendaItem, AgendaItem]:
    return meeting.items.get(number=1), meeting.items.get(number=2)


def linked(item: AgendaItem) -> list[str]:
    ends = Reference.objects.linking([item.pk]).values_list("item__title", "target_item__title")
    return [title for pair in ends for title in pair if title != item.title]


def test_a_link_is_made_once_whichever_way_round(items) -> None:
    budget, plan = items
    link = link_items(item=budget, target=plan)
    assert link_items(item=budget, target=plan) == link
    assert link_items(item=plan, target=budget) == link
    assert linked(budget) == ["Mødeplan"]
    assert linked(plan) == ["Budget"]


@pytest.mark.parametrize("turned", [False, True])
def test_a_link_is_taken_away_whichever_way_round(items, turned: bool) -> None:
    budget, plan = items
    link_items(item=budget, target=plan)
    item, target = items[::-1] if turned else items
    assert unlink_items(item=item, target=target)
    assert linked(budget) == []
    assert not unlink_items(item=item, target=target)


def test_nothing_else_is_taken_away(items) -> None:
    budget, plan = items
    named = make_meeting(
        "2017-08-17",
        [make_item(1, "Opfølgning", sections=[make_section("anledning", "Se punkt 1 på mødet d. 14. juni 2017.")])],
    ).items.get()
    link_items(item=budget, target=plan)
    link_items(item=named, target=plan)
    assert unlink_items(item=budget, target=plan)
    assert not unlink_items(item=budget, target=named)  # what the text says is no editor's link
    assert linked(named) == ["Mødeplan"]
    assert Reference.objects.filter(target_item=budget, item=named).exists()


def test_no_item_is_linked_to_itself(items) -> None:
    with pytest.raises(InvalidCorrection, match="sig selv"):
        link_items(item=items[0], target=items[0])


def test_an_item_that_is_gone_is_not_linked(items) -> None:
    budget, plan = items
    ingest(make_minutes("2017-06-14", [make_item(1, "Budget")]))
    with pytest.raises(InvalidCorrection, match="findes ikke længere"):
        link_items(item=budget, target=plan)


def test_a_link_lasts_when_the_file_is_read_again(meeting, items) -> None:
    budget, plan = items
    link_items(item=budget, target=plan)
    with archive_lock():
        store_again(meeting.sources.get())
    assert linked(budget) == ["Mødeplan"]


def test_a_link_lasts_in_a_new_edition_on_both_sides(items) -> None:
    budget, _ = items
    other = make_meeting("2015-01-15", [make_item(1, "Budget 2016")]).items.get()
    link_items(item=budget, target=other)
    moved = [make_item(1, "Velkomst"), make_item(2, "Budget", decision="Godkendt."), make_item(3, "Mødeplan")]
    ingest(make_minutes("2017-06-14", moved))
    ingest(make_minutes("2015-01-15", [make_item(4, "Budget 2016", decision="Drøftet.")]))
    link = Reference.objects.linking([budget.pk]).get()
    assert (link.item.number, link.target_item.number) == (2, 4)


def test_a_link_lasts_when_an_item_is_corrected(items) -> None:
    budget, plan = items
    link_items(item=budget, target=plan)
    correct(row=plan, values={"title": "Mødeplan for 2018"}, user=None)
    assert linked(budget) == ["Mødeplan for 2018"]


def test_a_link_to_an_item_that_a_new_edition_dropped_leads_nowhere(items) -> None:
    budget, plan = items
    link_items(item=budget, target=plan)
    ingest(make_minutes("2017-06-14", [make_item(1, "Budget")]))
    assert linked(budget) == []
