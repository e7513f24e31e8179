"""What an item has to do with others: the case through time, links by editors, references both ways."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from minutes.ingest.edits import correct
from minutes.ingest.links import link_items
from minutes.models import AgendaItem, Meeting, Reference
from minutes.views.relations import AROUND, MOST_MENTIONS, referred_to, related_to
from tests.archive import make_person
from tests.factories import ingest, make_item, make_meeting, make_minutes, make_section
from tests.views.page import Page, open_page

pytestmark = pytest.mark.django_db

HOUSING, HOUSING_AGAIN = "03.30.05-A00-1-15", "03.30.05-A00-1-21"


@pytest.fixture
def editor(db) -> Client:
    client = Client()
    client.force_login(make_person("redaktør"))
    return client


def naming(text: str, *, title: str = "Opfølgning", number: int = 1, **values):
    return make_item(number, title, sections=[make_section("sagsfremstilling", text)], **values)


def item_of(meeting: Meeting, number: int = 1) -> AgendaItem:
    return AgendaItem.objects.select_related("meeting", "case").get(meeting=meeting, number=number)


def part(page: Page, heading: str) -> str:
    """The words under a heading of the second rank, up to the next one."""
    headings = [words for rank, words in page.headings if rank == "h2"]
    assert heading in headings
    after = page.main[page.main.rindex(heading) + len(heading) :]
    following = headings[headings.index(heading) + 1 :]
    return after[: after.index(following[0])] if following and following[0] in after else after


class TestReferencesInTheText:
    def links(self, client: Client, address: str = "/moeder/2017-06-14/punkt/1/") -> dict[str, str]:
        page = open_page(client, address)
        found = [attributes for tag, attributes in page.tags if tag == "a" and attributes.get("class") == "reference"]
        words = dict(page.links)
        return {words[attributes["href"]]: attributes["href"] for attributes in found}

    def test_a_meeting_an_item_and_a_case(self, reader: Client) -> None:
        make_meeting("2017-05-18", [make_item(1, "Mødeplan"), make_item(2, "Ferie", case_number=HOUSING)])
        text = f"Se mødet d. 18. maj 2017, punkt 2 på mødet den 18. maj i år, og sag {HOUSING}."
        make_meeting("2017-06-14", [naming(text, decision="Drøftes igen på mødet d. 18. maj 2017.")])
        assert self.links(reader) == {
            "mødet d. 18. maj 2017": "/moeder/2017-05-18/",
            "punkt 2 på mødet den 18. maj": "/moeder/2017-05-18/punkt/2/",
            HOUSING: f"/sager/{HOUSING}/",
        }

    def test_the_name_says_what_the_words_leave_out(self, reader: Client) -> None:
        make_meeting("2017-05-18", [make_item(1, "Mødeplan")])
        text = "Se punkt 1 på mødet den 18. maj. Sidst var mødet den 18. maj."
        make_meeting("2017-06-14", [naming(text)])
        tags = open_page(reader, "/moeder/2017-06-14/punkt/1/").tags
        names = [attributes.get("aria-label") for tag, attributes in tags if attributes.get("class") == "reference"]
        assert names == ["punkt 1 på mødet den 18. maj: Mødeplan", "mødet den 18. maj: mødet 18. maj 2017"]

    def test_one_whose_target_arrives_later(self, reader: Client) -> None:
        make_meeting("2017-06-14", [naming("Drøftes igen på mødet den 17. august 2017.")])
        assert self.links(reader) == {}
        make_meeting("2017-08-17")
        assert self.links(reader) == {"mødet den 17. august 2017": "/moeder/2017-08-17/"}

    def test_a_date_on_which_the_body_met_twice(self, reader: Client) -> None:
        make_meeting("2017-05-18", time="09:00")
        make_meeting("2017-06-14", [naming("Se mødet den 18. maj 2017.")])
        assert len(self.links(reader)) == 1
        make_meeting("2017-05-18", time="13:00")
        assert self.links(reader) == {}

    def test_a_meeting_of_another_body(self, reader: Client) -> None:
        make_meeting("2017-06-19")
        text = "Økonomiudvalget drøfter det på mødet den 19. juni 2017. Direktørforum d. 19. juni 2017 også."
        make_meeting("2017-06-14", [naming(text)])
        assert Reference.objects.exclude(date=None).exists()
        assert self.links(reader) == {}

    def test_what_the_reader_may_not_see_is_no_link(self, reader: Client, closed_reader: Client) -> None:
        hidden = make_item(2, "Lønforhandling", case_number=HOUSING, closed=True)
        make_meeting("2017-05-18", [make_item(1, "Mødeplan"), hidden])
        closed = make_meeting("2017-05-24")
        correct(row=closed, values={"is_closed": True}, user=None)
        text = f"Se punkt 2 på mødet d. 18. maj 2017, mødet den 24. maj 2017 og sag {HOUSING}."
        make_meeting("2017-06-14", [naming(text)])
        assert self.links(reader) == {}
        assert self.links(closed_reader) == {
            "punkt 2 på mødet d. 18. maj 2017": "/moeder/2017-05-18/punkt/2/",
            "mødet den 24. maj 2017": "/moeder/2017-05-24/",
            HOUSING: f"/sager/{HOUSING}/",
        }
        assert escape(text) in open_page(reader, "/moeder/2017-06-14/punkt/1/").html


class TestTheCase:
    def story(self, item: AgendaItem, role: str = "læser"):
        return related_to(item, make_person(role)).story

    def make(self, count: int, **values) -> list[AgendaItem]:
        titles = (f"Helhedsplan {year}" for year in range(2001, 2001 + count))
        made = [make_item(2, title, case_number=HOUSING, **values) for title in titles]
        return [item_of(make_meeting(f"{2001 + at}-03-01", [item]), 2) for at, item in enumerate(made)]

    def test_earlier_and_later_items_in_order(self) -> None:
        first, second, third = self.make(3)
        for item in (first, second, third):
            story = self.story(item)
            assert list(story.steps) == [first, second, third]
            assert (story.earlier, story.later) == (0, 0)

    def test_a_long_one_is_cut_round_the_item(self) -> None:
        items = self.make(2 * AROUND + 4)
        story = self.story(items[AROUND + 1])
        assert list(story.steps) == items[1 : 2 * AROUND + 2]
        assert (story.earlier, story.later) == (1, 2)
        assert list(self.story(items[0]).steps) == items[: AROUND + 1]
        assert list(self.story(items[-1]).steps) == items[-AROUND - 1 :]

    def test_a_case_with_one_item_has_no_story(self) -> None:
        assert self.story(self.make(1)[0]) is None

    def test_a_samlesag_and_a_standing_item_have_a_list(self, reader: Client) -> None:
        number = "00.01.00-P35-9-22"
        titles = ["Sommerfest", "Digital post", "Elevråd"]
        meeting = make_meeting(
            "2022-01-13", [make_item(at, what, case_number=number) for at, what in enumerate(titles)]
        )
        related = related_to(item_of(meeting, 1), make_person("læser"))
        assert (related.story, related.is_in_list) == (None, True)
        page = open_page(reader, "/moeder/2022-01-13/punkt/1/")
        assert "Sagsnummeret er en samlesag" in page.main
        assert (f"/sager/{number}/", f"Alle punkter med sagsnummer {number}") in page.links
        for day in ("2022-02-10", "2022-03-10"):
            standing = make_item(1, "Godkendelse af referat", case_number="00.01.00-A00-3-22")
            meeting = make_meeting(day, [standing])
        related = related_to(item_of(meeting), make_person("læser"))
        assert not related.item.case.is_collective
        assert (related.story, related.is_in_list) == (None, True)

    def test_what_is_closed_is_not_counted(self) -> None:
        items = self.make(6)
        correct(row=items[0], values={"is_closed": True}, user=None)
        correct(row=items[3].meeting, values={"is_closed": True}, user=None)
        story = self.story(items[5])
        assert list(story.steps) == [items[1], items[2], items[4], items[5]]
        assert (story.earlier, story.later) == (0, 0)
        assert self.story(items[5], "læser af lukkede").earlier == 2

    def test_on_the_page(self, reader: Client) -> None:
        make_meeting(
            "2016-03-01",
            [
                make_item(
                    2, "Helhedsplan", case_number=HOUSING, decision="Godkendt.", recommendations=("at den sendes",)
                )
            ],
        )
        make_meeting("2017-03-01", [make_item(2, "Helhedsplan igen", case_number=HOUSING, decision="Drøftet i dag.")])
        page = open_page(reader, "/moeder/2017-03-01/punkt/2/")
        words = part(page, "Sagens gang")
        assert words.index("1. marts 2016, punkt 2") < words.index("1. marts 2017, punkt 2 Dette punkt")
        assert "Helhedsplan Godkendt Indstillet: at den sendes" in words
        assert ("/moeder/2016-03-01/punkt/2/", "Helhedsplan") in page.links
        assert (f"/sager/{HOUSING}/", f"Se sag {HOUSING}") in page.links


class TestLinked:
    @pytest.fixture
    def items(self) -> tuple[AgendaItem, AgendaItem, AgendaItem]:
        """Two of one case, and one that goes on under another number."""
        first = make_meeting("2015-03-12", [make_item(2, "Helhedsplan", case_number=HOUSING)])
        last = make_meeting("2020-11-12", [make_item(3, "Helhedsplan, afrunding", case_number=HOUSING)])
        again = make_meeting("2021-03-04", [make_item(4, "Ny helhedsplan", case_number=HOUSING_AGAIN)])
        return item_of(first, 2), item_of(last, 3), item_of(again, 4)

    def linked(self, item: AgendaItem, role: str = "læser") -> list[tuple[AgendaItem, AgendaItem | None]]:
        return [(one.item, one.through) for one in related_to(item, make_person(role)).linked]

    @pytest.mark.parametrize("turned", [False, True])
    def test_on_both_sides_and_along_the_case(self, items, turned: bool) -> None:
        first, last, again = items
        link_items(item=again if turned else last, target=last if turned else again)
        assert self.linked(last) == [(again, None)]
        assert self.linked(again) == [(last, None)]
        assert self.linked(first) == [(again, last)]

    def test_a_direct_link_is_told_once(self, items) -> None:
        first, last, again = items
        link_items(item=last, target=again)
        link_items(item=again, target=first)
        assert self.linked(first) == [(again, None)]

    def test_what_is_closed_is_on_neither_side(self, items) -> None:
        first, last, again = items
        link_items(item=last, target=again)
        correct(row=again, values={"is_closed": True}, user=None)
        assert self.linked(last) == self.linked(first) == []
        assert self.linked(last, "læser af lukkede") == [(again, None)]
        correct(row=again, values={"is_closed": False}, user=None)
        correct(row=last.meeting, values={"is_closed": True}, user=None)
        assert self.linked(again) == self.linked(first) == []
        assert self.linked(again, "læser af lukkede") == [(last, None)]

    def test_on_the_page(self, items, reader: Client, editor: Client) -> None:
        _, last, again = items
        link_items(item=last, target=again)
        words = part(open_page(reader, "/moeder/2015-03-12/punkt/2/"), "Hører sammen med")
        assert "4. marts 2021, punkt 4, sag 03.30.05-A00-1-21 Ny helhedsplan" in words
        assert "Knyttet til sagen på mødet 12. november 2020, punkt 3" in words
        address = "/moeder/2015-03-12/punkt/2/sammen/"
        assert address not in open_page(reader, "/moeder/2015-03-12/punkt/2/").addresses()
        assert address in open_page(editor, "/moeder/2015-03-12/punkt/2/").addresses()


class TestReferred:
    def approving(self, *dates: str, decision: str | None = "Godkendt."):
        text = " og ".join(f"mødet d. {date}" for date in dates)
        section = make_section("anledning", f"Til godkendelse er referat fra {text}.")
        return make_item(1, "Godkendelse af dagsorden og referat", sections=[section], decision=decision)

    def test_where_the_minutes_were_approved(self, reader: Client) -> None:
        meeting = make_meeting("2017-06-14")
        make_meeting("2017-08-23", [self.approving("14. juni 2017", "1. juni 2017")])
        referred = referred_to(meeting, make_person("læser"))
        (approval,) = referred.approvals
        assert approval.approves
        assert referred.mentions == ()
        for address in ("/moeder/2017-06-14/", "/moeder/2017-06-14/punkt/1/"):
            page = open_page(reader, address)
            assert "Referatet er godkendt på mødet 23. august 2017, punkt 1." in page.main
            assert "/moeder/2017-08-23/punkt/1/" in page.addresses()

    @pytest.mark.parametrize(
        ("decision", "words"),
        [
            ("Referatet blev ikke godkendt.", "Referatet blev ikke godkendt på mødet"),
            (None, "Referatet var til godkendelse på mødet"),
        ],
    )
    def test_nothing_is_said_to_be_approved_that_was_not(self, reader: Client, decision: str, words: str) -> None:
        make_meeting("2017-06-14")
        make_meeting("2017-08-23", [self.approving("14. juni 2017", decision=decision)])
        main = open_page(reader, "/moeder/2017-06-14/").main
        assert words in main
        assert "Referatet er godkendt" not in main

    def test_mentions_with_their_sentence(self, reader: Client) -> None:
        make_meeting("2017-06-14", [make_item(1, "Budget"), make_item(2, "Mødeplan")])
        text = "Det var nyt. Som **besluttet** på mødet d. 14. juni 2017 er planen klar. Alt andet venter."
        make_meeting("2017-08-23", [naming(text), naming("Se punkt 2 på mødet d. 14. juni 2017.", number=2)])
        place = "Nævnt på mødet 23. august 2017, punkt"
        whole = f"{place} 1: Opfølgning Som besluttet på mødet d. 14. juni 2017 er planen klar."
        item = f"{place} 2: Opfølgning Se punkt 2 på mødet d. 14. juni 2017."
        main = open_page(reader, "/moeder/2017-06-14/").main
        assert whole in main and item in main and "Alt andet venter" not in main
        assert item not in open_page(reader, "/moeder/2017-06-14/punkt/1/").main
        main = open_page(reader, "/moeder/2017-06-14/punkt/2/").main
        assert whole in main and item in main

    def test_its_own_items_and_other_bodies_are_none(self) -> None:
        meeting = make_meeting("2017-06-14", [naming("Se punkt 2 på mødet."), make_item(2, "Mødeplan")])
        make_meeting("2017-08-23", [naming("Økonomiudvalget drøftede det på mødet den 14. juni 2017.")])
        assert not referred_to(meeting, make_person("læser"))
        (mention,) = related_to(item_of(meeting, 2), make_person("læser")).referred.mentions
        assert mention.item.number == 1

    def test_what_is_closed_mentions_nothing(self) -> None:
        meeting = make_meeting("2017-06-14")
        closed = naming("Se mødet d. 14. juni 2017.", closed=True)
        attached = make_item(2, "Bilag", attachments=("Referat af mødet d. 14. juni 2017",))
        other = make_meeting("2017-08-23", [closed, attached])
        correct(row=other.items.get(number=2).attachments.get(), values={"is_closed": True}, user=None)
        assert Reference.objects.filter(target_meeting=meeting).count() == 2
        assert not referred_to(meeting, make_person("læser"))
        assert len(referred_to(meeting, make_person("læser af lukkede")).mentions) == 2

    def test_a_long_sentence_is_cut_round_the_words(self) -> None:
        meeting = make_meeting("2017-06-14")
        long = "ord " * 400
        make_meeting("2017-08-23", [naming(f"Begyndelsen {long} se mødet d. 14. juni 2017 {long}.")])
        (mention,) = referred_to(meeting, make_person("læser")).mentions
        assert mention.sentence.startswith("… ") and mention.sentence.endswith(" …")
        assert "mødet d. 14. juni 2017" in mention.sentence
        assert len(mention.sentence) < 300

    def test_not_more_than_a_page_takes(self, reader: Client) -> None:
        meeting = make_meeting("2017-06-14")
        items = [naming("Se mødet d. 14. juni 2017.", number=at) for at in range(1, MOST_MENTIONS + 6)]
        make_meeting("2017-08-23", items)
        referred = referred_to(meeting, make_person("læser"))
        assert len(referred.mentions) == MOST_MENTIONS
        assert referred.has_more
        assert f"Kun de første {MOST_MENTIONS} er vist." in open_page(reader, "/moeder/2017-06-14/").main


def test_a_fixed_number_of_questions() -> None:
    def make(year: int, count: int) -> AgendaItem:
        meeting = make_meeting(f"{year}-06-14", [make_item(2, "Plan", case_number=f"03.30.05-A00-{year}-15")])
        for at in range(1, count + 1):
            text = f"Se mødet d. 14. juni {year} og punkt 2 på mødet d. 14. juni {year}."
            again = make_meeting(
                f"{year + 1}-{at:02}-01",
                [naming(text, number=2, title="Plan", case_number=f"03.30.05-A00-{year}-15", decision="Godkendt.")],
            )
            other = make_meeting(f"{year + 1}-{at:02}-15", [make_item(2, "Andet", decision="Drøftet.")])
            link_items(item=item_of(meeting, 2), target=item_of(other, 2))
        assert again
        return item_of(meeting, 2)

    def questions(item: AgendaItem) -> int:
        with CaptureQueriesContext(connection) as captured:
            related = related_to(item, person)
            for one in (*related.story.steps, *(one.item for one in related.linked)):
                assert one.meeting.slug and one.recommendations.all() is not None
        assert related.linked and related.referred.mentions
        return len(captured)

    few, many = make(2001, 1), make(2011, 9)
    person = make_person("læser")
    person.get_all_permissions()
    assert questions(few) == questions(many) <= 7


def test_a_new_edition_of_the_target_changes_nothing(reader: Client) -> None:
    make_meeting("2017-05-18", [make_item(1, "Mødeplan"), make_item(2, "Ferie")])
    make_meeting("2017-06-14", [naming("Se punkt 2 på mødet d. 18. maj 2017.")])
    ingest(make_minutes("2017-05-18", [make_item(1, "Mødeplan"), make_item(2, "Ferie", decision="Godkendt.")]))
    assert "/moeder/2017-05-18/punkt/2/" in open_page(reader, "/moeder/2017-06-14/punkt/1/").addresses()
