"""The Django project: settings, addresses, and the database that comes with a clone."""
