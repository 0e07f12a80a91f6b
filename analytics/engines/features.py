"""What is known of each record besides its links: numbers and choices, as columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Feature:
    """One column: a value for each node, NaN where it is not known.

    A `choice` holds whole numbers that stand for `choices`; a `number` is what it says.
    """

    name: str
    values: NDArray[np.float64]
    kind: Literal["number", "choice"] = "number"
    choices: Sequence[str] = ()

    def shown(self, value: float) -> float | str | None:
        """The value for people: the choice's name, the number, None where it is not known."""
        if np.isnan(value):
            return None
        return self.choices[int(value)] if self.kind == "choice" and self.choices else round(float(value), 6)


def checked(features: Sequence[Feature], n: int) -> tuple[Feature, ...]:
    """The features, when each has a value for every node and a name of its own; ValueError names the one that has not."""
    for feature in features:
        if len(feature.values) != n:
            raise ValueError(
                f"Feature {feature.name!r} has {len(feature.values)} values for {n} nodes; it needs one each."
            )
    names = [feature.name for feature in features]
    if len(set(names)) < len(names):
        raise ValueError(f"Two features have one name: {', '.join(names)}.")
    return tuple(features)


def placed(feature: Feature) -> Feature:
    """The feature with numbers replaced by their place among the known distinct ones, 0 to 1; choices stay. O(n log n).

    Places make alikeness robust: one giant does not make all the others look the same.

    >>> placed(Feature("employees", np.array([10, 20, np.nan, 1000.0]))).values.tolist()
    [0.0, 0.5, nan, 1.0]
    """
    if feature.kind == "choice":
        return feature
    known = ~np.isnan(feature.values)
    kinds, place = np.unique(feature.values[known], return_inverse=True)
    places = np.full(len(feature.values), np.nan)
    places[known] = place / max(len(kinds) - 1, 1)
    return Feature(feature.name, places)


def alikeness(place: Feature, at: int, nodes: NDArray[np.int64] | slice = slice(None)) -> NDArray[np.float64]:
    """How alike nodes are to node `at` in a placed feature, 0 to 1; NaN where either is not known."""
    values = place.values[nodes]
    if place.kind == "choice":
        return np.where(np.isnan(values + place.values[at]), np.nan, values == place.values[at])
    return np.asarray(1.0 - np.abs(values - place.values[at]))


def checked_mask(mask: NDArray[np.bool_], n: int) -> NDArray[np.bool_]:
    """A mark for each node; ValueError when there are more or fewer."""
    if len(mask) != n:
        raise ValueError(f"A mask of {len(mask)} was given for a graph of {n} nodes; it needs one mark for each node.")
    return np.asarray(mask, np.bool_)
