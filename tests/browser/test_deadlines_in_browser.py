"""The page of deadlines with something on it, in a real browser."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from tests.browser.conditions import axe_finds, colours_in_the_dark, small_targets, width_of_content
from tests.browser.conftest import Visitor
from tests.factories import make_item, make_meeting

pytestmark = pytest.mark.xdist_group("browser")

CASE = "05.13.10-P20-4-17"
ADDRESSES = ("/frister/", "/frister/?vis=passerede&q=plan", "/frister/?q=findes+ikke", "/moeder/2017-03-08/punkt/1/")


@pytest.fixture
def deadlines(transactional_db) -> None:
    """One to come, one that is over with a story, and a long one. Laid before the browser starts."""
    coming = timezone.localdate() + datetime.timedelta(days=20)
    long = "Forvaltningsområdernes" * 6
    make_meeting(
        "2017-03-08", [make_item(1, "Plan", case_number=CASE, decision="HR sender en plan senest d. 15. marts.")]
    )
    make_meeting(
        "2017-04-05", [make_item(1, "Plan", case_number=CASE, decision="Chefforum godkendte planen for i år.")]
    )
    decision = f"Cheferne sender {long} inden årets udgang og svarer senest den {coming:%d-%m-%Y}."
    make_meeting(timezone.localdate().isoformat(), [make_item(1, "Skiltning i kantinen", decision=decision)])


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_everybody_can_use_it(deadlines: None, visitor: Visitor, width: int) -> None:
    visitor.page.emulate_media(reduced_motion="reduce")  # no look at a colour that is still changing
    for address in ADDRESSES:
        page = visitor.open(address, width)
        assert axe_finds(page) == []
        assert colours_in_the_dark(page) == []
        assert width_of_content(page) <= width
        assert small_targets(page) == []
