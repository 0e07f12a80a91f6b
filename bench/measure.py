"""Measuring in turn: every contestant in every round, the order turned round each time; ratios of medians."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figures:
    """What one contestant reached: its median and how far the middle half of its rounds spread."""

    median: float
    low: float
    high: float


def in_turn(contestants: Mapping[str, Callable[[int], float]], *, rounds: int) -> dict[str, Figures]:
    """The figures of each contestant over so many rounds; a contestant is handed the round's number.

    One uncounted round comes first, so that plans and caches are warm on every side.
    """
    names = list(contestants)
    for name in names:
        contestants[name](-1)
    taken: dict[str, list[float]] = {name: [] for name in names}
    for number in range(rounds):
        for name in names if number % 2 == 0 else reversed(names):
            taken[name].append(contestants[name](number))
    return {name: figures(values) for name, values in taken.items()}


def figures(values: Sequence[float]) -> Figures:
    """The median and the quartiles of some measurements."""
    if len(values) < 2:
        return Figures(values[0], values[0], values[0])
    low, _, high = statistics.quantiles(values, n=4, method="inclusive")
    return Figures(statistics.median(values), low, high)


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Rows as a Markdown table."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)
