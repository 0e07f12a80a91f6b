"""Links as arrays of ends and weights, and what is refused of them before a graph is made."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.errors import XrmError

Weights = NDArray[np.float64] | NDArray[np.float32]


class BadWeight(XrmError):
    """A link's weight is not a number, infinite or below zero; the link is named."""

    code = "bad_weight"


class BadLink(XrmError):
    """A link starts or ends at a record that the graph does not have; the link is named."""

    code = "bad_link"


def floats(weight: ArrayLike) -> Weights:
    """Weights as floating point numbers, of the precision they have."""
    found = np.asarray(weight)
    return found if found.dtype in (np.float32, np.float64) else found.astype(np.float64)


def check_ends(n: int, source: NDArray[Any], target: NDArray[Any]) -> None:
    """Raises BadLink where an end is missing or outside 0…n-1."""
    if len(source) != len(target):
        raise BadLink(f"{len(source)} sources but {len(target)} targets: each link needs one of both.")
    for ends in (source, target):
        outside = np.flatnonzero((ends < 0) | (ends >= n)) if len(ends) else ends
        if len(outside):
            i = int(outside[0])
            raise BadLink(f"Link {i} ({source[i]} → {target[i]}) leaves the graph, whose nodes are 0 to {n - 1}.")


def check_weights(
    source: NDArray[Any], target: NDArray[Any], weights: Weights | None, labels: Sequence[Hashable] | None
) -> None:
    """Raises BadWeight for a weight that is not finite and at least 0, naming the link by the labels of its ends."""
    if weights is None:
        return
    if len(weights) != len(source):
        raise BadWeight(f"{len(source)} links but {len(weights)} weights: each link needs one.")
    bad = np.flatnonzero(~(np.isfinite(weights) & (weights >= 0)))
    if len(bad):
        i = int(bad[0])
        ends = [str(end) if labels is None else str(labels[int(end)]) for end in (source[i], target[i])]
        raise BadWeight(
            f"Link {i} from {ends[0]} to {ends[1]} weighs {weights[i]} (and {len(bad) - 1} more are like it): "
            "a weight is a finite number of at least 0. Mend the links' values or leave the field out."
        )
