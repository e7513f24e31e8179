from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.parsing.standing import is_standing

STANDING = [
    "Godkendelse af dagsorden og referat",
    "Godkendelse af dagsorden og referater",
    "CF - Godkendelse af dagsorden og referat",
    "DIF - Godkendelse af dagsorden",
    "ØU/KB - Godkendelse af dagsorden",
    "Punkt 1: CF - Godkendelse af dagsorden og referat",
    "1. Godkendelse af dagsorden",
    "GODKENDELSE AF DAGSORDEN",
    "Godkendelse af dagsordenen",
    "Godkendelse af mødets dagsorden",
    "Godkendelse af dagsorden for mødet den 14. juni 2017",
    "Godkendelse af referat",
    "Godkendelse af referatet fra sidste møde",
    "Godkendelse af referat af 29. september 2016",
    "Godkendelse af referat fra Chefforums møde d. 18-05-2017",
    "Godkendelse af referat fra ekstraordinært møde den 1. juni",
    "Godkendelse af dagsorden samt referat fra seneste møde",
    "Godkendelse af dagsorden/referat",
    "Godkendelse af dagsorden for dagens møde",
    "Godkendelse af protokol",
    "Godkendelse af beslutningsprotokol",
    "Vedtagelse af dagsordenen",
    "Dagsorden og referat - godkendelse",
    "Dagsorden",
    "Underskrift af protokollen",
    "Underskriftsark",
    "Velkomst og godkendelse af dagsorden",
    "Godkendelse af dagsorden (B)",
    "Evt.",
    "Evt",
    "CF - Evt.",
    "CF – Evt.",
    "Eventuelt",
    "EVENTUELT",
    "  Eventuelt. ",
    "Eventuelt og næste møde",
]

NOT_STANDING = [
    "",
    "CF -",
    "Godkendelse af budget 2018",
    "Godkendelse af dagsordenspolitik",
    "Godkendelse af dagsorden for udviklingsdagen",
    "Godkendelse af skabelon for dagsorden og referat",
    "Ny skabelon til dagsordener og referater",
    "Opfølgning på referat",
    "Godkendelse",
    "Godkendelse af kommissorium for Digitaliseringsrådet",
    "Evt. salg af kommunens grunde",
    "Eventuel udvidelse af åbningstiden",
    "Eventuelt samarbejde med Glostrup",
    "Orientering om Boligsocial helhedsplan",
    "Budget 2017",
    "Status på budgetaftalen for 2017",
    "Temadrøftelse om arbejds- og mødekultur",
    "Mødedatoer 2018",
    "Referatet som genre",
    "Meddelelser",
]


@pytest.mark.parametrize("title", STANDING)
def test_standing(title: str) -> None:
    assert is_standing(title)


@pytest.mark.parametrize("title", NOT_STANDING)
def test_not_standing(title: str) -> None:
    assert not is_standing(title)


@given(
    st.text()
    | st.lists(st.sampled_from(["godkendelse af ", "dagsorden", " og ", "referat", " den ", "."])).map("".join)
)
def test_any_title_has_an_answer(title: str) -> None:
    assert is_standing(title) in (True, False)
