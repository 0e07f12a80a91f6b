"""What the sample is drawn from: a seed, the day it ends at, and its size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

YEARS = 3
FULL: Mapping[str, int] = MappingProxyType(
    {
        "companies": 1400,
        "people": 3600,
        "products": 120,
        "orders": 4200,
        "activities": 6000,
        "tasks": 1500,
        "cases": 1100,
        "deals": 1200,
        "leads": 850,
        "campaigns": 30,
    }
)
FEWEST: Mapping[str, int] = MappingProxyType({"companies": 60, "people": 200, "products": 40, "campaigns": 4})


@dataclass(frozen=True, slots=True)
class Parameters:
    """The same parameters draw the same organisation. `size` 1 is 20,000 records and over 60,000 links."""

    until: date
    seed: int = 7
    size: float = 1.0

    @property
    def start(self) -> date:
        """The first day of the three years."""
        return self.until - timedelta(days=YEARS * 365)

    def count(self, what: str) -> int:
        """How many records of a sort are drawn at this size."""
        return max(FEWEST.get(what, 10), round(FULL[what] * self.size))
