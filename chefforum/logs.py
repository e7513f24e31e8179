"""How a line of the log looks: for people, or as JSON for what collects logs.

No line holds what a person wrote or who it was. Texts of faults quote values ("Key (username)=(…) already exists"), so
of a fault its kind and its places are told; addresses stand without their query, and without the reader's own.
"""

from __future__ import annotations

import datetime
import json
import logging
import re
import traceback
from typing import Any

_QUERY = re.compile(r"\?[^\s'\"]+")
_UNREADABLE = re.compile(r"\bip=\S+: ([^'\"]*).*", re.DOTALL)  # gunicorn's words for a request it cannot read
_REQUEST = {"method": "m", "path": "U", "status": "s", "bytes": "B", "milliseconds": "M"}  # gunicorn's letters


def places(fault: BaseException) -> list[str]:
    """What happened and where, innermost last; a fault that led to it comes before it."""
    cause = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    told = places(cause) if cause else []
    frames = traceback.extract_tb(fault.__traceback__)
    return [*told, *(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames), kind_of(fault)]


def kind_of(fault: BaseException) -> str:
    """The kind of a fault, and what is known of it that is nobody's text: a code of the system or the database."""
    code = getattr(fault, "sqlstate", None) or (fault.strerror if isinstance(fault, OSError) else None)
    name = f"{type(fault).__module__}.{type(fault).__qualname__}".removeprefix("builtins.")
    return f"{name} ({code})" if code else name


def words(record: logging.LogRecord) -> str:
    """The message, without queries and readers' addresses."""
    return _UNREADABLE.sub(r"somebody: \1", _QUERY.sub("", record.getMessage()))


class LineFormatter(logging.Formatter):
    """A line for people: when, how grave, where from, what. A fault takes more lines."""

    def format(self, record: logging.LogRecord) -> str:
        line = f"{self.formatTime(record)} {record.levelname} {record.name}: {words(record)}"
        fault = record.exc_info[1] if record.exc_info else None
        return "\n  ".join([line, *(places(fault) if fault else [])])


class JsonFormatter(logging.Formatter):
    """One object a line: time, level, logger, message; status of an answer, facts of a request, places of a fault."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "time": datetime.datetime.fromtimestamp(record.created, datetime.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": words(record),
        }
        if record.name == "gunicorn.access" and isinstance(record.args, dict):
            told |= {name: record.args[letter] for name, letter in _REQUEST.items()}
        elif status := getattr(record, "status_code", None):
            told["status"] = status
        if record.exc_info and record.exc_info[1]:
            told["exception"] = kind_of(record.exc_info[1])
            told["places"] = places(record.exc_info[1])
        return json.dumps(told, ensure_ascii=False, default=str)
