"""Change sets and change rows as the parameters of a write hold them: who, when, why, and what was before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.actor import Actor
from models.ids import new_id


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Everything one unit of work changes: one per transaction."""

    id: str
    at: datetime
    actor: Actor
    reason: str
    origin: str
    model_version: int
    key: str | None = None
    fingerprint: str = ""

    def properties(self, answer: tuple[str, ...]) -> dict[str, Any]:
        """The node's properties but for its moment; with an idempotency key, also what a replay must know."""
        facts: dict[str, Any] = {
            "id": self.id,
            "actor": self.actor.id,
            "actorKind": self.actor.kind.value,
            "reason": self.reason or None,
            "origin": self.origin,
            "modelVersion": self.model_version,
        }
        if self.key is not None:
            facts |= {"idempotencyKey": self.key, "fingerprint": self.fingerprint, "answer": list(answer)}
        return facts

    def of_record(self, record: str, op: str, after: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The part of a record's change row that is its own; its type, set and moment are added in the database."""
        return _row(op, after) | {"record": record}

    def of_link(self, link: str, op: str, after: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The same of a link; its ends are added in the database too."""
        return _row(op, after) | {"link": link}


def _row(op: str, after: Mapping[str, Any] | None) -> dict[str, Any]:
    return {"id": new_id(), "op": op, **{f"after.{key}": value for key, value in (after or {}).items()}}
