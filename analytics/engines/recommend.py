"""What a subject may be offered next: what those who took the same also took, and it has not taken yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from analytics.engines.features import checked_mask
from analytics.graph import Graph
from analytics.kernels.top import top_of_product, top_of_rows
from analytics.reasons import Reason, weightiest

BLOCK = 2_000_000  # products of one sparse multiplication that are held at once, about


@dataclass(frozen=True, slots=True)
class Parameters:
    """How offers are compared and how many are given.

    `most` offers a subject; two offers are companions when at least `least_together` subjects took both and that is more
    than `least_lift` times what chance gives; each offer keeps its `companions` best. `doubt` is added to the divisor of
    the similarity, so that two takers of two do not outweigh ninety of a hundred.
    """

    most: int = 10
    least_together: int = 2
    least_lift: float = 1.0
    companions: int = 50
    doubt: float = 3.0


@dataclass(frozen=True, slots=True)
class Companions:
    """What goes with what: for each offer its companions with their similarity and how many subjects took both."""

    subjects: int
    takers: NDArray[np.int64]
    similarity: Any
    together: Any

    def lift(self, offer: int, other: int) -> float:
        """How many times more often the two are taken together than by chance."""
        expected = float(self.takers[offer]) * float(self.takers[other]) / self.subjects
        return float(self.together[offer, other]) / expected


@dataclass(frozen=True, slots=True)
class Recommendations:
    """For each node the offers it has not taken, best first: those of node i stand at starts[i]..starts[i+1]-1."""

    starts: NDArray[np.int64]
    offers: NDArray[np.int32]
    scores: NDArray[np.float64]
    companions: Companions
    shares: Any

    def of(self, i: int) -> tuple[tuple[int, float], ...]:
        """The offers for node i with their scores, best first."""
        part = slice(self.starts[i], self.starts[i + 1])
        return tuple(zip(self.offers[part].tolist(), self.scores[part].tolist(), strict=True))

    def best(self) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """The best offer of each node and its score; -1 and NaN where there is none."""
        has = self.starts[1:] > self.starts[:-1]
        offers = np.full(len(has), -1, np.int32)
        scores = np.full(len(has), np.nan)
        offers[has], scores[has] = self.offers[self.starts[:-1][has]], self.scores[self.starts[:-1][has]]
        return offers, scores

    def reasons(self, i: int, offer: int | None = None, *, most: int = 5) -> tuple[Reason, ...]:
        """Why `offer` (the best one when left out) is given to node i: what it took, and who took both.

        Contributions sum to the score. Facts of `taken_together`: `together` of `takers` of what node i took also took the
        offer, `lift`, and the `share` of what node i took; records are what it took and the offer.
        """
        if offer is None:
            given = self.of(i)
            if not given:
                return ()
            offer = given[0][0]
        row = slice(self.shares.indptr[i], self.shares.indptr[i + 1])
        taken, shares = self.shares.indices[row], self.shares.data[row]
        similarity = self.companions.similarity[:, [offer]].toarray().ravel()[taken] if len(taken) else np.zeros(0)
        found = [
            self._reason(int(has), offer, float(share), float(share * similar))
            for has, share, similar in zip(taken, shares, similarity, strict=True)
            if similar > 0
        ]
        return weightiest(found, most) if found else ()

    def _reason(self, has: int, offer: int, share: float, contribution: float) -> Reason:
        facts = {
            "together": int(self.companions.together[has, offer]),
            "takers": int(self.companions.takers[has]),
            "lift": round(self.companions.lift(has, offer), 4),
            "share": round(share, 6),
        }
        return Reason("taken_together", contribution, facts, (has, offer))


def along(steps: Sequence[Graph]) -> Graph:
    """What subjects reach along a path of relations, as links subject → end; the weight counts the ways, times weights.

    `orders` then `lines` give customer → product, with the number of lines as weight. The steps share one numbering.
    Raises ValueError without a step. O(ways).

    >>> orders = Graph.from_links(5, [0, 0], [1, 2])
    >>> lines = Graph.from_links(5, [1, 2, 2], [3, 3, 4])
    >>> along([orders, lines]).matrix.toarray()[0].tolist()
    [0.0, 0.0, 0.0, 2.0, 1.0]
    """
    if not steps:
        raise ValueError("A path has at least one step.")
    ways = _merged(steps[0])
    for step in steps[1:]:
        ways = (ways @ step.matrix).tocsr()
    ways.sum_duplicates()
    ends = ways.indices.astype(np.int32)
    return Graph(ways.indptr.astype(np.int64), ends, ways.data, directed=True, labels=steps[0].labels)


def companions(graph: Graph, parameters: Parameters) -> Companions:
    """What goes with what among everything that is taken: see `run`. O(Σ taken² of a subject), in blocks of offers."""
    taken = _ones(graph)
    takers = np.bincount(taken.indices, minlength=graph.n).astype(np.int64)
    subjects = int(np.count_nonzero(np.diff(taken.indptr)))
    by_offer = taken.T.tocsr()
    work = by_offer @ np.diff(taken.indptr).astype(np.float64)
    parts = [_block(by_offer, taken, rows, takers, subjects, parameters) for rows in _blocks(work)]
    similarity, together = (_stacked(each, graph.n) for each in zip(*parts, strict=True))
    return Companions(subjects, takers, similarity, together)


def run(
    graph: Graph,
    parameters: Parameters = Parameters(),
    seed: int = 0,
    *,
    subjects: NDArray[np.bool_] | None = None,
    offers: NDArray[np.bool_] | None = None,
    known: Companions | None = None,
) -> Recommendations:
    """Give each subject what those who took the same also took, and it has not taken: best first, with reasons.

    Formula: with together(a, b) subjects who took both, takers(a) who took a, and N subjects who took anything,
    similarity(a, b) = together / (√(takers(a)·takers(b)) + doubt), kept where lift = together·N / (takers(a)·takers(b)) is
    above `least_lift`. The score of b is Σ_a share(a)·similarity(a, b) over what the subject took, share(a) being a's part of the
    weights of its links: 0 ≤ score < 1.

    Parameters: `graph` has a link subject → offer for everything taken, weighted by how often or how lately. `subjects` are
    those who are answered (all), `offers` those that may be given (all; nothing sold out). `known` are companions found
    before, when only a few subjects ask. `seed` is not used: nothing is drawn.
    Returns Recommendations; a subject that took nothing, or nothing that others took, is given nothing.
    Raises ValueError where a mask is not as long as the graph.

    Three who took 3; two of them took 4 as well, and node 2 has not:

    >>> links = Graph.from_links(5, [0, 0, 1, 1, 2], [3, 4, 3, 4, 3])
    >>> found = run(links, Parameters(least_lift=0.9, doubt=0))
    >>> [(offer, round(score, 6)) for offer, score in found.of(2)]
    [(4, 0.816497)]
    >>> reason = found.reasons(2)[0]
    >>> reason.facts["together"], reason.facts["takers"], reason.facts["lift"], reason.records
    (2, 3, 1.0, (3, 4))

    Cost: O(Σ taken² of a subject + Σ taken × companions); neither product is held whole.
    Source: Sarwar, Karypis, Konstan & Riedl, Item-based collaborative filtering, WWW 2001; lift: Brin et al., SIGMOD 1997.
    """
    del seed
    taken = _merged(graph)
    mine = taken if subjects is None else _only_rows(taken, checked_mask(subjects, graph.n))
    shares = _shares(mine)
    known = companions(graph, parameters) if known is None else known
    similarity = known.similarity if offers is None else _only_columns(known.similarity, checked_mask(offers, graph.n))
    return Recommendations(*top_of_product(shares, similarity, parameters.most), known, shares)


def _block(
    by_offer: Any, taken: Any, rows: slice, takers: NDArray[np.int64], subjects: int, parameters: Parameters
) -> tuple[Any, Any]:
    """Similarity and together of some rows of offers, thinned to companions."""
    counts = (by_offer[rows] @ taken).tocoo()
    row, column, together = counts.row, counts.col, counts.data
    own, other = takers[row + rows.start].astype(np.float64), takers[column].astype(np.float64)
    keep = (row + rows.start != column) & (together >= parameters.least_together)
    keep &= together * subjects > parameters.least_lift * own * other
    row, column, together = row[keep], column[keep], together[keep]
    similar = together / (np.sqrt(own[keep] * other[keep]) + parameters.doubt)
    shape = (rows.stop - rows.start, taken.shape[1])
    similarity = csr_array((similar, (row, column)), shape=shape)
    starts, columns, values = top_of_rows(similarity, parameters.companions)
    kept = csr_array((values, columns, starts), shape=shape)
    kept.sort_indices()
    both = csr_array((together, (row, column)), shape=shape)
    pattern = csr_array((np.ones(len(kept.data)), kept.indices, kept.indptr), shape=shape)
    return kept, both.multiply(pattern).tocsr()


def _blocks(work: NDArray[np.float64]) -> list[slice]:
    """The rows cut where the work of a block would grow past BLOCK; at least one row a block, one block at all."""
    total = np.cumsum(np.asarray(work, np.float64).ravel())
    ends, start = [], 0
    while start < len(total):
        before = total[start - 1] if start else 0.0
        end = max(int(np.searchsorted(total, before + BLOCK, side="right")), start + 1)
        ends.append(slice(start, end))
        start = end
    return ends or [slice(0, 0)]


def _stacked(parts: Sequence[Any], n: int) -> Any:
    return vstack(parts, format="csr") if n else csr_array((0, 0))


def _merged(graph: Graph) -> Any:
    """The links as a matrix of our own, parallel ones as one."""
    merged = graph.matrix.astype(np.float64, copy=True)
    merged.sum_duplicates()
    return merged


def _ones(graph: Graph) -> Any:
    """Whether a subject took an offer."""
    taken = _merged(graph)
    return csr_array((np.ones(len(taken.data)), taken.indices, taken.indptr), shape=taken.shape)


def _shares(taken: Any) -> Any:
    """Each row's weights as parts of one; a row of zeros counts all alike."""
    rows = np.repeat(np.arange(taken.shape[0]), np.diff(taken.indptr))
    sums = np.bincount(rows, weights=taken.data, minlength=taken.shape[0])
    weights = np.where(sums[rows] > 0, taken.data, 1.0)
    sums = np.bincount(rows, weights=weights, minlength=taken.shape[0])
    return csr_array((weights / sums[rows], taken.indices, taken.indptr), shape=taken.shape)


def _only_rows(matrix: Any, mask: NDArray[np.bool_]) -> Any:
    lengths = np.where(mask, np.diff(matrix.indptr), 0)
    kept = np.repeat(mask, np.diff(matrix.indptr))
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
    return csr_array((matrix.data[kept], matrix.indices[kept], starts), shape=matrix.shape)


def _only_columns(matrix: Any, mask: NDArray[np.bool_]) -> Any:
    kept = mask[matrix.indices]
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(kept)])[matrix.indptr]
    return csr_array((matrix.data[kept], matrix.indices[kept], starts), shape=matrix.shape)
