"""What a unit of work is asked to read back, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cypher.compile.reads import Compiled


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What to read of the records when all is written; `ids_slot` is the parameter that takes their ids."""

    compiled: Compiled
    parameters: Mapping[str, Any]
    ids_slot: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a unit of work did. `ids` answer the caller's `answer`; `row` is that of the read-back.

    `counts` tells how many records were created, updated, deleted, restored and erased, how many links were linked,
    relinked, ended and unlinked, and how many of either were unchanged; what did not happen is left out.
    """

    change_set: str
    ids: tuple[str, ...]
    row: list[Any] | None
    replayed: bool
    counts: Mapping[str, int]

    @property
    def changed(self) -> bool:
        """Whether anything is another than before, so that the history knows the change set."""
        return any(number for what, number in self.counts.items() if what != "unchanged")
