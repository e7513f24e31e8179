"""What is new in one edition against another."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from minutes.ingest.comparing import Change, Difference, compare
from minutes.ingest.differing import Differ, Kind, Piece
from minutes.ingest.plan import plan_of
from minutes.ingest.revising import revise
from minutes.ingest.service import ingest_file
from minutes.models import SourceDocument
from tests.factories import ingest, make_item, make_minutes, make_section

REFERATER = Path(__file__).parents[1] / "referater"


def difference(before: list[Any], after: list[Any], **facts: Any) -> Difference:
    """Between an edition in the archive and a draft for the same meeting."""
    stored = ingest(make_minutes("2017-06-14", before)).source
    draft = ingest(make_minutes("2017-06-14", after, **facts), draft=True).source
    return compare(plan_of(stored), plan_of(draft))


def told(found: Difference) -> list[tuple[str, str, list[str]]]:
    return [(one.change.value, one.title, [part.label for part in one.parts]) for one in found.items]


def words(pieces: tuple[Piece, ...]) -> list[tuple[str, str]]:
    return [(piece.kind.value, piece.text) for piece in pieces]


@pytest.mark.django_db
def test_the_same_is_no_difference():
    items = [make_item(1, "Budget", decision="Godkendt."), make_item(2, "Mødeplan")]
    found = difference(items, items)
    assert found.is_none
    assert found.counts == ((Change.SAME, "2 uændrede"),)
    assert [one.title for one in found.same] == ["Budget", "Mødeplan"]
    assert found.changed == ()


@pytest.mark.django_db
def test_items_are_new_gone_changed_or_the_same():
    before = [
        make_item(1, "Godkendelse af referat", decision="Godkendt."),
        make_item(2, "Flytning af biblioteket", decision="Udsat."),
        make_item(3, "Budget 2018", decision="Godkendt.", case_number="00.01.00-S00-6-17"),
        make_item(4, "Eventuelt"),
    ]
    after = [
        make_item(1, "Godkendelse af referat", decision="Godkendt."),
        make_item(2, "Budget 2018", decision="Godkendt som indstillet.", case_number="00.01.00-S00-6-17"),
        make_item(3, "Nye skoler i kommunen"),
        make_item(4, "Eventuelt"),
    ]
    found = difference(before, after)
    assert told(found) == [
        ("uændret", "Godkendelse af referat", []),
        ("udgået", "Flytning af biblioteket", []),
        ("ændret", "Budget 2018", ["Beslutning"]),
        ("nyt", "Nye skoler i kommunen", []),
        ("uændret", "Eventuelt", []),
    ]
    budget = found.of(2)
    assert budget and budget.has_moved and budget.was == 3
    gone = found.items[1]
    assert (gone.number, gone.was) == (None, 2)
    assert [words for _, words in found.counts] == ["1 nyt", "1 udgået", "1 ændret", "2 uændrede"]


@pytest.mark.django_db
def test_every_part_that_is_another_is_named():
    before = make_item(
        1,
        "Budget 2018",
        case_number="00.01.00-S00-6-17",
        sections=[make_section("anledning", "Kort."), make_section("sagsfremstilling", "Der er penge.")],
        decision="Drøftet.",
        attachments=["Notat.docx"],
    )
    after = make_item(
        1,
        "Budget 2018 og 2019",
        case_number="00.01.00-S00-7-17",
        sections=[make_section("sagsfremstilling", "Der er ingen penge."), make_section("økonomi", "Ingen.")],
        decision="Godkendt.",
        recommendations=["at budgettet godkendes"],
        attachments=["Notat.docx", "Tal.xlsx"],
        closed=True,
    )
    [item] = difference([before], [after]).items
    assert {part.label: (part.is_new, part.is_gone) for part in item.parts} == {
        "Titel": (False, False),
        "Sagsnummer": (False, False),
        "Adgang": (False, False),
        "Sagsfremstilling": (False, False),
        "Økonomi": (True, False),
        "Indstilling": (True, False),
        "Anledning": (False, True),
        "Beslutning": (False, False),
        "Beslutningstyper": (False, False),
        "Bilag": (False, False),
    }
    assert item.labels.startswith("Titel, sagsnummer, adgang, sagsfremstilling")


@pytest.mark.django_db
def test_what_an_editor_has_put_counts():
    item = make_item(1, "Budget", decision="Godkendt.")
    source = ingest(make_minutes(items=[item])).source
    revise(source=source, values={(1, "beslutning", "text"): "Drøftet."}, user=None)
    draft = ingest(make_minutes(items=[make_item(1, "Budget", decision="Godkendt nu.")]), draft=True).source
    [found] = compare(plan_of(SourceDocument.objects.get(pk=source.pk)), plan_of(draft)).items
    decision = next(part for part in found.parts if part.label == "Beslutning")
    assert ("fjernet", "Drøftet.") in words(decision.pieces)


@pytest.mark.django_db
def test_the_meeting_itself_is_compared():
    items = [make_item(1, "Budget")]
    found = difference(items, items, place="Rådhuset", preamble="Til stede: alle.")
    assert [(part.label, part.is_new) for part in found.facts] == [("Sted", False), ("Indledning", True)]
    assert not found.is_none


@pytest.mark.django_db
def test_proposers_are_told_where_the_text_does_not():
    item = make_item(1, "Budget", recommendations=["at budgettet godkendes"])
    source = ingest(make_minutes(items=[item])).source
    draft = ingest(make_minutes(items=[item], place="Et andet sted"), draft=True).source
    revise(source=draft, values={(1, "at 1", "proposer"): "Økonomichefen"}, user=None)
    [found] = compare(plan_of(source), plan_of(SourceDocument.objects.get(pk=draft.pk))).items
    assert [part.label for part in found.parts] == ["Indstillere"]


@pytest.mark.django_db
@pytest.mark.parametrize("date", ["2016-10-11", "2017-06-14"])
def test_another_layout_of_the_same_minutes_is_hardly_another(date: str):
    before = ingest_file(content=(REFERATER / f"{date}.md").read_bytes(), filename="a.md").source
    after = ingest_file(content=(REFERATER / f"{date}.docx").read_bytes(), filename="a.docx", draft=True).source
    found = compare(plan_of(before), plan_of(after))
    assert {one.change for one in found.items} <= {Change.SAME, Change.CHANGED}
    assert len(found.same) >= len(found.changed)


def test_words_that_went_and_came_are_told_in_order():
    pieces = Differ().pieces("Chefforum godkendte planen i dag.", "Chefforum drøftede planen i går.")
    assert words(pieces) == [
        ("samme", "Chefforum"),
        ("fjernet", "godkendte"),
        ("tilføjet", "drøftede"),
        ("samme", "planen i"),
        ("fjernet", "dag."),
        ("tilføjet", "går."),
    ]


def test_another_layout_of_the_same_words_is_no_other_words():
    assert Differ().pieces("**Første** linje\nAnden linje", "Første linje Anden linje") == ()


def test_texts_with_hardly_a_word_in_common_stand_after_one_another():
    pieces = Differ().pieces("Rådet godkendte det hele med glæde", "Udvalget sendte det videre til en høring uden svar")
    assert [piece.kind for piece in pieces] == [Kind.REMOVED, Kind.ADDED]


def test_what_stays_far_from_a_change_is_left_out():
    same = " ".join(f"ord{n}" for n in range(200))
    pieces = Differ().pieces(f"{same} før {same}", f"{same} efter {same}")
    assert [(piece.kind, piece.count) for piece in pieces] == [
        (Kind.SKIPPED, 185),
        (Kind.SAME, 0),
        (Kind.REMOVED, 0),
        (Kind.ADDED, 0),
        (Kind.SAME, 0),
        (Kind.SKIPPED, 185),
    ]


def test_lines_stay_lines():
    [*_, added] = Differ().pieces("Et.\n\nTo.", "Et.\n\nTo.\n\n- Tre\n- Fire")
    assert added.kind is Kind.ADDED
    assert added.text.split("\n")[-2:] == ["Tre", "Fire"]


@pytest.mark.parametrize("text", ["a " * 200_000, "\n\n".join(f"{n}" for n in range(50_000)), "a b " * 20_000])
def test_a_huge_text_takes_no_age(text: str):
    began = time.monotonic()
    pieces = Differ().pieces(text, "b " + text[: len(text) // 2])
    assert pieces
    assert time.monotonic() - began < 20


def test_a_change_in_a_huge_text_is_found():
    text = "\n\n".join(f"Afsnit {n} siger noget." for n in range(5_000))
    pieces = Differ().pieces(text, text.replace("Afsnit 2500 siger", "Afsnit 2500 fortier"))
    assert [piece.text for piece in pieces if piece.kind in {Kind.REMOVED, Kind.ADDED}] == ["siger", "fortier"]


def test_a_differ_works_only_so_much():
    found = Differ(most_pairs=10).pieces("a b c d e f g h", "a x c d e f y h")
    assert words(found) == [("samme", "a"), ("fjernet", "b c d e f g"), ("tilføjet", "x c d e f y"), ("samme", "h")]
