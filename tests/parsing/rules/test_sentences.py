from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.parsing.sentences import split_sentences

TEXTS = [
    ("Godkendt.", ["Godkendt."]),
    ("Godkendt", ["Godkendt"]),
    (
        "Chefforum godkendte dagsordenen. Referatet udsættes.",
        ["Chefforum godkendte dagsordenen.", "Referatet udsættes."],
    ),
    ("Drøftet i chefforum d. 14. juni. Godkendt.", ["Drøftet i chefforum d. 14. juni.", "Godkendt."]),
    ("Drøftes igen d. 14. Juni 2017.", ["Drøftes igen d. 14. Juni 2017."]),
    ("Senest d. 21.juni. Cheferne følger op.", ["Senest d. 21.juni.", "Cheferne følger op."]),
    ("Udmøntes i 2017. Chefforum følger op.", ["Udmøntes i 2017.", "Chefforum følger op."]),
    ("Besparelsen er på 27 mio. kr. i 2018.", ["Besparelsen er på 27 mio. kr. i 2018."]),
    ("Der mangler 15 mio. kr. Cheferne indsender forslag.", ["Der mangler 15 mio. kr.", "Cheferne indsender forslag."]),
    ("Cheferne får tilsendt en ph.d. pr. mail. Tak.", ["Cheferne får tilsendt en ph.d. pr. mail.", "Tak."]),
    ("Godkendt jf. Bilag 3 og pkt. 4.", ["Godkendt jf. Bilag 3 og pkt. 4."]),
    ("Det gælder bl.a. Herstedvester, f.eks. Nord.", ["Det gælder bl.a. Herstedvester, f.eks. Nord."]),
    ("Pligter, rettigheder mv. Chefforum var enige.", ["Pligter, rettigheder mv.", "Chefforum var enige."]),
    ("Taget til efterretning, ca. 3. kvartal.", ["Taget til efterretning, ca. 3. kvartal."]),
    ("Godkendt! Hvad nu? Ingen ved det…", ["Godkendt!", "Hvad nu?", "Ingen ved det…"]),
    ("Netværket ”Fælles om målet.” Drøftet.", ["Netværket ”Fælles om målet.”", "Drøftet."]),
    ("Sagen er i gang.Chefforum følger op.", ["Sagen er i gang.", "Chefforum følger op."]),
    ("Punkt 3. Chefforum drøftede sagen.", ["Punkt 3.", "Chefforum drøftede sagen."]),
    ("Afsnit 2.1. Investeringsstrategi udgår.", ["Afsnit 2.1.", "Investeringsstrategi udgår."]),
    ("2.1. Investeringsstrategi udgår.", ["2.1. Investeringsstrategi udgår."]),
    ("1. Godkendt.\n2. Udsat.", ["Godkendt.", "Udsat."]),
    ("a) Godkendt\nb) Udsat", ["Godkendt", "Udsat"]),
    ("Ad 1. Godkendt. Ad 2. Udsat.", ["Ad 1.", "Godkendt.", "Ad 2.", "Udsat."]),
    ("Beslutning om F. Efternavn.", ["Beslutning om F. Efternavn."]),
    (
        "Drøftelsen skal sikre at:\n\n- det besluttes\n- hvem der\n  deltager",
        ["Drøftelsen skal sikre at:", "det besluttes", "hvem der\n  deltager"],
    ),
    ("Første afsnit\n\nAndet afsnit", ["Første afsnit", "Andet afsnit"]),
    ("Brudt\nlinje", ["Brudt\nlinje"]),
    ("Hård  \nombrydning", ["Hård", "ombrydning"]),
    ("### Overskrift\n\nTekst.", ["Overskrift", "Tekst."]),
    ("", []),
    (" \n\n - \n", []),
]


@pytest.mark.parametrize(("text", "sentences"), TEXTS)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [sentence.text for sentence in split_sentences(text)] == sentences


def test_list_entries_are_marked() -> None:
    found = split_sentences("Chefforum besluttede:\n\n- at sagen udsættes. Den kommer igen.\n- at lukke")
    assert [(sentence.block, sentence.listed) for sentence in found] == [(0, False), (1, True), (1, True), (2, True)]


BETWEEN = r"(?:[\s\\\\*+•–#-]|[0-9]{1,3}[.)]|[a-zæøå][.)])*"
text_like = st.lists(
    st.sampled_from(["Godkendt", ". ", "d", "14", "\n", "- ", "1. ", "kr", "  ", "”", "A", "juni"])
).map("".join)


@given(st.text() | text_like)
def test_spans_lie_in_the_text_and_nothing_but_markers_between_them(text: str) -> None:
    reached = 0
    for sentence in split_sentences(text):
        assert reached <= sentence.start < sentence.end <= len(text)
        assert text[sentence.start : sentence.end] == sentence.text
        assert re.fullmatch(BETWEEN, text[reached : sentence.start])
        reached = sentence.end
    assert re.fullmatch(BETWEEN, text[reached:])
