"""One attribute that a pack and the model give differently."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.definitions.plain import when_to_plain
from models.errors import Problem
from models.metamodel import When

Path = tuple[str, ...]
_CURE = "Install with --keep to keep yours, or with --take to take the pack's."


@dataclass(frozen=True, slots=True)
class Conflict:
    """One attribute that the model has otherwise; `path` leads to it by names: types, Company, fields, name, labels."""

    path: Path
    present: Any
    wanted: Any

    @property
    def sentence(self) -> str:
        """What differs."""
        return f"{self._what} is {_short(self.present)} here, {_short(self.wanted)} in the pack"

    @property
    def _what(self) -> str:
        return ".".join(
            step for step in self.path[1:] if step not in {"fields", "source", "target"} or step == self.path[-1]
        )

    @property
    def problem(self) -> Problem:
        """The conflict as what keeps an install from going on."""
        return Problem("changed_here", f"{self.sentence}. {_CURE}", self.path, self.facts)

    @property
    def facts(self) -> Mapping[str, str]:
        """What the sentence speaks of."""
        return {"what": self._what, "here": _short(self.present), "there": _short(self.wanted)}


def _short(value: Any) -> str:
    text = str(_plain(value))
    return text if len(text) <= 60 else f"{text[:57]}…"


def _plain(value: Any) -> Any:
    if isinstance(value, When):
        return when_to_plain(value)
    if isinstance(value, Mapping):
        return {key: _plain(entry) for key, entry in value.items()}
    return [_plain(entry) for entry in value] if isinstance(value, tuple) else value
