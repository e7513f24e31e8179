"""Pictures of pages: what is marked and where, hostile pages, and that nothing but pixels comes from the child."""

from __future__ import annotations

import io
import json
import os
import signal
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from reportlab.lib.colors import CMYKColor, red
from reportlab.pdfgen.canvas import Canvas

from minutes.parsing import bounded
from minutes.parsing.assemble import parse
from minutes.parsing.errors import Damaged, Encrypted, NoPage, OutOfBounds, TooLarge
from minutes.parsing.limits import Limits
from minutes.parsing.pages import page_image, page_sizes
from minutes.parsing.picture import BAR, MARK
from minutes.parsing.places import PageSize, Place, places_of
from minutes.parsing.readers import read
from minutes.parsing.types import Box, Span
from minutes.parsing.worker import LENGTH

REFERATER = Path(__file__).parents[1] / "referater"
PDFS = sorted(path.name for path in REFERATER.glob("*.pdf"))
REFERAT = (REFERATER / "2016-10-11.pdf").read_bytes()
DARK = 128


def pdf(draw: Callable[[Canvas], None], size: tuple[float, float] = (595, 842), **values: object) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=size, **values)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def shown(content: bytes, page: int = 1, *, width: int = 900, places: Sequence[Place] = ()) -> Image.Image:
    png = page_image(content, page, width=width, places=places)
    Image.open(io.BytesIO(png)).verify()
    return Image.open(io.BytesIO(png)).convert("RGB")


def inked(picture: Image.Image) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is dark."""
    found = picture.convert("L").point(lambda value: 255 if value < DARK else 0).getbbox()
    assert found
    return found


def painted(picture: Image.Image, colour: tuple[int, int, int]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what has just this colour."""
    channels = ImageChops.difference(picture, Image.new("RGB", picture.size, colour)).split()
    different = ImageChops.lighter(ImageChops.lighter(channels[0], channels[1]), channels[2])
    found = different.point(lambda value: 0 if value else 255).getbbox()
    assert found
    return found


@pytest.mark.parametrize("name", PDFS)
def test_what_is_marked_lies_where_the_lines_are_and_nowhere_else(name: str) -> None:
    content = (REFERATER / name).read_bytes()
    document = read(content)
    page, place = next(places_of(parse(document).items[1].sections[-1].span))
    boxes = [
        line.box
        for line in document.lines
        if line.page == page and line.box and place.first <= line.number <= (place.last or line.number)
    ]
    plain, marked = shown(content, page), shown(content, page, places=[place])
    scale = plain.width / page_sizes(content)[page - 1].width
    left, top, right, bottom = painted(marked, MARK)
    assert left == pytest.approx(scale * min(box.left for box in boxes), abs=5)
    assert right == pytest.approx(scale * max(box.right for box in boxes), abs=5)
    assert top == pytest.approx(scale * min(box.top for box in boxes), abs=5)
    assert bottom == pytest.approx(scale * max(box.bottom for box in boxes), abs=5)
    bar = painted(marked, BAR)
    assert (bar[1], bar[3]) == (top, bottom)
    assert bar[0] < bar[2] <= left
    changed = ImageChops.difference(plain, marked).getbbox()
    assert changed == (bar[0], top, right, bottom)


def test_letters_stay_as_dark_as_they_were() -> None:
    content = (REFERATER / "2017-06-14.pdf").read_bytes()
    places = [Place(3)]
    plain, marked = (shown(content, 4, places=some).convert("L") for some in ([], places))
    inside = painted(shown(content, 4, places=places), MARK)
    before, after = (picture.crop(inside).histogram() for picture in (plain, marked))
    assert sum(before[:DARK]) > 1000
    assert sum(before[:DARK]) <= sum(after[:DARK]) < 1.15 * sum(before[:DARK])  # grey edges are a shade darker


def test_it_is_small_and_sharper_when_wider() -> None:
    content = (REFERATER / "2017-06-14.pdf").read_bytes()
    assert len(page_image(content, 4, width=900, places=[Place(1)])) < 100_000
    assert shown(content, 4, width=1600).size == page_sizes(content)[3].pixels(1600)


SENTENCE = "Beslutning om budget for skoler"


def one_line(turned: int, rotation: int, *boxes: str) -> bytes:
    """A PDF of one line, turned against the clock, on a page that is turned with it."""
    c, s = [(1, 0), (0, 1), (-1, 0), (0, -1)][turned // 90]
    return one_page(f"BT /F 20 Tf {c} {s} {-s} {c} 400 450 Tm ({SENTENCE}) Tj ET".encode(), rotation, *boxes)


def one_page(drawn: bytes, rotation: int = 0, *boxes: str) -> bytes:
    sides = " ".join(boxes or ["/MediaBox [0 0 800 900]"])
    font = "/Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /Rotate {rotation} {sides} {font} /Contents 4 0 R >>".encode(),
        b"<< /Length %d >> stream\n%s\nendstream" % (len(drawn), drawn),
    ]
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(body)
    return body + b"xref\n0 5\n0000000000 65535 f \n" + table + trailer


