"""Whatever the bytes, readers raise nothing but their own errors; and what they read is of one clean form."""

import contextlib
import logging
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minutes.parsing.bounded import Child
from minutes.parsing.errors import ParseError
from minutes.parsing.limits import Limits
from minutes.parsing.readers import read
from minutes.parsing.readers.cleaning import clean
from minutes.parsing.types import ReadDocument

REFERATER = Path(__file__).parents[2] / "referater"
LIMITS = Limits(max_pages=50, max_line_characters=5_000, max_unpacked_bytes=20_000_000)
STARTS = st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"\xef\xbb\xbf", b"\xff\xfe", b"# ", b"\xd0\xcf\x11\xe0"])
TEXTS = st.text(st.sampled_from("aæ Ø.1-*_#|\t\n\r\\`[]()<b>&\u00a0\u00ad\ufb01\x00é\u0301•"), max_size=300)

_SHOWS_NOTHING = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u00ad\u200b\ufb00-\ufb06\ufeff\ufffe]")


def check(document: ReadDocument) -> None:
    """What every reader promises of its lines."""
    before = None
    for line in document.lines:
        soft_end = line.text.removesuffix("\u00ad")
        assert not _SHOWS_NOTHING.search(soft_end), line
        assert unicodedata.is_normalized("NFC", line.text)
        assert line.text == ("\t".join(line.cells) if line.cells else line.text.strip())
        assert line.number >= 1
        assert line.depth == 0 or line.marker
        assert (line.page is None) == (document.pages is None)
        assert not (line.continues and line.marker)
        place = (line.page or 1, line.number)
        assert before is None or before <= place
        before = place


@settings(deadline=None)
@given(start=STARTS, rest=st.binary(max_size=400))
def test_arbitrary_bytes(start: bytes, rest: bytes) -> None:
    try:
        document = read(start + rest, LIMITS)
    except ParseError as error:
        assert error.message
    else:
        check(document)


@settings(deadline=None)
@given(TEXTS)
def test_arbitrary_text(text: str) -> None:
    try:
        check(read(text.encode(), LIMITS))
    except ParseError as error:
        assert error.code in {"empty", "unknown_kind"}


@given(TEXTS)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize("path", sorted(REFERATER.iterdir()), ids=lambda path: path.name)
def test_the_known_minutes(path: Path) -> None:
    document = read(path.read_bytes())
    check(document)
    assert not document.warnings


@settings(max_examples=40, deadline=None)
@given(
    name=st.sampled_from(["2016-10-11.pdf", "2023-12-07.continuous.pdf", "2016-10-11.docx", "2016-10-11.md"]),
    cuts=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=40)), min_size=1, max_size=5),
)
def test_real_files_with_bytes_changed(name: str, cuts: list[tuple[float, int, bytes]]) -> None:
    """In the child process: PDFium is C, and a crash of it is to be one refused file."""
    content = (REFERATER / name).read_bytes()
    for place, length, bytes_put_in in cuts:
        at = int(place * len(content))
        content = content[:at] + bytes_put_in + content[at + length :]
    with faults() as found, contextlib.suppress(ParseError):
        CHILD.parse(content, LIMITS)
    assert not found


@contextlib.contextmanager
def faults() -> Iterator[list[str]]:
    """What the child process reports as mistakes of the program."""
    found: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: found.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("minutes.parsing.bounded")
    logger.addHandler(handler)
    try:
        yield found
    finally:
        logger.removeHandler(handler)


CHILD = Child(LIMITS)
