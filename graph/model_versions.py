"""The versions the model has had: who made each, when and why, what changed, and what it broke for clients."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import orjson

from cypher import weave
from graph.session import Database
from models.actor import Actor
from models.api_breaks import ApiBreak

NEWEST = 2**62


@dataclass(frozen=True, slots=True)
class PublishedVersion:
    """One version of the model, as it was published."""

    version: int
    at: datetime
    by: str
    reason: str
    summary: tuple[str, ...]
    breaks: tuple[ApiBreak, ...]


async def published(
    database: Database, actor: Actor, *, most: int, before: int | None = None
) -> list[PublishedVersion]:
    """The newest versions, the newest first, below one where it is given. Raises NotSignedIn."""
    parameters = {"before": NEWEST if before is None else before, "most": most}
    rows = await database.rows(weave.fixed("model_versions", actor), parameters)
    return [
        PublishedVersion(number, at.to_native(), by, reason or "", tuple(summary or ()), _breaks(breaks))
        for number, at, by, reason, summary, breaks in rows
    ]


def _breaks(text: str | None) -> tuple[ApiBreak, ...]:
    return tuple(ApiBreak(**each) for each in orjson.loads(text)) if text else ()
