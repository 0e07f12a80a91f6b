"""The rooms of the house, and whether what Python imports under their names is ours.

Rooms are top-level packages with plain names; another distribution in the same environment could stand in front of one.
"""

from __future__ import annotations

from importlib.metadata import packages_distributions
from importlib.util import find_spec
from pathlib import Path

DISTRIBUTION = "xrm"
ROOMS = ("models", "cypher", "graph", "analytics", "exchange", "packs", "gql", "xrm", "bench")


def strangers() -> dict[str, str]:
    """Rooms that are not ours, each with who stands in its place; {} when all is well."""
    house = Path(__file__).resolve().parent.parent
    owners = packages_distributions()
    found = {}
    for room in ROOMS:
        others = sorted(set(owners.get(room, ())) - {DISTRIBUTION})
        if others:
            found[room] = f"the distribution {others[0]}"
        elif (place := _place(room)) != house / room:
            found[room] = str(place or "nobody")
    return found


def _place(room: str) -> Path | None:
    spec = find_spec(room)
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).resolve().parent
