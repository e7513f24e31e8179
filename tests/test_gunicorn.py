"""The archive as it is served in production: by gunicorn with the project's configuration, with DEBUG off."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from tests.addresses import TABLE
from tests.archive import make_archive, make_person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("gunicorn")]

PROJECT = Path(__file__).parents[1]
KEY = "of-fifty-or-more-characters-as-check-deploy-wants-them"
SECURE = {"Host": "referater.example", "X-Forwarded-Proto": "https"}


class Served:
    """The archive under gunicorn."""

    def __init__(self, log: Path, environment: dict[str, str]) -> None:
        command = [sys.executable, "-m", "gunicorn", "--config", "python:chefforum.gunicorn", "--bind", "127.0.0.1:0"]
        self._log = log
        with log.open("w") as stderr:
            self.process = subprocess.Popen(
                command, cwd=PROJECT, env=environment, stdin=subprocess.DEVNULL, stderr=stderr, start_new_session=True
            )
        self.port = self._listening()

    @property
    def log(self) -> list[dict]:
        """What it has written so far: nothing but objects, one a line."""
        return [json.loads(line) for line in self._log.read_text().splitlines()]

    def _listening(self) -> int:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and self.process.poll() is None:
            if place := re.search(r"Listening at: http://127\.0\.0\.1:(\d+)", self._log.read_text()):
                return int(place[1])
            time.sleep(0.1)
        raise AssertionError(self._log.read_text())

    def get(self, address: str, **headers: str) -> http.client.HTTPResponse:
        """The answer, its body read into `body`."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        line.request("GET", address, headers=headers)
        answer = line.getresponse()
        answer.body = answer.read()  # type: ignore[attr-defined]
        line.close()
        return answer

    def stop(self) -> int:
        """Ask it to end, as a container's engine does. Returns the process's answer."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(120)

    def end(self) -> None:
        """Leave nothing behind, however the test went: neither the workers, whose connections hold the database."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture(scope="session")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The static files as production has them, without the administration's: they are many."""
    root = tmp_path_factory.mktemp("static")
    environment = {**_production("postgresql://nobody@127.0.0.1:1/none"), "STATIC_ROOT": str(root)}
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0", "--ignore=admin"]
    subprocess.run(command, cwd=PROJECT, env=environment, check=True)
    return root


@pytest.fixture
def serve(collected: Path, tmp_path: Path) -> Iterator[Callable[..., Served]]:
    """A function that starts gunicorn on the test's database, with further settings."""
    connection.ensure_connection()
    info = connection.connection.info
    database = f"postgresql://{info.user}@/{info.dbname}?host={quote(info.host)}&port={info.port}"
    started: list[Served] = []

    def start(**environment: str) -> Served:
        values = {**_production(database), "STATIC_ROOT": str(collected), **environment}
        started.append(Served(tmp_path / f"log-{len(started)}", values))
        return started[-1]

    yield start
    for served in started:
        served.end()