def covers(content: bytes) -> bool:
    """Whether the mark lies over the one line of a page, and not over much more."""
    text, covered = inked(shown(content)), painted(shown(content, places=[Place(1)]), MARK)
    around = covered[0] <= text[0] and covered[1] <= text[1] and covered[2] >= text[2] and covered[3] >= text[3]
    height, width = text[3] - text[1], text[2] - text[0]
    return around and (covered[2] - covered[0]) * (covered[3] - covered[1]) < 3 * width * height


SIDES = [0, 90, 180, 270]
# The reader finds no box for words upside down on an upright page; they are read, and marked at their beginning only.
TURNS = [(turned, rotation) for turned in SIDES for rotation in SIDES if (turned, rotation) != (180, 0)]


@pytest.mark.parametrize(("turned", "rotation"), TURNS)
def test_a_page_or_its_text_may_be_turned(turned: int, rotation: int) -> None:
    content = one_line(turned, rotation)
    assert page_sizes(content) == (PageSize(800, 900) if rotation % 180 == 0 else PageSize(900, 800),)
    assert shown(content).size == page_sizes(content)[0].pixels(900)
    assert covers(content)


@pytest.mark.parametrize("rotation", [0, 90])
@pytest.mark.parametrize(
    ("boxes", "width", "height"),
    [
        (["/MediaBox [0 0 1000 1000]", "/CropBox [60 50 780 850]"], 720, 800),
        (["/MediaBox [60 50 780 850]"], 720, 800),
        (["/MediaBox [-100 -50 800 850]", "/CropBox [-300 0 790 9000]"], 890, 850),
    ],
)
def test_a_page_is_cut_to_its_crop_box(rotation: int, boxes: list[str], width: int, height: int) -> None:
    content = one_line(rotation, rotation, *boxes)
    sides = (width, height) if rotation == 0 else (height, width)
    assert page_sizes(content) == (PageSize(*sides),)
    assert covers(content)


def test_columns_are_marked_apart() -> None:
    def draw(canvas: Canvas) -> None:
        for column, left in enumerate((60, 320)):
            for row in range(12):
                canvas.drawString(left, 700 - 14 * row, f"linje {row} i spalte {column} med mange flere ord")

    content = pdf(draw)
    lines = read(content).lines
    last_of_left = max(line.number for line in lines if line.box and line.box.left < 300)
    box = next(line.box for line in lines if line.number == last_of_left)
    assert isinstance(box, Box)
    marked = shown(content, places=[Place(last_of_left, last_of_left + 1)])
    scale = 900 / 595
    assert marked.getpixel((int((box.right + 1) * scale), int((box.top + box.bottom) / 2 * scale))) == MARK
    left, right = marked.crop((0, 0, 450, marked.height)), marked.crop((450, 0, 900, marked.height))
    assert painted(left, MARK)[1] > painted(right, MARK)[3] + 100


def test_colours_stay_colours() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, SENTENCE)
        canvas.setFillColor(red)
        canvas.rect(100, 100, 200, 200, stroke=0, fill=1)
        canvas.setFillColor(CMYKColor(1, 0, 0, 0))
        canvas.rect(300, 100, 200, 200, stroke=0, fill=1)

    plain, marked = (shown(pdf(draw), places=places) for places in ([], [Place(1)]))
    assert plain.getpixel((300, 1000)) == (255, 0, 0)
    blue = plain.getpixel((600, 1000))
    assert blue[2] > blue[0] + 100
    assert ImageChops.difference(plain, marked).getbbox()[3] < 300  # type: ignore[index]
    assert painted(marked, MARK)[3] - painted(marked, BAR)[3] == 0


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((1, 14_400), (1, 2700)),
        ((14_400, 1), (900, 1)),
        ((14_400, 14_400), (900, 900)),
        ((3, 3), (900, 900)),
        ((200_000, 100_000), (900, 450)),
    ],
)
def test_a_page_of_any_size_is_a_picture_of_bounded_size(size: tuple[int, int], expected: tuple[int, int]) -> None:
    content = pdf(lambda canvas: canvas.drawString(0, 0, "x"), size)
    assert shown(content).size == page_sizes(content)[0].pixels(900) == expected


def test_no_such_page() -> None:
    content = REFERAT
    for page in (0, -1, 9999, 2**70):
        with pytest.raises(NoPage):
            page_image(content, page, width=900)
    for name in ("2016-10-11.docx", "2016-10-11.md", "2023-12-07.txt"):
        with pytest.raises(NoPage):
            page_image((REFERATER / name).read_bytes(), 1, width=900)
        with pytest.raises(NoPage):
            page_sizes((REFERATER / name).read_bytes())


def test_lines_that_are_not_there_mark_nothing() -> None:
    content = REFERAT
    assert page_image(content, 4, width=900, places=[Place(500), Place(9, 3)]) == page_image(content, 4, width=900)


def test_each_file_is_marked_by_its_own_lines() -> None:
    """Also where the files take turns, and after one that cannot be read."""
    first, second = one_line(0, 0), one_line(0, 0, "/MediaBox [0 100 800 900]")
    alone = [page_image(content, 1, width=900, places=[Place(1)]) for content in (first, second)]
    assert alone[0] != alone[1]
    with pytest.raises(TooLarge):
        page_image(REFERAT, 1, width=900, places=[Place(1)], limits=Limits(max_pages=1))
    again = [page_image(content, 1, width=900, places=[Place(1)]) for content in (second, first, first)]
    assert again == [alone[1], alone[0], alone[0]]


