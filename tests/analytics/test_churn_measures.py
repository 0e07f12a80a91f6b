"""Measures of risk agree with scikit-learn's, and calibration carries contributions without losing their sum."""

import doctest

import numpy as np
import pytest

from analytics.engines.churn import encoding, measures
from analytics.engines.churn.calibration import Platt, platt, sigmoid
from analytics.engines.churn.measures import among_first, auc, brier, calibration


@pytest.mark.parametrize("module", [measures, encoding])
def test_the_examples_of_the_module_hold(module) -> None:
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("levels", [3, 1000])
def test_auc_and_brier_are_those_of_scikit_learn(levels: int) -> None:
    from sklearn.metrics import brier_score_loss, roc_auc_score

    rng = np.random.default_rng(1)
    left, risk = rng.random(500) < 0.3, rng.integers(0, levels, 500) / levels

    assert auc(left, risk) == pytest.approx(roc_auc_score(left, risk), abs=1e-12)
    assert brier(left, risk) == pytest.approx(brier_score_loss(left, risk), abs=1e-12)


def test_when_all_or_none_left_there_is_no_auc() -> None:
    assert np.isnan(auc(np.ones(3, bool), np.arange(3.0)))
    assert np.isnan(auc(np.zeros(3, bool), np.arange(3.0)))
    assert np.isnan(among_first(np.zeros(3, bool), np.arange(3.0), 2)).all()
    assert np.isnan(brier(np.zeros(0, bool), np.zeros(0)))


def test_bins_hold_every_record_once_and_equal_risks_share_one() -> None:
    found = calibration(np.array([True, False, True, False]), np.full(4, 0.5))

    assert found.count.tolist() == [4]
    assert found.error == 0.0


def test_platt_mends_log_odds_that_are_too_sure() -> None:
    rng = np.random.default_rng(2)
    odds = rng.normal(0, 1.5, 20_000)
    left = rng.random(20_000) < sigmoid(odds)

    found = platt(left, 3 * odds + 1)

    assert found.slope == pytest.approx(1 / 3, rel=0.05)
    assert calibration(left, found.probability(3 * odds + 1)).error < 0.015


def test_log_odds_that_say_the_opposite_say_nothing() -> None:
    left = np.arange(100) % 4 == 0

    found = platt(left, -left.astype(float))

    assert found.slope == 0.0
    assert found.probability(np.array([-9.0, 9.0])) == pytest.approx(26 / 102, abs=1e-3)


@pytest.mark.parametrize("scale", [1e-12, 1e-6, 1e-3, 1.0, 50.0])
def test_carried_contributions_sum_to_the_probability_above_the_base(scale: float) -> None:
    rng = np.random.default_rng(3)
    parts, curve, base = rng.normal(0, scale, (200, 7)), Platt(0.9, -0.2), -1.3

    carried = curve.carried(parts, base)

    risen = curve.probability(base + parts.sum(axis=1)) - curve.probability(np.array([base]))
    assert np.abs(carried.sum(axis=1) - risen).max() < 1e-12
    assert (np.sign(carried) == np.sign(parts)).all() or scale == 50.0


def test_contributions_that_cancel_keep_their_signs() -> None:
    carried = Platt().carried(np.array([[2.0, -2.0]]), 0.0)

    assert carried.tolist() == [[0.5, -0.5]]
