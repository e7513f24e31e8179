"""Uploads over real connections: many at once, the same file twice at once, and one that is lost midway."""

from __future__ import annotations

import http.client
import json
import socket
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings as configured
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from minutes.ingest.upkeep import sweep
from minutes.models import SourceDocument, Upload
from minutes.models.roles import EDITOR
from tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)


def minutes_of(day: int) -> bytes:
    text = f"REFERAT Chefforum d. {day:02}-06-2017\n\nPunkt 1: CF - Budget\n\nBeslutning\n\nGodkendt.\n"
    return text.encode()


class Browser:
    """Somebody who sends files over connections of their own."""

    def __init__(self, site: str, person: User) -> None:
        self.host = urlsplit(site).netloc
        client = Client()
        client.force_login(person)
        client.get("/laeg-op/")
        self.token = client.cookies["csrftoken"].value
        session = client.cookies[configured.SESSION_COOKIE_NAME].value
        self.headers = {
            "Cookie": f"{configured.SESSION_COOKIE_NAME}={session}; csrftoken={self.token}",
            "Content-Type": "multipart/form-data; boundary=x",
            "Accept": "application/json",
            "Origin": site,
        }

    def body(self, content: bytes) -> bytes:
        fields = [
            ('name="csrfmiddlewaretoken"', self.token.encode()),
            ('name="filer"; filename="a.txt"', content),
            ('name="slut"', b"ja"),
        ]
        parts = [b"--x\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n" % (n.encode(), v) for n, v in fields]
        return b"".join(parts) + b"--x--\r\n"

    def send(self, content: bytes) -> tuple[int, str]:
        """The status, and the state of the one file."""
        connection = http.client.HTTPConnection(self.host, timeout=120)
        connection.request("POST", "/laeg-op/", self.body(content), self.headers)
        response = connection.getresponse()
        answer = json.loads(response.read())["filer"][0]
        connection.close()
        return response.status, answer["state"]


def all_at_once(browsers: Sequence[Browser], contents: Sequence[bytes]) -> list[tuple[int, str]]:
    with ThreadPoolExecutor(len(contents)) as pool:
        return list(pool.map(lambda pair: pair[0].send(pair[1]), zip(browsers, contents, strict=True)))


def test_ten_at_once_all_become_drafts(live_server) -> None:
    browsers = [Browser(live_server.url, make_user(EDITOR)) for _ in range(10)]
    answers = all_at_once(browsers, [minutes_of(day) for day in range(1, 11)])

    assert answers == [(200, "klar")] * 10
    assert SourceDocument.objects.drafts().count() == 10
    assert sweep(delete=False) == []


def test_the_same_file_in_two_browsers_at_once_is_one_draft(live_server) -> None:
    person = make_user(EDITOR)
    browsers = [Browser(live_server.url, person), Browser(live_server.url, make_user(EDITOR))] * 2
    answers = all_at_once(browsers, [minutes_of(1)] * 4)

    assert Counter(answers) == {(200, "klar"): 1, (200, "kendt"): 3}
    assert SourceDocument.objects.drafts().count() == 1
    assert sweep(delete=False) == []


def test_no_more_than_the_limit_comes_through_at_once(live_server, settings: Settings) -> None:
    settings.UPLOADS_PER_HOUR = 3
    browser = Browser(live_server.url, make_user(EDITOR))
    answers = all_at_once([browser] * 8, [minutes_of(day) for day in range(1, 9)])

    assert Counter(answers) == {(200, "klar"): 3, (429, "fejl"): 5}
    assert SourceDocument.objects.count() == Upload.objects.count() == 3


@pytest.mark.parametrize("share", [0.02, 0.5, 0.999])
def test_a_connection_lost_midway_leaves_nothing(live_server, settings: Settings, tmp_path: Path, share: float) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "uploads"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()
    browser = Browser(live_server.url, make_user(EDITOR))
    body = browser.body(minutes_of(1) + b" \n" * 300_000)
    host, port = browser.host.split(":")
    with socket.create_connection((host, int(port))) as line:
        head = "".join(f"{name}: {value}\r\n" for name, value in browser.headers.items())
        line.sendall(f"POST /laeg-op/ HTTP/1.1\r\nHost: {browser.host}\r\n{head}".encode())
        line.sendall(f"Content-Length: {len(body)}\r\n\r\n".encode() + body[: int(len(body) * share)])
        time.sleep(0.2)

    assert browser.send(minutes_of(2)) == (200, "klar")  # the server is well
    time.sleep(0.3)
    assert SourceDocument.objects.count() == Upload.objects.count() == 1
    assert list(settings.FILE_UPLOAD_TEMP_DIR.iterdir()) == []
    assert sweep(delete=False) == []
