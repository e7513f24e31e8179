from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.parsing.bodies import body_name, find_bodies


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Chefforum drøftede chefforums årsplan og Chefforummets møder", ["Chefforum"] * 3),
        ("På CFs møde, CF's møde og CF’s møde", ["Chefforum"] * 3),
        ("DIF har godkendt oplægget", ["Direktørforum"]),
        ("Notatet til ØU, KB og KBs budgetseminar", ["Økonomiudvalget", "Kommunalbestyrelsen", "Kommunalbestyrelsen"]),
        ("i Økonomiudvalget og Kommunalbestyrelsen", ["Økonomiudvalget", "Kommunalbestyrelsen"]),
        ("kommunalbestyrelsens beslutning", ["Kommunalbestyrelsen"]),
        ("Direktørforum d. 6. marts", ["Direktørforum"]),
        ("valg i KommuneMED og HovedMED", ["KommuneMED", "HovedMED"]),
        ("Børne- og Skoleudvalget samt Miljø- & Planudvalget", ["Børne- og Skoleudvalget", "Miljø- & Planudvalget"]),
        (
            "Udvalget for Børn og Unge, Udvalget for Plan & Byg",
            ["Udvalget for Børn og Unge", "Udvalget for Plan & Byg"],
        ),
        ("Digitaliseringsrådet, Ældrerådet og Byrådet", ["Digitaliseringsrådet", "Ældrerådet", "Byrådet"]),
        ("forhåndsgodkendelse i Landsbyggefonden", ["Landsbyggefonden"]),
        ("behandlede styregruppen tredje udkast", ["Styregruppen"]),
        ("Direktionen og hovedudvalget", ["Direktionen", "Hovedudvalget"]),
        ("udvalget, rådet, bestyrelsen, forummet og gruppen", []),
        ("beskæftigelses-, sundheds- og socialområdet på rådhuset", []),
        ("målgruppen i et udvalg af grupper, et forum og en bestyrelse", []),
        ("CFO, KBH, DIFFERENCE og kb", []),
        ("", []),
    ],
)
def test_bodies(text: str, names: list[str]) -> None:
    assert [mention.name for mention in find_bodies(text)] == names


@pytest.mark.parametrize(
    ("printed", "name"),
    [("CF", "Chefforum"), ("chefforum", "Chefforum"), ("Chefforum", "Chefforum"), ("ØU", "Økonomiudvalget")],
)
def test_body_name(printed: str, name: str) -> None:
    assert body_name(printed) == name


@given(
    st.text()
    | st.lists(st.sampled_from(["Børne-", " og ", "udvalget", "s", "CF", "for ", "Plan", "forum"])).map("".join)
)
def test_nothing_raises_and_spans_lie_in_the_text(text: str) -> None:
    reached = 0
    for mention in find_bodies(text):
        assert reached <= mention.start < mention.end <= len(text)
        assert body_name(mention.name) == mention.name
        reached = mention.end
