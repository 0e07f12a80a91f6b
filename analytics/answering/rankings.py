"""Who is influential: records ranked by a measure of the graph that the analyst chose, page by page, with reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from analytics.answering.answers import Asked, check, out_of_range, records_unknown, relations_unknown, types_unknown
from analytics.answering.shown import Answer, Place, spoken_of, told
from analytics.engines import influence
from analytics.engines.influence import Influence, Parameters
from analytics.snapshot import Snapshot
from analytics.snapshot.choosing import Way
from analytics.view360.shown import ReasonShown

MOST = 500
NO_NUMBERS = np.empty(0, np.int64)
# what has to be computed for a measure: ways between all records cost most and are left out where they are not asked for
CHEAP, WAYS, HOLES = "ranks", "ways", "holes"
MEASURES: Mapping[str, str] = MappingProxyType(
    {
        "pagerank": CHEAP,
        "core": CHEAP,
        "degree": CHEAP,
        "in_degree": CHEAP,
        "out_degree": CHEAP,
        "betweenness": WAYS,
        "closeness": WAYS,
        "harmonic": WAYS,
        "brokerage": HOLES,
    }
)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A record of a ranking: `rank` 1 is the highest, `percentile` the share of those ranked that are not above it."""

    id: str
    score: float
    rank: int
    percentile: float
    reasons: tuple[ReasonShown, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Ranking(Answer):
    """A page of a ranking of `total` records; `error` bounds how far a sampled measure is off, 0 for exact ones."""

    rows: tuple[Ranked, ...]
    total: int
    more: bool
    error: float


@dataclass(frozen=True, slots=True, eq=False)
class _Order:
    """Those ranked, the highest first."""

    numbers: NDArray[np.int64]
    scores: NDArray[np.float64]
    rank: NDArray[np.int64]
    percentile: NDArray[np.float64]

    def behind(self, snapshot: Snapshot, after: Place | None) -> int:
        """Where a page begins; a record that is gone is behind those of its score."""
        if after is None:
            return 0
        low, high = (int(np.searchsorted(-self.scores, -after.score, side=side)) for side in ("left", "right"))
        number = int(snapshot.indices([after.id])[0])
        return low + int(np.searchsorted(self.numbers[low:high], number, side="right"))


async def ranking(
    asked: Asked,
    measure: str,
    *,
    relations: Sequence[str] | None,
    types: Sequence[str] | None,
    way: Way,
    around: Sequence[str] = (),
    first: int = 20,
    after: Place | None = None,
) -> Ranking:
    """The records of some types (None: all) by their influence in the graph of some relations (None: all).

    `around`: by nearness to these records instead, as personalised PageRank has it. Ties by number. Raises Rejected.
    """
    snapshot = await asked.snapshot(around)
    check(
        [
            *relations_unknown(snapshot.links, relations),
            *types_unknown(snapshot, types),
            *records_unknown(snapshot, around, "of"),
            *out_of_range("first", first, 0, MOST),
        ]
    )
    graph = await asked.graph(snapshot, relations, way)
    numbers = tuple(sorted(set(snapshot.indices(around).tolist())))
    effort = MEASURES[measure]
    key = (snapshot, tuple(sorted(relations)) if relations is not None else None, way, numbers, effort)
    found = await asked.made("influence", key, lambda: influence.run(graph, _parameters(effort, numbers)))
    wanted = None if types is None else tuple(sorted(set(types)))
    order = await asked.made(
        "order", (*key, measure, wanted), lambda: _ordered(_column(found, measure), snapshot, wanted)
    )
    start = order.behind(snapshot, after)
    rows = [_row(snapshot, found, order, place, measure) for place in range(start, len(order.numbers))[:first]]
    ids = [id for row in rows for id in (row.id, *spoken_of(row.reasons))]
    more = start + len(rows) < len(order.numbers)
    error = 0.0 if effort != WAYS or found.sampling.exact else found.sampling.error
    return Ranking(snapshot, await asked.cards(snapshot, ids), tuple(rows), len(order.numbers), more, error)


def _parameters(effort: str, around: tuple[int, ...]) -> Parameters:
    if effort == WAYS:
        return Parameters(around=around, hole_work=0)
    if effort == HOLES:
        return Parameters(around=around, exact_up_to=0, sources=2)
    return Parameters(around=around, exact_up_to=0, sources=2, hole_work=0)


def _column(found: Influence, measure: str) -> NDArray[np.float64]:
    if measure == "brokerage":
        return np.asarray(found.effective_size * (1.0 - np.minimum(found.constraint, 1.0)), np.float64)
    return np.asarray(getattr(found, measure), np.float64)


def _ordered(column: NDArray[np.float64], snapshot: Snapshot, types: Sequence[str] | None) -> _Order:
    spans = [range(snapshot.n)] if types is None else [snapshot.range_of(name) for name in types]
    numbers = np.concatenate([NO_NUMBERS, *(np.arange(span.start, span.stop, dtype=np.int64) for span in spans)])
    numbers = np.sort(numbers[~np.isnan(column[numbers])])
    scores = column[numbers]
    standing = influence.standing(scores)
    order = np.lexsort((numbers, -scores))
    return _Order(numbers[order], scores[order], standing.rank[order], standing.percentile[order])


def _row(snapshot: Snapshot, found: Influence, order: _Order, place: int, measure: str) -> Ranked:
    number = int(order.numbers[place])
    reasons = told(snapshot, found.reasons(number)) if measure == "pagerank" else ()
    facts = float(order.scores[place]), int(order.rank[place]), float(order.percentile[place])
    return Ranked(snapshot.id(number), *facts, reasons)
