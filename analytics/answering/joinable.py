"""Which records around one some relations may join with it: by their types, and by how many links they may have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from analytics.nearby import Nearby
from analytics.snapshot import Snapshot
from analytics.snapshot.links import minute_of
from analytics.surroundings import Numbers, among, touching
from models.metamodel import End, Metamodel, RelationType

Mask = NDArray[np.bool_]


def joinable(
    snapshot: Snapshot, model: Metamodel, near: Nearby, relations: Sequence[str], types: Sequence[str] | None
) -> list[tuple[str, Mask]]:
    """Relations by name with the nodes that may be at their far end: of some types (None: all), and with room for a link.

    A relation that reads both ways is told for each. The record itself and those linked with it are no exception.
    """
    record = near.nodes[[near.source]]
    type_name = snapshot.type_of(int(record[0]))
    found = []
    for relation, (here, there) in _ends(model, relations):
        if type_name in here.types and _with_room(snapshot, relation, here, record)[0]:
            may = _of_types(snapshot, near.nodes, [name for name in there.types if types is None or name in types])
            may[may] = _with_room(snapshot, relation, there, near.nodes[may])
            found.append((relation.name, may))
    return found


def _ends(model: Metamodel, relations: Sequence[str]) -> Iterator[tuple[RelationType, tuple[End, End]]]:
    for relation in (model.relations[name] for name in relations if name in model.relations):
        yield relation, (relation.source, relation.target)
        if not relation.symmetric:
            yield relation, (relation.target, relation.source)


def _of_types(snapshot: Snapshot, nodes: Numbers, types: Sequence[str]) -> Mask:
    found = np.zeros(len(nodes), np.bool_)
    for span in (snapshot.range_of(name) for name in types if name in snapshot.types):
        found |= (nodes >= span.start) & (nodes < span.stop)
    return found


def _with_room(snapshot: Snapshot, relation: RelationType, end: End, nodes: Numbers) -> Mask:
    """Which of some records, sorted, have fewer links at this end than they may. O(links of theirs), none where all may."""
    if end.most is None:
        return np.ones(len(nodes), np.bool_)
    none, minute = np.empty(0, np.int32), minute_of(snapshot.taken_at)
    links = touching(snapshot, nodes, done=none, relations=[relation.name], minute=minute)
    ends = (
        (links.source, links.target)
        if relation.symmetric
        else (links.source if end is relation.source else links.target,)
    )
    at = np.concatenate([each[among(each, nodes)] for each in ends])
    return np.bincount(np.searchsorted(nodes, at), minlength=len(nodes)) < end.most
