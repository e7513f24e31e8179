"""The archive as an app of Django's."""

from django.apps import AppConfig


class MinutesConfig(AppConfig):
    """Meetings, items and cases, read from the files that hold the minutes."""

    name = "minutes"
    verbose_name = "Referater"
