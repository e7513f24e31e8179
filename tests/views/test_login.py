"""The login: guarded against guessing, silent about who has an account."""

from __future__ import annotations

import datetime
import io
import logging
import re
from collections.abc import Callable, Iterator

import pytest
from axes.models import AccessAttempt, AccessLog
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from minutes.models import FailedLogin
from minutes.models.accounts import ADDRESSES
from minutes.views.guard import NOWHERE
from tests.factories import make_user
from tests.views.page import Page

pytestmark = pytest.mark.django_db

RIGHT, WRONG = "en lang adgangskode", "en forkert adgangskode"
LIMIT = 5
HERE = "192.0.2.1"


@pytest.fixture
def person() -> User:
    person = make_user("læser", username="anne")
    person.set_password(RIGHT)
    person.save()
    return person


def log_in(name: str, password: str, *, address: str = HERE, to: str = "/log-ind/", **headers: str) -> HttpResponse:
    return Client().post(to, {"username": name, "password": password}, REMOTE_ADDR=address, headers=headers)


def fail(name: str, times: int, **values: str) -> HttpResponse:
    for _ in range(times):
        response = log_in(name, WRONG, **values)
    return response


def words(response: HttpResponse) -> str:
    return Page(response.content.decode()).main


def later(minutes: float) -> None:
    """As if that much time had passed."""
    for failed in AccessAttempt.objects.all():
        failed.attempt_time -= datetime.timedelta(minutes=minutes)
        failed.save()


def test_after_too_many_wrong_passwords_the_right_one_has_to_wait(person: User) -> None:
    assert [log_in("anne", WRONG).status_code for _ in range(LIMIT)] == [200] * (LIMIT - 1) + [429]
    assert log_in("anne", RIGHT).status_code == 429
    later(14.9)
    assert log_in("anne", RIGHT).status_code == 429
    later(0.2)
    assert log_in("anne", RIGHT).status_code == 302
    assert not AccessAttempt.objects.exists()


def test_the_page_says_when_to_try_again(settings, person: User) -> None:
    settings.HELP_CONTACT = "Sekretariatet, lokal 4711"
    response = fail("anne", LIMIT)
    told = words(response)
    assert "Vent lidt, før du prøver igen" in told
    assert "Sekretariatet, lokal 4711" in told
    said = re.search(r"igen kl\. (\d\d\.\d\d)\.", told)
    ends = timezone.localtime() + datetime.timedelta(minutes=15)
    assert said and said[1] in {f"{ends + datetime.timedelta(seconds=s):%H.%M}" for s in (-30, 0, 59)}
    assert 880 < int(response.headers["Retry-After"]) <= 900
    assert "no-store" in response.headers["Cache-Control"]


def test_trying_on_does_not_lengthen_the_lock(person: User) -> None:
    fail("anne", LIMIT)
    later(10)
    before = AccessAttempt.objects.get().attempt_time
    assert int(fail("anne", 3).headers["Retry-After"]) <= 300
    assert AccessAttempt.objects.get().attempt_time == before


def test_the_last_tries_are_announced(person: User) -> None:
    told = [words(log_in("anne", WRONG)) for _ in range(LIMIT - 1)]
    assert ["tilbage" in text for text in told] == [False, False, True, True]
    assert "Der er to forsøg tilbage" in told[2]
    assert "Der er ét forsøg tilbage" in told[3]


def test_a_name_that_nobody_has_is_answered_the_same(person: User) -> None:
    changing = re.compile(r'value="\w+"|\d\d\.\d\d|T\d\d:[\d:.+]+')  # tokens, the name in its field, the time
    known, unknown = (
        [(answer.status_code, changing.sub("", answer.content.decode())) for answer in answers]
        for answers in ([log_in(name, WRONG) for _ in range(LIMIT + 1)] for name in ("anne", "hvemsomhelst"))
    )
    assert known == unknown
    assert known[0][1] != known[-1][1]


