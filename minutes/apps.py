"""The archive as an app of Django's."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MinutesConfig(AppConfig):
    """Meetings, items and cases, read from the files that hold the minutes."""

    name = "minutes"
    verbose_name = "Referater"

    def ready(self) -> None:
        """The roles are made after every `migrate`."""
        from .models.roles import ensure_roles

        post_migrate.connect(ensure_roles, sender=self)
