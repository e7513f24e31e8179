"""How gunicorn serves the archive: `python -m gunicorn --config python:chefforum.gunicorn`. What differs from place to
place comes from the settings; anything else can be said on gunicorn's command line, which goes before this.
"""

import os
from pathlib import Path

from django.conf import settings
from gunicorn.glogging import Logger

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chefforum.settings")

wsgi_app = "chefforum.wsgi:application"
bind = "127.0.0.1:8000"

# Processes, and threads in each. A thread that waits for the database or for a file being read holds up nobody; more
# than a few only wait for each other.
workers = settings.WEB_WORKERS
worker_class = "gthread"
threads = settings.WEB_THREADS
preload_app = True  # the analyser's words lie in memory once
max_requests, max_requests_jitter = 20_000, 2_000  # what leaks comes to an end
timeout = 30  # of a worker that gives no sign; a request may take longer
graceful_timeout = int(settings.READ_LIMITS.seconds) + 10  # a file that is being read is read to its end
keepalive = 75  # longer than proxies hold an idle connection, so that none sends into one that is closing

# Where workers give their signs: in memory, because a disk that is busy would have them taken for dead.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
control_socket_disable = True

limit_request_line = 8_190  # a search of a thousand characters, each å of them six in an address

# Whether a request came by https, and under which prefix, is for the settings alone: no header of a client's decides.
secure_scheme_headers: dict[str, str] = {}
forwarder_headers = ""


class _Log(Logger):
    """Requests are logged where the settings say so, and by the same rules as everything else."""

    def _compute_access_log_enabled(self) -> bool:
        return bool(settings.LOG_REQUESTS)


logger_class = _Log
logconfig_dict = settings.LOGGING
access_log_format = "%(m)s %(U)s %(s)s %(B)s bytes %(M)s ms"


def worker_exit(server: object, worker: object) -> None:
    """Close the connections of a worker that ends; their keepers would otherwise be waited for, one after the other."""
    from django.db import connection  # not before the application is loaded

    if getattr(connection, "pool", None):
        connection.close_pool()
