"""What is kept while the archive is the same."""

import pytest
from django.db import transaction

from minutes.models import Meeting
from minutes.models.versions import kept_while_unchanged
from tests.factories import make_meeting

# A state has a name once a transaction has ended.
pytestmark = pytest.mark.django_db(transaction=True)


def test_what_was_found_is_kept_until_the_archive_changes() -> None:
    asked = []

    @kept_while_unchanged(most=2)
    def count(closed: bool) -> int:
        asked.append(closed)
        return Meeting.objects.filter(is_closed=closed).count()

    assert [count(False), count(False), count(True)] == [0, 0, 0]
    assert asked == [False, True]
    make_meeting()
    assert [count(False), count(False)] == [1, 1]
    assert asked == [False, True, False]


def test_within_a_transaction_nothing_is_kept() -> None:
    @kept_while_unchanged(most=2)
    def count() -> int:
        return Meeting.objects.count()

    assert count() == 0
    with transaction.atomic():
        make_meeting()
        assert count() == 1
        transaction.set_rollback(True)
    assert count() == 0
