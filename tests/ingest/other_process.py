"""A management command in a process of its own, against a test's database; it may kill itself at a given moment.

`python -m tests.ingest.other_process '{"database": NAME, "archive": FOLDER, "command": […], "kill": …}'`

`kill` is null, "rename" (the file is written under its draft name), "commit" (right after it), or a piece of SQL
(right after the first statement that begins with it).
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _die_at_rename(event: str, args: tuple[Any, ...]) -> None:
    if event == "os.rename":
        _die()


def _die_after(statement: str) -> Callable[..., Any]:
    def wrapper(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if statement == "commit" and "INSERT INTO" in sql:
            transaction.on_commit(_die)
        result = execute(sql, params, many, context)
        if sql.startswith(statement):
            _die()
        return result

    return wrapper


def main(database: str, archive: str, command: list[str], kill: str | None) -> None:
    """Run the command; the exit code is its own."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chefforum.settings")
    django.setup()
    connections.databases["default"]["NAME"] = database
    settings.ARCHIVE_ROOT = archive
    if kill == "rename":
        sys.addaudithook(_die_at_rename)
    elif kill:
        with connection.execute_wrapper(_die_after(kill)):
            call_command(*command)
    call_command(*command)


if __name__ == "__main__":
    main(**json.loads(sys.argv[1]))
