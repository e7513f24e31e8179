#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys


def main() -> None:
    """Run the command named in sys.argv."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chefforum.settings")
    os.environ["PGAPPNAME"] = " ".join(["manage.py", *sys.argv[1:2]])[:63]  # which the log of changes tells
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
