"""Commands in processes of their own, on the database and the originals of the test."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection


@pytest.fixture
def start(transactional_db, settings) -> Callable[..., subprocess.Popen[str]]:
    """Start a management command in another process: `start("ingest", path, kill=…)`."""

    def start(*command: object, kill: str | None = None) -> subprocess.Popen[str]:
        order = {
            "database": connection.settings_dict["NAME"],
            "archive": str(settings.ARCHIVE_ROOT),
            "command": [str(word) for word in command],
            "kill": kill,
        }
        return subprocess.Popen(
            [sys.executable, "-m", "tests.ingest.other_process", json.dumps(order)],
            cwd=Path(__file__).parents[2],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return start
