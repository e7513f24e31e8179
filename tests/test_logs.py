"""What the log tells, and what it never tells: names, searches, what people wrote."""

from __future__ import annotations

import datetime
import io
import json
import logging
import logging.config
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.test import Client
from gunicorn.glogging import SafeAtoms

from chefforum.logs import JsonFormatter, LineFormatter
from minutes.views import front
from tests.archive import make_person

SECRET = "Fortroligt navn"


class Log:
    """What has been written by a formatter."""

    def __init__(self, formatter: logging.Formatter) -> None:
        self._stream = io.StringIO()
        self.handler = logging.StreamHandler(self._stream)
        self.handler.setFormatter(formatter)

    @property
    def text(self) -> str:
        return self._stream.getvalue()

    @property
    def objects(self) -> list[dict]:
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture(params=[JsonFormatter, LineFormatter])
def log(request: pytest.FixtureRequest) -> Iterator[Log]:
    """What the loggers of the program write."""
    log = Log(request.param())
    loggers = [logging.getLogger(name) for name in ("", "django", "gunicorn.error", "gunicorn.access")]
    for logger in loggers:
        logger.addHandler(log.handler)
    yield log
    for logger in loggers:
        logger.removeHandler(log.handler)


json_only = pytest.mark.parametrize("log", [JsonFormatter], indirect=True)


@json_only
def test_one_object_a_line(log: Log) -> None:
    logging.getLogger("minutes.ingest").warning("To linjer:\n%s æøå %s", "anden", 3)
    [told] = log.objects
    when = datetime.datetime.fromisoformat(told.pop("time"))
    assert abs((datetime.datetime.now(datetime.UTC) - when).total_seconds()) < 60
    assert told == {"level": "WARNING", "logger": "minutes.ingest", "message": "To linjer:\nanden æøå 3"}
    assert "æøå" in log.text


def test_a_fault_is_told_by_its_kind_and_places(log: Log, client: Client, db, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object, **named: object) -> None:
        try:
            int(SECRET)
        except ValueError as fault:
            raise RuntimeError(SECRET) from fault

    monkeypatch.setattr(front, "render", fail)
    client.raise_request_exception = False
    client.force_login(make_person("læser"))
    assert client.get("/?q=hemmeligt").status_code == 500
    assert SECRET not in log.text
    assert "hemmeligt" not in log.text
    assert "RuntimeError" in log.text
    assert "ValueError" in log.text
    assert "test_logs.py:" in log.text
    assert "Internal Server Error: /" in log.text


@json_only
def test_a_fault_in_json(log: Log) -> None:
    try:
        open("/no/such/file", "rb")  # noqa: PTH123, SIM115 - it is not there
    except OSError:
        logging.getLogger("minutes").exception("The original %s cannot be read", "abc")
    [told] = log.objects
    assert told["message"] == "The original abc cannot be read"
    assert told["exception"] == "FileNotFoundError (No such file or directory)"
    assert told["places"][-1] == told["exception"]
    assert all(":" in place for place in told["places"][:-1])


def test_a_refusal_of_the_database_quotes_nobody(log: Log, db) -> None:
    User.objects.create_user(username=SECRET)
    try:
        with transaction.atomic():
            User.objects.create_user(username=SECRET)
    except IntegrityError:
        logging.getLogger("minutes").exception("Not stored")
    assert SECRET not in log.text
    assert "UniqueViolation (23505)" in log.text


def test_what_gunicorn_says(log: Log) -> None:
    logger = logging.getLogger("gunicorn.error")
    logger.warning("Invalid request from ip=192.0.2.7: Invalid HTTP request line: 'GET /soeg/?q=min chef HTTP/1.1'")
    logger.error("Error handling request %s %s", "GET", "/soeg/?q=hemmeligt&aar=2017")
    assert "192.0.2.7" not in log.text
    assert "min chef" not in log.text
    assert "hemmeligt" not in log.text
    assert "Invalid request from somebody: Invalid HTTP request line" in log.text
    assert "GET /soeg/" in log.text


@json_only
def test_a_request_in_json(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    from chefforum import gunicorn

    logger = logging.getLogger("gunicorn.access")
    monkeypatch.setattr(logger, "level", logging.INFO)
    atoms = {
        "m": "GET",
        "U": "/soeg/",
        "q": "q=hemmeligt",
        "s": "200",
        "B": 5120,
        "M": 12,
        "h": "192.0.2.7",
        "u": SECRET,
    }
    logger.info(gunicorn.access_log_format, SafeAtoms(atoms))
    [told] = log.objects
    del told["time"]
    assert told == {
        "level": "INFO",
        "logger": "gunicorn.access",
        "message": "GET /soeg/ 200 5120 bytes 12 ms",
        "method": "GET",
        "path": "/soeg/",
        "status": "200",
        "bytes": 5120,
        "milliseconds": 12,
    }


def test_the_settings_name_formatters_that_work() -> None:
    for name, values in settings.LOGGING["formatters"].items():
        formatter = logging.config.DictConfigurator({}).configure_formatter(dict(values))
        record = logging.LogRecord("minutes", logging.INFO, __file__, 1, "Ordene", (), None)
        assert "Ordene" in formatter.format(record), name
