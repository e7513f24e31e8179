"""The archive as an app of Django's."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MinutesConfig(AppConfig):
    """Meetings, items and cases, read from the files that hold the minutes."""

    name = "minutes"
    verbose_name = "Referater"

    def ready(self) -> None:
        """The roles are made after every `migrate`, and a new archive gets its first synonyms."""
        from . import checks  # noqa: F401 - they register themselves
        from .models.roles import ensure_roles
        from .search.synonyms import ensure_start_list
        from .views import sessions  # noqa: F401 - counts from the login

        post_migrate.connect(ensure_roles, sender=self)
        post_migrate.connect(ensure_start_list, sender=self)
