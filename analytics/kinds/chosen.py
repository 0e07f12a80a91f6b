"""Which graph an engine of the whole graph looks at: relations, direction and moment, as the analyst chose them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from analytics.graph import Graph
from analytics.parameters import parameters_of
from analytics.scoring import Context
from models.errors import Problem, Rejected

T = TypeVar("T")
DIRECTIONS = ("out", "in", "both")
CHOICE = ("relations", "direction", "types")


@dataclass(frozen=True, slots=True)
class Choice:
    """`relations` None: all of them. `direction`: from source to target ("out"), back ("in"), or both ways."""

    relations: tuple[str, ...] | None = None
    direction: str = "both"
    types: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        if self.direction not in DIRECTIONS:
            raise ValueError(f"`direction` is one of {', '.join(DIRECTIONS)}, not {self.direction[:40]!r}.")


def graph_of(context: Context) -> tuple[Graph, NDArray[np.int32], Mapping[str, Any]]:
    """The graph, the record that each of its nodes is, and the parameters that are the engine's own."""
    choice, given = _parted(context.parameters)
    _check(choice, context)
    graph = context.snapshot.graph(choice.relations, direction=choice.direction, types=choice.types)  # type: ignore[arg-type]  # checked
    numbers = getattr(graph.labels, "numbers", None)
    nodes = np.arange(graph.n, dtype=np.int32) if numbers is None else np.asarray(numbers, np.int32)
    return graph, nodes, given


def read(engine: type[T], given: Mapping[str, Any]) -> T:
    """The engine's own parameters, beside a choice of the graph. Raises Rejected."""
    return parameters_of(engine, _parted(given)[1])


def _parted(given: Mapping[str, Any]) -> tuple[Choice, Mapping[str, Any]]:
    choice = parameters_of(Choice, {name: given[name] for name in CHOICE if name in given})
    return choice, {name: value for name, value in given.items() if name not in CHOICE}


def _check(choice: Choice, context: Context) -> None:
    snapshot = context.snapshot
    known = (("relations", choice.relations, snapshot.links), ("types", choice.types, snapshot.types))
    problems = [
        Problem("unknown_name", _missing(what, name, there), ("parameters", what))
        for what, names, there in known
        for name in names or ()
        if name not in there
    ]
    if problems:
        raise Rejected(problems)


def _missing(what: str, name: str, there: Iterable[str]) -> str:
    known = ", ".join(list(there)[:50]) or "none"
    return f"The graph has no {what.removesuffix('s')} {name[:60]!r}, or no longer; there are: {known}."


def by_type(context: Context, nodes: NDArray[np.int32]) -> Iterator[tuple[str, NDArray[np.int64]]]:
    """The places of the nodes of each type, or of the one type that is scored."""
    snapshot = context.snapshot
    for name in (context.type,) if context.type else snapshot.types:
        found = snapshot.range_of(name)
        places = np.flatnonzero((nodes >= found.start) & (nodes < found.stop))
        if len(places):
            yield name, places
