"""A browser in front of the running site: the system's own Chromium, driven by Playwright.

One Chromium serves all tests; each gets a `visitor` at a window of its own, without cookies or memory of another's, who
is logged in already (only tests of logging in go by the form). A new test:

    pytestmark = pytest.mark.xdist_group("browser")

    def test_what_somebody_does(visitor: Visitor) -> None:
        make_meeting("2018-03-01", [make_item(1, "Plan")])  # rows may be made and asked for before, between and after
        page = visitor.open("/moeder/2018-03-01/", 390)
        ...

The visitor finds the meetings of `tests.archive`; `make_archive` before anything else costs milliseconds, on top of
other meetings a second. A page costs more than what is asked of it: load it once, and look at it in every width and
scheme (`page.set_viewport_size`, `page.emulate_media`). That a page is good for everybody need not be tested anew: it
is as soon as it has a row in `tests.addresses` (`test_every_page_in_browser`). Another kind of browser:
`conditions.at_a_browser`. Never sleep: `expect` waits.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright

from tests.archive import make_archive, make_person

# Nothing of the browser's own goes out, and it starts as root too, as in containers.
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class Chromium(NamedTuple):
    """The browser, and the loop that Playwright drives it by."""

    browser: Browser
    loop: asyncio.AbstractEventLoop


class Visitor:
    """Somebody at a browser. `console` and `requests` are what the pages opened so far have said and asked for."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.site = site
        self.console: list[str] = []
        self.requests: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.console.append(str(error)))
        self.page.on("request", self._note)

    def become(self, role: str) -> None:
        """Log in as somebody of `archive.ROLES`."""
        client = Client()
        client.force_login(make_person(role))
        name = settings.SESSION_COOKIE_NAME
        self.page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.site}])

    def open(self, address: str, width: int = 1280) -> Page:
        """Show the page at `address` in a window of that width."""
        self.page.set_viewport_size({"width": width, "height": 800})
        self.page.goto(f"{self.site}{address}")
        return self.page

    def _hear(self, message: ConsoleMessage) -> None:
        meant = ("the server responded with a status of", "Clear-Site-Data header on")  # errors' pages, and logging out
        if not any(words in message.text for words in meant):
            self.console.append(message.text)

    def _note(self, request: Request) -> None:
        self.requests.append(request.url)

    def foreign_hosts(self) -> set[str]:
        """The hosts other than the site's own that were asked for anything."""
        return {urlsplit(url).netloc for url in self.requests} - {urlsplit(self.site).netloc}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """One Chromium for all tests of this process: starting one takes longer than most of them."""
    path = _path_of_chromium()
    expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong
    playwright = sync_playwright().start()
    loop = asyncio.get_running_loop()
    started = Chromium(playwright.chromium.launch(executable_path=path, args=FLAGS), loop)
    asyncio._set_running_loop(None)
    yield started
    asyncio._set_running_loop(loop)
    started.browser.close()
    playwright.stop()
    asyncio._set_running_loop(None)


@pytest.fixture
def visitor(chromium: Chromium, live_server, transactional_db, monkeypatch: pytest.MonkeyPatch) -> Iterator[Visitor]:
    """A superuser, who sees all that pages can show. What must hold on every page is checked when the test is over."""
    make_archive()
    # Playwright has a loop running in this thread, though nothing here is asynchronous: Django must let rows be asked
    # for beside it, and the tests that come after know nothing of it.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    asyncio._set_running_loop(chromium.loop)
    try:
        context = chromium.browser.new_context(locale="da-DK")
        visitor = Visitor(context, live_server.url)
        visitor.become("superbruger")
        yield visitor
        context.close()
    finally:
        asyncio._set_running_loop(None)
    assert visitor.console == []  # among others, whatever the Content-Security-Policy has kept from loading
    assert visitor.foreign_hosts() == set()


def _path_of_chromium() -> str:
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found and Path(found).exists():
        return found
    message = "No Chromium found: install it (Debian: apt install chromium), or name it in CHROMIUM."
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)
