"""What an example is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Example:
    """A state of a component, in words, and what the component is given. `wrap` is the element and class in which it
    stands on pages, where it needs one."""

    state: str
    context: dict[str, Any] = field(default_factory=dict)
    wrap: str = ""
