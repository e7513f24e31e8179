"""The register as a file for a spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client

from tests.archive import OPEN_CASE, Archive
from tests.factories import make_item, make_meeting, make_section


def lines(client: Client, query: str = "") -> list[dict[str, str]]:
    response = client.get(f"/beslutninger/csv/{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert 'attachment; filename="beslutninger-' in response["Content-Disposition"]
    content = b"".join(response.streaming_content).decode("utf-8")
    assert content.startswith("\ufeff")  # Excel takes it for UTF-8
    return list(csv.DictReader(io.StringIO(content[1:], newline=""), delimiter=";"))


def test_it_holds_the_decisions_of_the_page_newest_first(reader: Client) -> None:
    proposal = make_section("indstilling", "Direktionen beder om en *beslutning*.")
    decision = 'Chefforum drøftede ”ferien”; det blev **godkendt**.\n\nFlere linjer; med "semikolon".'
    make_meeting(
        "2017-06-14",
        [
            make_item(1, "Godkendelse af dagsorden og referat", decision="Godkendt."),
            make_item(2, "Ferie", case_number=OPEN_CASE, decision=decision, recommendations=["at ferien drøftes"]),
            make_item(3, "Lokaler", decision="Xyzzy.", sections=[proposal]),
        ],
    )
    make_meeting("2018-01-01", [make_item(1, "Øl & å", decision="Godkendt.")])
    found = lines(reader)
    assert [line["Titel"] for line in found] == ["Øl & å", "Ferie", "Lokaler"]
    assert found[1] == {
        "Dato": "2017-06-14",
        "Punkt": "2",
        "Titel": "Ferie",
        "Sag": OPEN_CASE,
        "Emne": "00 Kommunens styrelse",
        "Beslutningstype": "Drøftet, Godkendt",
        "Beslutning": 'Chefforum drøftede ”ferien”; det blev godkendt. Flere linjer; med "semikolon".',
        "Indstillet af": "Kommunaldirektøren",
        "Indstilling": "at ferien drøftes",
        "Adresse": "http://testserver/moeder/2017-06-14/punkt/2/",
    }
    assert found[2]["Beslutningstype"] == "Uafklaret"
    assert found[2]["Indstilling"] == "Direktionen beder om en beslutning."
    assert [line["Titel"] for line in lines(reader, "?aar=2017&q=ferier")] == ["Ferie"]
    assert len(lines(reader, "?faste=ja")) == 4
    assert lines(reader, "?aar=1999") == []
    assert len(lines(reader, "?aar=abc&side=99&q=%00")) == 3


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t="])
def test_a_spreadsheet_does_not_calculate_what_a_file_says(reader: Client, begin: str) -> None:
    title = f"{begin}HYPERLINK(1)"
    make_meeting("2017-06-14", [make_item(1, title, decision="Godkendt.")])
    (line,) = lines(reader)
    assert line["Titel"] in {f"'{title}", f"'{title.strip()}"}


def test_what_is_closed_is_not_in_it(reader: Client, closed_reader: Client, archive: Archive) -> None:
    for query in ("", "?faste=ja", "?aar=2015", "?q=hemmeligt", "?gruppe=27"):
        assert "Hemmeligt." not in str(lines(reader, query))
        assert "Lønforhandling" not in str(lines(reader, query))
    assert len(lines(reader)) == 1
    assert len(lines(closed_reader)) == 3


def test_its_address_stands_on_the_page(reader: Client, archive: Archive) -> None:
    html = reader.get("/beslutninger/?aar=2017&faste=ja&side=1").content.decode()
    assert 'href="/beslutninger/csv/?aar=2017&amp;faste=ja"' in html


def test_questions_go_by_five_hundred(reader: Client, django_assert_max_num_queries) -> None:
    make_meeting("2017-06-14", [make_item(n, f"Punkt {n}", decision="Godkendt.") for n in range(1, 60)])
    with django_assert_max_num_queries(12):
        assert len(lines(reader)) == 59
