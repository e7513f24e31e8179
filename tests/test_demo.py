"""The demonstration accounts."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from minutes.models import Meeting, SearchEntry
from minutes.search.index import outdated
from tests.factories import make_meeting

PROJECT = Path(__file__).parents[1]

pytestmark = pytest.mark.django_db


def demo() -> dict[str, str]:
    """Run the command; return the password of each account that it prints."""
    out = StringIO()
    call_command("demo", stdout=out)
    return dict(re.findall(r"^  (\S+) +(\S+)  \S", out.getvalue(), re.M))


def log_in(name: str, password: str) -> User | None:
    """Who gets in by the login page, None where nobody does."""
    client = Client()
    client.post("/log-ind/", {"username": name, "password": password})
    return User.objects.filter(pk=client.session.get("_auth_user_id")).first()


@pytest.fixture(autouse=True)
def _debug(settings: Any) -> None:
    settings.DEBUG = True


@pytest.mark.parametrize(
    ("name", "can", "cannot"),
    [
        ("laeser", {"view_meeting"}, {"read_closed", "add_sourcedocument", "erase"}),
        ("laeser-lukket", {"view_meeting", "read_closed"}, {"add_sourcedocument", "erase"}),
        ("redaktoer", {"view_meeting", "add_sourcedocument", "add_correction"}, {"read_closed", "erase"}),
        ("administrator", {"view_meeting", "add_sourcedocument", "erase"}, {"read_closed"}),
        ("administrator-lukket", {"read_closed", "view_closedreading", "erase"}, set()),
    ],
)
def test_each_account_logs_in_with_what_is_printed_and_has_its_role(name: str, can: set[str], cannot: set[str]) -> None:
    user = log_in(name, demo()[name])
    assert user is not None
    held = {right.partition(".")[2] for right in user.get_all_permissions()}
    assert can <= held
    assert not cannot & held


def test_again_changes_nothing() -> None:
    passwords = demo()
    stored = list(User.objects.order_by("pk").values_list("pk", "username", "password"))
    assert demo() == passwords
    assert list(User.objects.order_by("pk").values_list("pk", "username", "password")) == stored


def test_passwords_are_this_clones_alone(settings: Any) -> None:
    here = demo()
    settings.SECRET_KEY = "the key of another clone"
    elsewhere = demo()
    assert not set(here.values()) & set(elsewhere.values())
    assert log_in("laeser", here["laeser"]) is None
    assert log_in("laeser", elsewhere["laeser"])


def test_what_somebody_changed_is_put_right() -> None:
    passwords = demo()
    user = User.objects.get(username="laeser")
    user.is_superuser, user.is_active = True, False
    user.set_password("noget helt andet")
    user.save()
    assert demo() == passwords
    user = log_in("laeser", passwords["laeser"])
    assert user and not user.is_superuser


def test_reads_the_files_it_is_given(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("demo", str(PROJECT / "fixtures/2017-06-14.pdf"), stdout=StringIO())
    assert [str(meeting.date) for meeting in Meeting.objects.all()] == ["2017-06-14"]


def test_what_an_earlier_version_indexed_is_indexed_anew(capsys: pytest.CaptureFixture[str]) -> None:
    make_meeting()
    SearchEntry.objects.update(analyser_version=0)
    demo()
    assert not outdated().exists()
    assert "Indekseret: 1 punkt." in capsys.readouterr().out
    demo()
    assert "ndekser" not in capsys.readouterr().out


def test_refused_when_debug_is_off(settings: Any) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG"):
        demo()
    assert not User.objects.exists()
