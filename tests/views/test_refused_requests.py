"""Requests that are refused before a view sees them: on the archive's own page, in Danish."""

import pytest
from django.template import loader
from django.test import Client
from django.urls import get_script_prefix, set_script_prefix

from minutes.models import Correction
from tests.archive import make_person
from tests.factories import make_meeting
from tests.views.page import Page, open_page

TOO_MANY = "&".join("q" for _ in range(5100))


@pytest.mark.parametrize("address", [f"/beslutninger/?{TOO_MANY}", f"/frister/?{TOO_MANY}", f"/log-ind/?{TOO_MANY}"])
def test_an_address_with_too_much_in_it(reader: Client, address: str) -> None:
    reader.raise_request_exception = False
    page = open_page(reader, address, status=400)
    assert page.headings == [("h1", "Det kunne arkivet ikke læse")]
    assert page.addresses() == ["/"]


@pytest.mark.django_db
@pytest.mark.parametrize("sent", [{"place": "x" * 3_000_000}, {f"start-{place}": "" for place in range(5100)}])
def test_a_form_with_too_much_in_it(sent: dict[str, str]) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(make_person("redaktør"))
    make_meeting("2017-06-14")

    response = client.post("/moeder/2017-06-14/ret/moede/", sent)

    assert response.status_code == 413
    assert Page(response.content.decode()).headings == [("h1", "Formularen er for stor")]
    assert not Correction.objects.exists()


@pytest.mark.django_db
def test_another_host_name(client: Client) -> None:
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert Page(response.content.decode()).headings == [("h1", "Det kunne arkivet ikke læse")]
    assert "evil" not in response.content.decode()


@pytest.mark.django_db
def test_a_form_that_has_grown_old() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_person("redaktør"))
    for address in ("/konto/adgangskode/", "/log-ud/", "/moeder/2017-06-14/punkt/2/sammen/"):
        response = client.post(address, {"csrfmiddlewaretoken": "x"})
        assert response.status_code == 403
        page = Page(response.content.decode())
        assert page.headings == [("h1", "Siden er for gammel")]
        assert page.addresses() == ["/"]
    stranger = Client(enforce_csrf_checks=True).post("/log-ind/", {"csrfmiddlewaretoken": "x"})
    assert Page(stranger.content.decode()).headings == [("h1", "Siden er for gammel")]


@pytest.mark.django_db
def test_a_form_that_has_grown_old_leads_back_to_its_page() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_person("redaktør"))
    for came_from, leads_to in (
        ("http://testserver/moeder/2017-06-14/?a=1&b=2", ["/moeder/2017-06-14/?a=1&b=2", "/"]),
        ("http://testserver//evil.example/", ["/evil.example/", "/"]),
        ("https://evil.example/moeder/", ["/"]),
        ("javascript:alert(1)", ["/"]),
    ):
        response = client.post("/log-ud/", headers={"referer": came_from})
        assert Page(response.content.decode()).addresses() == leads_to
        assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
def test_a_script_is_told_in_json_that_the_page_is_too_old() -> None:
    response = Client(enforce_csrf_checks=True).post("/log-ud/", headers={"accept": "application/json"})
    assert response.status_code == 403
    assert "Hent siden igen" in response.json()["message"]


@pytest.mark.parametrize("template", ["400.html", "403_csrf.html", "413.html", "500.html"])
def test_below_a_path_the_way_out_leads_to_the_archive(template: str) -> None:
    before = get_script_prefix()
    set_script_prefix("/referater/")
    try:
        assert Page(loader.get_template(template).render()).addresses() == ["/referater/"]
    finally:
        set_script_prefix(before)
