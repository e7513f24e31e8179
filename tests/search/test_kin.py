"""Words that are made of each other, and those that only look it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.search import lexicon
from minutes.search.kin import kin

RELATED = """
    parkering parkere, finansiering finansiere, håndtering håndtere, godkendelse godkende, ansættelse ansætte,
    renovering renovere, fordeling fordele, sammenlægning sammenlægge, besparelse spare, besparelse bespare,
    beslutning beslutte, evaluering evaluere, rengøring rengøre, sortering sortere, digitalisering digitalisere,
    indsendelse indsende, frivillighed frivillig, sikkerhed sikker, tilgængelighed tilgængelig, valg vælge, salg sælge,
    køb købe, brug bruge, tilbud tilbyde, forslag foreslå, indkøb indkøbe, krav kræve, planlægning planlægge,
    lukning lukke, åbning åbne, mobning mobbe, integration integrere, reduktion reducere, abonnement abonnere,
    forståelse forstå, fornyelse forny, løsning løse, læsning læse, redning redde, tegning tegne, måling måle,
    kørsel køre, ledelse lede, effektivitet effektiv, stabilitet stabil, åbenhed åben, stilhed stille, ændring ændre,
    indstilling indstille, orientering orientere, uddannelse uddanne, forebyggelse forebygge, kontrol kontrollere,
    trivsel trives, tilmelding tilmelde, drøftelse drøfte, genåbning genåbne
""".replace("\n", " ").split(",")

UNRELATED = """
    leder lede, stilling stille, regning regne, bestyrelse bestyre, værelse være, nyhed ny, enhed en, ledning lede,
    lejlighed lejlig, virksomhed virksom, mulighed mulig, ordning ordne, udvalg udvælge, afdeling afdele, løsning løsne,
    ledelse led, spøgelse spøg, redning rede, forening forene, styrelse styre, gerning gerne, dronning drone
""".replace("\n", " ").split(",")


@pytest.mark.parametrize("pair", RELATED)
def test_relatives_lead_to_each_other(pair: str) -> None:
    noun, base = pair.split()
    assert base in kin(noun)
    assert noun in kin(base)


@pytest.mark.parametrize("pair", UNRELATED)
def test_what_only_looks_related_is_not(pair: str) -> None:
    noun, base = pair.split()
    assert base not in kin(noun)
    assert noun not in kin(base)


@pytest.mark.parametrize(
    "word", ["medicinhåndtering", "budget", "kommune", "leder", "xyzning", "ing", "hed", "else", ""]
)
def test_words_without_relatives(word: str) -> None:
    assert kin(word) == ()


@given(st.sampled_from(sorted(lexicon.words())))
def test_relatives_are_words_and_mutual(word: str) -> None:
    related = kin(word)
    assert word not in related
    assert len(set(related)) == len(related)
    for other in related:
        assert other in lexicon.words()
        assert word in kin(other)
