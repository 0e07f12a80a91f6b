"""Segments of records, made by rules or found, each told by what sets it apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analytics.engines.clustering import agreement, distances_between, k_means, nearest, settled, silhouette
from analytics.engines.columns import Columns, standardised
from analytics.engines.features import Feature, checked, checked_mask
from analytics.engines.traits import Trait, names, traits
from analytics.reasons import Reason, weightiest


@dataclass(frozen=True, slots=True)
class Parameters:
    """Between how many segments is chosen, what counts as a structure, and how each is told.

    A number of segments can be taken when clusterings of parts of the records agree at least `least_stability`, the mean
    silhouette is at least `least_silhouette` and none holds less than `least_share` of the records. At most `judged` rows
    are judged by and `learned` rows learned from; `trials` pairs of parts are compared. `told` traits describe a segment,
    none with less than `least_difference` standard deviations.
    """

    fewest: int = 2
    most: int = 8
    least_stability: float = 0.7
    least_silhouette: float = 0.2
    least_share: float = 0.05
    trials: int = 3
    judged: int = 1_500
    learned: int = 5_000
    told: int = 5
    least_difference: float = 0.2


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the records: how large, what sets it apart (weightiest first), and the record that is most like all of it.

    `name` is short, the same for the same traits and in no language: `channel: online, orders ↑`.
    """

    number: int
    size: int
    share: float
    central: int
    traits: tuple[Trait, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """How well the records fall into k segments."""

    k: int
    silhouette: float
    stability: float
    smallest: float  # the share of the smallest of them


@dataclass(frozen=True, slots=True, eq=False)
class Segments:
    """For each node the number of its segment (-1: not asked about), the largest being 0; and how their number was chosen."""

    labels: NDArray[np.int64]
    segments: tuple[Segment, ...]
    choices: tuple[Choice, ...]
    nodes: NDArray[np.int64]
    columns: Columns
    centres: NDArray[np.float64]
    features: tuple[Feature, ...]

    @property
    def fits(self) -> NDArray[np.float64]:
        """How well each node fits its segment: 1 − squared distance from its centre / from the next one; NaN without one.

        1 in the middle, 0 on the border between two; 1 for all of a single segment.
        """
        found = np.full(len(self.labels), np.nan)
        if len(self.centres) < 2:
            found[self.nodes] = 1.0
            return found
        squares = np.stack([((self.columns.rows - centre) ** 2).sum(axis=1) for centre in self.centres], axis=1)
        nearest_two = np.partition(squares, 1, axis=1)
        found[self.nodes] = 1.0 - np.divide(
            nearest_two[:, 0], nearest_two[:, 1], out=np.ones(len(squares)), where=nearest_two[:, 1] > 0
        )
        return found

    def reasons(self, i: int, *, most: int = 5) -> tuple[Reason, ...]:
        """What puts node i into its segment rather than the next: one part for each feature; they sum to its fit."""
        if self.labels[i] < 0:
            return ()
        pull = self._pull(i)
        if not pull:
            return (Reason("only_segment", 1.0, {}, (i,)),)
        found = [
            Reason("nearer_in", part, {"field": feature.name, "value": feature.shown(feature.values[i])}, (i,))
            for feature, part in ((self.features[place], part) for place, part in pull.items())
        ]
        return weightiest(found, most)

    def _pull(self, i: int) -> dict[int, float]:
        """What each feature adds to the fit of node i."""
        if len(self.centres) < 2:
            return {}
        row = self.columns.rows[int(np.searchsorted(self.nodes, i))]
        squares = (self.centres - row) ** 2
        own = int(self.labels[i])
        away = squares.sum(axis=1)
        away[own] = np.inf
        next_one = int(np.argmin(away))
        parts = (squares[next_one] - squares[own]) / away[next_one] if away[next_one] > 0 else np.zeros(len(row))
        pull: dict[int, float] = {}
        for feature, part in zip(self.columns.feature, parts.tolist(), strict=True):
            pull[feature] = pull.get(feature, 0.0) + part
        return pull


def run(
    features: Sequence[Feature],
    parameters: Parameters = Parameters(),
    seed: int = 0,
    *,
    among: NDArray[np.bool_] | None = None,
) -> Segments:
    """Find the segments into which records fall by themselves, as many as the records show, told by what sets them apart.

    Formula: k-means on standardised columns (every feature with variance 1). For each k within bounds, stability is the mean
    adjusted Rand index of clusterings learned from two random parts of four fifths, judged on one sample; of the stable k the
    best mean silhouette wins, ties the smaller k. Without a k that reaches what is asked for, all are one.

    Parameters: `features` numbers and choices with a value for each node; `among` the nodes asked about (all). `seed` draws
    samples, parts and starts: the same seed, the same segments.
    Returns Segments, the largest first.
    Raises ValueError for features or a mask of another length than the first feature.

    Five customers, three small and two large:

    >>> orders = Feature("orders", np.array([1.0, 2.0, 1.5, 40.0, 41.0]))
    >>> found = run([orders], Parameters(most=3))
    >>> found.labels.tolist(), [segment.size for segment in found.segments]
    ([0, 0, 0, 1, 1], [3, 2])
    >>> trait = found.segments[1].traits[0]
    >>> trait.feature, trait.inside, trait.everyone, found.segments[0].central
    ('orders', 40.5, 2.0, 2)

    Cost: O(learned × columns × Σ k × rounds) to choose, O(rows × columns × k) to sort everyone in.
    Source: Lloyd 1982; Rousseeuw 1987; stability: Ben-Hur, Elisseeff & Guyon, PSB 2002.
    """
    n = len(features[0].values) if features else 0
    kept = checked(features, n)
    mask = np.ones(n, np.bool_) if among is None else checked_mask(among, n)
    nodes = np.flatnonzero(mask)
    columns = standardised(kept, nodes)
    choices = tuple(_choices(columns.rows, parameters, seed))
    labels, centres = _clustered(columns.rows, _chosen(choices, parameters), parameters, seed)
    every = np.full(n, -1, np.int64)
    every[nodes] = labels
    told = _told(kept, columns, nodes, [labels == k for k in range(len(centres))], parameters)
    return Segments(every, told, choices, nodes, columns, centres, kept)


def described(
    features: Sequence[Feature],
    masks: Sequence[NDArray[np.bool_]],
    parameters: Parameters = Parameters(),
    *,
    among: NDArray[np.bool_] | None = None,
) -> tuple[Segment, ...]:
    """Segments made by rules, in the order given, told as found ones are: each against all the records asked about.

    A mask marks the nodes of a segment; segments may overlap, and an empty one has no traits and central -1.
    Raises ValueError for a mask of another length than the features.
    """
    n = len(features[0].values) if features else len(masks[0]) if masks else 0
    kept = checked(features, n)
    nodes = np.flatnonzero(np.ones(n, np.bool_) if among is None else checked_mask(among, n))
    inside = [checked_mask(mask, n)[nodes] for mask in masks]
    return _told(kept, standardised(kept, nodes), nodes, inside, parameters)


def _told(
    features: Sequence[Feature],
    columns: Columns,
    nodes: NDArray[np.int64],
    masks: Sequence[NDArray[np.bool_]],
    parameters: Parameters,
) -> tuple[Segment, ...]:
    found = []
    for number, mask in enumerate(masks):
        size = int(np.count_nonzero(mask))
        told = traits(features, columns, nodes, mask, parameters.least_difference)[: parameters.told]
        found.append(Segment(number, size, size / max(len(nodes), 1), _central(columns, nodes, mask), told))
    named = zip(found, names([segment.traits for segment in found]), strict=True)
    return tuple(replace(segment, name=name) for segment, name in named)


def _central(columns: Columns, nodes: NDArray[np.int64], mask: NDArray[np.bool_]) -> int:
    if not mask.any():
        return -1
    rows = columns.rows[mask]
    away = ((rows - rows.mean(axis=0)) ** 2).sum(axis=1)
    return int(nodes[mask][np.argmin(np.round(away, 12))])


def _choices(rows: NDArray[np.float64], parameters: Parameters, seed: int) -> list[Choice]:
    generator = np.random.default_rng(seed)
    learned, judged = _sample(rows, parameters.learned, generator), _sample(rows, parameters.judged, generator)
    distinct = len(np.unique(judged, axis=0)) if judged.shape[1] else 1
    most = min(parameters.most, distinct - 1)
    if most < parameters.fewest:
        return []
    distances = distances_between(judged)
    parts = [(_part(learned, generator), _part(learned, generator)) for _ in range(parameters.trials)]
    found = []
    for k in range(parameters.fewest, most + 1):
        _, centres = k_means(learned, k, seed)
        together = [_agree(judged, one, other, k, seed) for one, other in parts]
        labels = nearest(judged, centres)
        smallest = np.bincount(labels, minlength=k).min() / len(judged)
        width = silhouette(distances, labels)
        found.append(Choice(k, *(round(float(each), 9) for each in (width, np.mean(together), smallest))))
    return found


def _chosen(choices: Sequence[Choice], parameters: Parameters) -> int:
    able = [
        each
        for each in choices
        if each.stability >= parameters.least_stability
        and each.silhouette >= parameters.least_silhouette
        and each.smallest >= parameters.least_share
    ]
    return max(able, key=lambda each: (each.silhouette, -each.k)).k if able else 1


def _clustered(
    rows: NDArray[np.float64], k: int, parameters: Parameters, seed: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Labels and centres, the largest cluster first; of equals the one whose first row comes first."""
    if not len(rows):
        return np.zeros(0, np.int64), np.zeros((0, rows.shape[1]))
    _, learned = k_means(_sample(rows, parameters.learned, np.random.default_rng(seed)), k, seed)
    labels, centres = settled(rows, learned, 20)
    kinds, first, counts = np.unique(labels, return_index=True, return_counts=True)
    order = np.lexsort((first, -counts))
    place = np.zeros(len(centres), np.int64)
    place[kinds[order]] = np.arange(len(kinds))
    return place[labels], centres[kinds[order]]


def _sample(rows: NDArray[np.float64], most: int, generator: np.random.Generator) -> NDArray[np.float64]:
    if len(rows) <= most:
        return rows
    return rows[np.sort(generator.choice(len(rows), most, replace=False))]


def _part(rows: NDArray[np.float64], generator: np.random.Generator) -> NDArray[np.float64]:
    return _sample(rows, max(len(rows) * 4 // 5, 1), generator)


def _agree(
    judged: NDArray[np.float64], one: NDArray[np.float64], other: NDArray[np.float64], k: int, seed: int
) -> float:
    first, second = (nearest(judged, k_means(part, k, seed, restarts=2)[1]) for part in (one, other))
    return agreement(first, second)
