"""The style guide."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client

from minutes.views.examples import all_examples
from minutes.views.style_guide import COLOURS, components
from tests.views.page import open_page

TOKENS = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text()


@pytest.mark.django_db
def test_every_component_has_an_example_and_every_example_a_component() -> None:
    assert sorted(all_examples()) == components()


def test_it_shows_every_state_without_asking_the_database(reader: Client, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(6):  # who is looking
        page = open_page(reader, "/stil/")
    shown = [attributes["data-example"] for _, attributes in page.tags if attributes.get("data-example")]
    assert len(shown) == sum(map(len, all_examples().values()))
    assert [words for rank, words in page.headings if rank == "h1"] == ["Stilguide"]


def test_every_colour_is_there_in_the_light_and_in_the_dark() -> None:
    light, dark = TOKENS.split("@media screen and (prefers-color-scheme: dark)")
    named = r"--([a-z-]+): (?:#[0-9a-f]{6}|rgb\()"
    assert set(re.findall(named, light)) == {*COLOURS, "shadow"}
    assert {*COLOURS, "shadow"} <= set(re.findall(named, dark))
