"""The versions the model has had: who made each, when and why, what changed, and what it broke for clients."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from cypher import weave
from graph.session import Database
from models.actor import Actor
from models.api_breaks import ApiBreak
from models.difference import Effect

NEWEST = 2**62


@dataclass(frozen=True, slots=True)
class PublishedChange:
    """One change that a version brought: its sentence with the facts that fill it, and what it touched."""

    code: str
    effect: Effect
    sentence: str
    path: Sequence[str | int]
    facts: Mapping[str, Any]
    records: int
    links: int


@dataclass(frozen=True, slots=True)
class PublishedVersion:
    """One version of the model, as it was published; older ones have their summary alone, without `changes`."""

    version: int
    at: datetime
    by: str
    reason: str
    summary: tuple[str, ...]
    changes: tuple[PublishedChange, ...]
    breaks: tuple[ApiBreak, ...]


async def published(
    database: Database, actor: Actor, *, most: int, before: int | None = None
) -> list[PublishedVersion]:
    """The newest versions, the newest first, below one where it is given. Raises NotSignedIn."""
    parameters = {"before": NEWEST if before is None else before, "most": most}
    rows = await database.rows(weave.fixed("model_versions", actor), parameters)
    return [
        PublishedVersion(
            number, at.to_native(), by, reason or "", tuple(summary or ()), _changes(changes), _breaks(breaks)
        )
        for number, at, by, reason, summary, changes, breaks in rows
    ]


def _changes(text: str | None) -> tuple[PublishedChange, ...]:
    return tuple(PublishedChange(**each) for each in orjson.loads(text)) if text else ()


def _breaks(text: str | None) -> tuple[ApiBreak, ...]:
    return tuple(ApiBreak(**each) for each in orjson.loads(text)) if text else ()
