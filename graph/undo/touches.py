"""What happened to one record or link since what is to be undone began, and what of it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from graph.history import AFTER, BEFORE, ChangeActor


class Standing(StrEnum):
    """Where a record or link is now."""

    LIVING = "living"  # in the graph
    PAST = "past"  # a link that has ended
    GONE = "gone"  # a record in the trash, a link that was taken out
    LOST = "lost"  # a record that is nowhere any more


@dataclass(frozen=True, slots=True)
class Touch:
    """A change, who made it, and whether it is to be undone."""

    change: Mapping[str, Any]
    actor: ChangeActor
    mine: bool

    @property
    def op(self) -> str:
        """What was done."""
        return str(self.change["op"])

    @property
    def at(self) -> datetime:
        """When it was done."""
        at: datetime = self.change["at"]
        return at

    def touches(self, key: str) -> bool:
        """Whether a property was given, taken or replaced."""
        return f"{BEFORE}{key}" in self.change or f"{AFTER}{key}" in self.change

    def before(self, key: str) -> Any:
        """What a property was; None where there was none."""
        return self.change.get(f"{BEFORE}{key}")

    def after(self, key: str) -> Any:
        """What a property was from then on."""
        return self.change.get(f"{AFTER}{key}")


@dataclass(frozen=True, slots=True)
class Present:
    """A record or link as it is now; of one in the trash or past, as it was last.

    `waiting` tells of a link that comes back with the records at its ends.
    """

    standing: Standing
    properties: Mapping[str, Any]
    waiting: bool = False

    @property
    def version(self) -> int | None:
        """The version that a command on it expects."""
        return self.properties.get("version")


@dataclass(frozen=True, slots=True)
class Run:
    """The last changes in a row that are to be undone, and those that others made after them."""

    changes: Sequence[Touch]
    later: Sequence[Touch]

    def __bool__(self) -> bool:
        return bool(self.changes)


def run_of(touches: Iterable[Touch], counts: Callable[[Touch], bool]) -> Run:
    """The run among the touches that count. What stood before an earlier run was replaced by others since, and stays so."""
    changes: list[Touch] = []
    later: list[Touch] = []
    for touch in filter(counts, touches):
        if not touch.mine:
            later += [touch] if changes else []
        elif later:
            changes, later = [touch], []
        else:
            changes.append(touch)
    return Run(changes, later)
