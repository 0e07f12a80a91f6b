"""Influence as a run kind: all records measured in one graph, ranked among those of their type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.engines import influence
from analytics.kinds.chosen import by_type, graph_of, read
from analytics.parameters import parameters_of
from analytics.scoring import Context, Explanation, Kind, Scores


def _scores(context: Context) -> Iterator[Scores]:
    graph, nodes, given = graph_of(context)
    context.progress("measuring influence", 0.0)
    found = influence.run(graph, parameters_of(influence.Parameters, given), context.seed)
    sampling = found.sampling
    quality = {"exact": sampling.exact, "sources": sampling.sources, "error": sampling.error, "rounds": found.rounds}
    for name, places in by_type(context, nodes):
        ranked = influence.standing(found.pagerank[places])

        def explained(place: int, places: NDArray[np.int64] = places) -> Explanation:
            reasons = found.reasons(int(places[place]))
            of_records = (replace(each, records=tuple(int(nodes[i]) for i in each.records)) for each in reasons)
            return Explanation(tuple(of_records))

        columns: dict[str, NDArray[Any]] = {
            "pageRank": found.pagerank[places],
            "betweenness": found.betweenness[places],
            "closeness": found.closeness[places],
            "core": found.core[places],
            "degree": found.degree[places],
            "rank": ranked.rank,
            "percentile": ranked.percentile,
        }
        yield Scores(name, nodes[places], columns, explained, quality=quality)


KIND = Kind("influence", _scores, partial(read, influence.Parameters), of_all_types=True)
