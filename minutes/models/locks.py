"""One writer at a time.

Storing minutes touches rows of other meetings (references that wait for this one, cases, samlesager). Reading a file
takes a child process and time, storing it some hundredths of a second; so files are read side by side and stored one
after another, whichever process or command they come from, and no two writers can miss or block each other. Indexing
anew takes turns with them, so that no word is counted twice. It is also what `sweep` needs to tell a file that has no
row from one that has none yet. Readers of the archive are not held up.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

ARCHIVE = 0x63_68_65_66_61_72_6B  # "chefark": advisory locks are numbers


@contextmanager
def archive_lock() -> Iterator[None]:
    """A transaction that is the archive's only writer. The lock ends with it, also when the process is killed."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ARCHIVE])
        yield


def leave_dead_connection() -> None:
    """After a fault of the database: the next query connects anew. Inside a transaction nothing can be done."""
    if connection.connection is not None and not connection.in_atomic_block and not connection.is_usable():
        connection.close()
