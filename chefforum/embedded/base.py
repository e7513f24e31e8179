"""What Django sees: its own PostgreSQL backend, but connecting starts the server.

Settings: ENGINE "chefforum.embedded", NAME "chefforum", HOME the directory of the server's files, and LINGER, if
wanted, the seconds that it outlives its last user.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.backends.postgresql import base, client

from .binaries import installation
from .postgres import DATABASE
from .server import LINGER, PORT, Server, server_at


def _server(settings: dict[str, Any]) -> Server:
    return server_at(settings["HOME"], settings.get("LINGER", LINGER))


def _at(settings: dict[str, Any], directory: str) -> dict[str, Any]:
    return {**settings, "USER": DATABASE, "HOST": directory, "PORT": str(PORT)}


class DatabaseClient(client.DatabaseClient):
    """`manage.py dbshell`, with the psql that belongs to the server."""

    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict[str, Any], parameters: Iterable[str]
    ) -> tuple[list[str], dict[str, str] | None]:
        """The command line that opens a shell on this database."""
        settings = _at(settings_dict, _server(settings_dict).socket_directory())
        arguments, environment = super().settings_to_cmd_args_env(settings, parameters)
        return [str(installation() / "bin/psql"), *arguments[1:]], environment


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to the private server."""

    client_class = DatabaseClient

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; start the server if it does not run, or runs no longer. Raises ServerNotStarted."""
        server = _server(self.settings_dict)
        where = {"user": DATABASE, "port": PORT}
        try:
            return super().get_new_connection({**conn_params, **where, "host": server.socket_directory()})
        except self.Database.OperationalError:
            return super().get_new_connection({**conn_params, **where, "host": server.ensure()})
