"""Which items are suggested as belonging together, and why."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from minutes.models import AgendaItem, Meeting, reader_of
from minutes.search.likeness import MOST, OF_A_CASE, Candidate, alike
from tests.archive import make_person
from tests.factories import make_item, make_meeting, make_section

pytestmark = pytest.mark.django_db

HOUSING, HOUSING_AGAIN = "03.30.05-A00-1-15", "03.30.05-A00-1-21"


def suggested(item: AgendaItem, role: str = "læser", **values) -> tuple[Candidate, ...]:
    return alike(item, reader_of(make_person(role)), **values)


def titles(candidates: tuple[Candidate, ...]) -> list[str]:
    return [candidate.item.title for candidate in candidates]


@pytest.fixture
def housing() -> AgendaItem:
    """An item of a matter that goes on under another number, in an archive of other things."""
    item = make_item(2, "Boligsocial helhedsplan - ny ansøgning", case_number=HOUSING, decision="Godkendt.")
    others = [
        make_item(3, "Plan for rengøring af skoler", case_number="82.00.00-A00-1-16"),
        make_item(4, "Status på økonomi", case_number="00.30.00-A00-2-16"),
        make_item(5, "Ansøgning om puljemidler", case_number="29.00.00-A00-2-16"),
    ]
    meeting = make_meeting("2016-10-11", [make_item(1, "Godkendelse af dagsorden og referat"), item, *others])
    later = make_item(3, "Den boligsociale helhedsplan 2022-2025", case_number=HOUSING_AGAIN, decision="Drøftet.")
    rest = [make_item(number, f"Temadrøftelse om {what}") for number, what in enumerate(_THEMES, start=4)]
    make_meeting("2021-03-04", [make_item(1, "Godkendelse af dagsorden og referat"), later, *rest])
    return meeting.items.get(number=2)


_THEMES = ("sygefravær", "ledelse", "klima", "digitalisering", "frivillighed", "byfornyelse")


def test_a_matter_that_goes_on_under_another_number(housing: AgendaItem) -> None:
    first, *rest = suggested(housing)
    assert first.item.title == "Den boligsociale helhedsplan 2022-2025"
    assert first.words == ("Boligsocial", "helhedsplan")
    assert first.subject == "03.30.05"
    assert not first.same_title
    assert not set(titles(tuple(rest))) & {"Status på økonomi", "Godkendelse af dagsorden og referat"}
    assert suggested(first.item)[0].item == housing


def test_the_same_subject_is_enough_where_it_is_rare(housing: AgendaItem) -> None:
    make_meeting("2022-01-13", [make_item(1, "Partnerskab om Kanalens Kvarter", case_number="03.30.05-G01-7-22")])
    candidate = next(one for one in suggested(housing) if one.item.title.startswith("Partnerskab"))
    assert (candidate.words, candidate.subject) == ((), "03.30.05")


def test_the_same_title_under_another_number() -> None:
    first = make_meeting("2016-01-14", [make_item(1, "Trivselsmåling", case_number="81.00.00-A00-1-16")])
    make_meeting("2018-01-11", [make_item(1, "trivselsmåling", case_number="81.00.00-A00-9-18")])
    (candidate,) = suggested(first.items.get())
    assert candidate.same_title


def test_a_word_inside_a_compound_is_similar() -> None:
    first = make_meeting("2016-01-14", [make_item(1, "Sygefravær"), make_item(2, "Mødeplan")])
    make_meeting("2018-01-11", [make_item(1, "Sygefraværsstatistik"), make_item(2, "Kantinen")])
    (candidate,) = suggested(first.items.get(number=1))
    assert (candidate.words, candidate.similar) == ((), ("Sygefravær",))


def test_attachments_of_one_name() -> None:
    first = make_meeting("2016-01-14", [make_item(1, "Økonomi", attachments=("Budgetkatalog 2018.docx",))])
    make_meeting("2018-01-11", [make_item(1, "Katalog over det hele", attachments=("Budgetkatalog 2018.docx",))])
    (candidate,) = suggested(first.items.get())
    assert candidate.attachments == ("Budgetkatalog 2018.docx",)


@pytest.mark.parametrize("names_first", [True, False])
def test_what_the_text_names(names_first: bool) -> None:
    naming = make_section("anledning", "Se sag 81.00.00-A00-9-18 om det samme.")
    first = make_meeting("2016-01-14", [make_item(1, "Økonomi", case_number=HOUSING, sections=[naming])])
    second = make_meeting("2018-01-11", [make_item(1, "Trivsel", case_number="81.00.00-A00-9-18")])
    item, other = (first, second) if names_first else (second, first)
    (candidate,) = suggested(item.items.get())
    assert candidate.item == other.items.get()
    assert candidate.is_named


def test_left_out_are_the_same_case_standing_items_and_what_is_told(housing: AgendaItem) -> None:
    make_meeting("2017-05-18", [make_item(1, "Boligsocial helhedsplan - status", case_number=HOUSING)])
    found = suggested(housing)
    assert {one.item.case.number for one in found if one.item.case} & {HOUSING} == set()
    assert housing not in [one.item for one in found]
    assert suggested(housing, besides=[found[0].item.pk])[:1] == found[1:2]


def test_items_of_a_samlesag_are_no_single_matter() -> None:
    number = "00.01.00-P35-9-22"
    subjects = ["Sommerfest", "Digital post", "Elevråd", "Trivselsmåling i foråret"]
    meeting = make_meeting("2022-01-13", [make_item(at, what, case_number=number) for at, what in enumerate(subjects)])
    make_meeting("2022-05-12", [make_item(1, "Trivselsmåling, resultater", case_number=number)])
    item = meeting.items.get(title="Trivselsmåling i foråret")
    assert item.case.is_collective
    assert "Trivselsmåling, resultater" in titles(suggested(item))


def test_what_is_closed_is_suggested_to_nobody_else(housing: AgendaItem) -> None:
    hidden = make_item(1, "Boligsocial helhedsplan, forhandling", case_number="03.30.05-A00-9-21", closed=True)
    make_meeting("2021-09-02", [hidden])
    assert "Boligsocial helhedsplan, forhandling" not in titles(suggested(housing))
    assert "Boligsocial helhedsplan, forhandling" in titles(suggested(housing, "læser af lukkede"))
    assert suggested(housing, "uden rolle") == ()


def test_few_of_one_case_and_few_in_all() -> None:
    for year in range(2001, 2010):
        make_meeting(f"{year}-01-15", [make_item(1, "Helhedsplan", case_number=HOUSING)])
    for year in range(2010, 2021):
        make_meeting(f"{year}-01-15", [make_item(1, "Helhedsplan", case_number=f"03.30.05-A00-{year}-20")])
    item = make_meeting("2021-01-14", [make_item(1, "Helhedsplanen", case_number=HOUSING_AGAIN)]).items.get()
    found = suggested(item)
    assert len(found) == MOST
    assert [one.item.case.number for one in found].count(HOUSING) <= OF_A_CASE


@pytest.mark.parametrize("title", ["", "Og for til", "2018", "'; DROP --", "a" * 3000, "\\' & | ! :*", "…"])
def test_any_title(title: str) -> None:
    first = make_meeting("2016-01-14", [make_item(1, title)])
    make_meeting("2018-01-11", [make_item(1, "Kantinen")])
    assert titles(suggested(first.items.get())) == []


def test_a_fixed_number_of_questions(housing: AgendaItem) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as captured:
            alike(housing, reader)
        return len(captured)

    reader = reader_of(make_person("læser"))
    assert housing.case is not None  # loaded now, as pages have it
    before = questions()
    for day in range(10, 25):
        number = f"03.30.05-A00-{day}-20"
        make_meeting(f"2020-02-{day}", [make_item(1, "Helhedsplan", case_number=number, decision="Godkendt.")])
    assert questions() == before <= 12
    assert Meeting.objects.count() > 15
