"""Features that give away who left: those that only leavers have, those dated after the leaving, those that tell too well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from analytics.engines.churn.measures import auc
from analytics.engines.features import Feature

Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]
Why = Literal[
    "same_for_all",
    "only_filled_for_leavers",
    "only_empty_for_leavers",
    "value_only_of_leavers",
    "dated_after_leaving",
    "tells_too_well",
]

_TOO_WELL = 0.97
_BY_CHANCE = 1e-4
_ALMOST_ALL = 0.99
_BINS = 64


@dataclass(frozen=True, slots=True)
class Dropped:
    """A feature that was not learned from, why, and the figure that shows it.

    `figure`: the share of leavers among those that have it (or have it not, or have a value of a choice), the share of
    leavers whose value is younger than their leaving, or the feature's own cross-validated AUC.
    """

    name: str
    why: Why
    figure: float


def leaking(
    features: Sequence[Feature],
    left: Marks,
    folds: NDArray[np.int64],
    *,
    dated: Mapping[str, Floats] | None = None,
    left_day: Floats | None = None,
) -> tuple[Dropped, ...]:
    """The features that must not be learned from, in their order.

    `folds` numbers the part each example belongs to. `dated` gives, by feature, the day each value was set (NaN: not
    known); `left_day` when each left. A feature leaks when it is filled (or empty) for leavers only (99 of 100) beyond
    chance, or has a choice that only leavers have, such as "closed"; when 1 leaver in 100 has a value set after it left;
    when alone it tells leavers with a cross-validated AUC above 0.97. One that is the same for all is dropped too.

    >>> left = np.arange(40) % 4 == 0
    >>> reason = Feature("reason", np.where(left, 1.0, np.nan))
    >>> leaking([reason, Feature("size", np.arange(40) % 7.0)], left, np.arange(40) % 5)
    (Dropped(name='reason', why='only_filled_for_leavers', figure=1.0),)

    Cost: O(features · examples · log examples).
    """
    days = dated or {}
    found = (_judged(each, left, folds, days.get(each.name), left_day) for each in features)
    return tuple(dropped for dropped in found if dropped is not None)


def own_auc(feature: Feature, left: Marks, folds: NDArray[np.int64]) -> float:
    """How well the feature alone tells leavers: the mean over folds of the AUC of shares of leavers learned on the others.

    Numbers are cut into 64 equal parts, a missing value is a part of its own; so a connection of any shape is found.
    """
    part, parts = _parts_of(feature)
    many = int(folds.max()) + 1
    counts = np.zeros((parts, many))
    leavers = np.zeros((parts, many))
    np.add.at(counts, (part, folds), 1.0)
    np.add.at(leavers, (part, folds), left.astype(np.float64))
    others = counts.sum(axis=1, keepdims=True) - counts
    share = (leavers.sum(axis=1, keepdims=True) - leavers + left.mean()) / (others + 1.0)
    risk = share[part, folds]
    found = [auc(left[folds == fold], risk[folds == fold]) for fold in range(many)]
    known = [each for each in found if not np.isnan(each)]
    return float(np.mean(known)) if known else float("nan")


def _judged(
    feature: Feature, left: Marks, folds: NDArray[np.int64], dated: Floats | None, left_day: Floats | None
) -> Dropped | None:
    missing = np.isnan(feature.values)
    known = feature.values[~missing]
    if missing.all() or (not missing.any() and (known == known[0]).all()):
        return Dropped(feature.name, "same_for_all", 1.0)
    sides: tuple[tuple[Why, Marks], ...] = (("only_filled_for_leavers", ~missing), ("only_empty_for_leavers", missing))
    for why, having in sides:
        share = _leavers_among(having, left)
        if share is not None:
            return Dropped(feature.name, why, share)
    share = _of_a_choice(feature, left)
    if share is not None:
        return Dropped(feature.name, "value_only_of_leavers", share)
    if dated is not None and left_day is not None:
        late = float(np.mean(dated[left] > left_day[left])) if left.any() else 0.0
        if late >= 1 - _ALMOST_ALL:
            return Dropped(feature.name, "dated_after_leaving", late)
    tells = own_auc(feature, left, folds)
    return Dropped(feature.name, "tells_too_well", tells) if tells > _TOO_WELL else None


def _of_a_choice(feature: Feature, left: Marks) -> float | None:
    """The greatest share of leavers among those with a value, of values that only leavers have."""
    values = np.unique(feature.values[~np.isnan(feature.values)]) if feature.kind == "choice" else ()
    shares = (_leavers_among(feature.values == value, left, tried=len(values)) for value in values)
    return max((share for share in shares if share is not None), default=None)


def _leavers_among(having: Marks, left: Marks, *, tried: int = 1) -> float | None:
    """The share of leavers among those that have it, when (almost) all have left and chance would not do that.

    `tried`: how many such questions are asked of one feature.
    """
    count, leavers = int(having.sum()), int((having & left).sum())
    if not count or leavers < _ALMOST_ALL * count:
        return None
    return leavers / count if tried * float(left.mean()) ** count < _BY_CHANCE else None


def _parts_of(feature: Feature) -> tuple[NDArray[np.int64], int]:
    missing = np.isnan(feature.values)
    known = feature.values[~missing]
    if feature.kind == "choice":
        cuts = np.unique(known)[1:]
    else:
        cuts = np.unique(np.quantile(known, np.arange(1, _BINS) / _BINS, method="inverted_cdf"))
    part = np.searchsorted(cuts, np.where(missing, np.inf, feature.values), side="right")
    part[missing] = len(cuts) + 1
    return part, len(cuts) + 2
