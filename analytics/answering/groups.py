"""Which records belong together: communities with their strongest members, and who holds them together; segments of a type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.answering.answers import Asked, bad_seed, check, out_of_range, relations_unknown, types_unknown
from analytics.answering.scored import context
from analytics.answering.shown import Answer
from analytics.engines import communities as leiden
from analytics.engines.communities import Communities, Parameters
from analytics.engines.segments import Segments
from analytics.engines.traits import Trait, Words, names
from analytics.snapshot import Snapshot
from models.errors import Problem, Rejected

MOST, MOST_MEMBERS = 200, 50


@dataclass(frozen=True, slots=True)
class Community:
    """A community: its size, how many of each type, its strongest members (by weight inside), and those that hold parts of
    the graph together.
    """

    label: int
    size: int
    types: Mapping[str, int]
    members: tuple[str, ...]
    bridging: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class CommunitiesFound(Answer):
    """The largest communities of `total` with more than one member; links that alone hold two communities together."""

    communities: tuple[Community, ...]
    total: int
    modularity: float
    bridges: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SegmentFound:
    """A segment: its size, its share, what sets it apart, and the record that is most like all of it."""

    name: str
    size: int
    share: float
    traits: tuple[Trait, ...]
    typical: str | None


@dataclass(frozen=True, slots=True, eq=False)
class SegmentsFound(Answer):
    """The segments of a type's records, the largest first; `asked` are the records that anything happened to."""

    segments: tuple[SegmentFound, ...]
    asked: int

    def called(self, words: Words, comma: str, alike: str) -> tuple[str, ...]:
        """The names of the segments, features as `words` call them, traits apart by the comma of their language; `alike` is one
        that nothing sets apart.
        """
        return names([each.traits for each in self.segments], words=words, comma=comma, alike=alike)


async def communities(
    asked: Asked,
    *,
    relations: Sequence[str] | None,
    types: Sequence[str] | None,
    resolution: float,
    seed: int,
    first: int,
    members: int,
) -> CommunitiesFound:
    """The communities among the records of some types (None: all) by some relations (None: all). Raises Rejected."""
    snapshot = await asked.snapshot()
    problems = [*relations_unknown(snapshot.links, relations), *types_unknown(snapshot, types)]
    problems += [
        *out_of_range("first", first, 0, MOST),
        *out_of_range("members", members, 0, MOST_MEMBERS),
        *bad_seed(seed),
    ]
    if not 0 < resolution <= 1_000:
        problems.append(Problem("out_of_range", f"resolution is {resolution:g}; ask for more than 0.", ("resolution",)))
    check(problems)
    graph = await asked.graph(snapshot, relations, "both", types=types)
    key = snapshot, _sorted(relations), _sorted(types), resolution, seed
    found = await asked.made("communities", key, lambda: leiden.run(graph, Parameters(resolution=resolution), seed))
    numbers = getattr(graph.labels, "numbers", None)
    nodes = np.arange(graph.n, dtype=np.int32) if numbers is None else np.asarray(numbers, np.int32)
    large = sorted(((-size, label) for label, size in found.sizes.items() if size > 1))
    told = _told(found, snapshot, nodes, [label for _, label in large[:first]], members)
    bridges = _bridges(found, snapshot, nodes, first)
    ids = [id for one in told for id in (*one.members, *one.bridging)] + [id for pair in bridges for id in pair]
    cards = await asked.cards(snapshot, ids)
    return CommunitiesFound(snapshot, cards, told, len(large), found.modularity, bridges)


def _sorted(names: Sequence[str] | None) -> tuple[str, ...] | None:
    return None if names is None else tuple(sorted(names))


def _told(
    found: Communities, snapshot: Snapshot, nodes: NDArray[np.int32], labels: Sequence[int], most: int
) -> tuple[Community, ...]:
    graph = found.graph
    weights = np.ones(graph.m) if graph.weights is None else graph.weights
    inside = (found.labels[graph.sources] == found.labels[graph.indices]) & (graph.sources != graph.indices)
    held = np.bincount(graph.sources[inside], weights[inside], minlength=graph.n)
    made = []
    for label in labels:
        members = found.members(label)
        ordered = members[np.lexsort((members, -held[members]))]
        bridging = ordered[found.articulation[ordered]][:most]
        ids = [tuple(snapshot.id(int(nodes[i])) for i in part) for part in (ordered[:most], bridging)]
        made.append(Community(label, len(members), _by_type(snapshot, nodes[members]), *ids))
    return tuple(made)


def _by_type(snapshot: Snapshot, numbers: NDArray[np.int32]) -> dict[str, int]:
    place = np.searchsorted(snapshot.starts, numbers, side="right") - 1
    counts = np.bincount(place, minlength=len(snapshot.types)).tolist()
    return {name: count for name, count in zip(snapshot.types, counts, strict=True) if count}


def _bridges(
    found: Communities, snapshot: Snapshot, nodes: NDArray[np.int32], most: int
) -> tuple[tuple[str, str], ...]:
    """Bridges between communities, those of the largest first."""
    ends = found.bridges
    ends = ends[found.labels[ends[:, 0]] != found.labels[ends[:, 1]]] if len(ends) else ends
    size = np.array([[found.sizes[int(found.labels[i])] for i in pair] for pair in ends.tolist()], np.int64)
    order: list[int] = np.argsort(-size.min(axis=1), kind="stable")[:most].tolist() if len(size) else []
    return tuple((snapshot.id(int(nodes[ends[i, 0]])), snapshot.id(int(nodes[ends[i, 1]]))) for i in order)


async def segments(asked: Asked, type_name: str, *, seed: int = 0) -> SegmentsFound:
    """The segments of a type's records by what happened to them. Raises Rejected where nothing did, or nothing says so."""
    from analytics.kinds.happened import contact
    from analytics.kinds.segments import divided

    snapshot = await asked.snapshot()
    check([*types_unknown(snapshot, [type_name], "type"), *bad_seed(seed)])
    given = await context(asked, snapshot, type_name, seed=seed)
    if not len(contact(given).until(given.day)):
        message = f"Nothing has happened to any {type_name} yet, by the signals of its profile: there are no segments."
        raise Rejected([Problem("no_events", message, ("type",))])
    found: Segments = await asked.made("segments", (snapshot, type_name, seed), lambda: divided(given))
    made = tuple(
        SegmentFound(
            each.name or f"segment {each.number}",
            each.size,
            each.share,
            each.traits,
            snapshot.id(each.central) if each.central >= 0 else None,
        )
        for each in found.segments
    )
    cards = await asked.cards(snapshot, [each.typical for each in made if each.typical])
    return SegmentsFound(snapshot, cards, made, len(found.nodes))
