"""Danish order, written by Python and kept by the database byte for byte."""

import pytest

from minutes.models import Attachment
from minutes.models.sortkeys import danish_sort_key
from tests.factories import make_item, make_meeting

ORDERED = [
    "bilag 2",
    "Bilag 10",
    "Cafe",
    "Café og té",
    "Müller",
    "Mysund",
    "Zoo",
    "Ældre",
    "Ærø",
    "Ø",
    "Økonomi",
    "Aabenraa",
    "Ålborg",
    "Aarhus",
]


def test_ae_oe_and_aa_come_last_and_numbers_count():
    assert sorted(set(ORDERED), key=danish_sort_key) == ORDERED


@pytest.mark.parametrize(
    ("one", "other"),
    [("Århus", "Aarhus"), ("A\u030arhus", "århus"), ("bilag 007", "Bilag 7"), ("CO₂", "co2"), ("a-b", "a b")],
)
def test_spellings_of_the_same_name_stand_together(one, other):
    assert danish_sort_key(one) == danish_sort_key(other)


@pytest.mark.parametrize("text", ["", "—", "\x00", "😀", "a" * 10_000, "9" * 10_000])
def test_any_text_has_a_key_that_fits_its_column(text):
    assert len(danish_sort_key(text)) <= 200
    assert danish_sort_key(text).isascii()


@pytest.mark.django_db
def test_the_database_sorts_as_python_does_whatever_its_collation():
    make_meeting(items=[make_item(1, "Budget", attachments=list(reversed(ORDERED)))])

    assert [row.name for row in Attachment.objects.by_name()] == ORDERED
