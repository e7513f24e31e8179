"""References: which meeting, item or case the words of a text mean."""

from __future__ import annotations

import datetime
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.parsing.references import find_references

CF, DIF, ØU, KB = "Chefforum", "Direktørforum", "Økonomiudvalget", "Kommunalbestyrelsen"
IN_2016, IN_2017, IN_2023 = date(2016, 10, 11), date(2017, 6, 14), date(2023, 12, 7)

MEETINGS = [
    (IN_2016, "at chefforum godkender referat for møde af 29.september", [(CF, date(2016, 9, 29))]),
    (IN_2016, "vil blive drøftet igen i chefforum d. 27. oktober 2016, herunder", [(CF, date(2016, 10, 27))]),
    (IN_2016, "siden helhedsplanen sidst var på chefforum 17. marts, er aktiviteter", [(CF, date(2016, 3, 17))]),
    (IN_2017, "at chefforum godkender referat for mødet d. 18. maj 2017", [(CF, date(2017, 5, 18))]),
    (IN_2017, "På CFs møde den 2. maj blev det besluttet, at temaer", [(CF, date(2017, 5, 2))]),
    (
        IN_2017,
        "Efterfølgende udfoldes de valgte temaer på chefforum d. 17. august i et panel",
        [(CF, date(2017, 8, 17))],
    ),
    (
        IN_2017,
        "På mødet den 1. juni behandlede chefforum andet udkast, og den 6. juni behandlede styregruppen tredje udkast.",
        [(CF, date(2017, 6, 1)), ("Styregruppen", date(2017, 6, 6))],
    ),
    (
        IN_2017,
        "Styregruppen behandler på sine møder den 14. juni og 26. juni de sidste beløb.",
        [("Styregruppen", date(2017, 6, 14)), ("Styregruppen", date(2017, 6, 26))],
    ),
    (
        IN_2017,
        "skal gives til Økonomiudvalget på det kommende møde den 19. juni 2017.",
        [(ØU, date(2017, 6, 19))],
    ),
    (IN_2017, "CF besluttede d. 2/3 2017, at der er op til 25 deltagere.", [(CF, date(2017, 3, 2))]),
    (
        IN_2017,
        "Kommissorium blev godkendt i Direktørforum d. 6. marts 2017 og dernæst i Chefforum d. 3. april 2017.",
        [(DIF, date(2017, 3, 6)), (CF, date(2017, 4, 3))],
    ),
    (IN_2023, "som afholdes på Chefforums møde den 21. december 2023.", [(CF, date(2023, 12, 21))]),
    (IN_2023, "en ny præcisering ligeledes til behandling på mødet den 21. december 2023.", [(CF, date(2023, 12, 21))]),
    (IN_2023, "På Chefforums møde den 8. juni 2023 gav lederen en status på:", [(CF, date(2023, 6, 8))]),
    # abbreviations, forms of dates
    (IN_2017, "DIF d. 6.3.2017", [(DIF, date(2017, 3, 6))]),
    (IN_2017, "Behandles i ØU den 19. juni og KB den 27. juni.", [(ØU, date(2017, 6, 19)), (KB, date(2017, 6, 27))]),
    (IN_2017, "jf. KB’s møde 11-10-2016", [(KB, date(2016, 10, 11))]),
    (IN_2017, "Chefforum, torsdag d. 1. juni 2017", [(CF, date(2017, 6, 1))]),
    (IN_2017, "referater for møderne d. 18. maj og d. 1. juni 2017", [(CF, date(2017, 5, 18)), (CF, date(2017, 6, 1))]),
    (IN_2017, "Dagsordenen til mødet d. 18. maj 2017", [(CF, date(2017, 5, 18))]),
    (IN_2017, "Sagen var den 3. april i Chefforum.", [(CF, date(2017, 4, 3))]),
    (IN_2017, "Børne- og Skoleudvalget på mødet den 6. juni", [("Børne- og Skoleudvalget", date(2017, 6, 6))]),
    # without a year: what the verb says, else the nearest
    (IN_2017, "Temaet drøftes igen i chefforum d. 13. juni.", [(CF, date(2018, 6, 13))]),
    (IN_2017, "Chefforum besluttede d. 15. juni, at sagen lukkes.", [(CF, date(2016, 6, 15))]),
    (IN_2017, "På mødet den 20. december drøftede chefforum budgettet.", [(CF, date(2016, 12, 20))]),
    (IN_2017, "referat for mødet d. 20. december", [(CF, date(2016, 12, 20))]),
    (IN_2017, "på det kommende møde d. 2. marts", [(CF, date(2018, 3, 2))]),
    (date(2024, 1, 4), "referat for mødet d. 21. december", [(CF, date(2023, 12, 21))]),
    # no meetings
    (IN_2017, "KBs budgetseminar den 19. august.", []),
    (IN_2017, "ekstraordinært styregruppemøde den 14. juni umiddelbart efter", []),
    (IN_2017, "inden næste budgetmøde d. 26.juni 2017", []),
    (IN_2017, "Cheferne skal indsende deres forslag senest d. 21.juni.", []),
    (IN_2017, "Deadline herfor var 1.juni.", []),
    (IN_2017, "går fra 1.3.2021 til 28.2.2025", []),
    (IN_2017, "har overtaget ledelsen nu, fremfor fra 1. januar 2024", []),
    (IN_2017, "Valg til kommunalbestyrelsen er i november.", []),
    (IN_2017, "mødet d. 31. februar 2017", []),
    (IN_2016, "Chefforum godkendte dagordenen for mødet af 11. oktober 2016.", []),  # itself
    (IN_2017, "Chefforum drøftede sagen. Den 2. maj er der kursus.", []),
    (IN_2017, "", []),
]


