"""Pages of originals as images: who gets them, how they are sent, and what there is where there is none."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.test import Client
from PIL import Image

from minutes.ingest import files
from minutes.ingest.drafts import discard_draft
from minutes.ingest.reading import Reading
from minutes.ingest.service import ingest_file
from minutes.models import ClosedReading, SourceDocument
from minutes.models.roles import ADMINISTRATOR, EDITOR, READER
from minutes.parsing.types import Span
from minutes.views import page_images
from minutes.views.original_pages import OriginalPages
from minutes.views.page_images import drawing
from tests.archive import Archive
from tests.factories import make_item, make_minutes, make_user
from tests.parsing.test_page_image import SLOW, one_line
from tests.views.page import Page

pytestmark = pytest.mark.django_db

REFERATER = Path(__file__).parent.parent / "referater"
PDF = "application/pdf"
ORIGINAL = "/moeder/2016-10-11/original/side/4/"


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def stored(name: str = "2016-10-11.pdf", **values: object) -> SourceDocument:
    result = ingest_file(content=(REFERATER / name).read_bytes(), filename="Hemmeligt navn.pdf", **values)
    assert result.source is not None, result.message
    return result.source


def drawn(content: bytes, date: str = "2018-02-07", *, closed: bool = False, **values: object) -> SourceDocument:
    """A source whose file is `content`, said to hold one item."""
    parsed = make_minutes(date, [make_item(1, "Et punkt", decision="Godkendt.", closed=closed)])
    reading = Reading(media_type=PDF, parsed=parsed)
    result = ingest_file(content=content, filename="x.pdf", reading=reading, **values)
    assert result.source is not None, result.message
    return result.source


def image_of(client: Client, address: str) -> Image.Image:
    response = client.get(address)
    assert response.status_code == 200
    return Image.open(io.BytesIO(response.content))


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As many pages are being drawn as may be at once."""
    monkeypatch.setattr(page_images, "WAITING_SECONDS", 0.05)
    held = 0
    while drawing.acquire(blocking=False):
        held += 1
    yield
    for _ in range(held):
        drawing.release()


