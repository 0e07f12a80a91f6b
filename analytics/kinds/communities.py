"""Communities as a run kind: groups of all records, under the labels of the run before where their members stayed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.engines import communities
from analytics.kinds.chosen import by_type, graph_of, read
from analytics.parameters import parameters_of
from analytics.scoring import Context, Explanation, Kind, Scores


def _scores(context: Context) -> Iterator[Scores]:
    graph, nodes, given = graph_of(context)
    context.progress("finding communities", 0.0)
    chosen = parameters_of(communities.Parameters, given)
    found = communities.run(graph, chosen, context.seed, _labels_before(context, nodes))
    sizes = np.array([found.sizes[int(label)] for label in found.labels], np.int64)
    quality = {"modularity": found.modularity, "rounds": found.rounds, "communities": len(found.sizes)}
    for name, places in by_type(context, nodes):

        def explained(place: int, places: NDArray[np.int64] = places) -> Explanation:
            reasons = found.reasons(int(places[place]))
            of_records = (replace(each, records=tuple(int(nodes[i]) for i in each.records)) for each in reasons)
            return Explanation(tuple(of_records))

        columns: dict[str, NDArray[Any]] = {
            "community": found.labels[places],
            "size": sizes[places],
            "fit": found.fit[places],
            "bridging": found.articulation[places],
        }
        telling = np.where(found.articulation[places], 1.0, 0.0) + found.fit[places]
        yield Scores(name, nodes[places], columns, explained, telling, quality)


def _labels_before(context: Context, nodes: NDArray[np.int32]) -> NDArray[np.int64] | None:
    before = context.before.get("community")
    if before is None:
        return None
    found: NDArray[np.int64] = np.nan_to_num(before[nodes], nan=-1).astype(np.int64)
    return found


KIND = Kind("communities", _scores, partial(read, communities.Parameters), of_all_types=True)
