"""Events small enough to be read, for the worked examples of engines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analytics.events import Events
from models.profiles import Role, Signal

ORDERS = Signal("orders", ("orders",), "Order", Role.BUSINESS, value="amount")


def bought(days: Mapping[int, Sequence[float]], values: Mapping[int, Sequence[float]] | None = None) -> Events:
    """Orders of each subject (its number) on days since 1970, with their values where they are given."""
    rows = [
        (subject, 1000 + place, float(day), float(values[subject][place]) if values else float("nan"), 1.0, 1, 0)
        for subject, when in days.items()
        for place, day in enumerate(when)
    ]
    return Events.from_rows((ORDERS,), rows, "EUR" if values else "")