def test_a_page_comes_as_an_image_and_is_nobody_elses(reader: Client) -> None:
    stored()
    response = reader.get(f"{ORIGINAL}?fra=6&til=10")
    assert response.status_code == 200
    assert Image.open(io.BytesIO(response.content)).size == (900, 1274)
    headers = response.headers
    assert headers["Content-Type"] == "image/png"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "private, no-cache"
    assert headers["Content-Disposition"] == 'inline; filename="side-4.png"'
    again = reader.get(f"{ORIGINAL}?fra=6&til=10", headers={"If-None-Match": headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_place_in_the_address_is_marked(reader: Client) -> None:
    stored()
    plain, part, more, rest = (
        reader.get(f"{ORIGINAL}{asked}").content
        for asked in ("", "?fra=6&til=10", "?fra=6&til=10&fra=20&til=21", "?fra=6")
    )
    assert len({plain, part, more, rest}) == 4
    assert image_of(reader, f"{ORIGINAL}?bredde=1600").width == 1600


@pytest.mark.parametrize(
    "asked",
    [
        "?fra=x",
        "?fra=-1&til=2",
        "?fra=%00",
        "?til=5",
        "?fra=99999999999",
        "?fra=1&til=%D9%A1",
        "?bredde=99999",
        "?fra=",
    ],
)
def test_odd_addresses_mark_nothing(reader: Client, asked: str) -> None:
    stored()
    assert reader.get(ORIGINAL + asked).content == reader.get(ORIGINAL).content


def test_what_is_not_there(reader: Client, archive: Archive) -> None:
    source = stored("2023-12-07.pdf")
    for address in (
        "/moeder/2023-12-07/original/side/0/",
        "/moeder/2023-12-07/original/side/9999999999/",
        "/moeder/1999-01-01/original/side/1/",
        f"/moeder/{archive.open.slug}/original/side/1/",  # a text
        f"/kladder/{source.pk}/side/9999/",
        "/kladder/9999999999/side/1/",
    ):
        response = reader.get(address)
        assert (response.status_code, address) == (404, address)
        assert response.headers["Content-Type"].startswith("text/html")
    assert reader.post("/moeder/2023-12-07/original/side/1/").status_code == 405


def test_a_draft_is_for_whoever_brought_it_and_for_administrators() -> None:
    uploader = make_user(EDITOR)
    source = stored(user=uploader, draft=True)
    address = f"/kladder/{source.pk}/side/4/"
    answers = {
        who: browser(user).get(address).status_code
        for who, user in {
            "uploader": uploader,
            "editor": make_user(EDITOR),
            "administrator": make_user(ADMINISTRATOR),
            "reader": make_user(READER),
            "closed reader": make_user(READER, reads_closed=True),
            "nobody": make_user(None),
        }.items()
    }
    assert answers == {
        "uploader": 200,
        "editor": 404,
        "administrator": 200,
        "reader": 404,
        "closed reader": 404,
        "nobody": 403,
    }
    assert Client().get(address).status_code == 302
    discard_draft(source=source)
    assert browser(uploader).get(address).status_code == 404


def test_what_is_closed_is_for_those_who_may_read_it_also_when_it_was_drawn_for_another() -> None:
    uploader, closed_reader = make_user(EDITOR), make_user(READER, reads_closed=True)
    source = drawn(one_line(0, 0), closed=True, user=uploader)
    for address in ("/moeder/2018-02-07/original/side/1/", f"/kladder/{source.pk}/side/1/"):
        response = browser(closed_reader).get(address)
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "private, no-cache, no-store"
        assert "ETag" not in response.headers
        for user in (uploader, make_user(READER), make_user(ADMINISTRATOR)):
            assert browser(user).get(address).status_code == 404
    (opening,) = ClosedReading.objects.all()
    assert (opening.reader_id, opening.way, opening.source_id) == (closed_reader.pk, "sidebillede", source.pk)


def test_a_closed_draft_needs_that_right_too() -> None:
    uploader, both = make_user(EDITOR), make_user(ADMINISTRATOR, reads_closed=True)
    source = drawn(one_line(0, 0), closed=True, user=uploader, draft=True)
    assert browser(uploader).get(f"/kladder/{source.pk}/side/1/").status_code == 404
    assert browser(both).get(f"/kladder/{source.pk}/side/1/").status_code == 200


def test_an_earlier_edition_has_an_address_of_its_own(reader: Client) -> None:
    earlier, later = drawn(one_line(0, 0)), drawn(one_line(90, 90))
    assert later.meeting_id == earlier.meeting_id
    current = reader.get("/moeder/2018-02-07/original/side/1/").content
    assert reader.get(f"/kladder/{later.pk}/side/1/").content == current
    assert reader.get(f"/kladder/{earlier.pk}/side/1/").content != current


def test_a_file_that_is_gone_or_has_changed(reader: Client, caplog: pytest.LogCaptureFixture) -> None:
    source = stored()
    path = files.path_of(source.sha256)
    path.chmod(0o640)
    path.write_bytes(b"%PDF-1.4 noget andet %%EOF")
    with caplog.at_level(logging.WARNING):
        changed = reader.get(ORIGINAL)
        path.unlink()
        gone = reader.get(ORIGINAL)
    for response in (changed, gone):
        assert response.status_code == 404
        assert "Originalfilen mangler i arkivet eller er ændret" in response.content.decode()
        assert "no-store" in response.headers["Cache-Control"]
    assert source.sha256 in caplog.text
    assert "Hemmeligt" not in caplog.text


def test_a_page_that_cannot_be_drawn(reader: Client, settings, caplog: pytest.LogCaptureFixture) -> None:
    source = drawn(SLOW)
    stored()
    reader.get(ORIGINAL)
    settings.READ_LIMITS = replace(django_settings.READ_LIMITS, seconds=0.3)
    with caplog.at_level(logging.WARNING):
        response = reader.get(f"/kladder/{source.pk}/side/1/")
    assert response.status_code == 503
    assert response.content.decode() == "Siden kan ikke vises som billede. Åbn originalen i stedet."
    assert (response.headers["Retry-After"], response.headers["Cache-Control"]) == ("5", "private, no-cache, no-store")
    assert "out_of_bounds" in caplog.text


def test_no_more_are_drawn_at_once_than_may_be(reader: Client, busy: None) -> None:
    stored()
    response = reader.get(ORIGINAL)
    assert response.status_code == 503
    assert response.content.decode() == "Der bliver tegnet mange sider lige nu. Prøv igen om lidt."
    assert response.headers["Retry-After"] == "5"


def test_what_was_drawn_is_not_drawn_again(reader: Client, request: pytest.FixtureRequest) -> None:
    stored()
    first = reader.get(ORIGINAL).content
    request.getfixturevalue("busy")
    assert reader.get(ORIGINAL).content == first
    assert reader.get(f"{ORIGINAL}?fra=1").status_code == 503


def test_every_failure_gives_its_turn_back(reader: Client) -> None:
    files.path_of(stored().sha256).unlink()
    stored("2023-12-07.pdf")
    for _ in range(django_settings.WEB_THREADS):
        assert reader.get(ORIGINAL).status_code == 404
        assert reader.get("/moeder/2023-12-07/original/side/99/").status_code == 404
    assert reader.get("/moeder/2023-12-07/original/side/1/").status_code == 200


def shown(source: SourceDocument, span: Span) -> list[Page]:
    found = OriginalPages(source).of(span, "beslutningen")
    return [Page(render_to_string("components/page_image.html", {"shown": page})) for page in found]


def test_the_component_shows_each_page_with_its_place(reader: Client) -> None:
    source = stored("2017-06-14.pdf")
    first, second = shown(source, Span(4, 45, 5, 10))
    (image,) = [attributes for tag, attributes in first.tags if tag == "img"]
    assert (image["width"], image["height"], image["loading"]) == ("900", "1274", "lazy")
    where = "side 4 af 12, fra linje 45, hvor beslutningen er markeret"
    assert image["alt"] == f"Billede af originalen, {where}. Vis det stort"
    assert image_of(reader, str(image["src"])).size == (900, 1274)
    large, original = first.links
    assert image_of(reader, large[0]).width == 1600
    assert original == ("/moeder/2017-06-14/original/#page=4", "Åbn side 4 i originalen (PDF)")
    assert "Side 4 af 12, fra linje 45" in first.words
    assert "Side 5 af 12, linje 1–10" in second.words


def test_a_draft_has_no_original_to_open(reader: Client) -> None:
    source = stored(draft=True)
    (page,) = shown(source, Span(4, 6, 4, 10))
    assert [address for address, _ in page.links] == [f"/kladder/{source.pk}/side/4/?fra=6&til=10&bredde=1600"]


@pytest.mark.parametrize("content", [None, b"%PDF-1.4 noget andet %%EOF"])
def test_without_an_image_it_is_said_where(content: bytes | None) -> None:
    source = stored()
    path = files.path_of(source.sha256)
    path.unlink()
    if content:
        path.write_bytes(content)
    (page,) = shown(source, Span(4, 6, 4, 10))
    assert "Side 4, linje 6–10" in page.words
    assert "img" not in [tag for tag, _ in page.tags]
    assert page.addresses() == ["/moeder/2016-10-11/original/#page=4"]


def test_a_text_shows_its_own_lines() -> None:
    source = stored("2016-10-11.md")
    lines = (REFERATER / "2016-10-11.md").read_text().splitlines()
    (page,) = shown(source, Span(None, 3, None, 6))
    assert "Linje 3–6 i filen" in page.words
    excerpt = page.html.split("<pre")[1]
    assert [line for line in lines[2:6] if line.strip() and line not in excerpt] == []
    assert next(line for line in lines[6:] if len(line) > 20) not in page.html
    (long,) = shown(stored("2017-06-14.md"), Span(None, 1, None, 10**9))
    assert "linjer mere" in long.words


def test_a_text_is_escaped_and_turns_nothing_around() -> None:
    text = (
        "REFERAT Chefforum d. 14-06-2017\n\nPunkt 1: CF - <script>x</script>\u202e\x1b[31m\n\nBeslutning\n\nGodkendt.\n"
    )
    result = ingest_file(content=text.encode(), filename="x.txt")
    assert result.source is not None, result.message
    (page,) = shown(result.source, Span(None, 3, None, 3))
    assert "&lt;script&gt;x&lt;/script&gt;</pre>" in page.html


def test_word_has_neither() -> None:
    (page,) = shown(stored("2016-10-11.docx"), Span(None, 12, None, 30))
    assert "Afsnit 12–30 i filen" in page.words
    assert {"img", "pre", "a"}.isdisjoint(tag for tag, _ in page.tags)
    assert shown(stored("2016-10-11.docx"), Span(None, None)) == []
