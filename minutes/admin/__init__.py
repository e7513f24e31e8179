"""The administration: every row in Danish, found by words and never by its number, changed by the services of ingest.

What was read from a file is not typed anew here. An edit becomes a correction, from which the meeting's rows are made
again, so that whatever hangs on a value follows and the edit survives the next reading.
"""

from . import cases, items, meetings, parts, sources, users, words

__all__ = ["cases", "items", "meetings", "parts", "sources", "users", "words"]
