"""What an example is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Example:
    """A state of a component, in words, and what the component is given. `is_fact` tells that it is one of a list of
    facts, and means nothing outside one."""

    state: str
    context: dict[str, Any] = field(default_factory=dict)
    is_fact: bool = False