def test_files_that_cannot_be_shown() -> None:
    content = REFERAT
    with pytest.raises(Damaged):
        page_image(content[:20_000], 1, width=900)
    with pytest.raises(Encrypted):
        page_image(pdf(lambda canvas: canvas.drawString(9, 9, "x"), encrypt="hemmelig"), 1, width=900)
    with pytest.raises(TooLarge):
        page_sizes(content, Limits(max_pages=2))
    with pytest.raises(TooLarge):
        page_image(content, 1, width=900, limits=Limits(max_file_bytes=100))


SLOW = one_page(b"0 0 m 800 0 0 900 800 900 c S\n" * 300_000)


def test_a_page_that_takes_too_long_is_given_up() -> None:
    page_sizes(SLOW)
    started = time.monotonic()
    with pytest.raises(OutOfBounds, match="tog mere end"):
        page_image(SLOW, 1, width=900, limits=Limits(seconds=0.3))
    assert time.monotonic() - started < 10
    assert len(page_sizes(SLOW)) == 1


def test_a_child_that_dies_while_it_draws_is_a_missing_picture() -> None:
    page_sizes(SLOW)
    killer = threading.Timer(0.3, os.kill, (bounded._local.child.pid, signal.SIGKILL))
    killer.start()
    with pytest.raises(OutOfBounds, match="gå ned"):
        page_image(SLOW, 1, width=1600)
    killer.join()
    assert shown((REFERATER / "2016-10-11.pdf").read_bytes(), 1).size[0] == 900


def told(**values: object) -> bytes:
    return json.dumps({"peak_bytes": 1, "size": [2, 2], "coloured": False, **values}).encode()


ROWS = bytes([0, 1, 2, 0, 3, 4])
ANSWERS = {
    "no picture": told(),
    "not packed": told() + b"\0" + b"<html>",
    "too few pixels": told() + b"\0" + zlib.compress(ROWS[:3]),
    "too many pixels": told() + b"\0" + zlib.compress(bytes(10_000_000)),
    "cut off": told() + b"\0" + zlib.compress(ROWS)[:-2],
    "something behind": told() + b"\0" + zlib.compress(ROWS) + b"<script>",
    "a filter": told() + b"\0" + zlib.compress(b"\1" + ROWS[1:]),
    "a colour that is not there": told() + b"\0" + zlib.compress(ROWS[:-1] + b"\xff"),
    "larger than asked for": told(size=[5000, 5000]) + b"\0" + zlib.compress(bytes(5001 * 5000)),
    "of no size": told(size=[0, 2]) + b"\0" + zlib.compress(bytes(2)),
    "endless": told(size=[float("inf"), 2]) + b"\0" + zlib.compress(ROWS),
    "three sides": told(size=[2, 2, 2]) + b"\0" + zlib.compress(ROWS),
    "another answer": b'{"peak_bytes": 1, "sizes": [[1, 1]]}',
}


@pytest.fixture
def answering(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[bytes], None]]:
    """Has a program that says always the same in the child's place."""

    def put(answer: bytes) -> None:
        program = tmp_path / "python"
        (tmp_path / "answer").write_bytes(LENGTH.pack(len(answer)) + answer)
        program.write_text(f"#!/bin/sh\nhead -c 8 > /dev/null\ncat '{tmp_path}/answer'\nsleep 5\n")
        program.chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(program))
        monkeypatch.setattr(bounded, "_local", threading.local())

    yield put
    bounded._local.child.close()


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_a_child_that_was_taken_over_can_only_send_pixels(answer: bytes, answering: Callable[[bytes], None]) -> None:
    answering(answer)
    with pytest.raises(OutOfBounds):
        page_image(b"%PDF-1.4", 1, width=900)


def test_pixels_are_taken(answering: Callable[[bytes], None]) -> None:
    answering(told() + b"\0" + zlib.compress(ROWS))
    assert shown(b"%PDF-1.4").size == (2, 2)


@pytest.mark.parametrize("sizes", [[[0, 1]], [[float("nan"), 1]], [[float("inf"), 1]], ["x"], None])
def test_sizes_are_checked(sizes: object, answering: Callable[[bytes], None]) -> None:
    answering(json.dumps({"peak_bytes": 1, "sizes": sizes}).encode())
    with pytest.raises(OutOfBounds):
        page_sizes(b"%PDF-1.4")


def test_a_part_stands_on_the_pages_from_its_first_line_to_its_last() -> None:
    assert list(places_of(Span(None, 4, None, 9))) == []
    assert list(places_of(Span(3, 4, 3, 9))) == [(3, Place(4, 9))]
    assert list(places_of(Span(3, 4))) == [(3, Place(4, 4))]
    assert list(places_of(Span(3, 4, 5, 2))) == [(3, Place(4)), (4, Place(1)), (5, Place(1, 2))]
