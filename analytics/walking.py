"""Paths of relation fields walked on a snapshot: from every record of a type to what lies at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from analytics.graph import Graph
from analytics.snapshot import Snapshot
from models.metamodel import Direction, Metamodel, Side
from models.profiles.paths import Step, steps

Numbers = NDArray[np.int32]
_WAYS = {Direction.OUT: "out", Direction.IN: "in", Direction.BOTH: "both"}


class Walker:
    """Walks paths on one snapshot at one moment; relations that several paths take are turned into rows once."""

    def __init__(self, model: Metamodel, snapshot: Snapshot, as_of: datetime | None = None) -> None:
        self._model = model
        self._snapshot = snapshot
        self._as_of = as_of
        self._rows: dict[tuple[str, Direction], Graph] = {}

    def pairs(self, type_name: str, path: Sequence[str]) -> tuple[Numbers, Numbers]:
        """Each record of a type with each that its path leads to, once, sorted; two columns of snapshot numbers.

        Raises NotFound for a type or a relation that the snapshot does not have, NoStep for a path that is none.
        """
        span = self._snapshot.range_of(type_name)
        starts = np.arange(span.start, span.stop, dtype=np.int32)
        here = (starts, starts)
        for step in steps(self._model, type_name, path):
            here = self._step(step, *here)
        return here

    def graphs(self, type_name: str, path: Sequence[str]) -> tuple[Graph, ...]:
        """The links of each step of a path, outwards, over all the snapshot's numbers; every link counts 1, whatever it weighs.

        Raises NotFound for a relation that the snapshot does not have, NoStep for a path that is none.
        """
        return tuple(self._links(step) for step in steps(self._model, type_name, path))

    def _links(self, step: Step) -> Graph:
        parts = [self._graph(side) for side, _ in _together(step)]
        sources = np.concatenate([part.sources for part in parts])
        return Graph.from_links(
            self._snapshot.n, sources, np.concatenate([part.indices for part in parts]), parallel="max"
        )

    def _step(self, step: Step, subjects: Numbers, current: Numbers) -> tuple[Numbers, Numbers]:
        parts = [
            _expanded(self._graph(side), subjects[mask], current[mask])
            for side, near in _together(step)
            for mask in [self._of_types(near, current)]
        ]
        subject = np.concatenate([part[0] for part in parts]).astype(np.int64)
        far = np.concatenate([part[1] for part in parts])
        keys = np.unique(subject * self._snapshot.n + far)
        subject, far = np.divmod(keys, max(self._snapshot.n, 1))
        return subject.astype(np.int32), far.astype(np.int32)

    def _of_types(self, types: Sequence[str], numbers: Numbers) -> NDArray[np.bool_]:
        mask = np.zeros(len(numbers), bool)
        for name in types:
            if name in self._snapshot.types:
                span = self._snapshot.range_of(name)
                mask |= (numbers >= span.start) & (numbers < span.stop)
        return mask

    def _graph(self, side: Side) -> Graph:
        key = (side.relation.name, side.direction)
        if key not in self._rows:
            way = _WAYS[side.direction]
            self._rows[key] = self._snapshot.graph([key[0]], direction=way, as_of=self._as_of)  # type: ignore[arg-type]  # one of the three words
        return self._rows[key]


def _together(step: Step) -> Iterator[tuple[Side, list[str]]]:
    """The ways of a step, each with the types that take it."""
    near: dict[tuple[str, Direction], tuple[Side, list[str]]] = {}
    for type_name, side in step.sides.items():
        near.setdefault((side.relation.name, side.direction), (side, []))[1].append(type_name)
    yield from near.values()


def _expanded(graph: Graph, subjects: Numbers, current: Numbers) -> tuple[Numbers, Numbers]:
    """Every subject with every neighbour of the record it stands at."""
    first = graph.indptr[current]
    counts = graph.indptr[current.astype(np.int64) + 1] - first
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    places = np.arange(total, dtype=np.int64) + np.repeat(first - ends + counts, counts)
    return np.repeat(subjects, counts), graph.indices[places]
