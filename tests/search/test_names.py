"""A person's name as people write it, and what only looks like it."""

import pytest

from minutes.search.names import Finder, readable

FINDER = Finder("Hans Jørgen Sørensen", ["hjs@albertslund.dk", "HJS"])


def found(text: str, finder: Finder = FINDER) -> list[str]:
    text = readable(text)
    return [text[start:end] for start, end in finder.find(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Af Hans Jørgen Sørensen.", "Hans Jørgen Sørensen"),
        ("HANS JOERGEN SOERENSENS plan", "HANS JOERGEN SOERENSENS"),
        ("Hans Jørgen Sorensen", "Hans Jørgen Sorensen"),
        ("Hans Jo\u0308rgen So\u0308rensen", "Hans Jörgen Sörensen"),
        ("Hans Jør\u00adgen Søren\u00adsen", "Hans Jørgen Sørensen"),
        ("**Hans Jørgen**\nSørensen", "Hans Jørgen**\nSørensen"),
        ("Hans-Jørgen Sørensen’s", "Hans-Jørgen Sørensen’s"),
        ("| Sørensen, Hans Jørgen |", "Sørensen, Hans Jørgen"),
        ("Sørensen, Hans (HR)", "Sørensen, Hans"),
        ("Sørensen, H.J. deltog", "Sørensen, H.J."),
        ("Hans Sørensen", "Hans Sørensen"),
        ("Hans P. J. Sørensen", "Hans P. J. Sørensen"),
        ("Hans von Sørensen", "Hans von Sørensen"),
        ("H. Sørensen", "H. Sørensen"),
        ("H.J. Sørensens indlæg", "H.J. Sørensens"),
        ("skriv til hjs@albertslund.dk.", "hjs@albertslund.dk"),
        ("Ansvarlig: HJS", "HJS"),
        ("ﬁn 😀 Æ Hans Sørensen", "Hans Sørensen"),
    ],
)
def test_the_name(text: str, name: str) -> None:
    assert found(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        *("Hansine Sørensen", "Sørensenvej", "Hans og Peter Sørensen", "Hans, Peter Sørensen", "hjsx", "Hans"),
        *("Hans sagde til Sørensen", "Hans:\n\nSørensen", "", "\0", "😀" * 50),
    ],
)
def test_what_is_another(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("typed", ["Åge Ågård", "Aage Aagaard", "åge ågård"])
@pytest.mark.parametrize("text", ["Åge Ågård", "Aage Aagaard", "AAGE AAGAARDS", "A\u030age A\u030aga\u030ard"])
def test_either_way_of_writing_a_letter(typed: str, text: str) -> None:
    assert found(text, Finder(typed)) == [readable(text)]


def test_one_word_is_a_name_too() -> None:
    assert found("Benthe og Benthes", Finder("benthe")) == ["Benthe", "Benthes"]


@pytest.mark.parametrize("typed", ["", " ", "x", "-- ()", "\0", "?" * 50])
def test_what_is_no_name(typed: str) -> None:
    with pytest.raises(ValueError, match="mindst to bogstaver"):
        Finder(typed)


@pytest.mark.parametrize(
    "typed", ["a.*b [c", "((((x y", "a" * 5_000, "ÆØÅ ß ﬁ", "\\d+ \\w+", "1 2 3 4 5 6 7 8 9 10 11"]
)
def test_whatever_is_typed_is_taken_at_its_letters(typed: str) -> None:
    assert found("Hans Sørensen" * 100, Finder(typed)) == []


def test_it_stays_fast_on_what_almost_fits() -> None:
    assert found("Hans " * 20_000 + "Peter", FINDER) == []
    assert found("H. " * 20_000 + "soren", FINDER) == []
