"""The links around records as they were at a reading of both clocks: a statement for each layer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cypher import weave
from cypher.compile import surroundings as compiled
from graph.session import Database
from graph.views import plain
from models.actor import Actor
from models.metamodel import Metamodel

STATEMENT_S = 30.0


@dataclass(frozen=True, slots=True)
class Walked:
    """A link, from the record that was asked about to the one at its other end; `away` where it leads there."""

    near: str
    far: str
    far_type: str
    relation: str
    away: bool


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What can be walked from records by some relations at a `reading` (`cypher.clock.reading`), under an actor's rights.

    Types are those of the model; what is left of others is passed over. Raises TimedOut and Unavailable.
    """

    database: Database
    actor: Actor
    model: Metamodel
    relations: tuple[str, ...]
    reading: Mapping[str, datetime]

    async def states(self, ids: Sequence[str]) -> list[tuple[list[str], Mapping[str, Any]]]:
        """The labels and properties of those of some records that are seen then."""
        query = weave.read(compiled.states(tuple(self.model.types)), self.actor)
        labels, properties = await self.database.read(query, self._given(ids), timeout_s=STATEMENT_S)
        return list(zip(labels, map(plain, properties), strict=True))

    async def seen(self, ids: Sequence[str]) -> dict[str, str]:
        """Those of some records that are seen then, with their types."""
        states = await self.states(ids)
        return {state["id"]: type_ for labels, state in states if (type_ := self._type(labels))}

    async def layer(self, ids: Sequence[str]) -> list[Walked]:
        """All links that touch some records, in no order; a link between two of them from both sides."""
        if not self.relations:
            return []
        query = weave.read(compiled.layer(tuple(self.model.types), self.relations), self.actor)
        columns = await self.database.read(query, self._given(ids), timeout_s=STATEMENT_S)
        return list(self._walked(columns))

    def _walked(self, columns: Sequence[Sequence[str]]) -> Iterator[Walked]:
        for near, far, labels, relation, away in zip(*columns, strict=True):
            if type_ := self._type(labels):
                yield Walked(near, far, type_, relation, bool(away))

    def _type(self, labels: Sequence[str]) -> str:
        return next((label for label in labels if label in self.model.types), "")

    def _given(self, ids: Sequence[str]) -> dict[str, object]:
        return {compiled.IDS: list(ids), compiled.READING: self.reading}
