"""Who is like one or several records: by the neighbours they share and by what is known of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import fsum
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from analytics.engines.features import Feature, alikeness, checked, checked_mask, placed
from analytics.graph import Graph
from analytics.kernels.top import rounded
from analytics.reasons import Reason, weightiest


@dataclass(frozen=True, slots=True)
class Parameters:
    """How many are given, how neighbourhoods are compared, and what part of the score the fields have.

    `measure` "cosine" counts the weights of links, "jaccard" only who is linked. `fields` is the part of the score that
    comes from features, 0 to 1; without features it is 0, without links 1.
    """

    most: int = 20
    measure: Literal["cosine", "jaccard"] = "cosine"
    fields: float = 0.3


@dataclass(frozen=True, slots=True)
class LookAlikes:
    """Records like the sources, most alike first; `scores` are from 0 to 1."""

    nodes: NDArray[np.int64]
    scores: NDArray[np.float64]
    sources: NDArray[np.int64]
    parameters: Parameters
    rows: Any
    features: tuple[Feature, ...]
    places: tuple[Feature, ...]

    def reasons(self, i: int, *, most: int = 5) -> tuple[Reason, ...]:
        """Why the i-th found is like the sources: neighbours shared and fields alike. Contributions sum to the score."""
        node = int(self.nodes[i])
        found = [*self._neighbours(node), *self._fields(node)]
        return weightiest(found, most) if found else ()

    def _neighbours(self, node: int) -> list[Reason]:
        part = (1 - self.parameters.fields) / len(self.sources)
        values: dict[int, list[float]] = {}
        for source in self.sources:
            for neighbour, value in _shared(self.rows, int(source), node, self.parameters.measure):
                values.setdefault(neighbour, []).append(part * value)
        links = np.diff(self.rows.indptr)
        return [
            Reason("shares_neighbour", fsum(each), {"with": len(each), "linked": int(links[other])}, (other, node))
            for other, each in sorted(values.items())
            if fsum(each) > 0
        ]

    def _fields(self, node: int) -> list[Reason]:
        parts = self.parameters.fields * _field_parts(self.places, self.sources, np.array([node]))[:, 0]
        return [
            Reason("alike_in", float(part), {"field": each.name, "value": each.shown(each.values[node])}, (node,))
            for each, part in zip(self.features, parts, strict=True)
            if part > 0
        ]


def run(
    graph: Graph,
    parameters: Parameters = Parameters(),
    seed: int = 0,
    *,
    sources: Sequence[int],
    among: NDArray[np.bool_] | None = None,
    features: Sequence[Feature] = (),
) -> LookAlikes:
    """Find the records that are most like one or several others, with what makes them alike.

    Formula: score(j) = mean over the sources s of (1 − f)·N(s, j) + f·F(s, j). N is the cosine of the two rows of link weights,
    Σ_k w_sk·w_jk / (|w_s|·|w_j|), or the Jaccard part of neighbours shared. F is the mean, over the features known of
    both, of how alike they are (Gower): same choice 1, numbers 1 − the distance of their ranks.

    Parameters: `graph` with any links; directions do not count. `sources` are numbers of nodes; `among` those that may be found
    (all). `features` compare fields. `seed` is not used: nothing is drawn.
    Returns LookAlikes without the sources and without those who have nothing in common with them; ties by number.
    Raises ValueError without a source, for one outside the graph, and for features or masks of another length.

    Nodes 0 and 1 are both linked to 3 and 4, node 2 to 4 only:

    >>> links = Graph.from_links(5, [0, 0, 1, 1, 2], [3, 4, 3, 4, 4])
    >>> found = run(links, sources=[0], among=np.array([True, True, True, False, False]))
    >>> found.nodes.tolist(), [round(float(score), 4) for score in found.scores]
    ([1, 2], [1.0, 0.7071])
    >>> [(reason.records[0], round(reason.contribution, 4)) for reason in found.reasons(0)]
    [(3, 0.5), (4, 0.5)]

    Cost: O(Σ links of the sources' neighbours + features × n log n).
    Source: Salton, Introduction to modern information retrieval, 1983; Jaccard 1912; Gower, Biometrics 1971.
    """
    del seed
    chosen, rows = _chosen(sources, graph.n), _neighbourhood(graph)
    places = tuple(placed(feature) for feature in checked(features, graph.n))
    used = _used(parameters, rows, places)
    scores = (1 - used.fields) * _by_neighbours(rows, chosen, used.measure)
    if used.fields:
        scores += used.fields * _field_parts(places, chosen, slice(None)).sum(axis=0)
    may = np.ones(graph.n, np.bool_) if among is None else checked_mask(among, graph.n).copy()
    may[chosen] = False
    ranked = np.where(may, rounded(scores), 0.0)
    nodes = np.argsort(-ranked, kind="stable")[: parameters.most]
    nodes = nodes[ranked[nodes] > 0]
    return LookAlikes(nodes, scores[nodes], chosen, used, rows, tuple(features), places)


def _chosen(sources: Sequence[int], n: int) -> NDArray[np.int64]:
    chosen = np.unique(np.asarray(sources, np.int64))
    if not len(chosen):
        raise ValueError("Name at least one record to which others are to be like.")
    if chosen[0] < 0 or chosen[-1] >= n:
        raise ValueError(f"Source {chosen[0] if chosen[0] < 0 else chosen[-1]} is no node of a graph of {n}.")
    return chosen


def _used(parameters: Parameters, rows: Any, places: Sequence[Feature]) -> Parameters:
    """The parameters with the part of the fields as it can be: nothing to compare on one side leaves all to the other."""
    fields = parameters.fields if places else 0.0
    return replace(parameters, fields=1.0 if places and not rows.nnz else fields)


def _neighbourhood(graph: Graph) -> Any:
    """Link weights without directions, rows sorted."""
    undirected = graph.undirected("sum").merged("sum")
    rows = undirected.matrix.astype(np.float64)
    return csr_array((rows.data, rows.indices, rows.indptr), shape=rows.shape)


def _by_neighbours(rows: Any, chosen: NDArray[np.int64], measure: str) -> NDArray[np.float64]:
    """For every node the mean over the sources of how alike the neighbourhoods are."""
    if measure == "jaccard":
        sizes = np.diff(rows.indptr).astype(np.float64)
        ones = csr_array((np.ones(rows.nnz), rows.indices, rows.indptr), shape=rows.shape)
        shared = (ones[chosen] @ ones).tocoo()
        parts = shared.data / (sizes[chosen][shared.row] + sizes[shared.col] - shared.data)
    else:
        lengths = _lengths(rows)
        shared = (rows[chosen] @ rows).tocoo()
        divisor = lengths[chosen][shared.row] * lengths[shared.col]
        parts = np.divide(shared.data, divisor, out=np.zeros_like(shared.data), where=divisor > 0)
    return np.bincount(shared.col, weights=parts, minlength=rows.shape[0]) / len(chosen)


def _lengths(rows: Any) -> NDArray[np.float64]:
    sources = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    return np.sqrt(np.bincount(sources, weights=rows.data**2, minlength=rows.shape[0]))


def _shared(rows: Any, source: int, node: int, measure: str) -> list[tuple[int, float]]:
    """What each neighbour shared adds to how alike two neighbourhoods are."""
    one, other = (slice(rows.indptr[i], rows.indptr[i + 1]) for i in (source, node))
    both, at, place = np.intersect1d(rows.indices[one], rows.indices[other], assume_unique=True, return_indices=True)
    if measure == "jaccard":
        union = (one.stop - one.start) + (other.stop - other.start) - len(both)
        return [(int(neighbour), 1.0 / union) for neighbour in both]
    mine, theirs = rows.data[one], rows.data[other]
    divisor = float(np.sqrt((mine**2).sum()) * np.sqrt((theirs**2).sum()))
    values = mine[at] * theirs[place]
    return [(int(k), float(value) / divisor) for k, value in zip(both, values, strict=True) if value > 0]


def _field_parts(
    places: Sequence[Feature], sources: NDArray[np.int64], nodes: NDArray[np.int64] | slice
) -> NDArray[np.float64]:
    """What each feature (row) adds to how alike each of the nodes (column) is to the sources."""
    size = len(places[0].values[nodes]) if places else 1
    parts = np.zeros((len(places), size))
    for source in sources.tolist():
        known = np.zeros(size)
        for place in places:
            known += ~np.isnan(alikeness(place, source, nodes))
        for row, place in enumerate(places):
            alike = np.nan_to_num(alikeness(place, source, nodes), nan=0.0)
            parts[row] += alike / np.maximum(known, 1) / len(sources)
    return parts
