"""The outbox: one entry for each change set, written in its transaction, so that nothing committed goes unnoticed."""

from __future__ import annotations

from typing import Any

from graph.changes import ChangeSet
from models.ids import new_id

CHANGED = "records.changed"


def entry(changes: ChangeSet, topic: str = CHANGED) -> dict[str, Any]:
    """The properties of the entry for a change set but for its moment; what changed stands in the set's change rows."""
    return {"id": new_id(), "set": changes.id, "topic": topic}
