"""The administration: every row in Danish, found by words and never by its number, changed by the services of ingest.

What was read from a file is not typed anew here. An edit becomes a correction, from which the meeting's rows are made
again, so that whatever hangs on a value follows and the edit survives the next reading.
"""

from django.contrib import admin

from . import cases, closed_readings, failed_logins, history, items, meetings, parts, sources, users, words

__all__ = [
    "cases",
    "closed_readings",
    "failed_logins",
    "history",
    "items",
    "meetings",
    "parts",
    "sources",
    "users",
    "words",
]

admin.site.site_header = "Chefforums referater: administration"
admin.site.site_title = "Chefforums referater"
admin.site.index_title = "Administration"
admin.site.site_url = None  # the bar's own link has the archive's words
