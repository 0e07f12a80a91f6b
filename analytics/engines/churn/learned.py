"""Own risk learned from those whom the user marked as left: cross-validated, calibrated, without features that leak."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.engines.churn.calibration import Platt, platt
from analytics.engines.churn.encoding import chosen
from analytics.engines.churn.leaks import Dropped, leaking
from analytics.engines.churn.learners import Boosted, Learner, Logistic, Model
from analytics.engines.churn.measures import Calibration, auc, brier, calibration
from analytics.engines.features import Feature, checked
from analytics.examples import TooFewExamples
from analytics.reasons import Reason

Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]
Ints = NDArray[np.int64]

OF_EVENTS = "events."  # names of features that are counted from events, not fields of the record


@dataclass(frozen=True, slots=True)
class Parameters:
    """`learners` are tried in their order; a later one is taken when its AUC is better by more than `better_by`.

    At least so many must have left, and have stayed. `most` examples are learned from, drawn by the seed.
    """

    learners: tuple[Learner, ...] = (Logistic(), Boosted())
    folds: int = 5
    inner_folds: int = 3
    least_left: int = 40
    least_stayed: int = 40
    most: int = 100_000
    better_by: float = 0.002


@dataclass(frozen=True, slots=True)
class Quality:
    """How well leaving is told, by examples that were not learned from: AUC of each learner by fold, and of the chosen one
    (calibrated inside the folds) the Brier score, the calibration curve and its error.
    """

    auc: Mapping[str, tuple[float, ...]]
    brier: float
    calibration: Calibration
    examples: int
    left: int

    def mean_auc(self, learner: str) -> float:
        """The mean over folds."""
        return float(np.mean(self.auc[learner]))


@dataclass(frozen=True, slots=True)
class Scored:
    """The learned risk of records; `base` + the sum of a row of `contributions` = `risk`."""

    risk: Floats
    base: float
    contributions: Floats
    features: tuple[Feature, ...]
    reference: tuple[Feature, ...]

    def reasons(self, i: int) -> tuple[Reason, ...]:
        """`typical`, the risk of a typical record, and what each feature adds: a `behaviour` from events or a `field`."""
        made = [Reason("typical", self.base)]
        for j, (feature, other) in enumerate(zip(self.features, self.reference, strict=True)):
            if self.contributions[i, j] != 0:
                code = "behaviour" if feature.name.startswith(OF_EVENTS) else "field"
                facts = {
                    "name": feature.name.removeprefix(OF_EVENTS),
                    "value": feature.shown(float(feature.values[i])),
                    "typical": feature.shown(float(other.values[0])),
                }
                made.append(Reason(code, float(self.contributions[i, j]), facts))
        return tuple(made)


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned: by which learner, from which features (`used`), which were dropped and why, and how good it is."""

    learner: str
    model: Model
    platt: Platt
    used: tuple[str, ...]
    reference: tuple[Feature, ...]
    dropped: tuple[Dropped, ...]
    quality: Quality

    def risk(self, features: Sequence[Feature]) -> Floats:
        """The calibrated probability that each record leaves; features are found by their names."""
        return self.platt.probability(self.model.log_odds(self._used(features)))

    def score(self, features: Sequence[Feature]) -> Scored:
        """The same with the part of each feature."""
        used = self._used(features)
        base = float(self.platt.probability(np.array([self.model.base]))[0])
        parts = self.platt.carried(self.model.contributions(used), self.model.base)
        return Scored(base + parts.sum(axis=1), base, parts, used, self.reference)

    def _used(self, features: Sequence[Feature]) -> tuple[Feature, ...]:
        by_name = {feature.name: feature for feature in features}
        return tuple(by_name[name] for name in self.used)


def learn(
    features: Sequence[Feature],
    left: Marks,
    parameters: Parameters | None = None,
    *,
    seed: int = 0,
    groups: Ints | None = None,
    dated: Mapping[str, Floats] | None = None,
    left_day: Floats | None = None,
) -> Learned:
    """The risk of leaving, learned from examples that left and that stayed.

    Formula: log-odds by each learner, chosen by mean AUC over stratified folds; probability = Platt's curve of them, fitted
    inside the folds on log-odds of inner folds for the quality told, on those of all folds for the model handed out.
    Contributions are exact for the log-odds and carried to the probability along a straight line (`Platt.carried`).

    Parameters: features and a mark for each example; `groups` numbers the record behind each example, so that one record
    is never learned from and tested at once; `dated` and `left_day`: see `leaks.leaking`.

    Returns Learned. The same examples and seed give the same answer, on any number of threads.

    Raises TooFewExamples when fewer than `least_left` left or `least_stayed` stayed, or no feature is left to learn from.

    Example: those who came less than five times left, with some exceptions.

    >>> visits = np.arange(400) % 10.0
    >>> left = (visits < 5) ^ (np.arange(400) % 11 == 0)
    >>> found = learn([Feature("visits", visits), Feature("same", np.ones(400))], left)
    >>> found.used, [(each.name, each.why) for each in found.dropped]
    (('visits',), [('same', 'same_for_all')])
    >>> scored = found.score([Feature("visits", np.array([0.0, 2.0, 4.0, 5.0, 9.0]))])
    >>> bool(scored.risk[0] > 0.8 and scored.risk[4] < 0.2)
    True

    Cost: (learners · folds + folds · inner folds + 1) fits. Source: Niculescu-Mizil & Caruana 2005 for calibration.
    """
    parameters = parameters or Parameters()
    features = checked(features, len(left))
    _enough(left, parameters)
    rows = _drawn(left, parameters.most, seed)
    features, left = chosen(features, rows), left[rows]
    owners = np.arange(len(rows)) if groups is None else groups[rows]
    folds = folds_of(left, owners, parameters.folds, seed)
    days = {name: column[rows] for name, column in (dated or {}).items()}
    dropped = leaking(features, left, folds, dated=days, left_day=None if left_day is None else left_day[rows])
    names = {each.name for each in dropped}
    used = tuple(feature for feature in features if feature.name not in names)
    if not used:
        raise TooFewExamples("features that tell records apart", needed=1, found=0, cure="Give others to learn from.")
    return _chosen(used, left, owners, folds, parameters, seed, dropped)


