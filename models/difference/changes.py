"""A change of the model: what it is called, what it does to the data, and what must be counted first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from enum import StrEnum
from typing import Any

from models.errors import filled

Path = tuple[str | int, ...]


class Effect(StrEnum):
    """What a change does to records and links that are there: nothing, writes values into them, or loses something."""

    SAFE = "safe"
    FILLS = "fills"
    DESTROYS = "destroys"


@dataclass(frozen=True, slots=True)
class Question:
    """Something to count in the database: the fixed statement `count_<what>`, and whether it counts links or records."""

    what: str
    parameters: Mapping[str, Any]
    of_links: bool = False


@dataclass(frozen=True, slots=True)
class ModelChange:
    """One change: its effect, where it is, a sentence for people, and what it touches.

    Where `obstacle` counts anything, the change is refused with `cure`. Sentence and cure are filled with the facts, as
    `models.errors.told` has them.
    """

    code: str
    effect: Effect
    path: Path
    sentence: str
    touches: tuple[Question, ...] = ()
    obstacle: Question | None = None
    cure: str = ""
    facts: Mapping[str, Any] = attribute(default_factory=dict, hash=False)


def model_change(
    code: str,
    path: Path,
    sentence: str,
    effect: Effect = Effect.SAFE,
    touches: tuple[Question, ...] = (),
    obstacle: Question | None = None,
    cure: str = "",
    **facts: Any,
) -> ModelChange:
    """A change whose sentence and cure are filled with its facts."""
    return ModelChange(code, effect, path, filled(sentence, facts), touches, obstacle, filled(cure, facts), facts)