def test_a_name_that_nobody_has_costs_the_same_work(person: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many questions to the database and as many hashes, at every try."""
    hashes: list[str] = []
    hasher = "django.contrib.auth.hashers.MD5PasswordHasher.encode"
    monkeypatch.setattr(hasher, _counted(hashes))
    work = {}
    for name in ("anne", "ingen"):
        work[name] = []
        for _ in range(LIMIT + 1):
            hashes.clear()
            with CaptureQueriesContext(connection) as asked:
                log_in(name, WRONG)
            work[name].append((len(asked), len(hashes)))
    assert work["anne"] == work["ingen"]


def _counted(hashes: list[str]) -> Callable[..., str]:
    from django.contrib.auth.hashers import MD5PasswordHasher

    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashes.append(salt)
        return encode(self, password, salt)

    return counted


def test_somebody_inactive_is_answered_as_a_wrong_password(person: User) -> None:
    person.is_active = False
    person.save()
    assert words(log_in("anne", RIGHT)) == words(log_in("anne", WRONG))


def test_behind_one_address_only_the_name_is_locked(person: User) -> None:
    make = make_user("læser", username="bo")
    make.set_password(RIGHT)
    make.save()
    fail("anne", LIMIT)
    fail("ingen", LIMIT)
    assert log_in("bo", RIGHT).status_code == 302


def test_somewhere_else_one_gets_in(person: User) -> None:
    fail("anne", LIMIT, address="192.0.2.66")
    assert log_in("anne", RIGHT).status_code == 302


def test_guessing_from_many_addresses_locks_the_name_everywhere(person: User) -> None:
    for number in range(ADDRESSES):
        assert log_in("anne", WRONG).status_code == 200
        fail("anne", LIMIT - 1, address=f"192.0.2.{100 + number}")
        AccessAttempt.objects.filter(ip_address=HERE).delete()
    assert log_in("anne", RIGHT, address="192.0.2.200").status_code == 302
    for number in range(ADDRESSES):
        last = fail("anne", 1, address=f"198.51.100.{number}")
    assert last.status_code == 429
    assert log_in("anne", RIGHT).status_code == 429
    later(15.1)
    assert log_in("anne", RIGHT).status_code == 302


def test_the_right_password_forgets_the_wrong_ones(person: User) -> None:
    for _ in range(3):
        fail("anne", LIMIT - 1)
        assert log_in("anne", RIGHT).status_code == 302


def test_what_is_over_is_thrown_away_at_the_next_login_of_anybody(person: User) -> None:
    fail("ingen", 2)
    later(15.1)
    log_in("anne", RIGHT)
    assert not AccessAttempt.objects.exists()


def test_nothing_that_was_typed_is_kept(person: User) -> None:
    response = Client().post(
        "/log-ind/?next=/soeg/?q=hemmeligt",
        {"username": "MitKodeord1234!", "password": WRONG, "next": "/soeg/?q=hemmeligt", "other": "hemmeligt"},
        headers={"user-agent": "hemmelig", "accept": "hemmelig/*"},
    )
    assert response.status_code == 200
    fail("anne", 2)
    stored = str(list(AccessAttempt.objects.values()))
    for typed in ("MitKodeord1234!", WRONG, "hemmelig", "anne"):
        assert typed not in stored
    assert AccessAttempt.objects.count() == 2
    log_in("anne", RIGHT)
    assert not AccessLog.objects.exists()


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that is logged, at every level."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    names = ("axes", "django.request", "django.security", "minutes")
    loggers = [logging.getLogger(name) for name in names]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel("DEBUG")
    yield stream
    for logger, level in zip(loggers, levels, strict=True):
        logger.removeHandler(handler)
        logger.setLevel(level)


def test_the_log_says_that_somebody_was_locked_and_not_who(person: User, log: io.StringIO) -> None:
    fail("anne", LIMIT + 1)
    fail("MitKodeord1234!", 1)
    log_in("anne", RIGHT, address="192.0.2.9")
    told = log.getvalue()
    assert "Locking out somebody" in told
    for secret in ("anne", "MitKodeord1234!", WRONG, RIGHT, HERE, "192.0.2.9"):
        assert secret not in told


@pytest.mark.parametrize("name", ["", "a" * 151, "a\0b", "æøå" * 40, "'; --"])
def test_odd_names_are_no_fault(name: str) -> None:
    assert {log_in(name, WRONG).status_code for _ in range(LIMIT + 1)} <= {200, 429}


@pytest.mark.parametrize(
    ("setting", "told", "seen", "stored"),
    [
        ("", "203.0.113.5", HERE, HERE),
        ("X-Real-IP", "203.0.113.5", HERE, "203.0.113.5"),
        ("X-Real-IP", "", HERE, HERE),
        ("X-Real-IP", "nonsense", HERE, HERE),
        ("X-Forwarded-For", "198.51.100.1, 203.0.113.5", HERE, "203.0.113.5"),
        ("", "", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("", "", "::ffff:192.0.2.7", "192.0.2.7"),
        ("", "", "fe80::1%eth0", "fe80::"),
        ("", "", "", NOWHERE),
    ],
)
def test_where_somebody_comes_from(settings, setting: str, told: str, seen: str, stored: str) -> None:
    settings.CLIENT_ADDRESS_HEADER = setting
    header = setting or "X-Forwarded-For"
    log_in("ingen", WRONG, address=seen, **({header: told} if told else {}))
    assert FailedLogin.objects.get().ip_address == stored


def test_the_administration_has_no_login_of_its_own(person: User) -> None:
    address = "/admin/login/?next=/admin/minutes/word/"
    assert Client().get(address).headers["Location"] == "/log-ind/?next=/admin/minutes/word/"
    assert log_in("anne", RIGHT, to=address).headers["Location"] == "/log-ind/?next=/admin/minutes/word/"
    assert Client().get("/admin/login/").headers["Location"] == "/log-ind/"
    assert "Log ind" in words(Client().get("/admin/", follow=True))


def test_a_login_form_from_before_a_login_in_another_tab_leads_on(person: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    for wanted, to in (("/moeder/", "/moeder/"), ("https://evil.example/", "/"), ("", "/")):
        response = client.post("/log-ind/", {"csrfmiddlewaretoken": "x", "next": wanted})
        assert (response.status_code, response.headers.get("Location")) == (302, to)
