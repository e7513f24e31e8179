"""Text into Markdown: what the Markdown shows is what the line said."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from minutes.parsing.flow import Vocabulary, escape, join, to_markdown
from minutes.parsing.types import Line

NOTHING = Vocabulary.of([])


@given(
    st.text(alphabet="aæ1.-_*[]()<>&;#`!\\|~=+:/ ", min_size=1).map(lambda text: " ".join(text.split())).filter(bool)
)
def test_escaped_text_renders_as_itself(text: str) -> None:
    rendered = MarkdownIt("commonmark").enable("table").render(escape(text))
    assert rendered.startswith("<p>")
    assert html.unescape(re.sub("</?p>", "", rendered)).strip() == text


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("en samar-", "bejdspartner", "en samarbejdspartner"),
        ("en samar\u00ad", "bejdspartner", "en samarbejdspartner"),
        ("arbejds-", "og mødekultur", "arbejds- og mødekultur"),
        ("arbejds\u00ad", "og mødekultur", "arbejds- og mødekultur"),
        ("Store IT-", "projekter", "Store IT-projekter"),
        ("e-", "mail", "e-mail"),
        ("Øst-", "Vest", "Øst-Vest"),
        ("drift,", "kommunikation", "drift, kommunikation"),
        ("en pause -", "og så videre", "en pause - og så videre"),
    ],
)
def test_hyphens_at_line_ends(before: str, after: str, joined: str) -> None:
    assert join(before, after, NOTHING) == joined


def test_the_document_itself_says_which_hyphens_belong() -> None:
    vocabulary = Vocabulary.of([Line(text="den to-årige plan og samarbejdet", number=1)])
    assert join("en to-", "årige", vocabulary) == "en to-årige"


def test_lists_keep_their_printed_numbers() -> None:
    lines = [
        Line(text=text, number=number, marker=marker)
        for number, (marker, text) in enumerate([("1.", "a"), ("2.", "b"), ("1.", "c"), ("4.", "d")], start=1)
    ]
    rendered = MarkdownIt("commonmark").render(to_markdown(lines, NOTHING))
    assert re.findall(r'<ol(?: start="(\d+)")?>', rendered) == ["", "", "4"]
