"""A file by its path, read within the limits: what cannot be opened is the person's to mend, and is said in Danish."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from minutes.parsing.errors import Unopenable
from minutes.parsing.limits import Limits
from minutes.parsing.readers import too_large


def read_path(path: Path, limits: Limits) -> bytes:
    """The bytes of the file at `path`, of which no more is read than the limit allows.

    Raises Unopenable, also for folders, pipes and devices, which are never waited for, and TooLarge.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise Unopenable("Det er ikke en fil.")
            if status.st_size > limits.max_file_bytes:
                raise too_large(status.st_size, limits)
            content = file.read(limits.max_file_bytes + 1)
    except FileNotFoundError:
        raise Unopenable("Filen findes ikke.") from None
    except IsADirectoryError:
        raise Unopenable("Det er en mappe, ikke en fil.") from None
    except PermissionError:
        raise Unopenable("Filen må ikke læses af den konto, som programmet kører under.") from None
    except OSError:
        raise Unopenable("Filen kan ikke læses fra disken.") from None
    if len(content) > limits.max_file_bytes:
        raise too_large(len(content), limits)
    return content