@pytest.mark.parametrize(("meeting", "text", "expected"), MEETINGS, ids=lambda value: str(value)[:50])
def test_meetings(meeting: datetime.date, text: str, expected: list[tuple[str, datetime.date]]) -> None:
    found = find_references(text, own_body="Chefforum", meeting_date=meeting)
    assert [(reference.body, reference.date) for reference in found] == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("På CFs møde den 2. maj blev det", ["CFs møde den 2. maj"]),
        ("i Direktørforum d. 6. marts 2017 og", ["Direktørforum d. 6. marts 2017"]),
        (
            "til Økonomiudvalget på det kommende møde den 19. juni 2017.",
            ["Økonomiudvalget på det kommende møde den 19. juni 2017"],
        ),
        ("referat for mødet d. 18. maj 2017", ["mødet d. 18. maj 2017"]),
        ("at chefforum godkender referat for mødet d. 18. maj 2017", ["mødet d. 18. maj 2017"]),
        ("Styregruppen behandler på sine møder den 14. juni", ["sine møder den 14. juni"]),
        (
            "Se 00.01.10-A00-3-16.\n\nOg punkt 3 på mødet d. 18. maj 2017",
            ["00.01.10-A00-3-16", "punkt 3 på mødet d. 18. maj 2017"],
        ),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    found = find_references(text, own_body="Chefforum", meeting_date=IN_2017)
    assert [reference.words for reference in found] == [text[each.start : each.end] for each in found] == words


@pytest.mark.parametrize(
    ("text", "body", "on", "number"),
    [
        ("jf. punkt 3 på dagsordenen d. 18. maj 2017", CF, date(2017, 5, 18), 3),
        ("se pkt. 4 på CFs møde den 2. maj", CF, date(2017, 5, 2), 4),
        ("punkt nr. 12, Direktørforum d. 6. marts 2017", DIF, date(2017, 3, 6), 12),
        ("sag nr. 3 på mødet den 1. juni", CF, date(2017, 6, 1), 3),
        ("behandles under punkt 6 på dagsordenen", CF, IN_2017, 6),
        ("se punkt 2 på dagens møde", CF, IN_2017, 2),
    ],
)
def test_items(text: str, body: str, on: datetime.date, number: int) -> None:
    (found,) = find_references(text, own_body="Chefforum", meeting_date=IN_2017)
    assert (found.body, found.date, found.item_number) == (body, on, number)


@pytest.mark.parametrize(
    "text", ["punkt 3 i budgetaftalen", "indstillingens punkt 3", "punkt 3", "3 punkter på dagsordenen"]
)
def test_no_items(text: str) -> None:
    assert find_references(text, own_body="Chefforum", meeting_date=IN_2017) == []


def test_cases() -> None:
    text = "Sagen fortsætter i 03.30.05-A00-1-21, jf. sagsnr. 14/45987."
    found = find_references(text, own_body="Chefforum", meeting_date=IN_2017)
    assert [str(reference.case_number) for reference in found] == ["03.30.05-A00-1-21", "14/45987"]
    assert {reference.body for reference in found} == {None}


def test_own_body_is_the_one_that_a_bare_meeting_belongs_to() -> None:
    (found,) = find_references("referat for mødet d. 18. maj 2017", own_body="DIF", meeting_date=IN_2017)
    assert found.body == "Direktørforum"


reference_like = st.lists(
    st.sampled_from(
        "punkt 3 |på |mødet |d. |den |2. maj|18. maj 2017|Chefforum|CFs |Direktørforum | og |, |. |00.01.10-A00-3-16|"
        "besluttede |kommende |\n\n|30. februar".split("|")
    )
).map("".join)


@given(st.text() | reference_like, st.dates())
def test_nothing_raises_and_spans_lie_in_the_text(text: str, meeting: datetime.date) -> None:
    for found in find_references(text, own_body="Chefforum", meeting_date=meeting):
        assert 0 <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.words
        assert found.case_number or (found.body and found.date)
