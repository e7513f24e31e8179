"""The application that a WSGI server such as gunicorn runs."""

import os

from django.core.wsgi import get_wsgi_application

from minutes.search import analysis, sieve

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chefforum.settings")
application = get_wsgi_application()

# Now rather than at somebody's first search; a server that loads the application before it forks (gunicorn's
# preload_app) has it in memory once for all its workers.
analysis.warm_up()
sieve.warm_up()
