"""Every page that there is, and the same visitor at a browser that is set up otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.addresses import CLOSED, PAGES, TABLE
from tests.browser.conftest import Visitor

CLOSED_PAGES = tuple(
    row.address
    for row in TABLE
    if (row.by_default, row.open_to_all) == CLOSED and row.method == "get" and "original" not in row.address
)
EVERY_PAGE = (*PAGES, *CLOSED_PAGES, "/log-ind/", "/moeder/2017-06-15/")  # where nothing is, the page says so


@contextmanager
def at_a_browser(visitor: Visitor, **options: Any) -> Iterator[Visitor]:
    """`options` are those of Playwright's `new_context`. What must hold on every page is checked at the end."""
    browser = visitor.page.context.browser
    assert browser is not None
    context = browser.new_context(locale="da-DK", storage_state=visitor.page.context.storage_state(), **options)
    other = Visitor(context, visitor.site)
    yield other
    context.close()
    assert other.console == []
    assert other.foreign_hosts() == set()
