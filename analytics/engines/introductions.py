"""Introductions: the strongest ways of acquaintance from one record to another, who must be asked, and where they are weak."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod

from analytics.engines.paths import Parameters, Path
from analytics.engines.paths import run as paths
from analytics.graph import Graph
from analytics.reasons import Reason


@dataclass(frozen=True, slots=True)
class Introduction:
    """A way over acquaintances: `strength` is the product of `strengths`, those of its links.

    `ask` is the one to be asked first, `introducer` the one that knows the target; None where nobody stands between.
    `weakest` is the link of least strength, the one to warm up first.
    """

    records: tuple[int, ...]
    strengths: tuple[float, ...]
    strength: float
    weakest: tuple[int, int]

    @property
    def ask(self) -> int | None:
        """Who must be asked."""
        return self.records[1] if len(self.records) > 2 else None

    @property
    def introducer(self) -> int | None:
        """Who knows the target."""
        return self.records[-2] if len(self.records) > 2 else None

    def reasons(self) -> tuple[Reason, ...]:
        """One `acquaintance` for each link: what it leaves of the way so far, less what it takes; they sum to `strength`."""
        return tuple(self._steps())

    def _steps(self) -> Iterator[Reason]:
        for i, weight in enumerate(self.strengths):
            before = prod(self.strengths[:i])
            contribution = weight if i == 0 else before * (weight - 1.0)
            yield Reason("acquaintance", contribution, {"strength": weight}, self.records[i : i + 2])


def introduction(graph: Graph, source: int, target: int, k: int = 3, hops: int = 4) -> tuple[Introduction, ...]:
    """The k strongest ways from one record to another, at most `hops` links long, strongest first; none where there is no way.

    Formula: the greatest product of strengths over the links of a way, no record twice: not the fewest links.

    Parameters: `graph` weighs each link by its strength from 0 to 1 (`Strengths.graph`); links of strength 0 are no way.

    Raises BadWeight for a strength above 1, ValueError for a record outside the graph.

    Example: 0 knows 4 hardly; by way of 1 and 2 the way is longer and stronger.

    >>> known = Graph.from_links(5, [0, 1, 2, 0, 0, 3], [1, 2, 4, 4, 3, 4], [0.9, 0.8, 0.9, 0.3, 0.5, 0.5])
    >>> for way in introduction(known, 0, 4, k=2):
    ...     print(way.records, round(way.strength, 3), way.ask, way.introducer, way.weakest)
    (0, 1, 2, 4) 0.648 1 2 (1, 2)
    (0, 4) 0.3 None None (0, 4)

    Cost and bounds: those of `engines.paths`. Source: most reliable path, shortest on −log (Dijkstra 1959).
    """
    if source == target:
        return ()
    found = paths(graph, Parameters(source, target, "strongest", k, hops))
    return tuple(_told(path) for path in found.paths if path.strength > 0)


def _told(path: Path) -> Introduction:
    at = min(range(len(path.weights)), key=path.weights.__getitem__)
    return Introduction(path.nodes, path.weights, path.strength, (path.nodes[at], path.nodes[at + 1]))
