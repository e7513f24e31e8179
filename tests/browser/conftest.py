"""A browser in front of the running site: the system's own Chromium, driven by Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright

from tests.archive import make_archive, make_person

# Nothing of the browser's own goes out, and it starts as root too, as in containers.
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


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


@pytest.fixture
def visitor(live_server, transactional_db) -> Iterator[Visitor]:
    """A superuser, who sees all that pages can show. What must hold on every page is checked when the test is over."""
    chromium = _chromium()
    expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong
    make_archive()
    client = Client()
    client.force_login(make_person("superbruger"))
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        context = browser.new_context(locale="da-DK")
        context.add_cookies([cookie])
        visitor = Visitor(context, live_server.url)
        yield visitor
        browser.close()
    assert visitor.console == []  # among others, whatever the Content-Security-Policy has kept from loading
    assert visitor.foreign_hosts() == set()


def _chromium() -> str:
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found and Path(found).exists():
        return found
    message = "No Chromium found: install it (Debian: apt install chromium), or name it in CHROMIUM."
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)
