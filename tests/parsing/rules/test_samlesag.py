"""Samlesager: which titles have nothing in common."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.parsing.samlesag import is_collective


@pytest.mark.parametrize(
    "titles",
    [
        ["Godkendelse af dagsorden og referat", "Status fra IT & Digitalisering", "Eventuelt"],
        ["Temadrøftelse om arbejds- og mødekultur", "Budget 2017"],
        ["Godkendelse af dagsorden og referater", "Evt."],
        ["Status på sygefravær", "Status på trafiksikkerhed"],
        [
            "Orientering om skoler",
            "Orientering om vintertjeneste",
            "Orientering om arkiver",
            "Orientering om biblioteker",
        ],
    ],
)
def test_a_samlesag(titles: list[str]) -> None:
    assert is_collective(titles)


@pytest.mark.parametrize(
    "titles",
    [
        [],
        ["Budget 2017"],
        ["Budget 2017", "Budget 2018"],
        [
            "Orientering om Boligsocial helhedsplan",
            "Samarbejdet indenfor partnerskabet om det boligsociale arbejde (ABC)",
        ],
        ["Fjerde administrative udkast til budgetkatalog", "Budgetkatalog 2018", "Status på budgetaftalen for 2017"],
        ["Godkendelse af dagsorden og referat", "Godkendelse af dagsorden og referater"],
        ["Evt.", "Eventuelt"],
        ["Sygefravær", "Sygefraværsstatistik", "Opfølgning på statistik over sygefravær"],
        ["Valg af deltagere til netværkslederuddannelsen", "Netværkstemaer juni 2017", "Netværkslederuddannelsen"],
        ["Sygefravær", "Statistik over sygefravær", "Evt."],
    ],
)
def test_one_matter(titles: list[str]) -> None:
    assert not is_collective(titles)


@given(st.lists(st.text(max_size=40), max_size=6))
def test_order_and_repetition_do_not_matter(titles: list[str]) -> None:
    assert is_collective(titles) == is_collective([*reversed(titles), *titles])
