"""A graph chosen from a snapshot: which relations, which way, when, how much each counts, among which records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from analytics.graph import Graph, Parallel
from analytics.links import BadWeight
from analytics.snapshot.links import LinkArrays, minute_of
from analytics.snapshot.records import Ids, Numbers

if TYPE_CHECKING:
    from analytics.snapshot.state import Snapshot

Way = Literal["out", "in", "both"]
Ways = Mapping[str, Way] | Way
Part = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[Any] | None]  # sources, targets, weights


def chosen(
    snapshot: Snapshot,
    relations: Sequence[str] | None,
    direction: Ways,
    as_of: datetime | None,
    factors: Mapping[str, float],
    types: Sequence[str] | None,
    parallel: Parallel,
) -> Graph:
    """What `Snapshot.graph` promises."""
    names = snapshot.known(tuple(snapshot.links) if relations is None else relations)
    _check(factors)
    minute = minute_of(as_of or snapshot.moment or snapshot.taken_at)
    numbers = None if types is None else _numbers(snapshot, types)
    ways = {name: _way(snapshot.links[name], direction) for name in names}
    undirected = bool(names) and set(ways.values()) == {"both"}
    parts: list[Part] = []
    for name in names:
        part = _links(snapshot.links[name], minute, factors.get(name))
        parts.extend(_turned(part if numbers is None else _within(part, snapshot.n, numbers), ways[name], undirected))
    return Graph.from_links(
        snapshot.n if numbers is None else len(numbers),
        *_joined(parts),
        directed=not undirected,
        parallel=parallel,
        labels=snapshot.labels if numbers is None else Ids(snapshot.records, numbers),
    )


def _check(factors: Mapping[str, float]) -> None:
    for name, factor in factors.items():
        if not (np.isfinite(factor) and factor >= 0):
            raise BadWeight(f"The factor of {name} is {factor}; it must be a finite number of at least 0.")


def _way(links: LinkArrays, direction: Ways) -> Way:
    if links.symmetric:
        return "both"
    return direction if isinstance(direction, str) else direction.get(links.relation, "out")


def _numbers(snapshot: Snapshot, types: Sequence[str]) -> Numbers:
    spans = sorted((each.start, each.stop) for each in map(snapshot.range_of, dict.fromkeys(types)))
    parts = [np.arange(first, after, dtype=np.int32) for first, after in spans]
    return np.concatenate(parts) if parts else np.empty(0, np.int32)


def _links(links: LinkArrays, minute: int, factor: float | None) -> Part:
    weights: NDArray[Any] | None = links.weight
    sources, targets = links.sources(), links.target
    valid = links.in_force(minute)
    if valid is not None and not valid.all():
        sources, targets = sources[valid], targets[valid]
        weights = None if weights is None else weights[valid]
    if factor is not None and factor != 1:
        weights = np.full(len(targets), factor) if weights is None else weights * np.float64(factor)
    return sources, targets, weights


def _within(part: Part, n: int, numbers: Numbers) -> Part:
    """The links between some records, numbered among them."""
    places = np.full(n, -1, np.int32)
    places[numbers] = np.arange(len(numbers), dtype=np.int32)
    sources, targets = places[part[0]], places[part[1]]
    inside = (sources >= 0) & (targets >= 0)
    return sources[inside], targets[inside], None if part[2] is None else part[2][inside]


def _turned(part: Part, way: Way, undirected: bool) -> list[Part]:
    sources, targets, weights = part
    if way == "out" or undirected:
        return [part]
    if way == "in":
        return [(targets, sources, weights)]
    other = sources != targets  # a link of a record to itself is walked once
    back = (targets[other], sources[other], None if weights is None else weights[other])
    return [part, back]


def _joined(parts: list[Part]) -> Part:
    if len(parts) == 1:
        return parts[0]
    sources = np.concatenate([part[0] for part in parts]) if parts else np.empty(0, np.int32)
    targets = np.concatenate([part[1] for part in parts]) if parts else np.empty(0, np.int32)
    if all(part[2] is None for part in parts):
        return sources, targets, None
    weights = [np.ones(len(part[0]), np.float32) if part[2] is None else part[2] for part in parts]
    return sources, targets, np.concatenate(weights)
