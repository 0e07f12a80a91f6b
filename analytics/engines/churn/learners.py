"""Learners of who leaves, behind one interface: a logistic baseline and gradient boosting, both explained feature by feature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from analytics.engines.churn.attribution import Leaf, leaves, shapley
from analytics.engines.churn.encoding import Encoding, encoding, typical
from analytics.engines.features import Feature

Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]


class Model(Protocol):
    """What has been learned: log-odds of leaving, and what each feature adds to those of a typical record."""

    @property
    def base(self) -> float:
        """The log-odds of the typical record."""

    @property
    def reference(self) -> tuple[Feature, ...]:
        """The typical record, one value a feature."""

    def log_odds(self, features: Sequence[Feature]) -> Floats:
        """The log-odds of each record."""

    def contributions(self, features: Sequence[Feature]) -> Floats:
        """One row a record, one column a feature; `base` + the sum of a row = its log-odds."""


class Learner(Protocol):
    """A way to learn from examples. The same examples and seed give the same model, on any number of threads."""

    @property
    def name(self) -> str:
        """What people call it."""

    def fit(self, features: Sequence[Feature], left: Marks, seed: int) -> Model:
        """Learn who left from the features of records that did and that did not."""


@dataclass(frozen=True, slots=True)
class Logistic:
    """Logistic regression on standardised columns, with L2 (`penalty` is scikit-learn's 1/C)."""

    penalty: float = 1.0
    name: str = "logistic"

    def fit(self, features: Sequence[Feature], left: Marks, seed: int) -> LogisticModel:
        """The weights of greatest penalised likelihood; nothing is drawn by chance, the seed is not needed."""
        from sklearn.linear_model import LogisticRegression

        code = encoding(features, standard=True)
        solver = LogisticRegression(C=1 / self.penalty, solver="lbfgs", max_iter=2000, tol=1e-8)
        if not code.columns:
            return LogisticModel(code, np.empty(0), _odds_of(left), typical(features))
        with _one_thread():
            solver.fit(code.matrix(features), left)
        return LogisticModel(code, solver.coef_[0], float(solver.intercept_[0]), typical(features))


@dataclass(frozen=True, slots=True)
class LogisticModel:
    """Weights of standardised columns; a feature adds Σ over its columns of weight · (record's − typical record's)."""

    code: Encoding
    weights: Floats
    intercept: float
    reference: tuple[Feature, ...]

    @property
    def base(self) -> float:
        """The log-odds of the typical record."""
        return float(self.log_odds(self.reference)[0])

    def log_odds(self, features: Sequence[Feature]) -> Floats:
        """intercept + Σ weight · column."""
        return np.asarray((self.code.matrix(features) * self.weights).sum(axis=1) + self.intercept)

    def contributions(self, features: Sequence[Feature]) -> Floats:
        """Exact, since log-odds are a sum."""
        apart = (self.code.matrix(features) - self.code.matrix(self.reference)) * self.weights
        found = np.zeros((len(apart), len(self.reference)))
        for j, feature in enumerate(self.code.owner):
            found[:, feature] += apart[:, j]
        return found


@dataclass(frozen=True, slots=True)
class Boosted:
    """Gradient boosting of small trees on histograms (scikit-learn's), missing values going their own way."""

    rate: float = 0.06
    trees: int = 120
    leaves: int = 8
    least_in_leaf: int = 20
    penalty: float = 1.0
    name: str = "boosted"

    def fit(self, features: Sequence[Feature], left: Marks, seed: int) -> BoostedModel:
        """Trees that follow the gradient of the log-likelihood; the seed picks the rows that set the histograms' bins."""
        from sklearn.ensemble import HistGradientBoostingClassifier

        code = encoding(features, standard=False)
        if not code.columns:
            return BoostedModel(code, (), typical(features), _odds_of(left))
        booster = HistGradientBoostingClassifier(
            learning_rate=self.rate,
            max_iter=self.trees,
            max_leaf_nodes=self.leaves,
            min_samples_leaf=self.least_in_leaf,
            l2_regularization=self.penalty,
            early_stopping=False,
            categorical_features=None,
            random_state=seed,
        )
        with _one_thread():
            booster.fit(code.matrix(features), left)
        trees = tuple(tuple(leaves(tree.nodes, code.owner)) for (tree,) in booster._predictors)  # noqa: SLF001  # its trees have no public name
        # the trees themselves are not public; the version is pinned, and a test holds the sum against decision_function
        return BoostedModel(code, trees, typical(features), booster)


@dataclass(frozen=True, slots=True)
class BoostedModel:
    """Trees, and their leaves; a feature adds its Shapley value against the typical record.

    `said` is scikit-learn's model, or the log-odds of all where no feature tells records apart.
    """

    code: Encoding
    trees: tuple[tuple[Leaf, ...], ...]
    reference: tuple[Feature, ...]
    said: Any

    @property
    def base(self) -> float:
        """The log-odds of the typical record."""
        return float(self.log_odds(self.reference)[0])

    def log_odds(self, features: Sequence[Feature]) -> Floats:
        """The start of the boosting + what each tree says."""
        if isinstance(self.said, float):
            return np.full(len(features[0].values), self.said)
        with _one_thread():
            return np.asarray(self.said.decision_function(self.code.matrix(features)))

    def contributions(self, features: Sequence[Feature]) -> Floats:
        """Exact Shapley values, nothing sampled (see `attribution.shapley`)."""
        return shapley(self.trees, self.code.matrix(features), self.code.matrix(self.reference)[0], len(self.reference))


def _odds_of(left: Marks) -> float:
    return float(np.log((left.sum() + 1) / ((~left).sum() + 1)))


def _one_thread() -> Any:
    """Sums of floating-point numbers must not depend on how many threads share them."""
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # comes with scikit-learn

    return threadpool_limits(limits=1)