def _production(database: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {
        **kept,
        "DEBUG": "0",
        "SECRET_KEY": KEY,
        "DATABASE_URL": database,
        "ALLOWED_HOSTS": "referater.example",
        "ARCHIVE_ROOT": str(settings.ARCHIVE_ROOT),
        "BEHIND_HTTPS_PROXY": "1",
    }


def _session(monkeypatch: pytest.MonkeyPatch, role: str, name: str) -> dict[str, str]:
    """The headers of somebody who is logged in there."""
    monkeypatch.setattr(settings, "SECRET_KEY", KEY)  # which signs sessions
    client = Client()
    client.force_login(make_person(role))
    return {**SECURE, "Cookie": f"{name}={client.cookies[settings.SESSION_COOKIE_NAME].value}"}


def test_as_production_serves_it(serve: Callable[..., Served], monkeypatch: pytest.MonkeyPatch) -> None:
    make_archive()
    served = serve(LOG_REQUESTS="1", WEB_WORKERS="2")
    reader = _session(monkeypatch, "læser", "__Host-sessionid")

    assert served.get("/healthz").status == 200  # by the machine's number, without https

    insecure = served.get("/moeder/", Host="referater.example")
    assert (insecure.status, insecure.headers["Location"]) == (301, "https://referater.example/moeder/")
    for forged in ({"X-Forwarded-Ssl": "on"}, {"X-Forwarded-Protocol": "ssl"}):
        assert served.get("/moeder/", Host="referater.example", **forged).status == 301
    assert served.get("/moeder/", **{**SECURE, "Host": "other.example"}).status == 400
    unmoved = served.get("/moeder/", **SECURE, Script_Name="/elsewhere")
    assert unmoved.headers["Location"].startswith("/log-ind/")

    meeting = served.get("/moeder/2017-06-14/", **reader)
    assert meeting.status == 200
    assert "14. juni 2017" in meeting.body.decode()
    again = served.get("/moeder/2017-06-14/", **reader, **{"If-None-Match": meeting.headers["ETag"]})
    assert (again.status, again.body) == (304, b"")
    assert served.get(f"/soeg/?q={quote('å' * 1000)}", **reader).status == 200

    _check_static_files(served, meeting.body.decode())

    assert served.stop() == 0
    told = json.dumps(served.log, ensure_ascii=False)
    assert "?q=" not in told
    assert "psycopg.pool" not in told  # no connection was left to be waited for
    assert "127.0.0.1" not in re.sub(r"Listening at: [^ ]*", "", told)
    requests = [line for line in served.log if line["logger"] == "gunicorn.access"]
    assert any((line["path"], line["status"]) == ("/moeder/2017-06-14/", "304") for line in requests)


def _check_static_files(served: Served, page: str) -> None:
    """Each is named by its content, compressed, and kept for ever."""
    addresses = set(re.findall(r'(?:href|src)="(/static/[^"#]+)[#"]', page))
    assert any(address.endswith(".css") for address in addresses)
    for address in addresses:
        assert re.search(r"\.[0-9a-f]{12}\.\w+$", address), address
        file = served.get(address, **SECURE, **{"Accept-Encoding": "gzip, br"})
        assert file.status == 200, address
        kept = file.headers["Cache-Control"]
        assert "immutable" in kept and "public" in kept, address
        assert int(re.search(r"max-age=(\d+)", kept)[1]) >= 365 * 24 * 3600
        if len(file.body) > 500 and not address.endswith(".woff2"):
            assert file.headers["Content-Encoding"] == "br", address
        asked = {"If-None-Match": file.headers["ETag"]} if file.headers["ETag"] else {}
        asked |= {"If-Modified-Since": file.headers["Last-Modified"]}
        assert served.get(address, **SECURE, **asked).status == 304, address


class _Addresses(HTMLParser):
    """The addresses that a page leads to or loads."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            leads = name in {"href", "src", "action", "formaction"} or name.startswith("data-")
            if leads and value and value.startswith(("/", "http")):
                self.found.add(value)


def test_under_a_prefix_no_address_forgets_it(serve: Callable[..., Served], monkeypatch: pytest.MonkeyPatch) -> None:
    make_archive()
    served = serve(URL_PREFIX="/referater", ALLOWED_HOSTS="referater.example")
    reader = _session(monkeypatch, "redaktør", "__Secure-chefforum-sessionid")
    forgetful: dict[str, set[str]] = {}
    for row in TABLE:
        if row.method != "get" or row.address.startswith(("/admin/", "/stil/")):  # the examples there lead nowhere
            continue
        for address in {quote(row.address, safe="/?=&-%+"), "/referater" + quote(row.address, safe="/?=&-%+")}:
            answer = served.get(address, **reader)
            assert answer.status < 500, address
            found = {answer.headers["Location"]} if answer.headers["Location"] else set()
            if answer.headers["Content-Type"].startswith("text/html"):
                found |= _Addresses(answer.body.decode()).found
            paths = {urlsplit(urljoin("https://referater.example/", each)) for each in found}
            outside = {each.path for each in paths if each.netloc == "referater.example"}
            outside = {path for path in outside if not path.startswith("/referater/")}
            if outside:
                forgetful[row.address] = outside
            for cookie in answer.headers.get_all("Set-Cookie") or ():
                assert "Path=/referater/" in cookie, cookie
    assert served.get("/referater/healthz").status == served.get("/healthz").status == 200
    assert served.get("/referaterne/", **reader).status == 404
    page = served.get("/", **reader).body.decode()
    [style, *_] = re.findall(r'href="(/referater/static/[^"]+\.css)"', page)
    assert served.get(style, **SECURE).status == served.get(style.removeprefix("/referater"), **SECURE).status == 200
    assert forgetful == {}


def test_a_worker_that_dies_is_replaced(serve: Callable[..., Served]) -> None:
    served = serve(WEB_WORKERS="1", LOG_LEVEL="INFO")
    assert served.get("/healthz").status == 200
    children = Path(f"/proc/{served.process.pid}/task/{served.process.pid}/children").read_text().split()
    [worker] = children
    os.kill(int(worker), signal.SIGKILL)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if served.get("/healthz").status == 200:
                break
        except OSError:
            time.sleep(0.1)
    else:
        raise AssertionError(served.log)
    assert served.stop() == 0
