"""One thing that was looked at, and what was found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, whether it is well, what was seen, and, if it is not well, what to do."""

    name: str
    well: bool
    seen: str
    cure: str = ""


def well(name: str, seen: str) -> Finding:
    """Nothing to do."""
    return Finding(name, True, seen)


def ill(name: str, seen: str, cure: str = "") -> Finding:
    """Something to mend; no cure of its own when what was seen says it already."""
    return Finding(name, False, seen, cure)
