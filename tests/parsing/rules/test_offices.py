"""Offices of proposers: their spellings, and that no person's name gets through. The people here are placeholders."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.parsing.offices import normalise_office

BKMB = "By, Kultur, Miljø & Beskæftigelse"

OFFICES = [
    # as the minutes print them
    ("Kommunaldirektøren", "Kommunaldirektøren"),
    ("Afdelingschefen for Borger og Arbejdsmarked", "Borger & Arbejdsmarked"),
    ("Chefen for Økonomi & Stab", "Økonomi & Stab"),
    ("Direktøren for By, Kultur, Miljø & Beskæftigelse", BKMB),
    ("Direktøren for By, Miljø, Kultur & Beskæftigelse", BKMB),
    ("Direktøren for By, Kultur, Miljø og Beskæftigelse", BKMB),
    ("Direktør for By, kultur, miljø og beskæftigelse", BKMB),
    # the title does not count, nor how it is written
    ("Kommunaldirektør", "Kommunaldirektøren"),
    ("kommunaldirektøren", "Kommunaldirektøren"),
    ("Kommunaldirektøren indstiller,", "Kommunaldirektøren"),
    ("Kommunaldirektøren foreslår", "Kommunaldirektøren"),
    ("Afdelingschef for Borger & Arbejdsmarked", "Borger & Arbejdsmarked"),
    ("Chefen for Borger &amp; Arbejdsmarked", "Borger & Arbejdsmarked"),
    ("Chefen for Borger \\& Arbejdsmarked", "Borger & Arbejdsmarked"),
    ("Afdelingen for Borger & Arbejdsmarked", "Borger & Arbejdsmarked"),
    ("Arbejdsmarked & Borger", "Borger & Arbejdsmarked"),
    ("Borger&Arbejdsmarked", "Borger & Arbejdsmarked"),
    ("Borger/Arbejdsmarked", "Borger & Arbejdsmarked"),
    ("Chefen  for\u00a0Økonomi & Stab ", "Økonomi & Stab"),
    ("ØKONOMI & STAB", "Økonomi & Stab"),
    ("Afdelingschef Økonomi & Stab", "Økonomi & Stab"),
    ("Lederen af IT og Digitalisering", "IT & Digitalisering"),
    ("Konstitueret chef for Miljø & Teknik", "Miljø & Teknik"),
    ("Konst. afdelingschef for Miljø & Teknik", "Miljø & Teknik"),
    ("Fungerende direktør", "Direktøren"),
    ("HR-chefen", "HR-chefen"),
    ("Økonomichefen", "Økonomichefen"),
    ("Borgmesteren", "Borgmesteren"),
    ("Direktørforum", "Direktørforum"),
    ("Direktionen", "Direktionen"),
    ("Forvaltningen", "Forvaltningen"),
    ("Projektgruppen", "Projektgruppen"),
    ("Sekretariatet for Netværksstrukturen", "Sekretariatet for Netværksstrukturen"),
    ("Teknisk Forvaltning", "Teknisk Forvaltning"),
    ("Albertslund Bibliotek", "Albertslund Bibliotek"),
    ("Børn- og Ungeforvaltningen", "Børn- og Ungeforvaltningen"),
    ("Direktøren for Børn- og Ungeforvaltningen", "Børn- og Ungeforvaltningen"),
    ("Chefen for Plan, Byg og Miljø", "Byg, Miljø & Plan"),
    ("Chefen for Miljø, Plan & Byg", "Byg, Miljø & Plan"),
    ("Chefen for Ældre og Handicap", "Handicap & Ældre"),
    # two together
    ("Borger & Arbejdsmarked og Social & Familie", "Borger & Arbejdsmarked samt Social & Familie"),
    ("Social & Familie og Borger & Arbejdsmarked", "Borger & Arbejdsmarked samt Social & Familie"),
    ("Borger og Arbejdsmarked og Social og Familie", "Borger & Arbejdsmarked samt Social & Familie"),
    ("Borger og Arbejdsmarked samt Familie og Social", "Borger & Arbejdsmarked samt Social & Familie"),
    (
        "Afdelingscheferne for Borger & Arbejdsmarked og Social & Familie",
        "Borger & Arbejdsmarked samt Social & Familie",
    ),
    ("Skole & Uddannelse samt Dagtilbud", "Dagtilbud samt Skole & Uddannelse"),
    ("Dagtilbud og Skole & Uddannelse", "Dagtilbud samt Skole & Uddannelse"),
    ("Skole & Uddannelse, Dagtilbud", "Dagtilbud samt Skole & Uddannelse"),
    (
        "Social & Familie, Borger & Arbejdsmarked samt Sundhed, Pleje & Omsorg",
        "Borger & Arbejdsmarked samt Social & Familie samt Sundhed, Pleje & Omsorg",
    ),
    ("Kommunaldirektøren og chefen for Økonomi & Stab", "Kommunaldirektøren samt Økonomi & Stab"),
    ("Chefen for Økonomi & Stab og kommunaldirektøren", "Kommunaldirektøren samt Økonomi & Stab"),
    ("Afdelingschefen for Dagtilbud og afdelingschefen for Børn & Familie", "Børn & Familie samt Dagtilbud"),
    # no person's name
    ("Direktør Fornavn Efternavn", "Direktøren"),
    ("Kommunaldirektør Fornavn Mellemnavn Efternavn indstiller", "Kommunaldirektøren"),
    ("Kommunaldirektør F.E.", "Kommunaldirektøren"),
    ("Kommunaldirektør Fornavn M. Efternavn", "Kommunaldirektøren"),
    ("Direktør Fornavn-Fornavn von Efternavn", "Direktøren"),
    ("Direktør Fornavn Efternavn, By, Kultur, Miljø & Beskæftigelse", BKMB),
    ("Direktør Fornavn Efternavn for By, Kultur, Miljø & Beskæftigelse", BKMB),
    ("Direktør for By, Kultur, Miljø & Beskæftigelse, Fornavn Efternavn", BKMB),
    ("Direktør for By, Kultur, Miljø & Beskæftigelse Fornavn Efternavn", BKMB),
    ("Direktøren for By, Kultur, Miljø & Beskæftigelse (Fornavn Efternavn)", BKMB),
    ("Økonomi & Stab v/ Fornavn Efternavn", "Økonomi & Stab"),
    ("Økonomi & Stab ved Fornavn Efternavn", "Økonomi & Stab"),
    ("Økonomi & Stab v/direktør Fornavn Efternavn", "Økonomi & Stab"),
    ("Direktørgruppen v. direktør Fornavn Efternavn", "Direktørgruppen"),
    ("Direktør for Børn, Sundhed & Velfærd Fornavn Efternavn", "Børn, Sundhed & Velfærd"),
    ("Chefen for Vand & Klima Fornavn Efternavn", "Klima & Vand"),
    ("Afdelingschef Fornavn Efternavn (Økonomi & Stab)", "Økonomi & Stab"),
    (
        "Kommunaldirektør Fornavn Efternavn og afdelingschef Fornavn Andennavn (Økonomi & Stab)",
        "Kommunaldirektøren samt Økonomi & Stab",
    ),
    ("Kommunaldirektøren (FE)", "Kommunaldirektøren"),
    ("Kommunaldirektøren (fungerende)", "Kommunaldirektøren"),
    ("Projektleder Fornavn Efternavn, Miljø & Teknik", "Miljø & Teknik"),
    ("Kaplan Runge, Miljø & Teknik", "Miljø & Teknik"),
    ("Økonomi & Stab, afdelingschef Fornavn Efternavn", "Økonomi & Stab"),
    ("Fornavn Efternavn, chefen for Økonomi & Stab", "Økonomi & Stab"),
    ("Afdelingschef Efternavn", "Afdelingschefen"),
    ("Fornavn Efternavn", ""),
    ("Fornavn Efternavn og Fornavn Andennavn", ""),
    ("", ""),
]


@pytest.mark.parametrize(("proposer", "office"), OFFICES)
def test_office(proposer: str, office: str) -> None:
    assert normalise_office(proposer) == office


@pytest.mark.parametrize("office", sorted({office for _, office in OFFICES}))
def test_office_leads_to_itself(office: str) -> None:
    assert normalise_office(office) == office


@given(st.permutations(["By", "Kultur", "Miljø", "Beskæftigelse"]), st.sampled_from([" & ", " og ", ", og "]))
def test_order_of_parts_does_not_matter(parts: list[str], joint: str) -> None:
    assert normalise_office(f"Direktøren for {', '.join(parts[:3])}{joint}{parts[3]}") == BKMB


office_like = st.lists(
    st.sampled_from(["Chefen", " for ", "Økonomi", " & ", " og ", " samt ", ", ", "Stab", "Fornavn ", "(", "/", " "])
).map("".join)


@given(st.text() | office_like)
def test_nothing_raises(proposer: str) -> None:
    office = normalise_office(proposer)
    assert office == office.strip()
