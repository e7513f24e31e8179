"""A program that uses the private server, as any command of the project does: run by the tests as a process of its own.

    python program.py HOME LINGER [fork | spawn]

answers each line of standard input, which is SQL, with the first column of the first row, on a new connection. With
`fork`, a fork answers from the second line on, and the process that was started is gone; with `spawn`, every line is
answered by a spawned child.
"""

import multiprocessing
import os
import sys
from pathlib import Path


def answer(home: str, linger: str, sql: str) -> str:
    """Run `sql`; return what its first row begins with."""
    import django
    from django.conf import settings

    if not settings.configured:
        database = {"ENGINE": "chefforum.embedded", "NAME": "chefforum", "HOME": Path(home), "LINGER": float(linger)}
        settings.configure(DATABASES={"default": database})
        django.setup()
    from django.db import connection

    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return str(cursor.fetchone()[0]) if cursor.description else "done"
    finally:
        connection.close()


def main(home: str, linger: str, way: str = "") -> None:
    """Answer standard input until it ends."""
    for number, sql in enumerate(iter(sys.stdin.readline, "")):
        if way == "fork" and number == 1 and os.fork():
            os._exit(0)
        if way == "spawn":
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                said = pool.apply(answer, (home, linger, sql))
        else:
            said = answer(home, linger, sql)
        sys.stdout.write(said + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