def folds_of(left: Marks, owners: Ints, many: int, seed: int) -> Ints:
    """The fold of each example: those of one owner share one, owners that left are dealt out evenly, shuffled by the seed."""
    kinds, owner = np.unique(owners, return_inverse=True)
    leaver = np.bincount(owner, left, minlength=len(kinds)) > 0
    shuffled = np.random.default_rng(seed).permutation(len(kinds))
    fold = np.empty(len(kinds), np.int64)
    for side in (shuffled[leaver[shuffled]], shuffled[~leaver[shuffled]]):
        fold[side] = np.arange(len(side)) % many
    return fold[owner]


def _chosen(
    used: tuple[Feature, ...],
    left: Marks,
    owners: Ints,
    folds: Ints,
    parameters: Parameters,
    seed: int,
    dropped: tuple[Dropped, ...],
) -> Learned:
    tried = {each.name: _out_of_fold(each, used, left, folds, seed) for each in parameters.learners}
    areas = {name: _areas(left, odds, folds) for name, odds in tried.items()}
    best = parameters.learners[0]
    for other in parameters.learners[1:]:
        if np.mean(areas[other.name]) > np.mean(areas[best.name]) + parameters.better_by:
            best = other
    risk = _calibrated_inside(best, used, left, owners, folds, tried[best.name], parameters, seed)
    quality = Quality(areas, brier(left, risk), calibration(left, risk), len(left), int(left.sum()))
    model = best.fit(used, left, seed)
    return Learned(
        best.name,
        model,
        platt(left, tried[best.name]),
        tuple(feature.name for feature in used),
        model.reference,
        dropped,
        quality,
    )


def _out_of_fold(learner: Learner, features: tuple[Feature, ...], left: Marks, folds: Ints, seed: int) -> Floats:
    """Log-odds of each example by a model that has not seen its fold."""
    odds = np.empty(len(left))
    for fold in range(int(folds.max()) + 1):
        inside = folds == fold
        model = learner.fit(chosen(features, ~inside), left[~inside], seed)
        odds[inside] = model.log_odds(chosen(features, inside))
    return odds


def _calibrated_inside(
    learner: Learner,
    features: tuple[Feature, ...],
    left: Marks,
    owners: Ints,
    folds: Ints,
    odds: Floats,
    parameters: Parameters,
    seed: int,
) -> Floats:
    """Probabilities of each example by a model and a curve that have both not seen its fold."""
    risk = np.empty(len(left))
    for fold in range(parameters.folds):
        others = folds != fold
        inner = folds_of(left[others], owners[others], parameters.inner_folds, seed)
        known = _out_of_fold(learner, chosen(features, others), left[others], inner, seed)
        risk[~others] = platt(left[others], known).probability(odds[~others])
    return risk


def _areas(left: Marks, odds: Floats, folds: Ints) -> tuple[float, ...]:
    found = (auc(left[folds == fold], odds[folds == fold]) for fold in range(int(folds.max()) + 1))
    return tuple(area for area in found if not np.isnan(area))


def _enough(left: Marks, parameters: Parameters) -> None:
    leavers = int(left.sum())
    cure = "Mark more of them, or let the risk come from silence."
    if leavers < parameters.least_left:
        raise TooFewExamples("examples that left", needed=parameters.least_left, found=leavers, cure=cure)
    if len(left) - leavers < parameters.least_stayed:
        raise TooFewExamples(
            "examples that stayed", needed=parameters.least_stayed, found=len(left) - leavers, cure=cure
        )


def _drawn(left: Marks, most: int, seed: int) -> Ints:
    """Rows to learn from: all, or so many drawn with leavers and stayers in their shares."""
    if len(left) <= most:
        return np.arange(len(left))
    rng = np.random.default_rng(seed)
    drawn = [
        rng.choice(side, max(1, round(most * len(side) / len(left))), replace=False)
        for side in (np.flatnonzero(left), np.flatnonzero(~left))
    ]
    return np.sort(np.concatenate(drawn))
