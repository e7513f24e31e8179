"""Made-up contents for the style guide: every component of templates/components/, in each of its states.

A module of this package has EXAMPLES, from the name of a component to its examples. Add one where it fits best; the
style guide finds the modules by itself. Nothing here is read from the database or written to it.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping

from .example import Example

__all__ = ["Example", "all_examples"]


def all_examples() -> Mapping[str, list[Example]]:
    """Component → its examples, from every module of this package."""
    found: dict[str, list[Example]] = {}
    for module in pkgutil.iter_modules(__path__):
        found |= getattr(importlib.import_module(f"{__name__}.{module.name}"), "EXAMPLES", {})
    return found
