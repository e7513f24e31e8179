"""Private servers for the tests."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.embedded.private import Private


@pytest.fixture
def private(tmp_path: Path) -> Iterator[Private]:
    """A server that was never started, and of which nothing is left after the test."""
    with contextlib.closing(Private(tmp_path / "postgres")) as server:
        yield server


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Private]:
    """A server for the tests that only look at it, with one program that uses it."""
    with contextlib.closing(Private(tmp_path_factory.mktemp("running") / "postgres")) as server:
        server.program().ask("SELECT 1")
        yield server
